import { afterEach, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RULES, UNREADABLE } from '../../src/tools/doctor/diagnose.js'
import { readSource } from '../../src/tools/doctor/file.js'
import type { DoctorReport } from '../../src/tools/doctor/render.js'
import type { GithubServer } from '../../verification/simulator/github/server.js'
import { serveGithub } from '../../verification/simulator/github/server.js'
import { GithubWorld } from '../../verification/simulator/github/world.js'
import type { SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, serve } from '../../verification/simulator/index.js'

const BROKEN = `name: CI
on:
  pull_request:
jobs:
  lint:
    name: Lint
    runs-on: ubuntu-latest
    steps:
      - run: make lint
  all-required:
    name: all-required
    needs: [lint]
    runs-on: ubuntu-latest
    steps:
      - run: 'true'
`

const folders: string[] = []
const servers: (SimulatedServer | GithubServer)[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  await Promise.all(servers.splice(0).map(server => server.close()))
})

function checkout(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** The bundle as a command. */
async function doctor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['dist/index.js', 'doctor', ...args], {
    env: { PATH: process.env['PATH'], ...env },
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const code = await new Promise<number | null>(resolve => child.on('close', resolve))
  return { code, said }
}

describe('a checkout', () => {
  it('is told with file, line, fix, and the inputs to use; an error ends red', async () => {
    const folder = checkout({ '.gitea/workflows/ci.yml': BROKEN })
    const { code, said } = await doctor([folder, '--server', 'gitea-1.22'])
    expect(code).toBe(1)
    expect(said).toContain('error no-condition: The umbrella is skipped when a job it needs fails')
    expect(said).toContain('.gitea/workflows/ci.yml:10')
    expect(said).toContain('+    if: always()')
    expect(said).toContain('umbrella-context: CI / all-required (pull_request)')
  })

  it('tells what an upgrade would cure', async () => {
    const text = BROKEN.replace('    needs', '    if: ${{ !cancelled() }}\n    needs')
    const folder = checkout({ '.gitea/workflows/ci.yml': text })
    const on = async (server: string) => (await doctor([folder, '--server', server])).said
    expect(await on('gitea-1.22')).toContain('gitea 1.27.0 would cure: not-literally-always')
    expect(await on('gitea-1.26')).not.toContain('would cure')
  })

  it('without an error ends well', async () => {
    const text = BROKEN.replace('    needs', '    if: always()\n    needs')
    const folder = checkout({ '.github/workflows/ci.yml': text })
    const { code, said } = await doctor([folder, '--server', 'github'])
    expect([code, said]).toEqual([0, expect.stringContaining('nothing here makes an umbrella lie')])
    expect(said).toContain('umbrella-context: all-required')
  })

  it('is read in the folder the server reads, and in no other', async () => {
    const good = BROKEN.replace('    needs', '    if: always()\n    needs')
    const folder = checkout({
      '.gitea/workflows/ci.yml': good,
      '.github/workflows/ci.yml': BROKEN,
    })
    expect((await doctor([folder, '--server', 'gitea-1.26'])).code).toBe(0)
    expect((await doctor([folder, '--server', 'github'])).code).toBe(1)
    expect((await doctor([folder, '--server', 'forgejo-15'])).code).toBe(0)
  })

  it('is data with --json', async () => {
    const folder = checkout({ '.gitea/workflows/ci.yml': BROKEN })
    const { said } = await doctor([folder, '--server', 'gitea-1.22', '--json'])
    const end = said.lastIndexOf('}') + 1
    const told = JSON.parse(said.slice(0, end)) as DoctorReport
    expect(told.counts).toEqual({ error: 1, warning: 0, note: 0 })
    expect(told.findings[0]).toMatchObject({ code: 'no-condition', line: 10 })
  })

  it('in a workflow its findings stand beside their lines', async () => {
    const folder = checkout({ '.gitea/workflows/ci.yml': BROKEN })
    const { said } = await doctor([folder, '--server', 'gitea-1.22'], { GITHUB_ACTIONS: 'true' })
    expect(said).toMatch(
      /::error title=no-condition[^:]*.*file=\.gitea\/workflows\/ci\.yml,line=10/,
    )
  })

  it.each([
    { args: ['--server', 'gitlab-1'], says: 'server: given "gitlab-1"; allowed: gitea-1.22' },
    { args: [], says: 'doctor needs --repo, or a folder and --server' },
    { args: ['a', 'b', '--server', 'github'], says: 'doctor takes one folder' },
    { args: ['--repo', 'o/r', '--server', 'github'], says: 'and not both' },
    { args: ['--server', 'github', '--repair'], says: 'doctor does not know "repair"' },
    { args: ['/nowhere', '--server', 'github'], says: 'has none of .github/workflows' },
  ])('bad arguments: $args', async ({ args, says }) => {
    const { code, said } = await doctor(args)
    expect([code, said]).toEqual([1, expect.stringContaining(says)])
  })
})

describe('files that nobody should write', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x]',
    ...Array.from('bcdefgh', (letter, at) => {
      const before = 'abcdefgh'[at] ?? 'a'
      return `${letter}: &${letter} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`
    }),
  ].join('\n')
  it.each<{ what: string; bytes: string | Uint8Array; why: string }>([
    { what: 'a megabyte and more', bytes: 'a'.repeat(1024 * 1024 + 1), why: 'larger than 1 MiB' },
    { what: 'an alias bomb', bytes: bomb, why: 'aliases are too many' },
    { what: 'a duplicate key', bytes: 'on: push\non: push\n', why: 'no YAML' },
    { what: 'a tab', bytes: 'on:\n\tpush:\n', why: 'no YAML' },
    { what: 'a NUL', bytes: 'on: push\0\n', why: 'a NUL' },
    { what: 'no UTF-8', bytes: Buffer.from([0x6f, 0x6e, 0x3a, 0xff]), why: 'no UTF-8' },
    { what: 'deep brackets', bytes: `on: ${'['.repeat(200)}${']'.repeat(200)}`, why: 'too deeply' },
    { what: 'nothing', bytes: '', why: 'no workflow' },
  ])('$what is one finding that names the file', async ({ bytes, why }) => {
    const read = await readSource('.gitea/workflows/x.yml', Buffer.from(bytes))
    expect(read).toMatchObject({ kind: 'unreadable', why: expect.stringContaining(why) })
    const folder = checkout({ '.gitea/workflows/x.yml': Buffer.from(bytes) })
    const { code, said } = await doctor([folder, '--server', 'gitea-1.22'])
    expect(code).toBe(1)
    expect(said.match(/unreadable-file/g)).toHaveLength(1)
    expect(said).toContain('.gitea/workflows/x.yml')
  })

  it('names in a file cannot write commands of the runner', async () => {
    const name = 'x\\u001b[31m\\n::set-output name=a::b'
    const folder = checkout({
      '.gitea/workflows/ci.yml': BROKEN.replace('name: Lint', `name: "${name}"`),
    })
    const { said } = await doctor([folder, '--server', 'gitea-1.22'], { GITHUB_ACTIONS: 'true' })
    expect(said).not.toMatch(/^::set-output/m)
    expect(said).not.toContain('\u001b')
  })
})

describe('a repository', () => {
  it('of Gitea is read by its API, with what a merge requires; nothing is written', async () => {
    const forge = createForge('gitea-1.26.4', { owner: 'acme', repo: 'widgets' })
    forge.push({ branch: 'main', workflow: BROKEN })
    forge.protect('main', ['CI / all-required (pull_request)', 'CI / Build (pull_request)'])
    const server = await serve(forge)
    servers.push(server)
    const { code, said } = await doctor(['--repo', 'acme/widgets', '--api-url', server.apiUrl], {
      UMBRELLA_REAPER_TOKEN: server.token,
    })
    expect(code).toBe(1)
    expect(said).toContain('gitea 1.26.4, acme/widgets, main: 1 workflow file')
    expect(said).toContain('.gitea/workflows/ci.yml:10')
    expect(said).toContain('"CI / Build (pull_request)" is required, and no job')
    expect(said).toContain('it may read what a merge into main requires')
    expect(said).not.toContain(server.token)
    expect(new Set(server.requests.map(({ method }) => method))).toEqual(new Set(['GET']))
  })

  it('of GitHub too', async () => {
    const world = new GithubWorld()
    world.workflow({
      path: '.github/workflows/ci.yml',
      jobs: [{ name: 'lint' }, { name: 'all-required', needs: ['lint'], gate: 'needs' }],
    })
    const server = await serveGithub(world)
    servers.push(server)
    const { code, said } = await doctor(['--repo', 'acme/widgets', '--api-url', server.apiUrl], {
      UMBRELLA_REAPER_TOKEN: server.token,
    })
    expect(said).toContain('github, acme/widgets, main: 1 workflow file')
    expect(code).toBe(said.includes('error ') ? 1 : 0)
    expect(server.faults).toEqual([])
  })

  it('that is not there is told as a sweep would', async () => {
    const server = await serve(createForge('gitea-1.22.6', { owner: 'acme', repo: 'widgets' }))
    servers.push(server)
    const { code, said } = await doctor(['--repo', 'acme/other', '--api-url', server.apiUrl], {
      UMBRELLA_REAPER_TOKEN: server.token,
    })
    expect([code, said]).toEqual([1, expect.stringContaining('repo: not found')])
  })
})

describe('docs/doctor.md', () => {
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8')

  it('has a row for every finding, word for word', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` \| (\w+) \| (.*) \|$/gm)].map(
      ([, code, severity, title]) => ({ code, severity, title }),
    )
    const told = [{ ...UNREADABLE, severity: 'error' }, ...RULES]
    expect(rows).toEqual(told.map(({ code, severity, title }) => ({ code, severity, title })))
  })

  it.each([...RULES])('$code rests on a section that exists', ({ source }) => {
    if (source === 'the file itself') return
    const [path = '', section = ''] = source.split(', ')
    const facts = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
    expect(facts).toMatch(new RegExp(`^## ${section}\\.`, 'm'))
  })
})
