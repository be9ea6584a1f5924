import type { NonEmpty } from '../../core/model/evidence.js'
import { nonEmpty } from '../../core/model/evidence.js'
import type { Instant } from '../../core/model/time.js'
import { hours } from '../../core/model/time.js'
import type { IssueComment, TrackedIssue } from '../../forge/tracker.js'
import type { RepairMark } from './marker.js'
import { readMark } from './marker.js'

/** How far back repairs are counted, and after how long without one the issue may be closed. */
export const WINDOW = hours(14 * 24)

/** So many times in that window are no accident any more. */
const OFTEN = 3

/** What our own comments on the issue say. */
export interface Tally {
  /** Comments on repairs within the window. */
  readonly recent: number
  /** The newest of any age that was read. */
  readonly last: Instant | null
  /** Was closing proposed since? */
  readonly proposed: boolean
  /** Repairs that were told before. */
  readonly told: ReadonlySet<string>
  /** Every repair within the window. */
  readonly repairs: readonly RepairMark[]
  /** Does somebody else's comment carry our marker? */
  readonly foreign: boolean
}

/** Logins are compared without case, as every forge does. */
const isOneOf = (author: string | null, logins: readonly string[]): boolean =>
  author !== null && logins.some(login => login.toLowerCase() === author.toLowerCase())

/**
 * Counts the comments that these logins wrote, in the order of their ids; one of anybody else
 * counts for nothing.
 */
export function tallyOf(
  comments: readonly IssueComment[],
  logins: readonly string[],
  now: Instant,
): Tally {
  let [recent, proposed, last]: [number, boolean, Instant | null] = [0, false, null]
  let foreign = false
  const told = new Set<string>()
  const repairs: RepairMark[] = []
  for (const { author, body, createdAt } of [...comments].sort((a, b) => a.id - b.id)) {
    const mark = isOneOf(author, logins) ? readMark(body) : null
    if (mark === null) {
      foreign ||= readMark(body) !== null
      continue
    }
    proposed = mark.kind === 'quiet'
    if (mark.kind === 'quiet') continue
    last = createdAt
    for (const { key } of mark.repairs) told.add(key)
    if (now - createdAt > WINDOW) continue
    recent += 1
    repairs.push(...mark.repairs)
  }
  return { recent, last, proposed, told, repairs, foreign }
}

/** What most repairs have in common. */
export interface Leading {
  readonly cause: string
  readonly job: string
  /** How many of the repairs have that cause. */
  readonly count: number
  readonly of: number
  /** In how many sweeps of the window they were made. */
  readonly times: number
}

/** The most frequent, and of those that are equal the newest. */
function mostOf(words: readonly string[]): { readonly word: string; readonly count: number } {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const most = Math.max(...counts.values())
  const word = [...words].reverse().find(one => counts.get(one) === most) ?? ''
  return { word, count: most }
}

export function leadingCause(repairs: NonEmpty<RepairMark>, times: number): Leading {
  const { word: cause, count } = mostOf(repairs.map(repair => repair.cause))
  const { word: job } = mostOf(repairs.map(repair => repair.job))
  return { cause, job, count, of: repairs.length, times }
}

/** The one comment a sweep has to post; `Repair` is a repair as the sweep tells it. */
export type NextComment<Repair extends RepairMark = RepairMark> =
  | {
      readonly kind: 'repairs'
      /** Those that no comment of ours told. */
      readonly repairs: NonEmpty<Repair>
      /** How often in the window, this time with it; `null`: not known. */
      readonly recent: number | null
      /** Where that is often: what to look into. */
      readonly raise: Leading | null
    }
  | { readonly kind: 'quiet'; readonly days: number }

/** What is told, and what is counted. */
interface Counted<Repair extends RepairMark = RepairMark> {
  readonly next: NextComment<Repair> | null
  /** `null` where it is not known which comments are ours. */
  readonly recent: number | null
  /** Whole days; `null` where no repair of ours is known. */
  readonly daysSinceLast: number | null
  readonly raise: Leading | null
}

/** What a tally is counted with. */
interface IssueReading {
  readonly issue: TrackedIssue
  readonly now: Instant
  /** No comment of ours can be older than those that were read, so that silence is known. */
  readonly whole: boolean
  /** Is it known which comments are ours? */
  readonly known: boolean
}

/**
 * A comment for repairs that were not told yet; none where nothing was done, but for the one that
 * proposes to close after a quiet time.
 */
export function countOf<Repair extends RepairMark>(
  done: readonly Repair[],
  tally: Tally,
  { issue, now, whole, known }: IssueReading,
): Counted<Repair> {
  const repairs = nonEmpty(done.filter(({ key }) => !tally.told.has(key)))
  const recent = known ? tally.recent + (repairs === null ? 0 : 1) : null
  const all = nonEmpty([...tally.repairs, ...(repairs ?? [])])
  const isOften = recent !== null && recent >= OFTEN
  const raise = isOften && all !== null ? leadingCause(all, recent) : null
  if (repairs !== null)
    return { next: { kind: 'repairs', repairs, recent, raise }, recent, daysSinceLast: 0, raise }
  const since = tally.last ?? issue.createdAt
  const days = Math.max(0, Math.floor((now - since) / hours(24)))
  const isQuiet = whole && done.length === 0 && !tally.proposed && now - since >= WINDOW
  return {
    next: isQuiet ? { kind: 'quiet', days } : null,
    recent,
    daysSinceLast: tally.last === null ? null : days,
    raise,
  }
}
