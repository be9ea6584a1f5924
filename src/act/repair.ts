import type { Collector } from '../forge/gitea/looks.js'
import type { Writer } from '../core/acting/compensation.js'
import type { Marker } from '../core/model/marker.js'
import { describeUndo } from '../core/acting/compensation.js'
import { readMarker } from '../core/model/marker.js'
import { decide } from '../core/rules/decide.js'
import type { Evidence } from '../core/model/evidence.js'
import { readStatuses } from '../core/reading/head-statuses.js'
import type { Blocker, Outcome } from '../core/acting/outcome.js'
import { ended } from '../core/acting/outcome.js'
import type { Policy } from '../core/model/policy.js'
import type { Withdrawal } from '../core/acting/withdrawal.js'
import { closingOf } from '../core/acting/withdrawal.js'
import { stateToRestore } from '../core/acting/withdrawal.js'
import type { Remedy, StatusPost } from '../core/acting/remedy.js'
import { postCommand } from '../core/acting/remedy.js'
import type { AuthoredRow, StatusRow } from '../core/model/status.js'
import { authorOf, isGreen, newestFirst } from '../core/model/status.js'
import { decidingRow } from '../core/reading/umbrella.js'
import type { Repair, Verdict } from '../core/rules/verdict.js'
import type { Forge } from '../forge/port.js'
import { ForgeError, mayHaveWritten } from '../forge/port.js'
import { whoStands } from './standing.js'

/** Everything one repair is carried out with. */
export interface RepairDependencies {
  readonly forge: Forge
  readonly collector: Collector
  readonly policy: Policy
  readonly baseBranches: readonly string[]
  readonly writer: Writer
  readonly apiUrl: string
  readonly repo: string
}

/** A proven head: its evidence, and the verdict of each open pull request on it. */
export interface Proven {
  readonly evidence: Evidence
  readonly verdicts: ReadonlyMap<number, Repair>
}

/**
 * Carries out one remedy: look again, decide again, write once, look back (design §7). Never throws
 * for a forge's trouble; whatever happens, the outcome says whether a write of ours stands.
 */
export async function repair(
  bench: RepairDependencies,
  proven: Proven,
  remedy: Remedy & { readonly kind: 'status' },
): Promise<Outcome> {
  const { post } = remedy
  const pulls = await whoStands(bench.forge, proven.evidence)
  if ('code' in pulls) return pulls
  const second = await bench.collector.secondLook({ ...proven.evidence, pulls })
  const changed = differenceOf(proven.verdicts, decide(bench.policy, bench.baseBranches, second))
  if (changed !== null) return ended('changed-meanwhile', changed)
  const highest = [...second.latest, ...(second.history ?? [])].reduce(
    (top, { id }) => Math.max(top, id),
    0,
  )
  const counted = new Set([...proven.verdicts.values()].flatMap(verdict => verdict.counted))
  const written = await write(bench, post, highest)
  if ('code' in written) return written
  return lookBack(bench, post, written.row, highest, counted, second)
}

/** Step 2: what differs between the two decisions, or `null`. */
function differenceOf(
  before: ReadonlyMap<number, Repair>,
  after: ReadonlyMap<number, Verdict>,
): string | null {
  for (const [number, was] of before) {
    const is = after.get(number)
    if (is?.kind !== 'repair')
      return (
        `#${number} is now ` +
        `${is?.reason ?? 'not judged'}${is === undefined ? '' : `: ${is.detail}`}`
      )
    if (is.umbrella.row !== was.umbrella.row) return `the umbrella has a new row ${is.umbrella.row}`
    if (is.run !== was.run) return `run ${is.run} is newer than run ${was.run}`
  }
  const unproven = [...after.keys()].find(number => !before.has(number))
  return unproven === undefined ? null : `#${unproven} was not proven`
}

/**
 * Step 3: one POST. After a lost answer the history tells whether the row was written (forge-facts
 * §1.1); it is never sent again.
 */
async function write(
  bench: RepairDependencies,
  post: StatusPost,
  highest: number,
): Promise<Outcome | { readonly row: StatusRow }> {
  const { forge, apiUrl, repo } = bench
  try {
    return { row: await forge.post(post) }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    const command = postCommand({ apiUrl, repo }, post)
    if (error.code === 'forbidden' || error.code === 'unauthorized') {
      return ended('no-right', `the token may not post commit statuses: ${error.message}`, {
        command,
      })
    }
    if (!mayHaveWritten(error.code)) return ended('failed', error.message, { command })
    return findLost(forge, post, highest, error)
  }
}

async function findLost(
  forge: Forge,
  post: StatusPost,
  highest: number,
  lost: ForgeError,
): Promise<Outcome | { readonly row: StatusRow }> {
  try {
    const { value, gaps } = await forge.history(post.sha, highest)
    const row = value.find(
      ({ description, context }) => description === post.description && context === post.context,
    )
    if (row !== undefined) return { row }
    if (gaps.length === 0)
      return ended('failed', `the write was lost and is not in the history: ${lost.message}`)
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
  }
  return ended(
    'failed',
    `the answer to the write was lost, and the history cannot be read: ${lost.message}. The next ` +
      'sweep looks again.',
    { posted: post },
  )
}

/** The nonce by which this instance knows its own row. */
const nonceOf = (post: StatusPost): string | null => readMarker(post.description)?.nonce ?? null

/**
 * A success that another instance wrote for the same red row: it says the same as ours. The one
 * with the lower id is the repair.
 */
function isDouble(
  { author, context, id }: AuthoredRow,
  post: StatusPost,
  ours: StatusRow,
): boolean {
  return (
    id !== ours.id &&
    context === post.context &&
    author.kind === 'us' &&
    author.mark.kind === 'green' &&
    author.mark.red === readMarker(post.description)?.red
  )
}

/** Step 4: what came in between, in any context that counts. */
async function lookBack(
  bench: RepairDependencies,
  post: StatusPost,
  ours: StatusRow,
  highest: number,
  counted: ReadonlySet<string>,
  second: Evidence,
): Promise<Outcome> {
  const { forge } = bench
  const since = await rowsSince(forge, post.sha, highest, counted)
  // A gap writes nothing: the next sweep finds our row by its mark and looks at it again.
  if (typeof since === 'string')
    return ended('unconfirmed', `could not look back: ${since}`, { posted: post })
  const rows = newestFirst(since).map((row): AuthoredRow => ({
    ...row,
    author: authorOf(row, forge.server.traits.descriptions),
  }))
  const umbrella = rows.filter(({ context }) => context === post.context)
  const doubles = umbrella.filter(row => isDouble(row, post, ours))
  const others = rows.filter(
    row => row.id !== ours.id && counted.has(row.context) && !doubles.includes(row),
  )
  const newest = umbrella[0]
  // A double above ours has replaced it, and says the same; where anything else came in too, that
  // instance looks back as well.
  const replaced =
    newest !== undefined && newest.id > ours.id && (others.length > 0 || !doubles.includes(newest))
  if (replaced)
    return ended('superseded', `row ${newest.id} stands above ours (row ${ours.id})`, {
      posted: post,
    })
  const [first] = others
  if (first === undefined) {
    return doubles.some(({ id }) => id < ours.id)
      ? ended(
          'already-compensated',
          'another instance of this action repaired the same red row first',
          { posted: post },
        )
      : confirm(bench, post, ours, second)
  }
  const between = decidingRow(
    umbrella.filter(({ author, id }) => id !== ours.id && author.kind !== 'us'),
  )
  const alone = others.every(row => row.context === post.context)
  if (between?.state === 'success' && (between.author.kind === 'actions' || alone)) {
    return ended(
      'overtaken',
      'success was written by ' +
        `${between.author.kind === 'actions' ? 'Actions itself' : 'somebody else'} (row ` +
        `${between.id})`,
      { posted: post },
    )
  }
  const what = between ?? first
  // A success of somebody else is never copied; what it covers is what stood.
  const stood =
    between !== undefined && !isGreen(between.state)
      ? between
      : umbrella.find(({ author, state }) => author.kind !== 'us' && !isGreen(state))
  const state = stood === undefined ? 'pending' : stateToRestore(stood)
  const why = `row ${what.id} of ${what.context} came in between`
  return withdraw(bench, undoOf(post, bench.writer, state, why), ours.id, why, post)
}

/**
 * The rows above an id, or why they are not known. A row nobody can read in a context that does not
 * count changes nothing.
 */
async function rowsSince(
  forge: Forge,
  sha: string,
  highest: number,
  counted: ReadonlySet<string>,
): Promise<readonly StatusRow[] | string> {
  try {
    const { value, gaps } = await forge.history(sha, highest)
    const gap = gaps.find(({ context }) => context === null || counted.has(context))
    return gap === undefined ? value : `${gap.what}: ${gap.detail}`
  } catch (error) {
    if (error instanceof ForgeError) return error.message
    throw error
  }
}

/**
 * The row that takes a success of ours back. It names the success by its nonce, so that the next
 * sweep does not count that one.
 */
export function undoOf(
  green: StatusPost,
  writer: Writer,
  state: StatusPost['state'],
  why: string,
): StatusPost {
  const mark = readMarker(green.description)
  const undo: Marker = {
    kind: 'undo',
    red: mark?.red ?? 0,
    run: mark?.run ?? 0,
    nonce: mark?.nonce ?? 'none',
  }
  return { ...green, state, description: describeUndo(writer, why, undo) }
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
 * Takes our success back by writing what stood there, then reads once more whether that is what
 * stands now.
 */
async function withdraw(
  bench: RepairDependencies,
  undo: StatusPost,
  ours: number,
  why: string,
  posted: StatusPost,
): Promise<Outcome> {
  const { forge } = bench
  const { state, context, sha } = undo
  try {
    const back = await forge.post(undo)
    const after = await rowsSince(forge, sha, ours, new Set([context]))
    const seen =
      typeof after === 'string'
        ? `, could not look again: ${after}`
        : landedAround(
            after.filter(row => row.context === context),
            back.id,
          )
    return ended('withdrawn', `${why}; put back ${state} (row ${back.id})${seen}`, { posted })
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    const command = postCommand({ apiUrl: bench.apiUrl, repo: bench.repo }, undo)
    return ended('failed', `${why}; our success could not be taken back: ${error.message}`, {
      posted,
      command,
    })
  }
}

/**
 * Step 5: the latest rows as the gate reads them. Ours must be the umbrella's only one (forge-facts
 * §2.5, §6).
 */
async function confirm(
  bench: RepairDependencies,
  post: StatusPost,
  ours: StatusRow,
  second: Evidence,
): Promise<Outcome> {
  try {
    const { value, gaps } = await bench.forge.latestRows(post.sha)
    const gap = gaps.find(({ context }) => context === null || context === post.context)
    if (gap !== undefined)
      return ended('unconfirmed', `${gap.what}: ${gap.detail}`, { posted: post })
    const latest = newestFirst(value).filter(({ context }) => context === post.context)
    const gate = blockersOf({ ...second, latest: value, history: null }, post.context)
    if (latest.length > 1)
      return ended(
        'unconfirmed',
        'two latest rows carry the umbrella: a posted success cannot win on this server',
        { posted: post, gate, postsCannotWin: true },
      )
    const shown = latest[0]
    if (shown === undefined)
      return ended('unconfirmed', 'the latest rows show no umbrella at all', { posted: post, gate })
    const mark = readMarker(shown.description)
    if (mark?.kind !== 'green' || mark.red !== readMarker(post.description)?.red) {
      return ended(
        'unconfirmed',
        `the latest rows show row ${shown.id} (${shown.state}) instead of ours`,
        { posted: post, gate },
      )
    }
    // Nothing of another instance stood below ours, so ours was the first, and is the repair that
    // counts.
    const double =
      mark.nonce === nonceOf(post)
        ? ''
        : `; row ${shown.id} of another instance, for the same red row, is above it`
    return ended('compensated', `row ${ours.id} stands${double}`, { posted: post, gate })
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    return ended('unconfirmed', error.message, { posted: post })
  }
}

/** The contexts of a head beside the umbrella that are not green: what else may close the gate. */
export function blockersOf(evidence: Evidence, umbrella: string): readonly Blocker[] {
  const head = readStatuses(evidence)
  return head.contexts.flatMap(context =>
    context === umbrella
      ? []
      : head
          .latest(context)
          .filter(({ state }) => !isGreen(state))
          .slice(0, 1)
          .map(({ state }) => ({ context, state })),
  )
}

/**
 * Takes back a row of ours from an earlier sweep, after a second look (design §7). What Actions
 * writes in that moment may end up below our row; the next sweep finds it there.
 */
export async function takeBack(bench: RepairDependencies, evidence: Evidence): Promise<Outcome> {
  const { policy, baseBranches } = bench
  const second = await bench.collector.secondLook(evidence)
  const first = closingOf(policy, baseBranches, evidence)
  const found = closingOf(policy, baseBranches, second)
  if (found === null || found.row.id !== first?.row.id)
    return ended('changed-meanwhile', 'our row is not what stands there now')
  const undo = undoFor(found, evidence.sha, bench.writer)
  return withdraw(bench, undo, found.row.id, found.why, undo)
}

/** The write that takes a success of an earlier sweep back. */
export function undoFor({ row, state, why }: Withdrawal, sha: string, writer: Writer): StatusPost {
  return undoOf(
    {
      sha,
      context: row.context,
      state: 'success',
      description: row.description,
      targetUrl: writer.url,
    },
    writer,
    state,
    why,
  )
}
