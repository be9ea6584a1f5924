import { describe, expect, it } from '@jest/globals'
import type { SerialPlan } from '../../../verification/bench/serial-client.js'
import { serialSweep } from '../../../verification/bench/serial-client.js'
import type { WorldPlan } from '../../../verification/bench/world.js'
import { countOf, requiredOf, scriptedWorld, UMBRELLA } from '../../../verification/bench/world.js'
import { TIMED } from '../../../verification/bench/cost.js'
import type { Forge } from '../../../verification/simulator/index.js'
import { runInProcess } from '../../support/in-process.js'
import { openServer, widgetsOn } from '../../support/open-server.js'

const PLAN: WorldPlan = { profile: 'gitea-1.22.6', pulls: 1, contexts: 4, red: 100 }

async function sweepOf(forge: Forge, contexts: number, change: Partial<SerialPlan> = {}) {
  const server = await openServer(forge)
  const place = { apiUrl: server.apiUrl, repo: 'acme/widgets', token: server.token }
  const plan = { umbrella: UMBRELLA, required: requiredOf({ contexts }), minAge: 300_000 }
  return { result: await serialSweep({ ...place, ...plan, ...change }), seen: server.requests }
}

describe('the serial client is right where it is simple', () => {
  it('a stale umbrella is found and repaired', async () => {
    const forge = scriptedWorld(PLAN)
    const { result } = await sweepOf(forge, 4)
    expect(result).toEqual({ scanned: 1, repaired: [1], left: [] })
    expect(forge.latest(forge.head(1)).map(({ state }) => state)).toEqual(Array(4).fill('success'))
  })

  it('a red job is left alone', async () => {
    // The second of two red ones has a failed job.
    const { result } = await sweepOf(scriptedWorld({ ...PLAN, pulls: 2 }), 4)
    expect(result).toEqual({ scanned: 2, repaired: [1], left: [2] })
  })

  it('a job that never wrote a row is left alone', async () => {
    const { result } = await sweepOf(scriptedWorld(PLAN), 5)
    expect(result).toMatchObject({ repaired: [], left: [1] })
  })

  it('a red that is too young is left alone', async () => {
    const { result } = await sweepOf(scriptedWorld(PLAN), 4, { minAge: 3_600_000 })
    expect(result).toMatchObject({ repaired: [], left: [1] })
  })

  it('without required contexts nothing is repaired', async () => {
    const { result } = await sweepOf(scriptedWorld(PLAN), 4, { required: [] })
    expect(result).toMatchObject({ repaired: [], left: [1] })
  })

  it('a second look finds nothing to do', async () => {
    const forge = scriptedWorld(PLAN)
    await sweepOf(forge, 4)
    expect((await sweepOf(forge, 4)).result).toMatchObject({ repaired: [], left: [] })
  })

  it('reads all pages of pulls, one status a pull, and more only of a red umbrella', async () => {
    const world = { ...PLAN, pulls: 52, contexts: 60, red: 4 }
    const { result, seen } = await sweepOf(scriptedWorld(world), 60)
    expect(result).toMatchObject({ scanned: 52, repaired: [25], left: [50] })
    const paths = seen.map(({ path }) => path.split('/').at(-1))
    expect(paths.filter(name => name === 'pulls')).toHaveLength(2)
    expect(paths.filter(name => name === 'status')).toHaveLength(52 + 2)
    expect(seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it.each(TIMED.filter(profile => profile !== 'gitea-1.27.0'))(
    '%s: repairs what this project repairs',
    async profile => {
      const plan = { ...PLAN, profile, pulls: 20, red: 40 }
      const { result } = await sweepOf(scriptedWorld(plan), 4)
      expect(result.repaired).toHaveLength(countOf(plan, 'stale'))
      const server = await openServer(scriptedWorld(plan))
      const run = await runInProcess({
        ...widgetsOn(server),
        inputs: {
          'umbrella-context': UMBRELLA,
          'required-contexts': requiredOf(plan).join('\n'),
          remedy: 'status',
        },
      })
      const { pulls } = run.report as { pulls: { number: number; outcome: string }[] }
      const ours = pulls.filter(({ outcome }) => outcome === 'compensated')
      expect(ours.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
        [...result.repaired].sort((a, b) => a - b),
      )
    },
  )
})
