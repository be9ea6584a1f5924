import type { PullReport, SweepReport } from '../../sweep/report/report.js'
import { markdown, plural } from '../../sweep/report/text.js'
import type { RepairMark } from './marker.js'
import { LONGEST, markerOf, MOST_MARKS } from './marker.js'
import type { Leading, NextComment } from './tally.js'

/** Outcomes in which a sweep changed what stands on a head. */
const DONE = ['compensated', 'rerun', 'rerun-pending'] as const

/** A repair with the pull request whose report tells of it. */
interface ReportedRepair extends RepairMark {
  readonly pull: PullReport
}

/** What identifies the write of a repair: the run and job, or the red row that was answered. */
function repairKey({ number, head, run, rerun, umbrella }: PullReport): string {
  const write = rerun === null ? `row ${umbrella?.row ?? 0}` : `run ${rerun.run} job ${rerun.job}`
  return `#${number} ${head.slice(0, 12)} ${write} newest ${run?.key ?? 0}`
}

/** The repairs of a sweep, in the order of its report. */
export function repairsOf({ pulls, policy }: SweepReport): readonly ReportedRepair[] {
  return pulls
    .filter(({ outcome }) => DONE.some(done => done === outcome))
    .map(pull => ({
      pull,
      key: repairKey(pull),
      cause: pull.cause ?? 'unknown',
      job: policy.umbrella.slice(0, LONGEST),
    }))
}

/** Pull requests of one comment, and letters of each detail; GitHub takes 65,536 characters. */
const MOST_ROWS = 20
const LONGEST_DETAIL = 120

const link = (text: string, url: string): string => (url === '' ? text : `[${text}](${url})`)

/** 1st, 2nd, 3rd, 4th, 11th, 21st. */
export function ordinal(count: number): string {
  const teen = count % 100 >= 11 && count % 100 <= 13
  const end = teen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')
  return `${count}${end}`
}

/** That it happens too often, and where to look first, as plain text. */
export const raiseLine = ({ cause, job, count, of, times }: Leading): string =>
  `${times} times in 14 days: raise the cause instead of repairing it. Leading cause: ` +
  `${cause} (${count} of ${of}), umbrella ${job}.`

function repairRow({ pull, cause }: ReportedRepair): string {
  const { number, url, run, detail } = pull
  const newest = run === null ? '–' : link(`run ${run.key}`, run.url)
  const why = markdown(detail, LONGEST_DETAIL)
  return `| ${link(`#${number}`, url)} | ${newest} | ${why} | ${markdown(cause)} |`
}

/** The comment as it is posted, with the marker that no reader sees at its end. */
export function commentOf(next: NextComment<ReportedRepair>): string {
  if (next.kind === 'quiet')
    return [
      `No umbrella had to be repaired for ${plural(next.days, 'day')}. This issue can be closed: ` +
        'what caused stale or wrong statuses here seems to be gone.',
      markerOf({ kind: 'quiet' }),
    ].join('\n\n')
  const { repairs, recent, raise } = next
  const left = repairs.length - MOST_ROWS
  const [first, ...more] = repairs
  // What is not marked is not told again either: a write is made once.
  const marks = [markOf(first), ...more.slice(0, MOST_MARKS - 1).map(markOf)] as const
  return [
    `Repaired ${plural(repairs.length, 'pull request')}: ${markdown(first.job)} was red over ` +
      `green jobs.${recent === null ? '' : ` The ${ordinal(recent)} time in 14 days.`}`,
    [
      '| pull request | newest run | why | likely cause |',
      '| --- | --- | --- | --- |',
      ...repairs.slice(0, MOST_ROWS).map(repairRow),
      ...(left > 0 ? [`| … and ${left} more | | | |`] : []),
    ].join('\n'),
    ...(raise === null ? [] : [markdown(raiseLine(raise), 1000)]),
    markerOf({ kind: 'repairs', repairs: marks }),
  ].join('\n\n')
}

const markOf = ({ key, cause, job }: RepairMark): RepairMark => ({ key, cause, job })
