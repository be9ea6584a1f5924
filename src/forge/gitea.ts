import type { Gap, Pull, WorkflowFolder } from '../core/evidence.js'
import type { Run, Task } from '../core/job.js'
import type { StatusPost } from '../core/remedy.js'
import type { Server } from '../core/server.js'
import type { StatusRow } from '../core/status.js'
import type { Instant } from '../core/time.js'
import type { Listing, Page } from './pages.js'
import { PAGE_LIMIT, readPages } from './pages.js'
import type { Forge, OpenPulls, PullNow, Reading } from './port.js'
import { ForgeError } from './port.js'
import type { Answer, Query, Transport } from './transport.js'
import type { Malformed, RunRow } from './wire.js'
import { parseOne, parseRows, readRunPath, rowSchemas, rowsUnder, toPull, totalUnder } from './wire.js'
import { readWorkflows } from './workflows.js'

/** More runs than this on one commit are not looked through. */
const MAX_RUNS = 40

/** Gitea ≥1.22 over its `/api/v1`; every quirk it answers with is named where it is handled. `repo` is `owner/name`, already checked. */
export function openGitea(transport: Transport, server: Server, repo: string): Forge {
  const root = `/repos/${repo.split('/').map(encodeURIComponent).join('/')}`

  async function list(path: string, query: Query = {}): Promise<Answer> {
    const answer = await transport.get(`${root}${path}`, query)
    if (answer.status === 404) throw new ForgeError('not-found', `GET ${root}${path}: 404`)
    return answer
  }

  /** Reads a paged list; rows that cannot be read are kept as such. */
  async function listing<T extends { readonly id: number }>(
    path: string, key: string | null, schema: Parameters<typeof parseRows<T>>[0], query: Query, enough?: (rows: readonly T[]) => boolean,
  ): Promise<Listing<T> & { readonly malformed: readonly Malformed[] }> {
    const malformed: Malformed[] = []
    const read = async (page: number, limit: number): Promise<Page<T>> => {
      const { body, total, at } = await list(path, { ...query, page, limit })
      const parsed = parseRows(schema, rowsUnder(body, key))
      malformed.push(...parsed.malformed)
      // A combined status counts its own page under total_count; every other list counts itself there (forge-facts §1.3, §4.2, §4.3).
      return { rows: parsed.rows, unreadable: parsed.malformed.length, total: total ?? (key === 'statuses' || key === null ? null : totalUnder(body)), at }
    }
    const found = await readPages(read, { key: row => row.id, ...(enough === undefined ? {} : { enough }) })
    return { ...found, malformed }
  }

  function reading<T extends { readonly id: number }>(what: string, found: Listing<T> & { readonly malformed: readonly Malformed[] }): Reading<readonly T[]> {
    const gaps: Gap[] = found.malformed.map(({ context, why }) => ({ what, cause: 'malformed', context, detail: `a row cannot be read: ${why}` }))
    if (found.gap !== null) gaps.push({ what, cause: found.gap.cause, context: null, detail: found.gap.detail })
    return { value: found.rows, gaps, at: found.at }
  }

  async function openPulls(): Promise<OpenPulls> {
    let defaultBranch: string | null = null
    const read = async (page: number, limit: number): Promise<Page<Pull>> => {
      // `state` absent means all states; `oldest` is stable while pulls are opened (forge-facts §7).
      const { body, total, at } = await list('/pulls', { state: 'open', sort: 'oldest', page, limit })
      const rows = rowsUnder(body, null).map((raw, index) => parseOne(rowSchemas.pull, raw, `GET ${root}/pulls, page ${page}, row ${index + 1}`))
      defaultBranch ??= rows.find(({ base }) => base.repo != null)?.base.repo?.default_branch ?? null
      return { rows: rows.filter(({ state }) => state === 'open').map(toPull), unreadable: rows.filter(({ state }) => state !== 'open').length, total, at }
    }
    const found = await readPages(read, { key: ({ number }) => number, steady: true })
    if (found.gap !== null) throw new ForgeError('unexpected-shape', `the list of open pull requests is not complete: ${found.gap.detail}`)
    return { pulls: found.rows, defaultBranch }
  }

  async function pull(number: number): Promise<PullNow> {
    const { body } = await list(`/pulls/${number}`)
    const row = parseOne(rowSchemas.pull, body, `GET ${root}/pulls/${number}`)
    return { open: row.state === 'open', head: row.head.sha }
  }

  async function jobsOf(run: RunRow): Promise<{ readonly run: Run; readonly gaps: readonly Gap[] }> {
    const found = reading(`jobs of run ${run.id}`, await listing(`/actions/runs/${run.id}/jobs`, 'jobs', rowSchemas.job, {}))
    const { file, pull } = readRunPath(run.path)
    const key = server.traits.jobInTargetUrl === 'id' ? run.id : run.run_number
    // Without an order of its own (1.25, 1.26) the list is ordered here: a target_url may name a position (forge-facts §4.3).
    const jobs = [...found.value].sort((a, b) => a.id - b.id)
    return { run: { key, id: run.id, file, event: run.event, pull, completed: run.status === 'completed', jobs }, gaps: found.gaps }
  }

  async function runs(sha: string): Promise<Reading<readonly Run[]>> {
    const found = reading('runs', await listing('/actions/runs', 'workflow_runs', rowSchemas.run, { head_sha: sha }))
    const here = found.value.filter(({ head_sha }) => head_sha === sha)
    if (here.length > MAX_RUNS) return { ...found, value: [], gaps: [...found.gaps, { what: 'runs', cause: 'too-long', context: null, detail: `more than ${MAX_RUNS} runs` }] }
    const all = await Promise.all(here.map(jobsOf))
    return { value: all.map(({ run }) => run), gaps: [...found.gaps, ...all.flatMap(({ gaps }) => gaps)], at: found.at }
  }

  async function tasks(since: Instant): Promise<Reading<readonly Task[]>> {
    const older = (rows: readonly Task[]): boolean => rows.some(({ createdAt }) => createdAt < since)
    return reading('tasks', await listing('/actions/tasks', 'workflow_runs', rowSchemas.task, {}, older))
  }

  async function failedHeads(event: string): Promise<Reading<readonly string[]>> {
    // The first page each: the newest failures are where an older run may still write its green over them.
    const pages = await Promise.all(['failure', 'cancelled'].map(status => list('/actions/runs', { event, status, page: 1, limit: PAGE_LIMIT })))
    const rows = pages.flatMap(({ body }) => parseRows(rowSchemas.run, rowsUnder(body, 'workflow_runs')).rows)
    return { value: [...new Set(rows.map(({ head_sha }) => head_sha))], gaps: [], at: pages[0]?.at ?? null }
  }

  async function workflows(ref: string): Promise<WorkflowFolder> {
    return readWorkflows(['.gitea/workflows', '.github/workflows'], async path => {
      const answer = await transport.get(`${root}/contents/${path.split('/').map(encodeURIComponent).join('/')}`, { ref })
      return answer.status === 404 ? null : answer.body
    })
  }

  async function post(status: StatusPost): Promise<StatusRow> {
    const { sha, context, state, description, targetUrl } = status
    const { body } = await transport.post(`${root}/statuses/${sha}`, { context, state, description, target_url: targetUrl })
    return parseOne(rowSchemas.status, body, `POST ${root}/statuses`)
  }

  return {
    server, openPulls, pull, runs, tasks, failedHeads, workflows, post,
    latestRows: async sha => reading('latest rows', await listing(`/commits/${sha}/status`, 'statuses', rowSchemas.status, {})),
    history: async (sha, above) => {
      // `leastindex` is newest first by row id, whatever its name says (forge-facts §1.4).
      const found = await listing(`/commits/${sha}/statuses`, null, rowSchemas.status, { sort: 'leastindex' }, rows => rows.some(({ id }) => id <= above))
      const kept = reading('history', found)
      return { ...kept, value: kept.value.filter(({ id }) => id > above) }
    },
  }
}
