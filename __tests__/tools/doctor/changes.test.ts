import { afterAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { workOf } from '../../../src/workflow/classify.js'
import { OTHER_WORK } from '../../../src/tools/doctor/verdict-rules.js'
import { DOCTOR_CAUSES } from '../../../src/tools/doctor/cause.js'
import type { Named } from './examined.js'
import { ALL } from '../../support/sample.js'
import { examined, filesIn, SERVERS as EVERY, serverNamed } from './examined.js'

/** `npm test` plays one server; `npm run test:all` every one. */
const SERVERS = ALL ? EVERY : (['gitea-1.26'] as const)

const odd = filesIn('odd')
/** Git would take the returns away from files that are kept. */
const returned = odd.map(({ name, text }) => ({
  name,
  text: text.replaceAll('\n', '\r\n'),
}))
const adverse = filesIn('adverse')
/** All of it in one folder, where no two may have one name. */
const corpus = Object.entries({
  public: filesIn('public'),
  faulty: filesIn('faulty'),
  adverse,
  odd,
  returned,
}).flatMap(([folder, files]) =>
  files.map(({ name, text }) => ({ name: `${folder}-${name}`, text })),
)
/** What is played file by file: `npm test` plays every second one. */
const played = ALL ? corpus : corpus.filter((_, at) => at % 2 === 0)
const top = mkdtempSync(join(tmpdir(), 'changes-'))
afterAll(() => {
  rmSync(top, { recursive: true })
})

/** A checkout with these files, in which patches are applied. */
function checkout(name: string, files: readonly { path: string; text: string }[]) {
  const folder = join(top, name)
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return {
    read: (path: string) => readFileSync(join(folder, path), 'utf8'),
    apply: (patch: string) => {
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: patch })
    },
  }
}

const pathOf = (server: string, { name }: Named): string =>
  `${serverNamed(server).folders[0] ?? ''}/${name}`

/** What Git made of a change: most servers are offered the same one, in a folder of their own. */
const made = new Map<string, string>()

function applied({ name, text }: Named, path: string, diff: string): string {
  const key = `${name}\n${diff.replaceAll(path, name)}`
  const known = made.get(key)
  if (known !== undefined) return known
  const tree = checkout(`one-${made.size}`, [{ path, text }])
  tree.apply(diff)
  made.set(key, tree.read(path))
  return tree.read(path)
}

/** Codes of the findings, how often each. */
const codesOf = ({ report }: Awaited<ReturnType<typeof examined>>): readonly string[] =>
  report.findings.map(({ code }) => code).sort()

describe('a change that is offered', () => {
  it.each(SERVERS)('applies alone, mends its findings and brings none, on %s', async server => {
    let offered = 0
    for (const file of played) {
      const before = await examined([file], server)
      for (const { diff, cures } of before.cures) {
        offered += 1
        const path = pathOf(server, file)
        const text = applied(file, path, diff)
        // Nothing but lines that were put in or replaced: line ends and the last line are kept.
        expect(text.includes('\r')).toBe(file.text.includes('\r'))
        expect(text.endsWith('\n')).toBe(file.text.endsWith('\n'))
        const after = await examined([{ name: file.name, text }], server)
        const left = [...codesOf(before)]
        for (const code of cures) left.splice(left.indexOf(code), 1)
        expect([file.name, codesOf(after)]).toEqual([file.name, left])
      }
    }
    expect(offered).toBeGreaterThan(ALL ? 15 : 7)
  })

  it.each(SERVERS)('applies together with all others, as one patch, on %s', async server => {
    const before = await examined(corpus, server)
    const tree = checkout(
      `${server}-all`,
      corpus.map(file => ({ path: pathOf(server, file), text: file.text })),
    )
    tree.apply(before.changed.map(({ diff }) => diff).join(''))
    for (const { path, text } of before.changed)
      expect([path, tree.read(path)]).toEqual([path, text])
    const after = await examined(
      corpus.map(file => ({ name: file.name, text: tree.read(pathOf(server, file)) })),
      server,
    )
    expect(after.cures).toEqual([])
  })
})

/** Of the files made to harm: those whose umbrella does nothing but judge, read one by one. */
const HARMLESS = [
  'bool-if.yml',
  'empty-steps-comment.yml',
  'exit-swallowed.yml',
  'explicit-key.yml',
  'heredoc.yml',
  'if-off-side-effect.yml',
  'quoted-if.yml',
  'self-hosted.yml',
  'tagged-if.yml',
]

it.each(SERVERS)('of files made to harm the harmless alone are changed, on %s', async server => {
  expect(adverse.length).toBeGreaterThanOrEqual(40)
  const changed: string[] = []
  for (const file of adverse)
    if ((await examined([file], server)).cures.length > 0) changed.push(file.name)
  expect(changed).toEqual(HARMLESS)
})

describe('a job that has other work', () => {
  it.each(SERVERS)('is never changed, and no change of it is proposed, on %s', async server => {
    for (const file of played) {
      // Whatever job is called the umbrella, on one server.
      const names = server === 'github' ? [null, ...jobIds(file.text)] : [null]
      for (const named of names) {
        const { diagnosis, cures, report } = await examined([file], server, { named })
        const [source] = diagnosis.target.sources
        if (source === undefined) continue
        const others = source.workflow.jobs.filter(
          job => workOf(source.workflow, job).kind === 'other-work',
        )
        const spans = others.map(({ id }) => source.placeOf(['jobs', id]))
        for (const { start, end } of cures.flatMap(({ changes }) => changes))
          for (const span of spans)
            expect(span !== null && start > span.start && end < span.end).toBe(false)
        const ofJobs = report.findings.filter(({ code }) =>
          DOCTOR_CAUSES.some(cause => cause === code),
        )
        for (const { what, advice } of ofJobs)
          if (others.some(({ id }) => what.startsWith(`${id}: `))) expect(advice).toBe(OTHER_WORK)
      }
    }
  })
})

/** The keys of jobs, as they stand in a file. */
const jobIds = (text: string): readonly string[] =>
  [...text.replace(/^[^]*?\njobs:/m, '').matchAll(/^ {2}([\w-]+):/gm)].flatMap(([, id]) => id ?? [])
