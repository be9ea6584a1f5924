import { describe, expect, it } from '@jest/globals'
import { basesAsked, isCandidate, isGreenAtSight } from '../../../src/core/rules/candidate.js'
import { minutes } from '../../../src/core/model/time.js'
import type { HeadChange } from '../../support/builders.js'
import { BASE_SHA, gap, head, policy, pull, STALE, staleBut } from '../../support/builders.js'

describe('what is worth a look at its history', () => {
  it.each<{ readonly rule: string; readonly seen: HeadChange; readonly is: boolean }>([
    { rule: 'red by Actions', seen: { rows: STALE }, is: true },
    { rule: 'green by Actions', seen: { rows: [...STALE, 'R1 umbrella success'] }, is: false },
    { rule: 'red by a person', seen: { rows: [...STALE, '@alice umbrella failure'] }, is: false },
    { rule: 'green by a person', seen: { rows: [...STALE, '@alice umbrella success'] }, is: false },
    {
      rule: 'green by us: looked at again',
      seen: { rows: [...STALE, 'us green 9 1 aaaa'] },
      is: true,
    },
    { rule: 'pending by us', seen: { rows: [...STALE, 'us undo 9 1 aaaa pending'] }, is: true },
    {
      rule: 'no umbrella',
      seen: { rows: STALE.filter(line => !line.includes('umbrella')) },
      is: false,
    },
    {
      rule: 'pending by Actions, without job rows',
      seen: { rows: [...STALE, 'R1 umbrella running'] },
      is: false,
    },
    {
      rule: 'pending by Actions, with job rows',
      seen: { grade: 'jobs', rows: [...STALE, 'R1 umbrella running'] },
      is: true,
    },
    {
      rule: 'pending by a person, with job rows',
      seen: { grade: 'jobs', rows: [...STALE, '@alice umbrella pending'] },
      is: false,
    },
    {
      rule: 'a red job under a green umbrella',
      seen: { rows: ['R1 Test failure', 'R1 umbrella success'] },
      is: false,
    },
    {
      rule: 'red by Actions beside a green one, where two rows can stand',
      seen: { version: '1.27.0', rows: [...STALE, '@alice umbrella success'], latest: all => all },
      is: false,
    },
  ])('$rule: $is, whether its history was read or not', ({ seen, is }) => {
    expect(isCandidate(policy(), head(seen))).toBe(is)
    expect(isCandidate(policy(), head({ ...seen, history: null }))).toBe(is)
  })

  it('pending counts once it is as old as any repair must be', () => {
    const evidence = head({ grade: 'jobs', rows: [...STALE, 'R1 umbrella running'] })
    const [row] = evidence.latest.filter(({ context }) => context === policy().umbrella)
    const age = evidence.observedAt - (row?.createdAt ?? 0)
    expect(age).toBeGreaterThan(minutes(5))
    const asked = (minAge: number): boolean =>
      isCandidate(policy({ minAge: minAge as ReturnType<typeof minutes> }), evidence)
    expect([asked(age - 1), asked(age), asked(age + 1)]).toEqual([true, true, false])
  })
})

describe('what is green at first sight', () => {
  const green = ['R1 Test success', 'R1 umbrella success']
  it.each<{ readonly rule: string; readonly seen: HeadChange; readonly is: boolean }>([
    { rule: 'green by Actions', seen: { rows: green }, is: true },
    { rule: 'green by a person', seen: { rows: ['@alice umbrella success'] }, is: true },
    { rule: 'a red job beside it', seen: { rows: [...green, 'R1 Lint failure'] }, is: true },
    { rule: 'red', seen: { rows: STALE }, is: false },
    { rule: 'pending', seen: { rows: ['R1 umbrella running'] }, is: false },
    { rule: 'no umbrella', seen: { rows: ['R1 Test success'] }, is: false },
    { rule: 'nothing', seen: { rows: [] }, is: false },
    { rule: 'green by us', seen: { rows: [...STALE, 'us green 9 1 aaaa'] }, is: false },
    { rule: 'a gap of the head', seen: { rows: green, gaps: [gap(null)] }, is: false },
    {
      rule: 'a gap of a context that does not count',
      seen: { rows: green, gaps: [gap('other')] },
      is: false,
    },
    {
      rule: 'a state nobody knows',
      seen: { rows: [...green, '@alice CI / Test (pull_request) unknown'] },
      is: false,
    },
    {
      rule: 'two rows of it',
      seen: { version: '1.27.0', rows: [...green, '@alice umbrella success'], latest: all => all },
      is: false,
    },
  ])('$rule: $is', ({ seen, is }) => {
    expect(isGreenAtSight(policy(), head({ ...seen, history: null }))).toBe(is)
  })

  it('is nothing whose history was read', () => {
    expect(isGreenAtSight(policy(), head({ rows: green }))).toBe(false)
  })
})

describe('base commits that would explain a refusal', () => {
  const based = pull(7, { baseSha: BASE_SHA })
  it.each<{ readonly rule: string; readonly seen: HeadChange; readonly asked: readonly string[] }>([
    {
      rule: 'one required job failed, and one that nobody requires',
      seen: {
        rows: [...staleBut('R1 Test success', 'R1 Test failure'), 'R1 Docs failure'],
        pulls: [based],
      },
      asked: [BASE_SHA],
    },
    {
      rule: 'one required job failed',
      seen: { rows: staleBut('R1 Test success', 'R1 Test failure'), pulls: [based] },
      asked: [BASE_SHA],
    },
    { rule: 'nothing failed', seen: { rows: STALE, pulls: [based] }, asked: [] },
    {
      rule: 'the base is not known',
      seen: {
        rows: staleBut('R1 Test success', 'R1 Test failure'),
        pulls: [pull(7, { baseSha: '' })],
      },
      asked: [],
    },
    {
      rule: 'the umbrella is green',
      seen: {
        rows: [...staleBut('R1 Test success', 'R1 Test failure'), 'R1 umbrella success'],
        pulls: [based],
      },
      asked: [],
    },
    {
      rule: 'there is no umbrella',
      seen: { rows: ['R1 Lint success', 'R1 Test failure'], pulls: [based] },
      asked: [],
    },
  ])('$rule', ({ seen, asked }) => {
    expect(basesAsked(policy(), head(seen))).toEqual(asked)
  })
})
