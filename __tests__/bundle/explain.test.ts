import { describe, expect, it } from '@jest/globals'
import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Explanation } from '../../src/sweep/report/explanation.js'
import type { Forge, ProfileName, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, PROFILES, takeReruns } from '../../verification/simulator/index.js'
import { drive, open, race, UMBRELLA, workflow } from '../../verification/simulator/stories.js'
import type { BundleRun } from '../support/bundle.js'
import { runBundle } from '../support/bundle.js'
import { openServer, widgetsOn } from '../support/open-server.js'

const run = promisify(execFile)
async function serving(
  profile: ProfileName,
  story: (forge: Forge) => number,
): Promise<{ forge: Forge; server: SimulatedServer; number: number }> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  forge.push({ branch: 'main', workflow: workflow() })
  const number = story(forge)
  forge.clock.advance('12m')
  const server = await openServer(forge)
  return { forge, server, number }
}

/** By hand: no workflow, no inputs, the token in its own variable. */
const explain = (server: SimulatedServer, ...argv: readonly string[]): Promise<BundleRun> =>
  runBundle({
    ...widgetsOn(server),
    argv: ['explain', ...argv],
    env: {
      GITHUB_ACTIONS: '',
      INPUT_TOKEN: '',
      'INPUT_DRY-RUN': undefined,
      UMBRELLA_REAPER_TOKEN: server.token,
      UMBRELLA_REAPER_URL: server.apiUrl,
    },
  })
const addressOf = (server: SimulatedServer, number: number): string =>
  `${server.apiUrl.replace('/api/v1', '')}/acme/widgets/pulls/${number}`
const posts = (server: SimulatedServer) => server.requests.filter(({ method }) => method !== 'GET')
const stale = (forge: Forge): number =>
  drive(forge, open(forge, 'stale'), { 'all-required': 'failure' })
const data = (run: BundleRun): Explanation => JSON.parse(run.stdout) as Explanation

describe('one blocked pull, explained', () => {
  it('says why, on what evidence, by which rules, and what a person could run', async () => {
    const { server, number } = await serving('gitea-1.26.4', stale)
    const run = await explain(server, addressOf(server, number))
    expect([run.code, run.stderr]).toEqual([0, ''])
    for (const part of [
      '#1 stale, into main',
      'stale: the umbrella is proven stale.',
      `${UMBRELLA}, newest row first`,
      'What to do now: repair it: run explain with --repair, or a sweep without dry-run',
      'what must be green comes from the needs of the umbrella (.gitea/workflows/ci.yml on main)',
      'success: CI / Platform (Go) (pull_request), required (run 1',
      '. Is every required context proven green? 5/5 required contexts green',
      'red over green needs, and its job only judges them',
      'not repaired: explain only reads; --repair repairs it (remedy: rerun)',
      'curl -fsS -X POST -H "Authorization: token $UMBRELLA_REAPER_TOKEN"',
    ])
      expect(run.stdout).toContain(part)
    expect(run.stdout).not.toContain(server.token)
    expect(posts(server)).toEqual([])
  })

  it('its first lines say what is true and what to do now', async () => {
    const { server, number } = await serving('gitea-1.25.5', stale)
    const top = ({ stdout }: BundleRun): string => stdout.split('What a merge waits for')[0] ?? ''
    const before = top(await explain(server, addressOf(server, number)))
    expect(before).toContain('What to do now: repair it: run explain with --repair')
    expect(before.split('\n').length).toBeLessThan(15)
    const { stdout } = await explain(server, addressOf(server, number), '--repair')
    expect(stdout).toContain('What to do now: nothing: it is repaired')
  })

  it('--json is the same as data', async () => {
    const { server, number } = await serving('gitea-1.26.4', stale)
    expect(data(await explain(server, addressOf(server, number), '--json'))).toMatchObject({
      number,
      kind: 'repair',
      reason: 'stale',
      gate: [],
      outcome: 'dry-run',
    })
  })

  it('a pull that is fine is explained too', async () => {
    const { server, number } = await serving('gitea-1.22.6', forge =>
      drive(forge, open(forge, 'g')),
    )
    const told = data(await explain(server, addressOf(server, number), '--json'))
    expect(told).toMatchObject({ kind: 'leave', reason: 'umbrella-green', command: null })
    expect(told.contexts).toHaveLength(5)
  })

  it('both runs of a race stand side by side, and a red newest run is never greened', async () => {
    const { server, number } = await serving('gitea-1.22.6', forge =>
      race(forge, 'reverse', {}, { 'Platform (Go)': 'failure' }, 'failure'),
    )
    const told = data(await explain(server, addressOf(server, number), '--json'))
    expect(told).toMatchObject({ reason: 'required-failed', command: null })
    expect(new Set(told.umbrella.history.map(({ run }) => run))).toEqual(new Set([1, 2]))
  })

  it('a refusal offers no command that writes green', async () => {
    const { server, number } = await serving('gitea-1.26.4', forge =>
      drive(forge, open(forge, 'red'), { 'Platform (Go)': 'failure', 'all-required': 'failure' }),
    )
    const run = await explain(server, addressOf(server, number))
    expect(run.stdout).toContain('required-failed')
    expect(run.stdout).not.toContain('curl')
  })

  it('--repair carries the remedy out, for that pull alone', async () => {
    const { forge, server, number } = await serving('gitea-1.25.5', made => {
      stale(made)
      return drive(made, open(made, 'other'), { 'all-required': 'failure' })
    })
    const run = await explain(server, addressOf(server, number), '--repair')
    expect(run.stdout).toContain(': repaired')
    expect(posts(server)).toHaveLength(1)
    const umbrella = (pull: number) =>
      forge.latest(forge.head(pull)).find(({ context }) => context === UMBRELLA)?.state
    expect([umbrella(number), umbrella(1)]).toEqual(['success', 'failure'])
  })

  it('without a number nothing is swept, and nothing repaired', async () => {
    const { server } = await serving('gitea-1.26.4', stale)
    const run = await explain(server, addressOf(server, 1), '--pull-request', '', '--repair')
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('is no number')])
    expect(server.requests).toEqual([])
  })

  it('a token file that cannot be read is named', async () => {
    const { server } = await serving('gitea-1.26.4', stale)
    const run = await explain(server, addressOf(server, 1), '--token-file', 'gone')
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('it cannot be read')])
    expect(server.requests).toEqual([])
  })

  it('a pull that is not open is named', async () => {
    const { server } = await serving('gitea-1.26.4', stale)
    const run = await explain(server, addressOf(server, 99))
    expect([run.code, run.stdout]).toEqual([
      1,
      expect.stringContaining('pull-request: #99 of acme/widgets is not open'),
    ])
  })

  it('a sweep by hand takes its token from the same variable', async () => {
    const { server } = await serving('gitea-1.25.5', stale)
    const run = await runBundle({
      apiUrl: server.apiUrl,
      repo: 'acme/widgets',
      token: '',
      argv: ['sweep'],
      env: {
        GITHUB_ACTIONS: '',
        UMBRELLA_REAPER_TOKEN: server.token,
        UMBRELLA_REAPER_URL: server.apiUrl,
        INPUT_TOKEN: undefined,
      },
    })
    expect([run.code, posts(server).length]).toEqual([0, 1])
  })

  it('no token leaves this server for an address that was pasted', async () => {
    const { server, number } = await serving('gitea-1.26.4', stale)
    const run = await runBundle({
      apiUrl: 'https://git.example.org/api/v1',
      repo: 'acme/widgets',
      token: 'held-for-another-server',
      argv: ['explain', addressOf(server, number)],
      env: { GITHUB_ACTIONS: '', GITHUB_TOKEN: 'held-for-another-server' },
    })
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('token: nothing was given')])
    expect(server.requests).toEqual([])
  })

  it.each<{ said: string; argv: readonly string[]; env: Record<string, string> }>([
    { said: 'on the command line', argv: ['--dry-run', 'true'], env: {} },
    { said: 'by the environment', argv: [], env: { INPUT_DRY_RUN: 'true' } },
    {
      said: 'by the environment, and not on the command line',
      argv: ['--dry-run=false'],
      env: { 'INPUT_DRY-RUN': 'True' },
    },
    {
      said: 'by the second of two spellings',
      argv: [],
      env: { 'INPUT_DRY-RUN': 'false', INPUT_DRY_RUN: 'true' },
    },
  ])('a dry run that is asked for $said is a lock for --repair', async ({ argv, env }) => {
    const { server, number } = await serving('gitea-1.26.4', stale)
    const by = (...more: readonly string[]) =>
      runBundle({
        ...widgetsOn(server),
        argv: ['explain', addressOf(server, number), '--repair', ...argv, ...more],
        env: {
          GITHUB_ACTIONS: '',
          INPUT_TOKEN: '',
          'INPUT_DRY-RUN': undefined,
          UMBRELLA_REAPER_TOKEN: server.token,
          UMBRELLA_REAPER_URL: server.apiUrl,
          ...env,
        },
      })
    const run = await by()
    const where = argv.includes('true') ? '--dry-run=true' : /INPUT_DRY.RUN=[Tt]rue/
    expect(run.stdout).toMatch(where)
    expect(run.stdout).toContain('dry run: nothing is written: ')
    const told = data(await by('--json'))
    expect(told.outcome).toBe('dry-run')
    expect(told.outcomeDetail).toMatch(/^nothing was written: .* forbids it, whatever --repair/)
    expect(posts(server)).toEqual([])
  })

  it.each([
    { argv: ['--dry-run=maybe'], env: { INPUT_DRY_RUN: 'true' } },
    { argv: ['--dry-run', 'true'], env: { INPUT_DRY_RUN: 'maybe' } },
    { argv: ['--dry-run', 'true', '--dry-run', 'false'], env: {} },
  ])('a dry run of $argv and $env is a fault', async ({ argv, env }) => {
    const { server, number } = await serving('gitea-1.26.4', stale)
    const run = await runBundle({
      ...widgetsOn(server),
      argv: ['explain', addressOf(server, number), '--repair', ...argv],
      env: { GITHUB_ACTIONS: '', 'INPUT_DRY-RUN': undefined, ...env },
    })
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('dry-run: given "')])
    expect(server.requests).toEqual([])
  })

  it('a dry run of the environment is a lock for a sweep by hand too', async () => {
    const { server } = await serving('gitea-1.26.4', stale)
    const run = await runBundle({
      ...widgetsOn(server),
      argv: ['sweep', '--dry-run', 'false'],
      env: { INPUT_DRY_RUN: 'true' },
    })
    expect(run.stdout).toContain('dry run: nothing will be written: INPUT_DRY_RUN=true forbids it')
    expect([run.code, posts(server)]).toEqual([0, []])
  })

  it('no token of this tool leaves for an address whose server nobody named', async () => {
    const { server, number } = await serving('gitea-1.26.4', stale)
    const by = (env: Record<string, string>, ...more: readonly string[]) =>
      runBundle({
        apiUrl: 'https://git.example.org/api/v1',
        repo: 'acme/widgets',
        token: '',
        argv: ['explain', addressOf(server, number), ...more],
        env: { GITHUB_ACTIONS: '', UMBRELLA_REAPER_TOKEN: server.token, ...env },
      })
    const other = { UMBRELLA_REAPER_URL: 'https://git.example.org' }
    for (const run of [await by({}), await by(other)]) {
      expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('UMBRELLA_REAPER_URL')])
      expect(run.stdout).not.toContain(server.token)
    }
    expect(server.requests).toEqual([])
    const origin = server.apiUrl.replace('/api/v1', '')
    expect((await by({ UMBRELLA_REAPER_URL: origin })).code).toBe(0)
    expect((await by(other, '--api-url', server.apiUrl)).code).toBe(0)
  })

  it('as an action, a dry run of one pull prints the same', async () => {
    const { server, number } = await serving('gitea-1.26.4', stale)
    const run = await runBundle({
      ...widgetsOn(server),
      inputs: { 'pull-request': String(number), 'dry-run': 'true' },
    })
    expect(run.stdout).toContain('stale: the umbrella is proven stale.')
    expect(run.stdout).toContain('How this was decided, question by question')
    expect(run.report).not.toBeNull()
  })
})

describe.each(Object.keys(PROFILES) as ProfileName[])('what a person could run, %s', profile => {
  it('does what it says, run by a shell', async () => {
    const { forge, server, number } = await serving(profile, stale)
    const { command, outcome } = data(await explain(server, addressOf(server, number), '--json'))
    expect(outcome).toBe('dry-run')
    expect(command).toContain(forge.profile.actions.rerun ? '/rerun' : '/statuses/')
    takeReruns(server, again => {
      forge.runAll(again)
    })
    await run('sh', ['-c', command ?? 'false'], {
      env: { PATH: process.env['PATH'] ?? '', UMBRELLA_REAPER_TOKEN: server.token },
    })
    // A runner takes what runs again before the next request.
    await fetch(`${server.apiUrl}/version`)
    const { state } = forge.latest(forge.head(number)).find(row => row.context === UMBRELLA) ?? {}
    expect(state).toBe('success')
  }, 180_000)
})

describe('the command line of the bundle', () => {
  const bundle = join(import.meta.dirname, '../../dist/index.js')
  const start = (...argv: readonly string[]) =>
    spawnSync(process.execPath, [bundle, ...argv], {
      env: { PATH: process.env['PATH'] ?? '' },
      encoding: 'utf8',
    })

  it.each([
    { argv: ['--version'], code: 0, says: /^\d+\.\d+\.\d+\n$/ },
    { argv: ['--help'], code: 0, says: /^umbrella-reaper finds/ },
    { argv: ['-v'], code: 0, says: /^\d+\.\d+\.\d+\n$/ },
    { argv: ['explain', '--help'], code: 0, says: /^usage: umbrella-reaper explain ADDRESS/ },
    {
      argv: ['help', 'inherited'],
      code: 0,
      says: /^inherited: .*\n\n {2}for example: .*\n {2}what to do: {3}fix the job on the base/,
    },
    { argv: ['--dryrun'], code: 1, says: /no option --dryrun; did you mean --dry-run\?/ },
    {
      argv: ['explain', 'https://git.example.org/acme/widgets/pulls/7'],
      code: 1,
      says: /UMBRELLA_REAPER_TOKEN, with UMBRELLA_REAPER_URL .* or give --token-file FILE/,
    },
    { argv: ['help', 'magic'], code: 1, says: /there is no topic "magic"/ },
    { argv: ['explain'], code: 1, says: /needs the address of a pull request/ },
  ])('$argv', ({ argv, code, says }) => {
    const { status, stdout, stderr } = start(...argv)
    expect([status, stderr]).toEqual([code, ''])
    expect(stdout).toMatch(says)
  })

  it('may be cut off by whoever reads it', () => {
    const piped = spawnSync('sh', ['-c', `"${process.execPath}" "${bundle}" --help | head -1`], {
      encoding: 'utf8',
    })
    expect([piped.status, piped.stderr]).toEqual([0, ''])
  })
})
