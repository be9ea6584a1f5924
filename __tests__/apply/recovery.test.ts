import { beforeAll, describe, expect, it } from '@jest/globals'
import { loadUmbrellaWork } from '../../src/forge/umbrella-work.js'
import { readYaml } from '../../src/workflow/yaml.js'
import { Chance } from '../../verification/random/chance.js'
import { finishRun } from '../../verification/random/runner.js'
import type { World } from '../../verification/random/world.js'
import type { End } from '../support/fault-points.js'
import { meet, standing } from '../support/fault-points.js'

beforeAll(async () => {
  await readYaml('', new Uint8Array())
  await loadUmbrellaWork()
})

const post = (world: World, context: string, state: string): void => {
  world.forge.post(world.forge.head(1), { context, state, description: 'by hand' })
}

/** All writes to the umbrella of #1 that are ours. */
const ours = ({ world }: End): readonly string[] =>
  world.forge
    .history(world.forge.head(1))
    .filter(({ description }) => description.includes('[ur-'))
    .map(({ state }) => state)
    .reverse()

describe('a sweep that is killed between its write and the look back', () => {
  const killed = (between: (world: World) => void = () => undefined): Promise<End> =>
    meet('the write itself', { kind: 'kill', after: true }, { between })

  it('the next one finds the row by its mark, looks at it again, and tells it', async () => {
    const end = await killed()
    expect([end.outcome, end.next, ours(end)]).toEqual([
      'killed',
      'our earlier success',
      ['success'],
    ])
    const { report, lines } = end.after ?? {}
    expect(report?.earlier).toEqual([
      { number: 1, head: end.world.forge.head(1), row: expect.any(Number) },
    ])
    const row = report?.earlier[0]?.row ?? 0
    expect(lines).toContain(`looked at again, and left: our earlier success on #1 (row ${row})`)
  })

  it('a required job runs again: the pending of its run stands above and decides', async () => {
    const end = await killed(world => {
      const run = world.state.runs.findLast(({ pull }) => pull === 1)
      const job = world.forge.rerun(world.forge.job(run ?? 0, 'Test'))
      world.forge.pick(job)
    })
    expect([end.next, standing(end.world)]).toEqual(['left alone', 'Actions: pending'])
  })

  it('a veto on the umbrella behind it decides for itself', async () => {
    const end = await killed(world => {
      post(world, world.umbrella, 'failure')
    })
    expect([end.next, standing(end.world)]).toEqual(['foreign-red', 'Actions: failure'])
  })

  it('a push: the row stands on a commit that opens nothing, and is left there', async () => {
    const end = await killed(world => {
      world.forge.push({ branch: 'topic', files: { change: 'b' } })
    })
    expect([end.next, ours(end)]).toEqual(['left alone', []])
  })
})

describe('a sweep that is killed behind a re-run', () => {
  const killed = (between: (world: World) => void = () => undefined): Promise<End> =>
    meet('the re-run itself', { kind: 'kill', after: true }, { between })
  const asked = ({ after }: End): boolean =>
    after?.lines.some(line => line.includes('about to run again')) === true
  /** The umbrella's new execution ends by luck 1 green, by luck 0 red. */
  const ends =
    (luck: 0 | 1) =>
    (world: World): void => {
      const run = world.state.runs.findLast(({ pull }) => pull === 1)
      if (run === undefined) throw new Error('there is no run')
      if (luck === 1) finishRun(world, run, luck, new Chance(1))
      else {
        const job = world.forge.job(run, 'all-required')
        world.forge.pick(job)
        world.forge.complete(job, 'failure')
      }
    }

  it('while it goes on, the next one waits for it and asks for no other', async () => {
    const end = await killed()
    expect([end.next, asked(end)]).toEqual(['left alone', false])
    expect(end.after?.report?.quiet['umbrella-pending']).toBe(1)
  })

  it('once it ended green, the next one counts it as green', async () => {
    const end = await killed(ends(1))
    expect([end.next, asked(end)]).toEqual(['left alone', false])
    expect(end.after?.report?.quiet['umbrella-green']).toBe(1)
  })

  it('once it ended red, the next one tells the truth and does not repeat it at once', async () => {
    const end = await killed(ends(0))
    expect([end.next, asked(end)]).toEqual(['still-red', false])
  })

  it('green over a required job that failed since: the next one raises the alarm', async () => {
    const end = await killed(world => {
      ends(1)(world)
      const run = world.state.runs.findLast(({ pull }) => pull === 1)
      const job = world.forge.rerun(world.forge.job(run ?? 0, 'Test'))
      world.forge.pick(job)
      world.forge.complete(job, 'failure')
      const umbrella = world.forge.job(run ?? 0, 'all-required')
      world.forge.pick(umbrella)
      world.forge.complete(umbrella, 'success')
    })
    expect(end.next).toBe('false-green')
  })
})
