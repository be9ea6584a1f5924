import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { curedFiles, curesOf } from '../../../src/tools/doctor/cure.js'
import type { Question } from '../../../src/tools/doctor/diagnose.js'
import { diagnose } from '../../../src/tools/doctor/diagnose.js'
import { readSource } from '../../../src/tools/doctor/file.js'
import { doctorReport } from '../../../src/tools/doctor/render.js'
import type { DoctorServer } from '../../../src/tools/doctor/server.js'
import { readServer } from '../../../src/tools/doctor/server.js'

export const CORPUS = fileURLToPath(new URL('corpus', import.meta.url))

/** The servers on which every file of the corpus is read. */
export const SERVERS = [
  'github',
  'gitea-1.22',
  'gitea-1.26',
  'gitea-28',
  'forgejo-15',
  'forgejo-16',
] as const

export function serverNamed(name: string): DoctorServer {
  const known = readServer(name)
  if (known === null) throw new Error(`${name} is no server`)
  return known
}

/** A file of a repository, by its name in the folder of workflows. */
export interface Named {
  readonly name: string
  readonly text: string
}

export const filesIn = (folder: string): readonly Named[] =>
  readdirSync(join(CORPUS, folder))
    .filter(name => name.endsWith('.yml'))
    .sort()
    .map(name => ({ name, text: readFileSync(join(CORPUS, folder, name), 'utf8') }))

/** A repository of these files, looked at whole. */
export async function examined(
  files: readonly Named[],
  name: string,
  asked: { readonly required?: readonly string[] | null; readonly named?: string | null } = {},
) {
  const server = serverNamed(name)
  const sources = await Promise.all(
    files.map(file =>
      readSource(`${server.folders[0] ?? ''}/${file.name}`, Buffer.from(file.text)),
    ),
  )
  const { required = null, named = null } = asked
  const question: Question = { server, files: sources, required, named }
  const diagnosis = diagnose(question)
  const cures = await curesOf(diagnosis.target.umbrellas, question)
  const report = doctorReport(diagnosis, { place: 'here', token: [], upgrade: null, cures })
  return { diagnosis, cures, report, changed: curedFiles(sources, cures) }
}
