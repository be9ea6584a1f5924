import { instantText } from './clock.js'
import { accessOf } from './rights.js'
import type { ForgeState, Grant, Json, User } from './state.js'

/** Who asks, and under which address the server is known; both shape the bodies. */
export interface Viewer {
  readonly base: string
  readonly grant: Grant | null
}

const NEVER = '0001-01-01T00:00:00Z'

const UNSET = '1970-01-01T00:00:00Z'

/**
 * A user: in full for itself and site admins, with its address for anyone signed in, else behind
 * `noreply` (services/convert/user.go).
 */
export function userJson(forge: ForgeState, user: User, viewer: Viewer | null, base: string): Json {
  const asker = forge.users.find(other => other.id === viewer?.grant?.user)
  const full = asker !== undefined && !user.organisation && (asker.admin || asker.id === user.id)
  const hidden =
    forge.profile.wire.noreply === 'login'
      ? `${user.login}@noreply.localhost`
      : `${user.id}+${user.login}@noreply.localhost`
  return {
    id: user.id,
    login: user.login,
    login_name: '',
    source_id: 0,
    full_name: '',
    email:
      user.organisation && (asker !== undefined || forge.profile.wire.noreply === 'login')
        ? ''
        : asker !== undefined
          ? user.email
          : hidden,
    avatar_url: `${base}/avatars/${user.avatar}`,
    html_url: `${base}/${user.login}`,
    language: full ? user.language : '',
    is_admin: full && user.admin,
    last_login: full ? (user.lastLogin === 0 ? UNSET : instantText(user.lastLogin)) : NEVER,
    created: instantText(user.created),
    restricted: false,
    active: full,
    prohibit_login: false,
    location: '',
    website: '',
    description: '',
    visibility: 'public',
    followers_count: 0,
    following_count: 0,
    starred_repos_count: 0,
    username: user.login,
  }
}

function repositoryExtras(
  forge: ForgeState,
  kind: ForgeState['profile']['wire']['repository'],
): Fields {
  switch (kind) {
    case 'tall':
      return { parent: null, repo_transfer: null }
    case 'topics':
      return { parent: null, repo_transfer: null, topics: [], licenses: null }
    case 'licenses':
      return { topics: [], licenses: [] }
    case 'update':
      return {
        ...repositoryExtras(forge, 'counts'),
        allow_merge_update: true,
        default_update_style: 'merge',
        mirror_last_sync_at: NEVER,
      }
    case 'counts': {
      const count = Object.keys(forge.branches).length
      return { ...repositoryExtras(forge, 'units'), branch_count: count }
    }
    case 'units':
      return {
        topics: [],
        licenses: [],
        has_code: true,
        allow_manual_merge: false,
        autodetect_manual_merge: false,
      }
    default:
      return kind satisfies never
  }
}

/** What every repository here has switched on, in the order of the answer. */
const UNITS: Fields = {
  has_issues: true,
  internal_tracker: {
    enable_time_tracker: true,
    allow_only_contributors_to_track_time: true,
    enable_issue_dependencies: true,
  },
  has_wiki: true,
  has_pull_requests: true,
  has_projects: true,
  projects_mode: 'all',
  has_releases: true,
  has_packages: true,
  has_actions: true,
  ignore_whitespace_conflicts: false,
  allow_merge_commits: true,
  allow_rebase: true,
  allow_rebase_explicit: true,
  allow_squash_merge: true,
  allow_fast_forward_only_merge: true,
  allow_rebase_update: true,
  default_delete_branch_after_merge: false,
  default_merge_style: 'merge',
}

/** The repository; runs embed it as seen by nobody (services/convert/repository.go). */
export function repositoryJson(forge: ForgeState, viewer: Viewer, seenByNobody = false): Json {
  const { repository: repo, profile } = forge
  const { base } = viewer
  const access = accessOf(forge, viewer.grant)
  const owner = forge.users.find(user => user.login === repo.owner)
  return {
    id: repo.id,
    owner: owner === undefined ? null : userJson(forge, owner, seenByNobody ? null : viewer, base),
    name: repo.name,
    full_name: `${repo.owner}/${repo.name}`,
    description: '',
    empty: false,
    private: repo.private,
    fork: false,
    template: false,
    mirror: false,
    size: repo.size,
    language: '',
    languages_url: `${base}/api/v1/repos/${repo.owner}/${repo.name}/languages`,
    html_url: `${base}/${repo.owner}/${repo.name}`,
    url: `${base}/api/v1/repos/${repo.owner}/${repo.name}`,
    link: '',
    ssh_url: `root@localhost:${repo.owner}/${repo.name}.git`,
    clone_url: `${base}/${repo.owner}/${repo.name}.git`,
    original_url: '',
    website: '',
    stars_count: 0,
    forks_count: 0,
    watchers_count: repo.watchers,
    open_issues_count: forge.issues.filter(issue => issue.open).length,
    open_pr_counter: forge.pulls.filter(pull => pull.open).length,
    release_counter: 0,
    default_branch: repo.defaultBranch,
    archived: repo.archived,
    created_at: instantText(repo.created),
    updated_at: instantText(repo.updated),
    archived_at: UNSET,
    permissions: seenByNobody
      ? { admin: false, push: false, pull: false }
      : { admin: access.admin, push: access.code === 'write', pull: access.code !== 'none' },
    ...UNITS,
    default_allow_maintainer_edit: repo.allowMaintainerEdit,
    avatar_url: '',
    internal: false,
    mirror_interval: '',
    object_format_name: 'sha1',
    mirror_updated: NEVER,
    ...repositoryExtras(forge, profile.wire.repository),
  }
}

export type Fields = Readonly<Record<string, Json>>
