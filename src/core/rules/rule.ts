import type { Evidence, NonEmpty, ListedPull } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import type { Policy } from '../model/policy.js'
import type { Instant } from '../model/time.js'
import { formatDuration, hours } from '../model/time.js'
import type { RowsRead } from '../view/run-group.js'
import type { ContextView, UmbrellaView } from '../view/view.js'
import type { Basis, Holder, Leave, Reason, ReasonOf, Refusal, Verdict, Wait } from './verdict.js'

/** What every verdict on one pull request's umbrella says, whatever its reason. */
type Base = Pick<Verdict, 'grade' | 'umbrella' | 'run'>

/**
 * What a rule is asked about: one pull request's umbrella. Not "context", which is the name of a
 * commit status here.
 */
export interface RuleInput {
  /** As it stands for this pull. */
  readonly policy: Policy
  readonly pull: ListedPull
  readonly evidence: Evidence
  readonly view: UmbrellaView
  /** What must be green: listed, external, or implied by an empty list. */
  readonly required: readonly ContextView[]
  readonly base: Base
  /** Why the umbrella's red is not believed, where it is red. */
  readonly basis: Basis
}

/**
 * A rule has nothing to say, and the next one is asked. The answer is what it saw, as a sentence
 * that is made only when a trace is asked for: a sweep judges far more than it explains.
 */
export type Pass = () => string

/** One rule of docs/decisions.md: the reasons it can give, and what it makes of an umbrella. */
export interface Rule {
  readonly codes: NonEmpty<Reason>
  /** The question it asks, in a few words. */
  readonly title: string
  /** Where it is asked, if not everywhere: what it asks about does not exist elsewhere. */
  readonly only?: UmbrellaView['read']['kind']
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
  readonly only?: UmbrellaView['read']['kind']
  readonly judge: (input: RuleInput) => (Verdict & { readonly reason: NoInfer<R> }) | Pass
}): Rule {
  return made
}

/** The same for a rule that only rows can be asked. */
export function rowRule<const R extends Reason>(made: {
  readonly codes: NonEmpty<R>
  readonly title: string
  readonly judge: (
    input: RuleInput,
    rows: RowsRead,
  ) => (Verdict & { readonly reason: NoInfer<R> }) | Pass
}): Rule {
  return {
    ...made,
    only: 'rows',
    judge: input => {
      const { read } = input.view
      return read.kind === 'rows' ? made.judge(input, read) : () => 'there are no rows'
    },
  }
}

/** After this long a wait is shown as stuck, with the run to cancel. */
const STUCK = hours(24)

export function leave<R extends ReasonOf<'leave'>>(
  input: RuleInput,
  reason: R,
  detail: string,
): Leave<R> {
  return { ...input.base, kind: 'leave', reason, detail }
}

export function refuse<R extends ReasonOf<'refuse'>>(
  input: RuleInput,
  reason: R,
  detail: string,
  holder: Holder | null = null,
): Refusal<R> {
  return { ...input.base, kind: 'refuse', reason, detail, holder }
}

/** Waits for the job in `holder`; a wait of more than a day names what a person can end it with. */
export function wait<R extends ReasonOf<'wait'>>(
  input: RuleInput,
  reason: R,
  detail: string,
  holder: Holder,
): Wait<R> {
  const { age } = input.view
  const stuck = age > STUCK
  const end =
    holder.run === null
      ? `look at what writes ${holder.context}`
      : `cancel or re-run run ${holder.run}`
  const hint = stuck ? `; stuck for ${formatDuration(age)}: ${end}` : ''
  return { ...input.base, kind: 'wait', reason, detail: detail + hint, holder, until: null, stuck }
}

/** Waits for a time, not for a job. */
export function waitUntil<R extends ReasonOf<'wait'>>(
  input: RuleInput,
  reason: R,
  detail: string,
  until: Instant,
): Wait<R> {
  return { ...input.base, kind: 'wait', reason, detail, holder: null, until, stuck: false }
}

/** How a run is named in a sentence. */
export const named = (run: RunKey | null): string => (run === null ? 'no run' : `run ${run}`)

/** Where something happened, behind a verb; nothing where no run of Actions wrote it. */
export const inRun = (run: RunKey | null): string => (run === null ? '' : ` in ${named(run)}`)
