import type { Annotation } from '../../runner.js'
import type { NonEmpty } from '../../core/model/evidence.js'
import { isLost } from '../../core/plan/outcome.js'
import type { ContextRow } from '../../core/rules/trace.js'
import type { Reason } from '../../core/rules/verdict.js'
import { isRequired } from '../../core/view/view.js'
import { adviceFor, ONE_A_LINE } from './advice.js'
import { cautionOf, isUnchecked } from './caution.js'
import type { PullReport, LeftAloneCounts, SweepReport } from './report.js'
import { countsOf, quietCount } from './report.js'
import { planLine } from './plan.js'
import { linkAfter, markdown, pullNumbers, plain, plural } from './text.js'

/** Pulls of a part of the summary; what is beyond them is in the JSON report. */
const SUMMARY_PULLS = 15

/** What a sweep has to say of a pull. Every pull is in exactly one of these. */
type Part = 'alarm' | 'person' | 'rightly-red' | 'repaired' | 'waiting' | 'left'

/**
 * Reasons by which an umbrella is rightly red: a job of the newest run did not succeed. That is an
 * ordinary day of a repository, and its author sees the red job; a push or a re-run mends it.
 */
const RIGHTLY_RED = {
  'required-failed': ['failure'],
  'required-cancelled': ['cancelled'],
  'required-skipped': ['skipped'],
  'required-missing': ['missing'],
  'run-failed': ['failure', 'cancelled'],
} as const satisfies Partial<Record<Reason, readonly ContextRow['says'][]>>

const isRightlyRed = (reason: Reason): reason is keyof typeof RIGHTLY_RED => reason in RIGHTLY_RED

/** Repairs that ended without a write of ours standing, and that the next sweep looks at again. */
const AGAIN = ['changed-meanwhile', 'head-moved', 'withdrawn', 'rerun-pending'] as const

/** What tells in which part a pull is. */
type Told = Pick<PullReport, 'kind' | 'reason' | 'outcome' | 'outcomeDetail'>

/**
 * Does this pull need a person? What no new push mends, repairs that did not end well, and an
 * earlier success of ours over a red that is right.
 */
function needsPerson({ kind, reason, outcome, outcomeDetail }: Told): boolean {
  const isTouched = outcome !== 'none' || outcomeDetail !== ''
  return (
    (kind === 'refuse' && (isTouched || !isRightlyRed(reason))) ||
    isLost(outcome) ||
    (kind === 'repair' && (outcome === 'held' || outcome === 'none' || outcome === 'still-red'))
  )
}

/** Repairs that ended well, or would have. */
const REPAIRED = ['compensated', 'rerun', 'dry-run'] as const

/** In which part a pull is told: an alarm comes before everything else, and counts once. */
export function partOf(pull: Told): Part {
  const { kind, outcome } = pull
  if (kind === 'alarm') return 'alarm'
  if (needsPerson(pull)) return 'person'
  if (kind === 'refuse') return 'rightly-red'
  if (kind === 'repair' && REPAIRED.some(code => code === outcome)) return 'repaired'
  if (kind === 'wait' || AGAIN.some(code => code === outcome)) return 'waiting'
  return 'left'
}

const inPart = (pulls: readonly PullReport[], part: Part): readonly PullReport[] =>
  pulls.filter(pull => partOf(pull) === part)

/** What happened to a repair, where its outcome is not said as it stands. */
const REPAIRS: Readonly<Partial<Record<PullReport['outcome'], string>>> = {
  compensated: 'repaired',
  rerun: 'repaired by a re-run',
  'rerun-pending': 'runs again',
  'still-red': 'still red',
  'dry-run': 'would repair',
  none: 'not repaired',
}

/** What happened to a pull, in a word or two. */
export function statusWord({ kind, outcome, stuck }: PullReport): string {
  switch (kind) {
    case 'repair':
      return REPAIRS[outcome] ?? outcome
    case 'wait':
      return outcome === 'withdrawn' ? 'withdrawn' : stuck ? 'stuck' : 'waits'
    case 'refuse':
      return 'refused'
    case 'alarm':
      return 'ALARM'
    case 'leave':
      return 'left alone'
  }
}

/** The whole sweep in one sentence: alarms first, then what was done; the parts add up. */
export function headline(report: SweepReport): string {
  const { pulls, quiet, policy } = report
  const { scanned, failed } = countsOf(report)
  const count = (part: Part): number => inPart(pulls, part).length
  const withdrawn = pulls.filter(
    ({ kind, outcome }) => kind !== 'repair' && outcome === 'withdrawn',
  ).length
  const alarms = count('alarm')
  const parts = [
    alarms > 0 ? plural(alarms, 'ALARM') : '',
    policy.dryRun
      ? `${count('repaired')} would be repaired (dry run: nothing was written)`
      : `${count('repaired')} repaired`,
    plural(count('person'), 'needs a person', 'need a person'),
    count('rightly-red') > 0 ? `${count('rightly-red')} rightly red` : '',
    `${count('waiting')} waiting`,
    `${count('left') + quietCount(quiet)} left alone`,
  ]
  const more = [
    withdrawn > 0
      ? plural(
          withdrawn,
          'earlier success of ours was taken back',
          'earlier successes of ours were taken back',
        )
      : '',
    failed > 0 ? `${plural(failed, 'write')} failed` : '',
  ].filter(part => part !== '')
  return (
    `${plural(scanned, 'open pull request')}: ` +
    parts.filter(part => part !== '').join(', ') +
    (more.length === 0 ? '' : `; ${more.join(', ')}`)
  )
}

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
function rightlyRedLine(pulls: readonly PullReport[]): readonly string[] {
  if (pulls.length === 0) return []
  const sorted = [...pulls].sort((a, b) => a.number - b.number)
  const groups = grouped(sorted, pull => `${pull.reason} (${plain(redJob(pull))})`)
  const more = groups.length - GROUPS
  const named = groups.slice(0, GROUPS).map(([why, on]) => `${namesOf(on)} ${why}`)
  const rest = more > 0 ? `; and ${plural(more, 'more group')} in the JSON report` : ''
  const skips = pulls.some(({ reason }) => reason === 'required-skipped') ? SKIPS : ''
  const commas = pulls.some(pull => adviceFor(pull).endsWith(ONE_A_LINE)) ? `; ${ONE_A_LINE}` : ''
  return [`${pulls.length} rightly red: ${named.join('; ')}${rest}${skips}${commas}`]
}

/** Pulls by their text, in the order in which each text comes first. */
function grouped(
  pulls: readonly PullReport[],
  textOf: (pull: PullReport) => string,
): readonly (readonly [text: string, pulls: NonEmpty<PullReport>])[] {
  const by = new Map<string, NonEmpty<PullReport>>()
  for (const pull of pulls) {
    const text = textOf(pull)
    const others = by.get(text)
    by.set(text, others === undefined ? [pull] : [...others, pull])
  }
  return [...by]
}

const namesOf = (pulls: readonly PullReport[]): string =>
  pullNumbers(pulls.map(({ number }) => number))

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

const linked = (text: string, url: string): string => (url === '' ? text : `[${text}](<${url}>)`)

/** One pull of the summary as an item of a list: no table is wider than a phone. */
function item(pull: PullReport): readonly string[] {
  const { number, url, title, reason, detail, run, outcomeDetail, command } = pull
  const part = partOf(pull)
  const where = run === null || run.url === '' ? '' : ` (${linked(`run ${run.key}`, run.url)})`
  const outcome = outcomeDetail === '' ? '' : `  \n  ${markdown(outcomeDetail)}`
  const advice =
    part === 'alarm' || part === 'person'
      ? `  \n  **What to do:** ${markdown(adviceFor(pull))}`
      : ''
  return [
    `- ${linked(`#${number}`, url)} ${markdown(title, 60)}: ${statusWord(pull)}, ` +
      `\`${reason}\`${where}  `,
    `  ${markdown(detail)}${outcome}${advice}`,
    ...(command === null ? [] : ['', ...codeBlock(command)]),
  ]
}

/** A command as a block of code of its own, whatever stands in it. */
function codeBlock(command: string): readonly string[] {
  const text = plain(command, 2000)
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return [`  ${fence}sh`, `  ${text}`, `  ${fence}`]
}

function partOfSummary(title: string, pulls: readonly PullReport[]): readonly string[] {
  if (pulls.length === 0) return []
  const sorted = [...pulls].sort((a, b) => a.number - b.number)
  const more = pulls.length - SUMMARY_PULLS
  return [
    `### ${title}`,
    '',
    ...sorted.slice(0, SUMMARY_PULLS).flatMap(item),
    ...(more > 0 ? ['', `…and ${more} more in the JSON report.`] : []),
    '',
  ]
}

function waitingLine(pulls: readonly PullReport[]): readonly string[] {
  if (pulls.length === 0) return []
  const named = pulls
    .slice(0, 30)
    .map(
      ({ number, url, reason, stuck }) =>
        `${linked(`#${number}`, url)} \`${reason}\`${stuck ? ' (stuck)' : ''}`,
    )
  const more = pulls.length - named.length
  return [`Waiting: ${named.join(', ')}${more > 0 ? `, and ${more} more` : ''}`, '']
}

/**
 * The job summary, readable on a phone: alarms first, then what needs a person, then what was done;
 * what waits, and a count of what was left alone.
 */
export function summary(report: SweepReport): string {
  const { pulls, server, policy } = report
  const of = (part: Part): readonly PullReport[] => inPart(pulls, part)
  return [
    '## umbrella-reaper',
    '',
    `**${headline(report)}**`,
    '',
    markdown(planLine(report.remedy), 900),
    '',
    ...partOfSummary('Alarm', of('alarm')),
    ...partOfSummary('Needs a person', of('person')),
    ...partOfSummary(policy.dryRun ? 'Would be repaired' : 'Repaired', of('repaired')),
    ...waitingLine(of('waiting')),
    ...rightlyRedLine(of('rightly-red')).flatMap(line => [markdown(line, 2000), '']),
    `${markdown(`${server.kind} ${server.version}`)}, evidence: ${server.grade}, ` +
      `${report.requests} requests, umbrella ${markdown(policy.umbrella)}`,
    '',
  ].join('\n')
}

const ANNOTATIONS = 10

/** What needs a person, the most urgent first; runners show only so many. */
export function annotations({ pulls }: SweepReport): readonly Annotation[] {
  return [...inPart(pulls, 'alarm'), ...inPart(pulls, 'person')]
    .slice(0, ANNOTATIONS)
    .map(pull => ({
      level: partOf(pull) === 'alarm' ? 'error' : 'warning',
      title: `#${pull.number} ${pull.reason}`,
      text: `${plain(pull.detail)}; ${adviceFor(pull)}${linkAfter(pull.url)}`,
    }))
}

/** That a false green could not be found on some pulls, in one loud line; `null`: on none. */
export function uncheckedLine({ pulls }: SweepReport): string | null {
  const unchecked = pulls.filter(pull => pull.reason === 'nothing-required' || isUnchecked(pull))
  return unchecked.length === 0
    ? null
    : `nothing is known that must be green on ${namesOf(unchecked.slice(0, SUMMARY_PULLS))}` +
        `${unchecked.length > SUMMARY_PULLS ? ' and more' : ''}: a false green cannot be found ` +
        'there. Name the required jobs in required-contexts, or the umbrella in umbrella-context'
}
