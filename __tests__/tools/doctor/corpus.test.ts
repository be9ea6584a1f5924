import { describe, expect, it } from '@jest/globals'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DOCTOR_RULES, UNREADABLE } from '../../../src/tools/doctor/diagnose.js'
import { CORPUS, SERVERS, examined } from './examined.js'

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

/** The codes of each file, and of what stands in none. */
async function codesOf(repository: Repository, server: string): Promise<readonly string[]> {
  const required = requiredBy(repository, server)
  const { report } = await examined(repository.files, server, { required })
  return [...new Set(report.findings.map(({ code }) => code))].sort()
}

const faulty = repositoriesIn('faulty')
const clean = repositoriesIn('clean')

describe('the corpus', () => {
  it('is large enough, and plants every code', () => {
    expect(faulty.flatMap(({ files }) => files).length).toBeGreaterThanOrEqual(50)
    expect(clean.flatMap(({ files }) => files).length).toBeGreaterThanOrEqual(20)
    const planted = new Set(
      faulty.flatMap(({ files }) =>
        files.flatMap(({ text }) => SERVERS.flatMap(server => plantedIn(text, server))),
      ),
    )
    expect([...planted].sort()).toEqual(
      [...DOCTOR_RULES.map(({ code }) => code), UNREADABLE.code].sort(),
    )
  })
})

const cases = (all: readonly Repository[]) =>
  all.flatMap(repository => SERVERS.map(server => ({ name: repository.name, server, repository })))

describe('every planted fault is found where it is one, and nothing else', () => {
  it.each(cases(faulty))('$name on $server', async ({ repository, server }) => {
    const planted = repository.files.flatMap(({ text }) => plantedIn(text, server))
    expect(await codesOf(repository, server)).toEqual([...new Set(planted)].sort())
  })

  it.each(cases(clean))('nothing in $name on $server', async ({ repository, server }) => {
    expect(await codesOf(repository, server)).toEqual([])
  })

  it.each(SERVERS)('nothing in the umbrella we recommend on %s', async server => {
    const text = readFileSync(join(CORPUS, '../../../../examples/umbrella/ci.yml'), 'utf8')
    const found = await codesOf({ name: 'umbrella', files: [{ name: 'ci.yml', text }] }, server)
    // Forgejo 16 warns of any permissions: the file says so.
    expect(found).toEqual(server === 'forgejo-16' ? ['permissions-warned'] : [])
  })
})
