import type { NonEmpty } from '../../core/model/evidence.js'
import { adviceFor } from './advice.js'
import { cautionOf, isUnchecked } from './caution.js'
import { grouped, namesOf } from './grouped.js'
import type { Part } from './parts.js'
import { inPart, isRightlyRed, partOf, statusWord } from './parts.js'
import { quietCount } from './report.js'
import type { LeftAloneCounts, PullReport, SweepReport } from './report.js'
import { rightlyRedLine } from './rightly-red.js'
import { linkAfter, plain, pullNumbers } from './text.js'

/** Does the log say what to do about this pull? */
const isAsked = (pull: PullReport): boolean =>
  partOf(pull) === 'alarm' || partOf(pull) === 'person' || pull.stuck

/** What the log says behind the number of a pull: what happened, why, and what to do. */
function logText(pull: PullReport): string {
  const outcome = pull.outcomeDetail !== '' ? ` — ${plain(pull.outcomeDetail)}` : ''
  const advice = isAsked(pull) || isRightlyRed(pull.reason) ? ` → ${adviceFor(pull)}` : ''
  const caution = cautionOf(pull)
  return (
    `${statusWord(pull)}: ${pull.reason}: ${plain(pull.detail)}` +
    `${caution === null ? '' : `; ${plain(caution, 600)}`}${outcome}${advice}`
  )
}

/** The pulls that were left alone, in one line; none when there are none. */
function quietLine(quiet: LeftAloneCounts): readonly string[] {
  const reasons = Object.entries(quiet).filter(([, count]) => count > 0)
  if (reasons.length === 0) return []
  const counted = reasons.map(([reason, count]) => `${count} ${reason}`).join(', ')
  return [`${quietCount(quiet)} left alone: ${counted}`]
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
  return `${namesOf(pulls)}${shared} ${text}${link}`
}

/** Least urgent first: the end of a log is where people look. */
const LOG_ORDER: readonly Part[] = ['left', 'waiting', 'repaired', 'person', 'alarm']

/** The log of a whole sweep, what needs attention last; what is equal of several pulls once. */
export function logLines(report: SweepReport): readonly string[] {
  const { pulls, policy } = report
  const byNumber = [...pulls].sort((a, b) => a.number - b.number)
  // A pull that was asked for by its number is told whole.
  const red = policy.pullRequest === null ? inPart(byNumber, 'rightly-red') : []
  const told = byNumber.filter(pull => !red.includes(pull))
  const rank = (pull: PullReport): number => LOG_ORDER.indexOf(partOf(pull))
  const sorted = told.sort((a, b) => rank(a) - rank(b))
  const commands = sorted.flatMap(({ number, command }) =>
    command === null ? [] : [`   for #${number}: ${plain(command, 1000)}`],
  )
  const lines = grouped(sorted, logText).map(([text, on]) => logLine(text, on))
  return [...quietLine(report.quiet), ...rightlyRedLine(red), ...lines, ...commands]
}

/** So many pulls are named in the warning below. */
const NAMED = 15

/** That a false green could not be found on some pulls, in one loud line; `null`: on none. */
export function uncheckedLine({ pulls }: SweepReport): string | null {
  const unchecked = pulls.filter(pull => pull.reason === 'nothing-required' || isUnchecked(pull))
  return unchecked.length === 0
    ? null
    : `nothing is known that must be green on ${namesOf(unchecked.slice(0, NAMED))}` +
        `${unchecked.length > NAMED ? ' and more' : ''}: a false green cannot be found ` +
        'there. Name the required jobs in required-contexts, or the umbrella in umbrella-context'
}
