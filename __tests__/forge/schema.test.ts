import { expect, it } from '@jest/globals'
import { z } from 'zod'
import { ForgeError } from '../../src/forge/port.js'
import { idSchema, lazy, parseOne, whyOf } from '../../src/forge/schema.js'

const text = z.object({
  a: z.object({ b: z.string() }),
  c: z.string(),
  d: z.string(),
  e: z.string(),
})
const TEXT = 'Invalid input: expected string, received'

it.each([
  {
    rule: 'by the path of one that is wrong',
    schema: text,
    raw: { a: { b: 'secret-value' }, c: 5, d: '', e: '' },
    why: `c ${TEXT} number`,
  },
  {
    rule: 'three of them at the most',
    schema: text,
    raw: { a: { b: 5 } },
    why: `a.b ${TEXT} number; c ${TEXT} undefined; d ${TEXT} undefined`,
  },
  {
    rule: 'as a row that is none at all',
    schema: z.object({}),
    raw: 'secret-value',
    why: 'row Invalid input: expected object, received string',
  },
])('what cannot be read names its fields: $rule', ({ schema, raw, why }) => {
  const parsed = (schema as z.ZodType).safeParse(raw)
  if (parsed.success) throw new Error('it can be read')
  expect(whyOf(parsed.error)).toBe(why)
  expect(() => parseOne<unknown>(schema, raw, 'GET /x')).toThrow(
    new ForgeError('unexpected-shape', `GET /x: ${why}`),
  )
})

it.each([
  { raw: 1, read: true },
  { raw: 0, read: false },
  { raw: -1, read: false },
  { raw: 1.5, read: false },
  { raw: '1', read: false },
])('$raw is an id: $read', ({ raw, read }) => {
  expect(idSchema().safeParse(raw).success).toBe(read)
})

it('a schema is made when it is first asked for, and once', () => {
  let made = 0
  const number = lazy(() => (made += 1))
  expect([made, number(), number(), made]).toEqual([0, 1, 1, 1])
})
