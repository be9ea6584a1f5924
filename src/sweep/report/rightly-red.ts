import { isRequired } from '../../core/view/view.js'
import { adviceFor, ONE_A_LINE } from './advice.js'
import { grouped, pullNames } from './grouped.js'
import { isRightlyRed, RIGHTLY_RED } from './parts.js'
import type { PullReport } from './report.js'
import { plain, plural } from './text.js'

/** So many groups of a line are named; the JSON report has the rest. */
const GROUPS = 12

/** The job that makes an umbrella rightly red. */
function redJob({ reason, contexts, detail }: PullReport): string {
  if (!isRightlyRed(reason)) return detail
  const says: readonly string[] = RIGHTLY_RED[reason]
  const counts = (row: PullReport['contexts'][number]): boolean =>
    reason === 'run-failed' ? row.level === 'unlisted' : isRequired(row)
  return contexts.find(row => counts(row) && says.includes(row.says))?.context ?? detail
}

/** What a skip that is meant takes, once for all of them. */
const SKIPS = '; a job that may be skipped belongs in skippable-contexts'

/** Pulls whose umbrella is rightly red, counted and named in one line; none when there are none. */
export function rightlyRedLine(pulls: readonly PullReport[]): readonly string[] {
  if (pulls.length === 0) return []
  const sorted = [...pulls].sort((a, b) => a.number - b.number)
  const groups = grouped(sorted, pull => `${pull.reason} (${plain(redJob(pull))})`)
  const more = groups.length - GROUPS
  const named = groups.slice(0, GROUPS).map(([why, on]) => `${pullNames(on)} ${why}`)
  const rest = more > 0 ? `; and ${plural(more, 'more group')} in the JSON report` : ''
  const skips = pulls.some(({ reason }) => reason === 'required-skipped') ? SKIPS : ''
  const commas = pulls.some(pull => adviceFor(pull).endsWith(ONE_A_LINE)) ? `; ${ONE_A_LINE}` : ''
  return [`${pulls.length} rightly red: ${named.join('; ')}${rest}${skips}${commas}`]
}
