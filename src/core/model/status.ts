import type { JobKey, RowId, RunKey } from './ids.js'
import type { Duration, Instant } from './time.js'
import { minutes } from './time.js'
import type { Marker } from './marker.js'

/**
 * The states a server may answer; whatever else it says is `unknown`, which is never green
 * (docs/forge-facts.md, 1.1, 2.2).
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
 * there is (docs/forge-facts.md, 1.2).
 */
export interface StatusRow {
  readonly id: RowId
  readonly context: string
  readonly state: StatusState
  readonly description: string
  readonly targetUrl: string
  /**
   * Login of the writer; `null` for Actions and for any workflow's own token (docs/forge-facts.md,
   * 1.2).
   */
  readonly creator: string | null
  readonly createdAt: Instant
}

/** What an Actions description says of its job (docs/forge-facts.md, 2.2). */
export type JobPhase = 'waiting' | 'blocked' | 'running' | JobConclusion

/** How a job may have ended. */
export type JobConclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

/** Who wrote a row. A row that only looks like Actions' in part is foreign. */
export type Author =
  | {
      readonly kind: 'actions'
      readonly run: RunKey
      readonly job: JobKey
      readonly phase: JobPhase
      readonly took: Duration | null
    }
  | { readonly kind: 'us'; readonly mark: Marker }
  | { readonly kind: 'foreign' }

/** A row whose author an adapter has established: nothing above it asks again who wrote it. */
export interface SignedRow extends StatusRow {
  readonly author: Author
  /** Of a run that has no such job: a mistake of the server, neither proof nor veto. */
  readonly phantom: boolean
}

/**
 * Red on a merge gate: the states that close it for good. `warning` closes Gitea ≤1.24 (
 * docs/forge-facts.md, 6).
 */
export function isRed(state: StatusState): boolean {
  return state === 'failure' || state === 'error' || state === 'warning'
}

/** Green on a merge gate. */
export function isGreen(state: StatusState): boolean {
  return state === 'success' || state === 'skipped'
}

/** A job that has ended, whatever its result. */
export function isFinal(phase: JobPhase): phase is JobConclusion {
  return phase === 'success' || phase === 'failure' || phase === 'cancelled' || phase === 'skipped'
}

/**
 * From this age on a failure may be the server's own clean-up of a lost task, which re-posts
 * nothing (docs/forge-facts.md, 3 M7).
 */
export const ZOMBIE_AFTER = minutes(10)

/** Newest first, by row id: the only order in which rows may be read. */
export function newestFirst<Row extends { readonly id: number }>(
  rows: readonly Row[],
): readonly Row[] {
  return [...rows].sort((a, b) => b.id - a.id)
}

/** How a status is named in a sentence: GraphQL tells the newest of a context without its id. */
export const statusName = ({ id }: Pick<SignedRow, 'id'>): string =>
  Number(id) === 0 ? 'a status' : `status ${id}`
