import type { JobId, JobKey, RunId, RunKey } from './ids.js'
import type { Instant } from './time.js'

/**
 * What a job row says. `open` is anything not completed; a conclusion nobody knows is `unknown`,
 * which is never green (docs/forge-facts.md, 4.3).
 */
export type JobState = 'open' | 'success' | 'failure' | 'cancelled' | 'skipped' | 'unknown'

/** Which job: what statuses call it and, where job rows were read, what the API calls it. */
export interface JobRef {
  readonly key: JobKey
  readonly id: JobId | null
}

/** A job of a workflow run, its latest attempt. */
export interface Job {
  readonly id: JobId
  /** What a status row of this job calls it within its run. */
  readonly key: JobKey
  readonly name: string
  readonly state: JobState
  /** As the server counts; `null` when it cannot be read, which is never taken for the first. */
  readonly attempt: number | null
  /** When it ended; absent where it did not, or the server does not tell. */
  readonly endedAt?: Instant
}

/**
 * What a run's event puts at the end of a context, with its space; `null` when it is known to write
 * none. An event this version does not know may write any.
 */
export type EventSuffix = string | null | { readonly unknownEvent: string }

/** Does a run of this event write contexts that end so, or may it? */
export function mayWriteSuffix(event: EventSuffix, suffix: string): boolean {
  return typeof event === 'object' && event !== null ? true : event === suffix
}

/** A workflow run on one head SHA. */
export interface RunSummary {
  /** What status rows call this run. The highest of a group is its newest. */
  readonly key: RunKey
  readonly id: RunId
  readonly file: string
  readonly suffix: EventSuffix
  /** The pull request it ran for; `null` when the server does not tell. */
  readonly pull: number | null
  readonly completed: boolean
}

/** A workflow run with all its jobs. */
export interface Run extends RunSummary {
  readonly jobs: readonly Job[]
}

/** A task row: a job some runner picked. It can only veto (docs/forge-facts.md, 4.2). */
export interface Task {
  readonly id: number
  /** Key of its run. */
  readonly run: RunKey
  readonly name: string
  readonly file: string
  /** As of its run. */
  readonly suffix: EventSuffix
  readonly pull: number | null
  readonly sha: string
  readonly state: JobState
  readonly createdAt: Instant
}
