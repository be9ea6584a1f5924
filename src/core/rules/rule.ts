import type { RunKey } from '../model/ids.js'
import type { Pull } from '../model/evidence.js'
import type { HeadStatuses } from '../reading/head-statuses.js'
import type { SignedRow } from '../model/status.js'
import type { Policy } from '../model/policy.js'
import type { ContextResult, Assessment } from '../reading/assessment.js'
import type { Instant } from '../model/time.js'
import { between, formatDuration, hours } from '../model/time.js'
import type { Holder, ReasonOf, Verdict } from './verdict.js'

/**
 * One pull request's umbrella before the ladder: what was asked, what was seen, and the row that is
 * judged.
 */
export interface RuleInput {
  readonly policy: Policy
  readonly head: HeadStatuses
  readonly pull: Pull
  readonly seen: Assessment
  /** `null` while no single umbrella row is known. */
  readonly row: SignedRow | null
  /** What must be green: listed, external, or implied by an empty list. */
  readonly must: readonly ContextResult[]
}

/** One row of docs/decisions.md: a verdict, or `null` to ask the next. */
export type Rule = (it: RuleInput) => Verdict | null

/** After this long a wait is shown as stuck, with the run to cancel. */
const STUCK = hours(24)

type Base = Pick<Verdict, 'grade' | 'umbrella' | 'run'>

export function baseOf({ head, seen, row }: RuleInput): Base {
  const { kind: grade, observedAt } = head.evidence
  return {
    grade,
    run: seen.group.newest,
    umbrella:
      row === null
        ? null
        : { row: row.id, state: row.state, age: between(row.createdAt, observedAt) },
  }
}

export function leave(it: RuleInput, reason: ReasonOf<'leave'>, detail: string): Verdict {
  return { ...baseOf(it), kind: 'leave', reason, detail }
}

export function refuse(
  it: RuleInput,
  reason: ReasonOf<'refuse'>,
  detail: string,
  holder: Holder | null = null,
): Verdict {
  return { ...baseOf(it), kind: 'refuse', reason, detail, holder }
}

/** Waits for the job in `holder`; a wait of more than a day names what a person can end it with. */
export function wait(
  it: RuleInput,
  reason: ReasonOf<'wait'>,
  detail: string,
  holder: Holder,
): Verdict {
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
  it: RuleInput,
  reason: ReasonOf<'wait'>,
  detail: string,
  until: Instant,
): Verdict {
  return { ...baseOf(it), kind: 'wait', reason, detail, holder: null, until, stuck: false }
}

/** How a run is named in a sentence. */
export const named = (run: RunKey | null): string => (run === null ? 'no run' : `run ${run}`)
