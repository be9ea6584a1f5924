import type { Annotation } from '../../runner.js'
import { adviceFor } from './advice.js'
import { commitSummary } from './commits.js'
import type { Part } from './parts.js'
import { byPart, partOf, statusWord } from './parts.js'
import { chosenBy, planLine } from './plan.js'
import type { PullReport, SweepReport } from './report.js'
import { countsOf, quietCount } from './report.js'
import { requiredSection } from './required.js'
import { rightlyRedLine } from './rightly-red.js'
import { linkAfter, markdown, plain, plural } from './text.js'

/** Pulls of a part of the summary; what is beyond them is in the JSON report. */
const SUMMARY_PULLS = 15

/** The whole sweep in one sentence: alarms first, then what was done; the parts add up. */
export function headline(report: SweepReport): string {
  const { pulls, quiet, policy, unjudged } = report
  const { scanned, failed } = countsOf(report)
  const parts = byPart(pulls)
  const count = (part: Part): number => parts[part].length
  const withdrawn = pulls.filter(
    ({ kind, outcome }) => kind !== 'repair' && outcome === 'withdrawn',
  ).length
  const alarms = count('alarm')
  const counts = [
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
    unjudged === null
      ? ''
      : `${unjudged.pulls} of them were not judged (${plain(unjudged.why)}): the next sweep ` +
        'looks at all of them again',
  ].filter(part => part !== '')
  return (
    `${plural(scanned, 'open pull request')}: ` +
    counts.filter(part => part !== '').join(', ') +
    (more.length === 0 ? '' : `; ${more.join(', ')}`)
  )
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
  const parts = byPart(pulls)
  return [
    '## umbrella-reaper',
    '',
    `**${headline(report)}**`,
    '',
    markdown(planLine(report.remedy, chosenBy(report)), 900),
    '',
    ...partOfSummary('Alarm', parts.alarm),
    ...partOfSummary('Needs a person', parts.person),
    ...partOfSummary(policy.dryRun ? 'Would be repaired' : 'Repaired', parts.repaired),
    ...requiredSection(report),
    ...commitSummary(report.commits ?? []),
    ...waitingLine(parts.waiting),
    ...rightlyRedLine(parts['rightly-red']).flatMap(line => [markdown(line, 2000), '']),
    `${markdown(`${server.kind} ${server.version}`)}, evidence: ${server.grade}, ` +
      `${report.requests} requests, umbrella ${markdown(policy.umbrella)}`,
    '',
  ].join('\n')
}

const ANNOTATIONS = 10

/** What needs a person, the most urgent first; runners show only so many. */
export function annotations({ pulls }: SweepReport): readonly Annotation[] {
  const { alarm, person } = byPart(pulls)
  return [...alarm, ...person].slice(0, ANNOTATIONS).map(pull => ({
    level: partOf(pull) === 'alarm' ? 'error' : 'warning',
    title: `#${pull.number} ${pull.reason}`,
    text: `${plain(pull.detail)}; ${adviceFor(pull)}${linkAfter(pull.url)}`,
  }))
}
