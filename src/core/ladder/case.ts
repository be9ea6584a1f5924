import type { Pull } from '../evidence.js'
import type { Head, HeadRow } from '../head.js'
import type { Policy } from '../policy.js'
import type { Finding, Survey } from '../survey.js'
import type { Instant } from '../time.js'
import { between, formatDuration, hours } from '../time.js'
import type { Holder, ReasonOf, Verdict } from '../verdict.js'

/**
 * One pull request's umbrella before the ladder: what was asked, what was seen, and the row that is
 * judged.
 */
export interface Case {
  readonly policy: Policy
  readonly head: Head
  readonly pull: Pull
  readonly seen: Survey
  /** `null` while no single umbrella row is known. */
  readonly row: HeadRow | null
  /** What must be green: listed, external, or implied by an empty list. */
  readonly must: readonly Finding[]
}

/** One row of docs/decisions.md: a verdict, or `null` to ask the next. */
export type Rung = (it: Case) => Verdict | null

/** After this long a wait is shown as stuck, with the run to cancel. */
const STUCK = hours(24)

type Base = Pick<Verdict, 'grade' | 'umbrella' | 'run'>

export function baseOf({ head, seen, row }: Case): Base {
  const { grade, observedAt } = head.evidence
  return {
    grade,
    run: seen.family.newest,
    umbrella:
      row === null
        ? null
        : { row: row.id, state: row.state, age: between(row.createdAt, observedAt) },
  }
}

export function leave(it: Case, reason: ReasonOf<'leave'>, detail: string): Verdict {
  return { ...baseOf(it), kind: 'leave', reason, detail }
}

export function refuse(
  it: Case,
  reason: ReasonOf<'refuse'>,
  detail: string,
  holder: Holder | null = null,
): Verdict {
  return { ...baseOf(it), kind: 'refuse', reason, detail, holder }
}

/** Waits for the job in `holder`; a wait of more than a day names what a person can end it with. */
export function wait(it: Case, reason: ReasonOf<'wait'>, detail: string, holder: Holder): Verdict {
  const { age } = it.seen
  const stuck = age > STUCK
  const end =
    holder.run === null
      ? `look at what writes ${holder.context}`
      : `cancel or re-run run ${holder.run}`
  const hint = stuck ? `; stuck for ${formatDuration(age)}: ${end}` : ''
  return { ...baseOf(it), kind: 'wait', reason, detail: detail + hint, holder, until: null, stuck }
}

/** Waits for a time, not for a job. */
export function waitUntil(
  it: Case,
  reason: ReasonOf<'wait'>,
  detail: string,
  until: Instant,
): Verdict {
  return { ...baseOf(it), kind: 'wait', reason, detail, holder: null, until, stuck: false }
}

/** How a run is named in a sentence. */
export const named = (run: number | null): string => (run === null ? 'no run' : `run ${run}`)
