import type { Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import type { Run } from '../../core/model/job.js'
import type { SignedRow } from '../../core/model/status.js'
import type { Reading } from '../port.js'
import type { GiteaApi } from './api.js'

/**
 * Where runs are listed without their jobs, nothing but the list tells that one is still going: a
 * list of none beside rows that link some hides them. With their jobs, each is looked for by name.
 */
export function hiddenRuns(
  { server }: Pick<GiteaApi, 'server'>,
  rows: readonly SignedRow[],
  runs: Reading<readonly Run[]> | null,
): readonly Gap[] {
  if (server.grade === 'jobs' || runs === null) return []
  if (runs.value.length > 0 || runs.gaps.length > 0) return []
  const run = rows.flatMap(({ author }) => (author.kind === 'actions' ? [author.run] : []))[0]
  if (run === undefined) return []
  return [gap('runs', 'incomplete', `the list is empty, though run ${run} wrote on this commit`)]
}
