import { timeOf } from './clock.js'
import { postJob, type SeenJob } from './job-status.js'
import type { ForgeState, Job, Run, Task } from './state.js'
import type { JobStatus } from './profiles.js'
import type { Workflow } from './workflow.js'

/** What starts a run; the server fills in the rest. */
export type RunDraft = Pick<
  Run,
  | 'title'
  | 'file'
  | 'event'
  | 'hookEvent'
  | 'ref'
  | 'sha'
  | 'statusSha'
  | 'pull'
  | 'fork'
  | 'actor'
  | 'needApproval'
>

/**
 * What the emitter read before it posts; between the two anything may happen (forge-facts §3 M2).
 */
export interface Snapshot {
  readonly runId: number
  readonly seen: readonly SeenJob[]
}

/** How a runner can report the end of a job. */
export type Ending = 'success' | 'failure' | 'skipped' | 'cancelled'

/**
 * Create a run with its jobs and post all of them (services/actions/notifier_helper.go
 * v1.22.6:364).
 */
export function createRun(forge: ForgeState, workflow: Workflow, draft: RunDraft): Run {
  const now = timeOf(forge.clock)
  const run: Run = {
    ...draft,
    id: forge.next.run++,
    index: forge.next.index++,
    workflow: workflow.name,
    attempt: 1,
    started: 0,
    stopped: 0,
    created: now,
    updated: now,
  }
  forge.runs.push(run)
  for (const { key, name, needs, condition, runsOn, stepNames } of workflow.jobs) {
    forge.jobs.push({
      id: forge.next.job++,
      runId: run.id,
      attempt: 1,
      key,
      name,
      needs,
      condition,
      runsOn,
      stepNames,
      status: needs.length > 0 || draft.needApproval ? 'blocked' : 'waiting',
      picks: 0,
      taskId: 0,
      created: now,
      started: 0,
      stopped: 0,
    })
  }
  postJobs(forge, run, jobsOf(forge, run))
  return run
}

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
 * A runner takes a waiting job: a task appears, the job's row is posted
 * (routers/api/actions/runner/utils.go v1.22.6:44).
 */
export function pick(forge: ForgeState, job: Job): void {
  mustBe(job, 'waiting')
  const now = timeOf(forge.clock)
  const task: Task = {
    id: forge.next.task++,
    jobId: job.id,
    runId: job.runId,
    name: job.name,
    status: 'running',
    created: now,
    updated: now,
    started: now,
    stopped: 0,
    steps: job.stepNames.map(name => ({ name, status: 'waiting', started: 0, stopped: 0 })),
  }
  forge.tasks.push(task)
  Object.assign(job, {
    status: 'running',
    taskId: task.id,
    picks: job.picks + 1,
    started: now,
    stopped: 0,
  })
  noteProgress(forge, job)
  postSelf(forge, job)
}

/**
 * The runner's regular UpdateTask; it posts whatever the job's row says now (runner.go
 * v1.22.6:217).
 */
export function heartbeat(forge: ForgeState, job: Job): void {
  const task = taskOf(forge, job)
  if (task === undefined) throw new Error(`no runner has job ${job.id}`)
  if (!isDone(job.status)) task.updated = timeOf(forge.clock)
  postSelf(forge, job)
}

/**
 * The runner's last UpdateTask: the row of this job, and the run's emitter becomes due. `seconds`
 * is how long the job took.
 */
export function finish(forge: ForgeState, job: Job, ending: Ending, seconds?: number): void {
  if (!isDone(job.status)) {
    mustBe(job, 'running')
    if (seconds !== undefined) job.started = timeOf(forge.clock) - seconds * 1000
    stop(forge, job, ending)
  }
  postSelf(forge, job)
  dueEmission(forge, job.runId)
}

/**
 * First half of the emitter: unblock or skip what can be, and read every job of the run
 * (job_emitter.go v1.22.6:49).
 */
export function readForEmission(forge: ForgeState, run: Run): Snapshot {
  const due = forge.emissions.indexOf(run.id)
  if (due >= 0) forge.emissions.splice(due, 1)
  resolveBlocked(forge, run)
  return { runId: run.id, seen: jobsOf(forge, run).map(seenOf) }
}

/**
 * Second half of the emitter: post every job of the run as it was read (job_emitter.go v1.22.6:74).
 */
export function postSnapshot(forge: ForgeState, snapshot: Snapshot): void {
  const run = findRun(forge, snapshot.runId)
  for (const seen of snapshot.seen) postJob(forge, run, findJob(forge, seen.id), seen)
}

/** The whole emitter in one step. */
export function emit(forge: ForgeState, run: Run): void {
  postSnapshot(forge, readForEmission(forge, run))
}

/**
 * Cancel as the web page does: every row is posted from the list read before, in which a running
 * job still runs; its own `cancelled` row comes with the runner's next report
 * (routers/web/repo/actions/view.go v1.22.6 Cancel). No emitter.
 */
export function cancel(forge: ForgeState, run: Run): void {
  const seen: SeenJob[] = []
  for (const job of jobsOf(forge, run)) {
    const before = seenOf(job)
    const waited = job.taskId === 0 || job.status === 'waiting' || job.status === 'blocked'
    if (!isDone(job.status)) stop(forge, job, 'cancelled')
    seen.push(waited ? seenOf(job) : before)
  }
  postSnapshot(forge, { runId: run.id, seen })
}

/**
 * stop_zombie_tasks: a running job nobody reported for 10 minutes fails; up to 1.25 no emitter
 * follows (forge-facts §3 M7, M11).
 */
export function endZombie(forge: ForgeState, job: Job): void {
  mustBe(job, 'running')
  stop(forge, job, 'failure')
  postSelf(forge, job)
  if (forge.profile.zombieEmits) dueEmission(forge, job.runId)
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
 * A person approves a held run: jobs without needs may start, all rows are posted (view.go v1.22.6
 * Approve).
 */
export function approve(forge: ForgeState, run: Run): void {
  run.needApproval = false
  for (const job of jobsOf(forge, run))
    if (job.needs.length === 0 && job.status === 'blocked') job.status = 'waiting'
  postJobs(forge, run, jobsOf(forge, run))
}

/**
 * 1.26.0–1.26.4: the emitter of one run posts a job another run's concurrency group unblocked,
 * under its own link (forge-facts §3).
 */
export function postPhantom(forge: ForgeState, run: Run, foreign: Job): void {
  if (!forge.profile.phantomRows) throw new Error(`${forge.profile.name} posts no phantom rows`)
  postJob(forge, run, foreign, seenOf(foreign))
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

/**
 * The `needs` context a runner gets: results by key. Up to 1.22 a need the server itself skipped
 * has no task and reads as nothing, and of a matrix the last leg counts; later a leg that did not
 * succeed counts (forge-facts §3 M5).
 */
export function needsOf(forge: ForgeState, job: Job): Record<string, string> {
  const results: Record<string, string> = {}
  for (const need of jobsOf(forge, findRun(forge, job.runId)).filter(other =>
    job.needs.includes(other.key),
  )) {
    const known = results[need.key]
    const omitted = forge.profile.omitsSkippedNeeds && need.taskId === 0
    if (forge.profile.omitsSkippedNeeds || known === undefined || known === 'success')
      results[need.key] = omitted ? '' : need.status
  }
  return results
}

/** A job as it is now. */
export function seenOf(job: Job): SeenJob {
  return { id: job.id, status: job.status, started: job.started, stopped: job.stopped }
}

/** Post some jobs of a run as they are now. */
export function postJobs(forge: ForgeState, run: Run, jobs: readonly Job[]): void {
  for (const job of jobs) postJob(forge, run, job, seenOf(job))
}

function postSelf(forge: ForgeState, job: Job): void {
  postJobs(forge, findRun(forge, job.runId), [job])
}

function taskOf(forge: ForgeState, job: Job): Task | undefined {
  return forge.tasks.find(task => task.id === job.taskId)
}

function dueEmission(forge: ForgeState, runId: number): void {
  if (!forge.emissions.includes(runId)) forge.emissions.push(runId)
}

function stop(forge: ForgeState, job: Job, status: Ending): void {
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

function noteProgress(forge: ForgeState, job: Job): void {
  const run = findRun(forge, job.runId)
  const now = timeOf(forge.clock)
  const status = runStatus(forge, run)
  run.updated = now
  if (run.started === 0 && status === 'running') run.started = now
  if (run.stopped === 0 && isDone(status)) run.stopped = now
}

function resolveBlocked(forge: ForgeState, run: Run): void {
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

function mustBe(job: Job, status: JobStatus): void {
  if (job.status !== status)
    throw new Error(`job ${job.id} (${job.name}) is ${job.status}, not ${status}`)
}
