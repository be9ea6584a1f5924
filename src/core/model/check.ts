import type { JobId, RunId } from './ids.js'
import type { JobState } from './job.js'
import type { Instant } from './time.js'

/**
 * What a check run or a suite says. `action-required` is a run that waits for a person's approval:
 * running it again would get around that person (docs/github-facts.md, 2).
 */
export type CheckState = JobState | 'action-required'

/** Which app made a check run. Only GitHub itself can make one in the name of an app. */
export interface App {
  readonly id: number
  readonly slug: string
  /** Is it the one that runs the workflows? */
  readonly isActions: boolean
}

/** The workflow run behind a check suite of Actions. */
export interface SuiteRun {
  readonly id: RunId
  readonly workflow: number
  /** Its file, such as `.github/workflows/ci.yml`; `''` where the server does not tell. */
  readonly path: string
  readonly event: string
  readonly createdAt: Instant
  /** How often the run was started, with approvals and re-runs of single jobs; `null`: not read. */
  readonly attempt: number | null
  /** May the workflow not run any more? `null`: not read. */
  readonly disabled: boolean | null
}

/** A check suite: what one app did on one commit; for Actions, one workflow run. */
export interface Suite {
  readonly id: number
  readonly app: App
  readonly state: CheckState
  /** It could not even start, and never can again (docs/github-facts.md, 2). */
  readonly neverStarted: boolean
  /** `null` for every app but Actions. */
  readonly run: SuiteRun | null
  /**
   * Of a run that only waits for somebody to approve a deployment: the names that jobs of its
   * workflow have; `null` where they are not known. Absent of every other.
   */
  readonly waitsWith?: readonly string[] | null
}

/** One check run: one execution of one job, or what another app says. */
export interface CheckRun {
  /** Of a job of Actions, the id of that job too (docs/github-facts.md, 2). No order of time. */
  readonly id: JobId
  readonly suite: number
  readonly name: string
  readonly state: CheckState
  readonly startedAt: Instant | null
  readonly completedAt: Instant | null
  /** In which attempt of its run it was shown; `null`: not read. */
  readonly attempt: number | null
  /**
   * Is it a job of its suite's run? A workflow's token can make check runs too, in the name of
   * Actions: those are anybody's.
   */
  readonly isJob: boolean
  /**
   * Do the jobs of its run name it? A token can give a check run of its own the link of a job, so
   * that one that is not listed proves nothing. `false` where they were not read, too.
   */
  readonly isListed: boolean
  /**
   * A failed job of Actions: may it, by `continue-on-error`? Then `needs.<job>.result` is `success`
   * all the same. `unknown`: only a run tells. Absent: it did not fail, or was not asked about.
   */
  readonly mayFail?: 'yes' | 'no' | 'unknown'
  /** A skipped job of Actions: the failed job that it needs, directly or not, by its name. */
  readonly skippedFor?: string
  /** Did a runner take it? `false` for a job that was lost before; `null`: not read. */
  readonly taken: boolean | null
}

/** A context that a merge into a branch requires, and the one app that must write it, if any. */
export interface RequiredCheck {
  readonly context: string
  readonly app: number | null
}

/** Events whose check runs never count for a pull request (docs/github-facts.md, 1). */
export const NOT_FOR_PULLS = ['workflow_dispatch', 'repository_dispatch', 'schedule'] as const
