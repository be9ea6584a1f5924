import type { Instant } from './time.js'

/**
 * What a job row says. `open` is anything not completed; a conclusion nobody knows is `unknown`,
 * which is never green (forge-facts §4.3).
 */
export type JobState = 'open' | 'success' | 'failure' | 'cancelled' | 'skipped' | 'unknown'

/** A job of a workflow run, its latest attempt. */
export interface Job {
  readonly id: number
  /** What a status row of this job calls it within its run. */
  readonly key: number
  readonly name: string
  readonly state: JobState
  readonly attempt: number
}

/** A workflow run on one head SHA with all its jobs. */
export interface Run {
  /** What status rows call this run. The highest of a group is its newest. */
  readonly key: number
  readonly id: number
  readonly file: string
  /** What its event puts at the end of a context, with its space; `null` when it writes none. */
  readonly suffix: string | null
  /** The pull request it ran for; `null` when the server does not tell. */
  readonly pull: number | null
  readonly completed: boolean
  readonly jobs: readonly Job[]
}

/** A task row: a job some runner picked. It can only veto (forge-facts §4.2). */
export interface Task {
  readonly id: number
  /** Key of its run. */
  readonly run: number
  readonly name: string
  readonly file: string
  /** As of its run. */
  readonly suffix: string | null
  readonly pull: number | null
  readonly sha: string
  readonly state: JobState
  readonly createdAt: Instant
}
