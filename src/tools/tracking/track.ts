import type { Instant } from '../../core/model/time.js'
import type { ForgeError, ForgeErrorCode } from '../../forge/port.js'
import { attempt } from '../../forge/reading.js'
import type { Comments, TrackedIssue, Tracker } from '../../forge/tracker.js'
import type { SweepReport, Tracking } from '../../sweep/report/report.js'
import type { Tally } from './tally.js'
import { countOf, tallyOf, WINDOW } from './tally.js'
import { commentOf, raiseLine, repairsOf } from './wording.js'

/** What the tracking issue is kept with. */
interface Track {
  readonly tracker: Tracker
  readonly number: number
  readonly dryRun: boolean
  readonly repo: string
}

/** Why nothing may be written on this issue, or `null`. */
function faultOf({ open, locked, isPull, number }: TrackedIssue): string | null {
  if (isPull) return `#${number} is a pull request, not an issue`
  if (!open) return `issue #${number} is closed`
  return locked ? `issue #${number} is locked` : null
}

interface KnownTally {
  readonly tally: Tally
  /** May silence be believed? */
  readonly whole: boolean
  /** Why it is not known which comments are ours, or how many; `null`: it is. */
  readonly unknown: string | null
}

const FOREIGN =
  'earlier comments with the marker were written by a user this token may not prove to be ' +
  'itself, so nothing is counted; give it read:user (docs/tracking.md)'

const CUT = 'the comments of the last 14 days could not all be read, so nothing is counted'

/**
 * What our comments say. Those of the last 14 days are enough while there is one among them; else
 * the newest before them tells since when it is quiet, and whether closing was proposed. A token
 * that may not ask who it is, is taken for a workflow's own: where nothing was written by that and
 * another user's comment carries our marker, that user may be the token's. A list that is cut short
 * counts too few.
 */
async function readTally(
  { tracker }: Track,
  issue: TrackedIssue,
  now: Instant,
): Promise<KnownTally> {
  if (issue.comments === 0) return { tally: tallyOf([], [], now), whole: true, unknown: null }
  const { logins, certain } = await tracker.self()
  const recent = await tracker.comments(issue, (now - WINDOW) as Instant)
  const tally = tallyOf(recent.rows, logins, now)
  if (tally.last !== null && recent.whole) return { tally, whole: true, unknown: null }
  const all: Comments = await tracker.comments(issue, null)
  const older = tallyOf(all.rows, logins, now)
  const ours = older.last !== null || older.proposed
  if (!certain && !ours && older.foreign) return { tally: older, whole: false, unknown: FOREIGN }
  const unknown = recent.whole || all.whole ? null : CUT
  return { tally: older, whole: unknown === null && (all.whole || ours), unknown }
}

const NOTHING_TRACKED: Tracking = {
  recurrences: null,
  daysSinceLast: null,
  raise: null,
  comment: null,
  posted: false,
  warning: null,
}

/**
 * Keeps the tracking issue after a sweep: one comment for what was repaired, one that proposes to
 * close after a quiet time, and the counts. Whatever goes wrong is a warning; the sweep stands.
 */
export async function track(on: Track, report: SweepReport): Promise<Tracking> {
  const { tracker, number, dryRun, repo } = on
  const failed = ({ code, message }: ForgeError): string =>
    `issue #${number} of ${repo}: ${WHY[code] ?? 'it could not be kept'}: ${message}`
  const counted = await attempt(() => countRepairs(on, report))
  if (!counted.ok) return { ...NOTHING_TRACKED, warning: failed(counted.why) }
  const tracking = counted.value
  const { comment } = tracking
  if (comment === null || dryRun) return tracking
  const posted = await attempt(() => tracker.comment(number, comment))
  return posted.ok ? { ...tracking, posted: true } : { ...tracking, warning: failed(posted.why) }
}

/** What is counted, and the comment that is to be posted, if one may be. */
async function countRepairs(on: Track, report: SweepReport): Promise<Tracking> {
  const issue = await on.tracker.issue(on.number)
  if (issue.at === null)
    return { ...NOTHING_TRACKED, warning: 'the server sent no Date to count days by' }
  const fault = faultOf(issue)
  if (issue.isPull) return { ...NOTHING_TRACKED, warning: fault }
  const { tally, whole, unknown } = await readTally(on, issue, issue.at)
  const { next, recent, daysSinceLast, raise } = countOf(repairsOf(report), tally, {
    issue,
    now: issue.at,
    whole,
    known: unknown === null,
  })
  const mayComment = next === null || fault === null
  return {
    recurrences: recent,
    daysSinceLast,
    raise: raise === null ? null : raiseLine(raise),
    comment: next === null || !mayComment ? null : commentOf(next),
    posted: false,
    warning: mayComment ? unknown : `${fault}: not commented`,
  }
}

const WHY: Readonly<Partial<Record<ForgeErrorCode, string>>> = {
  'not-found': 'it does not exist here, or this token may not see issues',
  forbidden: 'this token may not read or comment it (docs/permissions.md)',
  redirected: 'it was moved to another repository',
}
