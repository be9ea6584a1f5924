import type { NonEmpty } from '../../core/model/evidence.js'
import { adviceFor } from './advice.js'
import { cautionOf, isUnchecked } from './caution.js'
import { grouped, pullNames } from './grouped.js'
import type { Part } from './parts.js'
import { isRightlyRed, partOf, statusWord } from './parts.js'
import { quietCount } from './report.js'
import type { PullReport, SweepReport } from './report.js'
import { requiredLines } from './required.js'
import { rightlyRedLine } from './rightly-red.js'
import { linkAfter, plain, pullNumbers } from './text.js'

/** Does the log say what to do about this pull? */
const isAsked = (pull: PullReport): boolean =>
  pull.stuck || ['alarm', 'person'].includes(partOf(pull))

/** What was written by a repair that did not end well, where its detail leaves it open. */
const WRITTEN: Readonly<Partial<Record<PullReport['outcome'], string>>> = {
  'changed-meanwhile': '; nothing was written',
  'head-moved': '; nothing was written',
  closed: '; nothing was written',
  held: '; nothing was written',
  'no-right': '; nothing was written',
  unconfirmed: '; our success was written, and may stand',
}

function writtenText({ kind, outcome, outcomeDetail, posted, remedy }: PullReport): string {
  if (kind !== 'repair' || / was lost \(/.test(outcomeDetail)) return ''
  if (outcome !== 'failed') return WRITTEN[outcome] ?? ''
  if (posted !== null) return ''
  return remedy === 'rerun' ? '; nothing was run again' : '; nothing was written'
}

/** Does a repair end so that a person may wonder what is to be done, although nothing is? */
const isAgain = ({ kind, outcome }: PullReport): boolean =>
  kind === 'repair' &&
  ['changed-meanwhile', 'head-moved', 'closed', 'withdrawn', 'rerun-pending'].includes(outcome)

/** What the log says behind the number of a pull: what happened, what was written, what to do. */
function logText(pull: PullReport): string {
  const { outcomeDetail, reason } = pull
  const ended = `${plain(outcomeDetail, 600)}${writtenText(pull)}`
  const outcome = outcomeDetail === '' ? '' : ` — ${ended}`
  const isAdvised = isAsked(pull) || isAgain(pull) || isRightlyRed(reason)
  const advice = isAdvised ? ` → ${adviceFor(pull)}` : ''
  const caution = cautionOf(pull)
  return (
    `${statusWord(pull)}: ${pull.reason}: ${plain(pull.detail)}` +
    `${caution === null ? '' : `; ${plain(caution, 600)}`}${outcome}${advice}`
  )
}

/** The pulls that were left alone, in one line, those that are still blocked by number. */
function quietLine({ quiet, pending }: SweepReport): readonly string[] {
  const reasons = Object.entries(quiet).filter(([, count]) => count > 0)
  if (reasons.length === 0) return []
  const counted = reasons
    .map(([reason, count]) => {
      const named = reason === 'umbrella-pending' ? pending.slice(0, NAMED_PULLS) : []
      const more = count > named.length ? ' and more' : ''
      return `${count} ${reason}${named.length === 0 ? '' : ` (${pullNumbers(named)}${more})`}`
    })
    .join(', ')
  return [`${quietCount(quiet)} left alone: ${counted}`]
}

/** The page of the run that failed under a green umbrella. */
const failedRun = ({ kind, run }: PullReport): string =>
  kind === 'alarm' && run !== null && run.url !== '' ? `, failed run:${linkAfter(run.url)}` : ''

/** So many pulls are named in one line. */
const NAMED_PULLS = 15

/** What earlier sweeps wrote and still stands, in one line; none where there is nothing. */
function earlierLine(earlier: SweepReport['earlier']): readonly string[] {
  if (earlier.length === 0) return []
  const named = earlier.slice(0, NAMED_PULLS).map(({ number, row }) => `#${number} (row ${row})`)
  const more = earlier.length > NAMED_PULLS ? ` and ${earlier.length - NAMED_PULLS} more` : ''
  return [`looked at again, and left: our earlier success on ${named.join(', ')}${more}`]
}

/**
 * One line of the log: the pulls that it speaks of, and what is said of them. Reads well without
 * colours and without a summary.
 */
function logLine(text: string, pulls: NonEmpty<PullReport>): string {
  const [pull] = pulls
  const others = pull.sharedWith.filter(number => pulls.every(one => one.number !== number))
  const shared = others.length === 0 ? '' : ` (one commit with ${pullNumbers(others)})`
  const link = pulls.length === 1 && isAsked(pull) ? linkAfter(pull.url) : ''
  return `${pullNames(pulls)}${shared} ${text}${link}${pulls.length === 1 ? failedRun(pull) : ''}`
}

/** Least urgent first: the end of a log is where people look. */
const LOG_ORDER: readonly Part[] = ['left', 'waiting', 'repaired', 'person', 'alarm']

/** The log of a whole sweep, what needs attention last; what is equal of several pulls once. */
export function logLines(report: SweepReport): readonly string[] {
  const { pulls, policy } = report
  const byNumber = [...pulls].sort((a, b) => a.number - b.number)
  // A pull that was asked for by its number is told whole.
  const red =
    policy.pullRequest === null ? byNumber.filter(pull => partOf(pull) === 'rightly-red') : []
  const told = byNumber.filter(pull => !red.includes(pull))
  const rank = (pull: PullReport): number => LOG_ORDER.indexOf(partOf(pull))
  const sorted = told.sort((a, b) => rank(a) - rank(b))
  const commands = sorted.flatMap(({ number, command }) =>
    command === null ? [] : [`   for #${number}: ${plain(command, 1000)}`],
  )
  const lines = grouped(sorted, logText).map(([text, on]) => logLine(text, on))
  return [
    ...quietLine(report),
    ...earlierLine(report.earlier),
    ...rightlyRedLine(red),
    ...requiredLines(report),
    ...lines,
    ...commands,
  ]
}

/** That a false green could not be found on some pulls, in one loud line; `null`: on none. */
export function uncheckedLine({ pulls }: SweepReport): string | null {
  const unchecked = pulls.filter(pull => pull.reason === 'nothing-required' || isUnchecked(pull))
  return unchecked.length === 0
    ? null
    : `no required jobs were found for ${pullNames(unchecked.slice(0, NAMED_PULLS))}` +
        `${unchecked.length > NAMED_PULLS ? ' and more' : ''}: a false green cannot be detected ` +
        'there. Name the required jobs in required-contexts, or the umbrella in umbrella-context'
}
