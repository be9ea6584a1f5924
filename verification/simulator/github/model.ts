/** How a check run, a suite or a run may have ended. */
export type Conclusion =
  | 'success'
  | 'failure'
  | 'cancelled'
  | 'skipped'
  | 'neutral'
  | 'timed_out'
  | 'action_required'
  | 'startup_failure'

/** A job of a workflow, as its file would describe it. */
export interface JobSpec {
  readonly name: string
  readonly needs?: readonly string[]
  /**
   * What a gate reads when it runs: the jobs it `needs` in its own run, or the newest check run of
   * each of these names on the commit.
   */
  readonly gate?: 'needs' | readonly string[]
}

/** A workflow file and what GitHub knows of it. */
export interface Workflow {
  readonly id: number
  readonly path: string
  readonly events: readonly string[]
  /** The names of the workflows it starts after, by `on: workflow_run`. */
  readonly follows?: readonly string[]
  readonly jobs: readonly JobSpec[]
  /** What the file at a pull's head shows, where the base branch has changed it since. */
  readonly atHead?: readonly JobSpec[]
  /** As in the file; a constant is shared by all pull requests. */
  readonly concurrency?: { readonly group: string; readonly cancel: boolean }
  state: 'active' | 'disabled_manually'
}

/** One execution of a job, which is a check run; or what another app says. */
export interface Check {
  readonly id: number
  readonly suite: number
  readonly name: string
  /** In which attempt of its run it is shown. */
  readonly attempt: number
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: Conclusion | null
  /** Seconds of the world's clock. */
  startedAt: number
  completedAt: number | null
  /** No runner ever took it. */
  lost: boolean
  /** Made by a token and no job. */
  readonly byToken: boolean
  /** When a runner ends it, and how; `null` while nobody will. */
  due: { readonly at: number; readonly end: () => Conclusion } | null
}

/** What one app did on one commit; for Actions, one run. */
export interface Suite {
  readonly id: number
  /** The commit its check runs stand on. */
  readonly sha: string
  readonly app: { readonly id: number; readonly slug: string }
  readonly run: Run | null
}

export interface Run {
  readonly id: number
  readonly workflow: Workflow
  readonly event: string
  /** The commit the run is indexed under: of `pull_request_target`, the base's. */
  readonly sha: string
  readonly createdAt: number
  attempt: number
  /** Before any job: it waits for an approval, or could not start. */
  held: 'action_required' | 'startup_failure' | null
}

export interface Status {
  readonly id: number
  readonly sha: string
  readonly context: string
  readonly state: string
  readonly description: string
  readonly targetUrl: string
  readonly login: string
  readonly createdAt: number
}

export interface Pull {
  readonly number: number
  readonly title: string
  open: boolean
  head: string
  /** The branch it comes from; absent: one of its own, in the repository itself. */
  readonly from?: { readonly repository: string; readonly branch: string }
  readonly base: string
  /** What a merge of it waits for beside checks; what is not said it does not wait for. */
  readonly merge?: MergeFacts
  /** When and by whom it was merged; absent: it was not. */
  merged?: { readonly at: number; readonly by: string }
}

/** What GitHub tells of a merge beside checks, and what rules ask of it. */
export interface MergeFacts {
  readonly draft?: boolean
  readonly conflicts?: boolean
  /** By so many commits; `strict`: a rule asks for none. */
  readonly behind?: number
  readonly strict?: boolean
  readonly review?: 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED'
  /** Unresolved threads; `resolve`: a rule asks for none. */
  readonly threads?: number
  readonly resolve?: boolean
  /** Is its commit unsigned? `sign`: a rule asks for signatures. */
  readonly unsigned?: boolean
  readonly sign?: boolean
  readonly queue?: 'enabled' | 'queued'
  /** Rules of other kinds. */
  readonly others?: readonly string[]
  readonly viewer?: string
}

/** What the token may do beside reading. */
export interface Rights {
  readonly actions: boolean
  readonly statuses: boolean
  /** May it comment? */
  readonly issues?: boolean
}

/** A required check, and the one app that must write it. */
export interface Required {
  readonly context: string
  readonly app: number | null
}

export const ACTIONS = { id: 15368, slug: 'github-actions' } as const

/** An issue, or the side of a pull request that is one. */
export interface Issue {
  readonly number: number
  open: boolean
  locked: boolean
  readonly isPull: boolean
  readonly createdAt: number
}

/** A comment on an issue. */
export interface Comment {
  readonly id: number
  readonly issue: number
  readonly login: string
  readonly body: string
  readonly createdAt: number
}
