import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { allow } from '../../../src/core/plan/breaker.js'
import type { StaleCause, Repair } from '../../../src/core/rules/verdict.js'
import { STALE_CAUSES } from '../../../src/core/rules/verdict.js'
import type { Duration } from '../../../src/core/model/time.js'
import { head, judge, STALE } from '../../support/builders.js'
import { holds } from '../../support/property.js'

const repair = (name: string, minutes: number, cause: StaleCause = 'lost-runner') => {
  const good = judge(head({ rows: STALE })) as Repair
  const umbrella = { ...good.umbrella, age: (minutes * 60_000) as Duration }
  return { sha: name, verdict: { ...good, cause, umbrella } }
}
/** `a` to `t`, each a minute older than the one before. */
const TWENTY: Readonly<Record<string, number>> = Object.fromEntries(
  Array.from({ length: 20 }, (_, at) => [String.fromCharCode(97 + at), 10 + at]),
)
const names = (heads: readonly { readonly sha: string }[]): string =>
  heads.map(({ sha }) => sha).join('')
const many = (count: number, cause: StaleCause) =>
  Array.from({ length: count }, (_, index) =>
    repair(String.fromCharCode(97 + index), 10 + index, cause),
  )

describe('the breaker', () => {
  it.each([
    {
      rule: 'the oldest red goes first',
      minutes: { a: 5, b: 9, c: 7 },
      limit: 2,
      spent: 0,
      allowed: 'bc',
      held: 'a',
    },
    {
      rule: 'equal ages go by SHA',
      minutes: { c: 5, a: 5, b: 5 },
      limit: 2,
      spent: 0,
      allowed: 'ab',
      held: 'c',
    },
    {
      rule: '0 is no limit',
      minutes: TWENTY,
      limit: 0,
      spent: 5,
      allowed: 'tsrqponmlkjihgfedcba',
      held: '',
    },
    {
      rule: 'writes already spent count',
      minutes: { a: 5, b: 9 },
      limit: 3,
      spent: 2,
      allowed: 'b',
      held: 'a',
    },
    {
      rule: 'more spent than allowed holds all',
      minutes: { a: 5 },
      limit: 1,
      spent: 3,
      allowed: '',
      held: 'a',
    },
    { rule: 'nothing to do', minutes: {}, limit: 10, spent: 0, allowed: '', held: '' },
  ])('$rule', ({ minutes, limit, spent, allowed, held }) => {
    const heads = Object.entries(minutes).map(([name, age]) => repair(name, age))
    const result = allow(heads, 100, limit, spent)
    expect([names(result.allowed), names(result.held)]).toEqual([allowed, held])
    if (held !== '') expect(result.why).toContain('max-repairs')
  })

  it.each([
    { rule: 'six of ten odd repairs: all are held', odd: 6, waves: 0, judged: 10, held: true },
    {
      rule: 'five of ten: a half is not more than half',
      odd: 5,
      waves: 0,
      judged: 10,
      held: false,
    },
    { rule: 'nine of nine: a share of few says nothing', odd: 9, waves: 0, judged: 9, held: false },
    { rule: 'a wave counts as known', odd: 5, waves: 5, judged: 10, held: false },
    { rule: 'known waves are held with the others', odd: 6, waves: 2, judged: 10, held: true },
  ])('$rule', ({ odd, waves, judged, held }) => {
    const result = allow([...many(odd, 'unknown'), ...many(waves, 'lost-runner')], judged, 100, 0)
    expect(result.allowed.length === 0).toBe(held)
    if (held)
      expect(result.why).toBe(
        `${odd} of ${judged} heads would be repaired at once: check the policy, then set ` +
          'max-repairs: 0 for one sweep',
      )
  })

  it.each(
    STALE_CAUSES.map(cause => ({
      cause,
      wave: ['lost-runner', 'cancelled-umbrella', 'older-run-landed-late'].includes(cause),
    })),
  )('$cause comes in waves: $wave', ({ cause, wave }) => {
    expect(allow(many(12, cause), 12, 100, 0).allowed.length > 0).toBe(wave)
  })

  it('max-repairs: 0 set by hand lifts the share rule too', () => {
    expect(allow(many(12, 'unknown'), 12, 0, 0)).toMatchObject({ held: [], why: '' })
  })

  it('never loses a head and never allows more than is left', () => {
    holds(
      [
        fc.array(fc.record({ age: fc.nat(100), cause: fc.constantFrom(...STALE_CAUSES) }), {
          maxLength: 15,
        }),
        fc.nat(20),
        fc.nat(12),
        fc.nat(5),
      ],
      (given, judged, limit, spent) => {
        const heads = given.map(({ age, cause }, index) => repair(String(index), age, cause))
        const { allowed, held } = allow(heads, judged, limit, spent)
        expect([...allowed, ...held].map(({ sha }) => sha).sort()).toEqual(
          heads.map(({ sha }) => sha).sort(),
        )
        if (limit > 0) expect(allowed.length).toBeLessThanOrEqual(Math.max(0, limit - spent))
      },
    )
  })
})
