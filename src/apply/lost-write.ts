import type { Outcome } from '../core/plan/outcome.js'
import type { StatusPost } from '../core/plan/remedy.js'
import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import type { SignedRow } from '../core/model/status.js'
import type { ForgeError } from '../forge/port.js'
import type { RepairDependencies } from './dependencies.js'
import { rowsSince } from './look-back.js'

/** A write whose answer was lost may land this much later (milliseconds). */
export const LOST_DEADLINE = 10_000
/** Pauses between looks for it (milliseconds); the last one repeats. */
const PAUSES = [250, 750, 1500, 2500] as const

/**
 * Looks for a row of ours whose answer was lost. A gateway that gives up does not end what it
 * passed on, so that the row may come later. What is not there by then may still come: that is not
 * known.
 */
export async function findLost(
  { forge, clock }: RepairDependencies,
  post: StatusPost,
  mark: number,
  lost: ForgeError,
): Promise<Result<SignedRow, Outcome>> {
  const began = clock.now()
  const sought = { sha: post.sha, mark, counted: new Set([post.context]) }
  for (let look = 0; ; look += 1) {
    const rows = await rowsSince(forge, sought)
    const isOurs = ({ description, context }: SignedRow): boolean =>
      description === post.description && context === post.context
    const ours = rows.ok ? rows.value.find(isOurs) : undefined
    if (ours !== undefined) return success(ours)
    const left = began + LOST_DEADLINE - clock.now()
    if (left <= 0) return failure(unconfirmed(post, lostDetail(lost, rows)))
    await clock.sleep(Math.min(PAUSES[look] ?? PAUSES[3], left))
  }
}

const lostDetail = ({ message }: ForgeError, rows: Result<readonly SignedRow[]>): string =>
  `the answer to the write was lost (${message}), and whether it was carried out is not known: ` +
  (rows.ok
    ? `after ${LOST_DEADLINE / 1000}s it is not in the history`
    : `the history cannot be read: ${rows.why}`) +
  '; the next sweep looks for it'

/** A write of which it is not known whether it stands. */
export function unconfirmed(posted: StatusPost, detail: string): Outcome {
  return { code: 'unconfirmed', detail, posted, gate: null, postsCannotWin: false }
}
