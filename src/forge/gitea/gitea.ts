import type { Gap, Pull, WorkflowFolder } from '../../core/model/evidence.js'
import type { Run, Task } from '../../core/model/job.js'
import type { StatusPost } from '../../core/acting/remedy.js'
import type { Server } from '../../core/model/server.js'
import type { StatusRow } from '../../core/model/status.js'
import type { Instant } from '../../core/model/time.js'
import { openLists } from './listing.js'
import type { Page } from './pages.js'
import { PAGE_LIMIT, readPages } from './pages.js'
import type { Forge, OpenPulls, PullNow, Reading } from '../port.js'
import { ForgeError } from '../port.js'
import type { Transport } from './transport.js'
import type { RunRow } from './wire.js'
import { parseOne, parseRows, readRunPath, rowSchemas, rowsUnder, toPull } from './wire.js'
import { readWorkflows } from './workflows.js'

/** More runs than this on one commit are not looked through. */
export const MAX_RUNS = 40

/** The API root of a repository, `owner/name`, already checked. */
export function rootOf(repo: string): string {
  return `/repos/${repo.split('/').map(encodeURIComponent).join('/')}`
}

/** Gitea ≥1.22 over its `/api/v1`; every quirk it answers with is named where it is handled. */
export function openGitea(transport: Transport, server: Server, repo: string): Forge {
  const root = rootOf(repo)
  const lists = openLists(transport, root)

  async function openPulls(): Promise<OpenPulls> {
    let defaultBranch: string | null = null
    const read = async (page: number, limit: number): Promise<Page<Pull>> => {
      // `state` absent means all states; `oldest` is stable while pulls are opened (forge-facts
      // §7).
      const { body, total, at } = await lists.get('/pulls', {
        state: 'open',
        sort: 'oldest',
        page,
        limit,
      })
      const rows = rowsUnder(body, null).map((raw, index) =>
        parseOne(rowSchemas.pull, raw, `GET ${root}/pulls, page ${page}, row ${index + 1}`),
      )
      defaultBranch ??=
        rows.find(({ base }) => base.repo != null)?.base.repo?.default_branch ?? null
      const open = rows.filter(({ state }) => state === 'open')
      return { rows: open.map(toPull), unreadable: rows.length - open.length, total, at }
    }
    const found = await readPages(read, { key: ({ number }) => number, steady: true })
    if (found.gap !== null)
      throw new ForgeError(
        'unexpected-shape',
        `the list of open pull requests is not complete: ${found.gap.detail}`,
      )
    return { pulls: found.rows, defaultBranch }
  }

  async function pull(number: number): Promise<PullNow> {
    const { body } = await lists.get(`/pulls/${number}`)
    const row = parseOne(rowSchemas.pull, body, `GET ${root}/pulls/${number}`)
    return { open: row.state === 'open', head: row.head.sha }
  }

  async function withJobs(
    run: RunRow,
  ): Promise<{ readonly run: Run; readonly gaps: readonly Gap[] }> {
    const found = await lists.read({
      what: `jobs of run ${run.id}`,
      path: `/actions/runs/${run.id}/jobs`,
      key: 'jobs',
      schema: rowSchemas.job,
    })
    const { file, pull } = readRunPath(run.path)
    const key = server.traits.jobInTargetUrl === 'id' ? run.id : run.run_number
    return {
      run: {
        key,
        id: run.id,
        file,
        event: run.event,
        pull,
        completed: run.status === 'completed',
        jobs: found.value,
      },
      gaps: found.gaps,
    }
  }

  async function runs(sha: string): Promise<Reading<readonly Run[]>> {
    const found = await lists.read({
      what: 'runs',
      path: '/actions/runs',
      key: 'workflow_runs',
      schema: rowSchemas.run,
      query: { head_sha: sha },
    })
    const here = found.value.filter(({ head_sha }) => head_sha === sha)
    if (here.length > MAX_RUNS)
      return { value: [], gaps: [...found.gaps, tooManyRuns], at: found.at }
    const all = await Promise.all(here.map(withJobs))
    return {
      value: all.map(({ run }) => run),
      gaps: [...found.gaps, ...all.flatMap(({ gaps }) => gaps)],
      at: found.at,
    }
  }

  async function tasks(since: Instant): Promise<Reading<readonly Task[]>> {
    const enough = (rows: readonly Task[]): boolean =>
      rows.some(({ createdAt }) => createdAt < since)
    // Tasks are never deleted while they matter, and listed by id, highest first (forge-facts
    // §4.2).
    return lists.read({
      what: 'tasks',
      path: '/actions/tasks',
      key: 'workflow_runs',
      schema: rowSchemas.task,
      enough,
      newestFirst: true,
    })
  }

  async function failedHeads(event: string): Promise<Reading<readonly string[]>> {
    // The first page each: the newest failures are where an older run may still write its green
    // over them.
    const pages = await Promise.all(
      ['failure', 'cancelled'].map(status =>
        lists.get('/actions/runs', { event, status, page: 1, limit: PAGE_LIMIT }),
      ),
    )
    const rows = pages.flatMap(
      ({ body }) => parseRows(rowSchemas.run, rowsUnder(body, 'workflow_runs')).rows,
    )
    return {
      value: [...new Set(rows.map(({ head_sha }) => head_sha))],
      gaps: [],
      at: pages[0]?.at ?? null,
    }
  }

  async function workflows(ref: string): Promise<WorkflowFolder> {
    return workflowsOf(transport, root, ['.gitea/workflows', '.github/workflows'], ref)
  }

  async function post(status: StatusPost): Promise<StatusRow> {
    const { sha, context, state, description, targetUrl } = status
    const { body } = await transport.post(`${root}/statuses/${sha}`, {
      context,
      state,
      description,
      target_url: targetUrl,
    })
    return parseOne(rowSchemas.status, body, `POST ${root}/statuses`)
  }

  return {
    server,
    openPulls,
    pull,
    runs,
    tasks,
    failedHeads,
    workflows,
    post,
    latestRows: sha =>
      lists.read({
        what: 'latest rows',
        path: `/commits/${sha}/status`,
        key: 'statuses',
        schema: rowSchemas.status,
      }),
    history: async (sha, above) => {
      // `leastindex` is newest first by row id, whatever its name says (forge-facts §1.4).
      const found = await lists.read({
        what: 'history',
        path: `/commits/${sha}/statuses`,
        key: null,
        schema: rowSchemas.status,
        query: { sort: 'leastindex' },
        newestFirst: true,
        enough: rows => rows.some(({ id }) => id <= above),
      })
      return { ...found, value: found.value.filter(({ id }) => id > above) }
    },
  }
}

export const tooManyRuns: Gap = {
  what: 'runs',
  cause: 'too-long',
  context: null,
  detail: `more than ${MAX_RUNS} runs on this commit`,
}

/** The workflow folder of a branch, over the contents API. */
export function workflowsOf(
  transport: Transport,
  root: string,
  folders: readonly string[],
  ref: string,
): Promise<WorkflowFolder> {
  return readWorkflows(folders, async path => {
    const answer = await transport.get(
      `${root}/contents/${path.split('/').map(encodeURIComponent).join('/')}`,
      { ref },
    )
    return answer.status === 404 ? null : answer.body
  })
}
