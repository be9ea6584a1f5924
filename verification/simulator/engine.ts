import { timeOf } from './clock.js'
import type { SeenJob } from './job-status.js'
import { postJob } from './job-status.js'
import { mustBe, noteProgress, postSelf, resolveBlocked, stop, taskOf } from './job-steps.js'
import type { Ending } from './run-state.js'
import { dueEmission, findJob, findRun, isDone, jobsOf, postJobs, seenOf } from './run-state.js'
import type { ForgeState, Job, Run, Task } from './state.js'
import type { Workflow } from './workflow.js'

/** What starts a run; the server fills in the rest. */
type RunDraft = Pick<
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
 * What the emitter read before it posts; between the two anything may happen (docs/forge-facts.md,
 * 3 M2).
 */
export interface Snapshot {
  readonly runId: number
  readonly seen: readonly SeenJob[]
}

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
 * under its own link (docs/forge-facts.md, 3).
 */
export function postPhantom(forge: ForgeState, run: Run, foreign: Job): void {
  if (!forge.profile.phantomRows) throw new Error(`${forge.profile.name} posts no phantom rows`)
  postJob(forge, run, foreign, seenOf(foreign))
}

/**
 * The `needs` context a runner gets: results by key. Up to 1.22 a need the server itself skipped
 * has no task and reads as nothing, and of a matrix the last leg counts; later a leg that did not
 * succeed counts (docs/forge-facts.md, 3 M5).
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
