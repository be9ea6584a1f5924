import { describe, expect, it } from '@jest/globals'
import type { KnownValue, Shape, Value, ValueOrigin } from '../../src/workflow/value.js'
import {
  NotJudging,
  RUN_MARK,
  asText,
  concatenated,
  either,
  from,
  isTrue,
  literal,
  madeOf,
  requireJudgeable,
  shapeOf,
  shaped,
  truthOf,
  widestShape,
} from '../../src/workflow/value.js'

/** A value of which only the shape is known. */
const unknown = (shape: Shape | null, origin: ValueOrigin = 'results'): Value =>
  shaped(from(origin, `some ${origin}`), shape)

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at)

describe('what texts are made of', () => {
  it.each([
    { rule: 'digits, a sign and nothing at all', texts: ['1', '22', '-3', ''], shape: 'number' },
    { rule: 'digits and a word', texts: ['1', 'a'], shape: 'word' },
    { rule: 'digits behind a letter', texts: ['x1'], shape: 'word' },
    { rule: 'digits before a letter', texts: ['1x'], shape: 'word' },
    { rule: 'the signs of a path and an address', texts: ['a.b,c:/%@+=_-9'], shape: 'word' },
    { rule: 'facts of a run', texts: [RUN_MARK.api, RUN_MARK.token], shape: 'word' },
    { rule: 'one word and two', texts: ['a', 'b c'], shape: 'words' },
    { rule: 'a word behind a blank', texts: [' a'], shape: 'words' },
    { rule: 'a word before a blank', texts: ['a '], shape: 'words' },
    { rule: 'a word and what takes files', texts: ['a', '*'], shape: null },
    { rule: 'what a shell takes for a choice of letters', texts: ['a [b]'], shape: null },
    { rule: 'all of the needs with their outputs', texts: [RUN_MARK.needs], shape: null },
  ])('$rule: $shape', ({ texts, shape }) => {
    expect(shapeOf(literal(...texts))).toBe(shape)
  })

  it('a text that is not known has the shape that it is given, or none', () => {
    expect(shapeOf(unknown('json'))).toBe('json')
    expect(shapeOf(unknown(null))).toBeNull()
    expect(shaped(unknown('json'), null)).not.toHaveProperty('shape')
  })

  it.each<{ shapes: readonly (Shape | null)[]; shape: Shape | null }>([
    { shapes: ['number', 'number'], shape: 'number' },
    { shapes: ['number', 'word'], shape: 'word' },
    { shapes: ['words', 'number'], shape: 'words' },
    { shapes: ['json', 'json'], shape: 'json' },
    { shapes: ['json', 'word'], shape: null },
    { shapes: ['word', 'json', 'json'], shape: null },
    { shapes: [null, 'number'], shape: null },
    { shapes: ['json', null], shape: null },
  ])('either of $shapes is $shape', ({ shapes, shape }) => {
    expect(widestShape(shapes)).toBe(shape)
  })
})

describe('a value made of others', () => {
  it.each<{ rule: string; of: readonly ValueOrigin[]; what: string }>([
    { rule: 'no other', of: [], what: 'a literal' },
    { rule: 'a result', of: ['results'], what: 'some results' },
    { rule: 'the first of several', of: ['statuses', 'results'], what: 'some statuses' },
    { rule: 'the one that must not decide', of: ['results', 'own'], what: 'some own' },
    { rule: 'the first that must not decide', of: ['needs', 'other'], what: 'some needs' },
  ])('is named by $rule', ({ of, what }) => {
    const made = madeOf([literal('a'), ...of.map(one => unknown('word', one))], ['a', 'a'])
    expect(made).toEqual({ from: new Set(of), values: ['a'], what })
  })

  it('keeps sixteen values apart, and of more only what they are made of', () => {
    const made = (count: number): Value => madeOf([literal()], numbers(count))
    const what = 'a literal'
    expect(made(16)).toEqual({ from: new Set(), values: numbers(16), what })
    expect(made(17)).toEqual({ from: new Set(), values: null, what, shape: 'number' })
  })

  it.each([
    {
      rule: 'all that either can be, where both are known',
      one: () => literal('a', 'b'),
      other: () => from('results', 'r', ['b', 'c']),
      is: { from: new Set(['results']), values: ['a', 'b', 'c'], what: 'r' },
    },
    {
      rule: 'the wider shape, where the first is not known',
      one: () => unknown('number'),
      other: () => literal('a'),
      is: { from: new Set(['results']), values: null, what: 'some results', shape: 'word' },
    },
    {
      rule: 'the wider shape, where the second is not known',
      one: () => literal('a b'),
      other: () => unknown('number', 'own'),
      is: { from: new Set(['own']), values: null, what: 'some own', shape: 'words' },
    },
  ])('of two it is $rule', ({ one, other, is }) => {
    expect(either(one(), other())).toEqual(is)
  })
})

describe('two texts, one behind the other', () => {
  it('are every pair, where all are known', () => {
    expect(concatenated(literal('a', null), literal('b', true, ['c']))).toEqual({
      from: new Set(),
      values: ['ab', 'atrue', 'aArray', 'b', 'true', 'Array'],
      what: 'a literal',
    })
  })

  it.each([
    { rule: 'as long as may be', left: 50_000, right: 50_000, isKnown: true },
    { rule: 'of one letter more', left: 50_000, right: 50_001, isKnown: false },
  ])('$rule: known $isKnown', ({ left, right, isKnown }) => {
    const one = literal('a', 'a'.repeat(left))
    const made = concatenated(one, literal('b'.repeat(right), 'b'))
    expect(made.values === null).toBe(!isKnown)
    expect(shapeOf(made)).toBe('word')
  })

  it.each<{ left: string | null; right: string | null; shape: Shape | null }>([
    { left: '=', right: 'number', shape: 'number' },
    { left: 'number', right: '=', shape: 'number' },
    { left: '=a', right: 'number', shape: 'word' },
    { left: 'number', right: '=a', shape: 'word' },
    { left: 'number', right: 'number', shape: 'word' },
    { left: '= ', right: 'number', shape: 'words' },
    { left: 'number', right: '= ', shape: 'words' },
    { left: 'word', right: '=*', shape: null },
    { left: 'word', right: null, shape: null },
    { left: '=  ', right: 'json', shape: 'json' },
    { left: 'json', right: '=\n\n', shape: 'json' },
    { left: '=a ', right: 'json', shape: null },
    { left: '= a', right: 'json', shape: null },
    { left: 'json', right: '= a', shape: null },
    { left: 'json', right: '=a ', shape: null },
    { left: 'json', right: '=a', shape: null },
    { left: '=a', right: 'json', shape: null },
    { left: 'json', right: 'json', shape: null },
  ])('"$left" before "$right" is of the shape $shape', ({ left, right, shape }) => {
    // A text that stands in the file is written behind an equals sign.
    const valueOf = (side: string | null): Value =>
      side?.startsWith('=') === true ? literal(side.slice(1)) : unknown(side as Shape | null)
    const made = concatenated(valueOf(left), valueOf(right))
    expect(made.values).toBeNull()
    expect(made.shape ?? null).toBe(shape)
  })

  it('a text that may be empty takes nothing for granted', () => {
    expect(concatenated(literal('', 'a'), unknown('number')).shape).toBe('word')
    expect(concatenated(unknown('number'), literal('', 'a')).shape).toBe('word')
  })
})

describe('what a value is', () => {
  it.each<{ value: KnownValue; text: string; is: boolean }>([
    { value: null, text: '', is: false },
    { value: '', text: '', is: false },
    { value: 0, text: '0', is: false },
    { value: false, text: 'false', is: false },
    { value: true, text: 'true', is: true },
    { value: 1, text: '1', is: true },
    { value: '0', text: '0', is: true },
    { value: 'false', text: 'false', is: true },
    { value: [], text: 'Array', is: true },
  ])('$value is the text "$text" and as a condition $is', ({ value, text, is }) => {
    expect(asText(value)).toBe(text)
    expect(isTrue(value)).toBe(is)
    expect(truthOf(literal(value))).toEqual({ yes: is, no: !is })
  })

  it('of several values, or of one that is not known, both may be', () => {
    expect(truthOf(literal('', 'a'))).toEqual({ yes: true, no: true })
    expect(truthOf(unknown('word'))).toEqual({ yes: true, no: true })
  })

  it.each(['needs', 'own', 'other'] as const)('%s must not decide', origin => {
    const ask = (): void => {
      requireJudgeable(unknown('word', origin), 'the condition of a')
    }
    expect(ask).toThrow(NotJudging)
    expect(ask).toThrow(new Error(`the condition of a reads some ${origin}`))
  })

  it('what stands in the file, a result and a status may', () => {
    for (const value of [literal('a'), unknown('word'), unknown(null, 'statuses')])
      expect(() => {
        requireJudgeable(value, 'x')
      }).not.toThrow()
  })
})
