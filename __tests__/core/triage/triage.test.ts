import { describe, expect, it } from '@jest/globals'
import { readsLeft } from '../../../src/core/triage/reads-left.js'
import type { Alarms } from '../../../src/core/triage/triage.js'
import { triage } from '../../../src/core/triage/triage.js'
import { minutes } from '../../../src/core/model/time.js'
import type { Policy } from '../../../src/core/model/policy.js'
import type { HeadChange } from '../../support/builders.js'
import { checkPolicy, checksHead } from '../../support/check-builders.js'
import { BASE_SHA, gap, head, policy, pull, STALE, staleBut } from '../../support/builders.js'

/** What a preview of this head is enough for: a reason for a skip, or what must follow. */
function decided(
  seen: HeadChange,
  asked: Partial<Policy> = {},
  { read = false, alarms }: { readonly read?: boolean; readonly alarms?: Alarms } = {},
): string {
  const evidence = head({ ...seen, history: null })
  const rows = read ? head(seen).history : null
  const found = triage(policy(asked), { evidence, rows }, alarms)
  return found.kind === 'skip' ? found.reason : found.kind
}

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
  ])('$rule: $is', ({ seen, is }) => {
    expect(decided(seen) === 'study').toBe(is)
  })

  it.each([
    { rule: 'the newest run left it red', rows: ['R1 Test failure', 'R1 umbrella success'] },
    {
      rule: 'and another one green',
      rows: ['R1 Lint success', 'R1 Test failure', 'R1 umbrella success'],
    },
    {
      rule: 'an older run landed its red late',
      rows: ['R2 Test success', 'R2 umbrella success', 'R1 Test failure'],
      is: 'umbrella-green',
    },
    {
      rule: 'the newest run left the umbrella alone red',
      rows: [
        ...['R1 Test failure', 'R2 Test success', 'R2 umbrella failure'],
        'R1 umbrella success',
      ],
      is: 'umbrella-green',
    },
    {
      rule: 'nothing is red',
      rows: ['R1 Test success', 'R1 umbrella success'],
      is: 'umbrella-green',
    },
    {
      rule: 'an older run did, and the newest not',
      rows: ['R1 Test failure', 'R2 Test success', 'R2 umbrella success'],
      is: 'umbrella-green',
    },
  ])('a job beside a green umbrella, by all rows: $rule', ({ rows, is = 'study' }) => {
    expect(decided({ rows }, {}, { read: true })).toBe(is)
    expect(decided({ rows })).toBe('umbrella-green')
  })

  it('a red job beside a pending umbrella makes no false green', () => {
    const rows = ['R1 Test failure', 'R1 umbrella running']
    expect(decided({ rows }, {}, { read: true })).toBe('umbrella-pending')
  })

  it.each<{
    readonly rule: string
    readonly alarms: Alarms
    readonly seen: HeadChange
    readonly read?: boolean
    readonly is: string
  }>([
    {
      rule: 'a red job in hand where nobody asks for alarms',
      alarms: 'off',
      seen: { rows: ['R1 Test failure', 'R1 umbrella success'] },
      is: 'umbrella-green',
    },
    {
      rule: 'all rows in hand are green, and rows are all there is',
      alarms: 'deep',
      seen: { rows: ['R1 Test success', 'R1 umbrella success'] },
      is: 'umbrella-green',
    },
    {
      rule: 'only the umbrella was red before',
      alarms: 'deep',
      seen: { rows: ['R1 Test success', 'R1 umbrella failure', 'R1 umbrella success'] },
      is: 'umbrella-green',
    },
    {
      rule: 'any red row in hand is looked at',
      alarms: 'deep',
      seen: { rows: ['R1 Test failure', 'R2 Test success', 'R2 umbrella success'] },
      is: 'study',
    },
    {
      rule: 'rows that are not in hand are read',
      alarms: 'deep',
      seen: { rows: ['R1 Test success', 'R1 umbrella success'] },
      read: false,
      is: 'study',
    },
    {
      rule: 'a job may know of a failure whose row was lost',
      alarms: 'deep',
      seen: { grade: 'jobs', rows: ['R1 Test success', 'R1 umbrella success'] },
      is: 'study',
    },
  ])('a green umbrella, looking for false ones: $alarms: $rule', one => {
    const { alarms, seen, read = true, is } = one
    expect(decided(seen, {}, { read, alarms })).toBe(is)
  })

  it.each<{
    readonly rule: string
    readonly legs: readonly string[]
    readonly alarms?: Alarms
    readonly is: string
  }>([
    { rule: 'every green one is read', legs: ['R1 all-required success'], is: 'study' },
    {
      rule: 'none is where that is to cost next to nothing',
      legs: ['R1 all-required success'],
      alarms: 'cheap',
      is: 'umbrella-green',
    },
    {
      rule: 'what another app says against it is refused on sight',
      legs: ['R1 all-required success', 'codecov all-required failure'],
      is: 'judge',
    },
    {
      rule: 'a job that goes on is waited for',
      legs: ['R1 all-required success', 'R2 all-required open'],
      is: 'umbrella-pending',
    },
  ])('check runs, looking for false greens: $rule', ({ legs, alarms = 'deep', is }) => {
    const preview = { evidence: checksHead({ legs, studied: false }), rows: null }
    const found = triage(checkPolicy(), preview, alarms)
    expect(found.kind === 'skip' ? found.reason : found.kind).toBe(is)
  })

  it('pending counts once it is as old as any repair must be', () => {
    const evidence = head({ grade: 'jobs', rows: [...STALE, 'R1 umbrella running'] })
    const [row] = evidence.latest.filter(({ context }) => context === policy().umbrella)
    const age = evidence.observedAt - (row?.createdAt ?? 0)
    expect(age).toBeGreaterThan(minutes(5))
    const asked = (minAge: number): string =>
      decided(
        { grade: 'jobs', rows: [...STALE, 'R1 umbrella running'] },
        { minAge: minAge as ReturnType<typeof minutes> },
      )
    expect([asked(age - 1), asked(age), asked(age + 1)]).toEqual([
      'study',
      'study',
      'umbrella-pending',
    ])
  })
})

describe('what is left alone by its preview', () => {
  const green = ['R1 Test success', 'R1 umbrella success']
  it.each<{ readonly rule: string; readonly seen: HeadChange; readonly is: string }>([
    { rule: 'green by Actions', seen: { rows: green }, is: 'umbrella-green' },
    {
      rule: 'green by a person',
      seen: { rows: ['@alice umbrella success'] },
      is: 'umbrella-green',
    },
    {
      rule: 'a red job beside it',
      seen: { rows: [...green, 'R1 Lint failure'] },
      is: 'umbrella-green',
    },
    { rule: 'red', seen: { rows: STALE }, is: 'study' },
    { rule: 'red by a person', seen: { rows: ['@alice umbrella failure'] }, is: 'judge' },
    { rule: 'pending', seen: { rows: ['R1 umbrella running'] }, is: 'umbrella-pending' },
    { rule: 'no umbrella', seen: { rows: ['R1 Test success'] }, is: 'umbrella-missing' },
    { rule: 'nothing', seen: { rows: [] }, is: 'umbrella-missing' },
    { rule: 'green by us', seen: { rows: [...STALE, 'us green 9 1 aaaa'] }, is: 'study' },
    { rule: 'a gap of the head', seen: { rows: green, gaps: [gap(null)] }, is: 'judge' },
    {
      rule: 'a gap of a context that may not count',
      seen: { rows: green, gaps: [gap('other')] },
      is: 'judge',
    },
    { rule: 'a gap beside no umbrella', seen: { rows: [], gaps: [gap(null)] }, is: 'judge' },
    {
      rule: 'a state nobody knows',
      seen: { rows: [...green, '@alice CI / Test (pull_request) unknown'] },
      is: 'judge',
    },
    {
      rule: 'two green rows of it',
      seen: { version: '1.27.0', rows: [...green, '@alice umbrella success'], latest: all => all },
      is: 'umbrella-green',
    },
  ])('$rule: $is', ({ seen, is }) => {
    expect(decided(seen)).toBe(is)
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
    {
      rule: 'two required jobs failed: no base commit would explain both',
      seen: {
        rows: [...staleBut('R1 Test success', 'R1 Test failure'), 'R1 Lint failure'],
        pulls: [based],
      },
      asked: [],
    },
    { rule: 'nothing failed', seen: { rows: STALE, pulls: [based] }, asked: [] },
    {
      rule: 'the base is not known',
      seen: {
        rows: staleBut('R1 Test success', 'R1 Test failure'),
        pulls: [pull(7, { baseSha: null })],
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
    expect(readsLeft(policy(), head(seen)).bases).toEqual(asked)
  })
})
