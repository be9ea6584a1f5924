import type { JobKey, RunKey } from '../../core/model/ids.js'
import { asJobKey } from '../../core/model/ids.js'
import type { EventSuffix, Job, Run } from '../../core/model/job.js'
import { readMarker } from '../../core/model/marker.js'
import type { Author, JobPhase, SignedRow, StatusRow } from '../../core/model/status.js'
import type { Duration } from '../../core/model/time.js'
import { parseGoDuration } from '../../core/model/time.js'

/**
 * Which list of descriptions a server writes: Gitea ≤1.26 and Forgejo, or Gitea ≥1.27 (
 * docs/forge-facts.md, 2.2).
 */
export type DescriptionDialect = 'classic' | 'gitea-1.27'

/**
 * How a server version writes the rows of its Actions: what must be known to tell whose they are.
 */
export interface Dialect {
  readonly descriptions: DescriptionDialect
  /**
   * What J of a target_url is: the job's place in its run, or its id (docs/forge-facts.md, 2.6).
   */
  readonly jobInTargetUrl: 'position' | 'id'
  /**
   * 1.26.0–1.26.4 may post rows of another run's jobs under this run's link (docs/forge-facts.md,
   * 3, regression).
   */
  readonly postsPhantomRows: boolean
  /**
   * Gitea ≤1.23 and Forgejo: the list of pull requests names the tip of each branch; elsewhere
   * what the base repository knows of it, which can lag (docs/forge-facts.md, 7).
   */
  readonly listsTips: boolean
  /** The list of pull requests costs the server 16 ms for each (docs/forge-facts.md, 12). */
  readonly dearPullList: boolean
}

const PENDING: Readonly<Record<DescriptionDialect, Readonly<Record<string, JobPhase>>>> = {
  classic: {
    'Waiting to run': 'waiting',
    'Blocked by required conditions': 'blocked',
    'Has started running': 'running',
  },
  'gitea-1.27': {
    'Waiting to run': 'waiting',
    'Blocked by required conditions': 'blocked',
    'Has started running': 'running',
    'Waiting for needed jobs': 'blocked',
    'In progress': 'running',
    Canceling: 'running',
  },
}

/**
 * The words of an Actions row, or `null` when state and description are not a pair this server
 * writes (docs/forge-facts.md, 2.2).
 */
function phaseOf(
  row: StatusRow,
  dialect: DescriptionDialect,
): { phase: JobPhase; took: Duration | null } | null {
  const { description, state } = row
  const pending = Object.hasOwn(PENDING[dialect], description)
    ? PENDING[dialect][description]
    : undefined
  if (pending !== undefined) return state === 'pending' ? { phase: pending, took: null } : null
  if (description === 'Has been cancelled')
    return state === 'failure' ? { phase: 'cancelled', took: null } : null
  if (description === 'Has been skipped')
    return state === 'success' || state === 'skipped' ? { phase: 'skipped', took: null } : null
  if (dialect === 'gitea-1.27' && description === 'Skipped')
    return state === 'skipped' ? { phase: 'skipped', took: null } : null
  const timed = /^(Successful in|Failing after|Canceled after) (\S+)$/.exec(description)
  const took = parseGoDuration(timed?.[2] ?? '')
  if (took === null) return null
  if (timed?.[1] === 'Successful in') return state === 'success' ? { phase: 'success', took } : null
  if (timed?.[1] === 'Failing after') return state === 'failure' ? { phase: 'failure', took } : null
  return dialect === 'gitea-1.27' && state === 'failure' ? { phase: 'cancelled', took } : null
}

/**
 * Who wrote this row. Actions' own: no creator, a target ending in `/actions/runs/<R>/jobs/<J>`,
 * and a description of that server's list; each mark alone can be echoed or forged by another
 * reaper (docs/forge-facts.md, 1.2, 2.6).
 */
export function authorOf(row: StatusRow, dialect: DescriptionDialect): Author {
  const mark = readMarker(row.description)
  if (mark !== null) return { kind: 'us', mark }
  if (row.creator !== null) return { kind: 'foreign' }
  const target = /\/actions\/runs\/(\d{1,15})\/jobs\/(\d{1,15})$/.exec(row.targetUrl)
  const said = phaseOf(row, dialect)
  if (target === null || said === null) return { kind: 'foreign' }
  return {
    kind: 'actions',
    run: Number(target[1]) as RunKey,
    job: Number(target[2]) as JobKey,
    ...said,
  }
}

/**
 * The rows with their authors. A row of a run that has no such job is a phantom: nobody's, though
 * all three marks fit (docs/forge-facts.md, 3, regression of 1.26.0).
 */
export function signedRows(
  rows: readonly StatusRow[],
  runs: readonly Run[],
  { descriptions, postsPhantomRows }: Dialect,
): readonly SignedRow[] {
  const jobs = new Map(runs.map(run => [run.key, new Set(run.jobs.map(({ key }) => key))]))
  return rows.map((row): SignedRow => {
    const author = authorOf(row, descriptions)
    const known = author.kind === 'actions' ? jobs.get(author.run)?.has(author.job) : undefined
    const phantom = postsPhantomRows && known === false
    const { id, context, state, description, targetUrl, creator, createdAt } = row
    const by: Author = phantom ? { kind: 'foreign' } : author
    return { id, context, state, description, targetUrl, creator, createdAt, author: by, phantom }
  })
}

/** The jobs of a run, each with the key by which a target_url of it names them. */
export function keyed(
  jobs: readonly Omit<Job, 'key'>[],
  { jobInTargetUrl }: Dialect,
): readonly Job[] {
  const byId = [...jobs].sort((a, b) => a.id - b.id)
  return byId.map((job, position) => ({
    ...job,
    key: asJobKey(jobInTargetUrl === 'id' ? job.id : position),
  }))
}

/**
 * Events of which Actions never writes a context that ends in ` (pull_request)` (
 * docs/forge-facts.md, 2.1): a closed list, for an event that is not known may write any.
 */
const NEVER_OF_A_PULL: ReadonlySet<string> = new Set([
  'schedule',
  'workflow_dispatch',
  'workflow_run',
  'workflow_call',
  'repository_dispatch',
  'create',
  'delete',
  'fork',
  'gollum',
  'wiki',
  'issues',
  'issue_assign',
  'issue_label',
  'issue_milestone',
  'issue_comment',
  'registry_package',
  'package',
])

/**
 * The suffix a run's event writes, or `null` when it writes none. Gitea 1.25 names the webhook
 * (`pull_request_sync`, `pull_request_label`); all of them write `(pull_request)`. Without
 * `targetSuffix` (Gitea ≤1.22, Forgejo ≤8) `pull_request_target` does too (docs/forge-facts.md,
 * 2.1, 4.3).
 */
export function suffixOfEvent(event: string, targetSuffix: boolean): EventSuffix {
  if (event.startsWith('pull_request_target'))
    return targetSuffix ? ' (pull_request_target)' : ' (pull_request)'
  if (event.startsWith('pull_request_review') && event !== 'pull_request_review_request')
    return ` (${event})`
  if (event.startsWith('pull_request')) return ' (pull_request)'
  if (event === 'push' || event === 'release') return ` (${event})`
  return NEVER_OF_A_PULL.has(event) ? null : { unknownEvent: event }
}
