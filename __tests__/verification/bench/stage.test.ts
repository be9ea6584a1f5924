import { describe, expect, it } from '@jest/globals'
import { TIMED } from '../../../verification/bench/cost.js'
import type { Stage, StagePlan } from '../../../verification/bench/stage.js'
import { openStage } from '../../../verification/bench/stage.js'
import { scriptedWorld } from '../../../verification/bench/world.js'
import { serve } from '../../../verification/simulator/index.js'

const R = '/repos/acme/widgets'

const planOf = (plan: Partial<StagePlan['world']>, rest: Partial<StagePlan> = {}): StagePlan => ({
  world: { profile: 'gitea-1.22.6', pulls: 3, contexts: 3, red: 40, ...plan },
  latency: 0,
  busy: false,
  ...rest,
})

/** One answer, with the server's own address and its length taken out. */
async function told(apiUrl: string, token: string | null, path: string, body?: object) {
  const answer = await fetch(`${apiUrl}${path}`, {
    headers: token === null ? {} : { authorization: `token ${token}` },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  const headers = Object.fromEntries(answer.headers)
  expect(headers['content-length']).toBe(String(Buffer.byteLength(text)))
  delete headers['content-length']
  const { origin } = new URL(apiUrl)
  const plain = JSON.stringify({ status: answer.status, headers, text })
  return JSON.parse(plain.replaceAll(origin, 'http://server')) as unknown
}

async function onStage<T>(plan: StagePlan, act: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await openStage(plan)
  try {
    return await act(stage)
  } finally {
    await stage.close()
  }
}

describe('the server of the bench', () => {
  it.each(TIMED)('%s: answers byte for byte as the simulator does', async profile => {
    const plan = planOf({ profile, pulls: 60 })
    const forge = scriptedWorld(plan.world)
    const server = await serve(forge)
    const head = forge.head(3)
    const paths = [
      ...['/version', '/user', '/settings/api', '/nothing', R, `${R}/nothing`],
      ...[`${R}/pulls?state=open&sort=oldest&page=2&limit=50`, `${R}/pulls`, `${R}/pulls/3`],
      ...[`${R}/issues?type=pulls&state=open&limit=50`, `${R}/git/refs/pull`],
      ...[`${R}/commits/${head}/status?page=1&limit=50`, `${R}/commits/${'0'.repeat(40)}/status`],
      ...[`${R}/statuses/${head}?sort=leastindex&limit=4`, `${R}/commits/${head}/statuses`],
      ...[`${R}/actions/tasks?page=1&limit=1`, `${R}/actions/runs?head_sha=${head}`],
      ...[`${R}/branches/main`, `${R}/contents/README.md`],
    ]
    try {
      await onStage(plan, async stage => {
        const ask = async (path: string, token: string | null, body?: object): Promise<void> => {
          expect(await told(stage.apiUrl, token && stage.token, path, body)).toEqual(
            await told(server.apiUrl, token && server.token, path, body),
          )
        }
        for (const path of paths) for (const token of ['owner', null]) await ask(path, token)
        const status = { state: 'success', context: 'x', description: '☂', target_url: '' }
        await ask(`${R}/statuses/${head}`, 'owner', status)
        await ask(`${R}/statuses/${head}`, null, status)
        await ask(`${R}/commits/${head}/status`, 'owner')
      })
    } finally {
      await server.close()
    }
  })

  it('counts what each request costs, by its kind', async () => {
    await onStage(planOf({ pulls: 60 }), async stage => {
      const { apiUrl, token } = stage
      const head = scriptedWorld(planOf({ pulls: 60 }).world).head(1)
      const ask = (path: string) => told(apiUrl, token, path)
      await ask('/version')
      await ask(`${R}/pulls?state=open&limit=50`)
      await ask(`${R}/pulls?state=open&limit=50&page=2`)
      await ask(`${R}/commits/${head}/status`)
      await ask(`${R}/statuses/${head}?sort=leastindex`)
      await ask(`${R}/actions/runs`)
      const { sent, received, connections, most, ...counted } = stage.tally()
      expect(counted).toEqual({
        requests: 6,
        byRoute: {
          'list of pulls': 2,
          'combined status': 1,
          history: 1,
          other: 2,
          'list of pulls as issues': 0,
          'refs of pulls': 0,
          'one pull': 0,
        },
        // Sixty rows of the list, by the row.
        milliseconds: (830 * 60) / 50 + 36 + 5.5 + 2 * 5,
        guessed: 2 * 5,
        // Runs are not listed on 1.22.
        refusals: 1,
      })
      expect({ most, connections: connections > 0 }).toEqual({ most: 1, connections: true })
      expect(sent).toBeGreaterThan(50_000)
      expect(received).toBeGreaterThan(6 * 100)
    })
  })

  it('begins anew with each repository', async () => {
    await onStage(planOf({}), async stage => {
      await told(stage.apiUrl, stage.token, `${R}/pulls`)
      stage.load(planOf({ pulls: 5, red: 0 }))
      expect(stage.tally()).toMatchObject({ requests: 0, milliseconds: 0, sent: 0 })
      expect(stage.umbrellas()).toEqual({ green: 5, other: 0 })
    })
  })

  it('counts green and other umbrellas by their newest rows', async () => {
    await onStage(planOf({ pulls: 10 }), async stage => {
      expect(stage.umbrellas()).toEqual({ green: 6, other: 4 })
      const { world } = planOf({ pulls: 10 })
      const head = scriptedWorld(world).head(3)
      const context = 'CI / all-required (pull_request)'
      await told(stage.apiUrl, stage.token, `${R}/statuses/${head}`, { state: 'success', context })
      expect(stage.umbrellas()).toEqual({ green: 7, other: 3 })
    })
  })

  it('answers late by the latency, and where it is busy two at a time', async () => {
    const took = async (plan: StagePlan, requests: number): Promise<number> =>
      onStage(plan, async ({ apiUrl, token }) => {
        const began = performance.now()
        // Three rows of a list of pulls: 50 ms of work.
        const ask = () => told(apiUrl, token, `${R}/pulls`)
        await Promise.all(Array.from({ length: requests }, ask))
        return performance.now() - began
      })
    // A timer may be a millisecond early.
    expect(await took(planOf({}, { latency: 40 }), 3)).toBeGreaterThanOrEqual(39)
    expect(await took(planOf({}, { busy: true }), 4)).toBeGreaterThanOrEqual(2 * 49)
    expect(await took(planOf({}, { busy: true, latency: 40 }), 6)).toBeGreaterThanOrEqual(
      3 * 49 + 39,
    )
  })
})
