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
  /** What GET /version answers; every Forgejo says `+gitea-1.22.0` (§7). */
  readonly version: string
  /** Which reads and writes of Actions exist, and who may list runs (§4.1). */
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
  /** Link and X-Total-Count on Actions lists (§4.2, §4.3). */
  readonly actionsPagingHeaders: boolean
  /** State and words of a job's row (§2.2). */
  readonly skippedState: 'success' | 'skipped'
  readonly words: 'classic' | '1.27'
  /** When a row equal to the latest is not written (§2.3). */
  readonly dedupe: 'state' | 'state+description' | 'state+url+description'
  /** What R and J are in `/actions/runs/R/jobs/J` (§2.6). */
  readonly targetUrl: 'index/position' | 'id/id'
  /**
   * What a row is the latest of: its context, or its context and workflow file with legacy adoption
   * (§2.5).
   */
  readonly hash: 'context' | 'context+workflow'
  /** Which row of a hash is the latest: always the highest id; `time` is a deliberate defect. */
  readonly latestBy: 'id' | 'time'
  /** `total_count` of a combined status counts the page; `all` is a deliberate defect (§1.3). */
  readonly totalCount: 'page' | 'all'
  /** The word before the job in a context when the workflow has no name (§2.1). */
  readonly unnamedWorkflow: 'empty' | 'file'
  /**
   * Rows of a workflow without a name are never found equal, so each heartbeat writes one (§1.4).
   */
  readonly unnamedFloods: boolean
  /**
   * A matrix job whose name holds an expression: appended on 1.22, interpolated on 1.23 (recorded).
   */
  readonly matrixName: 'append' | 'interpolate'
  readonly targetSuffix: boolean
  readonly labelEventsPost: boolean
  /** Run `event` of the API: the webhook's name or the trigger event (§4.3). */
  readonly runEvent: 'hook' | 'trigger'
  readonly runAttempt: 'zero' | 'real'
  /**
   * `opened` and `synchronize` both start a run when a pull is opened right after its push (§0).
   */
  readonly doubleRunOnOpen: boolean
  /**
   * Which `if:` lets a job run after a failed need: only the literal `always()`, or any (§3 M10).
   */
  readonly conditionAfterFailure: 'literal-always' | 'any'
  /** A need the server skipped is missing in the needs context (§3 M5). */
  readonly omitsSkippedNeeds: boolean
  /** Re-runs reset the same job rows, or insert new ones for the whole run (§4.3). */
  readonly rerunRows: 'reset' | 'new'
  /** Whether a single job can be re-run while its run still goes (§3). */
  readonly rerunWhileRunning: boolean
  /** The emitter can post a job of another run under this run's SHA (§3, 1.26.0–1.26.4). */
  readonly phantomRows: boolean
  readonly zombieEmits: boolean
  readonly stepsRepeatJob: boolean
  /** head.sha in GET /pulls (§7). */
  readonly listHead: 'branch' | 'pull-ref'
  readonly baseBranchFilter: boolean
  readonly posterFilter: boolean
  /** Combined status of a known SHA without rows, and of an unknown ref (§1.3). */
  readonly emptyCombined: 'blank' | 'stateless' | 'pending'
  readonly unknownRef: 'blank' | 404
  readonly combinedState: 'worst' | 'combine'
  /** Whether a warning is red where rows are combined: not on 1.25, but on 1.26.4 (recorded). */
  readonly warningIsRed: boolean
  readonly combinedLink: boolean
  /** POST /statuses on an unknown SHA (§1.1). */
  readonly unknownShaOnPost: 500 | 404
  /** Merge gate: which of several matching rows count, and which states of the whole pass (§6). */
  readonly gate: {
    readonly several: 'first' | 'worst' | 'combine'
    readonly passes: readonly string[]
  }
  /** The job token's `permissions:` are honoured (§5). */
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
    readonly repository: 'tall' | 'topics' | 'counts'
    readonly pull: 'reviews' | 'teams' | 'content-version'
    readonly priority: boolean
    readonly contentDates: boolean
    readonly issueContentVersion: boolean
    readonly responseSize: boolean
  }
}

const gitea122: Profile = {
  name: 'gitea-1.22.6',
  family: 'gitea',
  version: '1.22.6',
  actions: {
    tasks: false,
    runs: 'none',
    jobs: 'none',
    attempts: false,
    rerun: false,
    cancel: false,
  },
  tasksNeedPage: false,
  actionsPagingHeaders: false,
  skippedState: 'success',
  words: 'classic',
  dedupe: 'state',
  targetUrl: 'index/position',
  hash: 'context',
  latestBy: 'id',
  totalCount: 'page',
  unnamedWorkflow: 'empty',
  unnamedFloods: true,
  matrixName: 'append',
  targetSuffix: false,
  labelEventsPost: false,
  runEvent: 'hook',
  runAttempt: 'zero',
  doubleRunOnOpen: true,
  conditionAfterFailure: 'literal-always',
  omitsSkippedNeeds: true,
  rerunRows: 'reset',
  rerunWhileRunning: true,
  phantomRows: false,
  zombieEmits: false,
  stepsRepeatJob: false,
  listHead: 'branch',
  baseBranchFilter: false,
  posterFilter: false,
  emptyCombined: 'blank',
  unknownRef: 'blank',
  combinedState: 'worst',
  warningIsRed: false,
  combinedLink: false,
  unknownShaOnPost: 500,
  gate: { several: 'first', passes: ['success'] },
  jobPermissions: false,
  wire: {
    notFound: "The target couldn't be found.",
    badToken: 'user does not exist [uid: 0, name: ]',
    scopeError: 'classic',
    noreply: 'login',
    repository: 'tall',
    pull: 'reviews',
    priority: false,
    contentDates: false,
    issueContentVersion: false,
    responseSize: false,
  },
}

const gitea123: Profile = {
  ...gitea122,
  name: 'gitea-1.23.8',
  version: '1.23.8',
  actions: { ...gitea122.actions, tasks: true },
  tasksNeedPage: true,
  matrixName: 'interpolate',
  targetSuffix: true,
  doubleRunOnOpen: false,
  conditionAfterFailure: 'any',
  omitsSkippedNeeds: false,
  posterFilter: true,
  wire: {
    ...gitea122.wire,
    scopeError: 'detailed',
    repository: 'topics',
    pull: 'teams',
    priority: true,
  },
}

const gitea124: Profile = {
  ...gitea123,
  name: 'gitea-1.24.7',
  version: '1.24.7',
  labelEventsPost: true,
  listHead: 'pull-ref',
  baseBranchFilter: true,
  unknownRef: 404,
  gate: { several: 'worst', passes: ['success'] },
}

const gitea125: Profile = {
  ...gitea124,
  name: 'gitea-1.25.5',
  version: '1.25.5',
  actions: { ...gitea124.actions, runs: 'owner', jobs: 'gitea' },
  tasksNeedPage: false,
  skippedState: 'skipped',
  unnamedFloods: false,
  rerunWhileRunning: false,
  stepsRepeatJob: true,
  emptyCombined: 'stateless',
  combinedState: 'combine',
  gate: { several: 'combine', passes: ['success', 'warning', 'skipped'] },
  wire: { ...gitea124.wire, notFound: 'not found', repository: 'counts', contentDates: true },
}

const gitea1260: Profile = {
  ...gitea125,
  name: 'gitea-1.26.0',
  version: '1.26.0',
  actions: { ...gitea125.actions, runs: 'readers', rerun: true },
  actionsPagingHeaders: true,
  targetUrl: 'id/id',
  runEvent: 'trigger',
  phantomRows: true,
  zombieEmits: true,
  emptyCombined: 'pending',
  warningIsRed: true,
  combinedLink: true,
  jobPermissions: true,
  wire: {
    ...gitea125.wire,
    badToken: 'invalid username, password or token',
    noreply: 'id+login',
    pull: 'content-version',
    issueContentVersion: true,
    responseSize: true,
  },
}

const gitea1264: Profile = {
  ...gitea1260,
  name: 'gitea-1.26.4',
  version: '1.26.4',
  dedupe: 'state+url+description',
  stepsRepeatJob: false,
}

const gitea127: Profile = {
  ...gitea1264,
  name: 'gitea-1.27.0',
  version: '1.27.0',
  actions: { ...gitea1264.actions, attempts: true },
  words: '1.27',
  hash: 'context+workflow',
  unnamedWorkflow: 'file',
  runAttempt: 'real',
  rerunRows: 'new',
  phantomRows: false,
}

const forgejo11: Profile = {
  ...gitea122,
  name: 'forgejo-11',
  family: 'forgejo',
  version: '11.0.11+gitea-1.22.0',
  actions: { ...gitea122.actions, tasks: true },
  dedupe: 'state+description',
  unnamedFloods: false,
  targetSuffix: true,
  doubleRunOnOpen: false,
  conditionAfterFailure: 'any',
  omitsSkippedNeeds: false,
  gate: { several: 'worst', passes: ['success'] },
}

const forgejo12: Profile = {
  ...forgejo11,
  name: 'forgejo-12',
  version: '12.0.4+gitea-1.22.0',
  actions: { ...forgejo11.actions, runs: 'readers' },
  dedupe: 'state',
  unnamedFloods: true,
  gate: { several: 'first', passes: ['success'] },
}

const forgejo15: Profile = {
  ...forgejo12,
  name: 'forgejo-15',
  version: '15.0.3+gitea-1.22.0',
  dedupe: 'state+description',
  unnamedFloods: false,
  unknownShaOnPost: 404,
  gate: { several: 'worst', passes: ['success'] },
}

const forgejo16: Profile = {
  ...forgejo15,
  name: 'forgejo-16',
  version: '16.0.0+gitea-1.22.0',
  actions: { ...forgejo15.actions, jobs: 'forgejo', cancel: true },
  skippedState: 'skipped',
  gate: { several: 'worst', passes: ['success', 'skipped'] },
}

/** Every server version the simulator can be. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  'gitea-1.22.6': gitea122,
  'gitea-1.23.8': gitea123,
  'gitea-1.24.7': gitea124,
  'gitea-1.25.5': gitea125,
  'gitea-1.26.0': gitea1260,
  'gitea-1.26.4': gitea1264,
  'gitea-1.27.0': gitea127,
  'forgejo-11': forgejo11,
  'forgejo-12': forgejo12,
  'forgejo-15': forgejo15,
  'forgejo-16': forgejo16,
}

/** Ways to break a profile on purpose; the contract must notice each by name. */
export const DEFECTS = [
  'latest-by-time',
  'total-count-as-total',
  'skipped-as-own-state',
  'posted-success-wins',
] as const
export type Defect = (typeof DEFECTS)[number]

/** The profile with one deliberate defect. */
export function breakProfile(profile: Profile, defect: Defect): Profile {
  switch (defect) {
    case 'latest-by-time':
      return { ...profile, latestBy: 'time' }
    case 'total-count-as-total':
      return { ...profile, totalCount: 'all' }
    case 'skipped-as-own-state':
      return { ...profile, skippedState: 'skipped' }
    case 'posted-success-wins':
      return { ...profile, hash: 'context' }
    default:
      return defect satisfies never
  }
}

const CLASSIC: Readonly<Record<JobStatus, string>> = {
  waiting: 'Waiting to run',
  blocked: 'Blocked by required conditions',
  running: 'Has started running',
  success: 'Successful in ',
  failure: 'Failing after ',
  cancelled: 'Has been cancelled',
  skipped: 'Has been skipped',
}

/** Words of a row's description, ending in a blank where a duration follows (§2.2). */
export const WORDS: Readonly<Record<Profile['words'], Readonly<Record<JobStatus, string>>>> = {
  classic: CLASSIC,
  '1.27': { ...CLASSIC, running: 'In progress', cancelled: 'Canceled after ', skipped: 'Skipped' },
}
