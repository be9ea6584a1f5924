import { describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { diagnose, RULES, UNREADABLE } from '../../../src/tools/doctor/diagnose.js'
import { readSource } from '../../../src/tools/doctor/file.js'
import { doctorReport } from '../../../src/tools/doctor/render.js'
import { readServer } from '../../../src/tools/doctor/server.js'

const CORPUS = fileURLToPath(new URL('corpus', import.meta.url))
const SERVERS = ['gitea-1.22', 'gitea-1.26', 'gitea-28', 'forgejo-15', 'forgejo-16', 'github']

/** One repository of the corpus: a file, or the files of a folder that lie together. */
interface Repository {
  readonly name: string
  readonly files: readonly { readonly name: string; readonly text: string }[]
}

function repositoriesIn(kind: 'faulty' | 'clean'): readonly Repository[] {
  const folder = join(CORPUS, kind)
  const read = (path: string) => ({ name: basename(path), text: readFileSync(path, 'utf8') })
  return readdirSync(folder)
    .sort()
    .map(name => {
      const path = join(folder, name)
      const paths = statSync(path).isDirectory()
        ? readdirSync(path)
            .sort()
            .map(file => join(path, file))
        : [path]
      return { name, files: paths.map(read) }
    })
}

/** What a file says it plants here: lines such as `# plants no-condition: gitea-1.22 github`. */
const plantedIn = (text: string, server: string): readonly string[] =>
  [...text.matchAll(/^# plants ([\w-]+): (.*)$/gm)].flatMap(([, code = '', servers = '']) =>
    servers.split(' ').includes(server) ? [code] : [],
  )

const requiredBy = ({ files }: Repository, server: string): readonly string[] | null => {
  const all = files.flatMap(({ text }) =>
    [...text.matchAll(/^# required ([^:]*): (.*)$/gm)].flatMap(([, servers = '', context = '']) =>
      servers.split(' ').includes(server) ? [context] : [],
    ),
  )
  return all.length === 0 ? null : all
}

async function diagnosed(repository: Repository, name: string) {
  const server = readServer(name)
  if (server === null) throw new Error(`no server ${name}`)
  const folder = server.folders[0] ?? ''
  const files = await Promise.all(
    repository.files.map(file => readSource(`${folder}/${file.name}`, Buffer.from(file.text))),
  )
  const question = { server, files, required: requiredBy(repository, name) }
  return doctorReport(diagnose(question), { place: 'here', token: [], upgrade: null })
}

/** The codes of each file, and of what stands in none. */
const codesOf = ({ findings }: Awaited<ReturnType<typeof diagnosed>>): readonly string[] =>
  [...new Set(findings.map(({ code }) => code))].sort()

/** A file with a diff applied; throws where a line of it is not where the diff says. */
function applied(text: string, diff: string): string {
  const old = text.replace(/\n$/, '').split('\n')
  const now: string[] = []
  let at = 1
  for (const line of diff.split('\n').slice(2)) {
    const from = /^@@ -(\d+),/.exec(line)?.[1]
    if (from !== undefined) {
      now.push(...old.slice(at - 1, Number(from) - 1))
      at = Number(from)
      continue
    }
    const rest = line.slice(1)
    if (!line.startsWith('+') && old[at - 1] !== rest)
      throw new Error(`line ${at} is "${old[at - 1] ?? ''}", not "${rest}"`)
    if (!line.startsWith('-')) now.push(rest)
    if (!line.startsWith('+')) at += 1
  }
  return [...now, ...old.slice(at - 1)].join('\n') + '\n'
}

const faulty = repositoriesIn('faulty')
const clean = repositoriesIn('clean')

describe('the corpus', () => {
  it('is large enough, and plants every code', () => {
    expect(faulty.flatMap(({ files }) => files).length).toBeGreaterThanOrEqual(35)
    expect(clean.flatMap(({ files }) => files).length).toBeGreaterThanOrEqual(12)
    const planted = new Set(
      faulty.flatMap(({ files }) =>
        files.flatMap(({ text }) => SERVERS.flatMap(server => plantedIn(text, server))),
      ),
    )
    expect([...planted].sort()).toEqual([...RULES.map(({ code }) => code), UNREADABLE.code].sort())
  })
})

const cases = (all: readonly Repository[]) =>
  all.flatMap(repository => SERVERS.map(server => ({ name: repository.name, server, repository })))

describe('every planted fault is found where it is one, and nothing else', () => {
  it.each(cases(faulty))('$name on $server', async ({ repository, server }) => {
    const planted = repository.files.flatMap(({ text }) => plantedIn(text, server))
    expect(codesOf(await diagnosed(repository, server))).toEqual([...new Set(planted)].sort())
  })

  it.each(cases(clean))('nothing in $name on $server', async ({ repository, server }) => {
    expect(codesOf(await diagnosed(repository, server))).toEqual([])
  })

  it.each(SERVERS)('nothing in the umbrella we recommend on %s', async server => {
    const text = readFileSync(join(CORPUS, '../../../../examples/umbrella/ci.yml'), 'utf8')
    const repository = { name: 'umbrella', files: [{ name: 'ci.yml', text }] }
    const found = codesOf(await diagnosed(repository, server))
    // Forgejo 16 warns of any permissions: the file says so.
    expect(found).toEqual(server === 'forgejo-16' ? ['permissions-warned'] : [])
  })
})

describe('each diff, applied, makes its finding disappear', () => {
  it.each(cases(faulty))('$name on $server', async ({ repository, server }) => {
    const { findings } = await diagnosed(repository, server)
    for (const { diff, code, file, advice } of findings) {
      if (diff === null) {
        expect(advice).not.toBeNull()
        continue
      }
      const files = repository.files.map(one =>
        basename(file) === one.name ? { ...one, text: applied(one.text, diff) } : one,
      )
      const after = await diagnosed({ ...repository, files }, server)
      const left = after.findings.filter(one => one.code === code && one.file === file)
      const before = findings.filter(one => one.code === code && one.file === file)
      expect(left.length).toBeLessThan(before.length)
      expect(codesOf(after)).not.toContain(UNREADABLE.code)
    }
  })
})
