import type { DoctorOptions } from '../../config/arguments.js'
import { planOf } from '../../core/plan/remedy.js'
import type { Opened } from '../../forge/opened.js'
import type { FoundFile, Runner } from '../../runner.js'
import { planLine } from '../../sweep/report/plan.js'
import { jsonLines } from '../../shown/line.js'
import { plain, plural } from '../../sweep/report/text.js'
import { curedFiles, curesOf } from './cure.js'
import type { Question } from './diagnose.js'
import { diagnose, upgradeOf } from './diagnose.js'
import { readSource } from './file.js'
import type { DoctorReport } from './render.js'
import { doctorLines, doctorReport } from './render.js'
import type { DoctorServer } from './server.js'
import { newestServers, readServer, doctorServerOf } from './server.js'

export { DOCTOR_USAGE } from './usage.js'

/** How the answer is wanted. */
interface Wanted {
  readonly json: boolean
  readonly asked: DoctorOptions
}

/** What a diagnosis is asked for: a checkout, on the server that is named. */
interface CheckoutQuestion extends Wanted {
  readonly path: string
  readonly server: string | null
}

/** The workflow files of one server, with what is known beside them. */
interface ServerWorkflows {
  readonly server: DoctorServer
  readonly files: readonly FoundFile[]
  readonly required: readonly string[] | null
  readonly queue?: boolean
  readonly place: string
  readonly token: readonly string[]
}

/** A file that cannot be read is a finding, not an absence. */
const sourceOf = async ({ path, bytes }: FoundFile): ReturnType<typeof readSource> =>
  bytes === null
    ? { kind: 'unreadable', path, why: 'it cannot be opened' }
    : readSource(path, bytes)

async function examined(
  { server, files: found, required, queue = false, place, token }: ServerWorkflows,
  named: string | null,
) {
  const files = await Promise.all(found.map(sourceOf))
  const question: Question = { server, files, required, queue, named }
  const diagnosis = diagnose(question)
  const cures = await curesOf(diagnosis.target.umbrellas, question)
  const upgrade = upgradeOf(question, diagnosis.findings)
  const report = doctorReport(diagnosis, { place, token, upgrade, cures })
  return { report, changed: curedFiles(files, cures) }
}

type Examined = Awaited<ReturnType<typeof examined>>

/** Shows findings beside their lines, where there is a run. */
function annotateFindings(runner: Runner, { findings }: DoctorReport): void {
  for (const { severity, code, title, what, file, line } of findings)
    if (severity !== 'note')
      runner.annotate({
        level: severity,
        title: `${code}: ${title}`,
        text: plain(what, 500),
        ...(line === null ? {} : { file: plain(file), line }),
      })
}

function print(runner: Runner, told: readonly Examined[], { json, asked }: Wanted): void {
  const reports = told.map(({ report }) => report)
  if (json) {
    const data = { schema: 'umbrella-reaper/doctor/2', servers: reports }
    for (const line of jsonLines(data)) runner.print(line)
    return
  }
  if (asked.changes === 'print') {
    for (const { diff } of told.flatMap(({ changed }) => changed)) runner.printRaw(diff)
    return
  }
  for (const [at, report] of reports.entries()) {
    if (at > 0) runner.print('')
    for (const line of doctorLines(report, asked.all)) runner.print(line)
    annotateFindings(runner, report)
  }
}

/** Prints the diagnosis; one with errors ends red. Nothing of this can write to a server. */
function tell(runner: Runner, told: readonly Examined[], wanted: Wanted): void {
  print(runner, told, wanted)
  const { strict, changes } = wanted.asked
  const counts = told.map(({ report }) => report.counts)
  const errors = counts.reduce((sum, { error, warning }) => sum + error + (strict ? warning : 0), 0)
  if (errors === 0) return
  if (wanted.json || changes === 'print') runner.red()
  else runner.fail(`doctor: what causes stale or wrong statuses here: ${plural(errors, 'error')}`)
}

const FOLDERS = ['.github/workflows', '.gitea/workflows', '.forgejo/workflows']
const SERVERS = 'gitea-1.22, forgejo-15, github, or another version'

/** The servers that are asked about: the one that is named, or those that the folders speak of. */
function serversFor(
  runner: Runner,
  path: string,
  name: string | null,
): readonly { readonly server: DoctorServer; readonly files: readonly FoundFile[] }[] | string {
  const filesOf = (folders: readonly string[]): readonly FoundFile[] | null =>
    folders.map(folder => runner.files(path, folder)).find(files => files !== null) ?? null
  if (name === null) {
    const found = newestServers().flatMap(server => {
      const files = filesOf(server.folders.slice(0, 1))
      return files === null ? [] : [{ server, files }]
    })
    return found.length > 0
      ? found
      : `doctor: "${plain(path)}" has no folder of workflows: none of ${FOLDERS.join(', ')}`
  }
  const server = readServer(name)
  if (server === null) return `server: given "${plain(name)}"; allowed: ${SERVERS}`
  const files = filesOf(server.folders)
  return files === null
    ? `doctor: "${plain(path)}" has none of ${server.folders.join(', ')}`
    : [{ server, files }]
}

/** Diagnoses a checkout, whose branch protection nobody knows. */
export async function diagnoseCheckout(runner: Runner, question: CheckoutQuestion): Promise<void> {
  const { path, server: name, asked } = question
  const examine = async (): Promise<readonly Examined[] | string> => {
    const servers = serversFor(runner, path, name)
    if (typeof servers === 'string') return servers
    const about = { required: null, place: path, token: [] }
    return Promise.all(
      servers.map(({ server, files }) => examined({ server, files, ...about }, asked.umbrella)),
    )
  }
  let told = await examine()
  if (typeof told !== 'string' && asked.changes === 'write') {
    for (const { path: file, text } of told.flatMap(({ changed }) => changed)) {
      runner.rewrite(path, file, text)
      runner.print(`changed: ${plain(file)}`)
    }
    told = await examine()
  }
  if (typeof told === 'string') runner.fail(told)
  else tell(runner, told, question)
}

/** Diagnoses a repository by its server's API. */
export async function diagnoseRepository(
  runner: Runner,
  opened: Opened,
  wanted: Wanted & { readonly repo: string },
): Promise<void> {
  const { kind, version, grade, gradeLimit } = opened.server
  const { branch, files, required, queue } = await opened.inspect()
  const token = [
    planLine(planOf(opened.server, 'auto'), {
      choice: 'auto',
      rerun: opened.server.capabilities.rerun,
    }),
    `evidence: ${grade}${gradeLimit === null ? '' : ` (${gradeLimit})`}`,
    required === null
      ? 'what a merge requires could not be read: the umbrella is found by its job'
      : `it may read what a merge into ${branch} requires`,
  ]
  const seen = {
    server: doctorServerOf(kind === 'github' ? 'github' : version),
    files,
    required: required?.length === 0 ? null : required,
    queue,
    place: `${wanted.repo}, ${branch}`,
    token,
  }
  tell(runner, [await examined(seen, wanted.asked.umbrella)], wanted)
}
