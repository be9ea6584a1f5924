import type { StatusPost } from '../../src/core/plan/remedy.js'
import type { ForgeErrorCode } from '../../src/forge/port.js'

/** A call for who stands on the head, or for where a base stands. */
export type AroundRequest =
  | { readonly kind: 'openPulls' | 'pullsOn' | 'refs' }
  | { readonly kind: 'pull'; readonly number: number }
  | { readonly kind: 'commitOf'; readonly branch: string }

/** One call of the port that waits for the forge. */
export type Request =
  | AroundRequest
  | { readonly kind: 'latestRows' | 'runs' | 'tasks' | 'failedHeads' }
  | { readonly kind: 'jobs'; readonly run: number }
  | { readonly kind: 'history'; readonly above: number }
  | { readonly kind: 'post'; readonly post: StatusPost }
  | { readonly kind: 'rerun'; readonly run: number; readonly job: number; readonly whole: boolean }
/** What the forge said: a value, or an error of the port. */
export type Answer = { readonly value: unknown } | { readonly error: ForgeErrorCode }

/**
 * Which organ of the real code is taken away. `null`: none, this is the real client. `one-list`
 * lists the pulls once and takes a run of a pull it did not list for nobody's; `blind-list` never
 * sees a pull that was opened later, but still asks each run whose it is. Of a re-run: `newer-run`
 * takes the first run's word whatever runs beside it, `one-job` runs everything again, `once` sends
 * the request again after an answer that was an error. `closed-pulls` asks only for open pulls;
 * `own-verdict` takes green needs for a proof; `look-around` asks nothing of pulls and bases behind
 * its write.
 */
export type Missing =
  | 'history'
  | 'second-look'
  | 'read-back'
  | 'one-list'
  | 'blind-list'
  | 'newer-run'
  | 'one-job'
  | 'once'
  | 'closed-pulls'
  | 'own-verdict'
  | 'look-around'
  | null

/** How a request is asked of whoever plays the forge. */
export type Ask = (request: Request) => Promise<unknown>
