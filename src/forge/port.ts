import type { Gap, Pull, WorkflowFolder } from '../core/model/evidence.js'
import type { Run, Task } from '../core/model/job.js'
import type { StatusPost } from '../core/acting/remedy.js'
import type { Server } from '../core/model/server.js'
import type { StatusRow } from '../core/model/status.js'
import type { Instant } from '../core/model/time.js'

/** What can go wrong between us and a forge: a closed list. Callers match codes, never text. */
export const FORGE_ERRORS = [
  'unauthorized',
  'forbidden',
  'not-found',
  'redirected',
  'rejected',
  'server-error',
  'unreachable',
  'timeout',
  'not-json',
  'unexpected-shape',
  'out-of-time',
] as const
export type ForgeErrorCode = (typeof FORGE_ERRORS)[number]

/** The only error class. Its message never holds the token, and server text in it is cut short. */
export class ForgeError extends Error {
  override readonly name = 'ForgeError'
  readonly code: ForgeErrorCode
  constructor(code: ForgeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * May the write behind this error have happened all the same? A 5xx may have committed the row
 * (forge-facts §1.1).
 */
export function mayHaveWritten(code: ForgeErrorCode): boolean {
  return (
    code === 'server-error' ||
    code === 'timeout' ||
    code === 'unreachable' ||
    code === 'not-json' ||
    code === 'unexpected-shape'
  )
}

/** What a read found, by which clock, and what it could not find. */
export interface Reading<T> {
  readonly value: T
  readonly gaps: readonly Gap[]
  /** The server's `Date`; `null` when it sent none. */
  readonly at: Instant | null
}

/** The open pull requests of a repository and the branch its schedules run on. */
export interface OpenPulls {
  readonly pulls: readonly Pull[]
  /** `null` when there is no open pull to tell it. */
  readonly defaultBranch: string | null
}

/** A pull request as it is now: open or not, and where its head stands. */
export interface PullNow {
  readonly open: boolean
  readonly head: string
}

/**
 * What a sweep asks of a forge. Every function throws `ForgeError` when the answer cannot be had.
 */
export interface Forge {
  readonly server: Server
  openPulls(): Promise<OpenPulls>
  pull(number: number): Promise<PullNow>
  /** The newest row of every context of a SHA, complete or with a gap (forge-facts §1.3). */
  latestRows(sha: string): Promise<Reading<readonly StatusRow[]>>
  /**
   * The rows above id `above`, newest first by id; 0 reads the whole history (forge-facts §1.4).
   */
  history(sha: string, above: number): Promise<Reading<readonly StatusRow[]>>
  /** Every run on a SHA with its jobs. Only on grade `jobs`. */
  runs(sha: string): Promise<Reading<readonly Run[]>>
  /** Task rows newest first, until older than `since`. Only on grade `tasks`. */
  tasks(since: Instant): Promise<Reading<readonly Task[]>>
  /**
   * SHAs of the newest failed and cancelled runs of an event: where a false green may stand. Only
   * on grade `jobs`.
   */
  failedHeads(event: string): Promise<Reading<readonly string[]>>
  workflows(ref: string): Promise<WorkflowFolder>
  /** Posts one commit status, once. */
  post(status: StatusPost): Promise<StatusRow>
}
