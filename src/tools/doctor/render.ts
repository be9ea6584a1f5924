import { plain, plural } from '../../sweep/report/text.js'
import type { Cure } from './cure.js'
import type { Diagnosis, Upgrade } from './diagnose.js'
import { DOCTOR_RULES, UNREADABLE } from './diagnose.js'
import type { DoctorFinding, Severity } from './finding.js'
import { SEVERITIES } from './finding.js'
import { suggestedInputs } from './inputs.js'
import type { Cell } from './what-if/table.js'
import { cellsOf } from './what-if/table.js'

/** What is known of a repository beside its files. */
interface About {
  /** Which repository or checkout, and which branch. */
  readonly place: string
  /** What the token may and may not do, line by line; none for a checkout. */
  readonly token: readonly string[]
  readonly upgrade: Upgrade | null
  readonly cures: readonly Cure[]
}

const explanations = new Map<string, { readonly title: string; readonly source: string }>(
  [...DOCTOR_RULES, UNREADABLE].map(({ code, title, source }) => [code, { title, source }]),
)

/** A finding as data: with its title, its source, and where it is explained. */
interface ReportedFinding extends DoctorFinding {
  readonly title: string
  readonly source: string
  readonly link: string
  /** Is it gone with a change that is offered? */
  readonly mended: boolean
}

/** An umbrella with its table. */
interface ReportedUmbrella {
  readonly file: string
  readonly job: string
  readonly event: string
  readonly table: readonly Cell[]
}

/** The diagnosis of one server, as `--json` has it. */
export interface DoctorReport {
  readonly server: string
  readonly note: string | null
  readonly place: string
  readonly files: readonly string[]
  /** By what the umbrellas were found, or what was looked for in vain. */
  readonly how: string
  readonly umbrellas: readonly ReportedUmbrella[]
  readonly findings: readonly ReportedFinding[]
  readonly counts: Readonly<Record<Severity, number>>
  /** Changes after which all is right, each as a diff. */
  readonly changes: readonly Omit<Cure, 'changes'>[]
  /** Inputs to use, by name. */
  readonly inputs: Readonly<Record<string, string>>
  readonly token: readonly string[]
  readonly upgrade: Upgrade | null
}

function reported(finding: DoctorFinding, cures: readonly Cure[]): ReportedFinding {
  const { code, file, what } = finding
  const { title, source } = explanations.get(code) ?? { title: code, source: '' }
  const mended = cures.some(
    cure => cure.file === file && cure.cures.includes(code) && what.startsWith(`${cure.job}: `),
  )
  return { ...finding, title, source, link: `docs/doctor.md#${code}`, mended }
}

/** A diagnosis as it is printed, by either form. */
export function doctorReport(diagnosis: Diagnosis, about: About): DoctorReport {
  const { target, findings, how } = diagnosis
  const { place, token, upgrade, cures } = about
  const count = (severity: Severity): number =>
    findings.filter(finding => finding.severity === severity).length
  return {
    server: target.server.name,
    note: target.server.note,
    place,
    files: target.sources.map(({ path }) => path),
    how,
    umbrellas: target.umbrellas.map(({ source, job, event, table }) => ({
      file: source.path,
      job: job.id,
      event,
      table: cellsOf(table),
    })),
    findings: findings.map(finding => reported(finding, cures)),
    counts: { error: count('error'), warning: count('warning'), note: count('note') },
    changes: cures.map(({ file, job, cures: codes, diff }) => ({ file, job, cures: codes, diff })),
    inputs: suggestedInputs(diagnosis),
    token,
    upgrade,
  }
}

/** Findings of a screen: more are only counted. */
const SCREEN = 6
/** Places of one finding on a screen. */
const SHOWN_PLACES = 3

const placeText = ({ file, line }: Pick<DoctorFinding, 'file' | 'line'>): string =>
  `${plain(file, 120)}${line === null ? '' : `:${line}`}`

/** A finding in the words of the log. Names and lines come from files: they are escaped. */
function linesOf(finding: ReportedFinding, all: boolean): readonly string[] {
  const { severity, title, what, advice, link, mended, also, source } = finding
  const limit = all ? 2000 : 300
  const more = all ? also : also.slice(0, SHOWN_PLACES - 1)
  const rest = also.length - more.length
  return [
    `${severity} ${placeText(finding)}  ${title}`,
    ...(more.length === 0
      ? []
      : [`  also ${more.map(placeText).join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`]),
    `  ${plain(what, limit)}`,
    `  do: ${mended ? 'doctor --fix, or ' : ''}${plain(advice, limit)}`,
    `  ${link}${all ? ` (${source})` : ''}`,
    ...(all ? [''] : []),
  ]
}

function tableLines({ file, job, event, table }: ReportedUmbrella): readonly string[] {
  const width = Math.min(60, Math.max(...table.map(({ what }) => what.length)))
  return [
    `${plain(job)} in ${plain(file)}, on ${plain(event)}:`,
    ...table.map(({ what, says, gate, right, why }) => {
      const mark = right === false ? '!' : ' '
      const because = why === null ? '' : ` (${plain(why, 120)})`
      const does = gate === 'unknown' ? 'is not known' : gate
      return `${mark} ${plain(what, 200).padEnd(width)}  ${says}${because}; the gate ${does}`
    }),
    '',
  ]
}

/** In a few words: how much of what can happen is as it should be, and how much is not known. */
function umbrellaLine({ file, job, table }: ReportedUmbrella): string {
  const wrong = table.filter(({ right }) => right === false).length
  const open = table.filter(({ gate }) => gate === 'unknown')
  const [first] = open
  const why = first?.why == null ? '' : `: ${plain(first.why, 100)}`
  const untold = first === undefined ? '' : `; ${open.length} not known${why}`
  const verdict = wrong === 0 ? (first === undefined ? 'right' : 'nothing wrong') : `${wrong} wrong`
  return `  ${plain(job)} in ${plain(file)}: ${verdict}${untold}`
}

/** What no finding means: only where something was looked at, health. */
function healthOf({ files, umbrellas }: DoctorReport): string {
  if (files.length === 0) return 'no workflow file was found: nothing was looked at'
  if (umbrellas.length === 0) return 'nothing was found, and no umbrella to look into'
  const isKnown = umbrellas.every(({ table }) => table.every(({ gate }) => gate !== 'unknown'))
  return isKnown
    ? 'no cause of wrong statuses was found here'
    : 'nothing was found in what can be known'
}

function inputLines({ inputs, umbrellas }: DoctorReport): readonly string[] {
  if (umbrellas.length === 0) return []
  return [
    '',
    'inputs to use:',
    ...Object.entries(inputs).flatMap(([name, value]) =>
      value.includes('\n')
        ? [`  ${name}: |`, ...value.split('\n').map(line => `    ${plain(line)}`)]
        : [`  ${name}: ${plain(value)}`],
    ),
  ]
}

/** Umbrellas that are told on a screen by themselves. */
const UMBRELLAS = 5

function umbrellaLines({ how, umbrellas }: DoctorReport, all: boolean): readonly string[] {
  if (umbrellas.length === 0) return [`no umbrella: ${plain(how)}; name it with --umbrella`]
  const wrong = (one: ReportedUmbrella): number =>
    one.table.filter(({ right }) => right === false).length
  const sorted = [...umbrellas].sort((a, b) => wrong(b) - wrong(a))
  const shown = all ? sorted : sorted.slice(0, UMBRELLAS)
  const rest = umbrellas.length - shown.length
  return [
    `${plural(umbrellas.length, 'umbrella')}, ${plain(how)}:`,
    ...shown.map(umbrellaLine),
    ...(rest === 0 ? [] : [`  and ${rest} more`]),
    ...(all ? ['', ...umbrellas.flatMap(tableLines)] : []),
  ]
}

/** Findings of one code as one: the first, with the places of all. */
function byCode(findings: readonly ReportedFinding[]): readonly ReportedFinding[] {
  const kept = new Map<string, ReportedFinding>()
  for (const one of findings) {
    const first = kept.get(one.code)
    const { file, line } = one
    kept.set(
      one.code,
      first === undefined ? one : { ...first, also: [...first.also, { file, line }, ...one.also] },
    )
  }
  return [...kept.values()]
}

/** The whole diagnosis, for people: a screen of it, or all. */
export function doctorLines(report: DoctorReport, all: boolean): readonly string[] {
  const { server, note, place, files, findings, counts, token, upgrade, changes } = report
  const told = findings.filter(({ severity }) => severity !== 'note')
  const shown = all ? findings : byCode(told).slice(0, SCREEN)
  const rest = findings.length - shown.length
  const sums = SEVERITIES.map(severity => plural(counts[severity], severity)).join(', ')
  return [
    `${plain(server)}, ${plain(place)}: ${plural(files.length, 'workflow file')}`,
    ...(note === null ? [] : [plain(note)]),
    ...umbrellaLines(report, all),
    '',
    ...shown.flatMap(finding => linesOf(finding, all)),
    ...(shown.length === 0 ? [] : ['']),
    findings.length > 0
      ? `${sums}${rest === 0 ? '' : '; all of them with --all'}`
      : healthOf(report),
    ...(changes.length === 0
      ? []
      : [`${plural(changes.length, 'change')} offered: --diff shows, --fix makes them`]),
    ...(upgrade === null ? [] : [`${upgrade.to} would cure: ${upgrade.cures.join(', ')}`]),
    ...(all ? inputLines(report) : []),
    ...(token.length === 0
      ? []
      : ['', 'the token:', ...token.map(line => `  ${plain(line, 500)}`)]),
  ]
}
