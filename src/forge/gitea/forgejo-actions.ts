import { z } from 'zod'
import type { Gap } from '../../core/model/evidence.js'
import { asJobId, asRunId, asRunKey } from '../../core/model/ids.js'
import type { Job, JobState, Run } from '../../core/model/job.js'
import type { ActionsReads } from './api.js'
import type { Connection, Reads } from './connection.js'
import { MAX_RUNS, tooManyRuns } from './api.js'
import { openLists } from './listing.js'
import { PAGE_LIMIT } from './pages.js'
import type { Reading } from '../port.js'
import { keyed, suffixOfEvent } from './signing.js'
import { lazy, transformed } from '../shape.js'
import { parseRows, rowsUnder } from './rows.js'

const id = z.number().int().positive()
const ENDED: Readonly<Record<string, JobState>> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'cancelled',
  skipped: 'skipped',
}
const OPEN = ['waiting', 'running', 'blocked']
const stateOf = (status: string): JobState =>
  OPEN.includes(status)
    ? 'open'
    : Object.hasOwn(ENDED, status)
      ? (ENDED[status] ?? 'unknown')
      : 'unknown'

/**
 * A run of Forgejo ≥12: names of its own, one `status` of the internal names, no conclusion
 * (docs/forge-facts.md, 4.4).
 */
const WireRun = lazy(() =>
  z.object({
    id,
    index_in_repo: id,
    workflow_id: z.string(),
    prettyref: z.string(),
    commit_sha: z.string(),
    trigger_event: z.string(),
    status: z.string(),
  }),
)
type RunRow = z.infer<ReturnType<typeof WireRun>>

/** A job of Forgejo ≥16, in a plain array without pages or times (docs/forge-facts.md, 4.4). */
const WireJob = lazy(() =>
  transformed(
    z.object({
      id,
      name: z.string(),
      status: z.string(),
      attempt: z.number().int().nonnegative().nullable().catch(null),
    }),
    (job): Omit<Job, 'key'> => ({
      id: asJobId(job.id),
      name: job.name,
      attempt: job.attempt,
      state: stateOf(job.status),
    }),
  ),
)

/**
 * Forgejo 12 to 15 list runs but not their jobs: the run's own status is what they add to the
 * tasks.
 */
async function jobsOf(
  { lists, server, dialect }: Reads,
  run: RunRow,
): Promise<{ readonly jobs: readonly Job[]; readonly gaps: readonly Gap[] }> {
  if (server.grade !== 'jobs') return { jobs: [], gaps: [] }
  const path = `/actions/runs/${run.id}/jobs`
  const { value } = await lists.list(path, {}, rows => parseRows(WireJob(), rows))
  const { rows, malformed } = value
  return {
    jobs: keyed(rows, dialect),
    gaps: malformed.map(({ why }) => ({
      what: `jobs of run ${run.id}`,
      cause: 'malformed',
      context: null,
      detail: `a row cannot be read: ${why}`,
    })),
  }
}

async function toRun(
  on: Reads,
  row: RunRow,
): Promise<{ readonly run: Run; readonly gaps: readonly Gap[] }> {
  const { jobs, gaps } = await jobsOf(on, row)
  const pull = /^#(\d{1,15})$/.exec(row.prettyref)?.[1]
  return {
    run: {
      key: asRunKey(row.index_in_repo),
      id: asRunId(row.id),
      file: row.workflow_id,
      suffix: suffixOfEvent(row.trigger_event, on.server.traits.targetSuffix),
      jobs,
      pull: pull === undefined ? null : Number(pull),
      completed: Object.hasOwn(ENDED, row.status),
    },
    gaps,
  }
}

async function runsOf(on: Reads, sha: string): Promise<Reading<readonly Run[]>> {
  const found = await on.lists.read({
    what: 'runs',
    path: '/actions/runs',
    key: 'workflow_runs',
    schema: WireRun(),
    query: { head_sha: sha },
  })
  const here = found.value.filter(({ commit_sha }) => commit_sha === sha)
  if (here.length > MAX_RUNS) return { value: [], gaps: [...found.gaps, tooManyRuns], at: found.at }
  const all = await Promise.all(here.map(row => toRun(on, row)))
  return {
    value: all.map(({ run }) => run),
    gaps: [...found.gaps, ...all.flatMap(({ gaps }) => gaps)],
    at: found.at,
  }
}

async function failedHeadsOf(
  { lists, server }: Reads,
  event: string,
): Promise<Reading<readonly string[]>> {
  const pages = await Promise.all(
    ['failure', 'cancelled'].map(status =>
      lists.get('/actions/runs', { status, page: 1, limit: PAGE_LIMIT }),
    ),
  )
  const { targetSuffix } = server.traits
  const rows = pages
    .flatMap(({ body }) => parseRows(WireRun(), rowsUnder(body, 'workflow_runs')).rows)
    .filter(({ trigger_event }) => suffixOfEvent(trigger_event, targetSuffix) === ` (${event})`)
  const value = [...new Set(rows.map(({ commit_sha }) => commit_sha))]
  return { value, gaps: [], at: pages[0]?.at ?? null }
}

/**
 * Runs and jobs as Forgejo lists them: names of their own, jobs from 16 on. Everything else it has
 * in common with Gitea.
 */
export function forgejoActions(connection: Connection): ActionsReads {
  const on: Reads = { ...connection, lists: openLists(connection.transport, connection.root) }
  return {
    runs: sha => runsOf(on, sha),
    failedHeads: event => failedHeadsOf(on, event),
    folders: ['.forgejo/workflows', '.gitea/workflows', '.github/workflows'],
  }
}
