import { describe, expect, it } from '@jest/globals'
import { isSettled } from '../../../src/core/triage/reads-left.js'
import type { Judgement } from '../../../src/core/rules/decide.js'
import type { VerdictKind } from '../../../src/core/rules/verdict.js'
import type { HeadChange } from '../../support/builders.js'
import { head, STALE } from '../../support/builders.js'

/** What was decided for the pull requests of a head, as far as it is asked here. */
const judged = (kinds: readonly VerdictKind[]): ReadonlyMap<number, Judgement> =>
  new Map(kinds.map((kind, at) => [at + 1, { verdict: { kind } } as unknown as Judgement]))

const OURS = [...STALE, 'us green 9 1 aaaa']

describe('everything is said about a head by what is known', () => {
  it.each<{
    readonly rule: string
    readonly kinds: readonly VerdictKind[]
    readonly seen?: HeadChange
    readonly is: boolean
  }>([
    { rule: 'it is refused', kinds: ['refuse'], is: true },
    { rule: 'it is waited for', kinds: ['wait'], is: true },
    { rule: 'one is refused, one waited for', kinds: ['refuse', 'wait'], is: true },
    { rule: 'it is to be repaired', kinds: ['repair'], is: false },
    { rule: 'it is a false green', kinds: ['alarm'], is: false },
    { rule: 'it is left alone', kinds: ['leave'], is: false },
    { rule: 'one is refused and one a false green', kinds: ['refuse', 'alarm'], is: false },
    {
      rule: 'it is refused, and a success of ours stands',
      kinds: ['refuse'],
      seen: { rows: OURS },
      is: false,
    },
    {
      rule: 'the same where its history was not read',
      kinds: ['refuse'],
      seen: { rows: OURS, history: null },
      is: false,
    },
    {
      rule: 'it is refused, and a row of ours stood below another',
      kinds: ['refuse'],
      seen: { rows: [...OURS, 'R1 umbrella failure'] },
      is: false,
    },
    {
      rule: 'it is refused, and its history was not read',
      kinds: ['refuse'],
      seen: { rows: STALE, history: null },
      is: true,
    },
  ])('$rule: $is', ({ kinds, seen = { rows: STALE }, is }) => {
    expect(isSettled(head(seen), judged(kinds))).toBe(is)
  })
})
