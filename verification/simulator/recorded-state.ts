import { z } from 'zod'
import { workflowHash } from './job-status.js'
import { addRuns } from './recorded-runs.js'
import type { Exchange, Recording } from './recording.js'
import { readsOf } from './recording.js'
import { emptyState } from './setup.js'
import type { ForgeState, Pull, User } from './state.js'
import { ACTIONS_USER } from './state.js'
import { maybeTime, time } from './wire-time.js'

const WireUser = z.object({
  id: z.number(),
  login: z.string(),
  email: z.string().optional().default(''),
  avatar_url: z.string().optional().default(''),
  is_admin: z.boolean().optional().default(false),
  last_login: maybeTime,
  created: maybeTime,
  language: z.string().optional().default(''),
})
const WireRepository = z.object({
  id: z.number(),
  owner: WireUser,
  name: z.string(),
  default_branch: z.string(),
  private: z.boolean(),
  archived: z.boolean().optional().default(false),
  size: z.number().optional().default(0),
  default_allow_maintainer_edit: z.boolean().optional().default(false),
  created_at: maybeTime,
  updated_at: maybeTime,
  watchers_count: z.number().optional().default(1),
  branch_count: z.number().optional(),
})
const WirePull = z.object({
  id: z.number(),
  number: z.number(),
  title: z.string(),
  state: z.string(),
  merged: z.boolean().optional().default(false),
  user: WireUser,
  merge_commit_sha: z.string().nullish(),
  merge_base: z.string().optional().default(''),
  additions: z.number().optional().default(1),
  deletions: z.number().optional().default(0),
  comments: z.number().optional().default(0),
  created_at: time,
  updated_at: time,
  closed_at: maybeTime,
  base: z.object({ ref: z.string(), sha: z.string() }),
  head: z.object({ ref: z.string(), sha: z.string() }),
})
const WireStatus = z.object({
  id: z.number(),
  status: z.string(),
  target_url: z.string(),
  description: z.string(),
  context: z.string(),
  creator: WireUser.nullable(),
  created_at: time,
})
const WireBranch = z.object({
  name: z.string(),
  commit: z.object({ id: z.string(), message: z.string(), timestamp: time }),
  protected: z.boolean(),
  enable_status_check: z.boolean(),
  status_check_contexts: z.array(z.string()).nullable(),
})
const WireRule = z.array(z.object({ rule_name: z.string(), created_at: time }))
const WireFile = z.object({ path: z.string(), content: z.string(), last_committer_date: maybeTime })

/**
 * The state in which the simulator must answer as the recorded server did, taken from its reads.
 */
export function stateOfRecording(recording: Recording): ForgeState {
  const reads = readsOf(recording)
  const repository = WireRepository.parse(bodyOf(reads, /\/repos\/[^/]+\/[^/]+$/))
  const state = emptyState(recording.profile, {
    start: recording.exchanges[0]?.response.headers['date'] ?? '',
    owner: repository.owner.login,
    repo: repository.name,
  })
  Object.assign(state.repository, {
    id: repository.id,
    defaultBranch: repository.default_branch,
    private: repository.private,
    archived: repository.archived,
    size: repository.size,
    allowMaintainerEdit: repository.default_allow_maintainer_edit,
    created: repository.created_at,
    updated: repository.updated_at,
    watchers: repository.watchers_count,
  })
  state.users.splice(0, state.users.length)
  addPulls(state, reads)
  state.users.push(userFrom(repository.owner, true))
  addBranches(state, reads, repository.branch_count ?? 0)
  addRows(state, reads)
  addRuns(state, reads)
  return state
}

function addPulls(state: ForgeState, reads: readonly Exchange[]): void {
  for (const { response, request } of reads) {
    const alone = /\/pulls\/\d+$/.test(request.path)
    if (!alone && !request.path.endsWith('/pulls')) continue
    for (const wire of z.array(WirePull).parse(alone ? [response.body] : response.body)) {
      const user = userFrom(wire.user, false)
      if (!state.users.some(other => other.id === user.id)) state.users.push(user)
      const known = state.pulls.find(pull => pull.number === wire.number)
      if (known !== undefined && !alone) continue
      if (known !== undefined) state.pulls.splice(state.pulls.indexOf(known), 1)
      state.pulls.push(pullFrom(wire, known?.refSha))
      state.branches[wire.base.ref] = wire.base.sha
      if (!wire.head.ref.startsWith('refs/')) state.branches[wire.head.ref] = wire.head.sha
    }
  }
  state.pulls.sort((a, b) => a.number - b.number)
  Object.assign(state.next, {
    number: Math.max(0, ...state.pulls.map(pull => pull.number)) + 1,
    issue: Math.max(0, ...state.pulls.map(pull => pull.id)) + 1,
  })
}

function pullFrom(wire: z.infer<typeof WirePull>, refSha: string | undefined): Pull {
  return {
    id: wire.id,
    number: wire.number,
    title: wire.title,
    branch: wire.head.ref,
    base: wire.base.ref,
    poster: wire.user.id,
    fork: false,
    open: wire.state === 'open',
    merged: wire.merged,
    mergeSha: wire.merge_commit_sha ?? null,
    refSha: refSha ?? wire.head.sha,
    hasRef: true,
    mergeBase: wire.merge_base,
    additions: wire.additions,
    deletions: wire.deletions,
    comments: wire.comments,
    created: wire.created_at,
    updated: wire.updated_at,
    closed: wire.closed_at,
  }
}

function userFrom(wire: z.infer<typeof WireUser>, organisation: boolean): User {
  return {
    id: wire.id,
    login: wire.login,
    email: wire.email,
    admin: wire.is_admin,
    organisation,
    created: wire.created,
    lastLogin: wire.last_login,
    language: wire.language,
    avatar: wire.avatar_url.split('/').at(-1) ?? '',
  }
}

/**
 * Commits without history, with the files that were read; branches no read shows are made up to the
 * recorded count.
 */
function addBranches(state: ForgeState, reads: readonly Exchange[], count: number): void {
  const note = (
    sha: string,
    facts: { message?: string; at?: number; files?: Record<string, string> },
  ) => {
    const known = state.commits[sha] ?? { sha, message: '', parent: null, files: {}, at: 0 }
    state.commits[sha] = { ...known, ...facts, files: { ...known.files, ...facts.files } }
  }
  for (const sha of [...Object.values(state.branches), ...state.pulls.map(pull => pull.refSha)])
    note(sha, {})
  // Branches tell what a rule requires, the list of rules when it was made.
  const rules = reads.find(({ request }) => request.path.endsWith('/branch_protections'))
  const listed = rules === undefined ? [] : WireRule.parse(rules.response.body)
  const made = new Map(listed.map(rule => [rule.rule_name, rule.created_at]))
  for (const { request, response } of reads) {
    if (request.path.includes('/branches/')) {
      const { name, commit, ...rule } = WireBranch.parse(response.body)
      state.branches[name] = commit.id
      if (rule.protected && !state.protections.some(other => other.rule === name)) {
        state.protections.push({
          rule: name,
          checks: rule.enable_status_check,
          contexts: rule.status_check_contexts ?? [],
          created: made.get(name) ?? 0,
        })
      }
      note(commit.id, { message: commit.message, at: commit.timestamp })
    }
    if (!request.path.includes('/contents/') || Array.isArray(response.body)) continue
    const file = WireFile.parse(response.body)
    const ref = request.query['ref'] ?? ''
    note(state.branches[ref] ?? ref, {
      files: { [file.path]: Buffer.from(file.content, 'base64').toString('utf8') },
      // Older versions tell no time of a file; a branch tells that of its commit.
      ...(file.last_committer_date > 0 ? { at: file.last_committer_date } : {}),
    })
  }
  const tip = state.branches[state.repository.defaultBranch] ?? ''
  for (let extra = Object.keys(state.branches).length; extra < count; extra++)
    state.branches[`unseen-${extra}`] = tip
}

function addRows(state: ForgeState, reads: readonly Exchange[]): void {
  for (const { request, response } of reads) {
    const sha = /\/(?:commits|statuses)\/([0-9a-f]{40})(?:\/status(?:es)?)?$/.exec(
      request.path,
    )?.[1]
    if (sha === undefined) continue
    const found = request.path.endsWith('/status')
      ? z.object({ statuses: z.array(WireStatus).nullable() }).parse(response.body).statuses
      : z.array(WireStatus).parse(response.body)
    const rows = (state.rows[sha] ??= [])
    if ((found ?? []).length > 0 && state.commits[sha] === undefined)
      state.commits[sha] = { sha, message: '', parent: null, files: {}, at: 0 }
    for (const row of found ?? []) {
      if (rows.some(other => other.index === row.id)) continue
      // A filtered-out workflow writes without a link (docs/forge-facts.md, 13).
      const filtered = row.status === 'skipped' && row.target_url === ''
      const actions =
        row.creator === null &&
        (filtered || /\/actions\/runs\/\d+\/jobs\/\d+$/.test(row.target_url))
      rows.push({
        index: row.id,
        context: row.context,
        state: row.status,
        description: row.description,
        targetUrl: row.target_url,
        created: row.created_at,
        creator: row.creator?.id ?? ACTIONS_USER,
        hash:
          actions && state.profile.hash === 'context+workflow'
            ? workflowHash(row.context, 'ci.yml')
            : row.context,
      })
    }
    rows.sort((a, b) => a.index - b.index)
  }
}

function bodyOf(reads: readonly Exchange[], path: RegExp): unknown {
  const found = reads.find(({ request }) => path.test(request.path))
  if (found === undefined) throw new Error(`no read of ${path.source}`)
  return found.response.body
}
