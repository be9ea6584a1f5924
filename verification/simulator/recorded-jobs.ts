import { z } from 'zod'
import type { JobStatus } from './profile.js'
import type { ForgeState, Job } from './state.js'
import { maybeTime, time } from './wire-time.js'
import { parseWorkflow } from './workflow.js'

const WireStep = z.object({
  name: z.string(),
  status: z.string(),
  conclusion: z.string().optional(),
  started_at: maybeTime,
  completed_at: maybeTime,
})

export const WireJob = z.object({
  id: z.number(),
  run_id: z.number(),
  name: z.string(),
  labels: z.array(z.string()),
  run_attempt: z.number(),
  status: z.string(),
  conclusion: z.string().optional(),
  runner_id: z.number().optional(),
  runner_name: z.string().optional(),
  /** `null` on 1.25.5 for a job without any. */
  steps: z.array(WireStep).nullable(),
  created_at: time,
  started_at: maybeTime,
  completed_at: maybeTime,
})

export const WireTask = z.object({
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

export const WireForgejoJob = z.object({
  id: z.number(),
  run_id: z.number(),
  attempt: z.number(),
  name: z.string(),
  needs: z.array(z.string()).nullable(),
  runs_on: z.array(z.string()).nullable(),
  task_id: z.number(),
  status: z.enum(['waiting', 'blocked', 'running', 'success', 'failure', 'cancelled', 'skipped']),
})

export function addJob(state: ForgeState, wire: z.infer<typeof WireJob>): void {
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
export function addTask(state: ForgeState, wire: z.infer<typeof WireTask>): void {
  // The same list may have been read more than once.
  if (state.tasks.some(({ id }) => id === wire.id)) return
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

export function definitionOf(
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

export function statusFrom(status: string, conclusion: string | undefined): JobStatus {
  if (status === 'completed')
    return conclusion === 'success' || conclusion === 'skipped' || conclusion === 'cancelled'
      ? conclusion
      : 'failure'
  return status === 'in_progress' ? 'running' : status === 'queued' ? 'waiting' : 'blocked'
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

export function addRun(state: ForgeState, facts: RunFacts): void {
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
