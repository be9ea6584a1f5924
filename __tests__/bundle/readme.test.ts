import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { demoWorld } from '../../verification/simulator/demo-world.js'
import type { Forge, SimulatedServer } from '../../verification/simulator/index.js'
import { serve, takeReruns } from '../../verification/simulator/index.js'
import { runBundle, SERVERS_CLOCK } from '../support/bundle.js'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const shell = (path: string): string[] =>
  [...read(path).matchAll(/```sh\n([^]*?)```/g)].map(([, code = '']) => code)
const run = promisify(execFile)

/** A folder that a test works in; gone with the test. */
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'umbrella-reaper-readme-'))
  folders.push(made)
  return made
}

describe('five tasks of a reader who has README.md alone', () => {
  let forge: Forge
  let server: SimulatedServer
  const numbers = new Map<string, number>()
  beforeAll(async () => {
    const world = demoWorld('gitea-1.26.4')
    forge = world.forge
    for (const { name, number } of world.pulls) numbers.set(name, number)
    server = await serve(forge)
    takeReruns(server, run => {
      forge.runAll(run)
    })
  })
  afterAll(() => server.close())

  const bundle = `"${process.execPath}" "${join(root, 'dist/index.js')}"`
  /** A block as a reader types it, for a pull request of the simulated server. */
  const played = async (code: string, pull = 'stale'): Promise<{ code: number; said: string }> => {
    const here = code
      .replaceAll('https://git.example.org', server.apiUrl.replace('/api/v1', ''))
      .replaceAll('=…', `=${server.token}`)
      .replaceAll('/pulls/1759', `/pulls/${numbers.get(pull) ?? 0}`)
      .replaceAll('node dist/index.js', bundle)
    const env = { PATH: process.env['PATH'] ?? '', NODE_OPTIONS: SERVERS_CLOCK.join(' ') }
    try {
      return { code: 0, said: (await run('sh', ['-ec', here], { env })).stdout }
    } catch (error) {
      const { code: failed, stdout } = error as { code: number; stdout: string }
      return { code: failed, said: stdout }
    }
  }
  const blocks = shell('README.md')
  const block = (part: string): string => {
    const found = blocks.filter(code => code.includes(part))
    // The first block explains, the second one repairs.
    return found[0] ?? ''
  }
  const writes = () => server.requests.filter(({ method }) => method !== 'GET')

  it('install: the workflow finds what must be green, judges, and writes nothing', async () => {
    const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(read('README.md')) ?? []
    const { jobs } = parse(yaml) as {
      jobs: Record<string, { steps: { with: Record<string, unknown> }[] }>
    }
    const given = Object.values(jobs)[0]?.steps[0]?.with ?? {}
    const inputs = Object.fromEntries(Object.entries(given).map(([name, to]) => [name, String(to)]))
    const { apiUrl, token } = server
    const told = await runBundle({ apiUrl, repo: 'acme/widgets', token, inputs })
    expect(told.stdout).toContain('6 would be repaired (dry run: nothing was written)')
    expect(writes()).toEqual([])
  })

  it('install: the two commands tag a mirror', async () => {
    const place = folder()
    const env = {
      PATH: process.env['PATH'] ?? '',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
    }
    const author = '-c user.name=a -c user.email=a@example.test'
    const prepare =
      'git init -q --bare mirror && git clone -q mirror clone 2>/dev/null && cd clone && ' +
      `git ${author} commit -q --allow-empty -m one && git push -q origin HEAD`
    await run('sh', ['-ec', prepare], { cwd: place, env })
    await run('sh', ['-ec', block('git tag v1')], { cwd: join(place, 'clone'), env })
    const { stdout } = await run('git', ['--git-dir', join(place, 'mirror'), 'tag'], { env })
    expect(stdout).toBe('v1\n')
  })

  it('an alarm ends the sweep red, and says not to merge', async () => {
    const { code, said } = await played(block('INPUT_TOKEN=…'))
    expect(code).toBe(1)
    expect(said).toMatch(/^#5 ALARM: false-green: .* do not merge/m)
    expect(said.trimEnd().split('\n').at(-1)).toBe(
      'error: 1 pull request with a green umbrella over a failed job: do not merge',
    )
  })

  it('cron: the line sweeps, and the last line but the error counts', async () => {
    const { said } = await played(block('INPUT_TOKEN=…'))
    expect(said).toContain('16 open pull requests: 1 ALARM, 6 would be repaired (dry run')
    expect(writes()).toEqual([])
  })

  it('cron: the whole script does, with a token in a file', async () => {
    const file = join(folder(), 'token')
    writeFileSync(file, `${server.token}\n`)
    const script = join(root, 'examples/cron.sh')
    const { said } = await played(
      `TOKEN_FILE="${file}" sh "${script}" acme/widgets https://git.example.org/api/v1`,
    )
    expect(said).toContain('6 would be repaired (dry run: nothing was written)')
  })

  it('why a pull is not repaired: a reason is where stale would be, and help has it', async () => {
    const { said } = await played(block('explain https://'), 'red')
    expect(said.split('\n')[3]).toMatch(/^required-failed: /)
    expect(said).toContain('What to do now: fix the job')
    const help = await played(block('help required-failed'))
    expect(help.said).toMatch(/^required-failed: a required job failed .*\n\n {2}for example: /)
  })

  it('one blocked pull is explained, repaired, and can be merged', async () => {
    expect(forge.gate(numbers.get('stale') ?? 0).mergeable).toBe(false)
    const { code, said } = await played(block('explain https://'))
    const shown = /```text\n([^]*?)```/.exec(read('README.md'))?.[1] ?? ''
    for (const line of shown.trimEnd().split('\n')) expect(said).toContain(line)
    expect([code, writes()]).toEqual([0, []])
    const repaired = await played(block('--repair'))
    expect([repaired.code, writes().length]).toEqual([0, 1])
    expect(repaired.said).toContain('What to do now: nothing to do: it is repaired')
    expect(forge.gate(numbers.get('stale') ?? 0).mergeable).toBe(true)
  })
})

describe('what a newcomer plays with', () => {
  const script = (name: string, ...words: readonly string[]) => [
    '--import',
    'tsx',
    join(root, `scripts/${name}.ts`),
    ...words,
  ]

  it('the demo fits a terminal of 80 columns, and has a page of help', async () => {
    const { stdout } = await run(process.execPath, script('demo'), { cwd: root })
    expect(stdout.split('\n').filter(line => line.length > 80)).toEqual([])
    expect(stdout).toContain('repaired by a re-run blocked > open')
    const help = await run(process.execPath, script('demo', '--help'), { cwd: root })
    expect(help.stdout).toMatch(/^usage: npm run demo -- \[SERVER\]/)
  })

  it('the simulator prints five commands, and each does what it says', async () => {
    const child = spawn(process.execPath, script('simulator', 'gitea-1.26.4'), { cwd: root })
    try {
      const said = await new Promise<string>(resolve => {
        let text = ''
        child.stdout.setEncoding('utf8').on('data', (part: string) => {
          text += part
          if (text.includes('/merge\n')) resolve(text)
        })
      })
      const parts = said.split(/^ {2}# /m)
      const setting = /^ {2}export .*/m.exec(parts[0] ?? '')?.[0] ?? 'false'
      const commands = parts.slice(1).map(part => part.replace(/^.*\n/, ''))
      expect(commands).toHaveLength(5)
      const env = { PATH: process.env['PATH'] ?? '' }
      const outputs: string[] = []
      for (const command of commands) {
        // The sweep ends red, by the alarm that it finds.
        const words = ['-c', `${setting}\n${command.trimEnd()} || echo "code $?"`]
        outputs.push((await run('sh', words, { env, cwd: root })).stdout)
      }
      const [sweep = '', explained = '', repaired = '', doctor = '', merged = 'none'] = outputs
      expect(sweep).toMatch(/6 would be repaired [^]*code 1\n$/)
      expect(explained).toContain('What to do now: repair it')
      expect(repaired).toContain('What to do now: nothing to do: it is repaired')
      // Its umbrella runs a command that reads nothing: doctor says so.
      expect(doctor).toContain('1 umbrella, required for a merge')
      expect(merged).toBe('')
      expect(sweep + explained).not.toContain('clock: ')
    } finally {
      child.kill()
    }
  }, 180_000)
})

describe('every other command of README.md and docs/e2e.md', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = ['README.md', 'docs/e2e.md', 'CONTRIBUTING.md'].flatMap(path =>
    [...read(path).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name),
  )

  it.each([...new Set(named)])('npm run %s exists', name => {
    expect(Object.keys(scripts)).toContain(name)
  })
})

it('the picture of README.md is what the demo prints', async () => {
  const words = ['--import', 'tsx', 'scripts/pictures.ts', '--check']
  await expect(run(process.execPath, words, { cwd: root })).resolves.toBeDefined()
})
