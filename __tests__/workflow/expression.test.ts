import { describe, expect, it } from '@jest/globals'
import type { Expression } from '../../src/workflow/expression.js'
import {
  parseCondition,
  parseTemplate,
  partsOf,
  splitTemplate,
} from '../../src/workflow/expression.js'

const literal = (value: string | number | boolean | null): Expression => ({
  kind: 'literal',
  value,
})
const path = (...names: readonly string[]): Expression => ({ kind: 'path', names })
const call = (name: string, ...args: readonly Expression[]): Expression => ({
  kind: 'call',
  name,
  args,
})
const not = (of: Expression): Expression => ({ kind: 'not', of })
type Binary = Extract<Expression, { kind: 'binary' }>
const two = (left: Expression, operator: Binary['operator'], right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
})
const [A, B, C] = [path('a'), path('b'), path('c')] as const

describe('an expression', () => {
  it.each([
    { text: "''", is: literal('') },
    { text: "'it''s'", is: literal("it's") },
    { text: "'A ''b'' }}'", is: literal("A 'b' }}") },
    { text: '12', is: literal(12) },
    { text: '-1.5e2', is: literal(-150) },
    { text: '0x1F', is: literal(31) },
    { text: 'true', is: literal(true) },
    { text: 'False', is: literal(false) },
    { text: 'NULL', is: literal(null) },
    { text: ' a ', is: A },
    { text: 'A1', is: path('a1') },
    { text: '_x-y', is: path('_x-y') },
    { text: 'nullable', is: path('nullable') },
    { text: 'needs.Test.result', is: path('needs', 'test', 'result') },
    { text: 'needs.*.result', is: path('needs', '*', 'result') },
    { text: "needs['It''s'].result", is: path('needs', "it's", 'result') },
    { text: 'always()', is: call('always') },
    { text: 'Contains(a, b)', is: call('contains', A, B) },
    { text: 'true()', is: call('true') },
    { text: '!a', is: not(A) },
    { text: '! !a', is: not(not(A)) },
    { text: 'a || b && c', is: two(A, '||', two(B, '&&', C)) },
    { text: '(a || b) && c', is: two(two(A, '||', B), '&&', C) },
    { text: 'a || b || c', is: two(two(A, '||', B), '||', C) },
    { text: 'a == b < c', is: two(A, '==', two(B, '<', C)) },
    { text: 'a != b', is: two(A, '!=', B) },
    { text: 'a <= b', is: two(A, '<=', B) },
    { text: 'a > b', is: two(A, '>', B) },
    { text: 'a >= b', is: two(A, '>=', B) },
    { text: '!a == b', is: two(not(A), '==', B) },
  ])('$text', ({ text, is }) => {
    expect(parseCondition(text)).toEqual(is)
    expect(parseCondition(`  \${{ ${text} }}\n`)).toEqual(is)
  })

  it.each([
    ...['', ' ', 'a ||', 'a b', 'a #', "a 'b", '(a', 'a)', 'f(a', 'f(a b)', '!', ','],
    ...['1x', '1.2.3', 'a.', 'a.1', "a.'b'", 'a[1]', 'a[b]', "a['b'", 'a = b', "'a'.b", '{ a }'],
  ])('"%s" cannot be read', text => {
    expect(parseCondition(text)).toBeNull()
    expect(parseTemplate(`\${{${text}}}`)).toBeNull()
  })

  const args = (tokens: number): string => `f(a${',a'.repeat((tokens - 4) / 2)})`
  it.each([
    { rule: 'of 1,000 parts', text: args(1_000), isRead: true },
    { rule: 'of one part more', text: `!${args(1_000)}`, isRead: false },
    { rule: 'of 49 brackets', text: `${'('.repeat(49)}a${')'.repeat(49)}`, isRead: true },
    { rule: 'of 50 brackets', text: `${'('.repeat(50)}a${')'.repeat(50)}`, isRead: false },
    { rule: 'of 49 negations', text: `${'!'.repeat(49)}a`, isRead: true },
    { rule: 'of 50 negations', text: `${'!'.repeat(50)}a`, isRead: false },
    { rule: 'of many beside each other', text: `a${' || !(a)'.repeat(100)}`, isRead: true },
  ])('$rule is read: $isRead', ({ text, isRead }) => {
    expect(parseCondition(text) !== null).toBe(isRead)
  })

  it('has all those in it', () => {
    const read = parseCondition("!a && contains(b, 'x') || c == 1")
    if (read === null) throw new Error('it can be read')
    const asks = call('contains', B, literal('x'))
    const both = two(not(A), '&&', asks)
    const last = two(C, '==', literal(1))
    const all = [two(both, '||', last), both, not(A), A, asks, B, literal('x'), last, C, literal(1)]
    expect(partsOf(read)).toEqual(all)
  })
})

describe('a text with expressions in it', () => {
  it.each([
    { text: '', split: [''], parts: [] },
    { text: 'x', split: ['x'], parts: ['x'] },
    { text: '${{ a }}', split: ['', ' a ', ''], parts: [A] },
    { text: 'x${{a}}y${{ b }}', split: ['x', 'a', 'y', ' b ', ''], parts: ['x', A, 'y', B] },
    { text: "${{ '}}' }}", split: ['', " '}}' ", ''], parts: [literal('}}')] },
    { text: "${{ 'it''s }}' }}", split: ['', " 'it''s }}' ", ''], parts: [literal("it's }}")] },
    { text: 'x }} y', split: ['x }} y'], parts: ['x }} y'] },
  ])('"$text"', ({ text, split, parts }) => {
    expect(splitTemplate(text)).toEqual(split)
    expect(parseTemplate(text)).toEqual(parts)
  })

  it.each(['${{ a', 'x ${{ a }', "${{ 'a }}", '${{ a }} ${{'])('"%s" does not end', text => {
    expect(splitTemplate(text)).toBeNull()
    expect(parseTemplate(text)).toBeNull()
    expect(parseCondition(text)).toBeNull()
  })

  it.each(['x ${{ a }}', '${{ a }} x', '${{ a }}${{ b }}', "a == '${{ b }}'"])(
    '"%s" is no condition: it is a text, which is always true',
    text => {
      expect(parseCondition(text)).toBeNull()
    },
  )
})
