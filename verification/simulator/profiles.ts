import type { Profile, ProfileName } from './profile.js'

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
  firstRow: 'always',
  blockedStatus: 'waiting',
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
    mergeRefusal: 'reason',
    priority: false,
    contentDates: false,
    issueContentVersion: false,
    responseSize: false,
    runPulls: false,
    stepsNull: false,
    timeEstimate: false,
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
  wire: {
    ...gitea123.wire,
    badToken: 'invalid username, password or token',
    repository: 'licenses',
    pull: 'plain',
    contentDates: true,
    responseSize: true,
  },
}

const gitea125: Profile = {
  ...gitea124,
  name: 'gitea-1.25.5',
  version: '1.25.5',
  actions: { ...gitea124.actions, runs: 'owner', jobs: 'gitea' },
  skippedState: 'skipped',
  unnamedFloods: false,
  rerunWhileRunning: false,
  stepsRepeatJob: true,
  emptyCombined: 'stateless',
  combinedState: 'combine',
  gate: { several: 'combine', passes: ['success', 'warning', 'skipped'] },
  wire: {
    ...gitea124.wire,
    notFound: 'not found',
    repository: 'units',
    stepsNull: true,
    timeEstimate: true,
  },
}

const gitea1260: Profile = {
  ...gitea125,
  name: 'gitea-1.26.0',
  version: '1.26.0',
  actions: { ...gitea125.actions, runs: 'readers', rerun: true },
  actionsPagingHeaders: true,
  tasksNeedPage: false,
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
    repository: 'counts',
    stepsNull: false,
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
  wire: { ...gitea1264.wire, repository: 'update', runPulls: true, mergeRefusal: 'plain' },
}

/**
 * Read from single files of its source, never recorded: the words, the first rows and the word for
 * blocked jobs. Assumed to be as on 1.27, because nothing says otherwise: everything else.
 */
const gitea28: Profile = {
  ...gitea127,
  name: 'gitea-28.1.0',
  version: '28.1.0',
  words: '28',
  firstRow: 'required',
  blockedStatus: 'pending',
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
  'gitea-28.1.0': gitea28,
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
