import type { Gap } from '../../core/model/evidence.js'
import { asRunId, asRunKey } from '../../core/model/ids.js'
import type { Run } from '../../core/model/job.js'
import type { Reading } from '../port.js'
import type { ActionsReads } from './api.js'
import type { Connection, Reads } from './connection.js'
import { MAX_RUNS, tooManyRuns } from './api.js'
import { openLists } from './listing.js'
import { PAGE_LIMIT } from './pages.js'
import { keyed, suffixOfEvent } from './signing.js'
import type { RunRow } from './wire.js'
import { parseRows, rowsUnder } from './rows.js'
import { readRunPath, rowSchemas } from './wire.js'

async function withJobs(
  { lists, dialect, server }: Reads,
  run: RunRow,
): Promise<{ readonly run: Run; readonly gaps: readonly Gap[] }> {
  const found = await lists.read({
    what: `jobs of run ${run.id}`,
    path: `/actions/runs/${run.id}/jobs`,
    key: 'jobs',
    schema: rowSchemas.job(),
  })
  const { file, pull } = readRunPath(run.path)
  return {
    run: {
      key: asRunKey(dialect.jobInTargetUrl === 'id' ? run.id : run.run_number),
      id: asRunId(run.id),
      file,
      suffix: suffixOfEvent(run.event, server.traits.targetSuffix),
      pull,
      completed: run.status === 'completed',
      jobs: keyed(found.value, dialect),
    },
    gaps: found.gaps,
  }
}

async function runsOf(on: Reads, sha: string): Promise<Reading<readonly Run[]>> {
  const found = await on.lists.read({
    what: 'runs',
    path: '/actions/runs',
    key: 'workflow_runs',
    schema: rowSchemas.run(),
    query: { head_sha: sha },
  })
  const here = found.value.filter(({ head_sha }) => head_sha === sha)
  if (here.length > MAX_RUNS) return { value: [], gaps: [...found.gaps, tooManyRuns], at: found.at }
  const all = await Promise.all(here.map(run => withJobs(on, run)))
  return {
    value: all.map(({ run }) => run),
    gaps: [...found.gaps, ...all.flatMap(({ gaps }) => gaps)],
    at: found.at,
  }
}

/**
 * The first page each: the newest failures are where an older run may still write its green over
 * them.
 */
async function failedHeadsOf({ lists }: Reads, event: string): Promise<Reading<readonly string[]>> {
  const pages = await Promise.all(
    ['failure', 'cancelled'].map(status =>
      lists.get('/actions/runs', { event, status, page: 1, limit: PAGE_LIMIT }),
    ),
  )
  const rows = pages.flatMap(
    ({ body }) => parseRows(rowSchemas.run(), rowsUnder(body, 'workflow_runs')).rows,
  )
  const value = [...new Set(rows.map(({ head_sha }) => head_sha))]
  return { value, gaps: [], at: pages[0]?.at ?? null }
}

/** Runs and jobs as Gitea ≥1.25 lists them (docs/forge-facts.md, 4.3). */
export function giteaActions(connection: Connection): ActionsReads {
  const on: Reads = { ...connection, lists: openLists(connection.transport, connection.root) }
  return {
    runs: sha => runsOf(on, sha),
    failedHeads: event => failedHeadsOf(on, event),
    folders: ['.gitea/workflows', '.github/workflows'],
  }
}
