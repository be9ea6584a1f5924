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
  /** The line for a crontab as cron runs it, in a folder of its own, with the token in a file. */
  const cron = async (setting = ''): Promise<{ code: number; said: string }> => {
    const [, line = ''] = /```crontab\n\*\/10 \* \* \* \* (.*)\n```/.exec(read('README.md')) ?? []
    const place = folder()
    writeFileSync(join(place, 'token'), `${server.token}\n`)
    const here = line
      .replace('/etc/umbrella-reaper/token', join(place, 'token'))
      .replace('/opt/umbrella-reaper', root)
    return played(`cd "${place}"\n${setting} ${here}`)
  }
  const writes = () => server.requests.filter(({ method }) => method !== 'GET')

  it('install: the workflow finds what must be green, judges, and writes nothing', async () => {
    const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(read('README.md')) ?? []
    const { jobs } = parse(yaml) as {
      jobs: Record<string, { steps: { with: Record<string, unknown> }[] }>
    }
    const [job] = Object.values(jobs)
    expect(job).toMatchObject({
      'runs-on': 'ubuntu-latest',
      steps: [{ with: { 'dry-run': true } }],
    })
    const given = job?.steps[0]?.with ?? {}
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

  it('cron: the line prints only what failed: here an alarm, and what to do about it', async () => {
    const { said } = await cron()
    const alarm = numbers.get('false-green') ?? 0
    const lines = said.trimEnd().split('\n')
    const line = lines.find(text => text.startsWith(`#${alarm} ALARM`)) ?? ''
    expect(line).toContain('do not merge (how to block it now: docs/runbook.md#revoke)')
    expect(line).toMatch(/\/pulls\/\d+, failed run: \S+\/actions\/runs\/\d+$/)
    expect(lines.at(-1)).toBe(
      `error: 1 pull request with a green umbrella over a failed job: do not merge #${alarm}`,
    )
    expect(said).toContain('16 open pull requests: 1 ALARM, 6 would be repaired (dry run')
    expect(writes()).toEqual([])
    expect((await cron('FAIL_ON=never INPUT_FAIL_ON=never')).said).toBe('')
  })

  it('cron: without a token, or without node, one line says what to do', async () => {
    const script = `"${join(root, 'examples/cron.sh')}" acme/widgets https://git.example.org/api/v1`
    const { code, said } = await played(`TOKEN_FILE=/nowhere sh ${script} 2>&1`)
    expect([code, said]).toEqual([
      1,
      'cron.sh: /nowhere cannot be read: put the token into it, or set TOKEN_FILE\n',
    ])
    const file = join(folder(), 'token')
    writeFileSync(file, `${server.token}\n`)
    const bare = await played(`TOKEN_FILE="${file}" PATH=/nowhere /bin/sh ${script} 2>&1`)
    expect(bare.said).toContain('cron.sh: node is not in PATH')
  })

  it('an alarm is explained: it can be merged, and the runbook blocks it', async () => {
    const number = numbers.get('false-green') ?? 0
    expect(forge.gate(number).mergeable).toBe(true)
    const { code, said } = await played(block('explain https://'), 'false-green')
    expect(code).toBe(1)
    expect(said).toContain('false-green: it can be merged although a required job failed.')
    expect(said).toContain(
      'What to do now: do not merge (how to block it now: docs/runbook.md#revoke)',
    )
    // The reader of the runbook finds the command there (its own test runs it).
    expect(read('docs/runbook.md')).toMatch(/^## Revoke$/m)
  })

  it('why a pull is not repaired: a reason is where stale would be, and help has it', async () => {
    const { said } = await played(block('explain https://'), 'red')
    expect(said.split('\n')[3]).toMatch(/^The one thing to do: .*: fix the job/)
    expect(said).toMatch(/^required-failed: /m)
    expect(said).toContain('What to do now: fix the job')
    const help = await played(block('help required-failed'))
    expect(help.said).toMatch(/^required-failed: a required job failed .*\n\n {2}for example: /)
    const { said: word } = await played(
      block('help required-failed').replace('required-failed', 'older-run-landed-late'),
    )
    expect(word).toContain('an older run finished later')
  })

  it('why a pull is not repaired: it is not open, or the repository is another', async () => {
    const merged = await played(block('explain https://').replace('/pulls/1759', '/pulls/999'))
    expect(merged.said).toContain('#999 of acme/widgets is not open: it is merged, closed, or')
    const wrong = await played(block('explain https://').replace('acme/widgets', 'acme/wdgets'))
    expect(wrong.said.split('\n')).toHaveLength(2)
    expect(wrong.said).toMatch(/^error: repo: not found, or not visible to this token/)
  })

  const merge = async (): Promise<number> => {
    const number = numbers.get('stale') ?? 0
    const { status } = await fetch(`${server.apiUrl}/repos/acme/widgets/pulls/${number}/merge`, {
      method: 'POST',
      headers: { authorization: `token ${server.token}`, 'content-type': 'application/json' },
      body: '{"Do":"merge"}',
    })
    return status
  }

  it('one blocked pull is explained, repaired, and can be merged', async () => {
    expect(await merge()).toBe(405)
    const before = writes().length
    const { code, said } = await played(block('explain https://'))
    const shown = /```text\n([^]*?)```/.exec(read('README.md'))?.[1] ?? ''
    for (const line of shown.trimEnd().split('\n')) expect(said).toContain(line)
    expect(said).toContain('not repaired: explain only reads; --repair repairs it')
    expect([code, writes().length]).toEqual([0, before])
    const repaired = await played(block('--repair'))
    expect([repaired.code, writes().length]).toEqual([0, before + 1])
    expect(repaired.said).toContain('What to do now: nothing: it is repaired')
    expect(await merge()).toBe(200)
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

  it('the simulator ends with one line on a server that nobody simulates', async () => {
    const ended = await run(process.execPath, script('simulator', 'foo'), { cwd: root }).catch(
      (error: unknown) => error as { code: number; stderr: string },
    )
    expect(ended).toMatchObject({ code: 1 })
    expect(ended.stderr).toMatch(/^error: there is no server "foo"\. SERVER is one of:\n/)
    expect(ended.stderr).not.toContain(' at ')
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
      expect(repaired).toContain('What to do now: nothing: it is repaired')
      expect(doctor).toMatch(/1 umbrella, required for a merge:\n.*: right\n/)
      expect(doctor).toContain('\n\nno cause of wrong statuses was found here\n')
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
