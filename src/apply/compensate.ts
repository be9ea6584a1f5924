import type { Outcome } from '../core/plan/outcome.js'
import type { NonEmpty } from '../core/model/evidence.js'
import { nonEmpty } from '../core/model/evidence.js'
import { standingRow } from '../core/view/read.js'
import { decide } from '../core/rules/decide.js'
import type { StatusPost, StatusWrite } from '../core/plan/remedy.js'
import type { Withdrawal } from '../core/plan/withdrawal.js'
import { stateToRestore, withdrawalOf } from '../core/plan/withdrawal.js'
import type { Result } from '../core/model/result.js'
import { failure, success } from '../core/model/result.js'
import { readMarker } from '../core/model/marker.js'
import type { SignedRow } from '../core/model/status.js'
import { isGreen, newestFirst } from '../core/model/status.js'
import { blockersOf } from '../core/view/gate.js'
import { decidingRow } from '../core/view/umbrella.js'
import { mayHaveWritten } from '../forge/port.js'
import { attempt } from '../forge/reading.js'
import type { Agreed, RepairDependencies } from './dependencies.js'
import { isNoRight, rowsSince, unseenOf } from './look-back.js'
import { findLost, unconfirmed } from './lost-write.js'
import { standingNow } from './standing.js'
import { undoOf, withdraw } from './withdraw.js'

/** The remedy of a posted success: write it once, look back, and take it back if anything came. */
export async function compensate(
  dependencies: RepairDependencies,
  write: StatusWrite,
  agreed: Agreed,
): Promise<Outcome> {
  const written = await writeOnce(dependencies, write, agreed.mark)
  return written.ok
    ? lookBack(dependencies, { ...agreed, post: write.post, ours: written.value })
    : written.why
}

/**
 * One POST. After a lost answer the history tells whether the row was written (docs/forge-facts.md,
 * 1.1); it is never sent again.
 */
async function writeOnce(
  dependencies: RepairDependencies,
  write: StatusWrite,
  mark: number,
): Promise<Result<SignedRow, Outcome>> {
  const { forge } = dependencies
  const ours = await attempt(() => forge.write(write))
  if (ours.ok) return success(ours.value)
  const { why } = ours
  if (mayHaveWritten(why.code)) return findLost(dependencies, write.post, mark, why)
  const command = forge.print(write)
  return failure(
    isNoRight(why)
      ? {
          code: 'no-right',
          detail: `the token may not post commit statuses: ${why.message}`,
          command,
        }
      : { code: 'failed', detail: why.message, posted: null, command },
  )
}

/** Our row, and what both looks before it agreed on. */
interface Written extends Agreed {
  readonly post: StatusPost
  readonly ours: SignedRow
}

const unseenWrite = ({ post }: Written, why: string): Outcome =>
  unconfirmed(post, `could not look back: ${why}`)

/** Takes our success back, and puts this state in its place. */
const takeBack = (
  dependencies: RepairDependencies,
  { post, ours }: Written,
  found: Pick<Withdrawal, 'state' | 'why'>,
): Promise<Outcome> =>
  withdraw(dependencies, {
    undo: undoOf(dependencies.writer, post, found),
    row: ours.id,
    why: found.why,
    posted: post,
  })

/**
 * Is a row of the umbrella a success for the same red row as ours, be it another instance's? It
 * says the same as ours, and the one with the lower id is the repair.
 */
const isSameRepair = ({ author }: SignedRow, { description }: StatusPost): boolean =>
  author.kind === 'us' &&
  author.mark.kind === 'green' &&
  author.mark.red === readMarker(description)?.red

/** What came in between, in any context that counts. */
async function lookBack(dependencies: RepairDependencies, written: Written): Promise<Outcome> {
  const { post, ours, mark, counted } = written
  const since = await rowsSince(dependencies.forge, { sha: post.sha, mark, counted })
  // A gap writes nothing: the next sweep finds our row by its marker and looks at it again.
  if (!since.ok) return unseenWrite(written, since.why)
  const rows = newestFirst(since.value)
  const umbrella = rows.filter(({ context }) => context === post.context)
  const repairs = umbrella.filter(row => isSameRepair(row, post))
  // A list without the row that was just written may lack others as well, and what the answer to
  // the write names must be that success.
  if (!umbrella.some(({ id, state }) => id === ours.id && isGreen(state)))
    return unseenWrite(written, `the history does not show our row ${ours.id}`)
  const others = rows.filter(
    row => row.id !== ours.id && counted.has(row.context) && !repairs.includes(row),
  )
  const newest = umbrella[0]
  // Another instance's success above ours has replaced it. Where other rows came in too, that
  // instance sees them as it looks back.
  const replaced =
    newest !== undefined && newest.id > ours.id && (others.length > 0 || !repairs.includes(newest))
  if (replaced) {
    const detail = `row ${newest.id} stands above ours (row ${ours.id})`
    return { code: 'superseded', detail, posted: post }
  }
  const came = nonEmpty(others)
  if (came !== null) return answerTo(dependencies, written, umbrella, came)
  const around = await lookAround(dependencies, written)
  if (around !== null) return around
  if (!repairs.some(({ id }) => id < ours.id)) return confirm(dependencies, written)
  const detail = 'another instance of this action repaired the same red row first'
  return { code: 'already-compensated', detail, posted: post }
}

/**
 * Do the pull requests on the commit, their bases and what the umbrella needs there still prove our
 * success? What came between the list and the write opened a gate nobody judged: it is taken back.
 * `null`: all is as it was judged.
 */
async function lookAround(
  dependencies: RepairDependencies,
  written: Written,
): Promise<Outcome | null> {
  const { forge, policy, baseBranches } = dependencies
  const { evidence, counted } = written
  const back = (why: string): Promise<Outcome> => {
    const state = stateToRestore(standingRow(evidence, policy.umbrella) ?? { state: 'pending' })
    return takeBack(dependencies, written, { state, why })
  }
  const now = await standingNow(forge, evidence)
  if (!now.ok) return unseenWrite(written, now.why)
  if ('unjudged' in now.value) return back(now.value.unjudged)
  const here = nonEmpty(now.value.here)
  // Where none stands there any more, no gate is open.
  if (here === null) return null
  const around = await forge.surroundings(evidence, here)
  const gap = unseenOf(around, counted)
  if (gap !== null) return unseenWrite(written, gap)
  for (const [number, { kind, reason, detail }] of decide(policy, baseBranches, around))
    if (kind !== 'repair') return back(`#${number} is now ${reason}: ${detail}`)
  return null
}

/** What rows that came in between make of our success: it stands under a success, or goes. */
async function answerTo(
  dependencies: RepairDependencies,
  written: Written,
  umbrella: readonly SignedRow[],
  others: NonEmpty<SignedRow>,
): Promise<Outcome> {
  const { post, ours } = written
  const between = decidingRow(
    umbrella.filter(({ author, id }) => id !== ours.id && author.kind !== 'us'),
  )
  const alone = others.every(row => row.context === post.context)
  if (between?.state === 'success' && (between.author.kind === 'actions' || alone)) {
    const whom = between.author.kind === 'actions' ? 'Actions itself' : 'somebody else'
    const detail = `success was written by ${whom} (row ${between.id})`
    return { code: 'overtaken', detail, posted: post }
  }
  const what = between ?? others[0]
  // A success of somebody else is never copied; what it covers is what stood.
  const stood =
    between !== undefined && !isGreen(between.state)
      ? between
      : umbrella.find(({ author, state }) => author.kind !== 'us' && !isGreen(state))
  const state = stood === undefined ? 'pending' : stateToRestore(stood)
  const why = `row ${what.id} of ${what.context} came in between`
  return takeBack(dependencies, written, { state, why })
}

/**
 * The latest rows as the gate reads them. Ours must be the umbrella's only one
 * (docs/forge-facts.md, 2.5, 6). Where jobs are check runs, no row tells that a newer run began or
 * failed: the head is read once more before, and our success goes if it contradicts.
 */
async function confirm(dependencies: RepairDependencies, written: Written): Promise<Outcome> {
  const { forge, policy } = dependencies
  const { post, evidence, counted } = written
  if (evidence.kind === 'checks') {
    const after = await forge.secondLook(evidence)
    const gap = unseenOf(after, counted)
    if (gap !== null) return unseenWrite(written, gap)
    const found = withdrawalOf(policy, after)
    if (found !== null) return takeBack(dependencies, written, found)
  }
  const read = await attempt(() => forge.gateRows(post.sha))
  if (!read.ok) return unconfirmed(post, read.why.message)
  const gap = unseenOf(read.value, new Set([post.context]))
  return gap === null ? confirmBy(written, read.value.value) : unconfirmed(post, gap)
}

function confirmBy({ post, ours, evidence }: Written, gateRows: readonly SignedRow[]): Outcome {
  const latest = newestFirst(gateRows).filter(({ context }) => context === post.context)
  const gate = blockersOf({ ...evidence, latest: gateRows, history: null }, post.context)
  const seen = { code: 'unconfirmed', posted: post, gate, postsCannotWin: false } as const
  if (latest.length > 1) {
    const detail =
      'two latest rows carry the umbrella: posting a status has no effect on this server'
    return { ...seen, detail, postsCannotWin: true }
  }
  const shown = latest[0]
  if (shown === undefined) return { ...seen, detail: 'the latest rows show no umbrella at all' }
  const mark = readMarker(shown.description)
  const own = readMarker(post.description)
  if (mark?.kind !== 'green' || mark.red !== own?.red) {
    const detail = `the latest rows show row ${shown.id} (${shown.state}) instead of ours`
    return { ...seen, detail }
  }
  // Nothing of another instance stood below ours, so ours was the first, and is the repair that
  // counts.
  const double =
    mark.nonce === own.nonce
      ? ''
      : `; row ${shown.id} of another instance, for the same red row, is above it`
  return { code: 'compensated', detail: `row ${ours.id} stands${double}`, posted: post, gate }
}
