import { describe, expect, it } from '@jest/globals'
import { basesAsked, isCandidate } from '../../../src/core/rules/candidate.js'
import { minutes } from '../../../src/core/model/time.js'
import type { HeadChange } from '../../support/builders.js'
import { BASE_SHA, head, policy, pull, STALE, staleBut } from '../../support/builders.js'

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
  ])('$rule: $is', ({ seen, is }) => {
    expect(isCandidate(policy(), head(seen))).toBe(is)
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
