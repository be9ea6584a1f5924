import { instantText } from './clock.js'
import { headSha, ruleFor } from './gate.js'
import { accessOf } from './rights.js'
import type { ForgeState, Json, Protection, Pull, StatusRow } from './state.js'
import type { Fields, Viewer } from './wire-repository.js'
import { repositoryJson, userJson } from './wire-repository.js'

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
 * A pull in a list or alone; the two differ in fields, and from 1.24 in the head SHA (
 * docs/forge-facts.md, 7). A list makes the repository's part once for all of its pulls.
 */
export function pullJson(
  forge: ForgeState,
  pull: Pull,
  viewer: Viewer,
  alone: boolean,
  repo: Json = repositoryJson(forge, viewer),
): Json {
  const { owner, name, id } = forge.repository
  const html = `${viewer.base}/${owner}/${name}/pulls/${pull.number}`
  const poster = forge.users.find(user => user.id === pull.poster)
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
    mergeable: isMergeable(pull),
    merged: pull.merged,
    merged_at: pull.merged ? instantText(pull.closed) : null,
    merge_commit_sha: pull.mergeSha,
    merged_by: mergerJson(forge, pull, viewer),
    allow_maintainer_edit: forge.repository.allowMaintainerEdit,
    base: {
      label: pull.base,
      ref: pull.base,
      sha: forge.branches[pull.base] ?? '',
      repo_id: id,
      repo,
    },
    head: headJson(forge, pull, alone, repo),
    merge_base: pull.mergeBase,
    due_date: null,
    created_at: instantText(pull.created),
    updated_at: instantText(pull.updated),
    closed_at: pull.open ? null : instantText(pull.closed),
    pin_order: 0,
    ...(forge.profile.wire.pull === 'content-version' ? { content_version: 0 } : {}),
  }
}

function mergerJson(forge: ForgeState, { mergedBy }: Pull, viewer: Viewer): Json {
  const merger = forge.users.find(user => user.login === mergedBy)
  return merger === undefined ? null : userJson(forge, merger, viewer, viewer.base)
}

function headJson(forge: ForgeState, pull: Pull, alone: boolean, repo: Json): Json {
  const there = forge.branches[pull.branch] !== undefined
  return {
    label: there ? pull.branch : '',
    ref: there ? pull.branch : `refs/pull/${pull.number}/head`,
    sha: !alone && forge.profile.listHead === 'pull-ref' ? pull.refSha : headSha(forge, pull),
    repo_id: forge.repository.id,
    repo,
  }
}

function pullCounts(forge: ForgeState, pull: Pull, alone: boolean): Fields {
  const changes = { additions: pull.additions, deletions: pull.deletions, changed_files: 1 }
  const { pull: kind } = forge.profile.wire
  if (kind === 'content-version' || kind === 'plain') return alone ? changes : {}
  return { review_comments: 0, ...(alone || forge.profile.wire.pull === 'reviews' ? changes : {}) }
}

/** No draft, and no conflict (models/issues/pull.go Mergeable). */
export const isMergeable = (pull: Pull): boolean =>
  !isDraft(pull) && !pull.merged && pull.holds?.conflicts !== true

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
    required_approvals: rule?.asks?.approvals ?? 0,
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
    required_approvals: rule.asks?.approvals ?? 0,
    enable_approvals_whitelist: false,
    approvals_whitelist_username: [],
    approvals_whitelist_teams: [],
    block_on_rejected_reviews: rule.asks?.rejected ?? false,
    block_on_official_review_requests: rule.asks?.requests ?? false,
    block_on_outdated_branch: rule.asks?.outdated ?? false,
    dismiss_stale_approvals: false,
    ignore_stale_approvals: rule.asks?.ignoresStale ?? false,
    require_signed_commits: rule.asks?.signed ?? false,
    protected_file_patterns: rule.asks?.files ?? '',
    unprotected_file_patterns: '',
    created_at: instantText(rule.created),
    updated_at: instantText(rule.created),
    ...later,
    ...(forge.profile.wire.bypass
      ? {
          enable_bypass_allowlist: false,
          bypass_allowlist_usernames: [],
          bypass_allowlist_teams: [],
        }
      : {}),
  }
}
