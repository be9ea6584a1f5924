import { describe, expect, it } from '@jest/globals'
import type { Facts } from '../../src/workflow/evaluate.js'
import { templateValue, valueOf } from '../../src/workflow/evaluate.js'
import { parseCondition } from '../../src/workflow/expression.js'
import type { KnownValue, Shape, Value, ValueOrigin } from '../../src/workflow/value.js'
import { RUN_MARK, literal } from '../../src/workflow/value.js'

/** What is known where nothing is said: of a step, whose needs ended with anything. */
const factsOf = (change: Partial<Facts> = {}): Facts => ({
  needs: ['lint', 'Test'],
  outputs: false,
  env: new Map([['A', literal('x')]]),
  result: null,
  ofJob: false,
  ...change,
})

function valueIn(text: string, change?: Partial<Facts>): Value {
  const read = parseCondition(text)
  if (read === null) throw new Error(`${text} can be read`)
  return valueOf(read, factsOf(change))
}

interface Case {
  readonly text: string
  readonly facts?: Partial<Facts>
  /** Where it comes from; absent: it stands in the file. */
  readonly from?: ValueOrigin
  /** Where it comes from besides. */
  readonly also?: ValueOrigin
  /** All that it can be; absent: that is not known. */
  readonly values?: readonly KnownValue[]
  readonly what: string
  readonly shape?: Shape
}

const SUCCESS: Partial<Facts> = { result: 'success' }

const valueRow = ({ from, also, values = [], what, shape }: Case): object => ({
  from: new Set([from, also].filter(one => one !== undefined)),
  values: values.length === 0 ? null : values,
  what,
  ...(shape === undefined ? {} : { shape }),
})

const NEEDS = 'results of needs'
const PATHS: readonly Case[] = [
  { text: 'needs.lint.result', from: 'results', what: NEEDS, shape: 'word' },
  { text: 'needs.TEST.result', from: 'results', what: NEEDS, shape: 'word' },
  { text: 'needs.*.result', from: 'results', what: NEEDS, shape: 'words' },
  {
    text: 'needs.lint.result',
    facts: SUCCESS,
    from: 'results',
    values: ['success'],
    what: NEEDS,
    shape: 'word',
  },
  {
    text: 'needs.*.result',
    facts: SUCCESS,
    from: 'results',
    values: [['success', 'success']],
    what: NEEDS,
    shape: 'words',
  },
  { text: 'needs.gone.result', values: [''], what: 'a literal' },
  { text: 'needs', from: 'other', what: 'needs' },
  { text: 'needs.lint', from: 'other', what: 'needs.lint' },
  { text: 'needs.*.outputs', from: 'other', what: 'needs.*.outputs' },
  { text: 'needs.lint.outputs.x', from: 'other', what: 'needs.lint.outputs.x' },
  { text: 'needs.lint.result.x', from: 'other', what: 'needs.lint.result.x' },
  { text: 'env.a', values: ['x'], what: 'a literal' },
  { text: 'env.b', from: 'other', what: 'env.b' },
  { text: 'secrets.x', from: 'own', values: [RUN_MARK.token], what: 'secrets.x' },
  { text: 'github.sha', from: 'own', values: [RUN_MARK.commit], what: 'github.sha' },
  { text: 'gitea.api_url', from: 'own', values: [RUN_MARK.api], what: 'gitea.api_url' },
  { text: 'forgejo.token', from: 'own', values: [RUN_MARK.token], what: 'forgejo.token' },
  { text: 'github.run_id', from: 'own', values: [RUN_MARK.run], what: 'github.run_id' },
  {
    text: 'github.repository',
    from: 'own',
    values: [RUN_MARK.repository],
    what: 'github.repository',
  },
  {
    text: 'github.server_url',
    from: 'own',
    values: [RUN_MARK.server],
    what: 'github.server_url',
  },
  {
    text: 'github.event.pull_request.head.sha',
    from: 'own',
    values: [RUN_MARK.commit],
    what: 'github.event.pull_request.head.sha',
  },
  { text: 'github.run_number', from: 'own', what: 'github.run_number' },
  { text: 'github.event.number', from: 'own', what: 'github.event.number' },
  { text: 'github.head_ref', from: 'other', what: 'github.head_ref' },
  { text: 'vars.sha', from: 'other', what: 'vars.sha' },
]

describe('what a name stands for', () => {
  it.each(PATHS)('$text of $facts', row => {
    expect(valueIn(row.text, row.facts)).toEqual(valueRow(row))
  })
})

const CALLS: readonly Case[] = [
  { text: 'always()', facts: { ofJob: true }, values: [true], what: 'a literal' },
  { text: 'success()', values: [true, false], what: 'a literal' },
  { text: 'failure()', facts: SUCCESS, values: [false], what: 'a literal' },
  {
    text: 'success()',
    facts: { ofJob: true },
    from: 'results',
    values: [true, false],
    what: 'success()',
  },
  {
    text: 'success()',
    facts: { ofJob: true, result: 'success' },
    from: 'results',
    values: [true],
    what: 'success()',
  },
  {
    text: 'cancelled()',
    facts: { ofJob: true, result: 'success' },
    from: 'results',
    values: [false],
    what: 'cancelled()',
  },
  { text: 'hashFiles()', from: 'other', what: 'hashfiles()' },
  { text: "hashFiles('x')", from: 'other', what: 'hashfiles()' },
  { text: "always('x')", from: 'other', what: 'always()' },
  { text: 'toJSON(needs)', from: 'results', what: 'toJSON(needs)', shape: 'json' },
  { text: 'toJSON(needs.lint)', from: 'results', what: 'toJSON(needs)', shape: 'json' },
  { text: 'toJSON(needs.*)', from: 'other', what: 'needs.*' },
  { text: 'toJSON(needs.lint.result)', from: 'results', what: NEEDS },
  {
    text: 'toJSON(needs)',
    facts: { outputs: true },
    from: 'needs',
    values: [RUN_MARK.needs],
    what: 'toJSON(needs)',
  },
  { text: 'toJSON(needs.lint)', facts: { outputs: true }, from: 'needs', what: 'toJSON(needs)' },
  { text: 'toJSON(needs, 1)', from: 'other', what: 'needs' },
  { text: 'toJSON(github)', from: 'other', what: 'github' },
  { text: "toJSON('a')", what: 'a literal' },
  { text: 'fromJSON(toJSON(needs))', from: 'results', what: 'toJSON(needs)' },
  { text: "fromJSON('[]')", what: 'a literal' },
  { text: "format('{0}', needs.lint.result)", from: 'results', what: NEEDS },
  { text: "join(needs.*.result, ',')", from: 'results', what: NEEDS, shape: 'words' },
  { text: "join(needs.*.result, '*')", from: 'results', what: NEEDS },
  {
    text: "join(github.ref == 'x' && needs.*.result || needs.lint.result, ',')",
    facts: SUCCESS,
    from: 'other',
    also: 'results',
    what: 'github.ref',
    shape: 'words',
  },
  {
    text: "join(needs.*.result, github.ref == 'x' && ',' || ';')",
    facts: SUCCESS,
    from: 'other',
    also: 'results',
    what: 'github.ref',
    shape: 'words',
  },
  { text: "contains('ab', github.ref)", from: 'other', values: [true, false], what: 'github.ref' },
  { text: "contains('ab')", from: 'other', what: 'contains()' },
  { text: "contains('ab', 'a', 'b')", from: 'other', what: 'contains()' },
]

describe('what a function gives', () => {
  it.each(CALLS)('$text of $facts', row => {
    expect(valueIn(row.text, row.facts)).toEqual(valueRow(row))
  })

  it.each([
    { text: "contains('Abc', 'B')", is: true },
    { text: "contains('abc', 'd')", is: false },
    { text: "startsWith('Abc', 'aB')", is: true },
    { text: "startsWith('abc', 'c')", is: false },
    { text: "endsWith('abC', 'Bc')", is: true },
    { text: "endsWith('abc', 'a')", is: false },
    { text: "contains(null, '')", is: true },
    { text: "contains('null', null)", is: true },
    { text: "contains(null, 'null')", is: false },
    { text: "contains(12, '2')", is: true },
  ])('$text: $is', ({ text, is }) => {
    expect(valueIn(text)).toEqual({ from: new Set(), values: [is], what: 'a literal' })
  })

  it.each([
    { text: "contains(needs.*.result, 'SUCCESS')", is: true },
    { text: "contains(needs.*.result, 'failure')", is: false },
    // A list holds whole texts, not parts of them.
    { text: "contains(needs.*.result, 'succ')", is: false },
    { text: "contains(needs.*.result, 'success')", needs: [], is: false },
  ])('where all of $needs succeeded, $text: $is', ({ text, needs = ['a', 'b'], is }) => {
    const from = new Set(['results'])
    const found = valueIn(text, { result: 'success', needs })
    expect(found).toEqual({ from, values: [is], what: NEEDS })
  })
})

describe('what operators give', () => {
  it.each<{ text: string; values: readonly KnownValue[] }>([
    { text: "'A' == 'a'", values: [true] },
    { text: "'a' == 'b'", values: [false] },
    { text: "'a' != 'b'", values: [true] },
    { text: "'a' != 'A'", values: [false] },
    { text: 'null == null', values: [true] },
    { text: 'true == false', values: [false] },
    { text: '1 == 1', values: [true] },
    { text: '1 == 2', values: [false] },
    { text: "'1' == 1", values: [true] },
    { text: "'12' == 12", values: [true] },
    { text: '1.25 == 1.25', values: [true] },
    // Beside a number a text is one too, or none.
    { text: "1 < 'a'", values: [false] },
    { text: "'a' > 1", values: [false] },
    { text: 'true == 1', values: [true] },
    { text: 'null == 0', values: [true] },
    { text: "null == ''", values: [true] },
    { text: "'x' == 0", values: [false] },
    { text: '1 < 2', values: [true] },
    { text: '2 < 2', values: [false] },
    { text: '3 < 2', values: [false] },
    { text: '1 <= 2', values: [true] },
    { text: '2 <= 2', values: [true] },
    { text: '3 <= 2', values: [false] },
    { text: '3 > 2', values: [true] },
    { text: '2 > 2', values: [false] },
    { text: '1 > 2', values: [false] },
    { text: '3 >= 2', values: [true] },
    { text: '2 >= 2', values: [true] },
    { text: '1 >= 2', values: [false] },
    { text: "'' && 'b'", values: [''] },
    { text: "'a' && 'b'", values: ['b'] },
    { text: "'a' || 'b'", values: ['a'] },
    { text: "'' || 'b'", values: ['b'] },
    { text: "success() && 'b'", values: [false, 'b'] },
    { text: "failure() || 'b'", values: [true, 'b'] },
    { text: "success() == 'b'", values: [false] },
    { text: '!true', values: [false] },
    { text: "!''", values: [true] },
    { text: '!success()', values: [true, false] },
  ])('$text can be $values', ({ text, values }) => {
    expect(valueIn(text)).toEqual({ from: new Set(), values, what: 'a literal' })
  })

  it.each([
    { text: "'a' >= 'a'", why: 'an order of texts' },
    { text: "needs.lint.result < 'x'", why: 'an order of texts' },
    { text: "contains('\u00df', 's')", why: 'a comparison of letters beyond ASCII' },
    { text: "'\u212a' == 'k'", why: 'a comparison of letters beyond ASCII' },
    { text: "'\u0080' == 'k'", why: 'a comparison of letters beyond ASCII' },
    { text: "startsWith(needs.*.result, 'A')", why: 'a list as a text' },
    { text: "contains('Array', needs.*.result)", why: 'a list as a text' },
    { text: "'0b1' == 1", why: 'a text that may be a number' },
    { text: "'Infinity' > 1", why: 'a text that may be a number' },
    { text: '-0x1', why: 'a number of many digits' },
    { text: '-0', why: 'a number of many digits' },
    { text: '0xFFFFFFFF', why: 'a number of many digits' },
    { text: "contains(0.00001, 'E')", why: 'a number of many digits' },
  ])('$text is not the same on every server', ({ text, why }) => {
    expect(() => valueIn(text, { result: 'success' })).toThrow(why)
  })

  it.each<Case>([
    { text: "needs.lint.result == 'x'", from: 'results', values: [true, false], what: NEEDS },
    { text: "'x' == needs.lint.result", from: 'results', values: [true, false], what: NEEDS },
    { text: "needs.lint.result && 'x'", from: 'results', what: NEEDS },
    { text: "'' && needs.lint.result", from: 'results', what: NEEDS },
    { text: '!needs.lint.result', from: 'results', values: [true, false], what: NEEDS },
    { text: '!needs.lint.result', facts: SUCCESS, from: 'results', values: [false], what: NEEDS },
    {
      text: "needs.lint.result == 'success'",
      facts: SUCCESS,
      from: 'results',
      values: [true],
      what: NEEDS,
    },
    // A list is no number, not even one without an entry.
    {
      text: 'needs.*.result == 0',
      facts: { result: 'success', needs: [] },
      from: 'results',
      values: [false],
      what: NEEDS,
    },
  ])('$text of $facts', row => {
    expect(valueIn(row.text, row.facts)).toEqual(valueRow(row))
  })
})

describe('what a text with expressions becomes', () => {
  it.each<Case>([
    { text: '', values: [''], what: 'a literal' },
    { text: 'a b', values: ['a b'], what: 'a literal' },
    { text: '${{ env.a }}-${{ env.A }}', values: ['x-x'], what: 'a literal' },
    {
      text: 'a-${{ github.sha }}',
      from: 'own',
      values: [`a-${RUN_MARK.commit}`],
      what: 'github.sha',
    },
    { text: 'r=${{ needs.lint.result }}', from: 'results', what: NEEDS, shape: 'word' },
    { text: '${{ a b }}', from: 'other', what: 'an expression that cannot be read' },
    { text: '${{ a', from: 'other', what: 'an expression that cannot be read' },
  ])('"$text"', row => {
    expect(templateValue(row.text, factsOf(row.facts))).toEqual(valueRow(row))
  })
})
