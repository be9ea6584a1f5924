import { describe, expect, it } from '@jest/globals'
import type { PullReport, SweepReport } from '../../src/sweep/report/report.js'
import { GATE, lostGates } from '../../verification/e2e/github/setups.js'
import type { GithubServer, PlannedAnswer } from '../../verification/simulator/github/server.js'
import type { GithubWorld } from '../../verification/simulator/github/world.js'
import { runInProcess } from '../support/in-process.js'
import { openGithubServer, widgetsOn } from '../support/open-server.js'

let server: GithubServer | null = null

const isWrite = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path !== '/graphql'

const writes = (): readonly string[] =>
  (server?.requests ?? []).filter(isWrite).map(({ path }) => path)

/** A sweep in which every write is answered so. */
async function sweep(
  world: GithubWorld,
  answer: PlannedAnswer,
  inputs: Readonly<Record<string, string>> = {},
) {
  server = await openGithubServer(world)
  server.on(request => (isWrite(request) ? answer : undefined))
  const run = await runInProcess({
    ...widgetsOn(server),
    inputs: { 'umbrella-context': GATE, ...inputs },
  })
  const { pulls } = run.report as SweepReport
  return { run, pulls }
}

const SECONDARY =
  'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'

const LIMITS: readonly (PlannedAnswer & { readonly rule: string })[] = [
  {
    rule: '403 with retry-after',
    status: 403,
    body: { message: 'Forbidden' },
    headers: { 'retry-after': '60' },
  },
  { rule: '429', status: 429, body: { message: 'Too Many Requests' } },
  { rule: '403 with the documented message', status: 403, body: { message: SECONDARY } },
  {
    rule: '403 with nothing left',
    status: 403,
    body: { message: 'Forbidden' },
    headers: { 'x-ratelimit-remaining': '0' },
  },
]

const outcomes = (pulls: readonly PullReport[]): readonly string[] =>
  pulls.map(({ outcome }) => outcome).sort()

describe('a limit of writes', () => {
  it.each(LIMITS)('$rule: one write is sent, and the others are held', async answer => {
    const { run, pulls } = await sweep(lostGates(5), answer)
    expect(writes()).toHaveLength(1)
    expect(outcomes(pulls)).toEqual(['failed', 'held', 'held', 'held', 'held'])
    const held = pulls.filter(({ outcome }) => outcome === 'held')
    for (const { outcomeDetail } of held)
      expect(outcomeDetail).toMatch(
        /^not tried: the server limits writes .*the next sweep goes on$/,
      )
    expect(run.outputs).toMatchObject({ failed: '1', held: '4', stale: '5' })
    expect(run.summary).toContain('not tried')
    expect(run.code).toBe(1)
  })

  it('the exit code is by fail-on', async () => {
    const [answer] = LIMITS
    const { run } = await sweep(lostGates(2), answer ?? { status: 429, body: null }, {
      'fail-on': 'never',
    })
    expect(run.code).toBe(0)
  })

  it('is no limit of reads: after it nothing more is asked of the head that met it', async () => {
    await sweep(lostGates(2), { status: 429, body: { message: SECONDARY } })
    const sent = server?.requests ?? []
    expect(sent.slice(sent.findIndex(isWrite) + 1)).toEqual([])
  })

  it('a missing right is none: what may be written still is', async () => {
    const answer = { status: 403, body: { message: 'Resource not accessible by integration' } }
    const { pulls } = await sweep(lostGates(2), answer)
    expect(outcomes(pulls)).toEqual(['no-right', 'no-right'])
  })

  it('a refusal of one run is none: the next head is tried', async () => {
    const answer = { status: 403, body: { message: 'This workflow run cannot be retried' } }
    const { pulls } = await sweep(lostGates(2), answer)
    expect(outcomes(pulls)).toEqual(['failed', 'failed'])
    expect(writes()).toHaveLength(2)
  })

  it('the tracking issue gets no comment after it', async () => {
    const world = lostGates(3)
    world.issue()
    server = await openGithubServer(world)
    let sent = 0
    server.on(request => {
      if (!isWrite(request)) return undefined
      sent += 1
      return sent === 1 ? undefined : { status: 429, body: { message: SECONDARY } }
    })
    const run = await runInProcess({
      ...widgetsOn(server),
      inputs: { 'umbrella-context': GATE, 'tracking-issue': '1780' },
    })
    expect(run.outputs).toMatchObject({ rerun: '1', failed: '1', held: '1' })
    expect(writes().filter(path => path.endsWith('/comments'))).toEqual([])
    expect(run.stdout).toContain('not sent')
  })
})
