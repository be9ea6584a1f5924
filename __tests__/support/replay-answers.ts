import type { Page } from '../../verification/simulator/pages.js'
import { pageOf, pagingHeaders } from '../../verification/simulator/pages.js'
import { BLANK } from '../../verification/simulator/status-api.js'
import { combinedState, filteredHistory } from '../../verification/simulator/statuses.js'
import { pullOrder } from '../../verification/simulator/repository-api.js'
import { fileJson } from '../../verification/simulator/wire-content.js'
import { absentFolders } from './replay-facts.js'
import { keyOf, latestRows } from './replay-state.js'
import type { Answer, RunGroup, JobRow, PullRow, RunRow, State } from './replay-state.js'

type Query = Record<string, string>
interface Asked {
  origin: string
  path: string
  search: string
  query: Query
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8', ...headers },
  body,
})

const only = (query: Query, ...names: string[]) =>
  Object.keys(query).every(name => names.includes(name))

const paramsOf = ({ search }: Asked): URLSearchParams => new URLSearchParams(search)

const counted = (asked: Asked, page: Page<unknown>, withLink = true) =>
  pagingHeaders(page, `${asked.origin}${asked.path}`, paramsOf(asked), withLink)

/**
 * Open pulls as a list shows them; `state` absent means all; `base_branch` filters on ≥1.24 only
 * (docs/forge-facts.md, 7).
 */
function pulls(state: State, asked: Asked): Answer | undefined {
  const { query } = asked
  if (!only(query, 'state', 'sort', 'page', 'limit', 'base_branch')) return undefined
  const sort = query['sort'] ?? ''
  if (!['', 'oldest', 'recentupdate', 'leastupdate'].includes(sort)) return undefined
  const order = pullOrder(sort)
  const dated = ({ number, created_at, updated_at }: PullRow) => ({
    number,
    created: Date.parse(created_at),
    updated: Date.parse(updated_at),
  })
  const rows = state.pulls
    .map(pull => state.listed.get(pull.number) ?? pull)
    .filter(
      pull =>
        query['state'] === undefined || query['state'] === 'all' || pull.state === query['state'],
    )
    .filter(
      pull =>
        query['base_branch'] === undefined ||
        !state.profile.baseBranchFilter ||
        pull.base.ref === query['base_branch'],
    )
    .sort((a, b) => order(dated(a), dated(b)))
  const page = pageOf(rows, paramsOf(asked))
  return json(200, page.rows, counted(asked, page))
}

/**
 * Combined status: highest ids on page 1, ascending inside a page; `state` and `total_count` are
 * this page's (docs/forge-facts.md, 1.3).
 */
function combined(state: State, asked: Asked, ref: string): Answer | undefined {
  if (!only(asked.query, 'page', 'limit')) return undefined
  const bare = state.bare.get(ref)
  if (bare !== undefined)
    return json(
      bare.status,
      bare.body,
      'x-total-count' in bare.headers ? { 'x-total-count': '0' } : {},
    )
  if (!state.history.has(ref)) return undefined
  const page = pageOf(latestRows(state, ref).reverse(), paramsOf(asked))
  const rows = page.rows.sort((a, b) => a.id - b.id)
  const { profile } = state
  const linked = profile.combinedState === 'combine'
  if (rows.length === 0 && profile.emptyCombined === 'blank') return json(200, BLANK)
  const at = linked ? `${asked.origin}${state.home}/commits/${ref}` : ''
  return json(
    200,
    {
      state: combinedState(
        profile,
        rows.map(row => row.status),
      ),
      sha: ref,
      total_count: rows.length,
      statuses: rows.length === 0 ? null : rows,
      repository: state.carried.get(ref) ?? state.repository,
      commit_url: at,
      url: linked ? `${at}/status` : '',
    },
    counted(asked, page, profile.combinedLink),
  )
}

const SORTS = ['', 'leastindex', 'highestindex', 'oldest', 'recentupdate', 'leastupdate']

/** All rows of a SHA; an order or a filter that was not recorded is unknown. */
function statuses(state: State, asked: Asked, ref: string): Answer | undefined {
  if (!only(asked.query, 'page', 'limit', 'sort', 'state')) return undefined
  const all = state.history.get(ref) ?? (state.bare.get(ref)?.status === 200 ? [] : undefined)
  const { sort = '', state: wanted = '' } = asked.query
  if (all === undefined || !SORTS.includes(sort)) return undefined
  const rows = filteredHistory(all, { sort, state: wanted }, row => ({
    index: row.id,
    created: Date.parse(row.created_at),
    state: row.status,
  }))
  const page = pageOf(rows, paramsOf(asked))
  return json(200, page.rows, counted(asked, page))
}

/**
 * `status=` of runs and jobs takes both fields' words (docs/forge-facts.md, 4.3); a word it does
 * not list is unknown here.
 */
function matches(row: RunRow, word: string | undefined): boolean | undefined {
  if (word === undefined) return true
  if (['success', 'failure', 'cancelled', 'skipped'].includes(word)) return row.conclusion === word
  if (['completed', 'in_progress', 'queued'].includes(word)) return row.status === word
  return ['pending', 'waiting', 'requested', 'action_required'].includes(word)
    ? row.status === 'waiting'
    : undefined
}

function rowsIn(asked: Asked, key: string, rows: unknown[], headers: boolean): Answer {
  const page = pageOf(rows, paramsOf(asked))
  return json(
    200,
    { [key]: page.rows, total_count: page.total },
    headers ? counted(asked, page) : {},
  )
}

const absentGroup: Answer = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: '404 page not found\n',
}

/**
 * Runs, jobs and tasks; a group this server does not have is a plain-text 404 (
 * docs/forge-facts.md, 4.1–4.3).
 */
function actions(state: State, asked: Asked, rest: string): Answer | undefined {
  const { query } = asked
  const group = rest.split('/')[0] as RunGroup
  if (state.missing.has(group)) return absentGroup
  const modern = state.profile.actionsPagingHeaders
  const odd = (row: RunRow) => matches(row, query['status']) === undefined
  const jobs = (rows: JobRow[]) =>
    !only(query, 'status', 'page', 'limit') || rows.some(odd)
      ? undefined
      : rowsIn(
          asked,
          'jobs',
          rows.filter(row => matches(row, query['status'])),
          modern,
        )
  if (rest === 'tasks') {
    // Without a page these versions send every row, whatever the limit (docs/forge-facts.md, 4.1).
    if (state.profile.tasksNeedPage && query['page'] === undefined && state.tasks.length > 0)
      return json(200, { workflow_runs: state.tasks, total_count: state.tasks.length })
    return state.tasks.length > 0 && only(query, 'page', 'limit')
      ? rowsIn(asked, 'workflow_runs', state.tasks, modern)
      : undefined
  }
  if (rest === 'runs') {
    if (
      state.runs.length === 0 ||
      !only(query, 'head_sha', 'event', 'status', 'page', 'limit') ||
      state.runs.some(odd)
    )
      return undefined
    const is = (field: 'head_sha' | 'event', run: RunRow) =>
      query[field] === undefined || run[field] === query[field]
    const rows = state.runs.filter(
      run => matches(run, query['status']) && is('head_sha', run) && is('event', run),
    )
    return rowsIn(asked, 'workflow_runs', rows, modern)
  }
  if (rest === 'jobs') return state.jobs.length === 0 ? undefined : jobs(state.jobs)
  const [, kind, id, sub] = /^(runs|jobs)\/(\d+)(\/jobs)?$/.exec(rest) ?? []
  if (kind === 'runs' && sub !== undefined) {
    if (state.missing.has('jobs')) return absentGroup
    const rows = state.jobs.filter(job => job.run_id === Number(id))
    return rows.length === 0 ? undefined : jobs(rows)
  }
  const row = (kind === 'runs' ? state.runs : kind === 'jobs' ? state.jobs : []).find(
    one => one.id === Number(id),
  )
  return row === undefined || !only(query) ? undefined : json(200, row)
}

const tipOf = (state: State) =>
  state.exact.get(keyOf(`${state.home}/branches/${state.repository.default_branch}`, {}))?.body as
    { commit: { id: string } } | undefined

/**
 * The workflow folder of the default branch (replay-facts.ts); a head's own file is served as
 * recorded.
 */
function contents(state: State, asked: Asked, path: string): Answer | undefined {
  const branch = state.repository.default_branch
  const tip = tipOf(state)?.commit.id ?? ''
  if (!only(asked.query, 'ref') || ![undefined, '', branch, tip].includes(asked.query['ref']))
    return undefined
  if (absentFolders.includes(path)) {
    const errors = [`object does not exist [id: , rel_path: ${path}]`]
    return json(404, { errors, message: state.notFound, url: `${asked.origin}/api/swagger` })
  }
  if (state.workflow === undefined) return undefined
  const { file, text } = state.workflow
  const name = `.gitea/workflows/${file}`
  const row = (inFolder: boolean) =>
    fileJson({
      base: asked.origin,
      repository: String(state.repository['full_name']),
      ref: branch,
      kind: 'branch',
      path: name,
      text,
      last: tip,
      dates: {},
      inFolder,
    })
  if (path === '.gitea/workflows') return json(200, [row(true)])
  return path === name ? json(200, row(false)) : undefined
}

/**
 * A base branch that was not recorded by itself: what its pulls say of its commit, and the rest as
 * of the default branch where that was recorded. Who protects it with what nobody recorded.
 */
function branch(state: State, name: string): Answer | undefined {
  const base = state.pulls.find(pull => pull.base.ref === name && pull.state === 'open')?.base
  if (base === undefined) return undefined
  const { commit, ...rules } = tipOf(state) ?? { commit: {} }
  const same = 'id' in commit && commit.id === base.sha ? { commit, ...rules } : {}
  return json(200, {
    protected: false,
    enable_status_check: false,
    status_check_contexts: [],
    commit: { id: base.sha },
    ...same,
    name,
  })
}

/**
 * The branch whose file a commit has, where the file was not asked for by the commit: a base stands
 * at the tip of its branch, and a head's own file differs from the default branch's only by what
 * its jobs do.
 */
function branchOf(state: State, ref: string): string | undefined {
  const base = state.pulls.find(({ base: { sha } }) => sha === ref)?.base.ref
  if (base !== undefined) return base
  return state.history.has(ref) ? state.repository.default_branch : undefined
}

/**
 * Are these rows put together from all that was recorded? Not the list of every job, which holds
 * older attempts too, nor a list without a page, nor the runs of Forgejo: their fields are others.
 */
const derived = (state: State, inside: string, query: Record<string, string>): boolean =>
  inside !== 'actions/jobs' &&
  query['page'] !== undefined &&
  !(state.profile.family === 'forgejo' && inside.startsWith('actions/runs'))

/**
 * The lists that tell pull requests and their heads cheaply, where the recorder did not ask for
 * them: of the pulls it saw, in the fields and order that other recordings have.
 */
function cheapLists(state: State, asked: Asked, inside: string): Answer | undefined {
  const { query } = asked
  if (inside === 'git/refs/pull' && only(query)) {
    const refs = state.pulls.map(({ number, head: { sha } }) => {
      const ref = `refs/pull/${number}/head`
      return { ref, object: { type: 'commit', sha } }
    })
    return json(
      200,
      refs.sort((a, b) => (a.ref < b.ref ? -1 : 1)),
    )
  }
  if (inside !== 'issues' || query['type'] !== 'pulls') return undefined
  const open = state.pulls.filter(({ state: now }) => now === query['state'])
  const page = pageOf(
    open.sort((a, b) => b.number - a.number),
    paramsOf(asked),
  )
  const rows = page.rows.map(({ number, state: now, title, draft }) => ({
    number,
    title,
    state: now,
    pull_request: { merged: false, merged_at: null, draft },
  }))
  return json(200, rows, counted(asked, page))
}

/**
 * A folder of the default branch as it is at another commit: files that were recorded there have
 * their own ids, or whoever keeps files by id would take one for the other.
 */
function ownFiles(state: State, answer: Answer | undefined, ref: string): Answer | undefined {
  if (answer === undefined || !Array.isArray(answer.body)) return answer
  const body = (answer.body as { path: string; sha: string }[]).map(row => {
    const file = state.exact.get(keyOf(`${state.home}/contents/${row.path}`, { ref }))
    if (file?.status !== 200) return row
    const { sha, size } = file.body as { sha: string; size: number }
    return { ...row, sha, size }
  })
  return { ...answer, body }
}

/** What the recorded server answers to a read; `undefined`: the recording does not tell. */
export function answerTo(state: State, asked: Asked): Answer | undefined {
  const { path, query } = asked
  const inside = path.startsWith(`${state.home}/`) ? path.slice(state.home.length + 1) : ''
  if (inside === 'pulls') return pulls(state, asked)
  const [, number] = /^pulls\/(\d+)$/.exec(inside) ?? []
  if (number !== undefined) {
    const pull = state.pulls.find(one => one.number === Number(number))
    return pull === undefined || !only(query) ? undefined : json(200, pull)
  }
  const [, ref, what] =
    /^commits\/([^/]+)\/(status|statuses)$/.exec(inside) ?? /^statuses\/([^/]+)$/.exec(inside) ?? []
  if (ref !== undefined)
    return what === 'status' ? combined(state, asked, ref) : statuses(state, asked, ref)
  const recorded = state.exact.get(keyOf(path, query))
  const acted =
    inside.startsWith('actions/') && (recorded === undefined || derived(state, inside, query))
      ? actions(state, asked, inside.slice('actions/'.length))
      : undefined
  if (acted !== undefined) return acted
  if (recorded !== undefined) return json(recorded.status, recorded.body, recorded.headers)
  const listed = cheapLists(state, asked, inside)
  if (listed !== undefined) return listed
  const known = inside.startsWith('contents/') ? branchOf(state, query['ref'] ?? '') : undefined
  if (known !== undefined) {
    const told = answerTo(state, { ...asked, query: { ...query, ref: known } })
    const other = { ...query, ref: state.repository.default_branch }
    return told ?? ownFiles(state, answerTo(state, { ...asked, query: other }), query['ref'] ?? '')
  }
  if (inside.startsWith('contents/'))
    return contents(state, asked, decodeURIComponent(inside.slice('contents/'.length)))
  return inside.startsWith('branches/') && only(query)
    ? branch(state, decodeURIComponent(inside.slice('branches/'.length)))
    : undefined
}
