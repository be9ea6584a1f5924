import { beforeAll, describe, expect, test } from '@jest/globals'
import { boundOf } from '../../verification/proof/bound.js'
import { boundsOf } from '../../verification/proof/bounds.js'
import type { Hit } from '../../verification/proof/exploration.js'
import { explore } from '../../verification/proof/explore.js'
import { PROFILES, profileOf } from '../../verification/proof/profile.js'

const MINUTE = 60_000

describe.each(PROFILES)('the real code on %s, at a small bound', profile => {
  let hits: readonly Hit[] = []
  beforeAll(async () => {
    const explored = await Promise.all(
      boundsOf('test', profileOf(profile)).map(bound => explore(profileOf(profile), bound)),
    )
    expect(explored.every(({ complete }) => complete)).toBe(true)
    hits = explored.flatMap(one => one.hits)
  }, MINUTE)

  test('breaks no law', () => {
    expect(
      hits.filter(({ name }) => name === '').map(({ law, what, trace }) => ({ law, what, trace })),
    ).toEqual([])
  })

  test('leaves the window, and with job rows nothing else', () => {
    const spots = new Set(hits.map(({ name }) => name).filter(name => name !== ''))
    const window = profileOf(profile).byRerun ? 'rerun-window' : 'post-window'
    expect(spots).toContain(window)
    if (profileOf(profile).grade === 'jobs') expect([...spots]).toEqual([window])
  })
})

const TELL_PULLS = PROFILES.filter(name => profileOf(name).grade !== 'statuses')

test.each(TELL_PULLS.filter(name => !profileOf(name).byRerun))(
  'on %s runs alone tell of a pull request that was opened later, even if every list is blind',
  async profile => {
    const bound = boundOf('a second pull request, a blind list', {
      start: 'stale',
      runs: 2,
      pulls: 2,
      may: { open: 1 },
    })
    const { hits, complete } = await explore(profileOf(profile), bound, 'blind-list')
    expect(complete).toBe(true)
    expect(
      hits.filter(({ name }) => name === '').map(({ law, what, trace }) => ({ law, what, trace })),
    ).toEqual([])
  },
  MINUTE,
)
