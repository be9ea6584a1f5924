import { describe, expect, it } from '@jest/globals'
import {
  ci,
  contextOf,
  entryOf,
  expectUntouched,
  landLate,
  opened,
  runsFor,
  staged,
  sweep,
} from '../support/law.js'
import { sampled } from '../support/sample.js'

const PROFILES = [
  'gitea-1.23.8',
  'gitea-1.24.7',
  'gitea-1.25.5',
  'gitea-1.26.0',
  'gitea-1.26.4',
  'gitea-1.27.0',
  'forgejo-15',
  'forgejo-16',
] as const

const GIVEN: readonly [string, Record<string, string>][] = [
  ['all defaults', {}],
  ['with a list', { 'required-contexts': ['lint', 'test'].map(contextOf).join('\n') }],
]

describe.each(sampled(PROFILES))(
  'A6, %s: a newest run of an event nobody knows counts',
  profile => {
    it.each(GIVEN)(
      'it failed, and the older run is not the newest for that: %s',
      async (_, inputs) => {
        const scene = await staged(profile, ci())
        const { forge } = scene
        const number = opened(scene)
        forge.closePull(number)
        forge.reopenPull(number)
        const [older, newest] = runsFor(scene, number)
        if (older === undefined || newest === undefined) throw new Error('there are not two runs')
        forge.runAll(older, { 'all-required': 'never' })
        forge.runAll(newest, { test: 'failure' })
        forge.nameEvent(newest, 'merge_request_v2')
        landLate(scene, older)
        const swept = await sweep(scene, inputs)
        expect(entryOf(swept, number)?.kind).not.toBe('repair')
        await expectUntouched(scene, [number])
      },
      60_000,
    )
  },
)

describe('A6: an event that never writes a pull’s context changes nothing', () => {
  it.each(sampled(PROFILES))(
    '%s: a push of the same commit failed',
    async profile => {
      const scene = await staged(profile, ci({ on: '[push, pull_request]' }))
      const { forge } = scene
      const number = opened(scene)
      const [push] = forge.runs(forge.head(number)).filter(({ event }) => event === 'push')
      const [own] = runsFor(scene, number)
      if (push === undefined || own === undefined) throw new Error('there are not two events')
      forge.closePull(number)
      forge.reopenPull(number)
      const [, newest] = runsFor(scene, number)
      if (newest === undefined) throw new Error('there is no second run')
      forge.runAll(own, { test: 'failure', 'all-required': 'never' })
      forge.runAll(newest)
      forge.runAll(push, { test: 'failure' })
      landLate(scene, own)
      const swept = await sweep(scene)
      expect(entryOf(swept, number)).toMatchObject({ kind: 'repair', reason: 'stale' })
    },
    60_000,
  )
})
