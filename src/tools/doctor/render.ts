import { plain, plural } from '../../sweep/report/text.js'
import { UNREADABLE } from './diagnose.js'
import type { Diagnosis, Upgrade } from './diagnose.js'
import { RULES } from './diagnose.js'
import type { Finding, Severity } from './finding.js'
import { diffOf, SEVERITIES } from './finding.js'
import type { Umbrella } from './rule.js'
import { contextsOf } from './rule.js'
import type { DoctorServer } from './server.js'

/** What is known of a repository beside its files. */
export interface About {
  /** Which repository or checkout, and which branch. */
  readonly place: string
  /** What the token may and may not do, line by line; none for a checkout. */
  readonly token: readonly string[]
  readonly upgrade: Upgrade | null
}

const explained = new Map<string, { readonly title: string; readonly source: string }>(
  [...RULES, UNREADABLE].map(({ code, title, source }) => [code, { title, source }]),
)

/** A finding as data: with its title, source and diff. */
interface ReportedFinding extends Omit<Finding, 'fix'> {
  readonly title: string
  readonly source: string
  readonly diff: string | null
}

/** A diagnosis as `--json` prints it. */
export interface DoctorReport {
  readonly schema: 'umbrella-reaper/doctor/1'
  readonly server: string
  readonly note: string | null
  readonly place: string
  readonly files: readonly string[]
  readonly findings: readonly ReportedFinding[]
  readonly counts: Readonly<Record<Severity, number>>
  /** Inputs to use, by name. */
  readonly inputs: Readonly<Record<string, string>>
  readonly token: readonly string[]
  readonly upgrade: Upgrade | null
}

/**
 * What an umbrella stands for, of the event that it answers for itself; `null` unless it is known
 * of every job it needs: with part of a list red jobs would count for nothing.
 */
function neededBy(
  server: DoctorServer,
  { source, job }: Umbrella,
  umbrella: string,
): readonly string[] | null {
  const jobs = source.workflow.jobs.filter(({ id }) => job.needs.includes(id))
  if (jobs.length !== new Set(job.needs).size) return null
  const event = server.naming.eventSuffix ? (/ \(\w+\)$/.exec(umbrella)?.[0] ?? '') : ''
  const contexts: string[] = []
  for (const need of jobs) {
    const own = contextsOf(server, source, need)?.filter(context => context.endsWith(event)) ?? []
    if (own.length === 0) return null
    contexts.push(...own)
  }
  return contexts.length === 0 ? null : contexts
}

/** The inputs that suit what was found: the umbrella, and what it stands for. */
function inputsOf({ target }: Diagnosis): Readonly<Record<string, string>> {
  const { server, umbrellas, required } = target
  for (const { source, job } of umbrellas) {
    const own = contextsOf(server, source, job) ?? []
    const one = own.length === 1 ? own[0] : own.find(context => required?.includes(context))
    if (one === undefined) continue
    const contexts = neededBy(server, { source, job }, one)
    // Only where the file does not tell it to the sweep itself.
    return contexts === null || job.runsAlways
      ? { 'umbrella-context': one }
      : { 'umbrella-context': one, 'required-contexts': contexts.join('\n') }
  }
  return {}
}

/** A diagnosis as it is printed, by either form. */
export function doctorReport(diagnosis: Diagnosis, { place, token, upgrade }: About): DoctorReport {
  const { target, findings } = diagnosis
  const lines = new Map(target.sources.map(source => [source.path, source.lines]))
  const count = (severity: Severity): number =>
    findings.filter(finding => finding.severity === severity).length
  return {
    schema: 'umbrella-reaper/doctor/1',
    server: target.server.name,
    note: target.server.note,
    place,
    files: target.sources.map(({ path }) => path),
    findings: findings.map(({ fix, ...finding }) => ({
      ...finding,
      ...(explained.get(finding.code) ?? { title: finding.code, source: '' }),
      diff: fix === null ? null : diffOf(finding.file, lines.get(finding.file) ?? [], fix),
    })),
    counts: { error: count('error'), warning: count('warning'), note: count('note') },
    inputs: inputsOf(diagnosis),
    token,
    upgrade,
  }
}

/** A finding in the words of the log. Names and lines come from files: they are escaped. */
function linesOf(finding: ReportedFinding): readonly string[] {
  const { severity, code, file, line, title, what, source, advice, diff } = finding
  return [
    `${severity} ${code}: ${title}`,
    `  ${plain(file)}${line === null ? '' : `:${line}`}`,
    `  ${plain(what, 600)}`,
    `  why: ${source}`,
    ...(advice === null ? [] : [`  do: ${plain(advice, 600)}`]),
    ...(diff === null ? [] : diff.split('\n').map(text => `  ${plain(text, 500)}`)),
    '',
  ]
}

/** What no finding means: only where something was looked at, health. */
function healthOf({ files, inputs }: DoctorReport): string {
  if (files.length === 0) return 'no workflow file was found: nothing was looked at'
  return Object.keys(inputs).length === 0
    ? 'nothing was found, and no umbrella to look into'
    : 'nothing here makes an umbrella lie'
}

/** The whole diagnosis, for people. */
export function doctorLines(diagnosis: DoctorReport): readonly string[] {
  const { server, note, place, files, findings, counts, inputs, token, upgrade } = diagnosis
  const sums = SEVERITIES.map(severity => plural(counts[severity], severity)).join(', ')
  return [
    `${plain(server)}, ${plain(place)}: ${plural(files.length, 'workflow file')}`,
    ...(note === null ? [] : [plain(note)]),
    '',
    ...findings.flatMap(linesOf),
    findings.length > 0 ? sums : healthOf(diagnosis),
    ...(upgrade === null ? [] : [`${upgrade.to} would cure: ${upgrade.cures.join(', ')}`]),
    ...(Object.keys(inputs).length === 0
      ? ['', 'no umbrella was found: name it in umbrella-context']
      : ['', 'inputs to use:']),
    ...Object.entries(inputs).flatMap(([name, value]) =>
      value.includes('\n')
        ? [`  ${name}: |`, ...value.split('\n').map(line => `    ${plain(line)}`)]
        : [`  ${name}: ${plain(value)}`],
    ),
    ...(token.length === 0
      ? []
      : ['', 'the token:', ...token.map(line => `  ${plain(line, 500)}`)]),
  ]
}
