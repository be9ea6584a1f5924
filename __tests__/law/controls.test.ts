import { describe, expect, it } from '@jest/globals'
import type { ProfileName } from '../../verification/simulator/index.js'
import { PROFILES } from '../../verification/simulator/index.js'
import {
  UMBRELLA,
  ci,
  contextOf,
  entryOf,
  expectOpen,
  expectShut,
  opened,
  raced,
  runsFor,
  sent,
  staged,
  sweep,
} from '../support/law.js'
import { sampled } from '../support/sample.js'

const LIST = { 'required-contexts': ['lint', 'test'].map(contextOf).join('\n') }
const GIVEN: readonly [string, Record<string, string>][] = [
  ['all defaults', {}],
  ['a list', LIST],
  ['an umbrella and a list', { 'umbrella-context': UMBRELLA, ...LIST }],
]

const SERVERS = sampled(Object.keys(PROFILES) as ProfileName[])

describe.each(SERVERS)('%s: the race is repaired', profile => {
  it.each(GIVEN)(
    '%s',
    async (_, inputs) => {
      const scene = await staged(profile, ci())
      const number = raced(scene, opened(scene))
      const swept = await sweep(scene, inputs)
      expect(entryOf(swept, number)).toMatchObject({
        kind: 'repair',
        reason: 'stale',
        cause: 'older-run-landed-late',
      })
      await expectOpen(scene, swept, [number])
    },
    60_000,
  )
})

/** What the action is for: jobs of the list green, umbrella red, and old enough. */
async function overGreen(profile: ProfileName, after: string) {
  const scene = await staged(profile, ci())
  const number = opened(scene)
  for (const run of runsFor(scene, number)) scene.forge.runAll(run, { 'all-required': 'failure' })
  scene.forge.clock.advance(after)
  return { scene, number }
}

describe('an umbrella that is red by its own newest run, every job of the list green', () => {
  it('gitea-1.22.6: a success is posted', async () => {
    const { scene, number } = await overGreen('gitea-1.22.6', '6m')
    const swept = await sweep(scene, LIST)
    expect(entryOf(swept, number)).toMatchObject({ reason: 'stale', outcome: 'compensated' })
    await expectOpen(scene, swept, [number])
  }, 60_000)

  it.each(['gitea-1.26.0', 'gitea-1.26.4', 'gitea-1.27.0'] as const)(
    '%s: the umbrella is run again, and says itself what is true',
    async profile => {
      const { scene, number } = await overGreen(profile, '6m')
      const swept = await sweep(scene, LIST)
      expect(entryOf(swept, number)).toMatchObject({ reason: 'stale', outcome: 'rerun' })
      expect(sent(scene).successes).toEqual([])
      await expectOpen(scene, swept, [number])
    },
    60_000,
  )

  it.each(['gitea-1.22.6', 'gitea-1.26.4'] as const)(
    '%s: younger than five minutes it is left alone',
    async profile => {
      const { scene, number } = await overGreen(profile, '3m')
      await sweep(scene, LIST)
      expect(sent(scene)).toEqual({ successes: [], reruns: [] })
      await expectShut(scene, [number])
    },
    60_000,
  )
})
