import { describe, expect, it } from '@jest/globals'
import type { Fault, ProfileName } from '../../verification/simulator/index.js'
import { faultFirst } from '../../verification/simulator/index.js'
import {
  ci,
  closedPull,
  entryOf,
  expectOpen,
  expectUntouched,
  opened,
  raced,
  staged,
  sweep,
} from '../support/law.js'
import { sampled } from '../support/sample.js'

/** Servers that offer task rows and no jobs to go with them. */
const TASKS: readonly ProfileName[] = ['gitea-1.23.8', 'gitea-1.24.7', 'forgejo-11']

describe.each(sampled(TASKS))('A2, %s: too many task rows are no lower grade', profile => {
  it.each([0, 2100])(
    'with %d rows of elsewhere since, the failed job is still seen',
    async rows => {
      const scene = await staged(profile, ci())
      const number = closedPull(scene)
      if (rows > 0) scene.forge.fillTasks(rows)
      scene.forge.clock.advance('10m')
      const swept = await sweep(scene)
      expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'required-failed' })
      await expectUntouched(scene, [number])
    },
    120_000,
  )

  it('with more than 400 pages since the head appeared there is a gap, and no write', async () => {
    const scene = await staged(profile, ci())
    const number = closedPull(scene)
    scene.forge.fillTasks(20_100)
    const swept = await sweep(scene)
    expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'evidence-incomplete' })
    await expectUntouched(scene, [number])
  }, 120_000)

  it('the race is repaired with as many rows of before the head', async () => {
    const scene = await staged(profile, ci())
    scene.forge.fillTasks(2100)
    scene.forge.clock.advance('10m')
    const number = raced(scene, opened(scene))
    await expectOpen(scene, await sweep(scene), [number])
  }, 120_000)
})

const FAULTS: Readonly<Record<string, Fault>> = {
  '403': { kind: 'status', status: 403, body: { message: 'no', url: '' } },
  '404': { kind: 'status', status: 404, body: { message: 'no', url: '', errors: null } },
  '404 of a server without the endpoint': { kind: 'html', status: 404 },
  '403 of a proxy': { kind: 'html', status: 403 },
}

describe.each(sampled(['gitea-1.23.8', 'gitea-1.26.4', 'forgejo-15', 'forgejo-16'] as const))(
  'A2, %s: one refusal at the start of a sweep does not lower the grade',
  profile => {
    it.each(Object.entries(FAULTS))(
      'a single %s of runs and of tasks opens nothing',
      async (_, fault) => {
        const scene = await staged(profile, ci())
        const number = closedPull(scene)
        for (const path of [/\/actions\/runs$/, /\/actions\/tasks$/])
          faultFirst(scene.server, { path }, fault)
        await sweep(scene)
        await expectUntouched(scene, [number])
      },
      60_000,
    )
  },
)
