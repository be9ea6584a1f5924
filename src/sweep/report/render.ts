import type { Annotation } from '../../runner.js'
import { isLost } from '../../core/plan/outcome.js'
import { ADVICE, OUTCOME_ADVICE } from './advice.js'
import type { PullReport, LeftAloneCounts, SweepReport } from './report.js'
import { countsOf, quietCount } from './report.js'
import { planLine } from './plan.js'
import { linkAfter, markdown, pullNumbers, plain, plural } from './text.js'

/** Pulls of a part of the summary; what is beyond them is in the JSON report. */
const SUMMARY_PULLS = 15

/** What a sweep has to say of a pull. Every pull is in exactly one of these. */
type Part = 'alarm' | 'person' | 'repaired' | 'waiting' | 'left'

/** Repairs that ended without a write of ours standing, and that the next sweep looks at again. */
const AGAIN = ['changed-meanwhile', 'head-moved', 'withdrawn', 'rerun-pending'] as const

/** Does this pull need a person? Refusals, and repairs that did not end well. */
function needsPerson({ kind, outcome }: Pick<PullReport, 'kind' | 'outcome'>): boolean {
  return (
    kind === 'refuse' ||
    isLost(outcome) ||
    (kind === 'repair' && (outcome === 'held' || outcome === 'none' || outcome === 'still-red'))
  )
}

/** Repairs that ended well, or would have. */
const REPAIRED = ['compensated', 'rerun', 'dry-run'] as const

/** In which part a pull is told: an alarm comes before everything else, and counts once. */
export function partOf({ kind, outcome }: Pick<PullReport, 'kind' | 'outcome'>): Part {
  if (kind === 'alarm') return 'alarm'
  if (needsPerson({ kind, outcome })) return 'person'
  if (kind === 'repair' && REPAIRED.some(code => code === outcome)) return 'repaired'
  if (kind === 'wait' || AGAIN.some(code => code === outcome)) return 'waiting'
  return 'left'
}

const inPart = (pulls: readonly PullReport[], part: Part): readonly PullReport[] =>
  pulls.filter(pull => partOf(pull) === part)

/** What to do about a pull, in one sentence; for a job that was skipped, with the line to add. */
export function adviceFor({ kind, reason, outcome, contexts }: PullReport): string {
  const advice = (kind === 'repair' ? OUTCOME_ADVICE[outcome] : undefined) ?? ADVICE[reason]
  const skipped = contexts.find(
    ({ says, level }) => says === 'skipped' && level !== 'unlisted' && level !== 'optional',
  )
  return reason === 'required-skipped' && skipped !== undefined
    ? `${advice}: ${plain(skipped.context)}`
    : advice
}

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

/**
 * One pull in the log: number, what happened, why, and what to do. Reads well without colours and
 * without a summary.
 */
export function logLine(pull: PullReport): string {
  const shared =
    pull.sharedWith.length === 0 ? '' : ` (one commit with ${pullNumbers(pull.sharedWith)})`
  const outcome = pull.outcomeDetail !== '' ? ` — ${plain(pull.outcomeDetail)}` : ''
  const part = partOf(pull)
  const asked = part === 'alarm' || part === 'person' || pull.stuck
  const advice = asked ? ` → ${adviceFor(pull)}${linkAfter(pull.url)}` : ''
  return (
    `#${pull.number} ${statusWord(pull)}: ${pull.reason}${shared}: ` +
    `${plain(pull.detail)}${outcome}${advice}`
  )
}

/** The pulls that were left alone, in one line; none when there are none. */
function quietLine(quiet: LeftAloneCounts): readonly string[] {
  const reasons = Object.entries(quiet).filter(([, count]) => count > 0)
  if (reasons.length === 0) return []
  const counted = reasons.map(([reason, count]) => `${count} ${reason}`).join(', ')
  return [`${quietCount(quiet)} left alone: ${counted}`]
}

/** Least urgent first: the end of a log is where people look. */
const LOG_ORDER: readonly Part[] = ['left', 'waiting', 'repaired', 'person', 'alarm']

/** The log of a whole sweep, what needs attention last. */
export function logLines(report: SweepReport): readonly string[] {
  const rank = (pull: PullReport): number => LOG_ORDER.indexOf(partOf(pull))
  const sorted = [...report.pulls].sort((a, b) => rank(a) - rank(b) || a.number - b.number)
  const commands = sorted.flatMap(({ number, command }) =>
    command === null ? [] : [`   for #${number}: ${plain(command, 1000)}`],
  )
  return [...quietLine(report.quiet), ...sorted.map(logLine), ...commands]
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
