import type { Answer } from './answers.js'
import { ok, refuse } from './answers.js'
import type { Call, Route } from './call.js'
import { pageOf, pagingHeaders } from './pages.js'
import type { ForgeState, Pull } from './state.js'
import { pullIssueJson } from './wire-issues.js'

const REFS = '/api/v1/repos/{owner}/{repo}/git/refs/*'

/** Refs below a name, as the server's git lists them; closed pull requests keep theirs. */
export const REF_ROUTES: readonly Route[] = [
  { method: 'GET', path: REFS, scope: 'repository', answer: listRefs },
  {
    method: 'GET',
    path: '/api/v1/repos/{owner}/{repo}/tags/*',
    scope: 'repository',
    answer: ({ forge, at, base }) => {
      const sha = forge.tags[at['rest'] ?? '']
      return sha === undefined
        ? refuse(404, forge.profile.wire.notFound, base, null)
        : ok({ name: at['rest'] ?? '', id: sha, commit: { sha } })
    },
  },
]

const refOf = ({ number }: Pull): string => `refs/pull/${number}/head`

function refsOf(forge: ForgeState): readonly (readonly [string, string])[] {
  const heads = Object.entries(forge.branches).map(
    ([name, sha]) => [`refs/heads/${name}`, sha] as const,
  )
  const tags = Object.entries(forge.tags).map(([name, sha]) => [`refs/tags/${name}`, sha] as const)
  const pulls = forge.pulls
    .filter(({ hasRef }) => hasRef)
    .map(pull => [refOf(pull), pull.refSha] as const)
  return [...heads, ...tags, ...pulls].sort(([a], [b]) => (a < b ? -1 : 1))
}

function listRefs({ forge, at, base }: Call): Answer {
  const asked = `refs/${at['rest'] ?? ''}`
  const { owner, name } = forge.repository
  const git = `${base}/api/v1/repos/${owner}/${name}/git`
  const found = refsOf(forge).filter(([ref]) => ref === asked || ref.startsWith(`${asked}/`))
  if (found.length === 0) return refuse(404, forge.profile.wire.notFound, base, null)
  return ok(
    found.map(([ref, sha]) => ({
      ref,
      url: `${git}/${ref}`,
      object: { type: 'commit', sha, url: `${git}/commits/${sha}` },
    })),
  )
}

/** The pull requests of a repository in its list of issues: newest first, without their heads. */
export function listPullIssues(call: Call): Answer {
  const { forge, query } = call
  const state = query.get('state') ?? 'open'
  const wanted = forge.pulls.filter(pull => state === 'all' || pull.open === (state === 'open'))
  const page = pageOf(
    wanted.sort((a, b) => b.created - a.created || b.number - a.number),
    query,
  )
  return ok(
    page.rows.map(pull => pullIssueJson(forge, pull, call)),
    pagingHeaders(page, call.base + call.path, query),
  )
}
