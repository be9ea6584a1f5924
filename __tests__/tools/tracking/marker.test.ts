import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { markerOf, MOST_MARKS, readMark } from '../../../src/tools/tracking/marker.js'
import { holds } from '../../support/property.js'

const hostile = fc
  .array(fc.constantFrom('-->', '--', '<!--', '>', '&', '"', '\\', 'x', '\u202e'), {
    minLength: 1,
    maxLength: 8,
  })
  .map(parts => parts.join(''))
const word = fc.oneof(hostile, fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }))
const repair = fc.record({ key: word, cause: word, job: word })
const marks = fc.oneof(
  fc.constant({ kind: 'quiet' } as const),
  fc
    .tuple(repair, fc.array(repair, { maxLength: 5 }))
    .map(([first, more]) => ({ kind: 'repairs', repairs: [first, ...more] }) as const),
)

describe('the marker of a comment', () => {
  it('is read as it was written, below any text', () => {
    holds([marks, fc.string()], (mark, text) => {
      expect(readMark(`${text}\n\n${markerOf(mark)}`)).toEqual(mark)
    })
  })

  it('cannot be ended by what it holds, nor hold another', () => {
    holds([marks], mark => {
      const inside = markerOf(mark).slice('<!--'.length, -'-->'.length)
      expect(inside).not.toMatch(/--|<|>/)
    })
  })

  it('reading any text is total', () => {
    const near = fc
      .tuple(fc.json(), fc.string())
      .map(([json, text]) => `${text}<!-- umbrella-reaper/1 ${json} -->`)
    holds([fc.oneof(fc.string(), near)], body => {
      expect(() => readMark(body)).not.toThrow()
    })
  })

  const one = { key: 'a', cause: 'b', job: 'c' }
  const raw = (value: unknown): string => `<!-- umbrella-reaper/1 ${JSON.stringify(value)} -->`
  it.each([
    { rule: 'no marker', body: 'a comment' },
    { rule: 'a quoted one with text below it', body: `${raw({ kind: 'quiet' })}\nsaid he` },
    { rule: 'another version', body: '<!-- umbrella-reaper/2 {"kind":"quiet"} -->' },
    { rule: 'no repairs', body: raw({ kind: 'repairs', repairs: [] }) },
    { rule: 'a repair that is none', body: raw({ kind: 'repairs', repairs: [one, {}] }) },
    { rule: 'a number for a text', body: raw({ kind: 'repairs', repairs: [{ ...one, key: 1 }] }) },
    {
      rule: 'more repairs than a sweep can make',
      body: raw({ kind: 'repairs', repairs: Array.from({ length: MOST_MARKS + 1 }, () => one) }),
    },
    {
      rule: 'a text that is too long',
      body: raw({ kind: 'repairs', repairs: [{ ...one, job: 'x'.repeat(121) }] }),
    },
    { rule: 'no JSON', body: '<!-- umbrella-reaper/1 {kind} -->' },
    { rule: 'a list', body: '<!-- umbrella-reaper/1 [] -->' },
  ])('$rule: nothing of ours', ({ body }) => {
    expect(readMark(body)).toBeNull()
  })
})
