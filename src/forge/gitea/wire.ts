import { z } from 'zod'
import type { Pull } from '../../core/model/evidence.js'
import type { JobId, RowId, RunKey } from '../../core/model/ids.js'
import type { Job, JobState, Task } from '../../core/model/job.js'
import type { StatusRow } from '../../core/model/status.js'
import { STATUS_STATES } from '../../core/model/status.js'
import type { Instant } from '../../core/model/time.js'
import { parseInstant } from '../../core/model/time.js'
import { idSchema, lazy } from '../schema.js'

const id = idSchema()
/** A time of the API. */
export const instant = z.string().transform((text, { issues }): Instant => {
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
  z
    .object({
      id: idSchema<RowId>(),
      context: z.string(),
      status: z.enum(STATUS_STATES).catch('unknown'),
      description: z.string().nullish(),
      target_url: z.string().nullish(),
      creator: z.object({ login: z.string() }).nullable().catch({ login: '(unreadable)' }),
      created_at: instant,
    })
    .transform((row): StatusRow => ({
      id: row.id,
      context: row.context,
      state: row.status,
      description: row.description ?? '',
      targetUrl: row.target_url ?? '',
      creator: row.creator === null ? null : row.creator.login,
      createdAt: row.created_at,
    })),
)

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)

const WirePull = lazy(() =>
  z.object({
    number: id,
    title: z.string().catch(''),
    state: z.string(),
    draft: z.boolean().catch(false),
    // Of which branch, for pull requests of one branch stand on one commit; not told of all.
    head: z.object({ sha, ref: z.string().catch(''), repo_id: z.number().catch(-1) }),
    base: z.object({ ref: z.string(), sha: sha.nullable().catch(null) }),
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

/** A job before it has the key by which a target_url names it. */
export type JobRow = Omit<Job, 'key'>

/** A run of Actions, as every server lists it. */
export interface RunRow {
  readonly id: number
  /** Its number in the repository. */
  readonly number: number
  readonly file: string
  readonly event: string
  /** The pull request it ran for; `null` where it does not say. */
  readonly pull: number | null
  readonly sha: string
  readonly completed: boolean
}

const numberIn = (pattern: RegExp, text: string): number | null => {
  const found = pattern.exec(text)?.[1]
  return found === undefined ? null : Number(found)
}

/**
 * A run of Gitea ≥1.25. Its path is `ci.yml@refs/pull/12/head`: the file, and the pull it ran for
 * where the ref names one (docs/forge-facts.md, 4.3).
 */
const WireRun = lazy(() =>
  z
    .object({
      id,
      run_number: id,
      path: z.string(),
      event: z.string(),
      head_sha: z.string(),
      status: z.string(),
    })
    .transform((run): RunRow => ({
      id: run.id,
      number: run.run_number,
      file: run.path.split('@')[0] ?? run.path,
      event: run.event,
      pull: numberIn(/@refs\/pull\/(\d{1,15})\/head$/, run.path),
      sha: run.head_sha,
      completed: run.status === 'completed',
    })),
)

const ENDED: Readonly<Record<string, JobState>> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'cancelled',
  skipped: 'skipped',
}

const jobStateOf = (conclusion: string | null | undefined): JobState =>
  Object.hasOwn(ENDED, conclusion ?? '') ? (ENDED[conclusion ?? ''] ?? 'unknown') : 'unknown'

/** Words of tasks, and of Forgejo's runs and jobs, for what has not ended. */
const OPEN = ['waiting', 'running', 'blocked']

/** A state that one word tells, ended or not. */
const stateOfWord = (word: string): JobState => (OPEN.includes(word) ? 'open' : jobStateOf(word))

/**
 * A run of Forgejo ≥12: names of its own, one `status` of the internal names, no conclusion
 * (docs/forge-facts.md, 4.4).
 */
const WireForgejoRun = lazy(() =>
  z
    .object({
      id,
      index_in_repo: id,
      workflow_id: z.string(),
      prettyref: z.string(),
      commit_sha: z.string(),
      trigger_event: z.string(),
      status: z.string(),
    })
    .transform((run): RunRow => ({
      id: run.id,
      number: run.index_in_repo,
      file: run.workflow_id,
      event: run.trigger_event,
      pull: numberIn(/^#(\d{1,15})$/, run.prettyref),
      sha: run.commit_sha,
      completed: Object.hasOwn(ENDED, run.status),
    })),
)

/** A job of Forgejo ≥16 (docs/forge-facts.md, 4.4). */
const WireForgejoJob = lazy(() =>
  z
    .object({
      id: idSchema<JobId>(),
      name: z.string(),
      status: z.string(),
      attempt: z.number().int().nonnegative().nullable().catch(null),
    })
    .transform((job): JobRow => ({
      id: job.id,
      name: job.name,
      attempt: job.attempt,
      state: stateOfWord(job.status),
    })),
)

/**
 * A job row. Anything not `completed` is open; a conclusion nobody knows is `unknown` (
 * docs/forge-facts.md, 4.3).
 */
const WireJob = lazy(() =>
  z
    .object({
      id: idSchema<JobId>(),
      name: z.string(),
      status: z.string(),
      conclusion: z.string().nullish(),
      run_attempt: z.number().int().nonnegative().nullable().catch(null),
      completed_at: instant.nullish().catch(null),
    })
    .transform((job): JobRow => ({
      id: job.id,
      name: job.name,
      attempt: job.run_attempt,
      state: job.status === 'completed' ? jobStateOf(job.conclusion) : 'open',
      // A time that is not set is the first of 1970 (docs/forge-facts.md, 4.3).
      ...(job.completed_at == null || job.completed_at === 0 ? {} : { endedAt: job.completed_at }),
    })),
)

/**
 * A task row: one field `status`, no conclusion; `head_branch` of a pull's run is `#N` (
 * docs/forge-facts.md, 4.2).
 */
const WireTask = lazy(() =>
  z
    .object({
      id,
      name: z.string(),
      head_branch: z.string(),
      head_sha: z.string(),
      run_number: idSchema<RunKey>(),
      event: z.string(),
      status: z.string(),
      workflow_id: z.string(),
      created_at: instant,
    })
    .transform((task): Omit<Task, 'suffix'> & { readonly event: string } => ({
      id: task.id,
      run: task.run_number,
      name: task.name,
      file: task.workflow_id,
      event: task.event,
      pull: numberIn(/^#(\d{1,15})$/, task.head_branch),
      sha: task.head_sha,
      state: task.status === 'cancelling' ? 'open' : stateOfWord(task.status),
      createdAt: task.created_at,
    })),
)

export type PullRow = z.infer<ReturnType<typeof WirePull>>

export const rowSchemas = {
  status: WireStatus,
  pull: WirePull,
  pullIssue: WirePullIssue,
  ref: WireRef,
  run: WireRun,
  job: WireJob,
  forgejoRun: WireForgejoRun,
  forgejoJob: WireForgejoJob,
  task: WireTask,
} as const

export function toPull({ number, title, head, base, draft }: PullRow): Pull {
  return { number, title, head: head.sha, base: base.ref, baseSha: base.sha, draft }
}
