import { afterEach, describe, expect, it } from '@jest/globals'
import type { GiteaApi, HistoryPage } from '../src/forge/gitea/api.js'
import { previewOf } from '../src/forge/gitea/preview.js'
import { openSweepCache } from '../src/forge/gitea/sweep-cache.js'
import { openCache } from '../src/forge/workflow-cache.js'
import type { Config } from '../src/config.js'
import { withdrawalOf } from '../src/core/plan/withdrawal.js'
import type { SweepReport } from '../src/sweep/report/report.js'
import type { Instant } from '../src/core/model/time.js'
import { FORGES } from '../src/forge/kinds.js'
import { openForge } from '../src/forge/registry.js'
import { dialectOf } from '../src/forge/gitea/dialect.js'
import { readVersion, traitsOf } from '../src/forge/versions.js'
import { parseRows } from '../src/forge/gitea/rows.js'
import { rowSchemas } from '../src/forge/gitea/wire.js'
import { sweep } from '../src/sweep/sweep.js'
import type { Json, ProfileName, SimulatedServer } from '../verification/simulator/index.js'
import { createForge, serve } from '../verification/simulator/index.js'
import { drive, open, REQUIRED } from '../verification/simulator/stories.js'
import { plainSweep } from '../verification/proof/config.js'
import { lateClock, sleepingClock } from './support/clock.js'
import {
  contextOf,
  gap,
  head,
  judge,
  policy,
  pull,
  run,
  STALE,
  staleBut,
} from './support/builders.js'
import { server as serverOf } from './support/servers.js'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map(close => close()))
})

/** A server with one proven stale pull, old enough to be repaired. */
async function staleServer(
  profile: ProfileName = 'gitea-1.22.6',
  extra = '',
): Promise<SimulatedServer> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  drive(forge, open(forge, 'stale', { extra }), { 'all-required': 'failure' })
  forge.clock.advance('12m')
  const server = await serve(forge)
  closing.push(() => server.close())
  return server
}

/** One sweep over real HTTP in this process. */
async function swept(server: SimulatedServer, change: Partial<Config> = {}): Promise<SweepReport> {
  const config = plainSweep({
    token: server.token,
    repo: 'acme/widgets',
    apiUrl: server.apiUrl,
    policy: policy({ required: REQUIRED }),
    ...change,
  })
  const { forgeFor, requests, close } = await openForge(FORGES, {
    place: { apiUrl: config.apiUrl, repo: config.repo },
    token: config.token,
    sweepFile: null,
    userAgent: 'test',
    budget: 60_000,
    concurrency: 4,
    now: () => performance.now(),
    ...lateClock,
    random: () => 0,
    sleep: () => Promise.resolve(),
  })
  closing.push(() => {
    close()
    return Promise.resolve()
  })
  const forge = forgeFor(config.policy, true)
  return sweep(config, {
    forge,
    nonce: () => 'abcd12',
    requests,
    note: () => undefined,
    clock: sleepingClock(),
  })
}

type Row = Record<string, Json>
const posts = (server: SimulatedServer) => server.requests.filter(({ method }) => method === 'POST')

describe('a sweep in one process', () => {
  it('a write is never sent again, whatever the server answers', async () => {
    const server = await staleServer()
    server.on(({ method }) => (method === 'POST' ? { kind: 'status', status: 502 } : undefined))
    const { pulls } = await swept(server)
    expect(pulls[0]).toMatchObject({ kind: 'repair', outcome: 'unconfirmed' })
    expect(posts(server)).toHaveLength(1)
  })

  it('a dry run writes nothing', async () => {
    const server = await staleServer()
    const { pulls } = await swept(server, { dryRun: true })
    expect(pulls[0]).toMatchObject({ kind: 'repair', outcome: 'dry-run' })
    expect(posts(server)).toHaveLength(0)
  })

  it('all pages of a list are read before anything is judged', async () => {
    const legs = Array.from(
      { length: 60 },
      (_, index) => `a${String(index).padStart(2, '0')}`,
    ).join(', ')
    const job = [
      '  matrix:',
      `    strategy: { matrix: { i: [${legs}] } }`,
      '    runs-on: x',
      '    steps: [{ run: echo ok }]',
    ]
    const server = await staleServer('gitea-1.26.4', job.join('\n'))
    const { pulls } = await swept(server)
    // Red over green needs: its job is run again, and no runner is there to take it.
    expect(pulls[0]).toMatchObject({ kind: 'repair', outcome: 'rerun-pending' })
    const pages = server.requests
      .filter(({ path }) => path.endsWith('/status'))
      .map(({ query }) => query['page'])
    expect(new Set(pages)).toEqual(new Set(['1', '2']))
  })

  it('evidence-incomplete: a row that cannot be read is a gap, it may be the red one', async () => {
    const server = await staleServer()
    const spoilt = (row: Row): Row =>
      row['context'] === REQUIRED[0] ? { ...row, created_at: 'soon' } : row
    server.on(({ method, path }) =>
      method === 'GET' && path.includes('/statuses/')
        ? { kind: 'mutate', body: json => (json as Row[]).map(spoilt) }
        : undefined,
    )
    const { pulls } = await swept(server)
    expect(pulls[0]).toMatchObject({ kind: 'refuse', reason: 'evidence-incomplete' })
    expect(posts(server)).toHaveLength(0)
  })

  it(
    'evidence-incomplete: task rows that cannot be read are a gap, not a server ' + 'without them',
    async () => {
      const server = await staleServer('gitea-1.23.8')
      server.on(({ path, query }) =>
        path.endsWith('/tasks') && query['limit'] !== '1' ? { kind: 'html' } : undefined,
      )
      const { pulls } = await swept(server)
      expect(pulls[0]).toMatchObject({ kind: 'refuse', reason: 'evidence-incomplete' })
      expect(posts(server)).toHaveLength(0)
    },
  )

  it('evidence-incomplete: a redirect is not followed, the token goes nowhere else', async () => {
    const [server, other] = [await staleServer(), await staleServer()]
    const there = (path: string): string => other.apiUrl + path.slice(path.indexOf('/repos/'))
    server.on(({ path }) =>
      path.endsWith('/status') ? { kind: 'redirect', location: there(path) } : undefined,
    )
    const { pulls } = await swept(server)
    expect(pulls[0]).toMatchObject({ kind: 'refuse', reason: 'evidence-incomplete' })
    expect(other.requests).toHaveLength(0)
  })
})

describe('what an answer is taken for', () => {
  it.each([
    { rule: 'success is green', status: 'completed', conclusion: 'success', state: 'success' },
    {
      rule: 'a conclusion nobody knows is unknown',
      status: 'completed',
      conclusion: 'splendid',
      state: 'unknown',
    },
    { rule: 'no conclusion is unknown', status: 'completed', conclusion: null, state: 'unknown' },
    {
      rule: 'a name every object has is unknown',
      status: 'completed',
      conclusion: 'constructor',
      state: 'unknown',
    },
    {
      rule: 'what is not completed is open, whatever its conclusion',
      status: 'in_progress',
      conclusion: 'success',
      state: 'open',
    },
    { rule: 'a status nobody knows is open', status: 'pausing', conclusion: null, state: 'open' },
  ])('a job row: $rule', ({ status, conclusion, state }) => {
    const { rows, malformed } = parseRows(rowSchemas.job(), [
      { id: 1, name: 'Test', status, conclusion, run_attempt: 1 },
    ])
    expect(malformed).toEqual([])
    expect(rows[0]?.state).toBe(state)
  })

  it.each([
    { version: '1.22.6', kind: 'gitea', skips: true, target: false },
    { version: '1.26.1', kind: 'gitea', skips: false, target: true },
    { version: '11.0.1+gitea-1.22.0', kind: 'forgejo', skips: true, target: true },
    { version: '8.0.3+gitea-1.22.0', kind: 'forgejo', skips: true, target: false },
  ])(
    'version $version is $kind: what stands after +gitea- says nothing',
    ({ version, kind, skips, target }) => {
      const read = readVersion(version)
      expect(read.kind).toBe(kind)
      expect(traitsOf(read)).toMatchObject({ skipsEqualState: skips, targetSuffix: target })
    },
  )

  it.each([
    { rule: 'no Date is a gap', at: null, gaps: ['no-clock'] },
    { rule: 'a Date is none', at: 1_000_000 as Instant, gaps: [] },
  ])("the server's clock: $rule", async ({ at, gaps }) => {
    const historyPage = (): Promise<HistoryPage> =>
      Promise.resolve({ value: [], gaps: [], at, complete: true, page: null })
    const api = {
      server: serverOf(),
      dialect: dialectOf(readVersion('1.22.6')),
      historyPage,
    } as unknown as GiteaApi
    const kept = openSweepCache(api, policy(), openCache())
    const { evidence } = await previewOf(kept, { sha: 'a'.repeat(40), pulls: [pull()] })
    expect(evidence.gaps.map(({ cause }) => cause)).toEqual(gaps)
  })
})

describe('what a row is taken for', () => {
  it(
    'required-failed: the newest row is the one with the highest id, whatever ' + 'its time says',
    () => {
      const rows = staleBut('R1 Test success', 'R1 Test success @1m', 'R1 Test failure @50m')
      expect(judge(head({ rows }))).toMatchObject({ reason: 'required-failed' })
    },
  )

  it.each([
    { rule: 'the first', jobs: ['Test failure', 'Test success #9'] },
    { rule: 'the last', jobs: ['Test success', 'Test failure #9'] },
  ])('required-failed: of two jobs of one name, $rule failed', ({ jobs }) => {
    const runs = [run(1, ['Lint success', ...jobs, 'umbrella failure'])]
    expect(judge(head({ grade: 'jobs', rows: STALE, runs }))).toMatchObject({
      reason: 'required-failed',
    })
  })

  it(
    'a success of ours is taken back for what the newest run says, never while something ' +
      'could not be read',
    () => {
      const rows = [...STALE, 'us green 9 1 aaaa', 'R1 Test failure']
      expect(withdrawalOf(policy(), head({ rows }))).toMatchObject({ state: 'failure' })
      expect(withdrawalOf(policy(), head({ rows, gaps: [gap(null)] }))).toBeNull()
    },
  )

  it("required-failed: external-contexts cannot name what the umbrella's own runs write", () => {
    const asked = policy({ required: ['Lint'], external: ['Test'] })
    const rows = [...staleBut('R1 Test success', 'R1 Test failure'), '@alice Test success']
    expect(judge(head({ rows }), asked)).toMatchObject({
      reason: 'required-failed',
      holder: { context: contextOf('Test') },
    })
    expect(judge(head({ rows: STALE }), asked)).toMatchObject({ reason: 'stale' })
  })
})
