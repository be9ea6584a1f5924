import type { SweepReport } from '../../src/sweep/report/report.js'
import { MAY_BE_ANOTHERS } from '../../src/apply/await-reruns.js'
import type { Violation } from './violation.js'

/** Outcomes that tell of no write. */
const NO_WRITE: readonly string[] = ['none', 'held', 'dry-run']
/** Outcomes that say that nothing of ours took effect. */
const NO_EFFECT: readonly string[] = [
  ...NO_WRITE,
  'no-right',
  'closed',
  'head-moved',
  'changed-meanwhile',
]
/** What must have taken effect where an outcome says so. */
const EFFECTS: Readonly<Record<string, Effect['kind']>> = {
  compensated: 'success',
  withdrawn: 'withdrawal',
  rerun: 'rerun',
  'rerun-pending': 'rerun',
}

/** A write of ours that took effect. */
interface Effect {
  readonly sweep: number
  readonly sha: string
  readonly kind: 'success' | 'withdrawal' | 'rerun'
  /** The row of a success. */
  readonly row: number | null
}

/** How a sweep ended, beside its report. */
export interface End {
  /** Everything it printed and wrote. */
  readonly lines: readonly string[]
  readonly failure: string | null
  readonly killed: boolean
}

type Accuse = (law: Violation['law'], detail: string, more?: Partial<Violation>) => void

/** Holds what sweeps tell against what they sent and what took effect. */
export class Telling {
  private readonly sent = new Map<number, { readonly sha: string; readonly what: string }[]>()
  private readonly effects: Effect[] = []
  /** Successes of sweeps that told nobody of them: the next one must. */
  private orphans: Effect[] = []
  private readonly accuse: Accuse

  constructor(accuse: Accuse) {
    this.accuse = accuse
  }

  sends(sweep: number, sha: string, what: string): void {
    this.sent.set(sweep, [...(this.sent.get(sweep) ?? []), { sha, what }])
  }

  lands(effect: Effect): void {
    this.effects.push(effect)
  }

  /** A sweep was killed: it tells nothing. */
  killed(sweep: number): void {
    this.orphans.push(...this.effects.filter(one => one.sweep === sweep && one.row !== null))
  }

  /** A sweep ended; of one whose end is not known only the report is judged. */
  ended(sweep: number, report: SweepReport | null, end: End | null): void {
    if (report === null && end?.failure === null) this.accuse('no report', `sweep ${sweep}`)
    const effects = this.effects.filter(one => one.sweep === sweep)
    for (const { sha, what } of this.sent.get(sweep) ?? []) {
      const tells = effects.some(one => one.sha === sha) ? NO_EFFECT : NO_WRITE
      const isTold =
        report === null
          ? // Where no report can be written the log stands in, which names each commit.
            end?.lines.some(line => line.includes(sha.slice(0, 10))) === true
          : report.pulls.some(({ head, outcome }) => head === sha && !tells.includes(outcome))
      if (!isTold) this.accuse('untold write', what)
    }
    if (end !== null && report !== null) this.judgeClaims(report)
  }

  /** What a report says was done must have been done. */
  private judgeClaims({ pulls }: SweepReport): void {
    for (const { head, outcome, outcomeDetail, number } of pulls) {
      const kind = EFFECTS[outcome]
      if (kind === 'rerun' && outcomeDetail.includes(MAY_BE_ANOTHERS)) continue
      if (kind !== undefined && !this.effects.some(one => one.sha === head && one.kind === kind))
        this.accuse('false report', outcome, { pull: number })
    }
  }

  /**
   * The next sweep has ended in peace. `standing` is the row of ours that stands on a commit of an
   * open pull request.
   */
  rests(report: SweepReport | null, standing: (sha: string) => number | null): void {
    const told = [...(report?.earlier ?? []), ...(report?.pulls ?? [])]
    for (const { sha, row } of this.orphans)
      if (standing(sha) === row && !told.some(({ head }) => head === sha))
        this.accuse('untold write', `row ${row} on ${sha.slice(0, 8)}, of a sweep that was killed`)
    this.orphans = []
  }
}
