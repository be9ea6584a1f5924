import type { PastKind } from '../../core/rules/past.js'
import { linkAfter, markdown, plain, plural } from '../../sweep/report/text.js'
import type { AuditReport, AuditedMergeReport, OursReport, OursSays } from './report.js'
import { BAD_KINDS } from './report.js'
import type { VerifyReport } from './verify.js'

/** What a merge was made over, in words. */
const PAST_WORDS: Readonly<Record<PastKind, string>> = {
  green: 'green',
  red: 'red',
  'skipped-over-red': 'skipped over red',
  unfinished: 'unfinished',
  unproven: 'unproven',
  unknown: 'not known',
}

const SAYS: Readonly<Record<OursSays, string>> = {
  holds: 'holds',
  'no-longer-derivable': 'no longer derivable',
  wrong: 'WRONG',
}

const linked = (text: string, url: string): string => (url === '' ? text : `[${text}](<${url}>)`)

const oursCell = (ours: OursReport | null): string =>
  ours === null ? 'no' : `row ${ours.row}: ${SAYS[ours.says]}`

/** One merge as a row of a Markdown table, which can be read in a terminal too. */
function tableRow(merge: AuditedMergeReport): string {
  const { number, url, title, mergedAt, mergedBy, kind, detail, rows, run, ours } = merge
  const written = rows.map(({ row, state }) => `${row} ${state}`).join(', ')
  const cells = [
    `${linked(`#${number}`, url)} ${markdown(title, 60)}`,
    mergedAt,
    mergedBy === null ? 'not told' : markdown(mergedBy, 60),
    PAST_WORDS[kind],
    markdown(detail, 200),
    run === null ? '' : linked(`run ${run.key}`, run.url),
    written === '' ? '' : `rows ${written}`,
    oursCell(ours),
  ]
  return `| ${cells.join(' | ')} |`
}

const HEAD = ['pull request', 'merged', 'by', 'newest run', 'why', 'run', 'rows', 'success of ours']

function table(title: string, merges: readonly AuditedMergeReport[]): readonly string[] {
  if (merges.length === 0) return []
  return [
    '',
    `### ${title}`,
    '',
    `| ${HEAD.join(' | ')} |`,
    `|${' --- |'.repeat(HEAD.length)}`,
    ...merges.map(tableRow),
  ]
}

/** The whole audit in one sentence; the counts add up. */
function auditHeadline({ audited, counts, since, unknown }: AuditReport): string {
  const bad = BAD_KINDS.flatMap(kind =>
    counts[kind] === 0 ? [] : [`${counts[kind]} ${PAST_WORDS[kind]}`],
  )
  return (
    `${plural(audited, 'pull request')} merged since ${since}: ` +
    `${counts.green} over a green newest run, ` +
    (bad.length === 0 ? 'none over another' : bad.join(', ')) +
    (unknown.length === 0 ? '' : `, ${unknown.length} of which it is not known`)
  )
}

/** How to go on where an audit stopped. */
function goOn({ repo, since, stopped }: AuditReport): readonly string[] {
  if (stopped === null) return []
  const after = stopped.after === null ? '' : ` --after ${stopped.after}`
  const where = stopped.after === null ? 'before the first' : `behind #${stopped.after}`
  return [
    '',
    `Stopped ${where}: ${markdown(stopped.why)}. Go on with:`,
    '',
    `    umbrella-reaper audit --repo ${plain(repo)} --since ${since}${after}`,
  ]
}

/** An audit as Markdown. */
export function auditLines(report: AuditReport): readonly string[] {
  const { findings, unknown, doubtful, before, requests, umbrella, merged } = report
  return [
    `**${auditHeadline(report)}**`,
    ...table('Merged over what is not green', findings),
    ...table('Successes of ours whose proof is not there any more', doubtful),
    ...table('Not known: it was deleted, or could not be read', unknown),
    ...goOn(report),
    '',
    `${markdown(report.repo)}, umbrella ${markdown(umbrella)}, ${merged} merged` +
      `${before === 0 ? '' : `, ${before} of them audited before`}, ${requests} requests`,
  ]
}

const COLUMNS = [
  'number',
  'url',
  'title',
  'head',
  'base',
  'mergedAt',
  'mergedBy',
  'kind',
  'detail',
  'context',
  'run',
  'rows',
  'oursRow',
  'oursSays',
] as const

/** A cell of a table that no spreadsheet takes for a formula. */
function cell(value: string | number | null): string {
  const text = plain(value === null ? '' : String(value), 1000)
  const inert = /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

/** Everything that is told, one merge a line. */
export function csvLines({ findings, doubtful, unknown }: AuditReport): readonly string[] {
  const rows = [...findings, ...doubtful, ...unknown].map(merge => {
    const { run, rows: written, ours } = merge
    const values: Readonly<Record<(typeof COLUMNS)[number], string | number | null>> = {
      ...merge,
      run: run === null ? null : run.key,
      rows: written.map(({ row, state }) => `${row} ${state}`).join(' '),
      oursRow: ours === null ? null : ours.row,
      oursSays: ours === null ? null : ours.says,
    }
    return COLUMNS.map(name => cell(values[name])).join(',')
  })
  return [COLUMNS.join(','), ...rows]
}

/** What became of the proofs behind the successes of ours on one commit. */
export function verifyLines({ sha, url, umbrella, rows }: VerifyReport): readonly string[] {
  if (rows.length === 0)
    return [`no success of ours in ${plain(umbrella)} on ${sha}: there is nothing to verify`]
  return [
    `${plain(umbrella)} on ${sha}${linkAfter(url)}`,
    ...rows.map(
      ({ row, at, says, detail, pull }) =>
        `row ${row} of ${at}, for #${pull}: ${SAYS[says]}: ${plain(detail)}`,
    ),
  ]
}
