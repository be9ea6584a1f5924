import { afterEach, describe, expect, it } from '@jest/globals'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DOCTOR_RULES, UNREADABLE } from '../../src/tools/doctor/diagnose.js'
import { readSource } from '../../src/tools/doctor/file.js'
import type { DoctorReport } from '../../src/tools/doctor/render.js'
import { GithubWorld } from '../../verification/simulator/github/world.js'
import { createForge } from '../../verification/simulator/index.js'
import { filesIn } from '../tools/doctor/examined.js'
import { openServer, openGithubServer } from '../support/open-server.js'

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
      - run: test "\${{ needs.lint.result }}" = success
`

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
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
    const title = 'The umbrella is skipped when a job it needs fails'
    expect(said).toContain(`error .gitea/workflows/ci.yml:10  ${title}`)
    expect(said).toContain('docs/doctor.md#no-condition')
    expect(said).toContain('1 change offered')
    const all = await doctor([folder, '--server', 'gitea-1.22', '--all'])
    expect(all.said).toContain('! a job it needs fails         is skipped; the gate opens')
    expect(all.said).toContain('umbrella-context: CI / all-required (pull_request)')
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
    expect([code, said]).toEqual([
      0,
      expect.stringContaining('no cause of wrong statuses was found here'),
    ])
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

  it('is data with --json, and nothing else', async () => {
    const folder = checkout({ '.gitea/workflows/ci.yml': BROKEN })
    const env = { GITHUB_ACTIONS: 'true' }
    const { code, said } = await doctor([folder, '--server', 'gitea-1.22', '--json'], env)
    const { schema, servers: reports } = JSON.parse(said) as {
      readonly schema: string
      readonly servers: readonly DoctorReport[]
    }
    expect([code, schema, reports.length]).toEqual([1, 'umbrella-reaper/doctor/2', 1])
    expect(reports[0]?.counts).toEqual({ error: 1, warning: 0, note: 0 })
    expect(reports[0]?.findings[0]).toMatchObject({
      code: 'no-condition',
      line: 10,
      mended: true,
      link: 'docs/doctor.md#no-condition',
    })
  })

  it('without a server is examined for every one that its folders speak of', async () => {
    const folder = checkout({
      '.gitea/workflows/ci.yml': BROKEN,
      '.github/workflows/ci.yml': BROKEN,
      '.forgejo/workflows/ci.yml': BROKEN,
    })
    const { code, said } = await doctor([folder])
    expect(code).toBe(1)
    for (const server of ['github', 'gitea 28.1.0', 'forgejo 16.0.0'])
      expect(said).toContain(`${server}, ${folder}: 1 workflow file`)
  })

  it('is changed with --fix, as the patch of --diff says', async () => {
    const folder = checkout({ '.github/workflows/ci.yml': BROKEN.replaceAll('\n', '\r\n') })
    const patch = await doctor([folder, '--diff'])
    expect([patch.code, patch.said]).toEqual([1, expect.stringMatching(/^--- a\/.*\r\n/s)])
    const file = join(folder, '.github/workflows/ci.yml')
    const before = readFileSync(file, 'utf8')
    execFileSync('git', ['apply', '-'], { cwd: folder, input: patch.said })
    const applied = readFileSync(file, 'utf8')
    writeFileSync(file, before)
    const { code, said } = await doctor([folder, '--fix'])
    expect([code, said]).toEqual([0, expect.stringContaining('changed: .github/workflows/ci.yml')])
    expect(readFileSync(file, 'utf8')).toBe(applied)
    expect(applied).toContain('    if: always()\r\n')
  })

  it('a warning ends well, and red with --strict', async () => {
    const text = BROKEN.replace('    needs', '    if: always()\n    needs').replace(
      '  pull_request:',
      '  pull_request:\n    types: [opened, synchronize, labeled]',
    )
    const folder = checkout({ '.github/workflows/ci.yml': text })
    expect((await doctor([folder])).code).toBe(0)
    expect((await doctor([folder, '--strict'])).code).toBe(1)
  })

  it('examines what --umbrella names', async () => {
    const folder = checkout({ '.github/workflows/ci.yml': BROKEN })
    const { said } = await doctor([folder, '--umbrella', 'lint'])
    expect(said).toContain('no umbrella: lint: it has work of its own')
    expect((await doctor([folder, '--umbrella', 'gone'])).said).toContain('no job has that name')
    expect((await doctor([folder, '--umbrella', 'all-required'])).said).toContain('2 wrong')
  })

  it('has a page of help', async () => {
    const { code, said } = await doctor(['--help'])
    expect([code, said]).toEqual([0, expect.stringContaining('umbrella-reaper doctor [FOLDER]')])
    for (const option of [
      '--server',
      '--umbrella',
      '--all',
      '--json',
      '--diff',
      '--fix',
      '--strict',
    ])
      expect(said).toContain(option)
  })

  it('takes time as it has files, and two screens for 100 of them', () => {
    const corpus = filesIn('public')
    const used = (count: number) => {
      const files = Object.fromEntries(
        Array.from({ length: count }, (_, at) => {
          const { text = '' } = corpus[at % corpus.length] ?? {}
          return [`.github/workflows/file-${at}.yml`, text]
        }),
      )
      const told =
        "process.on('exit',()=>process.stderr.write(String(process.cpuUsage().user/1e6)))"
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['dist/index.js', 'doctor', checkout(files)],
        {
          encoding: 'utf8',
          env: { PATH: process.env['PATH'], NODE_OPTIONS: `--import=data:text/javascript,${told}` },
        },
      )
      return { seconds: Number(stderr), lines: stdout.split('\n').length }
    }
    const all = used(100)
    expect(all.lines).toBeLessThan(2 * 40)
    // In turn with their number they take five times as long at most, by their pairs 25 times.
    expect(all.seconds / used(20).seconds).toBeLessThan(10)
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
    { args: ['--repo', 'o/r', '--fix'], says: '--fix has no --repo' },
    { args: ['.', '--json', '--diff'], says: 'one of --json, --fix and --diff' },
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
    const server = await openServer(forge)
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
    const server = await openGithubServer(world)
    const { code, said } = await doctor(['--repo', 'acme/widgets', '--api-url', server.apiUrl], {
      UMBRELLA_REAPER_TOKEN: server.token,
    })
    expect(said).toContain('github, acme/widgets, main: 1 workflow file')
    expect(code).toBe(said.includes('error ') ? 1 : 0)
    expect(server.faults).toEqual([])
  })

  it('that is not there is told as a sweep would', async () => {
    const server = await openServer(createForge('gitea-1.22.6', { owner: 'acme', repo: 'widgets' }))
    const { code, said } = await doctor(['--repo', 'acme/other', '--api-url', server.apiUrl], {
      UMBRELLA_REAPER_TOKEN: server.token,
    })
    expect([code, said]).toEqual([1, expect.stringContaining('repo: not found')])
  })
})

describe('docs/doctor.md', () => {
  const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8')

  it('has a heading for every finding, with its severity and title word for word', () => {
    const rows = [...page.matchAll(/^### ([\w-]+)\n\n\*\*(.*)\*\* \((\w+)\)/gm)].map(
      ([, code, title, severity]) => ({ code, severity, title }),
    )
    const told = [{ ...UNREADABLE, severity: 'error' }, ...DOCTOR_RULES]
    expect(rows).toEqual(told.map(({ code, severity, title }) => ({ code, severity, title })))
  })

  it.each([...DOCTOR_RULES])('$code rests on a section that exists', ({ source }) => {
    if (source === 'the file itself') return
    const [path = '', section = ''] = source.split(', ')
    const facts = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
    const headings = [...facts.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading)
    const anchors = headings.map(one =>
      one
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )
    expect(headings.some(one => one.startsWith(`${section}.`)) || anchors.includes(section)).toBe(
      true,
    )
  })
})
