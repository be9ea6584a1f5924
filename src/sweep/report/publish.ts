import type { SweepReport, Tracking } from './report.js'
import { countsOf } from './report.js'
import { jsonLines } from '../../shown/line.js'
import { markdown, plain } from './text.js'
import { commitLines } from './commits.js'
import { chosenBy, planLine } from './plan.js'
import { logLines, uncheckedLine } from './log.js'
import { annotations, headline, summary } from './render.js'
import type { Runner } from '../../runner.js'

/** How a report is published. */
interface Publishing {
  readonly foldable: boolean
  /** Where the JSON report goes, where the user says so. */
  readonly file: string | null
  /** `null` without a tracking issue. */
  readonly tracking: Tracking | null
}

/** What became of the tracking issue, in the log; in a dry run with the comment itself. */
function tellTracking(
  runner: Runner,
  { comment, posted, warning, raise }: Tracking,
  dryRun: boolean,
): void {
  if (warning !== null) runner.warning(`tracking-issue: ${plain(warning, 600)}`)
  if (comment !== null && dryRun) {
    runner.info('tracking-issue: this comment would be posted (dry run):')
    for (const line of comment.split('\n')) runner.info(`  ${plain(line, 2000)}`)
  }
  if (posted) runner.info('tracking-issue: commented')
  if (raise !== null) runner.warning(plain(raise, 1000))
}

/**
 * Report to outputs, log and summary, the most useful first. Each fails alone, and the others
 * still tell; answers what could not be written, each with what the system said.
 */
export async function publish(
  runner: Runner,
  report: SweepReport,
  { foldable, file, tracking }: Publishing,
): Promise<readonly string[]> {
  const faults: string[] = []
  const write = async (channel: string, how: () => unknown): Promise<void> => {
    try {
      await how()
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown'
      faults.push(`${channel} could not be written: ${plain(why, 300)}`)
    }
  }
  let path = ''
  await write('the report', () => {
    path = runner.report(`${jsonLines(report).join('\n')}\n`, file)
  })
  await write('the outputs', () => {
    for (const [name, value] of Object.entries(outputsOf(report, path, tracking)))
      runner.output(name, value)
  })
  runner.group(`${countsOf(report).scanned} pull requests`, logLines(report), foldable)
  for (const annotation of annotations(report)) runner.annotate(annotation)
  for (const line of commitLines(report.commits ?? [])) runner.info(line)
  const { remedy } = report
  if (remedy.missing !== null) runner.warning(planLine(remedy, chosenBy(report)))
  const unchecked = uncheckedLine(report)
  if (unchecked !== null) runner.warning(unchecked)
  runner.info(headline(report))
  if (tracking !== null) tellTracking(runner, tracking, report.policy.dryRun)
  const raise = tracking?.raise ?? null
  await write('the job summary', () =>
    runner.summary(
      raise === null ? summary(report) : `${summary(report)}\n> ${markdown(raise, 1000)}\n`,
    ),
  )
  return faults
}

/** Every output of action.yml, as text. */
export function outputsOf(
  report: SweepReport,
  path: string,
  tracking: Tracking | null,
): Readonly<Record<string, string>> {
  const outputs = {
    ...countsOf(report),
    // What a later step prints of it is a line like any other.
    'pull-requests': jsonLines(report.pulls, 0).join(''),
    report: path,
    requests: report.requests,
    recurrences: tracking?.recurrences ?? '',
    'days-since-last': tracking?.daysSinceLast ?? '',
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, String(value)]))
}
