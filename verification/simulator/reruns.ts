import { timeOf } from './clock.js'
import { findRun, isDone, jobsOf, postJobs, runStatus } from './run-state.js'
import type { ForgeState, Job, Run } from './state.js'

/** The API's answer to a re-run of a run that still goes (recorded on 1.26.4). */
export const NOT_DONE = 'this workflow run is not done'

/**
 * Re-run one job and everything that depends on it (services/actions/rerun.go v1.22.6:12-38,
 * GetAllRerunJobs).
 */
export function rerunJob(forge: ForgeState, job: Job): Job {
  const run = findRun(forge, job.runId)
  if (forge.profile.rerunWhileRunning ? !isDone(job.status) : !isDone(runStatus(forge, run)))
    throw new Error(NOT_DONE)
  const chosen = withDependents(jobsOf(forge, run), [job])
  return (
    restart(forge, run, chosen, other => other.id !== job.id).find(
      other => other.key === job.key && other.name === job.name,
    ) ?? job
  )
}

/** Re-run every job of a run; those with needs wait for them again. */
export function rerunRun(forge: ForgeState, run: Run): void {
  if (!isDone(runStatus(forge, run))) throw new Error(NOT_DONE)
  restart(forge, run, jobsOf(forge, run), job => job.needs.length > 0)
}

/** Re-run the failed jobs of a run and what depends on them. */
export function rerunFailed(forge: ForgeState, run: Run): void {
  if (!isDone(runStatus(forge, run))) throw new Error(NOT_DONE)
  const jobs = jobsOf(forge, run)
  const failed = jobs.filter(job => job.status === 'failure' || job.status === 'cancelled')
  const chosen = withDependents(jobs, failed)
  const chosenKeys = new Set(chosen.map(job => job.key))
  restart(forge, run, chosen, job => job.needs.some(need => chosenKeys.has(need)))
}

function restart(
  forge: ForgeState,
  run: Run,
  chosen: readonly Job[],
  blocks: (job: Job) => boolean,
): Job[] {
  const now = timeOf(forge.clock)
  const ids = new Set(chosen.map(job => job.id))
  const fresh = (job: Job): Partial<Job> => ({
    status: blocks(job) ? 'blocked' : 'waiting',
    taskId: 0,
    started: 0,
    stopped: 0,
  })
  Object.assign(run, { started: 0, stopped: 0, updated: now })
  if (forge.profile.rerunRows === 'reset') {
    for (const job of chosen) {
      Object.assign(job, fresh(job))
      postJobs(forge, run, [job])
    }
    return [...chosen]
  }
  const before = jobsOf(forge, run)
  run.attempt += 1
  const copies = before.map(job => ({
    ...job,
    ...(ids.has(job.id) ? { ...fresh(job), picks: 0 } : {}),
    id: forge.next.job++,
    attempt: run.attempt,
    created: now,
  }))
  forge.jobs.push(...copies)
  // Every context of the run is written anew at once (recorded on 1.27.0).
  postJobs(forge, run, copies)
  return copies.filter((_, index) => ids.has(before[index]?.id ?? 0))
}

function withDependents(jobs: readonly Job[], first: readonly Job[]): Job[] {
  const chosen = new Set(first.map(job => job.id))
  for (let grown = true; grown;) {
    grown = false
    const keys = new Set(jobs.filter(job => chosen.has(job.id)).map(job => job.key))
    for (const job of jobs) {
      if (chosen.has(job.id) || !job.needs.some(need => keys.has(need))) continue
      chosen.add(job.id)
      grown = true
    }
  }
  return jobs.filter(job => chosen.has(job.id))
}
