import { describe, expect, it } from '@jest/globals'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { Forge, ProfileName, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, PROFILES } from '../../verification/simulator/index.js'
import { UMBRELLA, workflow } from '../../verification/simulator/stories.js'
import { play } from '../support/in-process.js'
import { isSample } from '../support/sample.js'
import { openServer, widgetsOn } from '../support/open-server.js'

const LINT = 'Lint / lint (pull_request)'
const FILES = {
  '.gitea/workflows/ci.yml': workflow(),
  '.gitea/workflows/lint.yml':
    'name: Lint\non: [pull_request]\njobs: { lint: { runs-on: linux, steps: [{ run: make }] } }',
}

/** How the run of the umbrella ends. */
const ENDS = {
  success: {},
  failure: { 'Platform (Go)': 'failure' },
  stale: { 'all-required': 'failure' },
} as const

/** A pull request whose plain job raced, or not; its umbrella ends as it is said. */
function opened(forge: Forge, name: string, raced: boolean, ends: keyof typeof ENDS): void {
  forge.push({ branch: name, files: { ...FILES, [name]: name } })
  const number = forge.openPull({ branch: name, title: name, doubleRun: raced })
  const all = [...forge.runs(forge.head(number))].sort((a, b) => a.id - b.id)
  const runs = all.filter(({ file }) => file === 'lint.yml')
  for (const run of all.filter(({ file }) => file === 'ci.yml')) forge.runAll(run, ENDS[ends])
  const [first, second] = runs
  if (first === undefined) throw new Error('no run of the plain workflow')
  const late = forge.job(first, 'lint')
  forge.pick(late)
  if (second !== undefined) forge.runAll(second)
  forge.complete(late, raced ? 'failure' : 'success', { seconds: 40 })
}

/** What kinds of pull requests a server has. */
const KINDS = {
  quiet: [false, 'success'],
  raced: [true, 'success'],
  red: [false, 'failure'],
  racedStale: [true, 'stale'],
} as const

/** A server whose branch requires the umbrella and a plain job, with these pull requests. */
async function served(
  profile: ProfileName,
  kinds: readonly (keyof typeof KINDS)[],
): Promise<SimulatedServer> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  forge.push({ branch: 'main', files: FILES })
  forge.protect('main', [UMBRELLA, LINT])
  for (const [at, kind] of kinds.entries()) {
    const [raced, ends] = KINDS[kind]
    opened(forge, `${kind}${at}`, raced, ends)
  }
  forge.clock.advance('30m')
  return openServer(forge)
}

const sweep = async (server: SimulatedServer, scope: string) =>
  play({
    ...widgetsOn(server),
    inputs: { 'umbrella-context': UMBRELLA, scope, 'dry-run': 'true' },
  })

const told = (run: Awaited<ReturnType<typeof sweep>>) =>
  (run.report as SweepReport).pulls.map(({ title, required }) => ({
    title,
    held: (required ?? [])
      .filter(({ state }) => state !== 'green')
      .map(({ context, state, class: as }) => `${context}: ${state}: ${as}`),
  }))

const SERVERS = (Object.keys(PROFILES) as ProfileName[]).filter(isSample)

describe.each(SERVERS)('scope: required, %s', profile => {
  it('names what the umbrella does not, wherever a sweep tells, and writes nothing', async () => {
    const server = await served(profile, ['quiet', 'raced', 'red'])
    const run = await sweep(server, 'required')
    expect(run.code).toBe(0)
    expect(told(run)).toEqual([
      { title: 'raced1', held: [`${LINT}: stale: overwritten`] },
      { title: 'red2', held: [] },
    ])
    for (const text of [run.stdout, run.summary]) expect(text).toContain('stale (overwritten)')
    const raced = (run.report as SweepReport).pulls[0]?.required?.[0]
    // From 1.27 on a posted success never wins; elsewhere a person can run it again or post it.
    if (!(PROFILES[profile].hash === 'context+workflow' && !PROFILES[profile].actions.rerun))
      expect(raced?.command).toMatch(/^curl -fsS -X POST/)
    expect(server.requests.filter(({ method }) => method !== 'GET')).toEqual([])
    expect((run.report as SweepReport).policy.scope).toBe('required')
  })

  it('says so where what a merge requires cannot be read, though no head is studied', async () => {
    const server = await served(profile, ['quiet'])
    server.on(({ path }) =>
      path.endsWith('/branches/main') ? { kind: 'status', status: 403 } : undefined,
    )
    const { stdout } = await sweep(server, 'required')
    expect(stdout).toContain('scope: what a merge requires was not read: ')
  })

  it('is silent about it without', async () => {
    const run = await sweep(await served(profile, ['quiet', 'raced', 'red']), 'umbrella')
    expect(told(run).map(({ title }) => title)).toEqual(['red2'])
    expect(run.stdout).not.toContain('overwritten')
  })

  it('costs one request for the protection, and nothing for a quiet head', async () => {
    const cost = async (scope: string, ...kinds: (keyof typeof KINDS)[]): Promise<number> => {
      const server = await served(profile, kinds)
      await sweep(server, scope)
      return server.requests.length
    }
    const red = await cost('umbrella', 'red')
    expect(await cost('required', 'red')).toBeLessThanOrEqual(red + 1)
    const one = await cost('required', 'quiet')
    const three = await cost('required', 'quiet', 'quiet', 'quiet')
    expect(one).toBeLessThanOrEqual((await cost('umbrella', 'quiet')) + 1)
    // One request a head, as ever.
    expect(three - one).toBe(2)
    // A head that only a plain job holds back: at most what a stale umbrella costs today.
    const stale = await cost('umbrella', 'racedStale')
    expect(await cost('required', 'raced')).toBeLessThanOrEqual(stale + 1)
  })
})
