import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { elementsOf } from '../../../src/forge/gitea/json-array.js'
import { holds } from '../../support/property.js'

/** The elements of a text that counts as long. */
const read = (text: string): unknown => {
  const elements = elementsOf(Buffer.from(text), 0)
  return elements === null ? null : [...elements]
}

/** What `JSON.parse` says of a text: its array, `null` for anything else, or that it is no JSON. */
function expected(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : null
  } catch {
    return 'no JSON'
  }
}

/** The same of this reader: it leaves it to others to tell what no array is. */
function actual(text: string): unknown {
  try {
    return read(text) ?? (expected(text) === null ? null : 'no JSON')
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : error
  }
}

describe('the elements of a JSON array', () => {
  it.each([
    { rule: 'none', text: '[]' },
    { rule: 'none, with spaces', text: ' [ \n\t\r ] ' },
    { rule: 'one, that is no object', text: '[1]' },
    { rule: 'several of every kind', text: '[ 1 , "a" ,null,true,{"a":[1,{"b":2}]},[[],[3]] ]' },
    { rule: 'brackets, commas and quotes in a text', text: '["],[{\\"}\\\\","\\\\\\"",","]' },
    { rule: 'letters of several bytes', text: '["ü","漢,字]","\u{1f600}"]' },
  ])('$rule', ({ text }) => {
    expect(read(text)).toEqual(JSON.parse(text))
  })

  it.each(['', ' ', '{"a":[1]}', '"[1]"', 'null', '7', '\ufeff[1]'])('%j is no array', text => {
    expect(elementsOf(Buffer.from(text), 0)).toBeNull()
  })

  it.each(['', '{"a":[1]}', '"[1]"', 'null', '7'])('%j is none either as a whole', text => {
    expect(elementsOf(Buffer.from(text))).toBeNull()
  })

  it.each(['[]', ' [1, {"a":[2]}] '])('%j is one as a whole', text => {
    expect([...(elementsOf(Buffer.from(text)) ?? [])]).toEqual(JSON.parse(text))
  })

  it.each(['[1,]', '[1', '\ufeff[1]', ' '])('%j is no JSON as a whole', text => {
    expect(() => elementsOf(Buffer.from(text))).toThrow(SyntaxError)
  })

  it.each([
    { rule: 'a comma too many at the end', text: '[1,]' },
    { rule: 'one at the beginning', text: '[,1]' },
    { rule: 'one between', text: '[1,,2]' },
    { rule: 'nothing but a comma', text: '[,]' },
    { rule: 'no end', text: '[1' },
    { rule: 'no end behind a comma', text: '[1,' },
    { rule: 'nothing behind the bracket', text: '[' },
    { rule: 'spaces behind the bracket', text: '[  ' },
    { rule: 'a text without an end', text: '["a]' },
    { rule: 'a text that ends in a backslash', text: '["a\\' },
    { rule: 'another value behind it', text: '[1] 2' },
    { rule: 'a second array behind it', text: '[1][2]' },
    { rule: 'a space that JSON does not know behind it', text: '[1]\u00a0' },
    { rule: 'a bracket of the other kind', text: '[1}' },
    { rule: 'brackets that cross', text: '[{"a":[1}]]' },
    { rule: 'a bracket that closes what nothing opened', text: '[{]}, 1]' },
    { rule: 'two values without a comma', text: '[1 2]' },
  ])('$rule is no JSON', ({ text }) => {
    expect(() => read(text)).toThrow(SyntaxError)
    expect(expected(text)).toBe('no JSON')
  })

  it.each([
    { rule: 'one after the other in a long text', bytes: 64 * 1024, seen: 2 },
    { rule: 'all before the first in a short one', bytes: 64 * 1024 - 1, seen: 0 },
  ])('are parsed $rule', ({ bytes, seen }) => {
    const text = '[1,2,oh]'.padEnd(bytes)
    const found: unknown[] = []
    expect(() => {
      for (const element of elementsOf(Buffer.from(text)) ?? []) found.push(element)
    }).toThrow(SyntaxError)
    expect(found).toHaveLength(seen)
  })

  it('are those of JSON.parse, for every array', () => {
    holds([fc.array(fc.jsonValue()), fc.nat(3)], (values, indent) => {
      const text = JSON.stringify(values, null, indent)
      expect(read(text)).toEqual(JSON.parse(text))
    })
  })

  it('are no JSON exactly where JSON.parse says so, whatever is cut out and put in', () => {
    const mark = fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', ' ', '1', ':')
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(2), mark), { minLength: 1, maxLength: 3 })
    holds([fc.array(fc.jsonValue(), { maxLength: 4 }), edits], (values, all) => {
      let text = JSON.stringify(values)
      for (const [place, cut, put] of all) {
        const at = place % (text.length + 1)
        text = text.slice(0, at) + put + text.slice(at + cut)
      }
      expect(actual(text)).toEqual(expected(text))
    })
  })
})
