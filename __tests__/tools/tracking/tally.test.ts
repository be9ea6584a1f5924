import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { hours } from '../../../src/core/model/time.js'
import type { Instant } from '../../../src/core/model/time.js'
import type { IssueComment } from '../../../src/forge/tracker.js'
import { markerOf } from '../../../src/tools/tracking/marker.js'
import type { RepairMark } from '../../../src/tools/tracking/marker.js'
import { countOf, leadingCause, tallyOf } from '../../../src/tools/tracking/tally.js'
import { ordinal } from '../../../src/tools/tracking/wording.js'
import { holds } from '../../support/property.js'

const NOW = Date.parse('2026-11-27T12:00:00Z') as Instant
const daysAgo = (days: number): Instant => (NOW - hours(24 * days)) as Instant
const OURS = ['reaper']
const mark = (key: string, cause = 'lost-runner', job = 'CI / all-required'): RepairMark => ({
  key,
  cause,
  job,
})
const repaired = (days: number, ...[first, ...more]: [RepairMark, ...RepairMark[]]) =>
  said(days, markerOf({ kind: 'repairs', repairs: [first, ...more] }))
const said = (days: number, body: string, author: string | null = 'reaper'): IssueComment => ({
  id: 1000 - days,
  author,
  body,
  createdAt: daysAgo(days),
})
const quiet = (days: number): IssueComment => said(days, markerOf({ kind: 'quiet' }))
const issueOf = (days: number) => ({
  number: 7,
  open: true,
  locked: false,
  isPull: false,
  createdAt: daysAgo(days),
  comments: 1,
  at: NOW,
})

const count = (
  done: readonly RepairMark[],
  comments: readonly IssueComment[],
  { age = 100, whole = true, known = true } = {},
) =>
  countOf(done, tallyOf(comments, OURS, NOW), {
    issue: issueOf(age),
    now: NOW,
    whole,
    known,
  })

describe('what is counted, and what is told next', () => {
  it.each([
    {
      rule: 'the first repair is told, and counts as one',
      counted: count([mark('a')], []),
      is: { recent: 1, daysSinceLast: 0, raise: null, next: { kind: 'repairs', recent: 1 } },
    },
    {
      rule: 'the third in 14 days raises the cause',
      counted: count([mark('c', 'x')], [repaired(3, mark('a')), repaired(9, mark('b'))]),
      is: {
        recent: 3,
        raise: { cause: 'lost-runner', count: 2, of: 3 },
        next: { kind: 'repairs', raise: { cause: 'lost-runner' } },
      },
    },
    {
      rule: 'one of 15 days ago counts no more',
      counted: count([mark('c')], [repaired(3, mark('a')), repaired(15, mark('b'))]),
      is: { recent: 2, raise: null },
    },
    {
      rule: 'a repair that was told is not told again',
      counted: count([mark('a')], [repaired(3, mark('a'))]),
      is: { next: null, recent: 1, daysSinceLast: 3 },
    },
    {
      rule: 'of two only the one that was not told',
      counted: count([mark('a'), mark('b')], [repaired(3, mark('a'))]),
      is: { next: { repairs: [{ key: 'b' }] }, recent: 2 },
    },
    {
      rule: "a stranger's marker counts for nothing",
      counted: count([], [{ ...repaired(3, mark('a')), author: 'mallory' }], { age: 1 }),
      is: { next: null, recent: 0, daysSinceLast: null },
    },
    {
      rule: 'a writer that is gone is nobody',
      counted: count([], [{ ...repaired(3, mark('a')), author: null }], { age: 1 }),
      is: { recent: 0 },
    },
    {
      rule: 'logins are the same in any case',
      counted: count([], [{ ...repaired(3, mark('a')), author: 'Reaper' }]),
      is: { recent: 1 },
    },
    {
      rule: '14 quiet days since the last repair propose to close',
      counted: count([], [repaired(14, mark('a'))]),
      is: { next: { kind: 'quiet', days: 14 }, daysSinceLast: 14 },
    },
    {
      rule: '13 do not',
      counted: count([], [repaired(13, mark('a'))]),
      is: { next: null, daysSinceLast: 13 },
    },
    {
      rule: 'without any repair the issue itself tells since when it is quiet',
      counted: count([], [], { age: 14 }),
      is: { next: { kind: 'quiet', days: 14 }, daysSinceLast: null },
    },
    {
      rule: 'a young issue is left alone',
      counted: count([], [], { age: 13 }),
      is: { next: null },
    },
    {
      rule: 'closing is proposed once',
      counted: count([], [repaired(40, mark('a')), quiet(26)]),
      is: { next: null },
    },
    {
      rule: 'and again after the next repair',
      counted: count([], [quiet(26), repaired(20, mark('a'))]),
      is: { next: { kind: 'quiet', days: 20 } },
    },
    {
      rule: 'never where comments of ours may not have been read',
      counted: count([], [], { age: 99, whole: false }),
      is: { next: null },
    },
    {
      rule: 'of two comments of one second the later by its id is the last word',
      counted: count(
        [],
        [
          { ...quiet(20), id: 2 },
          { ...repaired(20, mark('a')), id: 1 },
        ],
      ),
      is: { next: null },
    },
    {
      rule: 'where it is not known which comments are ours, a repair is told and not counted',
      counted: count([mark('a')], [], { known: false }),
      is: {
        recent: null,
        raise: null,
        daysSinceLast: 0,
        next: { kind: 'repairs', recent: null, raise: null },
      },
    },
    {
      rule: 'never by a sweep that repaired something',
      counted: count([mark('a')], [repaired(20, mark('a'))]),
      is: { next: null },
    },
  ])('$rule', ({ counted, is }) => {
    expect(counted).toMatchObject(is)
  })

  it.each([
    { rule: "another's marker is foreign", author: 'mallory', body: markerOf({ kind: 'quiet' }) },
    { rule: 'one of a writer that is gone too', author: null, body: markerOf({ kind: 'quiet' }) },
    { rule: 'our own is not', author: 'reaper', body: markerOf({ kind: 'quiet' }), is: false },
    { rule: 'nor is any other text', author: 'mallory', body: 'me too', is: false },
  ])('$rule', ({ author, body, is = true }) => {
    expect(tallyOf([said(3, body, author)], OURS, NOW).foreign).toBe(is)
  })

  it('of causes that are as frequent the newest leads', () => {
    expect(leadingCause([mark('a', 'x'), mark('b', 'y')], 3)).toMatchObject({
      cause: 'y',
      count: 1,
    })
  })

  it('no sequence of sweeps tells a repair twice, or proposes twice without one between', () => {
    const sweeps = fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 20 }),
        keys: fc.array(fc.constantFrom('a', 'b', 'c')),
      }),
      { maxLength: 12 },
    )
    holds([sweeps], all => {
      const comments: IssueComment[] = []
      const told: string[] = []
      let [now, last]: [number, string | null] = [NOW, null]
      for (const { gap, keys } of all) {
        now += hours(24) * gap
        const at = now as Instant
        const { next } = countOf(
          keys.map(key => mark(key)),
          tallyOf(comments, OURS, at),
          {
            issue: issueOf(0),
            now: at,
            whole: true,
            known: true,
          },
        )
        if (next === null) continue
        if (next.kind === 'quiet') expect(last).not.toBe('quiet')
        last = next.kind
        const body = markerOf(
          next.kind === 'quiet' ? next : { kind: 'repairs', repairs: next.repairs },
        )
        comments.push({ id: comments.length + 1, author: 'reaper', body, createdAt: at })
        if (next.kind === 'repairs') told.push(...new Set(next.repairs.map(({ key }) => key)))
      }
      expect(new Set(told).size).toBe(told.length)
    })
  })

  it.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [4, '4th'],
    [11, '11th'],
    [12, '12th'],
    [21, '21st'],
    [113, '113th'],
  ])('%d is told as %s', (number, text) => {
    expect(ordinal(number)).toBe(text)
  })
})
