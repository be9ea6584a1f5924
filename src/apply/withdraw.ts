import type { Writer } from '../core/plan/compensation.js'
import { describeUndo } from '../core/plan/compensation.js'
import type { Outcome } from '../core/plan/outcome.js'
import type { StatusPost } from '../core/plan/remedy.js'
import type { Withdrawal } from '../core/plan/withdrawal.js'
import { closingOf } from '../core/plan/withdrawal.js'
import type { Evidence } from '../core/model/evidence.js'
import { asRowId, asRunKey } from '../core/model/ids.js'
import { readMarker } from '../core/model/marker.js'
import type { StatusRow } from '../core/model/status.js'
import { newestFirst } from '../core/model/status.js'
import { attempt } from '../forge/reading.js'
import type { RepairDependencies } from './dependencies.js'
import { rowsSince } from './look-back.js'

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
  { forge }: RepairDependencies,
  { undo, row, why, posted }: Undo,
): Promise<Outcome> {
  const { state, context, sha } = undo
  const write = { kind: 'status', post: undo } as const
  const back = await attempt(() => forge.write(write))
  if (!back.ok) {
    const detail = `${why}; our success could not be taken back: ${back.why.message}`
    return { code: 'failed', detail, posted, command: forge.print(write) }
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
