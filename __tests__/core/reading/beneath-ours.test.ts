import { expect, test } from '@jest/globals'
import { withoutOurs } from '../../../src/core/reading/beneath-ours.js'
import { surroundingsAsked } from '../../../src/core/rules/decide.js'
import { head, policy, STALE, UMBRELLA } from '../../support/builders.js'

const latestOf = (rows: readonly string[]): readonly string[] =>
  withoutOurs(head({ rows: [...rows] }), UMBRELLA)
    .latest.filter(({ context }) => context === UMBRELLA)
    .map(({ state, author }) => `${author.kind} ${state}`)

test.each([
  { above: 'us green 9 1 aaaa', said: 'a success of ours' },
  { above: 'us undo 9 1 aaaa pending', said: 'a pending of ours' },
])('below $said the row it was written over is the latest', ({ above }) => {
  expect(latestOf([...STALE, above])).toEqual(['actions failure'])
})

test('a head without a row of ours stays as it is', () => {
  const seen = head({ rows: [...STALE] })
  expect(withoutOurs(seen, UMBRELLA)).toBe(seen)
})

// A success of ours must fit like a new one; under a pending of ours a write would follow.
test.each(['us green 9 1 aaaa', 'us undo 9 1 aaaa pending'])(
  'what stands around is asked where "%s" is on top of a stale umbrella',
  above => {
    expect(surroundingsAsked(policy(), head({ rows: [...STALE, above] })).isProven).toBe(true)
  },
)
