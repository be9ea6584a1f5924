import { z } from 'zod'
import {
  WireForgejoJob,
  WireJob,
  WireTask,
  addJob,
  addRun,
  addTask,
  definitionOf,
  statusFrom,
} from './recorded-jobs.js'
import type { Exchange } from './recording.js'
import type { ForgeState } from './state.js'
import { maybeTime } from './wire-time.js'

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

/** A run of Forgejo, whose fields have other names (docs/forge-facts.md, 4.4). */
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
      ...(job.steps ?? []).map(step => ({
        name: step.name,
        status: statusFrom(step.status, step.conclusion),
        started: step.started_at,
        stopped: step.completed_at,
      })),
    )
  }
}

function listed<T>(
  reads: readonly Exchange[],
  path: RegExp,
  key: string,
  shape: z.ZodType<T>,
): T[] {
  return (
    reads
      .filter(({ request }) => path.test(request.path))
      // An empty list is null on 1.25.5.
      .flatMap(({ response }) => z.record(z.string(), z.unknown()).parse(response.body)[key] ?? [])
      .map(row => shape.parse(row))
  )
}
