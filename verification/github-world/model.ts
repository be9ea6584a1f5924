/** What stands in the fake GitHub, in GitHub's words. Times are milliseconds since 1970. */

export type Conclusion =
  | 'action_required'
  | 'cancelled'
  | 'failure'
  | 'neutral'
  | 'skipped'
  | 'stale'
  | 'startup_failure'
  | 'success'
  | 'timed_out'

export type Status = 'completed' | 'in_progress' | 'pending' | 'queued' | 'requested' | 'waiting'

export interface App {
  readonly id: number
  readonly slug: string
  readonly name: string
}

/** The app whose check runs are the jobs of workflow runs. */
export const ACTIONS: App = { id: 15368, slug: 'github-actions', name: 'GitHub Actions' }

export interface Workflow {
  readonly id: number
  readonly path: string
  readonly name: string
  state: 'active' | 'disabled_manually' | 'disabled_inactivity'
}

/** An execution of a job. Its id is that of its check run. */
export interface Execution {
  /** What the workflow file calls the job. */
  readonly key: string
  readonly attempt: number
  /** Did a runner take it? One that none took has no steps. */
  readonly taken: boolean
}

/** A check run. Before `createdAt` nobody sees it. */
export interface Check {
  readonly id: number
  readonly suite: Suite
  readonly name: string
  readonly createdAt: number
  readonly startedAt: number | null
  readonly completedAt: number | null
  /** What it ends with, once it has ended. */
  conclusion: Conclusion | null
  /** Asked once, when it ends. */
  readonly decide: (() => Conclusion) | null
  /** A job of a run, or `null`. */
  readonly execution: Execution | null
  readonly link: string
  /** Does the list of the run's jobs show it? */
  readonly listed: boolean
  /** A word other than what its times say, such as `waiting`. */
  readonly status: Status | null
}

/** What one app did on one commit; for Actions, one run. */
export interface Suite {
  readonly id: number
  readonly sha: string
  readonly app: App
  readonly createdAt: number
  run: Run | null
  readonly checks: Check[]
}

export interface Run {
  readonly id: number
  /** Its place among the runs of this world, from 1. */
  readonly number: number
  readonly workflow: Workflow
  readonly event: string
  readonly headSha: string
  readonly headBranch: string
  readonly headRepository: string
  readonly suite: Suite
  readonly createdAt: number
  attempt: number
  /** What it says instead of what its jobs say. */
  word: { readonly status: Status; readonly conclusion: Conclusion | null } | null
  /** The pull requests it is told to be of. */
  readonly pulls: readonly number[]
  /** What a job ends with when it runs again, by its key or its name. */
  readonly then: Readonly<Record<string, Next>>
}

/** The end of a job that runs again; asked when it ends. */
export type Next = Conclusion | (() => Conclusion)

/** A row of a commit's statuses. */
export interface StatusRow {
  readonly id: number
  readonly sha: string
  readonly context: string
  readonly state: 'error' | 'failure' | 'pending' | 'success'
  readonly description: string | null
  readonly targetUrl: string | null
  readonly creator: { readonly login: string; readonly type: 'Bot' | 'User' }
  readonly createdAt: number
}

export interface Pull {
  readonly number: number
  title: string
  head: string
  readonly headRef: string
  /** `owner/name` of where it comes from. */
  readonly headRepository: string
  base: string
  draft: boolean
  state: 'closed' | 'merged' | 'open'
  inQueue: boolean
  readonly author: string
}

/** A check that a merge requires; `app` pins it. */
export interface Required {
  readonly context: string
  readonly app: number | null
}

/** What an endpoint may be forbidden by: the permissions of a token. */
export type Right = 'actions' | 'checks' | 'contents' | 'pull-requests' | 'statuses'
export type Rights = Readonly<Record<Right, 'none' | 'read' | 'write'>>
