import { describe, expect, it } from '@jest/globals'
import { isSecondList } from '../../verification/e2e/proxy.js'
import type { Forge, ProfileName, SimulatedServer } from '../../verification/simulator/index.js'
import type { SeenRequest } from '../../verification/simulator/index.js'
import { createForge } from '../../verification/simulator/index.js'
import {
  drive,
  open,
  race,
  REQUIRED,
  runsOf,
  UMBRELLA,
} from '../../verification/simulator/stories.js'
import { runInProcess } from '../support/in-process.js'
import { openServer, widgetsOn } from '../support/open-server.js'

interface Entry {
  number: number
  kind: string
  reason: string
  outcome: string
  outcomeDetail: string
}

/** A forge with one proven stale pull, old enough to be repaired. */
async function staleForge(
  profile: ProfileName,
  setup: Parameters<typeof open>[2] = {},
  since = '12m',
): Promise<{ forge: Forge; number: number; server: SimulatedServer }> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  const number = drive(forge, open(forge, 'stale', setup), { 'all-required': 'failure' })
  forge.clock.advance(since)
  const server = await openServer(forge)
  return { forge, number, server }
}

async function sweep(
  server: SimulatedServer,
  inputs: Record<string, string> = {},
): Promise<{ code: number | null; pulls: Entry[]; stdout: string }> {
  const run = await runInProcess({
    ...widgetsOn(server),
    // Where a job can be run again that is the remedy of a red over green needs; these races are of
    // a success that is posted.
    inputs: { 'required-contexts': REQUIRED.join('\n'), remedy: 'status', ...inputs },
  })
  return {
    code: run.code,
    stdout: run.stdout + run.stderr,
    pulls: (run.report as { pulls: Entry[] } | null)?.pulls ?? [],
  }
}

const newestRun = (forge: Forge, number: number) => runsOf(forge, number).at(-1) ?? { id: 0 }
const umbrellaState = (forge: Forge, number: number): string | undefined =>
  forge.latest(forge.head(number)).find(({ context }) => context === UMBRELLA)?.state
const isStatusPost = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path.includes('/statuses/')

/** Runs an event once, when the n-th request that fits comes in. */
function once(
  server: SimulatedServer,
  fits: (request: { method: string; path: string }) => boolean,
  event: () => void,
): void {
  let done = false
  server.on(request => {
    if (!done && fits(request)) {
      done = true
      event()
    }
    return undefined
  })
}

const isHistory = ({ method, path }: Pick<SeenRequest, 'method' | 'path'>): boolean =>
  method === 'GET' && path.includes('/statuses/')

/**
 * Runs an event once, at the first history read after our POST: between the write and the look
 * back.
 */
function afterPost(server: SimulatedServer, event: () => void): void {
  let posted = false
  let done = false
  server.on(request => {
    if (posted && !done && isHistory(request)) {
      done = true
      event()
    }
    posted ||= isStatusPost(request)
    return undefined
  })
}

describe.each<{ profile: ProfileName }>([
  { profile: 'gitea-1.22.6' },
  { profile: 'gitea-1.23.8' },
  { profile: 'gitea-1.26.4' },
])('races on $profile', ({ profile }) => {
  it(
    'changed-meanwhile: a re-run that starts before the second look is seen by it, and ' +
      'nothing is written',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      once(server, isSecondList(), () => {
        forge.rerun(forge.job(newestRun(forge, number), 'Platform (Go)'))
      })
      const { pulls } = await sweep(server)
      expect(pulls[0]?.outcome).toBe('changed-meanwhile')
      expect(server.requests.filter(isStatusPost)).toHaveLength(0)
      expect(umbrellaState(forge, number)).toBe('pending')
    },
  )

  it(
    'withdrawn: a re-run that starts between the second look and the POST is found below our ' +
      'row, and pending is put back',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      once(server, isStatusPost, () => {
        forge.rerun(forge.job(newestRun(forge, number), 'Platform (Go)'))
      })
      const { pulls } = await sweep(server)
      expect(pulls[0]?.outcome).toBe('withdrawn')
      expect(
        server.requests.filter(isStatusPost).map(({ body }) => (body as { state: string }).state),
      ).toEqual(['success', 'pending'])
      expect(umbrellaState(forge, number)).toBe('pending')
    },
  )

  it(
    'superseded: a re-run whose umbrella row lands above ours before the look back leaves the ' +
      'server in charge',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      afterPost(server, () => {
        forge.rerun(forge.job(newestRun(forge, number), 'Platform (Go)'))
      })
      const { pulls } = await sweep(server)
      expect(pulls[0]?.outcome).toBe('superseded')
      expect(umbrellaState(forge, number)).toBe('pending')
    },
  )

  it(
    'withdrawn: a re-run after our POST that does not reach the umbrella is found ' +
      'above our row',
    async () => {
      const { forge, number, server } = await staleForge(profile, { without: 'Python Lint & Test' })
      afterPost(server, () => {
        forge.rerun(forge.job(newestRun(forge, number), 'Python Lint & Test'))
      })
      const { pulls } = await sweep(server)
      expect(pulls[0]?.outcome).toBe('withdrawn')
      expect(umbrellaState(forge, number)).toBe('pending')
    },
  )

  it('withdrawn: a person who writes red between look and POST gets that red back', async () => {
    const { forge, number, server } = await staleForge(profile)
    once(server, isStatusPost, () => {
      forge.post(forge.head(number), {
        context: UMBRELLA,
        state: 'error',
        description: 'stop',
        as: 'person',
      })
    })
    const { pulls } = await sweep(server)
    expect(pulls[0]?.outcome).toBe('withdrawn')
    expect(umbrellaState(forge, number)).toBe('error')
  })

  it(
    'two sweeps at once end with at most one green row each, a green umbrella and no ' +
      'pending of ours',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      const [one, two] = await Promise.all([sweep(server), sweep(server)])
      const ours = forge
        .history(forge.head(number))
        .filter(({ description }) => description.startsWith('umbrella-reaper'))
      expect(ours.length).toBeGreaterThanOrEqual(1)
      expect(ours.length).toBeLessThanOrEqual(2)
      expect(ours.every(({ state }) => state === 'success')).toBe(true)
      expect(umbrellaState(forge, number)).toBe('success')
      expect([one.code, two.code]).toEqual([0, 0])
    },
  )

  it(
    'already-compensated: a second instance that wrote first for the same red ' + 'row is no race',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      const red =
        forge.latest(forge.head(number)).find(({ context }) => context === UMBRELLA)?.index ?? 0
      once(server, isStatusPost, () => {
        forge.post(forge.head(number), {
          context: UMBRELLA,
          state: 'success',
          description:
            `umbrella-reaper run 9: other instance [ur-green ${red} ` +
            `${newestRun(forge, number).id} zzzzzz]`,
          as: 'job-token',
        })
      })
      const { pulls } = await sweep(server)
      expect(pulls[0]?.outcome).toBe('already-compensated')
      expect(umbrellaState(forge, number)).toBe('success')
      expect(server.requests.filter(isStatusPost)).toHaveLength(1)
    },
  )

  const double = (forge: Forge, number: number): void => {
    const red =
      forge
        .latest(forge.head(number))
        .find(({ context, state }) => context === UMBRELLA && state === 'failure')?.index ??
      forge
        .history(forge.head(number))
        .find(({ context, state }) => context === UMBRELLA && state === 'failure')?.index ??
      0
    const description =
      `umbrella-reaper run 9: other instance [ur-green ${red} ` +
      `${newestRun(forge, number).id} zzzzzz]`
    forge.post(forge.head(number), {
      context: UMBRELLA,
      state: 'success',
      description,
      as: 'job-token',
    })
  }

  it(
    'compensated: of two successes for one red row the lower one is the repair, and its ' +
      'sweep says so',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      afterPost(server, () => {
        double(forge, number)
      })
      const run = await sweep(server)
      expect(run.pulls[0]).toMatchObject({ outcome: 'compensated' })
      expect(umbrellaState(forge, number)).toBe('success')
      expect(server.requests.filter(isStatusPost)).toHaveLength(1)
    },
  )

  it('two successes for one red row count once towards relapsed', async () => {
    // The red of an older run: that the newest run's own umbrella ended red again would be true
    // where a job can be run again.
    const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
    const number = race(forge, 'stale', {}, {}, 'failure')
    forge.clock.advance('12m')
    const server = await openServer(forge)
    const [older = { id: 0 }] = runsOf(forge, number)
    const redAgain = (): void => {
      forge.runAll(forge.rerun(forge.job(older, 'all-required')).runId, {
        'all-required': 'failure',
      })
      forge.clock.advance('12m')
    }
    expect((await sweep(server)).pulls[0]?.outcome).toBe('compensated')
    redAgain()
    afterPost(server, () => {
      double(forge, number)
    })
    expect((await sweep(server)).pulls[0]?.outcome).toBe('compensated')
    redAgain()
    expect((await sweep(server)).pulls[0]).toMatchObject({
      reason: 'stale',
      outcome: 'compensated',
    })
    redAgain()
    expect((await sweep(server)).pulls[0]).toMatchObject({ reason: 'relapsed', outcome: 'none' })
  })

  it('too-young: rows settle for ten seconds, also with min-age 0s', async () => {
    const { forge, number, server } = await staleForge(profile, {}, '2s')
    const early = await sweep(server, { 'min-age': '0s' })
    expect(early.pulls[0]).toMatchObject({ kind: 'wait', reason: 'too-young' })
    expect(server.requests.filter(isStatusPost)).toHaveLength(0)
    forge.clock.advance('10s')
    expect((await sweep(server, { 'min-age': '0s' })).pulls[0]?.outcome).toBe('compensated')
    expect(umbrellaState(forge, number)).toBe('success')
  })

  it(
    'compensated: rows that arrive while the pages of a history are read ' + 'leave no gap',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      const chat = (): void => {
        forge.post(forge.head(number), {
          context: 'chat/bot',
          state: 'success',
          description: `said ${server.requests.length}`,
          as: 'person',
        })
      }
      for (let said = 0; said < 60; said += 1) chat()
      forge.clock.advance('12m')
      let grown = 0
      server.on(request => {
        if (isHistory(request) && request.query['page'] === '2') {
          chat()
          grown += 1
        }
        return undefined
      })
      const { pulls } = await sweep(server)
      expect(pulls[0]).toMatchObject({ reason: 'stale', outcome: 'compensated' })
      expect(grown).toBeGreaterThan(0)
    },
  )

  it(
    'compensated: a 500 after the row was written is answered by looking, not by ' +
      'writing again',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      server.on(request => (isStatusPost(request) ? { kind: 'commit-then-500' } : undefined))
      const { pulls, code } = await sweep(server)
      expect(pulls[0]?.outcome).toBe('compensated')
      expect(server.requests.filter(isStatusPost)).toHaveLength(1)
      expect(umbrellaState(forge, number)).toBe('success')
      expect(code).toBe(0)
    },
  )

  it(
    'unconfirmed: a write that was lost before the server took it is looked for, reported as not ' +
      'known, and turns the sweep red',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      server.on(request => (isStatusPost(request) ? { kind: 'drop' } : undefined))
      const { pulls, code } = await sweep(server)
      expect(pulls[0]).toMatchObject({
        outcome: 'unconfirmed',
        outcomeDetail: expect.stringContaining('after 10s it is not in the history'),
      })
      expect(server.requests.filter(isStatusPost)).toHaveLength(1)
      expect(umbrellaState(forge, number)).toBe('failure')
      expect(code).toBe(1)
    },
  )

  it(
    'withdrawn: a sweep that died after its POST is finished by the next one, which finds the ' +
      'row by its mark',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      const head = forge.head(number)
      const red = forge.latest(head).find(({ context }) => context === UMBRELLA)?.index ?? 0
      forge.post(head, { context: UMBRELLA, state: 'error', description: 'stop', as: 'person' })
      forge.post(head, {
        context: UMBRELLA,
        state: 'success',
        description:
          `umbrella-reaper run 9: died [ur-green ${red} ` +
          `${newestRun(forge, number).id} zzzzzz]`,
        as: 'job-token',
      })
      forge.clock.advance('12m')
      const { pulls } = await sweep(server)
      expect(pulls[0]?.outcome).toBe('withdrawn')
      expect(umbrellaState(forge, number)).toBe('error')
    },
  )

  it(
    'withdrawn: a success of ours is taken back when the newest run later fails a ' +
      'required job unseen',
    async () => {
      const { forge, number, server } = await staleForge(profile, { without: 'Python Lint & Test' })
      await sweep(server)
      expect(umbrellaState(forge, number)).toBe('success')
      const job = forge.rerun(forge.job(newestRun(forge, number), 'Python Lint & Test'))
      forge.pick(job)
      forge.finish(job, 'failure')
      forge.clock.advance('12m')
      const { pulls } = await sweep(server)
      expect(pulls[0]).toMatchObject({ kind: 'alarm', reason: 'false-green', outcome: 'withdrawn' })
      expect(umbrellaState(forge, number)).toBe('failure')
    },
  )

  it(
    'withdrawn: a pending of ours that covers a red row is closed again when ' + 'nothing is going',
    async () => {
      const { forge, number, server } = await staleForge(profile)
      const run = newestRun(forge, number)
      const job = forge.rerun(forge.job(run, 'Platform (Go)'))
      forge.pick(job)
      forge.complete(job, 'failure')
      forge.runAll(run)
      const red = forge.latest(forge.head(number)).find(({ context }) => context === UMBRELLA)
      expect(red?.state).toBe('failure')
      const description =
        'umbrella-reaper run 9: withdrew its success [ur-undo ' +
        `${red?.index ?? 0} ${run.id} zzzzzz]`
      forge.post(forge.head(number), {
        context: UMBRELLA,
        state: 'pending',
        description,
        as: 'job-token',
      })
      forge.clock.advance('12m')
      // One row of a required job comes without its id: everything else is readable, the red row
      // below ours included.
      const nameless = (row: Record<string, unknown>): Record<string, unknown> =>
        row['context'] === REQUIRED[0] ? { ...row, id: null } : row
      const blind = server.on(request =>
        isHistory(request)
          ? {
              kind: 'mutate',
              body: json => (json as Record<string, unknown>[]).map(nameless) as typeof json,
            }
          : undefined,
      )
      expect((await sweep(server)).pulls[0]).toMatchObject({
        reason: 'evidence-incomplete',
        outcome: 'none',
      })
      expect(server.requests.filter(isStatusPost)).toHaveLength(0)
      blind()
      const { pulls } = await sweep(server)
      expect(pulls[0]).toMatchObject({
        kind: 'refuse',
        reason: 'required-failed',
        outcome: 'withdrawn',
      })
      expect(umbrellaState(forge, number)).toBe('failure')
      expect((await sweep(server)).pulls[0]?.outcome).toBe('none')
    },
  )
})
