import { z } from 'zod'
import type { Pull } from '../../core/model/evidence.js'
import { asJobId, asRowId, asRunKey } from '../../core/model/ids.js'
import type { Job, JobState, Task } from '../../core/model/job.js'
import type { StatusRow } from '../../core/model/status.js'
import { STATUS_STATES } from '../../core/model/status.js'
import type { Instant } from '../../core/model/time.js'
import { parseInstant } from '../../core/model/time.js'
import { lazy, transformed } from '../shape.js'

const id = z.number().int().positive()
/** A time of the API. */
export const instant = transformed(z.string(), (text, issues): Instant => {
  const at = parseInstant(text)
  if (at !== null) return at
  issues.push({ code: 'custom', message: 'is no time', input: text })
  return z.NEVER
})

/**
 * A status object. Gitea reads `state` and answers `status`; `id` is the per-SHA row index; Actions
 * rows have `creator: null`. A creator that is absent is not `null`: nobody knows who wrote that
 * row, so it is nobody's of Actions (services/convert/status.go; docs/forge-facts.md, 1.2).
 */
const WireStatus = lazy(() =>
  transformed(
    z.object({
      id,
      context: z.string(),
      status: z.enum(STATUS_STATES).catch('unknown'),
      description: z.string().nullish(),
      target_url: z.string().nullish(),
      creator: z.object({ login: z.string() }).nullable().catch({ login: '(unreadable)' }),
      created_at: instant,
    }),
    (row): StatusRow => ({
      id: asRowId(row.id),
      context: row.context,
      state: row.status,
      description: row.description ?? '',
      targetUrl: row.target_url ?? '',
      creator: row.creator === null ? null : row.creator.login,
      createdAt: row.created_at,
    }),
  ),
)

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)

const WirePull = lazy(() =>
  z.object({
    number: id,
    title: z.string().catch(''),
    state: z.string(),
    draft: z.boolean().catch(false),
    head: z.object({ sha }),
    base: z.object({ ref: z.string(), sha: sha.catch('') }),
  }),
)

/** A pull request in a list of issues, which carries no head (docs/forge-facts.md, 11). */
const WirePullIssue = lazy(() =>
  z.object({
    number: id,
    title: z.string().catch(''),
    state: z.string(),
    pull_request: z.object({ draft: z.boolean().catch(false) }),
  }),
)

const WireRef = lazy(() =>
  z.object({ ref: z.string(), object: z.object({ type: z.string(), sha }) }),
)

const WireRun = lazy(() =>
  z.object({
    id,
    run_number: id,
    path: z.string(),
    event: z.string(),
    head_sha: z.string(),
    status: z.string(),
  }),
)

const ENDED: Readonly<Record<string, JobState>> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'cancelled',
  skipped: 'skipped',
}
const stateOf = (conclusion: string | null | undefined): JobState =>
  Object.hasOwn(ENDED, conclusion ?? '') ? (ENDED[conclusion ?? ''] ?? 'unknown') : 'unknown'

/**
 * A job row. Anything not `completed` is open; a conclusion nobody knows is `unknown` (
 * docs/forge-facts.md, 4.3).
 */
const WireJob = lazy(() =>
  transformed(
    z.object({
      id,
      name: z.string(),
      status: z.string(),
      conclusion: z.string().nullish(),
      run_attempt: z.number().int().nonnegative().nullable().catch(null),
    }),
    (job): Omit<Job, 'key'> => ({
      id: asJobId(job.id),
      name: job.name,
      attempt: job.run_attempt,
      state: job.status === 'completed' ? stateOf(job.conclusion) : 'open',
    }),
  ),
)

/**
 * A task row: one field `status`, no conclusion; `head_branch` of a pull's run is `#N` (
 * docs/forge-facts.md, 4.2).
 */
const WireTask = lazy(() =>
  transformed(
    z.object({
      id,
      name: z.string(),
      head_branch: z.string(),
      head_sha: z.string(),
      run_number: id,
      event: z.string(),
      status: z.string(),
      workflow_id: z.string(),
      created_at: instant,
    }),
    (task): Omit<Task, 'suffix'> & { readonly event: string } => ({
      id: task.id,
      run: asRunKey(task.run_number),
      name: task.name,
      file: task.workflow_id,
      event: task.event,
      pull: /^#\d{1,15}$/.test(task.head_branch) ? Number(task.head_branch.slice(1)) : null,
      sha: task.head_sha,
      state: ['waiting', 'running', 'blocked', 'cancelling'].includes(task.status)
        ? 'open'
        : stateOf(task.status),
      createdAt: task.created_at,
    }),
  ),
)

export type RunRow = z.infer<ReturnType<typeof WireRun>>
export type PullRow = z.infer<ReturnType<typeof WirePull>>

export const rowSchemas = {
  status: WireStatus,
  pull: WirePull,
  pullIssue: WirePullIssue,
  ref: WireRef,
  run: WireRun,
  job: WireJob,
  task: WireTask,
} as const

/**
 * `ci.yml@refs/pull/12/head`: the file, and the pull it ran for where the ref names one
 * (docs/forge-facts.md, 4.3).
 */
export function readRunPath(path: string): { readonly file: string; readonly pull: number | null } {
  const pull = /@refs\/pull\/(\d{1,15})\/head$/.exec(path)?.[1]
  return { file: path.split('@')[0] ?? path, pull: pull === undefined ? null : Number(pull) }
}

/** `one` may answer an equal text that is kept anyway. */
export function toPull(row: PullRow, one = (text: string): string => text): Pull {
  return {
    number: row.number,
    title: row.title,
    head: row.head.sha,
    base: one(row.base.ref),
    baseSha: one(row.base.sha),
    draft: row.draft,
  }
}
