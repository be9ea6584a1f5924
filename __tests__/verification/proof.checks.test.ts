import { describe, expect, test } from '@jest/globals'
import { CHECK_BOUNDS } from '../../verification/proof/checks/bounds.js'
import { CheckExploration } from '../../verification/proof/checks/explore.js'
import { NAIVE_CLIENTS } from '../../verification/proof/checks/naive.js'

const MINUTE = 60_000

describe('the real code over check runs, at a small bound', () => {
  test.each([...CHECK_BOUNDS.test])(
    '$name: breaks no law, and does something',
    async bound => {
      const { hits, states, sent } = await new CheckExploration(bound).visit()
      expect(hits).toEqual([])
      expect(states).toBeGreaterThan(100)
      expect(sent).toBeGreaterThan(0)
    },
    MINUTE,
  )
})

describe('the naive clients of the field', () => {
  test.each([...NAIVE_CLIENTS])(
    '$name: $why',
    async ({ bound, program, breaks }) => {
      const { hits } = await new CheckExploration(bound, program).visit()
      const found = hits.filter(({ law }) => law === breaks)
      expect(found.length).toBeGreaterThan(0)
      expect(found[0]?.trace.length).toBeGreaterThan(1)
    },
    MINUTE,
  )
})
