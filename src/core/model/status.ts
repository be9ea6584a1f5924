import type { Duration, Instant } from './time.js'
import { minutes, parseGoDuration } from './time.js'
import type { Marker } from './marker.js'
import { readMarker } from './marker.js'

/**
 * The states a server may answer; whatever else it says is `unknown`, which is never green
 * (forge-facts §1.1, §2.2).
 */
export const STATUS_STATES = [
  'pending',
  'success',
  'error',
  'failure',
  'warning',
  'skipped',
  'unknown',
] as const
export type StatusState = (typeof STATUS_STATES)[number]

/**
 * One commit status, one row. `id` is the order of writing per repository and SHA: the only order
 * there is (forge-facts §1.2).
 */
export interface StatusRow {
  readonly id: number
  readonly context: string
  readonly state: StatusState
  readonly description: string
  readonly targetUrl: string
  /**
   * Login of the writer; `null` for Actions and for any workflow's own token (forge-facts §1.2).
   */
  readonly creator: string | null
  readonly createdAt: Instant
}

/** What an Actions description says of its job (forge-facts §2.2). */
export type JobWord = 'waiting' | 'blocked' | 'running' | FinalWord

/** How a job may have ended. */
export type FinalWord = 'success' | 'failure' | 'cancelled' | 'skipped'

/**
 * Which list of descriptions a server writes: Gitea ≤1.26 and Forgejo, or Gitea ≥1.27 (forge-facts
 * §2.2).
 */
export type DescriptionDialect = 'classic' | 'gitea-1.27'

/**
 * Who wrote a row (design §4, "Whose row"). A row that only looks like Actions' in part is a
 * stranger's.
 */
export type Author =
  | {
      readonly kind: 'actions'
      readonly run: number
      readonly job: number
      readonly word: JobWord
      readonly took: Duration | null
    }
  | { readonly kind: 'us'; readonly mark: Marker }
  | { readonly kind: 'outside' }

/** A row together with its author. */
export interface AuthoredRow extends StatusRow {
  readonly author: Author
}

const PENDING: Readonly<Record<DescriptionDialect, Readonly<Record<string, JobWord>>>> = {
  classic: {
    'Waiting to run': 'waiting',
    'Blocked by required conditions': 'blocked',
    'Has started running': 'running',
  },
  'gitea-1.27': {
    'Waiting to run': 'waiting',
    'Blocked by required conditions': 'blocked',
    'Has started running': 'running',
    'In progress': 'running',
    Canceling: 'running',
  },
}

/**
 * The words of an Actions row, or `null` when state and description are not a pair this server
 * writes (forge-facts §2.2).
 */
function wordOf(
  row: StatusRow,
  dialect: DescriptionDialect,
): { word: JobWord; took: Duration | null } | null {
  const { description, state } = row
  const pending = Object.hasOwn(PENDING[dialect], description)
    ? PENDING[dialect][description]
    : undefined
  if (pending !== undefined) return state === 'pending' ? { word: pending, took: null } : null
  if (description === 'Has been cancelled')
    return state === 'failure' ? { word: 'cancelled', took: null } : null
  if (description === 'Has been skipped')
    return state === 'success' || state === 'skipped' ? { word: 'skipped', took: null } : null
  if (dialect === 'gitea-1.27' && description === 'Skipped')
    return state === 'skipped' ? { word: 'skipped', took: null } : null
  const timed = /^(Successful in|Failing after|Canceled after) (\S+)$/.exec(description)
  const took = parseGoDuration(timed?.[2] ?? '')
  if (took === null) return null
  if (timed?.[1] === 'Successful in') return state === 'success' ? { word: 'success', took } : null
  if (timed?.[1] === 'Failing after') return state === 'failure' ? { word: 'failure', took } : null
  return dialect === 'gitea-1.27' && state === 'failure' ? { word: 'cancelled', took } : null
}

/**
 * Who wrote this row. Actions' own: no creator, a target ending in `/actions/runs/<R>/jobs/<J>`,
 * and a description of that server's list; each mark alone can be echoed or forged by another
 * reaper (design §4; forge-facts §1.2, §2.6).
 */
export function authorOf(row: StatusRow, dialect: DescriptionDialect): Author {
  const mark = readMarker(row.description)
  if (mark !== null) return { kind: 'us', mark }
  if (row.creator !== null) return { kind: 'outside' }
  const target = /\/actions\/runs\/(\d{1,15})\/jobs\/(\d{1,15})$/.exec(row.targetUrl)
  const said = wordOf(row, dialect)
  if (target === null || said === null) return { kind: 'outside' }
  return { kind: 'actions', run: Number(target[1]), job: Number(target[2]), ...said }
}

/**
 * Red on a merge gate: the states that close it for good. `warning` closes Gitea ≤1.24 (forge-facts
 * §6).
 */
export function isRed(state: StatusState): boolean {
  return state === 'failure' || state === 'error' || state === 'warning'
}

/** Green on a merge gate. */
export function isGreen(state: StatusState): boolean {
  return state === 'success' || state === 'skipped'
}

/** A job that has ended, whatever its result. */
export function isFinal(word: JobWord): word is FinalWord {
  return word === 'success' || word === 'failure' || word === 'cancelled' || word === 'skipped'
}

/**
 * From this age on a failure may be the server's own clean-up of a lost task, which re-posts
 * nothing (forge-facts §3 M7).
 */
export const ZOMBIE_AFTER = minutes(10)

/** Newest first, by row id: the only order in which rows may be read. */
export function newestFirst<Row extends { readonly id: number }>(
  rows: readonly Row[],
): readonly Row[] {
  return [...rows].sort((a, b) => b.id - a.id)
}
