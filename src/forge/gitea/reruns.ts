import type { OpenRun } from '../../core/plan/rerun.js'
import type { RerunWrite } from '../../core/plan/remedy.js'
import { asRunKey } from '../../core/model/ids.js'
import { ForgeError } from '../port.js'
import type { Connection } from './connection.js'
import { readList } from './listing.js'
import { rowSchemas } from './wire.js'

/**
 * Runs one job and what depends on it again, once (docs/forge-facts.md, 4.5, 11). Never the whole
 * run, never `rerun-failed-jobs`: with nothing failed, 1.27 runs everything again.
 */
export async function postRerun(
  { http, root }: Connection,
  { run, job }: RerunWrite,
): Promise<void> {
  await http.post(`${root}/actions/runs/${run}/jobs/${job}/rerun`, null)
}

/**
 * Every word by which a version lists runs that have not ended (docs/forge-facts.md, 4.3, 11), in
 * the order in which a run goes through them: one that moves on meanwhile is met again. Between two
 * jobs it waits once more.
 */
const NOT_ENDED = ['requested', 'pending', 'waiting', 'queued', 'in_progress', 'queued'] as const

/** The runs of one workflow file that have not ended, in the whole repository. */
export async function openRuns(on: Connection, file: string): Promise<readonly OpenRun[]> {
  const found: OpenRun[] = []
  for (const status of NOT_ENDED) {
    const { value, gaps } = await readList(on, {
      what: 'open runs',
      path: '/actions/runs',
      key: 'workflow_runs',
      schema: rowSchemas.run(),
      query: { status },
    })
    const [gap] = gaps
    if (gap !== undefined) throw new ForgeError('unexpected-shape', `${gap.what}: ${gap.detail}`)
    const here = value.filter(run => run.file === file)
    found.push(...here.map(({ id }) => ({ run: asRunKey(id), file, head: null })))
  }
  return found
}
