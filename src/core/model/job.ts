import type { Instant } from './time.js'

/**
 * What a job row says. `open` is anything not completed; a conclusion nobody knows is `unknown`,
 * which is never green (forge-facts §4.3).
 */
export type JobState = 'open' | 'success' | 'failure' | 'cancelled' | 'skipped' | 'unknown'

/** A job of a workflow run, its latest attempt. */
export interface Job {
  readonly id: number
  readonly name: string
  readonly state: JobState
  readonly attempt: number
}

/** A workflow run on one head SHA with all its jobs. */
export interface Run {
  /**
   * The number a status row's target_url carries for this run: the id on Gitea ≥1.26, else the run
   * number (forge-facts §2.6).
   */
  readonly key: number
  readonly id: number
  readonly file: string
  readonly event: string
  /**
   * The pull request it ran for, from `path` or `prettyref`; `null` when the server does not tell.
   */
  readonly pull: number | null
  readonly completed: boolean
  /**
   * In the order of their ids: on Gitea ≤1.25 a target_url names the position (forge-facts §2.6).
   */
  readonly jobs: readonly Job[]
}

/** A task row: a job some runner picked. It can only veto (forge-facts §4.2). */
export interface Task {
  readonly id: number
  /** Run number: R of a target_url on these servers. */
  readonly run: number
  readonly name: string
  readonly file: string
  readonly event: string
  readonly pull: number | null
  readonly sha: string
  readonly state: JobState
  readonly createdAt: Instant
}
