import { expect, it } from '@jest/globals'
import { z } from 'zod'
import { parseRows, rowsIn, totalUnder } from '../../../src/forge/gitea/rows.js'
import { ForgeError } from '../../../src/forge/port.js'

it.each([
  { body: [1], key: null, is: [1] },
  { body: { jobs: [1] }, key: 'jobs', is: [1] },
  { body: { jobs: null }, key: 'jobs', is: [] },
  { body: null, key: null, is: 'the answer holds no list' },
  { body: { jobs: [1] }, key: null, is: 'the answer holds no list' },
  { body: null, key: 'jobs', is: 'the answer holds no list under jobs' },
  { body: 'jobs', key: 'jobs', is: 'the answer holds no list under jobs' },
  { body: {}, key: 'jobs', is: 'the answer holds no list under jobs' },
])('the rows under $key of $body are $is', ({ body, key, is }) => {
  if (typeof is === 'string')
    expect(() => rowsIn(body, key)).toThrow(new ForgeError('unexpected-shape', is))
  else expect(rowsIn(body, key)).toEqual(is)
})

it.each([
  { body: { total_count: 0 }, is: 0 },
  { body: { total_count: 3 }, is: 3 },
  { body: { total_count: 1.5 }, is: null },
  { body: { total_count: -1 }, is: null },
  { body: { total_count: '3' }, is: null },
  { body: {}, is: null },
  { body: null, is: null },
  { body: 'total_count', is: null },
])('the count of $body is $is', ({ body, is }) => {
  expect(totalUnder(body)).toBe(is)
})

it.each([
  { rule: 'names its context', raw: { context: 'CI / a' }, context: 'CI / a' },
  { rule: 'has none that is no text', raw: { context: 5 }, context: null },
  { rule: 'has none where it is null', raw: null, context: null },
  { rule: 'has none where it is text', raw: 'CI / a', context: null },
  { rule: 'has none where it is nothing', raw: undefined, context: null },
])('a row that cannot be read $rule', ({ raw, context }) => {
  const schema = z.object({ id: z.number() })
  const { rows, malformed } = parseRows(schema, [{ id: 1 }, raw])
  expect([rows, malformed.map(one => one.context), malformed.length]).toEqual([
    [{ id: 1 }],
    [context],
    1,
  ])
})
