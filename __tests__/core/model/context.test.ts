import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  distance,
  faultOfPattern,
  isPattern,
  matches,
  matchesAny,
  nearestTo,
  suffixOf,
} from '../../../src/core/model/context.js'
import { holds } from '../../support/property.js'

describe('globs', () => {
  it.each([
    { entry: 'CI / a', context: 'CI / a', match: true },
    { entry: 'CI / a', context: 'ci / a', match: false },
    { entry: 'CI / a', context: 'CI / ab', match: false },
    { entry: 'CI / *', context: 'CI / a/b', match: true },
    { entry: 'CI / *', context: 'CI / ', match: true },
    { entry: '*', context: '', match: true },
    { entry: '?', context: '', match: false },
    { entry: 'CI / ?', context: 'CI / a', match: true },
    { entry: 'CI / ?', context: 'CI / ab', match: false },
    { entry: '?', context: '🙂', match: true },
    { entry: 'a*b*c', context: 'a1b2b3c', match: true },
    { entry: 'a*b*c', context: 'a1c2b', match: false },
    { entry: 'a**b', context: 'ab', match: true },
    { entry: '*x', context: 'xax', match: true },
    { entry: 'Go (1.*)', context: 'Go (1.22)', match: true },
    { entry: '[ab]', context: 'a', match: false },
    { entry: '[ab]', context: '[ab]', match: true },
    { entry: '{a,b}*', context: '{a,b}c', match: true },
    { entry: 'a.c', context: 'abc', match: false },
    { entry: '\\*', context: '*', match: false },
    { entry: '^a$*', context: 'a', match: false },
    { entry: 'a*', context: 'b', match: false },
    { entry: '', context: '', match: true },
    { entry: '', context: 'a', match: false },
  ])('"$entry" against "$context": $match', ({ entry, context, match }) => {
    expect(matches(entry, context)).toBe(match)
  })

  it('an entry always matches the context it equals', () => {
    holds([fc.string()], text => matches(text, text))
  })

  it('agrees with a regular expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 10 })
    holds(
      [letters, fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 })],
      (entry, context) => {
        const source = Array.from(entry, letter =>
          letter === '*' ? '.*' : letter === '?' ? '.' : letter,
        ).join('')
        expect(matches(entry, context)).toBe(new RegExp(`^${source}$`, 's').test(context))
      },
    )
  })

  it('a hostile pattern ends in linear steps', () => {
    expect(matches(`${'*a'.repeat(2000)}b`, 'a'.repeat(20_000))).toBe(false)
  })

  it('an empty list names nothing', () => {
    expect(matchesAny([], 'a')).toBe(false)
    expect(matchesAny(['b', 'a*'], 'ab')).toBe(true)
  })

  it('only * and ? make a pattern', () => {
    expect(['a*', '?', '[a]', '{a}', '\\', 'a'].map(isPattern)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  it.each([
    { entry: '[', fault: true },
    { entry: ']', fault: true },
    { entry: '][', fault: true },
    { entry: '{a', fault: true },
    { entry: 'a}', fault: true },
    { entry: 'a\\', fault: true },
    { entry: 'a\u0000b', fault: true },
    { entry: 'a\tb', fault: true },
    { entry: '[a]{b}*', fault: false },
    { entry: 'a\\b', fault: false },
    { entry: '[a][b]', fault: false },
    { entry: '🙂', fault: false },
  ])('"$entry" is at fault: $fault', ({ entry, fault }) => {
    expect(faultOfPattern(entry) !== null).toBe(fault)
  })

  it.each([
    { entry: 'a\tb', says: 'holds a control character' },
    { entry: 'a\\', says: 'ends in a backslash' },
    { entry: '[', says: 'has an unbalanced []' },
    { entry: 'a}', says: 'has an unbalanced {}' },
  ])('says what is wrong: $says', ({ entry, says }) => {
    expect(faultOfPattern(entry)).toBe(says)
  })
})

describe('suffixes', () => {
  it.each([
    { context: 'CI / a (pull_request)', suffix: ' (pull_request)' },
    { context: 'CI / a (1.22) (push)', suffix: ' (push)' },
    { context: 'CI / a', suffix: '' },
    { context: 'CI / a (Go 1)', suffix: '' },
    { context: 'CI / a (push) b', suffix: '' },
    { context: 'CI / a(push)', suffix: '' },
    { context: '/ a (pull_request_target)', suffix: ' (pull_request_target)' },
  ])('of "$context" is "$suffix"', ({ context, suffix }) => {
    expect(suffixOf(context)).toBe(suffix)
  })
})

describe('the distance of two texts', () => {
  it.each([
    { one: '', other: '', changes: 0 },
    { one: '', other: 'abc', changes: 3 },
    { one: 'abc', other: '', changes: 3 },
    { one: 'abc', other: 'abc', changes: 0 },
    { one: 'abc', other: 'axc', changes: 1 },
    { one: 'abc', other: 'abcd', changes: 1 },
    { one: 'abcd', other: 'bcd', changes: 1 },
    { one: 'dryrun', other: 'dry-run', changes: 1 },
    { one: 'kitten', other: 'sitting', changes: 3 },
    { one: 'ab', other: 'ba', changes: 2 },
  ])('from "$one" to "$other" is $changes', ({ one, other, changes }) => {
    expect(distance(one, other)).toBe(changes)
  })
})

describe('a name that may have been misspelt', () => {
  it.each<{
    readonly rule: string
    readonly name: string
    readonly known: readonly string[]
    readonly meant: readonly string[]
  }>([
    {
      rule: 'the nearest comes first',
      name: 'required',
      known: ['requir', 'require'],
      meant: ['require', 'requir'],
    },
    {
      rule: 'whatever the order in which they are known',
      name: 'required',
      known: ['require', 'requir'],
      meant: ['require', 'requir'],
    },
    { rule: 'none that is further off', name: 'required', known: ['requi'], meant: [] },
    {
      rule: 'at most two, and of equal ones the first by name',
      name: 'Lint',
      known: ['Lints', 'lint', 'Lin'],
      meant: ['Lin', 'Lints'],
    },
    {
      rule: 'the same from the other side',
      name: 'Lint',
      known: ['Lin', 'lint', 'Lints'],
      meant: ['Lin', 'Lints'],
    },
    { rule: 'one letter of a short name', name: 'ab', known: ['a', 'xyz'], meant: ['a'] },
    { rule: 'two letters of five are too many', name: 'Tests', known: ['Text'], meant: [] },
    { rule: 'nothing is known', name: 'Lint', known: [], meant: [] },
  ])('$rule', ({ name, known, meant }) => {
    expect(nearestTo(name, known)).toEqual(meant)
  })
})
