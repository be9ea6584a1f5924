import fc from 'fast-check'
import { hostileText } from '../../__tests__/support/hostile.js'

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Lists in lists: what goes down into each by itself runs out of stack. */
const deep = (levels: number): Json => {
  let value: Json = 0
  for (let level = 0; level < levels; level += 1) value = [value]
  return value
}

/** Values that stand where another one is expected. */
const ODD: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  -0,
  '',
  '0',
  'null',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59+23:59',
  '2026-13-45T99:99:99Z',
  [],
  [[]],
  {},
  { constructor: 'x', toString: null, hasOwnProperty: 1 },
  JSON.parse('{"__proto__":{"x":1}}') as Json,
  deep(300),
]

/** One change to a document: what stands somewhere in it goes, comes twice, or is something odd. */
interface Change {
  readonly at: number
  readonly how: 'drop' | 'twice' | 'odd' | 'text' | 'key'
  readonly odd: Json
  readonly text: string
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(1_000_000),
  how: fc.constantFrom('drop', 'twice', 'odd', 'odd', 'text', 'key'),
  odd: fc.constantFrom(...ODD),
  text: hostileText,
})

export const changes = fc.array(change, { minLength: 1, maxLength: 5 })

const isParent = (value: Json): value is readonly Json[] | { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null

/** How many values a document holds, itself among them. */
const sizeOf = (value: Json): number =>
  1 +
  (isParent(value) ? Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one), 0) : 0)

const putOf = ({ how, odd, text }: Change, value: Json): Json =>
  how === 'text' ? text : how === 'odd' ? odd : value

/** The entries of a parent after one of its children was changed. */
function entriesAfter(entries: readonly (readonly [string, Json])[], at: number, one: Change) {
  return entries.flatMap(([key, value], index): readonly (readonly [string, Json])[] => {
    if (index !== at) return [[key, value]]
    switch (one.how) {
      case 'drop':
        return []
      case 'twice':
        return [
          [key, value],
          [`${key}2`, value],
        ]
      case 'key':
        return [[one.text, value]]
      case 'odd':
      case 'text':
        return [[key, putOf(one, value)]]
    }
  })
}

/** The document with the value at a place, counted from the top, changed. */
function changedAt(value: Json, place: number, one: Change): Json {
  if (!isParent(value)) return putOf(one, value)
  if (place === 0) return putOf(one, value)
  const entries = Object.entries(value)
  const rebuilt = (all: readonly (readonly [string, Json])[]): Json =>
    Array.isArray(value) ? all.map(([, each]) => each) : Object.fromEntries(all)
  let left = place - 1
  for (const [index, [, child]] of entries.entries()) {
    if (left === 0) return rebuilt(entriesAfter(entries, index, one))
    const size = sizeOf(child)
    if (left < size) {
      const next = changedAt(child, left, one)
      return rebuilt(entries.map(([key, each], at) => [key, at === index ? next : each]))
    }
    left -= size
  }
  return value
}

/** A document after some changes. */
export const mutated = (document: Json, all: readonly Change[]): Json =>
  all.reduce((value, one) => changedAt(value, one.at % sizeOf(value), one), document)
