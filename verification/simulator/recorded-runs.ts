import { z } from 'zod'
import type { Exchange } from './recording.js'
import type { ForgeState, Job } from './state.js'
import type { JobStatus } from './profiles.js'
import { maybeTime, time } from './wire-time.js'
import { parseWorkflow } from './workflow.js'

const WireRun = z.object({
  id: z.number(),
  run_number: z.number(),
  display_title: z.string(),
  path: z.string(),
  event: z.string(),
  head_sha: z.string(),
  run_attempt: z.number(),
  started_at: maybeTime,
  completed_at: maybeTime,
  actor: z.object({ id: z.number() }),
})
const WireStep = z.object({
  name: z.string(),
  status: z.string(),
  conclusion: z.string().optional(),
  started_at: maybeTime,
  completed_at: maybeTime,
})
const WireJob = z.object({
  id: z.number(),
  run_id: z.number(),
  name: z.string(),
  labels: z.array(z.string()),
  run_attempt: z.number(),
  status: z.string(),
  conclusion: z.string().optional(),
  runner_id: z.number().optional(),
  runner_name: z.string().optional(),
  steps: z.array(WireStep),
  created_at: time,
  started_at: maybeTime,
  completed_at: maybeTime,
})
const WireTask = z.object({
  id: z.number(),
  name: z.string(),
  head_branch: z.string(),
  head_sha: z.string(),
  run_number: z.number(),
  event: z.string(),
  display_title: z.string(),
  status: z.enum(['waiting', 'blocked', 'running', 'success', 'failure', 'cancelled', 'skipped']),
  workflow_id: z.string(),
  created_at: time,
  updated_at: time,
  run_started_at: time,
})
/** A run of Forgejo, whose fields have other names (forge-facts §4.4). */
const WireForgejoRun = z.object({
  id: z.number(),
  index_in_repo: z.number(),
  title: z.string(),
  workflow_id: z.string(),
  event: z.string(),
  trigger_event: z.string(),
  prettyref: z.string(),
  commit_sha: z.string(),
  status: z.string(),
  created: maybeTime,
  started: maybeTime,
  stopped: maybeTime,
  updated: maybeTime,
})
const WireForgejoJob = z.object({
  id: z.number(),
  run_id: z.number(),
  attempt: z.number(),
  name: z.string(),
  needs: z.array(z.string()).nullable(),
  runs_on: z.array(z.string()).nullable(),
  task_id: z.number(),
  status: z.enum(['waiting', 'blocked', 'running', 'success', 'failure', 'cancelled', 'skipped']),
})

/**
 * Bring runs, jobs and tasks of a recording into the state; where a server shows only tasks, the
 * rest is made up around them.
 */
export function addRuns(state: ForgeState, reads: readonly Exchange[]): void {
  if (state.profile.family === 'forgejo') addForgejoRuns(state, reads)
  else addGiteaRuns(state, reads)
  const above = (ids: readonly number[]) => Math.max(0, ...ids) + 1
  Object.assign(state.next, {
    run: above(state.runs.map(run => run.id)),
    index: above(state.runs.map(run => run.index)),
    job: above(state.jobs.map(job => job.id)),
    task: above(state.tasks.map(task => task.id)),
  })
}

function addForgejoRuns(state: ForgeState, reads: readonly Exchange[]): void {
  for (const run of listed(reads, /\/actions\/runs$/, 'workflow_runs', WireForgejoRun)) {
    if (state.runs.some(other => other.id === run.id)) continue
    const pull = run.prettyref.startsWith('#') ? Number(run.prettyref.slice(1)) : null
    state.runs.push({
      id: run.id,
      index: run.index_in_repo,
      title: run.title,
      file: run.workflow_id,
      workflow: '',
      event: run.trigger_event,
      hookEvent: run.event,
      ref: pull === null ? `refs/heads/${run.prettyref}` : `refs/pull/${pull}/head`,
      sha: run.commit_sha,
      statusSha: run.commit_sha,
      pull,
      fork: false,
      actor: state.users[0]?.id ?? 1,
      needApproval: false,
      attempt: 1,
      started: run.started,
      stopped: run.stopped,
      created: run.created,
      updated: run.updated,
    })
  }
  const lists = reads.filter(({ request }) => /\/actions\/runs\/\d+\/jobs$/.test(request.path))
  for (const job of lists.flatMap(({ response }) => z.array(WireForgejoJob).parse(response.body))) {
    const run = state.runs.find(other => other.id === job.run_id)
    if (run === undefined || state.jobs.some(other => other.id === job.id)) continue
    state.jobs.push({
      id: job.id,
      runId: run.id,
      attempt: 1,
      ...definitionOf(state, run.sha, run.file, job.name),
      name: job.name,
      needs: job.needs ?? [],
      runsOn: job.runs_on ?? [],
      status: job.status,
      picks: job.attempt,
      taskId: job.task_id,
      created: run.created,
      started: run.started,
      stopped: run.stopped,
    })
  }
  const tasks = listed(reads, /\/actions\/tasks$/, 'workflow_runs', WireTask)
  for (const task of tasks.sort((a, b) => a.id - b.id)) addTask(state, task)
}

function addGiteaRuns(state: ForgeState, reads: readonly Exchange[]): void {
  for (const run of listed(reads, /\/actions\/runs$/, 'workflow_runs', WireRun)) {
    const [file = '', ref = ''] = run.path.split('@')
    addRun(state, {
      id: run.id,
      index: run.run_number,
      title: run.display_title,
      file,
      event: run.event,
      ref,
      sha: run.head_sha,
      attempt: Math.max(1, run.run_attempt),
      started: run.started_at,
      stopped: run.completed_at,
      actor: run.actor.id,
    })
  }
  for (const job of listed(reads, /\/actions\/(?:runs\/\d+\/)?jobs$/, 'jobs', WireJob))
    addJob(state, job)
  const tasks = listed(reads, /\/actions\/tasks$/, 'workflow_runs', WireTask).sort(
    (a, b) => a.id - b.id,
  )
  for (const task of tasks) addTask(state, task)
  state.jobs.sort((a, b) => a.id - b.id)
  const steps = listed(reads, /\/actions\/(?:runs\/\d+\/)?jobs$/, 'jobs', WireJob)
  for (const job of steps) {
    const task = state.tasks.find(
      other => other.id === state.jobs.find(mine => mine.id === job.id)?.taskId,
    )
    if (job.runner_name !== undefined)
      Object.assign(state.runner, { id: job.runner_id ?? 0, name: job.runner_name })
    task?.steps.splice(
      0,
      task.steps.length,
      ...job.steps.map(step => ({
        name: step.name,
        status: statusFrom(step.status, step.conclusion),
        started: step.started_at,
        stopped: step.completed_at,
      })),
    )
  }
}

interface RunFacts {
  id: number
  index: number
  title: string
  file: string
  event: string
  ref: string
  sha: string
  attempt: number
  started: number
  stopped: number
  actor: number
}

function addRun(state: ForgeState, facts: RunFacts): void {
  if (state.runs.some(run => run.id === facts.id)) return
  const pull = /^refs\/pull\/(\d+)\/head$/.exec(facts.ref)?.[1]
  state.runs.push({
    ...facts,
    workflow: '',
    hookEvent: facts.event,
    statusSha: facts.sha,
    pull: pull === undefined ? null : Number(pull),
    fork: false,
    needApproval: false,
    created: facts.started,
    updated: facts.stopped,
  })
}

function addJob(state: ForgeState, wire: z.infer<typeof WireJob>): void {
  if (state.jobs.some(job => job.id === wire.id)) return
  const run = state.runs.find(other => other.id === wire.run_id)
  if (run === undefined) return
  state.jobs.push({
    id: wire.id,
    runId: wire.run_id,
    attempt: run.attempt,
    ...definitionOf(state, run.sha, run.file, wire.name),
    name: wire.name,
    runsOn: wire.labels,
    status: statusFrom(wire.status, wire.conclusion),
    picks: wire.run_attempt,
    taskId: 0,
    created: wire.created_at,
    started: wire.started_at,
    stopped: wire.completed_at,
  })
}

/** A task, and on servers that show no runs the run and job it belongs to. */
function addTask(state: ForgeState, wire: z.infer<typeof WireTask>): void {
  if (!state.runs.some(run => run.index === wire.run_number)) {
    const ref = wire.head_branch.startsWith('#')
      ? `refs/pull/${wire.head_branch.slice(1)}/head`
      : `refs/heads/${wire.head_branch}`
    addRun(state, {
      id: wire.run_number,
      index: wire.run_number,
      title: wire.display_title,
      file: wire.workflow_id,
      event: wire.event,
      ref,
      sha: wire.head_sha,
      attempt: 1,
      started: wire.run_started_at,
      stopped: 0,
      actor: state.users[0]?.id ?? 1,
    })
  }
  const run = state.runs.find(other => other.index === wire.run_number)
  if (run === undefined) return
  const same = state.jobs.filter(job => job.runId === run.id && job.name === wire.name)
  const job = same[0] ?? newJob(state, run.id, run.sha, wire)
  Object.assign(job, { taskId: wire.id })
  state.tasks.push({
    id: wire.id,
    jobId: job.id,
    runId: run.id,
    name: wire.name,
    status: wire.status,
    steps: [],
    created: wire.created_at,
    updated: wire.updated_at,
    started: wire.run_started_at,
    stopped: wire.updated_at,
  })
}

function newJob(
  state: ForgeState,
  runId: number,
  sha: string,
  wire: z.infer<typeof WireTask>,
): Job {
  const job: Job = {
    id: Math.max(0, ...state.jobs.map(other => other.id)) + 1,
    runId,
    attempt: 1,
    ...definitionOf(state, sha, wire.workflow_id, wire.name),
    name: wire.name,
    runsOn: [],
    status: wire.status,
    picks: 1,
    taskId: 0,
    created: wire.created_at,
    started: wire.run_started_at,
    stopped: wire.updated_at,
  }
  state.jobs.push(job)
  return job
}

function definitionOf(
  state: ForgeState,
  sha: string,
  file: string,
  name: string,
): Pick<Job, 'key' | 'needs' | 'condition' | 'stepNames'> {
  const text = Object.entries(state.commits[sha]?.files ?? {}).find(([path]) =>
    path.endsWith(`/${file}`),
  )?.[1]
  const job =
    text === undefined
      ? undefined
      : parseWorkflow(text, state.profile.matrixName).jobs.find(other => other.name === name)
  return {
    key: job?.key ?? name,
    needs: job?.needs ?? [],
    condition: job?.condition ?? '',
    stepNames: job?.stepNames ?? [],
  }
}

function statusFrom(status: string, conclusion: string | undefined): JobStatus {
  if (status === 'completed')
    return conclusion === 'success' || conclusion === 'skipped' || conclusion === 'cancelled'
      ? conclusion
      : 'failure'
  return status === 'in_progress' ? 'running' : status === 'queued' ? 'waiting' : 'blocked'
}

function listed<T>(
  reads: readonly Exchange[],
  path: RegExp,
  key: string,
  shape: z.ZodType<T>,
): T[] {
  return reads
    .filter(({ request }) => path.test(request.path))
    .flatMap(({ response }) => z.record(z.string(), z.unknown()).parse(response.body)[key])
    .map(row => shape.parse(row))
}
