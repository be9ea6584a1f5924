import type { Config } from '../../config.js'
import type { Opened } from '../../forge/opened.js'
import type { Runner } from '../../runner.js'
import { jsonLines } from '../../shown/line.js'
import { plain, plural } from '../../sweep/report/text.js'
import { auditLines, csvLines, verifyLines } from './render.js'
import type { AuditQuestion, AuditReport } from './report.js'
import { verify } from './verify.js'
import { audit } from './walk.js'

export { USAGES } from './usage.js'

/** What either command is given. Of the forge only what reads commits. */
interface AuditStart {
  readonly runner: Runner
  readonly config: Config
  readonly opened: Pick<Opened, 'commitsFor' | 'requests'>
  /** Why it was told to stop, or `null`. */
  readonly stopped: () => string | null
}

const linesOf = (report: AuditReport, format: AuditQuestion['format']): readonly string[] =>
  format === 'json' ? jsonLines(report) : format === 'csv' ? csvLines(report) : auditLines(report)

/** Audits merges and prints what was found; bad merges end it red. */
export async function auditRepository(
  { runner, config, opened, stopped }: AuditStart,
  question: AuditQuestion,
): Promise<void> {
  const isData = question.format !== 'text'
  const { requests } = opened
  const note = (line: string): void => {
    if (!isData) runner.info(plain(line, 1000))
  }
  const reads = opened.commitsFor(config.policy)
  const report = await audit(config, { reads, requests, stopped, note }, question)
  if (typeof report === 'string') {
    runner.fail(plain(report, 1000))
    return
  }
  for (const line of linesOf(report, question.format)) runner.print(line)
  if (!isData) await runner.summary(auditLines(report).join('\n'))
  const bad = report.findings.length
  if (bad === 0) return
  if (isData) runner.red()
  else runner.fail(`audit: ${plural(bad, 'pull request')} merged over what is not green`)
}

/** Verifies the successes of ours on a commit; a wrong one ends it red. */
export async function verifyCommit(
  { runner, config, opened }: AuditStart,
  { sha, json }: { readonly sha: string; readonly json: boolean },
): Promise<void> {
  const report = await verify(config, opened.commitsFor(config.policy), sha)
  if (typeof report === 'string') {
    runner.fail(plain(report, 1000))
    return
  }
  for (const line of json ? jsonLines(report) : verifyLines(report)) runner.print(line)
  const wrong = report.rows.filter(({ says }) => says === 'wrong').length
  if (wrong === 0) return
  if (json) runner.red()
  else runner.fail(`verify: ${plural(wrong, 'success', 'successes')} of ours with a wrong proof`)
}
