import { timeOf } from './clock.js'
import type { JobStatus } from './profile.js'
import type { Ending } from './run-state.js'
import { dueEmission, findRun, isDone, jobsOf, postJobs, runStatus } from './run-state.js'
import type { ForgeState, Job, Run, Task } from './state.js'

export function stop(forge: ForgeState, job: Job, status: Ending): void {
  const now = timeOf(forge.clock)
  const task = taskOf(forge, job)
  if (task !== undefined && !isDone(task.status)) {
    Object.assign(task, { status, stopped: now, updated: now })
    for (const step of task.steps)
      if (!isDone(step.status)) Object.assign(step, { status, started: task.started, stopped: now })
  }
  Object.assign(job, { status, stopped: now })
  noteProgress(forge, job)
}

export function noteProgress(forge: ForgeState, job: Job): void {
  const run = findRun(forge, job.runId)
  const now = timeOf(forge.clock)
  const status = runStatus(forge, run)
  run.updated = now
  if (run.started === 0 && status === 'running') run.started = now
  if (run.stopped === 0 && isDone(status)) run.stopped = now
}

export function resolveBlocked(forge: ForgeState, run: Run): void {
  if (run.needApproval) return
  for (let changed = true; changed;) {
    changed = false
    const jobs = jobsOf(forge, run)
    for (const job of jobs) {
      if (job.status !== 'blocked') continue
      const needs = jobs.filter(other => job.needs.includes(other.key))
      if (!needs.every(need => isDone(need.status))) continue
      job.status =
        needs.every(need => need.status === 'success') || runsAfterFailure(forge, job)
          ? 'waiting'
          : 'skipped'
      noteProgress(forge, job)
      changed = true
    }
  }
}

function runsAfterFailure(forge: ForgeState, job: Job): boolean {
  return forge.profile.conditionAfterFailure === 'any'
    ? job.condition !== ''
    : job.condition === 'always()'
}

export function mustBe(job: Job, status: JobStatus): void {
  if (job.status !== status)
    throw new Error(`job ${job.id} (${job.name}) is ${job.status}, not ${status}`)
}

export function postSelf(forge: ForgeState, job: Job): void {
  postJobs(forge, findRun(forge, job.runId), [job])
}

export function taskOf(forge: ForgeState, job: Job): Task | undefined {
  return forge.tasks.find(task => task.id === job.taskId)
}

/**
 * cancel_abandoned_jobs: a job waiting for more than a day is cancelled; no emitter follows
 * (clear_tasks.go v1.22.6:76-100).
 */
export function abandon(forge: ForgeState, job: Job): void {
  if (job.status !== 'waiting' && job.status !== 'blocked')
    throw new Error(`job ${job.id} is ${job.status}, not waiting`)
  stop(forge, job, 'cancelled')
  postSelf(forge, job)
}

/**
 * stop_zombie_tasks: a running job nobody reported for 10 minutes fails; up to 1.25 no emitter
 * follows (docs/forge-facts.md, 3 M7, M11).
 */
export function endZombie(forge: ForgeState, job: Job): void {
  mustBe(job, 'running')
  stop(forge, job, 'failure')
  postSelf(forge, job)
  if (forge.profile.zombieEmits) dueEmission(forge, job.runId)
}
