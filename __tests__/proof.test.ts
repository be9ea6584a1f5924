import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { boundsOf } from '../proof/bounds.js'
import { explore } from '../proof/explore.js'
import { NAIVES } from '../proof/naive.js'
import { PROFILES, profileOf } from '../proof/profile.js'
import { caught, writeWhy } from '../proof/why.js'

const MINUTE = 60_000

describe('the explorer finds what is wrong', () => {
  test.each(NAIVES.map(naive => ({ name: naive.name, naive })))('a false green of: $name', async ({ naive }) => {
    const { name, trace } = await caught(naive)
    expect(name).toBe('')
    expect(trace.length).toBeLessThanOrEqual(15)
  }, MINUTE)
})

describe('the real code', () => {
  test.each(PROFILES)('breaks no law on %s, at a small bound', async profile => {
    for (const bound of boundsOf('test', profileOf(profile))) {
      const { hits, complete } = await explore(profileOf(profile), bound)
      expect(complete).toBe(true)
      expect(hits.filter(({ name }) => name === '').map(({ law, what, trace }) => ({ law, what, trace }))).toEqual([])
    }
  }, MINUTE)

  test.each(['gitea-1.26.0', 'gitea-1.26.4'] as const)('with the job rows of %s only the window is left', async profile => {
    const spots = new Set<string>()
    for (const bound of boundsOf('test', profileOf(profile))) {
      for (const { name } of (await explore(profileOf(profile), bound)).hits) spots.add(name)
    }
    expect([...spots].filter(name => name !== '')).toEqual(['post-window'])
  }, MINUTE)
})

test('docs/why.md is what the explorer writes', async () => {
  expect(readFileSync(new URL('../docs/why.md', import.meta.url), 'utf8')).toBe(await writeWhy())
}, MINUTE)
