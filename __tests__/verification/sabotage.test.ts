import { describe, expect, it } from '@jest/globals'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { placesOf } from '../../verification/sabotage/code-text.js'
import { applied } from '../../verification/sabotage/mutation.js'
import { MUTATIONS } from '../../verification/sabotage/mutations.js'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What the suite was first asked to catch. */
const ASKED = [
  'second-look',
  'older-run-row',
  'older-row-above-end',
  'pending-above',
  'jobs-by-name',
  'shared-head-one-pull',
  'creator-alone',
  'bare-pending',
  'umbrella-only-look-back',
  'skipped-is-success',
  'first-page-only',
]

describe('the list of mutations', () => {
  it.each(MUTATIONS)(
    '$name still fits the sources, and is watched by tests that exist',
    mutation => {
      const source = readFileSync(join(root, mutation.file), 'utf8')
      expect(applied(mutation, source)).not.toBe(source)
      for (const suite of mutation.watch)
        expect([suite, existsSync(join(root, '__tests__', `${suite}.test.ts`))]).toEqual([
          suite,
          true,
        ])
    },
  )

  it('names no mutation twice and forgets none', () => {
    const names = MUTATIONS.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(ASKED.filter(name => !names.includes(name))).toEqual([])
  })

  it.each([
    { rule: 'on one line or on three', find: 'f(a, b)', source: 'f(\n  a,\n  b,\n)' },
    { rule: 'in either quotes', find: "say('it\\'s')", source: 'say("it\'s")' },
    { rule: 'with its text broken in two', find: "'one two'", source: "'one ' +\n  'two'" },
  ])('finds code $rule', ({ find, source }) => {
    expect(placesOf(`x ${source} y`, find)).toEqual([{ start: 2, end: source.length + 2 }])
  })

  it('does not take a part of a word, or other signs, for the code', () => {
    expect(placesOf('abc', 'ab')).toEqual([])
    expect(placesOf('a - b', 'a + b')).toEqual([])
    expect(placesOf('a', '')).toEqual([])
  })

  it('refuses a text that stands nowhere or twice', () => {
    const mutation = {
      name: 'x',
      breaks: '',
      file: 'x.ts',
      find: 'a',
      put: 'b',
      watch: ['act'],
    } as const
    expect(() => applied(mutation, 'c')).toThrow('nowhere')
    expect(() => applied(mutation, 'a a')).toThrow('2 times')
    expect(applied(mutation, 'a $& a$')).toBe('b $& a$')
  })
})
