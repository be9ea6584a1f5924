import { planOf } from '../../core/plan/remedy.js'
import type { DoctorServer } from './server.js'
import { readServer, serverOf } from './server.js'
import { diagnose, upgradeOf } from './diagnose.js'
import { readSource } from './file.js'
import type { About } from './render.js'
import { doctorLines, doctorReport } from './render.js'
import type { Opened } from '../../forge/registry.js'
import { planLine } from '../../sweep/report/plan.js'
import { jsonLines, plain, plural } from '../../sweep/report/text.js'
import type { FoundFile, Runner } from '../../runner.js'

/** What a diagnosis is asked for: a checkout on a server that is named. */
interface CheckoutQuestion {
  readonly path: string
  readonly server: string
  readonly json: boolean
}

interface Seen {
  readonly server: DoctorServer
  readonly files: readonly FoundFile[]
  readonly required: readonly string[] | null
  readonly about: Omit<About, 'upgrade'>
}

/** A file that cannot be read is a finding, not an absence. */
const sourceOf = async ({ path, bytes }: FoundFile): ReturnType<typeof readSource> =>
  bytes === null
    ? { kind: 'unreadable', path, why: 'it cannot be opened' }
    : readSource(path, bytes)

/** Prints the diagnosis; one with errors ends red. Nothing of this can write anything. */
async function tell(runner: Runner, json: boolean, seen: Seen): Promise<void> {
  const { server, required, about } = seen
  const files = await Promise.all(seen.files.map(sourceOf))
  const question = { server, files, required }
  const found = diagnose(question)
  const upgrade = upgradeOf(question, found.findings)
  const diagnosis = doctorReport(found, { ...about, upgrade })
  for (const line of json ? jsonLines(diagnosis) : doctorLines(diagnosis)) runner.print(line)
  for (const { severity, code, title, what, file, line } of diagnosis.findings)
    if (severity !== 'note')
      runner.annotate({
        level: severity,
        title: `${code}: ${title}`,
        text: plain(what, 500),
        ...(line === null ? {} : { file: plain(file), line }),
      })
  const { error } = diagnosis.counts
  if (error > 0) runner.fail(`doctor: what makes umbrellas lie here: ${plural(error, 'error')}`)
}

/** Diagnoses a checkout, whose branch protection nobody knows. */
export async function diagnoseCheckout(
  runner: Runner,
  { path, server: name, json }: CheckoutQuestion,
): Promise<void> {
  const server = readServer(name)
  if (server === null) {
    runner.fail(
      `server: given "${plain(name)}"; allowed: gitea-1.22, forgejo-15, github, or another version`,
    )
    return
  }
  const found = server.folders
    .map(folder => ({ folder, files: runner.files(path, folder) }))
    .find(({ files }) => files !== null)
  if (found?.files == null) {
    runner.fail(`doctor: "${plain(path)}" has none of ${server.folders.join(', ')}`)
    return
  }
  const about = { place: path, token: [] }
  await tell(runner, json, { server, files: found.files, required: null, about })
}

/** Diagnoses a repository by its server's API. */
export async function diagnoseRepository(
  runner: Runner,
  opened: Opened,
  { repo, json }: { readonly repo: string; readonly json: boolean },
): Promise<void> {
  const { kind, version, grade, gradeLimit } = opened.server
  const { branch, files, required } = await opened.inspect()
  const token = [
    planLine(planOf(opened.server, 'auto')),
    `evidence: ${grade}${gradeLimit === null ? '' : ` (${gradeLimit})`}`,
    required === null
      ? 'what a merge requires could not be read: the umbrella is guessed by its job'
      : `it may read what a merge into ${branch} requires`,
  ]
  await tell(runner, json, {
    server: serverOf(kind === 'github' ? 'github' : version),
    files,
    required: required?.length === 0 ? null : required,
    about: { place: `${repo}, ${branch}`, token },
  })
}
