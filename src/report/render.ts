import { ADVICE, OUTCOME_ADVICE } from './advice.js'
import { isLost } from '../core/acting/outcome.js'
import type { PullReport, Quiet, SweepReport } from './report.js'
import { countsOf, quietCount } from './report.js'
import { markdown, plain } from './text.js'

/** Rows of a table in the summary; what is beyond them is in the JSON report. */
const SUMMARY_ROWS = 20

/** Was something done, or would it be, about this pull? */
const isDone = ({ kind, outcome }: PullReport): boolean =>
  kind === 'repair' && !needsPerson({ kind, outcome })

/** Does this pull need a person? Alarms, refusals, and repairs that did not end well. */
export function needsPerson({ kind, outcome }: Pick<PullReport, 'kind' | 'outcome'>): boolean {
  return (
    kind === 'alarm' ||
    kind === 'refuse' ||
    isLost(outcome) ||
    (kind === 'repair' && (outcome === 'held' || outcome === 'none'))
  )
}

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

/** What happened to a pull, in a word or two. */
export function statusWord({ kind, outcome, stuck }: PullReport): string {
  switch (kind) {
    case 'repair':
      return outcome === 'compensated'
        ? 'repaired'
        : outcome === 'dry-run'
          ? 'would repair'
          : outcome === 'none'
            ? 'not repaired'
            : outcome
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

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** The whole sweep in one sentence: what was done first, then what needs a person. */
export function headline(report: SweepReport): string {
  const { pulls, quiet, policy } = report
  const counts = countsOf(report)
  const count = (test: (pull: PullReport) => boolean): number => pulls.filter(test).length
  const dry = count(({ kind, outcome }) => kind === 'repair' && outcome === 'dry-run')
  const withdrawn = count(({ kind, outcome }) => kind !== 'repair' && outcome === 'withdrawn')
  const done = policy.dryRun
    ? `${dry} would be repaired (dry run: nothing was written)`
    : `${counts.compensated} repaired`
  const parts = [
    done,
    withdrawn > 0
      ? `${withdrawn} earlier success${withdrawn === 1 ? '' : 'es'} of ours taken back`
      : '',
    `${count(needsPerson)} need a person`,
    counts.alarms > 0 ? plural(counts.alarms, 'alarm') : '',
    counts.failed > 0 ? `${plural(counts.failed, 'write')} failed` : '',
    `${counts.waiting} waiting`,
    `${count(({ kind }) => kind === 'leave') + quietCount(quiet)} fine`,
  ]
  return (
    `${plural(counts.scanned, 'open pull request')}: ` +
    parts.filter(part => part !== '').join(', ')
  )
}

/**
 * One pull in the log: number, what happened, why, and what to do. Reads well without colours and
 * without a summary.
 */
export function logLine(pull: PullReport): string {
  const shared =
    pull.sharedWith.length === 0
      ? ''
      : ` (one commit with ${pull.sharedWith.map(number => `#${number}`).join(', ')})`
  const outcome = pull.outcomeDetail !== '' ? ` — ${plain(pull.outcomeDetail)}` : ''
  const advice = needsPerson(pull) || pull.stuck ? ` → ${adviceFor(pull)}` : ''
  return (
    `#${pull.number} ${statusWord(pull)}: ${pull.reason}${shared}: ` +
    `${plain(pull.detail)}${outcome}${advice}`
  )
}

/** The pulls that were left alone, in one line; none when there are none. */
function quietLine(quiet: Quiet): readonly string[] {
  const reasons = Object.entries(quiet).filter(([, count]) => count > 0)
  if (reasons.length === 0) return []
  const counted = reasons.map(([reason, count]) => `${count} ${reason}`).join(', ')
  return [`${quietCount(quiet)} left alone: ${counted}`]
}

/** The log of a whole sweep, what needs attention last, where people look. */
export function logLines(report: SweepReport): readonly string[] {
  const rank = (pull: PullReport): number =>
    pull.kind === 'leave'
      ? 0
      : pull.kind === 'wait'
        ? 1
        : isDone(pull)
          ? 2
          : pull.kind === 'alarm'
            ? 4
            : 3
  const sorted = [...report.pulls].sort((a, b) => rank(a) - rank(b) || a.number - b.number)
  const commands = sorted.flatMap(({ number, command }) =>
    command === null ? [] : [`   for #${number}: ${plain(command, 1000)}`],
  )
  return [...quietLine(report.quiet), ...sorted.map(logLine), ...commands]
}

/**
 * The job summary: one screen. First what was done, then what needs a person; then what waits, and
 * a count of what is fine.
 */
export function summary(report: SweepReport): string {
  const { pulls, server, policy } = report
  const done = pulls.filter(isDone)
  const person = [...pulls.filter(needsPerson)].sort(
    (a, b) => Number(b.kind === 'alarm') - Number(a.kind === 'alarm') || a.number - b.number,
  )
  const waits = pulls.filter(({ kind }) => kind === 'wait')
  const table = (
    title: string,
    rows: readonly PullReport[],
    last: string,
    cell: (pull: PullReport) => string,
  ): string[] =>
    rows.length === 0
      ? []
      : [
          `### ${title}`,
          '',
          `| pull | what | why | ${last} |`,
          '| --- | --- | --- | --- |',
          ...rows
            .slice(0, SUMMARY_ROWS)
            .map(
              pull =>
                `| #${pull.number} ${markdown(pull.title, 60)} | ${statusWord(pull)}: ` +
                `\`${pull.reason}\` | ${markdown(pull.detail)} | ${cell(pull)} |`,
            ),
          ...(rows.length > SUMMARY_ROWS
            ? ['', `…and ${rows.length - SUMMARY_ROWS} more in the JSON report.`]
            : []),
          '',
        ]
  return [
    '## umbrella-reaper',
    '',
    `**${headline(report)}**`,
    '',
    ...table(policy.dryRun ? 'Would be done' : 'Done', done, 'outcome', ({ outcomeDetail }) =>
      markdown(outcomeDetail),
    ),
    ...table('Needs a person', person, 'what to do', pull => markdown(adviceFor(pull))),
    ...(waits.length === 0
      ? []
      : [
          `Waiting: ${waits
            .slice(0, 30)
            .map(
              ({ number, reason, stuck }) => `#${number} \`${reason}\`${stuck ? ' (stuck)' : ''}`,
            )
            .join(', ')}`,
          '',
        ]),
    `${markdown(`${server.kind} ${server.version}`)}, evidence: ${server.grade}, ` +
      `${report.requests} requests, umbrella ${markdown(policy.umbrella)}`,
    '',
  ].join('\n')
}
