import type { ClockState } from './clock.js'
import type { Comment, Issue } from './discussion.js'
import type { MergeHolds, MergeWishes } from './merge-state.js'
import type { JobStatus, Profile } from './profile.js'

/** Anything that can stand in a JSON body. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * The user id behind every Actions row and job token; no such user exists, so the wire says `null`
 * (docs/forge-facts.md, 1.2).
 */
export const ACTIONS_USER = -2

/**
 * One commit status; `index` counts per SHA and is the `id` of the wire
 * (models/git/commit_status.go v1.22.6:116-172).
 */
export interface StatusRow {
  readonly index: number
  readonly context: string
  readonly hash: string
  readonly state: string
  readonly description: string
  readonly targetUrl: string
  readonly creator: number
  readonly created: number
}

export interface Run {
  readonly id: number
  readonly index: number
  readonly title: string
  readonly file: string
  readonly workflow: string
  /** trigger_event: `pull_request`, `pull_request_target`, `push`. */
  readonly event: string
  /**
   * What the API calls the event instead, in every list: a name that no client knows yet. What the
   * run's rows are named by stays `event`.
   */
  shownEvent?: string
  /**
   * The webhook's name, which 1.25 shows instead: `pull_request_sync`, … (docs/forge-facts.md,
   * 4.3).
   */
  readonly hookEvent: string
  readonly ref: string
  /** What is executed: the tip of refs/pull/N/head. */
  readonly sha: string
  /** Where the rows are posted: the payload's head SHA (docs/forge-facts.md, 2.1). */
  readonly statusSha: string
  readonly pull: number | null
  readonly fork: boolean
  readonly actor: number
  needApproval: boolean
  attempt: number
  started: number
  stopped: number
  readonly created: number
  updated: number
}

export interface Job {
  readonly id: number
  readonly runId: number
  /**
   * Which attempt of the run this row belongs to; above 1 only where re-runs insert new rows
   * (1.27).
   */
  readonly attempt: number
  readonly key: string
  readonly name: string
  readonly needs: readonly string[]
  readonly condition: string
  readonly runsOn: readonly string[]
  readonly stepNames: readonly string[]
  status: JobStatus
  /** How often a runner picked it; `run_attempt` of the wire up to 1.26. */
  picks: number
  taskId: number
  readonly created: number
  started: number
  stopped: number
}

export interface Step {
  readonly name: string
  status: JobStatus
  started: number
  stopped: number
}

/**
 * A job as one runner took it; unpicked jobs have none, a re-run makes another
 * (docs/forge-facts.md, 4.2).
 */
export interface Task {
  readonly id: number
  readonly jobId: number
  readonly runId: number
  readonly name: string
  status: JobStatus
  readonly steps: Step[]
  readonly created: number
  updated: number
  readonly started: number
  stopped: number
}

export interface Commit {
  readonly sha: string
  readonly message: string
  readonly parent: string | null
  readonly files: Readonly<Record<string, string>>
  readonly at: number
}

export interface Pull {
  readonly id: number
  readonly number: number
  title: string
  readonly branch: string
  base: string
  readonly poster: number
  readonly fork: boolean
  open: boolean
  merged: boolean
  mergeSha: string | null
  /** The login of whoever merged it, where a script says so. */
  mergedBy?: string
  /**
   * refs/pull/N/head of the base repository, which may lag behind the branch (docs/forge-facts.md,
   * 7).
   */
  refSha: string
  /** Is there a ref yet? It is made after the pull request itself. */
  hasRef: boolean
  readonly mergeBase: string
  readonly additions: number
  readonly deletions: number
  comments: number
  readonly created: number
  updated: number
  closed: number
  holds?: MergeHolds
}

export interface User {
  readonly id: number
  readonly login: string
  readonly email: string
  readonly admin: boolean
  readonly organisation: boolean
  readonly created: number
  readonly lastLogin: number
  readonly language: string
  readonly avatar: string
}

export type Level = 'none' | 'read' | 'write'

/**
 * What a token may do: `scopes` for a person's token, `job` for a workflow's own
 * (docs/forge-facts.md, 5).
 */
export interface Grant {
  readonly user: number
  readonly scopes: readonly string[]
  readonly job: null | {
    readonly fork: boolean
    readonly permissions: Readonly<Record<string, Level>> | null
  }
}

export type Role = 'owner' | 'admin' | 'write' | 'read'

export interface Protection {
  readonly rule: string
  readonly checks: boolean
  readonly contexts: readonly string[]
  readonly created: number
  /** What it asks of a merge beside statuses. */
  readonly asks?: MergeWishes
}

export interface Repository {
  readonly id: number
  readonly owner: string
  readonly name: string
  readonly defaultBranch: string
  private: boolean
  archived: boolean
  readonly size: number
  readonly allowMaintainerEdit: boolean
  readonly created: number
  updated: number
  readonly watchers: number
  readonly roles: Record<number, Role>
}

/**
 * Everything the server knows, as plain data: it can be cloned, compared and hashed. Functions take
 * it, nothing hides in it.
 */
export interface ForgeState {
  readonly profile: Profile
  readonly clock: ClockState
  readonly repository: Repository
  readonly users: User[]
  readonly tokens: Record<string, Grant>
  readonly branches: Record<string, string>
  /** Tags and their commits; one may have the name of a branch. */
  readonly tags: Record<string, string>
  readonly commits: Record<string, Commit>
  readonly pulls: Pull[]
  readonly protections: Protection[]
  readonly issues: Issue[]
  readonly comments: Comment[]
  readonly rows: Record<string, StatusRow[]>
  readonly runs: Run[]
  readonly jobs: Job[]
  readonly tasks: Task[]
  /**
   * Runs whose emitter is due, oldest first; a run stands here once
   * (services/actions/job_emitter.go: a unique queue).
   */
  readonly emissions: number[]
  /** Extra server-wide facts a recording brings (settings, runner). */
  readonly runner: { readonly id: number; readonly name: string }
  readonly next: {
    number: number
    pull: number
    issue: number
    comment: number
    run: number
    index: number
    job: number
    task: number
    commit: number
  }
}
