import type { RerunReach } from '../../core/plan/rerun.js'
import type { Evidence } from '../../core/model/evidence.js'
import type { RunKey } from '../../core/model/ids.js'
import type { RunSummary } from '../../core/model/job.js'
import type { UnreadableFile, Workflow } from '../../workflow/parse.js'
import { attempt } from '../reading.js'
import type { GiteaApi } from './api.js'
import type { NeedsReads } from '../needs.js'
import { reachBy } from '../reach.js'

/** What a re-run is asked about with. */
interface GiteaNeeds extends NeedsReads {
  readonly api: GiteaApi
}

/** The run's workflow file, as the commit has it: in the first folder that holds it. */
async function fileOfRun(
  api: GiteaApi,
  file: string,
  sha: string,
): Promise<Workflow | UnreadableFile | null> {
  for (const folder of api.folders) {
    const found = await api.workflow(`${folder}/${file}`, sha)
    if (found !== null) return found
  }
  return null
}

/** The event of a run, as the names of its contexts end: ` (pull_request)`. */
const eventOf = ({ suffix }: RunSummary): string =>
  typeof suffix === 'string' ? suffix.replace(/^ \(|\)$/g, '') : ''

/**
 * What a re-run of this run's umbrella job would touch beside that job. What cannot be read is
 * said, and never taken for "nothing".
 */
export async function rerunReach(
  reads: GiteaNeeds,
  { runs, sha }: Evidence,
  key: RunKey,
): Promise<RerunReach> {
  const unreadable = (why: string): RerunReach => ({ kind: 'unreadable', why })
  const run = runs.find(one => one.key === key)
  if (run === undefined) return unreadable(`run ${key} is not among the runs of this commit`)
  // Its workflow file is the base branch's at a commit that nobody tells.
  if (run.suffix === ' (pull_request_target)')
    return unreadable(`run ${key} is of pull_request_target`)
  const found = await attempt(async () => {
    const file = await fileOfRun(reads.api, run.file, sha)
    if (file === null) return unreadable(`this commit has no ${run.file}`)
    const source = { event: eventOf(run), files: [file], head: null } as const
    return await reachBy(source, reads, () => reads.api.openRuns(run.file))
  })
  return found.ok ? found.value : unreadable(found.why.message)
}
