import type { Instant } from '../core/model/time.js'
import { ForgeError } from '../forge/port.js'
import type { Comments, TrackedIssue, Tracker } from '../forge/tracker.js'
import type { SweepReport, Tracking } from '../report/report.js'
import type { Counted, Tally } from '../tracking/tally.js'
import { countOf, tallyOf, WINDOW } from '../tracking/tally.js'
import { commentOf, raiseLine, repairsOf } from '../tracking/wording.js'

/** What the tracking issue is kept with. */
export interface Track {
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

interface Known {
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
async function read({ tracker }: Track, issue: TrackedIssue, now: Instant): Promise<Known> {
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

const NOTHING = { recurrences: null, daysSinceLast: null, raise: null, comment: null } as const

/**
 * Keeps the tracking issue after a sweep: one comment for what was repaired, one that proposes to
 * close after a quiet time, and the counts. Whatever goes wrong is a warning; the sweep stands.
 */
export async function track(on: Track, report: SweepReport): Promise<Tracking> {
  const { tracker, number, dryRun, repo } = on
  const repairs = repairsOf(report)
  let counted: Counted | null = null
  let comment: string | null = null
  try {
    const issue = await tracker.issue(number)
    if (issue.at === null)
      return { ...NOTHING, posted: false, warning: 'the server sent no Date to count days by' }
    const fault = faultOf(issue)
    if (issue.isPull) return { ...NOTHING, posted: false, warning: fault }
    const { tally, whole, unknown } = await read(on, issue, issue.at)
    counted = countOf(repairs, tally, { issue, now: issue.at, whole, known: unknown === null })
    comment = counted.next === null ? null : commentOf(counted.next, repairs)
    const told = tellable(counted, comment)
    if (comment !== null && fault !== null)
      return { ...told, comment: null, posted: false, warning: `${fault}: not commented` }
    if (comment === null || dryRun) return { ...told, posted: false, warning: unknown }
    await tracker.comment(number, comment)
    return { ...told, posted: true, warning: unknown }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    const what = `issue #${number} of ${repo}`
    const warning = `${what}: ${WHY[error.code] ?? 'it could not be kept'}: ${error.message}`
    const told = counted === null ? NOTHING : tellable(counted, comment)
    return { ...told, posted: false, warning }
  }
}

const WHY: Readonly<Partial<Record<ForgeError['code'], string>>> = {
  'not-found': 'it does not exist here, or this token may not see issues',
  forbidden: 'this token may not read or comment it (docs/permissions.md)',
  redirected: 'it was moved to another repository',
}

const tellable = (
  { recent, daysSinceLast, raise }: Counted,
  comment: string | null,
): Omit<Tracking, 'posted' | 'warning'> => ({
  ...{ recurrences: recent, daysSinceLast, comment },
  raise: raise === null ? null : raiseLine(raise),
})
