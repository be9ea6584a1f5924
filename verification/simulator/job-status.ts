import { goDuration } from './clock.js'
import { globOf } from './glob.js'
import type { JobStatus } from './profile.js'
import type { ForgeState, Job, Run, StatusRow } from './state.js'
import { ACTIONS_USER } from './state.js'
import { latestRows, writeRow } from './statuses.js'
import { WORDS } from './words.js'

/**
 * A job as some writer saw it, which may be older than the job is now (docs/forge-facts.md, 3 M2).
 */
export interface SeenJob {
  readonly id: number
  readonly status: JobStatus
  readonly started: number
  readonly stopped: number
}

/**
 * The context of a job's row: `{workflow} / {job} ({event})` (services/actions/commit_status.go
 * v1.22.6:77-81).
 */
export function contextOf(
  forge: ForgeState,
  run: Pick<Run, 'workflow' | 'file' | 'event'>,
  job: Pick<Job, 'name'>,
): string {
  const workflow =
    run.workflow !== '' || forge.profile.unnamedWorkflow === 'empty' ? run.workflow : run.file
  return `${workflow} / ${job.name} (${suffixOf(forge, run)})`.trim()
}

/**
 * Post one job's row unless the server would skip it; answers the row written, if any (
 * docs/forge-facts.md, 2.3, 2.5).
 */
export function postJob(forge: ForgeState, run: Run, job: Job, seen: SeenJob): StatusRow | null {
  if (!postsRows(forge, run)) return null
  const context = contextOf(forge, run, job)
  const latest = latestRows(forge, run.statusSha)
  const hash = hashFor(forge, run, context, latest)
  const draft = {
    context,
    hash,
    creator: ACTIONS_USER,
    state: stateOf(forge, seen.status),
    description: describe(forge, seen),
    targetUrl: targetUrlOf(forge, run, job),
  }
  if (latest.every(row => row.context !== context) && isUnasked(forge, context, seen)) return null
  const blind = run.workflow === '' && forge.profile.unnamedFloods
  const known = blind ? undefined : latest.find(row => row.hash === hash)
  return known !== undefined && isEqual(forge, known, draft)
    ? null
    : writeRow(forge, run.statusSha, draft)
}

/** A pending job that no merge requires writes no first row there (docs/forge-facts.md, 11). */
function isUnasked({ profile, protections }: ForgeState, context: string, seen: SeenJob): boolean {
  const pending = seen.status === 'waiting' || seen.status === 'blocked'
  return (
    pending &&
    profile.firstRow === 'required' &&
    !protections.some(({ contexts }) => contexts.some(name => globOf(name)?.test(context)))
  )
}

/**
 * Relative link of a job (docs/forge-facts.md, 2.6); J is the job's position in its run, or its id.
 */
export function targetUrlOf(forge: ForgeState, run: Run, job: Job): string {
  const { owner, name } = forge.repository
  const position = forge.jobs
    .filter(other => other.runId === job.runId && other.attempt === job.attempt)
    .findIndex(other => other.id === job.id)
  const [r, j] = forge.profile.targetUrl === 'id/id' ? [run.id, job.id] : [run.index, position]
  return `/${owner}/${name}/actions/runs/${r}/jobs/${j}`
}

/**
 * The hash an Actions row is stored under: the context's, or workflow-keyed with adoption of a
 * legacy row (v1.27.0:250-293).
 */
function hashFor(
  forge: ForgeState,
  run: Run,
  context: string,
  latest: readonly StatusRow[],
): string {
  if (forge.profile.hash === 'context') return context
  const legacy = latest.some(row => row.hash === context && row.context === context)
  return legacy ? context : workflowHash(context, run.file)
}

/** Key of an Actions row from 1.27 on; the servers store its SHA-1. */
export function workflowHash(context: string, file: string): string {
  return `${context}\u0000${file}`
}

function suffixOf(forge: ForgeState, run: Pick<Run, 'event'>): string {
  return run.event === 'pull_request_target' && !forge.profile.targetSuffix
    ? 'pull_request'
    : run.event
}

function postsRows(forge: ForgeState, run: Run): boolean {
  if (run.hookEvent === 'pull_request_label' && !forge.profile.labelEventsPost) return false
  return ['push', 'pull_request', 'pull_request_target', 'release'].includes(run.event)
}

/** The row's state for a job's status (docs/forge-facts.md, 2.2). */
function stateOf(forge: ForgeState, status: JobStatus): string {
  switch (status) {
    case 'success':
      return 'success'
    case 'skipped':
      return forge.profile.skippedState
    case 'failure':
    case 'cancelled':
      return 'failure'
    case 'waiting':
    case 'blocked':
    case 'running':
      return 'pending'
    default:
      return status satisfies never
  }
}

function describe(forge: ForgeState, seen: SeenJob): string {
  const words = WORDS[forge.profile.words][seen.status]
  return words.endsWith(' ')
    ? words + goDuration(seen.started === 0 ? 0 : seen.stopped - seen.started)
    : words
}

function isEqual(
  forge: ForgeState,
  row: StatusRow,
  draft: { state: string; description: string; targetUrl: string },
): boolean {
  if (row.state !== draft.state) return false
  if (forge.profile.dedupe === 'state') return true
  if (row.description !== draft.description) return false
  return forge.profile.dedupe === 'state+description' || row.targetUrl === draft.targetUrl
}
