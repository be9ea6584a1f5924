import { push } from './events.js'
import type { Profile, ProfileName } from './profile.js'
import { PROFILES } from './profiles.js'
import type { ForgeState } from './state.js'

export interface ForgeOptions {
  readonly start?: string
  readonly owner?: string
  readonly repo?: string
  readonly realTime?: boolean
  readonly private?: boolean
}

/** The owner's token of every new forge. */
export const OWNER_TOKEN = 'owner-token'

/**
 * The state of a new server: a site admin who owns the organisation and its repository, and one
 * commit on `main`.
 */
export function setUp(profile: ProfileName | Profile, options: ForgeOptions): ForgeState {
  const state = emptyState(typeof profile === 'string' ? PROFILES[profile] : profile, options)
  push(state, { branch: 'main', files: { 'README.md': '# app\n' }, message: 'initial' })
  return state
}

/** The administrator, and the organisation that owns the repository. */
function usersOf(owner: string, start: number): ForgeState['users'] {
  const admin = {
    id: 1,
    login: 'root1',
    email: 'root1@example.test',
    avatar: 'root1',
    created: start,
    lastLogin: start,
    language: 'en-US',
    organisation: false,
    admin: true,
  }
  const organisation = {
    ...admin,
    id: 2,
    login: owner,
    email: '',
    admin: false,
    organisation: true,
    lastLogin: 0,
    language: '',
    avatar: owner,
  }
  return [admin, organisation]
}

/** A server without a single commit. */
export function emptyState(profile: Profile, options: ForgeOptions = {}): ForgeState {
  const start = Date.parse(options.start ?? '2026-11-23T10:00:00Z')
  const owner = options.owner ?? 'acme'
  return {
    profile,
    clock: { now: start, realTime: options.realTime ?? false },
    repository: {
      id: 1,
      owner,
      name: options.repo ?? 'app',
      defaultBranch: 'main',
      private: options.private ?? false,
      archived: false,
      size: 24,
      allowMaintainerEdit: false,
      created: start,
      updated: start,
      watchers: 1,
      roles: { 1: 'owner' },
    },
    users: usersOf(owner, start),
    tokens: { [OWNER_TOKEN]: { user: 1, scopes: ['all'], job: null } },
    branches: {},
    tags: {},
    commits: {},
    pulls: [],
    protections: [],
    issues: [],
    comments: [],
    rows: {},
    runs: [],
    jobs: [],
    tasks: [],
    emissions: [],
    runner: { id: 1, name: 'runner-1' },
    next: {
      number: 1,
      pull: 1,
      issue: 1,
      comment: 1,
      run: 1,
      index: 1,
      job: 1,
      task: 1,
      commit: 1,
    },
  }
}
