import type { CheckRun, Suite } from '../../core/model/check.js'
import type { Gap } from '../../core/model/evidence.js'
import { asJobId } from '../../core/model/ids.js'
import { ForgeError } from '../port.js'
import { parseOne } from '../shape.js'
import type { Repository } from './repository.js'
import { toRun } from './rest-details.js'
import { maybeInstant, overflow } from './sightings.js'
import { checkState, neverStarted } from './states.js'
import type { JobRow, RunRow } from './wire.js'
import { WireJobs, WireRun } from './wire.js'

/** A suite and its check runs, with what only the run and its jobs tell. */
export interface RunDetails {
  readonly suite: Suite
  readonly checks: readonly CheckRun[]
  readonly gaps: readonly Gap[]
}

/** Ten pages hold a thousand jobs. */
const MAX_PAGES = 10

/** Every job of a run in all its attempts: the newest alone once forgot what was not re-run. */
async function readJobs(
  { client, root }: Repository,
  run: number,
): Promise<readonly JobRow[] | Gap> {
  const path = `${root}/actions/runs/${run}/jobs`
  const rows: JobRow[] = []
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { body, status } = await client.get(path, { filter: 'all', per_page: 100, page })
    if (status === 404) throw new ForgeError('not-found', `GET ${path}: 404`)
    const { jobs, total_count: total } = parseOne(WireJobs, body, `GET ${path}`)
    rows.push(...jobs)
    if (rows.length >= total) return rows
    if (jobs.length === 0) return overflow(`jobs of run ${run}`, rows.length, total)
  }
  return overflow(`jobs of run ${run}`, rows.length, rows.length + 1)
}

/** A job as a check run. An attempt that is not told stays unknown, and is never the first. */
const toCheck = (row: JobRow, suite: number): CheckRun => ({
  id: asJobId(row.id),
  suite,
  name: row.name,
  state: checkState(row.status, row.conclusion),
  startedAt: maybeInstant(row.started_at),
  completedAt: maybeInstant(row.completed_at),
  attempt: row.run_attempt ?? null,
  isJob: true,
  taken: row.status === 'completed' ? !neverTaken(row) : null,
})

/** A job that no runner ever took: it has no steps, and no runner (docs/github-facts.md, 1). */
const neverTaken = ({ runner_id: runner, steps }: JobRow): boolean =>
  (runner === null || runner === 0) && (steps ?? []).length === 0

/** The run's own word and its jobs by attempt, in place of what the check runs told. */
function merged(suite: Suite, row: RunRow, jobs: readonly JobRow[], known: RunDetails): RunDetails {
  const ids = new Set(jobs.map(({ id }) => id))
  // What one list shows and the other does not is kept: it may be what stands red.
  const rest = known.checks.filter(check => !ids.has(check.id))
  return {
    suite: {
      ...suite,
      state: checkState(row.status, row.conclusion),
      neverStarted: suite.neverStarted || neverStarted(row.conclusion),
      run: { ...toRun(row), disabled: suite.run?.disabled ?? null },
    },
    checks: [...rest, ...jobs.map(job => toCheck(job, suite.id))],
    gaps: known.gaps,
  }
}

/**
 * Reads a run and its jobs by themselves: how often it was started, and which execution of a job is
 * the newest. Needed only for a run in which the umbrella is red or was executed more than once.
 */
export async function readRun(repository: Repository, known: RunDetails): Promise<RunDetails> {
  const { suite } = known
  if (suite.run === null) return known
  const { client, root } = repository
  const path = `${root}/actions/runs/${suite.run.id}`
  const gap = (cause: Gap['cause'], detail: string): RunDetails => ({
    ...known,
    gaps: [...known.gaps, { what: `run ${suite.run?.id ?? 0}`, cause, context: null, detail }],
  })
  try {
    const { body, status } = await client.get(path)
    if (status === 404) return gap('not-found', `GET ${path}: 404`)
    const row = parseOne(WireRun, body, `GET ${path}`)
    const jobs = await readJobs(repository, row.id)
    return 'cause' in jobs
      ? { ...known, gaps: [...known.gaps, jobs] }
      : merged(suite, row, jobs, known)
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return gap(error.code === 'rate-limited' ? 'rate-limited' : 'unreadable', error.message)
  }
}
