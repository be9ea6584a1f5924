import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { NAIVES } from '../../verification/proof/naive.js'
import { caught, writeWhy } from '../../verification/proof/why.js'

const MINUTE = 60_000

describe('the explorer finds what is wrong', () => {
  test.each(NAIVES.map(naive => ({ name: naive.name, naive })))(
    'a false green of: $name',
    async ({ naive }) => {
      const { name, trace } = await caught(naive)
      expect(name).toBe('')
      expect(trace.length).toBeLessThanOrEqual(15)
    },
    MINUTE,
  )
})

test(
  'docs/why.md is what the explorer writes',
  async () => {
    expect(readFileSync(new URL('../../docs/why.md', import.meta.url), 'utf8')).toBe(
      await writeWhy(),
    )
  },
  3 * MINUTE,
)
