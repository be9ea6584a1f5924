import { createHash } from 'node:crypto'
import { instantText } from './clock.js'
import { headSha, ruleFor } from './gate.js'
import { accessOf } from './rights.js'
import type {
  Comment,
  ForgeState,
  Grant,
  Issue,
  Json,
  Protection,
  Pull,
  StatusRow,
  User,
} from './state.js'

/** Who asks, and under which address the server is known; both shape the bodies. */
export interface Viewer {
  readonly base: string
  readonly grant: Grant | null
}

type Fields = Readonly<Record<string, Json>>

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
    default_allow_maintainer_edit: repo.allowMaintainerEdit,
    avatar_url: '',
    internal: false,
    mirror_interval: '',
    object_format_name: 'sha1',
    mirror_updated: NEVER,
    ...repositoryExtras(forge, profile.wire.repository),
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
    case 'counts':
      return {
        topics: [],
        licenses: [],
        has_code: true,
        allow_manual_merge: false,
        autodetect_manual_merge: false,
        branch_count: Object.keys(forge.branches).length,
      }
    default:
      return kind satisfies never
  }
}

/** A status row; `status` is its state, `id` its index (services/convert/status.go:15-33). */
export function statusJson(forge: ForgeState, sha: string, row: StatusRow, base: string): Json {
  const creator = forge.users.find(user => user.id === row.creator)
  return {
    id: row.index,
    status: row.state,
    target_url: row.targetUrl,
    description: row.description,
    url: `${base}/api/v1/repos/${forge.repository.owner}/${forge.repository.name}/statuses/${sha}`,
    context: row.context,
    creator: creator === undefined ? null : userJson(forge, creator, null, base),
    created_at: instantText(row.created),
    updated_at: instantText(row.created),
  }
}

/**
 * A pull in a list or alone; the two differ in fields, and from 1.24 in the head SHA (forge-facts
 * §7).
 */
export function pullJson(forge: ForgeState, pull: Pull, viewer: Viewer, alone: boolean): Json {
  const { owner, name, id } = forge.repository
  const html = `${viewer.base}/${owner}/${name}/pulls/${pull.number}`
  const poster = forge.users.find(user => user.id === pull.poster)
  const repo = repositoryJson(forge, viewer)
  const branchExists = forge.branches[pull.branch] !== undefined
  const sha = !alone && forge.profile.listHead === 'pull-ref' ? pull.refSha : headSha(forge, pull)
  const head = {
    label: branchExists ? pull.branch : '',
    ref: branchExists ? pull.branch : `refs/pull/${pull.number}/head`,
    sha,
    repo_id: id,
    repo,
  }
  const nobody: Json = alone && forge.profile.wire.pull !== 'reviews' ? [] : null
  return {
    id: pull.id,
    url: html,
    number: pull.number,
    user: poster === undefined ? null : userJson(forge, poster, viewer, viewer.base),
    title: pull.title,
    body: '',
    labels: [],
    milestone: null,
    assignee: null,
    assignees: nobody,
    requested_reviewers: nobody,
    ...(forge.profile.wire.pull === 'reviews' ? {} : { requested_reviewers_teams: nobody }),
    state: pull.open ? 'open' : 'closed',
    draft: isDraft(pull),
    is_locked: false,
    comments: pull.comments,
    ...pullCounts(forge, pull, alone),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    mergeable: !isDraft(pull) && !pull.merged,
    merged: pull.merged,
    merged_at: pull.merged ? instantText(pull.closed) : null,
    merge_commit_sha: pull.mergeSha,
    merged_by: null,
    allow_maintainer_edit: forge.repository.allowMaintainerEdit,
    base: {
      label: pull.base,
      ref: pull.base,
      sha: forge.branches[pull.base] ?? '',
      repo_id: id,
      repo,
    },
    head,
    merge_base: pull.mergeBase,
    due_date: null,
    created_at: instantText(pull.created),
    updated_at: instantText(pull.updated),
    closed_at: pull.open ? null : instantText(pull.closed),
    pin_order: 0,
    ...(forge.profile.wire.pull === 'content-version' ? { content_version: 0 } : {}),
  }
}

function pullCounts(forge: ForgeState, pull: Pull, alone: boolean): Fields {
  const changes = { additions: pull.additions, deletions: pull.deletions, changed_files: 1 }
  if (forge.profile.wire.pull === 'content-version') return alone ? changes : {}
  return { review_comments: 0, ...(alone || forge.profile.wire.pull === 'reviews' ? changes : {}) }
}

/** Draft is a title prefix, nothing else (models/issues/pull.go HasWorkInProgressPrefix). */
export function isDraft(pull: Pull): boolean {
  return /^(wip:|\[wip\])/i.test(pull.title)
}

/**
 * GET /branches/{b}: also who may push and merge, and the status contexts of its rule
 * (services/convert/convert.go v1.22.6:53-107).
 */
export function branchJson(forge: ForgeState, branch: string, viewer: Viewer): Json {
  const sha = forge.branches[branch] ?? ''
  const commit = forge.commits[sha]
  const rule = ruleFor(forge, branch)
  const access = accessOf(forge, viewer.grant)
  const author = forge.users[0]
  const person = {
    name: author?.login ?? '',
    email: author?.email ?? '',
    username: author?.login ?? '',
  }
  return {
    name: branch,
    commit: {
      id: sha,
      message: commit?.message ?? '',
      url: `${viewer.base}/${forge.repository.owner}/${forge.repository.name}/commit/${sha}`,
      author: person,
      committer: person,
      verification: {
        verified: false,
        reason: 'gpg.error.not_signed_commit',
        signature: '',
        signer: null,
        payload: '',
      },
      timestamp: instantText(commit?.at ?? 0),
      added: null,
      removed: null,
      modified: null,
    },
    protected: rule !== undefined,
    required_approvals: 0,
    enable_status_check: rule?.checks ?? false,
    status_check_contexts: rule?.contexts ?? [],
    user_can_push: access.code === 'write' && rule === undefined,
    user_can_merge: access.code === 'write',
    effective_branch_protection_name: access.admin ? (rule?.rule ?? '') : '',
  }
}

/** A protection rule with everything this simulator does not model switched off. */
export function protectionJson(forge: ForgeState, rule: Protection): Json {
  const later: Fields = forge.profile.wire.priority
    ? {
        priority: forge.protections.indexOf(rule) + 1,
        enable_force_push: false,
        enable_force_push_allowlist: false,
        force_push_allowlist_usernames: [],
        force_push_allowlist_teams: [],
        force_push_allowlist_deploy_keys: false,
        block_admin_merge_override: false,
      }
    : {}
  return {
    branch_name: rule.rule,
    rule_name: rule.rule,
    enable_push: false,
    enable_push_whitelist: false,
    push_whitelist_usernames: [],
    push_whitelist_teams: [],
    push_whitelist_deploy_keys: false,
    enable_merge_whitelist: false,
    merge_whitelist_usernames: [],
    merge_whitelist_teams: [],
    enable_status_check: rule.checks,
    status_check_contexts: rule.contexts,
    required_approvals: 0,
    enable_approvals_whitelist: false,
    approvals_whitelist_username: [],
    approvals_whitelist_teams: [],
    block_on_rejected_reviews: false,
    block_on_official_review_requests: false,
    block_on_outdated_branch: false,
    dismiss_stale_approvals: false,
    ignore_stale_approvals: false,
    require_signed_commits: false,
    protected_file_patterns: '',
    unprotected_file_patterns: '',
    created_at: instantText(rule.created),
    updated_at: instantText(rule.created),
    ...later,
  }
}

/** An issue that is not a pull. */
export function issueJson(forge: ForgeState, issue: Issue, viewer: Viewer): Json {
  const { owner, name, id } = forge.repository
  const poster = forge.users.find(user => user.id === issue.poster)
  return {
    id: issue.id,
    url: `${viewer.base}/api/v1/repos/${owner}/${name}/issues/${issue.number}`,
    html_url: `${viewer.base}/${owner}/${name}/issues/${issue.number}`,
    number: issue.number,
    user: poster === undefined ? null : userJson(forge, poster, viewer, viewer.base),
    original_author: '',
    original_author_id: 0,
    title: issue.title,
    body: issue.body,
    ref: '',
    assets: [],
    labels: [],
    milestone: null,
    assignee: null,
    assignees: null,
    state: issue.open ? 'open' : 'closed',
    is_locked: false,
    comments: forge.comments.filter(comment => comment.issue === issue.number).length,
    created_at: instantText(issue.created),
    updated_at: instantText(issue.updated),
    closed_at: null,
    due_date: null,
    pull_request: null,
    repository: { id, name, owner, full_name: `${owner}/${name}` },
    pin_order: 0,
    ...(forge.profile.wire.issueContentVersion ? { content_version: 0, time_estimate: 0 } : {}),
  }
}

/** A comment on an issue or pull. */
export function commentJson(forge: ForgeState, comment: Comment, base: string): Json {
  const { owner, name } = forge.repository
  const poster = forge.users.find(user => user.id === comment.poster)
  const isPull = forge.pulls.some(pull => pull.number === comment.issue)
  const place = `${base}/${owner}/${name}/${isPull ? 'pulls' : 'issues'}/${comment.issue}`
  return {
    id: comment.id,
    html_url: `${place}#issuecomment-${comment.id}`,
    pull_request_url: isPull ? place : '',
    issue_url: isPull ? '' : place,
    user: poster === undefined ? null : userJson(forge, poster, null, base),
    original_author: '',
    original_author_id: 0,
    body: comment.body,
    assets: [],
    created_at: instantText(comment.created),
    updated_at: instantText(comment.updated),
  }
}

/** A file of a commit as `contents` shows it; in a folder listing the text itself is left out. */
export function contentJson(
  forge: ForgeState,
  ref: string,
  sha: string,
  path: string,
  base: string,
  inFolder: boolean,
): Json {
  const { owner, name } = forge.repository
  const text = forge.commits[sha]?.files[path] ?? ''
  const bytes = Buffer.from(text)
  const blob = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
  const last = lastChange(forge, sha, path)
  const self = `${base}/api/v1/repos/${owner}/${name}/contents/${path}?ref=${ref}`
  const git = `${base}/api/v1/repos/${owner}/${name}/git/blobs/${blob}`
  const kind = forge.commits[ref] === undefined ? 'branch' : 'commit'
  const html = `${base}/${owner}/${name}/src/${kind}/${ref}/${path}`
  const at = instantText(forge.commits[last]?.at ?? 0)
  return {
    name: path.split('/').at(-1) ?? '',
    path,
    sha: blob,
    last_commit_sha: last,
    ...(forge.profile.wire.contentDates ? { last_committer_date: at, last_author_date: at } : {}),
    type: 'file',
    size: bytes.length,
    encoding: inFolder ? null : 'base64',
    content: inFolder ? null : bytes.toString('base64'),
    target: null,
    url: self,
    html_url: html,
    git_url: git,
    download_url: `${base}/${owner}/${name}/raw/${kind}/${ref}/${path}`,
    submodule_git_url: null,
    _links: { self, git, html },
  }
}

function lastChange(forge: ForgeState, sha: string, path: string): string {
  const text = forge.commits[sha]?.files[path]
  for (let at = sha; ;) {
    const parent = forge.commits[at]?.parent ?? null
    if (parent === null || forge.commits[parent]?.files[path] !== text) return at
    at = parent
  }
}
