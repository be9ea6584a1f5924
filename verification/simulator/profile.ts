/** Internal status of a job, run or task (models/actions/status.go). */
export type JobStatus =
  'waiting' | 'blocked' | 'running' | 'success' | 'failure' | 'cancelled' | 'skipped'
export type ProfileName =
  | 'gitea-1.22.6'
  | 'gitea-1.23.8'
  | 'gitea-1.24.7'
  | 'gitea-1.25.5'
  | 'gitea-1.26.0'
  | 'gitea-1.26.4'
  | 'gitea-1.27.0'
  | 'gitea-28.1.0'
  | 'forgejo-11'
  | 'forgejo-12'
  | 'forgejo-15'
  | 'forgejo-16'
/**
 * How one server version behaves, as data; nothing else in the simulator asks for a version.
 * Sources: forge-facts, by section.
 */
export interface Profile {
  readonly name: string
  readonly family: 'gitea' | 'forgejo'
  /** What GET /version answers; every Forgejo says `+gitea-1.22.0` (docs/forge-facts.md, 7). */
  readonly version: string
  /** Which reads and writes of Actions exist, and who may list runs (docs/forge-facts.md, 4.1). */
  readonly actions: {
    readonly tasks: boolean
    readonly runs: 'none' | 'owner' | 'readers'
    readonly jobs: 'none' | 'gitea' | 'forgejo'
    readonly attempts: boolean
    readonly rerun: boolean
    readonly cancel: boolean
  }
  /** 1.23.8 answers every row to `?limit=` without `page` (recorded). */
  readonly tasksNeedPage: boolean
  /** Link and X-Total-Count on Actions lists (docs/forge-facts.md, 4.2, 4.3). */
  readonly actionsPagingHeaders: boolean
  /** State and words of a job's row (docs/forge-facts.md, 2.2). */
  readonly skippedState: 'success' | 'skipped'
  readonly words: 'classic' | '1.27' | '28'
  /**
   * Does a pending job write its first row always, or only where a merge requires its context
   * (docs/forge-facts.md, 11)?
   */
  readonly firstRow: 'always' | 'required'
  /** What the API calls a job that waits for its needs (docs/forge-facts.md, 4.3, 11). */
  readonly blockedStatus: 'waiting' | 'pending'
  /** When a row equal to the latest is not written (docs/forge-facts.md, 2.3). */
  readonly dedupe: 'state' | 'state+description' | 'state+url+description'
  /** What R and J are in `/actions/runs/R/jobs/J` (docs/forge-facts.md, 2.6). */
  readonly targetUrl: 'index/position' | 'id/id'
  /**
   * What a row is the latest of: its context, or its context and workflow file with legacy adoption
   * (docs/forge-facts.md, 2.5).
   */
  readonly hash: 'context' | 'context+workflow'
  /** Which row of a hash is the latest: always the highest id; `time` is a deliberate defect. */
  readonly latestBy: 'id' | 'time'
  /**
   * `total_count` of a combined status counts the page; `all` is a deliberate defect
   * (docs/forge-facts.md, 1.3).
   */
  readonly totalCount: 'page' | 'all'
  /**
   * The word before the job in a context when the workflow has no name (docs/forge-facts.md, 2.1).
   */
  readonly unnamedWorkflow: 'empty' | 'file'
  /**
   * Rows of a workflow without a name are never found equal, so each heartbeat writes one
   * (docs/forge-facts.md, 1.4).
   */
  readonly unnamedFloods: boolean
  /**
   * A matrix job whose name holds an expression: appended on 1.22, interpolated on 1.23 (recorded).
   */
  readonly matrixName: 'append' | 'interpolate'
  readonly targetSuffix: boolean
  readonly labelEventsPost: boolean
  /** Run `event` of the API: the webhook's name or the trigger event (docs/forge-facts.md, 4.3). */
  readonly runEvent: 'hook' | 'trigger'
  readonly runAttempt: 'zero' | 'real'
  /**
   * `opened` and `synchronize` both start a run when a pull is opened right after its push
   * (docs/forge-facts.md, 0).
   */
  readonly doubleRunOnOpen: boolean
  /**
   * Which `if:` lets a job run after a failed need: only the literal `always()`, or any
   * (docs/forge-facts.md, 3 M10).
   */
  readonly conditionAfterFailure: 'literal-always' | 'any'
  /** A need the server skipped is missing in the needs context (docs/forge-facts.md, 3 M5). */
  readonly omitsSkippedNeeds: boolean
  /**
   * Re-runs reset the same job rows, or insert new ones for the whole run (docs/forge-facts.md,
   * 4.3).
   */
  readonly rerunRows: 'reset' | 'new'
  /** Whether a single job can be re-run while its run still goes (docs/forge-facts.md, 3). */
  readonly rerunWhileRunning: boolean
  /**
   * Gitea 1.26.0–1.26.4: the emitter can post a job of another run under this run's SHA
   * (docs/forge-facts.md, 3).
   */
  readonly phantomRows: boolean
  readonly zombieEmits: boolean
  readonly stepsRepeatJob: boolean
  /** head.sha in GET /pulls (docs/forge-facts.md, 7). */
  readonly listHead: 'branch' | 'pull-ref'
  /**
   * Which of a tag and a branch of one name `contents?ref=` means: git's own order is tags first,
   * from 1.24 on the API looks for a branch first (GetContentsOrList, ResolveRefCommit).
   */
  readonly sameName: 'tag' | 'branch'
  /**
   * A workflow that an event's branches leave out writes `skipped` over each context some rule of
   * the repository requires (docs/forge-facts.md, 13).
   */
  readonly filteredRows: boolean
  readonly baseBranchFilter: boolean
  readonly posterFilter: boolean
  /**
   * Combined status of a known SHA without rows, and of an unknown ref (docs/forge-facts.md, 1.3).
   */
  readonly emptyCombined: 'blank' | 'stateless' | 'pending'
  readonly unknownRef: 'blank' | 404
  readonly combinedState: 'worst' | 'combine'
  /** Whether a warning is red where rows are combined: not on 1.25, but on 1.26.4 (recorded). */
  readonly warningIsRed: boolean
  readonly combinedLink: boolean
  /** POST /statuses on an unknown SHA (docs/forge-facts.md, 1.1). */
  readonly unknownShaOnPost: 500 | 404
  /**
   * Merge gate: which of several matching rows count, and which states of the whole pass
   * (docs/forge-facts.md, 6).
   */
  readonly gate: {
    readonly several: 'first' | 'worst' | 'combine'
    readonly passes: readonly string[]
  }
  /** The job token's `permissions:` are honoured (docs/forge-facts.md, 5). */
  readonly jobPermissions: boolean
  /**
   * Texts and keys that differ by version without meaning; all seen in recordings or code, none
   * used by the action.
   */
  readonly wire: {
    readonly notFound: string
    readonly badToken: string
    readonly scopeError: 'classic' | 'detailed'
    readonly noreply: 'login' | 'id+login'
    readonly repository: 'tall' | 'topics' | 'licenses' | 'units' | 'counts' | 'update'
    readonly pull: 'reviews' | 'teams' | 'plain' | 'content-version'
    /** What a merge says of a red gate. */
    readonly mergeRefusal: 'reason' | 'plain'
    /** A rule names who may pass it by (recorded on 1.27.0). */
    readonly bypass: boolean
    readonly priority: boolean
    readonly contentDates: boolean
    readonly issueContentVersion: boolean
    /** Issues name their projects (1.27). */
    readonly issueProjects: boolean
    readonly responseSize: boolean
    /** A run names its pull requests and its previous attempt (recorded on 1.27.0). */
    readonly runPulls: boolean
    /** Jobs list no steps on 1.25.5, but `null` (recorded). */
    readonly stepsNull: boolean
    /** An issue carries an estimate (recorded from 1.25.5 on). */
    readonly timeEstimate: boolean
  }
}
