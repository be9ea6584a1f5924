import { instantText } from './clock.js'
import type { JobStatus } from './profile.js'
import { findRun, jobsOf, runStatus } from './run-state.js'
import type { ForgeState, Job, Json, Run, Task } from './state.js'
import type { Viewer } from './wire-repository.js'
import { repositoryJson, userJson } from './wire-repository.js'

/**
 * Outward status and conclusion of Gitea ≥1.25 (ToActionsStatus, services/convert/convert.go
 * v1.26:291-317).
 */
const OUTWARD: Readonly<Record<JobStatus, readonly [string, string?]>> = {
  waiting: ['queued'],
  blocked: ['waiting'],
  running: ['in_progress'],
  success: ['completed', 'success'],
  failure: ['completed', 'failure'],
  cancelled: ['completed', 'cancelled'],
  skipped: ['completed', 'skipped'],
}

function outward({ profile }: ForgeState, status: JobStatus): readonly [string, string?] {
  return status === 'blocked' ? [profile.blockedStatus] : OUTWARD[status]
}

/** Values of the `status` filter; anything else is a 400 (docs/forge-facts.md, 4.3). */
export const STATUS_FILTERS: Readonly<Record<string, readonly JobStatus[]>> = {
  pending: ['blocked'],
  waiting: ['blocked'],
  requested: ['blocked'],
  action_required: ['blocked'],
  queued: ['waiting'],
  in_progress: ['running'],
  completed: ['success', 'failure', 'cancelled', 'skipped'],
  success: ['success'],
  failure: ['failure'],
  timed_out: ['failure'],
  cancelled: ['cancelled'],
  skipped: ['skipped'],
  neutral: ['skipped'],
}

/**
 * A task row (services/convert/convert.go ToActionTask); one `status`, no conclusion, no run id
 * (docs/forge-facts.md, 4.2).
 */
export function taskJson(forge: ForgeState, task: Task, base: string): Json {
  const run = findRun(forge, task.runId)
  return {
    id: task.id,
    name: task.name,
    head_branch: run.pull === null ? run.ref.replace(/^refs\/heads\//, '') : `#${run.pull}`,
    head_sha: run.sha,
    run_number: run.index,
    event: run.shownEvent ?? run.event,
    display_title: run.title,
    status: task.status,
    workflow_id: run.file,
    url: `${base}${runLink(forge, run)}`,
    created_at: instantText(task.created),
    updated_at: instantText(task.updated),
    run_started_at: instantText(task.started),
  }
}

/** A run of Gitea ≥1.25 (services/convert/convert.go ToActionWorkflowRun). */
export function runJson(forge: ForgeState, run: Run, viewer: Viewer): Json {
  const { owner, name } = forge.repository
  const [status, conclusion] = outward(forge, runStatus(forge, run))
  const actor = forge.users.find(user => user.id === run.actor)
  const person = actor === undefined ? null : userJson(forge, actor, null, viewer.base)
  const api = `${viewer.base}/api/v1/repos/${owner}/${name}/actions/runs/${run.id}`
  return {
    id: run.id,
    url: api,
    html_url: `${viewer.base}${runLink(forge, run)}`,
    display_title: run.title,
    path: `${run.file}@${run.ref}`,
    event: run.shownEvent ?? (forge.profile.runEvent === 'hook' ? run.hookEvent : run.event),
    run_attempt: forge.profile.runAttempt === 'zero' ? 0 : run.attempt,
    run_number: run.index,
    head_sha: run.sha,
    ...(run.pull === null ? { head_branch: run.ref.replace(/^refs\/heads\//, '') } : {}),
    status,
    ...(conclusion === undefined ? {} : { conclusion }),
    actor: person,
    trigger_actor: person,
    repository: repositoryJson(forge, viewer, true),
    started_at: instantText(run.started),
    completed_at: instantText(run.stopped),
    ...(forge.profile.wire.runPulls
      ? {
          previous_attempt_url: run.attempt > 1 ? `${api}/attempts/${run.attempt - 1}` : null,
          pull_requests: pullsOfRun(forge, run, viewer.base),
        }
      : {}),
  }
}

/** The pull request of a run in short, as 1.27 names it (recorded). */
function pullsOfRun(forge: ForgeState, run: Run, base: string): Json {
  const pull = forge.pulls.find(({ number }) => number === run.pull)
  if (pull === undefined) return []
  const { id, owner, name } = forge.repository
  const url = `${base}/api/v1/repos/${owner}/${name}`
  const repo = { id, url, name }
  const end = (ref: string, sha: string): Json => ({ ref, sha, repo })
  return [
    {
      id: pull.id,
      number: pull.number,
      url: `${url}/pulls/${pull.number}`,
      head: end(pull.branch, run.sha),
      base: end(pull.base, forge.branches[pull.base] ?? ''),
    },
  ]
}

function stepsOf(forge: ForgeState, job: Job, task: Task | undefined): Json {
  const steps = (task?.steps ?? []).map((step, number): Json => {
    const [shown, end] = outward(forge, forge.profile.stepsRepeatJob ? job.status : step.status)
    return {
      name: step.name,
      number,
      status: shown,
      ...(end === undefined ? {} : { conclusion: end }),
      started_at: instantText(step.started),
      completed_at: instantText(step.stopped),
    }
  })
  return steps.length === 0 && forge.profile.wire.stepsNull ? null : steps
}

/** A job of Gitea ≥1.25 (services/convert/convert.go ToActionWorkflowJob). */
export function jobJson(forge: ForgeState, job: Job, base: string): Json {
  const { owner, name } = forge.repository
  const run = findRun(forge, job.runId)
  const api = `${base}/api/v1/repos/${owner}/${name}/actions`
  const task = forge.tasks.find(other => other.id === job.taskId)
  const [status, conclusion] = outward(forge, job.status)
  const position = jobsOf(forge, run).findIndex(other => other.id === job.id)
  return {
    id: job.id,
    url: `${api}/jobs/${job.id}`,
    html_url: `${base}${runLink(forge, run)}/jobs/${byId(forge) ? job.id : position}`,
    run_id: run.id,
    run_url: `${api}/runs/${run.id}`,
    name: job.name,
    labels: job.runsOn,
    run_attempt: forge.profile.runAttempt === 'real' ? job.attempt : job.picks,
    head_sha: run.sha,
    ...(run.pull === null ? { head_branch: run.ref.replace(/^refs\/heads\//, '') } : {}),
    status,
    ...(conclusion === undefined ? {} : { conclusion }),
    ...(task === undefined ? {} : { runner_id: forge.runner.id, runner_name: forge.runner.name }),
    steps: stepsOf(forge, job, task),
    created_at: instantText(job.created),
    started_at: instantText(job.started),
    completed_at: instantText(job.stopped),
  }
}

/**
 * A run of Forgejo ≥12, with internal names and the capital in ScheduleID (docs/forge-facts.md,
 * 4.4).
 */
export function forgejoRunJson(forge: ForgeState, run: Run, viewer: Viewer): Json {
  const actor = forge.users.find(user => user.id === run.actor)
  return {
    id: run.id,
    title: run.title,
    repository: repositoryJson(forge, viewer),
    workflow_id: run.file,
    index_in_repo: run.index,
    trigger_user: actor === undefined ? null : userJson(forge, actor, viewer, viewer.base),
    ScheduleID: 0,
    prettyref: run.pull === null ? run.ref.replace(/^refs\/heads\//, '') : `#${run.pull}`,
    is_ref_deleted: false,
    commit_sha: run.sha,
    is_fork_pull_request: run.fork,
    need_approval: run.needApproval,
    approved_by: 0,
    event: run.shownEvent ?? run.hookEvent,
    event_payload: '{}',
    trigger_event: run.shownEvent ?? run.event,
    status: runStatus(forge, run),
    started: instantText(run.started),
    stopped: instantText(run.stopped),
    created: instantText(run.created),
    updated: instantText(run.updated),
    duration: Math.max(0, run.stopped - run.started) * 1_000_000,
    html_url: `${viewer.base}${runLink(forge, run)}`,
  }
}

/** A job of Forgejo ≥16; no times (docs/forge-facts.md, 4.4). */
export function forgejoJobJson(forge: ForgeState, job: Job): Json {
  return {
    id: job.id,
    run_id: job.runId,
    attempt: job.picks,
    handle: `job-${job.id}`,
    repo_id: forge.repository.id,
    owner_id: forge.users[1]?.id ?? 0,
    name: job.name,
    needs: job.needs,
    runs_on: job.runsOn,
    task_id: job.taskId,
    status: job.status,
  }
}

function runLink(forge: ForgeState, run: Run): string {
  const { owner, name } = forge.repository
  return `/${owner}/${name}/actions/runs/${byId(forge) ? run.id : run.index}`
}

/** Do links name runs and jobs by their ids (docs/forge-facts.md, 2.6)? */
const byId = ({ profile }: ForgeState): boolean => profile.targetUrl === 'id/id'
