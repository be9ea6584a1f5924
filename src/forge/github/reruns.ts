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
import { attempt, knownBase } from '../reading.js'
import { parseOne } from '../schema.js'
import { parseRun } from './jobs.js'
import type { Repository, RunOrigin } from './repository.js'
import type { SweepCache } from './study.js'
import type { RunRow } from './wire.js'
import { WireRuns } from './wire.js'

/** Runs one job with what depends on it again, or its whole run; once. Throws `ForgeError`. */
export async function postRerun(
  { client, root }: Repository,
  { run, job, wholeRun }: RerunWrite,
): Promise<void> {
  const path = wholeRun ? `${root}/actions/runs/${run}/rerun` : `${root}/actions/jobs/${job}/rerun`
  await client.post(path, null)
}

/** Every word by which GitHub lists runs that have not ended. */
const NOT_ENDED = ['queued', 'in_progress', 'waiting', 'pending', 'requested'] as const

/** The branch a run is of; the fork that held it may be gone. */
function headOf({
  head_branch: branch,
  head_repository: fork,
}: Pick<RunRow, 'head_branch' | 'head_repository'>): HeadBranch | null {
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
    const { workflow_runs: runs, total_count: total } = parseOne(WireRuns, body, `GET ${path}`)
    if (total > runs.length)
      throw new ForgeError('unexpected-shape', `${total} runs are ${status}, more than one page`)
    for (const run of runs) found.set(run.id, { run: asRunKey(run.id), file, head: headOf(run) })
  }
  return [...found.values()]
}

/**
 * The run's workflow file wherever its text may come from: a run of `pull_request` is made from the
 * merge of its pull request with the base branch, so that either side may have added a job
 * (docs/github-facts.md, 2). A side that has no such file adds nothing. The base as this
 * sweep last saw it will do, for the run was made from an older one.
 */
async function filesOf(
  reads: NeedsReads,
  { path, head_sha: sha }: RunOrigin,
  bases: readonly string[],
): Promise<readonly (Workflow | UnreadableFile)[]> {
  const file = path.split('@')[0] ?? path
  const tips = await Promise.all([...new Set(bases)].map(base => tipOf(reads, base)))
  const commits = [...new Set([sha, ...tips])]
  const files = await Promise.all(commits.map(commit => fileAt(reads, file, commit)))
  return files.filter(one => one !== null)
}

/** What a run was made from; `null` where there is no such run. Throws `ForgeError`. */
async function runOrigin(
  { client, root, origins }: Repository,
  run: number,
): Promise<RunOrigin | null> {
  const known = origins.get(run)
  if (known !== undefined) return known
  const path = `${root}/actions/runs/${run}`
  const { status, body } = await client.find(path)
  return status === 404 ? null : parseRun(body, path, run)
}

/**
 * What a re-run of this run's umbrella job would touch beside that job, by the workflow file at the
 * run's own commit and on the base branches of the pull requests that stand on it.
 */
export async function rerunReach(
  { repository, reads }: SweepCache,
  { pulls }: Pick<Evidence, 'pulls'>,
  key: RunKey,
): Promise<RerunReach> {
  const unreadable = (why: string): RerunReach => ({ kind: 'unreadable', why })
  const found = await attempt(async () => {
    const run = await runOrigin(repository, key)
    if (run === null) return unreadable(`there is no run ${key}`)
    const bases = pulls.map(knownBase)
    const [first, ...more] = await filesOf(reads, run, bases)
    if (first === undefined) return unreadable(`the commit of run ${key} has no ${run.path}`)
    const source: RunSource = { event: run.event, files: [first, ...more], head: headOf(run) }
    return await reachBy(source, reads, () => openRuns(repository, run.workflow_id, run.path))
  })
  return found.ok ? found.value : unreadable(found.why.message)
}
