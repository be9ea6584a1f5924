import type { Profile } from '../../verification/simulator/profile.js'
import { tipOfBase, workflowFolder } from './replay-facts.js'
import type { Exchange, Recording } from './replay-recording.js'

interface Row {
  [field: string]: unknown
  id: number
}
export interface StatusRow extends Row {
  status: string
  context: string
  creator: unknown
  created_at: string
}
export interface PullRow extends Row {
  number: number
  state: string
  created_at: string
  updated_at: string
  base: { ref: string; sha: string }
  head: { sha: string }
  user: Row
}
export interface RunRow extends Row {
  head_sha: string
  event: string
  status: string
  conclusion?: string
}
export interface JobRow extends RunRow {
  run_id: number
}
export interface Answer {
  status: number
  headers: Record<string, string>
  body: unknown
}
export type RunGroup = 'runs' | 'jobs' | 'tasks'

/**
 * The server as it stood before the first write, put together from the recorded rows, and what was
 * written to the double since.
 */
export interface State {
  /** The rules of the recorded version, which the simulator is held to as well. */
  profile: Profile
  /** `/api/v1/repos/<owner>/<repo>` */
  home: string
  repository: Row & { default_branch: string }
  /** by number, newest first */
  pulls: PullRow[]
  /** the pull rows as a list shows them, without the fields only a single pull has */
  listed: Map<number, PullRow>
  /** whole history by SHA, oldest first */
  history: Map<string, StatusRow[]>
  /** the repository object a combined status of that SHA carried */
  carried: Map<string, unknown>
  /** refs whose combined status had no row: the recorded answer */
  bare: Map<string, Answer>
  runs: RunRow[]
  jobs: JobRow[]
  tasks: Row[]
  /** endpoint families this server does not have */
  missing: Set<RunGroup>
  /** first recorded answer by path and query */
  exact: Map<string, Answer>
  workflow: { file: string; text: string } | undefined
  /** the user behind the token, as a POST answers it */
  owner: Row
  notFound: string
  noToken: string
  wrongToken: string
  /** server time in milliseconds */
  clock: number
}

/** The key of a request: path and sorted query. */
export const keyOf = (path: string, query: Record<string, string>) =>
  `${path}?${Object.entries(query)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')}`

/** A commit status is Actions' own when no user stands behind it (docs/forge-facts.md, 1.2). */
const isActions = (row: StatusRow) => row.creator === null

/**
 * Latest row per context by id; on ≥1.27 Actions rows are kept apart from posted ones
 * (docs/forge-facts.md, 1.3, 2.5). Oldest first.
 */
export function latestRows(state: State, sha: string): StatusRow[] {
  const apart = state.profile.hash === 'context+workflow'
  const latest = new Map<string, StatusRow>()
  for (const row of state.history.get(sha) ?? [])
    latest.set(apart && isActions(row) ? `${row.context}\0` : row.context, row)
  return [...latest.values()].sort((a, b) => a.id - b.id)
}

function union<T extends Row>(lists: T[][], key: keyof T & string = 'id'): T[] {
  const found = new Map<unknown, T>()
  for (const row of lists.flat()) if (!found.has(row[key])) found.set(row[key], row)
  return [...found.values()]
}

/**
 * A posted status shows its creator without what only the owner may see (the recorded POST
 * answers).
 */
const asCreator = (user: Row): Row => ({
  ...user,
  email: `${String(user['login'])}@noreply.localhost`,
  language: '',
  is_admin: false,
  active: false,
  last_login: '0001-01-01T00:00:00Z',
})

/**
 * A pull without a recording of its own: its list row, in the shape in which this server answers a
 * single pull (docs/forge-facts.md, 7).
 */
function single(row: PullRow, recorded: PullRow[]): PullRow {
  const sibling = recorded.find(pull => pull.head.sha === row.head.sha) ?? recorded[0]
  if (sibling === undefined) return row
  const filled = Object.fromEntries(
    Object.keys(sibling).map(field => [
      field,
      row[field] ?? (field in row && !Array.isArray(sibling[field]) ? null : sibling[field]),
    ]),
  )
  return filled as PullRow
}

/** Builds the state of one recording. */
export function stateOf(recording: Recording): State {
  const { reads, exchanges, scenarios, profile } = recording
  const home = `/api/v1/repos/${recording.owner}/${recording.repo}`
  const at = (path: RegExp) =>
    reads.filter(
      e => e.request.path.startsWith(home) && path.test(e.request.path.slice(home.length)),
    )
  const rowsAt = <T>(path: RegExp, field: string) =>
    at(path)
      .filter(e => e.response.status === 200)
      .map(e => (e.response.body as Record<string, T[]>)[field] ?? [])
  const answer = ({ response }: Exchange): Answer => ({
    status: response.status,
    headers: response.headers,
    body: response.body,
  })
  const exact = new Map<string, Answer>()
  for (const e of reads) {
    const key = keyOf(e.request.path, e.request.query)
    if (!exact.has(key)) exact.set(key, answer(e))
  }
  const own = at(/^\/pulls\/\d+$/).map(e => e.response.body as PullRow)
  const listRows = union(
    at(/^\/pulls$/).map(e => e.response.body as PullRow[]),
    'number',
  )
  const pulls = union([own, listRows.map(row => single(row, own))], 'number').sort(
    (a, b) => b.number - a.number,
  )

  const history = new Map<string, StatusRow[]>()
  for (const e of at(/^\/commits\/[^/]+\/statuses$/)) {
    const sha = e.request.path.split('/').at(-2) ?? ''
    const rows = union([history.get(sha) ?? [], e.response.body as StatusRow[]]).sort(
      (a, b) => a.id - b.id,
    )
    history.set(sha, rows)
  }
  for (const { base } of pulls)
    if (!history.has(base.sha)) history.set(base.sha, [...tipOfBase.rows])
  for (const [sha, rows] of history) {
    if (rows.some((row, index) => row.id !== index + 1))
      throw new Error(`${recording.name}: the history of ${sha} is not whole`)
  }
  const carried = new Map<string, unknown>()
  const bare = new Map<string, Answer>()
  for (const e of at(/^\/commits\/[^/]+\/status$/)) {
    const ref = e.request.path.split('/').at(-2) ?? ''
    const body = e.response.body as { statuses?: unknown; repository?: unknown }
    if (typeof body.repository === 'object' && body.repository !== null && !carried.has(ref))
      carried.set(ref, body.repository)
    if (!Array.isArray(body.statuses) && !history.has(ref) && !bare.has(ref))
      bare.set(ref, answer(e))
  }
  // The jobs of a run are a group of their own: Forgejo 15 has runs without them. A run, or an
  // attempt of one, that does not exist says nothing of its group.
  const groups = (status: number) =>
    at(/^\/actions\/(?:\w+|runs\/\d+\/jobs)$/)
      .filter(e => e.response.status === status)
      .map(e => (/\w+$/.exec(e.request.path)?.[0] ?? '') as RunGroup)
  const there = new Set(groups(200))
  const missing = new Set<RunGroup>(groups(404).filter(group => !there.has(group)))
  // No server has job rows without runs (docs/forge-facts.md, 4.1).
  if (missing.has('runs')) missing.add('jobs')

  const runs = union(rowsAt<RunRow>(/^\/actions\/runs$/, 'workflow_runs')).sort(
    (a, b) => b.id - a.id,
  )
  // A run lists the jobs of its newest attempt; older ones have addresses of their own.
  const jobs = union(rowsAt<JobRow>(/^\/actions\/(?:runs\/\d+\/)?jobs$/, 'jobs')).sort(
    (a, b) => a.id - b.id,
  )
  const tasks = union(rowsAt<Row>(/^\/actions\/tasks$/, 'workflow_runs')).sort(
    (a, b) => b.id - a.id,
  )

  const fact = workflowFolder[recording.name]
  const head =
    fact !== undefined && 'scenario' in fact.text ? scenarios[fact.text.scenario]?.head : undefined
  const file = at(/^\/contents\/\.gitea\/workflows\//).find(e => e.request.query['ref'] === head)
    ?.response.body as { content: string } | undefined
  const text =
    fact === undefined
      ? undefined
      : 'plain' in fact.text
        ? fact.text.plain
        : Buffer.from(file?.content ?? '', 'base64').toString('utf8')

  const created = [...[...history.values()].flat(), ...jobs, ...tasks].map(row =>
    Date.parse(String(row['created_at'])),
  )
  const lastRead = Math.max(
    ...reads
      .map(e => Date.parse(e.response.headers['date'] ?? ''))
      .filter(time => !Number.isNaN(time)),
  )
  const refused = (auth: string) =>
    (
      exchanges.find(e => e.response.status === 401 && e.request.auth === auth)?.response.body as
        { message: string } | undefined
    )?.message
  const posted = exchanges.find(
    ({ request, response }) =>
      request.method === 'POST' && request.path.includes('/statuses/') && response.status === 201,
  )?.response.body as StatusRow | undefined
  const person =
    posted?.creator ?? [...history.values()].flat().find(row => row.creator !== null)?.creator
  const absent = reads.find(e => !e.request.path.startsWith(home) && e.response.status === 404)
    ?.response.body as { message: string } | undefined
  const repository = exact.get(keyOf(home, {}))?.body as State['repository'] | undefined
  if (repository === undefined || pulls[0] === undefined)
    throw new Error(`${recording.name}: no repository or no pull`)

  return {
    profile,
    home,
    repository,
    pulls,
    listed: new Map(listRows.map(row => [row.number, row])),
    history,
    carried,
    bare,
    runs,
    jobs,
    tasks,
    missing,
    exact,
    workflow: fact === undefined || text === undefined ? undefined : { file: fact.file, text },
    owner: (person as Row | undefined) ?? asCreator(pulls[0].user),
    notFound: absent?.message ?? profile.wire.notFound,
    noToken: refused('none') ?? 'token is required',
    wrongToken: refused('other') ?? profile.wire.badToken,
    clock: Math.max(lastRead, Math.max(...created) + 60_000),
  }
}
