import type { Writer } from '../core/plan/compensation.js'
import { describeUndo } from '../core/plan/compensation.js'
import type { Outcome } from '../core/plan/outcome.js'
import type { StatusPost } from '../core/plan/remedy.js'
import type { Withdrawal } from '../core/plan/withdrawal.js'
import { closingOf } from '../core/plan/withdrawal.js'
import type { Evidence } from '../core/model/evidence.js'
import { asRowId, asRunKey } from '../core/model/ids.js'
import { readMarker } from '../core/model/marker.js'
import type { Result } from '../core/model/result.js'
import { failure } from '../core/model/result.js'
import type { SignedRow, StatusRow } from '../core/model/status.js'
import { newestFirst } from '../core/model/status.js'
import { mayHaveWritten } from '../forge/port.js'
import { attempt } from '../forge/reading.js'
import type { RepairDependencies } from './dependencies.js'
import { rowsSince } from './look-back.js'
import { findLost } from './lost-write.js'

/** A success of ours that is taken back. */
interface Undo {
  /** What is written in its place. */
  readonly undo: StatusPost
  /** The row of the success. */
  readonly row: number
  readonly why: string
  /** The write that the outcome speaks of. */
  readonly posted: StatusPost
}

/**
 * The write that takes a success of ours back. It names the success by its nonce, so that the next
 * sweep does not count that one.
 */
export function undoOf(
  writer: Writer,
  green: StatusPost,
  { state, why }: Pick<Withdrawal, 'state' | 'why'>,
): StatusPost {
  const mark = readMarker(green.description)
  const description = describeUndo(writer, why, {
    kind: 'undo',
    red: mark?.red ?? asRowId(0),
    run: mark?.run ?? asRunKey(0),
    nonce: mark?.nonce ?? 'none',
  })
  return { ...green, state, description }
}

/** The same for a success of an earlier sweep, by its row. */
export function undoOfEarlier(writer: Writer, sha: string, found: Withdrawal): StatusPost {
  const { context, description } = found.row
  const green: StatusPost = { sha, context, state: 'success', description, targetUrl: writer.url }
  return undoOf(writer, green, found)
}

/**
 * Takes a success of ours back by writing what stood there, then reads once more whether that is
 * what stands now.
 */
export async function withdraw(
  dependencies: RepairDependencies,
  { undo, row, why, posted }: Undo,
): Promise<Outcome> {
  const { forge } = dependencies
  const { state, context, sha } = undo
  const back = await writeBack(dependencies, undo, row)
  if (!back.ok)
    return {
      code: 'failed',
      detail: `${why}; ${back.why}`,
      posted,
      command: forge.print({ kind: 'status', post: undo }),
    }
  const after = await rowsSince(forge, { sha, mark: row, counted: new Set([context]) })
  const { id } = back.value
  const seen = after.ok
    ? landedAround(
        after.value.filter(row => row.context === context),
        id,
      )
    : `, could not look again: ${after.why}`
  return { code: 'withdrawn', detail: `${why}; put back ${state} (row ${id})${seen}`, posted }
}

/**
 * One POST; after a lost answer the history tells whether it was carried out, as for a success
 * (docs/acting.md, "The protocol"). Else what may still stand, in words.
 */
async function writeBack(
  dependencies: RepairDependencies,
  undo: StatusPost,
  row: number,
): Promise<Result<SignedRow>> {
  const sent = await attempt(() => dependencies.forge.write({ kind: 'status', post: undo }))
  if (sent.ok) return sent
  if (!mayHaveWritten(sent.why.code))
    return failure(`our success could not be taken back: ${sent.why.message}`)
  const found = await findLost(dependencies, undo, row, sent.why)
  return found.ok ? found : failure(`our success may still stand: ${found.why.detail}`)
}

/**
 * What came into the umbrella while our success was taken back, in words: a row above ours stands,
 * one below is covered by it.
 */
function landedAround(rows: readonly StatusRow[], ours: number): string {
  const sorted = newestFirst(rows)
  const [newest] = sorted
  if (newest === undefined) return ', but it is not in the history'
  if (newest.id !== ours) return `, row ${newest.id} stands above it`
  const covered = sorted.find(({ id }) => id < ours)
  return covered === undefined
    ? ''
    : `, and it covers row ${covered.id} (${covered.state}), which came in meanwhile`
}

/**
 * Takes back what the first look found of an earlier sweep, after a second look (docs/acting.md,
 * "Looking again at earlier greens"). What Actions writes in that moment may end up below our row;
 * the next sweep finds it there.
 */
export async function withdrawEarlier(
  dependencies: RepairDependencies,
  evidence: Evidence,
  first: Withdrawal,
): Promise<Outcome> {
  const { forge, policy, baseBranches, writer } = dependencies
  const found = closingOf(policy, baseBranches, await forge.secondLook(evidence))
  if (found?.row.id !== first.row.id)
    return { code: 'changed-meanwhile', detail: 'our row is not what stands there now' }
  const undo = undoOfEarlier(writer, evidence.sha, found)
  return withdraw(dependencies, { undo, row: found.row.id, why: found.why, posted: undo })
}
