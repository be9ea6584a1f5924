import type { Answer } from './answers.js'
import { ok, refuse } from './answers.js'
import { textOf } from './call-fields.js'
import type { Call } from './call.js'
import { pageOf, pagingHeaders } from './pages.js'
import type { Json } from './state.js'
import { combinedState, historyRows, latestRows, writeRow } from './statuses.js'
import { repositoryJson } from './wire-repository.js'
import { statusJson } from './wire.js'

function unknownRef(call: Call, blank: Json): Answer {
  if (call.forge.profile.unknownRef === 'blank') return ok(blank)
  return refuse(404, call.forge.profile.wire.notFound, call.base, [
    `object does not exist [id: ${call.at['ref'] ?? ''}, rel_path: ]`,
  ])
}

function resolve({ forge, at }: Call): string | null {
  const ref = at['ref'] ?? ''
  if (forge.branches[ref] !== undefined) return forge.branches[ref]
  if (forge.commits[ref] !== undefined) return ref
  return ref.length >= 7
    ? (Object.keys(forge.commits).find(sha => sha.startsWith(ref)) ?? null)
    : null
}

/** A combined status of a server that says nothing of a commit without rows. */
export const BLANK: Json = {
  state: '',
  sha: '',
  total_count: 0,
  statuses: null,
  repository: null,
  commit_url: '',
  url: '',
}

/**
 * Combined status: latest rows, newest ids on the first page, `state` and `total_count` of this
 * page only (docs/forge-facts.md, 1.3).
 */
export function combined(call: Call): Answer {
  const { forge, query, base } = call
  const sha = resolve(call)
  if (sha === null) return unknownRef(call, BLANK)
  const latest = latestRows(forge, sha)
  const page = pageOf([...latest].reverse(), query)
  const rows = page.rows.reverse()
  const { owner, name } = forge.repository
  const api = `${base}/api/v1/repos/${owner}/${name}/commits/${sha}`
  if (rows.length === 0 && forge.profile.emptyCombined === 'blank') return ok(BLANK)
  return ok(
    {
      state: combinedState(
        forge.profile,
        rows.map(row => row.state),
      ),
      sha,
      total_count: forge.profile.totalCount === 'page' ? rows.length : latest.length,
      statuses: rows.length === 0 ? null : rows.map(row => statusJson(forge, sha, row, base)),
      repository: repositoryJson(forge, call),
      ...(forge.profile.combinedState === 'combine'
        ? { commit_url: api, url: `${api}/status` }
        : { commit_url: '', url: '' }),
    },
    pagingHeaders(page, base + call.path, query, forge.profile.combinedLink),
  )
}

export function history(call: Call): Answer {
  const { forge, query } = call
  const sha = resolve(call)
  if (sha === null) return unknownRef(call, [])
  const page = pageOf(
    historyRows(forge, sha, query.get('sort') ?? '', query.get('state') ?? ''),
    query,
  )
  return ok(
    page.rows.map(row => statusJson(forge, sha, row, call.base)),
    pagingHeaders(page, call.base + call.path, query),
  )
}

/**
 * No field is checked, none required; an unknown SHA is a 500 on Gitea (docs/forge-facts.md, 1.1).
 */
export function postStatus(call: Call): Answer {
  const { forge, base } = call
  const sha = resolve(call)
  if (sha === null) {
    const message =
      `GetCommit[${call.at['ref'] ?? ''}]: object does not exist [id: ` +
      `${call.at['ref'] ?? ''}, rel_path: ]`
    if (forge.profile.unknownShaOnPost === 404)
      return refuse(404, forge.profile.wire.notFound, base, [message])
    const admin = forge.users.some(user => user.id === call.grant?.user && user.admin)
    return refuse(500, admin ? message : '', base)
  }
  if (call.body === undefined) return refuse(422, '[]: unexpected end of JSON input', base)
  const row = writeRow(forge, sha, {
    context: textOf(call, 'context'),
    state: textOf(call, 'state'),
    description: textOf(call, 'description'),
    targetUrl: textOf(call, 'target_url'),
    creator: call.grant?.user ?? 0,
  })
  return ok(statusJson(forge, sha, row, base), {}, 201)
}
