import { afterEach, describe, expect, it } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { diagnose } from '../../../src/tools/doctor/diagnose.js'
import { readSource } from '../../../src/tools/doctor/file.js'
import type { DoctorReport } from '../../../src/tools/doctor/render.js'
import { doctorLines, doctorReport } from '../../../src/tools/doctor/render.js'
import { newestRelease, readServer } from '../../../src/tools/doctor/server.js'
import { rawWorkflows } from '../../../src/forge/workflows.js'
import { actionsRunner } from '../../../src/runner.js'

function server(name: string) {
  const known = readServer(name)
  if (known === null) throw new Error(`${name} is no server`)
  return known
}

/** What is told of one file, or of none, where nobody knows what is required. */
async function toldOf(text: string | null, required: readonly string[] | null = null) {
  const path = '.gitea/workflows/ci.yml'
  const files = text === null ? [] : [await readSource(path, Buffer.from(text))]
  const found = diagnose({ server: server('gitea-1.26'), files, required, named: null })
  return doctorReport(found, { place: 'here', token: [], upgrade: null, cures: [] })
}

const textOf = (diagnosis: DoctorReport): string => doctorLines(diagnosis, true).join('\n')

const workflow = (needs: string, jobs: readonly string[], events = 'pull_request'): string =>
  [
    ...['name: CI', `on: [${events}]`, 'jobs:', '  lint: { name: Lint, runs-on: x }', ...jobs],
    ...['  all-required:', '    name: all-required', '    if: failure()'],
    ...[`    needs: [${needs}]`, '    runs-on: x', '    steps:', '      - run: echo red', ''],
  ].join('\n')

describe('the inputs that are recommended', () => {
  it('hold what the umbrella needs, where all of it is known', async () => {
    const { inputs } = await toldOf(workflow('lint', []))
    expect(inputs['required-contexts']).toBe('CI / Lint (pull_request)')
  })

  it.each([
    {
      rule: 'a need whose names only a run tells',
      needs: 'lint, m',
      jobs: [
        '  m:',
        '    name: M',
        '    strategy: { matrix: { x: "${{ fromJSON(1) }}" } }',
        '    runs-on: x',
      ],
    },
    { rule: 'a need that is not in the file', needs: 'lint, gone', jobs: [] },
  ])('are no part of a list: $rule', async ({ needs, jobs }) => {
    const { inputs } = await toldOf(workflow(needs, jobs))
    expect(inputs).toEqual({ 'umbrella-context': 'CI / all-required (pull_request)' })
  })

  it('are of the event that the umbrella answers for', async () => {
    const required = ['CI / all-required (pull_request)']
    const { inputs } = await toldOf(workflow('lint', [], 'push, pull_request'), required)
    expect(inputs['umbrella-context']).toBe(required[0])
    expect(inputs['required-contexts']).toBe('CI / Lint (pull_request)')
  })
})

describe('health is told only of what was looked at', () => {
  it.each([
    { rule: 'no file', text: null, says: 'nothing was looked at' },
    {
      rule: 'no umbrella',
      text: 'name: CI\non: pull_request\njobs:\n  lint:\n    runs-on: x\n',
      says: 'no umbrella to look into',
    },
  ])('$rule', async ({ text, says }) => {
    const lines = textOf(await toldOf(text))
    expect(lines).toContain(says)
    expect(lines).not.toContain('no cause of wrong statuses was found here')
  })
})

it.each([
  ['gitea-1.22', 'gitea 1.27.0'],
  ['gitea-1.27', null],
  ['gitea-1.27.3', null],
  ['gitea-28', null],
  ['forgejo-15', 'forgejo 16.0.0'],
  ['forgejo-17', null],
  ['github', null],
])('an upgrade of %s leads to %s: never downward', (name, to) => {
  expect(newestRelease(server(name))?.name ?? null).toBe(to)
})

it('a branch with more workflow files than are read is an error, not a shorter list', async () => {
  const entries = Array.from({ length: 1001 }, (_, at) => ({ type: 'file', path: `w/${at}.yml` }))
  const file = { content: '', encoding: 'base64' }
  const read = (shown: number) =>
    rawWorkflows({ folders: ['w'], recursive: false }, path =>
      Promise.resolve(path === 'w' ? entries.slice(0, shown) : file),
    )
  // A folder of a thousand entries may have more that GitHub does not tell.
  expect(await read(999)).toHaveLength(999)
  await expect(read(1000)).rejects.toThrow()
})

describe('the files of a checkout', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'))
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('one that cannot be read is no absent folder, and a folder is no file', () => {
    const workflows = join(folder, '.gitea/workflows')
    mkdirSync(join(workflows, 'folder.yml'), { recursive: true })
    writeFileSync(join(workflows, 'ci.yml'), 'on: push\n')
    symlinkSync(join(folder, 'gone'), join(workflows, 'dangling.yml'))
    const files = actionsRunner().files(folder, '.gitea/workflows')
    expect(files?.map(({ path, bytes }) => [path, bytes !== null])).toEqual([
      ['.gitea/workflows/ci.yml', true],
      ['.gitea/workflows/dangling.yml', false],
    ])
    expect(actionsRunner().files(folder, '.github/workflows')).toBeNull()
  })
})
