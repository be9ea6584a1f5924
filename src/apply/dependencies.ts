import type { Writer } from '../core/plan/compensation.js'
import type { RerunAllowed } from '../core/plan/rerun.js'
import type { Evidence } from '../core/model/evidence.js'
import type { Policy } from '../core/model/policy.js'
import type { Repair } from '../core/rules/verdict.js'
import type { Forge } from '../forge/port.js'

/** Everything a repair or a withdrawal is carried out with. */
export interface RepairDependencies {
  readonly forge: Forge
  readonly policy: Policy
  readonly baseBranches: readonly string[]
  readonly writer: Writer
  /** What the user allows a re-run to touch beside the umbrella job. */
  readonly rerunAllowed: RerunAllowed
  readonly clock: Clock
}

/** Time that goes by while a re-run is waited for. */
export interface Clock {
  /** Milliseconds of a clock that never runs backwards. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
}

/** What both looks agree on, and all that a remedy needs to write once and look back. */
export interface Agreed {
  /** The second look, and what it proves of each open pull request. */
  readonly evidence: Evidence
  readonly verdicts: ReadonlyMap<number, Repair>
  /** The highest row id seen: what comes after it came after the last look. */
  readonly mark: number
  /** Every context whose change undoes the proof. */
  readonly counted: ReadonlySet<string>
}
