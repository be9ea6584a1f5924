import { afterEach, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Forge, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge } from '../../verification/simulator/index.js'
import { drive, open, UMBRELLA, workflow } from '../../verification/simulator/stories.js'
import type { BundleOptions, BundleRun } from '../support/bundle.js'
import { runBundle } from '../support/bundle.js'
import { commandsIn, UNSEEN } from '../support/hostile.js'
import { structureOf } from '../support/markdown.js'
import { openServer } from '../support/open-server.js'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A name that a writer of workflows may give to a job, or anybody to a status. */
const NAMES = [
  '::add-mask::e',
  '\u00a0::stop-commands::x',
  '##[command]rm',
  '# PWNED',
  '`a` | [b](//evil.example) <b> $x$ @all #7',
  '\u061c\u202e\u200b\u0085\u009b31mx',
] as const

/** As many that nobody has to fear. */
const USUAL = NAMES.map((_, index) => `Test ${index}`)

/**
 * One pull request whose texts are all of these names: jobs of its workflow, its title, statuses
 * that a person wrote; and one that jobs of such names keep red.
 */
async function serving(names: readonly string[]): Promise<SimulatedServer> {
  const forge: Forge = createForge('gitea-1.26.4', { owner: 'acme', repo: 'widgets' })
  const jobs = ['Lint', ...names]
  forge.push({ branch: 'main', workflow: workflow({ jobs }) })
  for (const [branch, ending] of [
    ['stale', 'success'],
    ['red', 'failure'],
  ] as const) {
    const number = open(forge, branch, { jobs })
    const endings = Object.fromEntries(names.map(name => [name, ending]))
    forge.retitlePull(number, names.join(' '))
    drive(forge, number, { 'all-required': 'failure', ...endings })
    for (const context of names) {
      const row = { context, description: context, state: 'failure', as: 'person' } as const
      forge.post(forge.head(number), row)
    }
  }
  forge.clock.advance('12m')
  return openServer(forge)
}

/** Commands of ours by their names; of a mask with the token it is for. */
const commandsOf = (run: BundleRun, token: string): readonly string[] =>
  commandsIn(`${run.stdout}\n${run.stderr}`).map(line =>
    line === `::add-mask::${token}` ? 'mask' : (/^::(\w+)(?: |::)/.exec(line)?.[1] ?? line),
  )

const WAYS: readonly { readonly way: string; readonly options: Partial<BundleOptions> }[] = [
  { way: 'a sweep', options: {} },
  {
    way: 'a dry run of one pull request',
    options: { inputs: { 'pull-request': '1', 'dry-run': 'true' } },
  },
  {
    way: 'a dry run of one that is refused',
    options: { inputs: { 'pull-request': '2', 'dry-run': 'true' } },
  },
  { way: 'explain', options: { argv: ['explain', '--repo', 'acme/widgets', '--pull', '2'] } },
  {
    way: 'explain --json',
    options: { argv: ['explain', '--repo', 'acme/widgets', '--pull', '2', '--json'] },
  },
  { way: 'doctor', options: { argv: ['doctor', '--repo', 'acme/widgets'] } },
]

it.each(WAYS)('$way, in a workflow, obeys no name, and its summary is built as ever', async way => {
  const told = async (names: readonly string[]) => {
    const { apiUrl, token } = await serving(names)
    const run = await runBundle({ apiUrl, repo: 'acme/widgets', token, ...way.options })
    expect(run.stderr).toBe('')
    return { run, commands: commandsOf(run, token) }
  }
  const [usual, { run, commands }] = await Promise.all([told(USUAL), told(NAMES)])
  expect(commands).toEqual(usual.commands)
  expect(run.stdout.split('\n').filter(line => UNSEEN.test(line))).toEqual([])
  expect(run.summary.split('\n').filter(line => UNSEEN.test(line))).toEqual([])
  expect(structureOf(run.summary)).toEqual(structureOf(usual.run.summary))
  expect(run.code).toBe(usual.run.code)
})

it('the umbrella may have such a name too', async () => {
  const { apiUrl, token } = await serving(['Test'])
  const run = await runBundle({
    apiUrl,
    repo: 'acme/widgets',
    token,
    inputs: { 'pull-request': '1', 'dry-run': 'true', 'umbrella-context': '::stop-commands::x' },
  })
  expect(run.stdout).toContain(': :stop-commands::x, newest row first')
  expect(
    commandsOf(run, token).filter(name => !/^(?:mask|group|endgroup|error)$/.test(name)),
  ).toEqual([])
})

it('lines of a file that the doctor shows begin with nothing that is obeyed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
  folders.push(folder)
  mkdirSync(join(folder, '.gitea/workflows'), { recursive: true })
  const text = workflow().replace(
    'name: all-required\n    if: always()',
    'name: "::stop-commands::x ##[group]"',
  )
  writeFileSync(join(folder, '.gitea/workflows/ci.yml'), text)
  const bundle = join(import.meta.dirname, '../../dist/index.js')
  const { stdout } = spawnSync(
    process.execPath,
    [bundle, 'doctor', folder, '--server', 'gitea-1.22', '--diff'],
    { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', GITHUB_ACTIONS: 'true' } },
  )
  expect(stdout).toContain('stop-commands')
  expect(commandsIn(stdout).filter(line => !/^::(?:error|warning)[ :]/.test(line))).toEqual([])
})

it('the context of everybody is still the one that is judged', async () => {
  const { apiUrl, token } = await serving(['# PWNED'])
  const run = await runBundle({ apiUrl, repo: 'acme/widgets', token })
  expect(JSON.stringify(run.report)).toContain(UMBRELLA)
  expect(JSON.stringify(run.report)).toContain('CI / # PWNED (pull_request)')
})
