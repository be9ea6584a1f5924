import type { Outcome } from '../core/acting/outcome.js'
import { nonEmpty } from '../core/model/evidence.js'
import { standingRow } from '../core/reading/read.js'
import { decide } from '../core/rules/decide.js'
import type { StatusPost, StatusWrite } from '../core/acting/remedy.js'
import { stateToRestore, withdrawalOf } from '../core/acting/withdrawal.js'
import { readMarker } from '../core/model/marker.js'
import type { SignedRow } from '../core/model/status.js'
import { isGreen, newestFirst } from '../core/model/status.js'
import { blockersOf } from '../core/reading/gate.js'
import { decidingRow } from '../core/reading/umbrella.js'
import { ForgeError, mayHaveWritten } from '../forge/port.js'
import type { Agreed, RepairDependencies } from './dependencies.js'
import { findLost, unconfirmed } from './lost-write.js'
import { rowsSince } from './rows-since.js'
import { standingNow } from './standing.js'
import { withdraw } from './withdraw.js'

/** The remedy of a posted success: write it once, look back, and take it back if anything came. */
export async function compensate(
  dependencies: RepairDependencies,
  write: StatusWrite,
  agreed: Agreed,
): Promise<Outcome> {
  const written = await writeOnce(dependencies, write, agreed.mark)
  return 'code' in written ? written : lookBack(dependencies, { ...agreed, ...write, ...written })
}

/**
 * One POST. After a lost answer the history tells whether the row was written (docs/forge-facts.md,
 * 1.1); it is never sent again.
 */
async function writeOnce(
  dependencies: RepairDependencies,
  write: StatusWrite,
  mark: number,
): Promise<Outcome | { readonly ours: SignedRow }> {
  const { forge } = dependencies
  try {
    return { ours: await forge.write(write) }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    const command = forge.print(write)
    if (error.code === 'forbidden' || error.code === 'unauthorized') {
      const detail = `the token may not post commit statuses: ${error.message}`
      return { code: 'no-right', detail, command }
    }
    if (!mayHaveWritten(error.code)) {
      return { code: 'failed', detail: error.message, posted: null, command }
    }
    return findLost(dependencies, write.post, mark, error)
  }
}

/** Our row, and what both looks before it agreed on. */
interface Written extends Agreed {
  readonly post: StatusPost
  readonly ours: SignedRow
}

/** The nonce by which this instance knows its own row. */
const nonceOf = (post: StatusPost): string | null => readMarker(post.description)?.nonce ?? null

/**
 * A success that another instance wrote for the same red row: it says the same as ours. The one
 * with the lower id is the repair.
 */
function isDouble({ author, context, id }: SignedRow, { post, ours }: Written): boolean {
  return (
    id !== ours.id &&
    context === post.context &&
    author.kind === 'us' &&
    author.mark.kind === 'green' &&
    author.mark.red === readMarker(post.description)?.red
  )
}

/** What came in between, in any context that counts. */
async function lookBack(dependencies: RepairDependencies, written: Written): Promise<Outcome> {
  const { post, ours, mark, counted } = written
  const since = await rowsSince(dependencies.forge, { sha: post.sha, mark, counted })
  // A gap writes nothing: the next sweep finds our row by its marker and looks at it again.
  if (typeof since === 'string') return unconfirmed(post, `could not look back: ${since}`)
  const rows = newestFirst(since)
  // A list without the row that was just written may lack others as well.
  if (!rows.some(({ id }) => id === ours.id))
    return unconfirmed(post, `could not look back: the history does not show our row ${ours.id}`)
  const umbrella = rows.filter(({ context }) => context === post.context)
  const doubles = umbrella.filter(row => isDouble(row, written))
  const others = rows.filter(
    row => row.id !== ours.id && counted.has(row.context) && !doubles.includes(row),
  )
  const newest = umbrella[0]
  // A double above ours has replaced it, and says the same; where anything else came in too, that
  // instance looks back as well.
  const replaced =
    newest !== undefined && newest.id > ours.id && (others.length > 0 || !doubles.includes(newest))
  if (replaced) {
    const detail = `row ${newest.id} stands above ours (row ${ours.id})`
    return { code: 'superseded', detail, posted: post }
  }
  const [first, ...more] = others
  if (first !== undefined) return answerTo(dependencies, written, umbrella, [first, ...more])
  const around = await lookAround(dependencies, written)
  if (around !== null) return around
  if (!doubles.some(({ id }) => id < ours.id)) return confirmBoth(dependencies, written)
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
  { post, ours, evidence, counted }: Written,
): Promise<Outcome | null> {
  const { forge, policy, baseBranches } = dependencies
  const goes = (why: string): Promise<Outcome> => {
    const state = stateToRestore(standingRow(evidence, policy.umbrella) ?? { state: 'pending' })
    return withdraw(dependencies, { green: post, row: ours.id, state, why }, post)
  }
  const now = await standingNow(forge, evidence)
  if (typeof now === 'string') return unconfirmed(post, `could not look back: ${now}`)
  if ('stranger' in now) return goes(now.stranger)
  const here = nonEmpty(now.here)
  // Where none stands there any more, no gate is open.
  if (here === null) return null
  const around = await forge.surroundings(evidence, here)
  const gap = around.gaps.find(({ context }) => context === null || counted.has(context))
  if (gap !== undefined) return unconfirmed(post, `could not look back: ${gap.what}: ${gap.detail}`)
  for (const [number, { kind, reason, detail }] of decide(policy, baseBranches, around))
    if (kind !== 'repair') return goes(`#${number} is now ${reason}: ${detail}`)
  return null
}

/** What rows that came in between make of our success: it stands under a success, or goes. */
async function answerTo(
  dependencies: RepairDependencies,
  { post, ours }: Written,
  umbrella: readonly SignedRow[],
  others: readonly [SignedRow, ...SignedRow[]],
): Promise<Outcome> {
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
  return withdraw(dependencies, { green: post, row: ours.id, state, why }, post)
}

/**
 * Where jobs are check runs, no row tells that a newer run began or failed: the head is read once
 * more, and our success goes if it contradicts.
 */
async function confirmBoth(dependencies: RepairDependencies, written: Written): Promise<Outcome> {
  const { post, ours, evidence, counted } = written
  if (evidence.kind !== 'checks') return confirm(dependencies, written)
  const after = await dependencies.forge.secondLook(evidence)
  const gap = after.gaps.find(({ context }) => context === null || counted.has(context))
  if (gap !== undefined) return unconfirmed(post, `could not look back: ${gap.what}: ${gap.detail}`)
  const found = withdrawalOf(dependencies.policy, after)
  return found === null
    ? confirm(dependencies, written)
    : withdraw(
        dependencies,
        { green: post, row: ours.id, state: found.state, why: found.why },
        post,
      )
}

/**
 * The latest rows as the gate reads them. Ours must be the umbrella's only one
 * (docs/forge-facts.md, 2.5, 6).
 */
async function confirm({ forge }: RepairDependencies, written: Written): Promise<Outcome> {
  const { post } = written
  try {
    const { value, gaps } = await forge.gateRows(post.sha)
    const gap = gaps.find(({ context }) => context === null || context === post.context)
    return gap === undefined
      ? confirmBy(written, value)
      : unconfirmed(post, `${gap.what}: ${gap.detail}`)
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return unconfirmed(post, error.message)
  }
}

function confirmBy({ post, ours, evidence }: Written, gateRows: readonly SignedRow[]): Outcome {
  const latest = newestFirst(gateRows).filter(({ context }) => context === post.context)
  const gate = blockersOf({ ...evidence, latest: gateRows, history: null }, post.context)
  const seen = { code: 'unconfirmed', posted: post, gate, postsCannotWin: false } as const
  if (latest.length > 1) {
    const detail = 'two latest rows carry the umbrella: a posted success cannot win on this server'
    return { ...seen, detail, postsCannotWin: true }
  }
  const shown = latest[0]
  if (shown === undefined) return { ...seen, detail: 'the latest rows show no umbrella at all' }
  const mark = readMarker(shown.description)
  if (mark?.kind !== 'green' || mark.red !== readMarker(post.description)?.red) {
    const detail = `the latest rows show row ${shown.id} (${shown.state}) instead of ours`
    return { ...seen, detail }
  }
  // Nothing of another instance stood below ours, so ours was the first, and is the repair that
  // counts.
  const double =
    mark.nonce === nonceOf(post)
      ? ''
      : `; row ${shown.id} of another instance, for the same red row, is above it`
  return { code: 'compensated', detail: `row ${ours.id} stands${double}`, posted: post, gate }
}
