import type { Gap } from '../../core/model/evidence.js'
import { asRunId, asRunKey } from '../../core/model/ids.js'
import type { Run } from '../../core/model/job.js'
import type { Reading } from '../port.js'
import type { ActionsReads, Connection } from './api.js'
import { MAX_RUNS, tooManyRuns } from './api.js'
import { openLists } from './listing.js'
import { PAGE_LIMIT } from './pages.js'
import { keyed, suffixOfEvent } from './signing.js'
import type { RunRow } from './wire.js'
import { parseRows, readRunPath, rowSchemas, rowsUnder } from './wire.js'

/** Runs and jobs as Gitea ≥1.25 lists them (forge-facts §4.3). */
export function giteaActions({ transport, server, dialect, root }: Connection): ActionsReads {
  const lists = openLists(transport, root)

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

  return { runs, failedHeads, folders: ['.gitea/workflows', '.github/workflows'] }
}
