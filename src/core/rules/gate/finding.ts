import type { JobRef } from '../../model/job.js'
import type { RowId, RunKey } from '../../model/ids.js'

/** What can be true of one required context, and by which class: API. */
interface ContextClasses {
  /**
   * It is green as the merge gate reads it. `unproven`: by an older run, and what the newest says
   * is not known; `green`: by the newest itself, or by its word.
   */
  readonly green: 'green' | 'unproven' | 'skipped' | 'set-green'
  /** It is green, and its newest run's own job is red: it would be merged over that. */
  readonly 'false-green': 'older-green'
  /** It is rightly red: its newest run says so, or somebody else than Actions does. */
  readonly red: 'job-failed' | 'job-cancelled' | 'job-skipped' | 'set-red'
  /** It has not ended, or is too fresh. */
  readonly pending:
    'job-open' | 'job-blocked' | 'run-open' | 'settling' | 'set-pending' | 'awaiting-approval'
  /**
   * Its newest run's own job is green, and what stands is an older run's, or was lost. Of the
   * umbrella alone, by its verdict: its newest run's own job is red over green needs.
   */
  readonly stale: 'overwritten' | 'cancelled-before' | 'run-ended' | 'row-lost' | 'over-green-needs'
  /** Nobody whose word counts has written it. */
  readonly 'never-reported':
    | 'not-come-yet'
    | 'awaiting-approval'
    | 'never-started'
    | 'filtered'
    | 'never-run'
    | 'no-writer'
    | 'other-app'
    | 'no-match'
  /** Nothing of that is shown. `run-ended`: pending, though its run has ended by its own word. */
  readonly unknown: 'not-known' | 'run-ended'
}

export type ContextState = keyof ContextClasses
export type ContextClass<S extends ContextState = ContextState> = ContextClasses[S]

/** What must still be read before it can be said whether a context is shown stale, or absent. */
export type Unread = 'writers' | 'others' | 'jobs' | 'files'

/** What was found about one context. */
export interface GateFinding {
  readonly state: ContextState
  readonly class: ContextClass
  /** In a sentence, with the run, the job or the row it rests on. */
  readonly detail: string
  /** Of what is not known: what another read may tell. */
  readonly unread: Unread | null
}

/** One required context of one pull request, judged. */
export interface RequiredContext extends GateFinding {
  readonly context: string
  /** What stands on the gate: a row, or a check run by its id; `null` where nothing does. */
  readonly row: RowId | null
  /** The newest run that can write it. */
  readonly run: RunKey | null
  /** The newest run's own job of this name, where jobs were read. */
  readonly job: JobRef | null
}

/** A finding whose class is one of its state's. */
export const found = <S extends ContextState>(
  state: S,
  as: ContextClass<S>,
  detail: string,
): GateFinding => ({ state, class: as, detail, unread: null })

/** Nothing is shown; `unread`: another read may show it. */
export const notKnown = (detail: string, unread: Unread | null = null): GateFinding => ({
  state: 'unknown',
  class: 'not-known',
  detail,
  unread,
})
