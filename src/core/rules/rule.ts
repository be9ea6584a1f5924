import type { NonEmpty, Pull } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import type { Policy } from '../model/policy.js'
import type { SignedRow } from '../model/status.js'
import type { Instant } from '../model/time.js'
import { between, formatDuration, hours } from '../model/time.js'
import type { Assessment, ContextResult } from '../reading/assessment.js'
import type { HeadStatuses } from '../reading/head-statuses.js'
import type { Holder, Leave, Reason, ReasonOf, Refusal, Verdict, Wait } from './verdict.js'

/** One pull request's umbrella as every rule gets it: what was asked, what was seen. */
export interface RuleInput {
  readonly policy: Policy
  readonly head: HeadStatuses
  readonly pull: Pull
  readonly seen: Assessment
  /** The umbrella's row that is judged; `null` while no single one is known. */
  readonly row: SignedRow | null
  /** What must be green: listed, external, or implied by an empty list. */
  readonly must: readonly ContextResult[]
}

/** A rule has nothing to say, and the next one is asked. `saw` says why, when somebody wants it. */
export interface Pass {
  readonly kind: 'pass'
  readonly saw: () => string
}

/** One rule of docs/decisions.md: the reasons it can give, and what it makes of an umbrella. */
export interface Rule {
  readonly codes: NonEmpty<Reason>
  /** The question it asks, in a few words. */
  readonly title: string
  readonly judge: (input: RuleInput) => Verdict | Pass
}

/** The rule that is asked last: it always decides. */
export interface FinalRule extends Rule {
  readonly judge: (input: RuleInput) => Verdict
}

/** A rule whose judge gives no other reason than those it names. */
export function rule<const R extends Reason>(made: {
  readonly codes: NonEmpty<R>
  readonly title: string
  readonly judge: (input: RuleInput) => (Verdict & { readonly reason: NoInfer<R> }) | Pass
}): Rule {
  return made
}

/**
 * The sentence is made only when a trace is asked for: a sweep judges far more than it explains.
 */
export const pass = (saw: () => string): Pass => ({ kind: 'pass', saw })

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

export function leave<R extends ReasonOf<'leave'>>(
  it: RuleInput,
  reason: R,
  detail: string,
): Leave<R> {
  return { ...baseOf(it), kind: 'leave', reason, detail }
}

export function refuse<R extends ReasonOf<'refuse'>>(
  it: RuleInput,
  reason: R,
  detail: string,
  holder: Holder | null = null,
): Refusal<R> {
  return { ...baseOf(it), kind: 'refuse', reason, detail, holder }
}

/** Waits for the job in `holder`; a wait of more than a day names what a person can end it with. */
export function wait<R extends ReasonOf<'wait'>>(
  it: RuleInput,
  reason: R,
  detail: string,
  holder: Holder,
): Wait<R> {
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
export function waitUntil<R extends ReasonOf<'wait'>>(
  it: RuleInput,
  reason: R,
  detail: string,
  until: Instant,
): Wait<R> {
  return { ...baseOf(it), kind: 'wait', reason, detail, holder: null, until, stuck: false }
}

/** How a run is named in a sentence. */
export const named = (run: RunKey | null): string => (run === null ? 'no run' : `run ${run}`)
