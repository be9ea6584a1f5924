import { describe, expect, it } from '@jest/globals'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { Forge, ProfileName, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, PROFILES } from '../../verification/simulator/index.js'
import type { Setup } from '../../verification/simulator/stories.js'
import { drive, open, race, UMBRELLA, workflow } from '../../verification/simulator/stories.js'
import type { BundleRun } from '../support/bundle.js'
import { runBundle } from '../support/bundle.js'
import { runInProcess } from '../support/in-process.js'
import { sampled } from '../support/sample.js'
import { openServer, widgetsOn } from '../support/open-server.js'

/** A server whose default branch has the workflow that every pull below changes. */
async function forgeOf(
  profile: ProfileName,
  stories: (forge: Forge) => void,
  main: string | null = workflow(),
): Promise<SimulatedServer> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  if (main !== null) forge.push({ branch: 'main', workflow: main })
  stories(forge)
  forge.clock.advance('12m')
  return openServer(forge)
}

const SEC = [
  '  sec:',
  '    name: sec',
  '    if: false',
  '    runs-on: ubuntu-latest',
  '    steps: [{ run: echo ok }]',
].join('\n')

/** Changes under which the umbrella stays red, and what each must get. */
const PULLS: readonly {
  readonly name: string
  readonly setup: Setup
  readonly reason: string
}[] = [
  { name: 'stale', setup: {}, reason: 'stale' },
  { name: 'skipped', setup: { skip: 'Canvas (Next.js)' }, reason: 'required-skipped' },
  { name: 'dropped', setup: { jobs: ['Detect changes'] }, reason: 'required-missing' },
]

const sweep = async (
  server: SimulatedServer,
  inputs: Record<string, string> = {},
  run: (options: Parameters<typeof runBundle>[0]) => Promise<BundleRun> = runInProcess,
): Promise<BundleRun> =>
  run({ apiUrl: server.apiUrl, repo: 'acme/widgets', token: server.token, inputs })
const told = (run: BundleRun): SweepReport => run.report as SweepReport
const posts = (server: SimulatedServer) => server.requests.filter(({ method }) => method !== 'GET')

const SERVERS = sampled(Object.keys(PROFILES) as ProfileName[])

describe.each(SERVERS)('no list of required contexts, %s', name => {
  it.each([...PULLS])('$name: $reason', async ({ name: branch, setup, reason }) => {
    const server = await forgeOf(name, forge => {
      drive(forge, open(forge, branch, setup), { 'all-required': 'failure' })
    })
    const [pull] = told(await sweep(server)).pulls
    expect([pull?.reason, pull?.detail]).toEqual([reason, pull?.detail])
    if (reason !== 'stale') expect(posts(server)).toEqual([])
    expect(pull?.requiredFrom).toMatch(
      /^the needs of the umbrella \(\.\w+\/workflows\/ci\.yml on main\)$/,
    )
  })

  it('a job that the pull adds to the needs and skips holds it back', async () => {
    const server = await forgeOf(name, forge => {
      const text = workflow({ extra: SEC }).replace('needs: [', 'needs: [sec, ')
      forge.push({ branch: 'adds', workflow: text })
      drive(forge, forge.openPull({ branch: 'adds', title: 'adds' }), { 'all-required': 'failure' })
    })
    const [pull] = told(await sweep(server)).pulls
    expect(pull).toMatchObject({ reason: 'required-skipped' })
    expect(pull?.detail).toContain('CI / sec (pull_request)')
    expect(posts(server)).toEqual([])
  })

  it('a base branch without the job requires nothing, so nothing is repaired', async () => {
    const server = await forgeOf(
      name,
      forge => {
        drive(forge, open(forge, 'stale'), { 'all-required': 'failure' })
      },
      null,
    )
    expect(told(await sweep(server)).pulls[0]).toMatchObject({ reason: 'nothing-required' })
    expect(posts(server)).toEqual([])
  })

  it('a workflow file that cannot be read is a gap', async () => {
    const server = await forgeOf(name, forge => {
      drive(forge, open(forge, 'stale'), { 'all-required': 'failure' })
    })
    server.on(({ path }) =>
      path.endsWith('/ci.yml') ? { kind: 'mutate', body: () => ({ encoding: 'none' }) } : undefined,
    )
    expect(told(await sweep(server)).pulls[0]).toMatchObject({ reason: 'evidence-incomplete' })
    expect(posts(server)).toEqual([])
  })
})

describe('where nothing is known that must be green', () => {
  it('a green umbrella beside a failed job of the newest run is never passed over', async () => {
    const server = await forgeOf(
      'gitea-1.26.4',
      forge => {
        race(forge, 'false-green', {}, { 'Platform (Go)': 'failure' }, 'success')
        drive(forge, open(forge, 'red'), { 'all-required': 'failure' })
      },
      null,
    )
    const run = await sweep(server)
    expect(told(run).pulls[0]).toMatchObject({ kind: 'leave', reason: 'umbrella-green' })
    expect(run.stdout).toContain('CI / Platform (Go) (pull_request) did not succeed in the newest')
    const loud = run.stdout.split('\n').filter(line => line.startsWith('::warning::'))
    expect(loud).toEqual([
      expect.stringContaining('no required jobs were found for #1, #2: a false green cannot'),
    ])
    const { stdout } = await sweep(server, { 'pull-request': '1', 'dry-run': 'true' })
    expect(stdout).toContain('Caution: no required jobs were found here')
    expect(posts(server)).toEqual([])
  })

  it('a job that no list names and that failed is said in a word', async () => {
    const server = await forgeOf('gitea-1.26.4', forge => {
      drive(forge, open(forge, 'extra', { extra: SEC.replace('if: false', 'if: true') }), {
        sec: 'failure',
      })
    })
    const run = await sweep(server)
    expect(run.stdout).toContain('no list names it, so it holds nothing back')
    expect(run.stdout).not.toContain('::warning')
  })
})

describe('what a newcomer mistypes', () => {
  const stale = (forge: Forge): void => {
    drive(forge, open(forge, 'stale'), { 'all-required': 'failure' })
  }

  it.each([
    { inputs: { dryrun: 'true' }, says: 'dryrun: did you mean dry-run?' },
    { inputs: { 'requred-contexts': 'a' }, says: 'did you mean required-contexts?' },
    { inputs: { 'min--age': '1m' }, says: 'did you mean min-age?' },
    {
      inputs: { 'required-contexts': 'CI / a (pull_request), CI / b (pull_request)' },
      says: 'no commas between them',
    },
    {
      inputs: { 'umbrella-context': 'CI / all-requird (pull_request)' },
      says: `did you mean "${UMBRELLA}" or`,
    },
  ])('$says', async ({ inputs, says }) => {
    const server = await forgeOf('gitea-1.26.4', stale)
    const run = await sweep(server, inputs, runBundle)
    expect(run.code).toBe(1)
    expect(run.stdout.match(/^::error/gm)).toHaveLength(1)
    expect(run.stdout).toContain(says)
    expect(posts(server)).toEqual([])
  })

  it('nothing is called misspelt while a head cannot be read', async () => {
    let torn = ''
    const server = await forgeOf('gitea-1.26.4', forge => {
      stale(forge)
      torn = forge.head(drive(forge, open(forge, 'torn'), { 'all-required': 'failure' }))
    })
    server.on(({ method, path }) =>
      method === 'GET' && path.includes(`/commits/${torn}/`) ? { kind: 'html' } : undefined,
    )
    const run = await sweep(server, { 'umbrella-context': 'CI / all-requird (pull_request)' })
    expect(run.stdout).not.toContain('did you mean')
    expect(run.stdout).toContain('evidence-incomplete')
    expect(posts(server)).toEqual([])
  })

  it('a report that cannot be written is named, and what was repaired stays repaired', async () => {
    // The newest server that is repaired by one write, which needs no runner to end it.
    const server = await forgeOf('gitea-1.25.5', stale)
    const run = await runBundle({
      ...widgetsOn(server),
      argv: ['sweep', '--report', '/nowhere/report.json'],
    })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('the report could not be written: ENOENT')
    expect(run.stdout).toContain('1 open pull request: 1 repaired')
    expect(run.stdout).not.toContain('bug of umbrella-reaper')
    expect(posts(server)).toHaveLength(1)
  })

  it('a server with an error of its own is told with what to try', async () => {
    const server = await forgeOf('gitea-1.26.4', stale)
    server.on(() => ({ kind: 'status', status: 500 }))
    const run = await sweep(server)
    expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('try again in a minute')])
  })

  it('a list on one line is told why it names nothing', async () => {
    const server = await forgeOf('gitea-1.26.4', stale)
    const run = await sweep(server, {
      'required-contexts': 'CI / lint, CI / test',
      'pull-request': '1',
      'dry-run': 'true',
    })
    expect(run.stdout).toContain('lists have one context a line, and a comma does not separate two')
    expect(run.stdout).not.toContain('nowhere')
  })

  it('a repository with nothing to judge yet stays green', async () => {
    const server = await forgeOf('gitea-1.26.4', forge => {
      forge.push({ branch: 'topic', files: { 'a.txt': 'a' } })
      forge.openPull({ branch: 'topic', title: 'no workflow yet' })
    })
    expect((await sweep(server)).code).toBe(0)
  })

  it('base branches that match nothing are told', async () => {
    const server = await forgeOf('gitea-1.26.4', stale)
    const run = await sweep(server, { 'base-branches': 'relase' })
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('base-branches: no open')])
  })

  it('the advice for a skipped job holds the line to add', async () => {
    const server = await forgeOf('gitea-1.25.5', forge => {
      drive(forge, open(forge, 'skipped', { skip: 'Canvas (Next.js)' }), {
        'all-required': 'failure',
      })
    })
    const run = await sweep(server)
    expect(run.stdout).toContain(
      'required-skipped (CI / Canvas (Next.js) (pull_request)); a job that may be skipped',
    )
    const again = await sweep(server, {
      'skippable-contexts': 'CI / Canvas (Next.js) (pull_request)',
    })
    expect(told(again).pulls[0]).toMatchObject({ reason: 'stale', outcome: 'compensated' })
    expect(told(again).pulls[0]?.detail).toContain('4/5 required contexts green, 1 skipped')
  })
})
