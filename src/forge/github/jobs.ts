import type { CheckRun, Suite } from '../../core/model/check.js'
import type { Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import type { JobId } from '../../core/model/ids.js'
import { parseInstant } from '../../core/model/time.js'
import type { Listing, ReadPage } from '../pager.js'
import { byId, readPages } from '../pager.js'
import { attempt, gapOf } from '../reading.js'
import { parseOne, requireSame } from '../schema.js'
import type { Repository } from './repository.js'
import { toRun } from './rest-details.js'
import { checkState, suiteStates } from './states.js'
import type { JobRow, RunRow } from './wire.js'
import { WireJobs, WireRun } from './wire.js'

/** A suite and its check runs, with what only the run and its jobs tell. */
interface RunDetails {
  readonly suite: Suite
  readonly checks: readonly CheckRun[]
  readonly gaps: readonly Gap[]
}

/** Ten pages hold a thousand jobs. */
const MAX_PAGES = 10

/** Every job of a run in all its attempts: the newest alone once forgot what was not re-run. */
function readJobs({ client, root }: Repository, run: number): Promise<Listing<JobRow>> {
  const path = `${root}/actions/runs/${run}/jobs`
  const read: ReadPage<JobRow> = async (page, limit) => {
    const { body, at } = await client.get(path, { filter: 'all', per_page: limit, page })
    const { jobs, total_count: total } = parseOne(WireJobs, body, `GET ${path}`)
    for (const job of jobs) requireSame(`GET ${path}: job ${job.id}`, 'run', job.run_id, run)
    return { rows: jobs, unreadable: 0, total, at }
  }
  return readPages(read, { keyed: byId, most: MAX_PAGES, limit: 100, once: true })
}

/** A run by itself: what tells of another one is no answer. Throws `ForgeError`. */
export function parseRun(body: unknown, path: string, run: number): RunRow {
  const row = parseOne(WireRun, body, `GET ${path}`)
  requireSame(`GET ${path}`, 'run', row.id, run)
  return row
}

/** A job as a check run. An attempt that is not told stays unknown, and is never the first. */
const jobToCheck = (row: JobRow, suite: number): CheckRun => ({
  id: row.id as JobId,
  suite,
  name: row.name,
  state: checkState(row.status, row.conclusion),
  startedAt: parseInstant(row.started_at),
  completedAt: parseInstant(row.completed_at),
  attempt: row.run_attempt ?? null,
  isJob: true,
  isListed: true,
  taken: row.status === 'completed' ? !neverTaken(row) : null,
})

/** A job that no runner ever took: it has no steps, and no runner (docs/github-facts.md, 1). */
const neverTaken = ({ runner_id: runner, steps }: JobRow): boolean =>
  (runner === null || runner === 0) && (steps ?? []).length === 0

/** The run's own word and its jobs by attempt, in place of what the check runs told. */
function merged(known: RunDetails, jobs: readonly JobRow[], suite: Suite): RunDetails {
  const ids = new Set(jobs.map(({ id }) => id))
  // What its file says of a job is kept.
  const before = new Map(known.checks.map(check => [Number(check.id), check]))
  // What one list shows and the other does not is kept, for it may be what stands red. But it is no
  // job of this run, whatever its link says.
  const rest = known.checks
    .filter(check => !ids.has(check.id))
    .map(check => ({ ...check, isJob: false }))
  const told = jobs.map(job => ({ ...before.get(job.id), ...jobToCheck(job, suite.id) }))
  return { suite, checks: [...rest, ...told], gaps: known.gaps }
}

/**
 * Reads a run and its jobs by themselves: how often it was started, and which execution of a job is
 * the newest. Needed only for a run in which the umbrella is red or was executed more than once,
 * and for one whose jobs prove something.
 */
export async function readRun(repository: Repository, known: RunDetails): Promise<RunDetails> {
  const { suite } = known
  if (suite.run === null) return known
  const { client, root } = repository
  const { id } = suite.run
  const path = `${root}/actions/runs/${id}`
  const found = await attempt(async () => {
    const { body } = await client.get(path)
    const row = parseRun(body, path, id)
    repository.origins.set(row.id, row)
    return { row, run: toRun(row), jobs: await readJobs(repository, row.id) }
  })
  const without = (missing: Gap): RunDetails => ({ ...known, gaps: [...known.gaps, missing] })
  if (!found.ok) return without(gapOf(`run ${id}`, found.why))
  const { row, run, jobs } = found.value
  if (jobs.gap !== null) return without(gap(`jobs of run ${id}`, jobs.gap.cause, jobs.gap.detail))
  const disabled = suite.run.disabled ?? null
  const { state, neverStarted } = suiteStates(row.status, row.conclusion)
  return merged(known, jobs.rows, {
    ...suite,
    state,
    neverStarted: suite.neverStarted || neverStarted,
    run: { ...run, disabled },
  })
}
