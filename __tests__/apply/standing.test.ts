import { describe, expect, it } from '@jest/globals'
import { pullsStillOnHead, standingNow } from '../../src/apply/standing.js'
import type { NonEmpty, Pull } from '../../src/core/model/evidence.js'
import type { Forge, PullNow } from '../../src/forge/port.js'
import { benchOf } from '../support/acting.js'
import { head, pull, SHA, STALE } from '../support/builders.js'
import { openFake } from '../support/fake-forge.js'

const ELSEWHERE = 'c'.repeat(40)

/** A forge that answers these lists, and each pull by itself. */
function forgeOf(answers: {
  readonly listsTips?: boolean
  readonly cheap?: readonly Pull[]
  readonly whole?: readonly Pull[]
  readonly each?: Readonly<Record<number, Partial<PullNow>>>
}): Forge {
  const { listsTips = false, cheap = [], whole, each = {} } = answers
  return {
    ...benchOf(openFake()).forge,
    listsTips,
    pullsOn: () => Promise.resolve(cheap),
    openPulls: () =>
      whole === undefined
        ? Promise.reject(new TypeError('the list of all is not asked for'))
        : Promise.resolve({ pulls: whole }),
    pull: number => Promise.resolve({ open: true, head: SHA, ...each[number] }),
  }
}

const judgedWith = (...pulls: NonEmpty<Pull>) => head({ rows: STALE, pulls })

describe('before a write', () => {
  it.each([
    {
      rule: 'every judged pull stands there',
      answers: { whole: [pull(7), pull(8), pull(9, { head: ELSEWHERE })] },
      now: { ok: true, value: [pull(7), pull(8)] },
    },
    {
      rule: 'a list of tips shows every judged pull',
      answers: { listsTips: true, whole: [pull(7), pull(8)] },
      now: { ok: true, value: [pull(7), pull(8)] },
    },
    {
      rule: 'a list of tips shows the second one elsewhere',
      answers: { listsTips: true, whole: [pull(7), pull(8, { head: ELSEWHERE })] },
      now: {
        ok: false,
        why: { code: 'head-moved', detail: 'pull request #8 now stands at cccccccccc' },
      },
    },
    {
      rule: 'a list of tips does not show the second one',
      answers: { listsTips: true, whole: [pull(7)] },
      now: { ok: false, why: { code: 'closed', detail: 'pull request #8 is no longer open' } },
    },
    {
      rule: 'as many as were judged, but another one among them',
      answers: { whole: [pull(7), pull(9)] },
      now: {
        ok: false,
        why: {
          code: 'changed-meanwhile',
          detail: 'other pull requests stand on this head now',
        },
      },
    },
  ])('$rule', async ({ answers, now }) => {
    expect(await pullsStillOnHead(forgeOf(answers), judgedWith(pull(7), pull(8)))).toEqual(now)
  })
})

const lost = (number: number) => ({
  ok: false,
  why: `the list of open pull requests does not show #${number}, which stands on this ` + 'commit',
})

describe('after a write', () => {
  it.each([
    {
      rule: 'a list that shows every judged pull decides',
      answers: { cheap: [pull(7), pull(8)] },
      now: { ok: true, value: { here: [pull(7), pull(8)] } },
    },
    {
      rule: 'one that was closed takes nothing from the other',
      answers: { cheap: [pull(7)], each: { 8: { open: false } } },
      now: { ok: true, value: { here: [pull(7)] } },
    },
    {
      rule: 'one that went on takes nothing from the other',
      answers: { cheap: [pull(7)], each: { 8: { head: ELSEWHERE } } },
      now: { ok: true, value: { here: [pull(7)] } },
    },
    {
      rule: 'only what a list hides is asked for by itself',
      answers: { cheap: [pull(7), pull(8)], each: { 7: { open: false } } },
      now: { ok: true, value: { here: [pull(7), pull(8)] } },
    },
    {
      rule: 'a list that hides a judged pull: that of all open pulls shows who stands there',
      answers: { cheap: [pull(7)], whole: [pull(7), pull(8), pull(9, { head: ELSEWHERE })] },
      now: { ok: true, value: { here: [pull(7), pull(8)] } },
    },
    {
      rule: 'and it may show one that nobody judged',
      answers: { cheap: [pull(7)], whole: [pull(7), pull(8), pull(9)] },
      now: {
        ok: true,
        value: { unjudged: 'pull request #9 stands on this head now, and was not judged' },
      },
    },
    {
      rule: 'one that both lists hide: nobody knows who else stands there',
      answers: { cheap: [pull(7)], whole: [pull(7)] },
      now: lost(8),
    },
    {
      rule: 'one that the list of all shows elsewhere, and itself here',
      answers: { cheap: [pull(7)], whole: [pull(7), pull(8, { head: ELSEWHERE })] },
      now: lost(8),
    },
    {
      rule: 'two that a list hides, and that of all shows one of them',
      answers: { cheap: [], whole: [pull(7), pull(9)] },
      now: lost(8),
    },
    {
      rule: 'one that targets another branch by now',
      answers: { cheap: [pull(7), pull(8, { base: 'release' })] },
      now: { ok: true, value: { unjudged: 'pull request #8 now targets release' } },
    },
  ])('$rule', async ({ answers, now }) => {
    expect(await standingNow(forgeOf(answers), judgedWith(pull(7), pull(8)))).toEqual(now)
  })
})
