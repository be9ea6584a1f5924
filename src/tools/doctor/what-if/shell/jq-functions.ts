import { unknown } from '../unknown.js'
import { regexFor } from './pattern.js'
import type { Json } from './jq-value.js'
import {
  added,
  compare,
  contains,
  fail,
  isObject,
  isSame,
  isTruthy,
  jsonKind,
  knownJson,
  entriesOf,
} from './jq-value.js'

const text = (value: Json): string =>
  typeof value === 'string' ? knownJson(value) : fail(`${jsonKind(value)} is no string`)

const arrayOf = (value: Json): Json[] =>
  Array.isArray(value) ? value : fail(`${jsonKind(value)} is no array`)

const jqText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

const unique = (list: readonly Json[]): Json[] =>
  list.filter((one, at) => at === 0 || !isSame(one, list[at - 1] ?? null))

function lengthOf(value: Json): number {
  if (value === null) return 0
  if (typeof value === 'string') return knownJson(value).length
  if (typeof value === 'number') return Math.abs(value)
  if (typeof value === 'boolean') return fail('boolean has no length')
  return entriesOf(value).length
}

function flat(value: Json): Json[] {
  return arrayOf(value).flatMap(one => (Array.isArray(one) ? flat(one) : [one]))
}

/** Functions of no argument; each yields one value. */
export const JQ_FUNCTIONS: Readonly<Record<string, (input: Json) => Json>> = {
  not: input => !isTruthy(input),
  length: lengthOf,
  keys: input =>
    isObject(input) ? Object.keys(input).sort() : arrayOf(input).map((_, index) => index),
  add: input => entriesOf(input).reduce(added, null),
  any: input => entriesOf(input).some(isTruthy),
  all: input => entriesOf(input).every(isTruthy),
  unique: input => unique([...arrayOf(input)].sort(compare)),
  sort: input => [...arrayOf(input)].sort(compare),
  reverse: input => [...arrayOf(input)].reverse(),
  min: input => [...arrayOf(input)].sort(compare)[0] ?? null,
  max: input => [...arrayOf(input)].sort(compare).at(-1) ?? null,
  flatten: flat,
  tostring: jqText,
  tojson: input => JSON.stringify(input),
  fromjson: input => {
    try {
      return JSON.parse(text(input)) as Json
    } catch (error) {
      if (error instanceof SyntaxError) return fail('no JSON')
      throw error
    }
  },
  tonumber: input => (typeof input === 'number' ? input : Number(text(input))),
  type: jsonKind,
  ascii_downcase: input => text(input).toLowerCase(),
  ascii_upcase: input => text(input).toUpperCase(),
  to_entries: input =>
    isObject(input)
      ? Object.entries(input).map(([key, value]) => ({ key, value }))
      : fail(`${jsonKind(input)} has no keys`),
  from_entries: input =>
    Object.fromEntries(
      arrayOf(input).flatMap(one =>
        isObject(one) ? [[jqText(one['key'] ?? one['name'] ?? ''), one['value'] ?? null]] : [],
      ),
    ),
  '@json': input => JSON.stringify(input),
  '@text': jqText,
  '@tsv': input => arrayOf(input).map(jqText).join('\t'),
  '@csv': input =>
    arrayOf(input)
      .map(one => JSON.stringify(one))
      .join(','),
}

/** Functions of a value of their own. */
export const OF_ONE: Readonly<Record<string, (input: Json, given: Json) => Json>> = {
  contains,
  inside: (input, given) => contains(given, input),
  startswith: (input, given) => text(input).startsWith(text(given)),
  endswith: (input, given) => text(input).endsWith(text(given)),
  join: (input, given) =>
    arrayOf(input)
      .map(one => (one === null ? '' : jqText(one)))
      .join(text(given)),
  split: (input, given) => text(input).split(text(given)),
  index: (input, given) => {
    if (typeof input !== 'string') return indexIn(arrayOf(input), given)
    const at = text(input).indexOf(text(given))
    return at === -1 ? null : at
  },
  has: (input, given) =>
    isObject(input) ? Object.hasOwn(input, text(given)) : unknown('"jq" that is not followed'),
  test: (input, given) => regexFor(text(given), text(input).length).test(text(input)),
}

function indexIn(list: readonly Json[], given: Json): Json {
  const wanted = Array.isArray(given) ? given[0] : given
  const at = list.findIndex(one => isSame(one, wanted ?? null))
  return at === -1 ? null : at
}
