import type { Writer } from '../core/acting/compensation.js'
import { describeUndo } from '../core/acting/compensation.js'
import type { Outcome } from '../core/acting/outcome.js'
import type { StatusPost } from '../core/acting/remedy.js'
import type { Withdrawal } from '../core/acting/withdrawal.js'
import { closingOf } from '../core/acting/withdrawal.js'
import type { Evidence } from '../core/model/evidence.js'
import { asRowId, asRunKey } from '../core/model/ids.js'
import type { Marker } from '../core/model/marker.js'
import { readMarker } from '../core/model/marker.js'
import type { StatusRow } from '../core/model/status.js'
import { newestFirst } from '../core/model/status.js'
import { ForgeError } from '../forge/port.js'
import type { RepairDependencies } from './dependencies.js'
import { rowsSince } from './rows-since.js'

/** What is put in the place of a success of ours, and why. */
export interface Undo {
  /** The success, as it was posted. */
  readonly green: StatusPost
  /** Its row. */
  readonly row: number
  readonly state: StatusPost['state']
  readonly why: string
}

/**
 * The write that takes a success of ours back. It names the success by its nonce, so that the next
 * sweep does not count that one.
 */
export function undoOf(
  { green, state, why }: Pick<Undo, 'green' | 'state' | 'why'>,
  writer: Writer,
): StatusPost {
  const mark = readMarker(green.description)
  const undo: Marker = {
    kind: 'undo',
    red: mark?.red ?? asRowId(0),
    run: mark?.run ?? asRunKey(0),
    nonce: mark?.nonce ?? 'none',
  }
  return { ...green, state, description: describeUndo(writer, why, undo) }
}

/**
 * Takes a success of ours back by writing what stood there, then reads once more whether that is
 * what stands now. `posted` is the write that the outcome speaks of.
 */
export async function withdraw(
  { forge, writer }: RepairDependencies,
  undo: Undo,
  posted: StatusPost = undoOf(undo, writer),
): Promise<Outcome> {
  const post = undoOf(undo, writer)
  const { state, context, sha } = post
  const { why } = undo
  try {
    const back = await forge.write({ kind: 'status', post })
    const after = await rowsSince(forge, { sha, mark: undo.row, counted: new Set([context]) })
    const seen =
      typeof after === 'string'
        ? `, could not look again: ${after}`
        : landedAround(
            after.filter(row => row.context === context),
            back.id,
          )
    const detail = `${why}; put back ${state} (row ${back.id})${seen}`
    return { code: 'withdrawn', detail, posted }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    const detail = `${why}; our success could not be taken back: ${error.message}`
    return { code: 'failed', detail, posted, command: forge.print({ kind: 'status', post }) }
  }
}

/**
 * What came into the umbrella while our success was taken back, in words: a row above ours has the
 * last word, one below is covered by it.
 */
function landedAround(rows: readonly StatusRow[], ours: number): string {
  const [newest] = newestFirst(rows)
  if (newest === undefined) return ', but it is not in the history'
  if (newest.id !== ours) return `, row ${newest.id} stands above it`
  const covered = newestFirst(rows).find(({ id }) => id < ours)
  return covered === undefined
    ? ''
    : `, and it covers row ${covered.id} (${covered.state}), which came in meanwhile`
}

/**
 * Takes back a row of ours from an earlier sweep, after a second look (docs/acting.md, "Looking
 * again at earlier greens"). What Actions writes in that moment may end up below our row; the next
 * sweep finds it there.
 */
export async function withdrawEarlier(
  dependencies: RepairDependencies,
  evidence: Evidence,
): Promise<Outcome> {
  const { forge, policy, baseBranches, writer } = dependencies
  const second = await forge.secondLook(evidence)
  const first = closingOf(policy, baseBranches, evidence)
  const found = closingOf(policy, baseBranches, second)
  if (found === null || found.row.id !== first?.row.id) {
    return { code: 'changed-meanwhile', detail: 'our row is not what stands there now' }
  }
  return withdraw(dependencies, undoOfEarlier(found, evidence.sha, writer))
}

/** What takes a success of an earlier sweep back. */
export function undoOfEarlier({ row, state, why }: Withdrawal, sha: string, writer: Writer): Undo {
  const { context, description } = row
  const green: StatusPost = { sha, context, state: 'success', description, targetUrl: writer.url }
  return { green, row: row.id, state, why }
}
