import type { Evidence, NonEmpty, Pull } from '../model/evidence.js'
import { gradeOf } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import type { Policy } from '../model/policy.js'
import type { SignedRow } from '../model/status.js'
import type { Instant } from '../model/time.js'
import { between, formatDuration, hours } from '../model/time.js'
import type { Assessment, ContextResult } from '../reading/assessment.js'
import type { HeadStatuses } from '../reading/head-statuses.js'
import type { Holder, Leave, Reason, ReasonOf, Refusal, Verdict, Wait } from './verdict.js'

/** What every verdict on one pull request's umbrella says, whatever its reason. */
export type Base = Pick<Verdict, 'grade' | 'umbrella' | 'run'>

/** One pull request's umbrella as a rule gets it that asks for results alone. */
export interface Ruled {
  readonly policy: Policy
  readonly pull: Pull
  readonly evidence: Evidence
  readonly seen: Pick<Assessment, 'results' | 'missing' | 'absent' | 'source' | 'age'>
  /** What must be green: listed, external, or implied by an empty list. */
  readonly must: readonly ContextResult[]
  /** Its `run` is the newest run that counts. */
  readonly base: Base
}

/** The same where the umbrella is a status row. */
export interface RuleInput extends Ruled {
  readonly head: HeadStatuses
  readonly seen: Assessment
  /** The umbrella's row that is judged; `null` while no single one is known. */
  readonly row: SignedRow | null
}

/** A rule has nothing to say, and the next one is asked. `saw` says why, when somebody wants it. */
export interface Pass {
  readonly kind: 'pass'
  readonly saw: () => string
}

/** One rule of docs/decisions.md: the reasons it can give, and what it makes of an umbrella. */
export interface Rule<Input = RuleInput> {
  readonly codes: NonEmpty<Reason>
  /** The question it asks, in a few words. */
  readonly title: string
  readonly judge: (input: Input) => Verdict | Pass
}

/** The rule that is asked last: it always decides. */
export interface FinalRule<Input = RuleInput> extends Rule<Input> {
  readonly judge: (input: Input) => Verdict
}

/** A rule whose judge gives no other reason than those it names. */
export function rule<const R extends Reason, Input = RuleInput>(made: {
  readonly codes: NonEmpty<R>
  readonly title: string
  readonly judge: (input: Input) => (Verdict & { readonly reason: NoInfer<R> }) | Pass
}): Rule<Input> {
  return made
}

/**
 * The sentence is made only when a trace is asked for: a sweep judges far more than it explains.
 */
export const pass = (saw: () => string): Pass => ({ kind: 'pass', saw })

/** After this long a wait is shown as stuck, with the run to cancel. */
export const STUCK = hours(24)

/** What every verdict says where the umbrella is a status row. */
export function baseOf({ head, seen, row }: Pick<RuleInput, 'head' | 'seen' | 'row'>): Base {
  const { observedAt } = head.evidence
  return {
    grade: gradeOf(head.evidence),
    run: seen.group.newest,
    umbrella:
      row === null
        ? null
        : { row: row.id, state: row.state, age: between(row.createdAt, observedAt) },
  }
}

export function leave<R extends ReasonOf<'leave'>>(it: Ruled, reason: R, detail: string): Leave<R> {
  // Of most heads nothing else is said: no spread, as in `evidenceOf`.
  const { grade, umbrella, run } = it.base
  return { grade, umbrella, run, kind: 'leave', reason, detail }
}

export function refuse<R extends ReasonOf<'refuse'>>(
  it: Ruled,
  reason: R,
  detail: string,
  holder: Holder | null = null,
): Refusal<R> {
  return { ...it.base, kind: 'refuse', reason, detail, holder }
}

/** Waits for the job in `holder`; a wait of more than a day names what a person can end it with. */
export function wait<R extends ReasonOf<'wait'>>(
  it: Ruled,
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
  return { ...it.base, kind: 'wait', reason, detail: detail + hint, holder, until: null, stuck }
}

/** Waits for a time, not for a job. */
export function waitUntil<R extends ReasonOf<'wait'>>(
  it: Ruled,
  reason: R,
  detail: string,
  until: Instant,
): Wait<R> {
  return { ...it.base, kind: 'wait', reason, detail, holder: null, until, stuck: false }
}

/** How a run is named in a sentence. */
export const named = (run: RunKey | null): string => (run === null ? 'no run' : `run ${run}`)
