import type { HeadBranch, OpenRun, RerunReach } from '../../core/plan/rerun.js'
import type { RerunWrite } from '../../core/plan/remedy.js'
import type { RunKey } from '../../core/model/ids.js'
import { asRunKey } from '../../core/model/ids.js'
import type { Evidence } from '../../core/model/evidence.js'
import type { UnreadableFile, Workflow } from '../../workflow/parse.js'
import type { NeedsReads } from '../needs.js'
import type { RunSource } from '../reach.js'
import { fileAt, tipOf } from '../workflow-cache.js'
import { reachBy } from '../reach.js'
import { ForgeError } from '../port.js'
import { attempt } from '../reading.js'
import { parseOne } from '../schema.js'
import type { Repository } from './repository.js'
import { workflowSource } from './repository.js'
import type { SweepCache } from './study.js'
import type { RunRow } from './wire.js'
import { WireRun, WireRuns } from './wire.js'

/**
 * Runs one job with what depends on it again, or its whole run; once. GitHub says no with 403 in
 * two ways that are no missing right (docs/github-facts.md, 2).
 */
export async function postRerun(
  { client, root }: Repository,
  { run, job, wholeRun }: RerunWrite,
): Promise<void> {
  const path = wholeRun ? `${root}/actions/runs/${run}/rerun` : `${root}/actions/jobs/${job}/rerun`
  try {
    await client.post(path, null)
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'forbidden') throw error
    const known = /already running|cannot be (?:retried|rerun|re-run)|unable to retry|too old/i
    throw known.test(error.message) ? new ForgeError('rejected', error.message) : error
  }
}

/** Every word by which GitHub lists runs that have not ended. */
const NOT_ENDED = ['queued', 'in_progress', 'waiting', 'pending', 'requested'] as const

/** The branch a run is of; the fork that held it may be gone. */
function headOf({ head_branch: branch, head_repository: fork }: RunRow): HeadBranch | null {
  return branch == null || fork == null ? null : { repository: fork.full_name, branch }
}

/** The runs of a workflow that have not ended, in the whole repository. Throws `ForgeError`. */
async function openRuns(
  { client, root }: Repository,
  workflow: number,
  file: string,
): Promise<readonly OpenRun[]> {
  const path = `${root}/actions/workflows/${workflow}/runs`
  const found = new Map<number, OpenRun>()
  for (const status of NOT_ENDED) {
    const { body } = await client.get(path, { status, per_page: 100 })
    for (const run of parseOne(WireRuns, body, `GET ${path}`).workflow_runs)
      found.set(run.id, { run: asRunKey(run.id), file, head: headOf(run) })
  }
  return [...found.values()]
}

/**
 * The run's workflow file wherever its text may come from: a run of `pull_request` is made from the
 * merge of its pull request with the base branch, so that either side may have added a job
 * (docs/github-facts.md, 2). A side that has no such file adds nothing.
 */
async function filesOf(
  reads: Pick<NeedsReads, 'api' | 'cache'>,
  path: string,
  commits: readonly string[],
): Promise<readonly (Workflow | UnreadableFile)[]> {
  const files: (Workflow | UnreadableFile)[] = []
  for (const commit of new Set(commits)) {
    const file = await fileAt(reads, path, commit)
    if (file !== null) files.push(file)
  }
  return files
}

/**
 * What a re-run of this run's umbrella job would touch beside that job, by the workflow file at the
 * run's own commit and on the base branches of the pull requests that stand on it.
 */
export async function rerunReach(
  { repository, cache }: SweepCache,
  { pulls }: Pick<Evidence, 'pulls'>,
  key: RunKey,
): Promise<RerunReach> {
  const unreadable = (why: string): RerunReach => ({ kind: 'unreadable', why })
  const { client, root, policy } = repository
  const path = `${root}/actions/runs/${key}`
  const found = await attempt(async () => {
    const answer = await client.find(path)
    if (answer.status === 404) return unreadable(`there is no run ${key}`)
    const run = parseOne(WireRun, answer.body, `GET ${path}`)
    const api = workflowSource(repository)
    const file = run.path.split('@')[0] ?? run.path
    const reads = { api, policy, cache }
    const bases = await Promise.all(pulls.map(({ base }) => tipOf(reads, base)))
    const [first, ...more] = await filesOf(reads, file, [run.head_sha, ...bases])
    if (first === undefined) return unreadable(`the commit of run ${key} has no ${file}`)
    const source: RunSource = { event: run.event, files: [first, ...more], head: headOf(run) }
    return await reachBy(source, reads, () => openRuns(repository, run.workflow_id, run.path))
  })
  return found.ok ? found.value : unreadable(found.why.message)
}
