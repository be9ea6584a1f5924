import { isCandidate } from '../../core/rules/candidate.js'
import { isSuspect } from '../../core/rules/suspect.js'
import type { Evidence } from '../../core/model/evidence.js'
import { evidenceOf } from '../../core/model/evidence.js'
import type { Policy } from '../../core/model/policy.js'
import type { SignedRow, StatusRow } from '../../core/model/status.js'
import { isRed, newestFirst } from '../../core/model/status.js'
import type { Head, Reading } from '../port.js'
import type { GiteaApi, HistoryPage } from './api.js'
import { EPOCH, seen } from './seen.js'
import { signed } from './signing.js'

/** What a first look is read with, and what it keeps for the study of a head. */
export interface FirstReads {
  readonly api: GiteaApi
  readonly policy: Policy
  /** The newest page of the history, of candidates: it is not asked for again. */
  readonly histories: Map<string, HistoryPage>
  /** Green heads whose newest run left a context red: an older one may have written that green. */
  readonly doubtful: Set<string>
  /** Heads whose latest rows were read as the gate reads them. */
  readonly combined: Set<string>
}

/** A page of the history; `tells` is false where it says nothing of the umbrella. */
interface Glance {
  readonly page: HistoryPage
  readonly tells: boolean
}

/**
 * What one page of the history tells of a head; `null` where the latest rows must be asked for.
 * What cannot be read is a gap, as of any other look.
 */
async function byHistory({ api, policy }: FirstReads, sha: string): Promise<Glance | null> {
  // Two latest rows of one context can stand there, and no history tells which.
  if (!api.server.traits.postedStatusWins) return null
  const page = await whole(api.historyPage(sha))
  if (page.complete || page.at === null) return { page, tells: true }
  // A page without the umbrella says nothing of it: with many contexts it can be full of an older
  // run's late rows. Nor does one with a row that cannot be read, which may be the umbrella's.
  const shows = page.value.some(({ context }) => context === policy.umbrella)
  return { page, tells: page.gaps.length === 0 && shows }
}

/** A page, or what failed of it as its gap. */
async function whole(read: Promise<HistoryPage>): Promise<HistoryPage> {
  let found: Pick<HistoryPage, 'complete' | 'page'> = { complete: false, page: null }
  const kept = read.then(page => {
    found = page
    return page
  })
  const reading = await seen('history', [], kept)
  const { complete, page } = found
  const { value, gaps, at } = reading
  return { value, gaps, at, complete: complete && at !== null, page }
}

/** The newest row of every context among these, which are newest first. */
function newestOfEach(rows: readonly SignedRow[]): readonly SignedRow[] {
  const newest = new Map<string, SignedRow>()
  for (const row of newestFirst(rows)) if (!newest.has(row.context)) newest.set(row.context, row)
  return [...newest.values()]
}

/**
 * A first look that is the history: the newest rows by id, in one request. Where they are all there
 * are, they are not read again.
 */
export async function firstLook(kept: FirstReads, head: Head): Promise<Evidence> {
  const { api, policy } = kept
  const glance = await byHistory(kept, head.sha)
  if (glance?.tells !== true) {
    const found = await latestLook(kept, head)
    // What was read of the history is read on from, if the head is studied.
    if (glance !== null && isCandidate(policy, found)) kept.histories.set(head.sha, glance.page)
    return found
  }
  const { page } = glance
  const quick = quietLook(kept, head, page)
  if (quick !== null) return quick
  const rows = signed(page.value, [], api.dialect)
  const first = lookOf(kept, head, newestOfEach(rows), page)
  if (isCandidate(policy, first)) kept.histories.set(head.sha, page)
  else if (page.complete && isDoubtful(policy, first, rows)) kept.doubtful.add(head.sha)
  return isQuiet(policy, first) ? { ...first, latest: umbrellaAlone(policy, first) } : first
}

/** What no first look reads; the same for thousands of heads. */
const UNREAD = {
  writers: { kind: 'not-read' },
  others: { kind: 'not-read' },
  bases: {},
  needs: new Map(),
  work: new Map(),
} as const
const NONE = { runs: [], tasks: [] } as const

/** A head by its latest rows, however they were read. */
function lookOf(
  { api }: FirstReads,
  { sha, pulls }: Head,
  latest: readonly SignedRow[],
  { gaps, at }: Pick<Reading<unknown>, 'gaps' | 'at'>,
): Evidence {
  const { grade, traits } = api.server
  const { writers, others, bases, needs, work } = UNREAD
  const observedAt = at ?? EPOCH
  const history = null
  return evidenceOf(
    grade,
    {
      sha,
      observedAt,
      pulls,
      latest,
      history,
      writers,
      others,
      bases,
      needs,
      work,
      gaps,
      traits,
    },
    NONE,
  )
}

/**
 * Most heads: a green or pending umbrella, nothing red beside it, nothing to study. For those only
 * the umbrella's rows are looked into; `null` where the others must be, too.
 */
function quietLook(kept: FirstReads, head: Head, page: HistoryPage): Evidence | null {
  const { api, policy } = kept
  const isOwn = ({ context }: StatusRow): boolean => context === policy.umbrella
  if (page.value.some(row => isRed(row.state) && !isOwn(row))) return null
  const value = signed(page.value.filter(isOwn), [], api.dialect)
  const look = lookOf(kept, head, newestOfEach(value), page)
  return isQuiet(policy, look) && !isCandidate(policy, look) ? look : null
}

/** A green that is judged like any other, by the history that was read anyway. */
const isDoubtful = (policy: Policy, head: Evidence, rows: readonly SignedRow[]): boolean =>
  head.kind !== 'checks' &&
  isSuspect(policy, { ...head, kind: 'statuses', runs: [], history: rows })

/** Is the umbrella there and green or pending? Then nobody asks for the other rows of this look. */
const isQuiet = ({ umbrella }: Policy, { latest }: Evidence): boolean =>
  latest.some(({ context, state }) => context === umbrella && !isRed(state))

/** No gap, nothing to study, and the umbrella is not red: such a head is only counted. */
export const isNothingToTell = (policy: Policy, head: Evidence): boolean =>
  head.gaps.length === 0 &&
  !isCandidate(policy, head) &&
  !head.latest.some(({ context, state }) => context === policy.umbrella && isRed(state))

const umbrellaAlone = ({ umbrella }: Policy, { latest }: Evidence): readonly SignedRow[] =>
  latest.filter(({ context }) => context === umbrella)

/** A first look at the latest rows, as the gate reads them. */
async function latestLook(kept: FirstReads, head: Head): Promise<Evidence> {
  const { api, combined } = kept
  combined.add(head.sha)
  const latest = await seen('latest rows', [], api.latestRows(head.sha))
  return lookOf(kept, head, signed(latest.value, [], api.dialect), latest)
}
