import { describe, expect, it } from '@jest/globals'
import { chooseUmbrella } from '../../src/sweep/choose-umbrella.js'
import { DEFAULT_UMBRELLA } from '../../src/config/inputs.js'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { ProfileName, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, PROFILES } from '../../verification/simulator/index.js'
import { drive, workflow } from '../../verification/simulator/stories.js'
import { runInProcess } from '../support/in-process.js'
import { sampled } from '../support/sample.js'
import { openServer } from '../support/open-server.js'

const GATE = 'CI / gate (pull_request)'

/** A server whose umbrella is called `gate`, with one stale pull, protected by these contexts. */
async function served(
  profile: ProfileName,
  required: readonly string[] | null,
  change: (text: string) => string = text => text,
): Promise<SimulatedServer> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  const text = change(workflow().replaceAll('all-required', 'gate'))
  forge.push({ branch: 'main', workflow: text })
  if (required !== null) forge.protect('main', required)
  forge.push({ branch: 'stale', workflow: text })
  drive(forge, forge.openPull({ branch: 'stale', title: 'stale' }), { gate: 'failure' })
  forge.clock.advance('12m')
  return openServer(forge)
}

const sweep = async ({ apiUrl, token }: SimulatedServer, inputs: Record<string, string> = {}) =>
  runInProcess({ apiUrl, repo: 'acme/widgets', token, inputs: { 'dry-run': 'true', ...inputs } })

const SERVERS = sampled(Object.keys(PROFILES) as ProfileName[])

describe.each(SERVERS)('no umbrella is given, %s', profile => {
  it('is the one that protection requires and a job that reads what it needs writes', async () => {
    const run = await sweep(await served(profile, ['CI / *', 'CI / Platform (Go)', GATE]))
    expect(run.stdout).toContain(
      `umbrella: "${GATE}": the protection of main requires it, and a job that reads the ` +
        'results of its needs writes it',
    )
    expect((run.report as SweepReport).pulls.map(({ reason }) => reason)).toEqual(['stale'])
  })
})

describe('no umbrella is given', () => {
  it('is the default without a rule, which no head carries and no file writes', async () => {
    const run = await sweep(await served('gitea-1.26.4', null))
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('the default, because the protection of main requires')
    expect(run.stdout).toContain(`not given, chosen "${DEFAULT_UMBRELLA}"`)
    expect(run.stdout).toContain(`did you mean "${GATE}"`)
  })

  it('is never a job that works on what others built: its failure may be its own', async () => {
    const deploy = (text: string): string => {
      const works = text.replace(/run: \|\n[^]*$/, 'run: make deploy')
      return works.replace('    if: always()\n', '')
    }
    const run = await sweep(await served('gitea-1.26.4', [GATE], deploy))
    expect(run.stdout).toContain('the default, because the protection of main requires')
    expect((run.report as SweepReport).pulls).toEqual([])
  })

  it('asks nothing of protection when one is given', async () => {
    const server = await served('gitea-1.26.4', [GATE])
    await sweep(server, { 'umbrella-context': GATE })
    // The one read of the branch is for the commit of the base, where its files are read.
    const branches = server.requests.filter(({ path }) => path.includes('/branches/'))
    expect(branches.map(({ path }) => path)).toEqual(['/api/v1/repos/acme/widgets/branches/main'])
  })

  it('a list may not hold the umbrella that was found', async () => {
    const run = await sweep(await served('gitea-1.26.4', [GATE]), { 'required-contexts': GATE })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain(`required-contexts: given "${GATE}"`)
    expect(run.report).toBeNull()
  })

  it.each([
    { search: { kind: 'unreadable', why: '403' } as const, why: /could not be read: 403/ },
    {
      search: { kind: 'searched', branch: 'main', contexts: [], required: [] } as const,
      why: /no context/,
    },
    {
      search: {
        kind: 'searched',
        branch: 'main',
        contexts: ['a', 'b'],
        required: ['a', 'b'],
      } as const,
      why: /requires "a" and "b", which may all be umbrellas/,
    },
  ])('is the default where that is not beyond doubt: $why', ({ search, why }) => {
    const chosen = chooseUmbrella(search, DEFAULT_UMBRELLA)
    expect(chosen.umbrella).toBe(DEFAULT_UMBRELLA)
    expect(chosen.why).toMatch(why)
  })
})
