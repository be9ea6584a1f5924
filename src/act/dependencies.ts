import type { Writer } from '../core/acting/compensation.js'
import type { Evidence } from '../core/model/evidence.js'
import type { Policy } from '../core/model/policy.js'
import type { Forge } from '../forge/port.js'

/** Everything a repair or a withdrawal is carried out with. */
export interface RepairDependencies {
  readonly forge: Forge
  readonly policy: Policy
  readonly baseBranches: readonly string[]
  readonly writer: Writer
}

/** What both looks agree on, and all that a remedy needs to write once and look back. */
export interface Agreed {
  /** The second look. */
  readonly evidence: Evidence
  /** The highest row id seen: what comes after it came after the last look. */
  readonly mark: number
  /** Every context whose change undoes the proof. */
  readonly counted: ReadonlySet<string>
}
