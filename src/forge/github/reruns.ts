import type { OpenRun, RerunReach } from '../../core/acting/rerun.js'
import type { RerunWrite } from '../../core/acting/remedy.js'
import type { RunKey } from '../../core/model/ids.js'
import { asRunKey } from '../../core/model/ids.js'
import { reachBy } from '../needs.js'
import { ForgeError } from '../port.js'
import { parseOne } from '../shape.js'
import type { Repository } from './repository.js'
import { workflowSource } from './repository.js'
import type { Kept } from './study.js'
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
    await client.post(path, {})
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code !== 'forbidden') throw error
    const known = /already running|cannot be (?:retried|rerun|re-run)|unable to retry|too old/i
    throw known.test(error.message) ? new ForgeError('rejected', error.message) : error
  }
}

/** Every word by which GitHub lists runs that have not ended. */
const NOT_ENDED = ['queued', 'in_progress', 'waiting', 'pending', 'requested'] as const

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
    for (const { id } of parseOne(WireRuns, body, `GET ${path}`).workflow_runs)
      found.set(id, { run: asRunKey(id), file })
  }
  return [...found.values()]
}

/**
 * What a re-run of this run's umbrella job would touch beside that job, by the workflow file at the
 * run's own commit: the base branch's for `pull_request_target`.
 */
export async function rerunReach({ swept, folders }: Kept, key: RunKey): Promise<RerunReach> {
  const unreadable = (why: string): RerunReach => ({ kind: 'unreadable', why })
  const { client, root, policy } = swept
  const path = `${root}/actions/runs/${key}`
  try {
    const answer = await client.get(path)
    if (answer.status === 404) return unreadable(`there is no run ${key}`)
    const run = parseOne(WireRun, answer.body, `GET ${path}`)
    const api = workflowSource(swept)
    const file = await api.workflow(run.path.split('@')[0] ?? run.path, run.head_sha)
    if (file === null) return unreadable(`the commit of run ${key} has no ${run.path}`)
    return await reachBy(file, { api, policy, folders }, () =>
      openRuns(swept, run.workflow_id, run.path),
    )
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return unreadable(error.message)
  }
}
