import { expect, test } from '@jest/globals'
import { surroundingsAsked } from '../../../src/core/rules/decide.js'
import { head, policy, STALE } from '../../support/builders.js'

const isProven = (...above: readonly string[]): boolean =>
  surroundingsAsked(policy(), head({ rows: [...STALE, ...above] })).isProven

test('around a stale umbrella, and where a success of ours stands over it, it is asked', () => {
  expect(isProven()).toBe(true)
  expect(isProven('us green 9 1 aaaa')).toBe(true)
})

// Found by the proof: without our rows the umbrella is pending, and nothing would be written; with
// them a pending of ours is judged like a red one, and a write would follow.
test('so it is where a pending of ours stands over one of Actions', () => {
  expect(isProven('R1 umbrella waiting', 'us green 9 1 aaaa', 'us undo 9 1 aaaa pending')).toBe(
    true,
  )
})

test('around an umbrella whose required job failed nothing is asked', () => {
  expect(isProven('R1 Test running', 'R1 Test failure')).toBe(false)
})
