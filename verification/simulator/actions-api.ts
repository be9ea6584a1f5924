import type { Answer } from './answers.js'
import { ok, refuse } from './answers.js'
import type { Call, Route } from './call.js'
import { cancel } from './engine.js'
import type { Page } from './pages.js'
import { pageOf, pagingHeaders } from './pages.js'
import type { JobStatus } from './profile.js'
import { NOT_DONE, rerunFailed, rerunJob, rerunRun } from './reruns.js'
import { isDone, jobsOf, runStatus } from './run-state.js'
import type { Job, Json, Run } from './state.js'
import {
  STATUS_FILTERS,
  forgejoJobJson,
  forgejoRunJson,
  jobJson,
  runJson,
  taskJson,
} from './wire-actions.js'

const A = '/api/v1/repos/{owner}/{repo}/actions'
const scope = 'repository'

/** Endpoints of Actions, each with the versions that have it (docs/forge-facts.md, 4.1). */
export const ACTION_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: `${A}/tasks`,
    scope,
    needs: 'read-actions',
    exists: ({ actions }) => actions.tasks,
    answer: listTasks,
  },
  {
    method: 'GET',
    path: `${A}/runs`,
    scope,
    needs: 'list-runs',
    exists: ({ actions }) => actions.runs !== 'none',
    answer: listRuns,
  },
  {
    method: 'GET',
    path: `${A}/runs/{run}`,
    scope,
    needs: 'read-actions',
    exists: ({ actions }) => actions.runs !== 'none',
    answer: call => withRun(call, run => ok(showRun(call, run))),
  },
  {
    method: 'GET',
    path: `${A}/runs/{run}/jobs`,
    scope,
    needs: 'read-actions',
    exists: ({ actions }) => actions.jobs !== 'none',
    answer: call => withRun(call, run => listJobs(call, jobsOf(call.forge, run))),
  },
  {
    method: 'GET',
    path: `${A}/runs/{run}/attempts/{attempt}/jobs`,
    scope,
    needs: 'read-actions',
    exists: ({ actions }) => actions.attempts,
    answer: call =>
      withRun(call, run =>
        listJobs(
          call,
          call.forge.jobs.filter(
            job => job.runId === run.id && String(job.attempt) === call.at['attempt'],
          ),
        ),
      ),
  },
  {
    method: 'GET',
    path: `${A}/jobs`,
    scope,
    needs: 'list-runs',
    exists: ({ actions }) => actions.jobs === 'gitea',
    answer: call => listJobs(call, call.forge.jobs),
  },
  {
    method: 'GET',
    path: `${A}/jobs/{job}`,
    scope,
    needs: 'read-actions',
    exists: ({ actions }) => actions.jobs === 'gitea',
    answer: readJob,
  },
  {
    method: 'POST',
    path: `${A}/runs/{run}/jobs/{job}/rerun`,
    scope,
    needs: 'write-actions',
    exists: ({ actions }) => actions.rerun,
    answer: rerunOne,
  },
  {
    method: 'POST',
    path: `${A}/runs/{run}/rerun`,
    scope,
    needs: 'write-actions',
    exists: ({ actions }) => actions.rerun,
    answer: call =>
      rerunMany(call, run => {
        rerunRun(call.forge, run)
      }),
  },
  {
    method: 'POST',
    path: `${A}/runs/{run}/rerun-failed-jobs`,
    scope,
    needs: 'write-actions',
    exists: ({ actions }) => actions.rerun,
    answer: call =>
      rerunMany(call, run => {
        rerunFailed(call.forge, run)
      }),
  },
  {
    method: 'POST',
    path: `${A}/runs/{run}/cancel`,
    scope,
    needs: 'write-actions',
    exists: ({ actions }) => actions.cancel,
    answer: call =>
      withRun(call, run => {
        if (!isDone(runStatus(call.forge, run))) cancel(call.forge, run)
        return { status: 204, body: null, headers: {} }
      }),
  },
]

/** Tasks of the whole repository, newest first, no filters (docs/forge-facts.md, 4.2). */
function listTasks(call: Call): Answer {
  const { forge, query } = call
  const rows = [...forge.tasks].sort((a, b) => b.id - a.id)
  const all = forge.profile.tasksNeedPage && query.get('page') === null
  const page = all
    ? { rows, total: rows.length, number: 1, size: Math.max(1, rows.length) }
    : pageOf(rows, query)
  return ok(
    {
      workflow_runs: page.rows.map(task => taskJson(forge, task, call.base)),
      total_count: rows.length,
    },
    headers(call, page),
  )
}

function listRuns(call: Call): Answer {
  const { forge, query, base } = call
  const wanted = statusFilter(call)
  if (wanted === null) return refuse(400, `Invalid status: ${query.get('status') ?? ''}`, base)
  const has = (key: string, value: string) =>
    query.get(key) === null || query.get(key) === '' || query.get(key) === value
  const rows = forge.runs
    .filter(
      run =>
        has('head_sha', run.sha) &&
        has('event', run.shownEvent ?? run.event) &&
        (wanted.length === 0 || wanted.includes(runStatus(forge, run))) &&
        (query.get('branch') === null || run.ref === `refs/heads/${query.get('branch') ?? ''}`) &&
        (forge.profile.family === 'gitea' || has('run_number', String(run.index))),
    )
    .sort((a, b) => b.id - a.id)
  const all = forge.profile.tasksNeedPage && query.get('page') === null
  const page = all
    ? { rows, total: rows.length, number: 1, size: Math.max(1, rows.length) }
    : pageOf(rows, query)
  return ok(
    { workflow_runs: page.rows.map(run => showRun(call, run)), total_count: rows.length },
    headers(call, page),
  )
}

function listJobs(call: Call, jobs: readonly Job[]): Answer {
  const { forge } = call
  if (forge.profile.actions.jobs === 'forgejo')
    return ok(jobs.map(job => forgejoJobJson(forge, job)))
  const wanted = statusFilter(call)
  if (wanted === null)
    return refuse(400, `Invalid status: ${call.query.get('status') ?? ''}`, call.base)
  const rows = jobs.filter(job => wanted.length === 0 || wanted.includes(job.status))
  const page = pageOf(rows, call.query)
  return ok(
    { jobs: page.rows.map(job => jobJson(forge, job, call.base)), total_count: rows.length },
    headers(call, page),
  )
}

/**
 * The internal statuses a `status` filter means; none given is an empty list, an unknown one null.
 * Forgejo takes internal names.
 */
function statusFilter(call: Call): readonly JobStatus[] | null {
  const given = call.query.getAll('status').filter(value => value !== '')
  if (call.forge.profile.family === 'forgejo') return given as JobStatus[]
  const known = given.map(value => STATUS_FILTERS[value])
  return known.includes(undefined) ? null : known.flatMap(statuses => statuses ?? [])
}

function showRun(call: Call, run: Run): Json {
  return call.forge.profile.family === 'forgejo'
    ? forgejoRunJson(call.forge, run, call)
    : runJson(call.forge, run, call)
}

function readJob(call: Call): Answer {
  const job = call.forge.jobs.find(other => String(other.id) === call.at['job'])
  return job === undefined
    ? refuse(404, call.forge.profile.wire.notFound, call.base, null)
    : ok(jobJson(call.forge, job, call.base))
}

function rerunOne(call: Call): Answer {
  return withRun(call, run => {
    const job = jobsOf(call.forge, run).find(other => String(other.id) === call.at['job'])
    if (job === undefined) return refuse(404, call.forge.profile.wire.notFound, call.base, null)
    if (!isDone(runStatus(call.forge, run))) return refuse(400, NOT_DONE, call.base)
    return ok(jobJson(call.forge, rerunJob(call.forge, job), call.base), {}, 201)
  })
}

function rerunMany(call: Call, act: (run: Run) => void): Answer {
  return withRun(call, run => {
    if (!isDone(runStatus(call.forge, run))) return refuse(400, NOT_DONE, call.base)
    act(run)
    return { status: 201, body: null, headers: {} }
  })
}

function withRun(call: Call, act: (run: Run) => Answer): Answer {
  const run = call.forge.runs.find(other => String(other.id) === call.at['run'])
  return run === undefined
    ? refuse(404, call.forge.profile.wire.notFound, call.base, null)
    : act(run)
}

function headers(call: Call, page: Page<unknown>): Record<string, string> {
  return call.forge.profile.actionsPagingHeaders
    ? pagingHeaders(page, call.base + call.path, call.query)
    : {}
}
