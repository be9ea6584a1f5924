import { describe, expect, it } from '@jest/globals'
import type { PullReport, SweepReport } from '../../src/sweep/report/report.js'
import type { Forge, ProfileName, SimulatedServer } from '../../verification/simulator/index.js'
import { createForge, takeReruns } from '../../verification/simulator/index.js'
import {
  drive,
  open,
  race,
  REQUIRED,
  runsOf,
  UMBRELLA,
} from '../../verification/simulator/stories.js'
import { runInProcess } from '../support/in-process.js'
import { openServer } from '../support/open-server.js'

const GO = 'CI / Platform (Go) (pull_request)'

interface Stage {
  readonly forge: Forge
  readonly number: number
  readonly server: SimulatedServer
}

/** One pull request with a story, protected by these contexts; jobs that run again end so. */
async function stage(
  profile: ProfileName,
  story: (forge: Forge) => number,
  contexts: readonly string[] = [UMBRELLA],
  endings: Parameters<Forge['runAll']>[1] = {},
): Promise<Stage> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  forge.protect('main', contexts)
  const number = story(forge)
  forge.clock.advance('12m')
  const server = await openServer(forge)
  takeReruns(server, run => {
    forge.runAll(run, endings)
    forge.clock.advance('1m')
  })
  return { forge, number, server }
}

const stale = (forge: Forge): number =>
  drive(forge, open(forge, 'stale'), { 'all-required': 'failure' })
const natural = (forge: Forge): number =>
  race(forge, 'natural', { 'Platform (Go)': 'failure' }, {}, 'failure')
const reverse = (forge: Forge): number =>
  race(forge, 'reverse', {}, { 'Platform (Go)': 'failure' }, 'failure')
const falseGreen = (forge: Forge): number =>
  race(forge, 'false-green', {}, { 'Platform (Go)': 'failure' }, 'success')

async function sweep(
  { server, number }: Stage,
  inputs: Record<string, string> = {},
  token = server.token,
): Promise<{ readonly pull: PullReport | undefined; readonly stdout: string }> {
  const run = await runInProcess({
    apiUrl: server.apiUrl,
    repo: 'acme/widgets',
    token,
    inputs: { 'required-contexts': REQUIRED.join('\n'), ...inputs },
  })
  const report = run.report as SweepReport | null
  return { pull: report?.pulls.find(one => one.number === number), stdout: run.stdout }
}

/** Everything that was sent beside reads: `rerun` or `status`, with what it was answered. */
const sent = ({ server }: Stage): readonly string[] =>
  server.requests
    .filter(({ method }) => method === 'POST')
    .map(({ path, status }) => `${path.endsWith('/rerun') ? 'rerun' : 'status'} ${status}`)

const mergeable = ({ forge, number }: Stage): boolean => forge.gate(number).mergeable

/** A newer run on the same head that fails, as closing and reopening a pull starts one. */
function newerRunFails({ forge, number }: Stage): void {
  forge.closePull(number)
  forge.reopenPull(number)
  const newest = runsOf(forge, number).at(-1) ?? { id: 0 }
  forge.runAll(newest, { 'Platform (Go)': 'failure' })
}

describe.each(['gitea-1.27.0', 'gitea-28.1.0'] as const)('the re-run on %s', profile => {
  it.each([
    { name: 'a stale umbrella', story: stale },
    { name: 'a natural race', story: natural },
  ])('$name: one re-run opens the gate, and nothing is posted', async ({ story }) => {
    const on = await stage(profile, story, [UMBRELLA, GO])
    expect(mergeable(on)).toBe(false)
    const { pull } = await sweep(on)
    expect(pull).toMatchObject({ reason: 'stale', remedy: 'rerun', outcome: 'rerun', gate: [] })
    expect(sent(on)).toEqual(['rerun 201'])
    expect(mergeable(on)).toBe(true)
    expect((await sweep(on)).pull).toBeUndefined()
    expect(sent(on)).toEqual(['rerun 201'])
  })

  it.each([
    { name: 'a reverse race', story: reverse, reason: 'required-failed' },
    { name: 'a false green', story: falseGreen, reason: 'false-green' },
  ])('$name: nothing is sent', async ({ story, reason }) => {
    const on = await stage(profile, story)
    expect((await sweep(on)).pull).toMatchObject({ reason, outcome: 'none' })
    expect(sent(on)).toEqual([])
  })

  it('one that comes back red is told, and not repeated', async () => {
    const on = await stage(profile, stale, [UMBRELLA], { 'all-required': 'failure' })
    const first = await sweep(on)
    expect(first.pull).toMatchObject({ remedy: 'rerun', outcome: 'still-red' })
    expect(first.pull?.outcomeDetail).toMatch(/actions\/runs\/1\/jobs\/\d+$/)
    on.forge.clock.advance('12m')
    expect((await sweep(on)).pull).toMatchObject({ remedy: 'report', outcome: 'still-red' })
    expect(sent(on)).toEqual(['rerun 201'])
    expect(mergeable(on)).toBe(false)
  })

  it('nobody takes it: it is pending, and the next sweep reads it', async () => {
    const on = await stage(profile, stale, [UMBRELLA], { 'all-required': 'never' })
    expect((await sweep(on)).pull).toMatchObject({ outcome: 'rerun-pending' })
    expect((await sweep(on)).pull).toBeUndefined()
    expect(sent(on)).toEqual(['rerun 201'])
  })

  it('two sweeps at once run it again once', async () => {
    const on = await stage(profile, stale)
    const [one, two] = await Promise.all([sweep(on), sweep(on)])
    const outcomes = [one.pull?.outcome, two.pull?.outcome]
    expect(outcomes).toContain('rerun')
    expect(sent(on).filter(what => what === 'rerun 201')).toHaveLength(1)
    expect(mergeable(on)).toBe(true)
  })

  it('a newer run that failed meanwhile is an alarm, now and later', async () => {
    const on = await stage(profile, stale)
    const off = on.server.on(({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/rerun')) return undefined
      off()
      newerRunFails(on)
      return undefined
    })
    const { pull } = await sweep(on)
    expect(pull).toMatchObject({ kind: 'alarm', reason: 'false-green', outcome: 'overtaken' })
    const again = await sweep(on, { 'fail-on': 'alarm' })
    expect(again.pull).toMatchObject({ kind: 'alarm', reason: 'false-green' })
    expect(sent(on)).toEqual(['rerun 201'])
  })

  it('a lost answer: its effect is found, and the request is not sent again', async () => {
    const on = await stage(profile, stale)
    on.server.on(({ method }) => (method === 'POST' ? { kind: 'commit-then-drop' } : undefined))
    expect((await sweep(on)).pull).toMatchObject({ outcome: 'rerun' })
    expect(sent(on)).toHaveLength(1)
  })

  it('dependents of the umbrella are named, and run again only where they may', async () => {
    const extra =
      '  deploy:\n    needs: [all-required]\n    runs-on: ubuntu-latest\n    steps: [{ run: echo }]'
    const on = await stage(profile, forge =>
      drive(forge, open(forge, 'stale', { extra }), {
        'all-required': 'failure',
        deploy: 'skipped',
      }),
    )
    const inputs = { 'optional-contexts': 'CI / deploy (pull_request)' }
    const { pull } = await sweep(on, inputs)
    expect(pull?.outcomeDetail).toContain('deploy would run again too')
    expect(sent(on)).toEqual([])
    const allowed = await sweep(on, { ...inputs, 'rerun-dependents': 'true' })
    expect(allowed.pull).toMatchObject({ outcome: 'rerun' })
  })
})

describe('where both win, on Gitea 1.26', () => {
  const WITHOUT = {
    kind: 'job',
    permissions: { contents: 'write', actions: 'read', 'pull-requests': 'read' },
  } as const

  it('auto posts, as long as only the umbrella is stale', async () => {
    const on = await stage('gitea-1.26.4', natural)
    expect((await sweep(on)).pull).toMatchObject({
      remedy: 'status',
      outcome: 'compensated',
      gate: [{ context: GO, state: 'failure' }],
    })
    expect(sent(on)).toEqual(['status 201'])
    expect(mergeable(on)).toBe(true)
  })

  it('auto re-runs where another required context is stale too', async () => {
    const on = await stage('gitea-1.26.4', natural, [UMBRELLA, GO])
    expect((await sweep(on)).pull).toMatchObject({ remedy: 'rerun', outcome: 'rerun', gate: [] })
    expect(sent(on)).toEqual(['rerun 201'])
    expect(mergeable(on)).toBe(true)
  })

  it('without the right it posts as before, and lists the other context', async () => {
    const on = await stage('gitea-1.26.4', natural, [UMBRELLA, GO])
    on.forge.addToken('may-post', WITHOUT)
    const { pull } = await sweep(on, {}, 'may-post')
    expect(pull).toMatchObject({
      remedy: 'status',
      outcome: 'compensated',
      gate: [{ context: GO, state: 'failure' }],
    })
    expect(sent(on)).toEqual(['rerun 403', 'status 201'])
    expect(mergeable(on)).toBe(false)
  })

  it('remedy: rerun never posts, not even without the right', async () => {
    const on = await stage('gitea-1.26.4', stale)
    on.forge.addToken('may-post', WITHOUT)
    expect((await sweep(on, { remedy: 'rerun' }, 'may-post')).pull).toMatchObject({
      outcome: 'no-right',
    })
    expect(sent(on)).toEqual(['rerun 403'])
    expect((await sweep(on, { remedy: 'rerun' })).pull).toMatchObject({ outcome: 'rerun' })
  })

  it('remedy: status never re-runs', async () => {
    const on = await stage('gitea-1.26.4', natural, [UMBRELLA, GO])
    expect((await sweep(on, { remedy: 'status' })).pull).toMatchObject({ outcome: 'compensated' })
    expect(sent(on)).toEqual(['status 201'])
  })
})

it('a server newer than any known one is told, and judged in the strictest way', async () => {
  const on = await stage('gitea-28.1.0', stale)
  on.server.on(({ path }) =>
    path.endsWith('/version') ? { kind: 'mutate', body: () => ({ version: '29.0.0' }) } : undefined,
  )
  const { pull, stdout } = await sweep(on)
  expect(stdout).toContain('gitea 29.0.0 is newer than any version known here')
  expect(pull).toMatchObject({ outcome: 'rerun' })
})

it('without the right to read runs the first line of the log names what is missing', async () => {
  const on = await stage('gitea-1.27.0', stale)
  on.forge.state.repository.private = true
  on.forge.addToken('blind', {
    kind: 'job',
    permissions: { contents: 'write', 'pull-requests': 'read' },
  })
  const { stdout } = await sweep(on, {}, 'blind')
  expect(stdout.split('\n')[0]).toMatch(/^remedy: report only .*permissions: \{actions: write/)
  expect(sent(on)).toEqual([])
})
