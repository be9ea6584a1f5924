import type { SeenJob } from './job-status.js'
import { postJob } from './job-status.js'
import type { JobStatus } from './profile.js'
import type { ForgeState, Job, Run } from './state.js'

/** How a runner can report the end of a job. */
export type Ending = 'success' | 'failure' | 'skipped' | 'cancelled'

/** The jobs of a run's latest attempt, by id. */
export function jobsOf(forge: ForgeState, run: Run): Job[] {
  return forge.jobs.filter(job => job.runId === run.id && job.attempt === run.attempt)
}

/** The run with this id; throws, because a script that names none is wrong. */
export function findRun(forge: ForgeState, ref: number | { readonly id: number }): Run {
  const id = typeof ref === 'number' ? ref : ref.id
  const run = forge.runs.find(other => other.id === id)
  if (run === undefined) throw new Error(`no run ${id}`)
  return run
}

/** The job with this id. */
export function findJob(forge: ForgeState, ref: number | { readonly id: number }): Job {
  const id = typeof ref === 'number' ? ref : ref.id
  const job = forge.jobs.find(other => other.id === id)
  if (job === undefined) throw new Error(`no job ${id}`)
  return job
}

/**
 * Aggregate status of a run; cancelled beats running beats waiting beats failure
 * (models/actions/run_job.go v1.24.3, recorded on 1.26.4).
 */
export function runStatus(forge: ForgeState, run: Run): JobStatus {
  const all = jobsOf(forge, run).map(job => job.status)
  if (all.length > 0 && all.every(status => status === 'skipped')) return 'skipped'
  if (all.every(status => status === 'success' || status === 'skipped')) return 'success'
  const order: readonly JobStatus[] = ['cancelled', 'running', 'waiting', 'failure', 'blocked']
  return order.find(status => all.includes(status)) ?? 'blocked'
}

/** Whether a job has come to its end. */
export function isDone(status: JobStatus): boolean {
  return status !== 'waiting' && status !== 'blocked' && status !== 'running'
}

/** Post some jobs of a run as they are now. */
export function postJobs(forge: ForgeState, run: Run, jobs: readonly Job[]): void {
  for (const job of jobs) postJob(forge, run, job, seenOf(job))
}

export function dueEmission(forge: ForgeState, runId: number): void {
  if (!forge.emissions.includes(runId)) forge.emissions.push(runId)
}

/** A job as it is now. */
export function seenOf(job: Job): SeenJob {
  return { id: job.id, status: job.status, started: job.started, stopped: job.stopped }
}
