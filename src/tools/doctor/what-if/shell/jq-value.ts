import { UNTOLD } from '../expression.js'
import { unknown } from '../unknown.js'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** jq ends with an error. */
export class JqError extends Error {}

export const fail = (why: string): never => {
  throw new JqError(why)
}

export const isTruthy = (value: Json): boolean => value !== null && value !== false

export const isObject = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const JSON_KINDS = ['null', 'false', 'true', 'number', 'string', 'array', 'object']

export function jsonKind(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value
}

const kindRank = (value: Json): number =>
  JSON_KINDS.indexOf(typeof value === 'boolean' ? String(value) : jsonKind(value))

/** A value that is asked for: none of it may be something that only a run tells. */
export function knownJson<T extends Json>(value: T): T {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.includes(UNTOLD) ? unknown('outputs of jobs are known only to a run') : value
}

/** The order of jq: kinds first, then values. */
export function compare(one: Json, other: Json): number {
  const [a, b] = [knownJson(one), knownJson(other)]
  const ranks = kindRank(a) - kindRank(b)
  if (ranks !== 0) return ranks
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [at, entry] of a.entries()) {
      if (at >= b.length) return 1
      const order = compare(entry, b[at] ?? null)
      if (order !== 0) return order
    }
    return a.length - b.length
  }
  const sorted = (value: Json): string =>
    isObject(value)
      ? JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : ''
  return sorted(a) < sorted(b) ? -1 : sorted(a) > sorted(b) ? 1 : 0
}

export const isSame = (one: Json, other: Json): boolean => compare(one, other) === 0

export function entriesOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value
  return isObject(value) ? Object.values(value) : fail(`cannot iterate over ${jsonKind(value)}`)
}

export function fieldOf(value: Json, name: Json): Json {
  if (value === null) return null
  if (isObject(value) && typeof name === 'string')
    return Object.hasOwn(value, name) ? (value[name] ?? null) : null
  if (Array.isArray(value) && typeof name === 'number') return value.at(name) ?? null
  return fail(`cannot index ${jsonKind(value)}`)
}

export function contains(whole: Json, part: Json): boolean {
  if (typeof whole === 'string' && typeof part === 'string')
    return knownJson(whole).includes(knownJson(part))
  if (Array.isArray(whole) && Array.isArray(part))
    return part.every(one => whole.some(entry => contains(entry, one)))
  if (isObject(whole) && isObject(part))
    return Object.entries(part).every(
      ([key, one]) => Object.hasOwn(whole, key) && contains(whole[key] ?? null, one),
    )
  return isSame(whole, part)
}

/** Values and letters of one result beyond this are not followed. */
const LARGEST = 50_000

function sizeOf(value: Json, most: number): number {
  if (typeof value === 'string') return 1 + value.length
  if (typeof value !== 'object' || value === null) return 1
  let size = 1
  for (const one of Object.values(value)) if (size <= most) size += sizeOf(one, most - size)
  return size
}

/** A result that can be followed: one that holds the one before it twice is soon too large. */
export const small = (value: Json): Json =>
  sizeOf(value, LARGEST) > LARGEST ? unknown('"jq" with too large a result') : value

export function added(one: Json, other: Json): Json {
  if (one === null) return other
  if (other === null) return one
  if (typeof one === 'number' && typeof other === 'number') return one + other
  if (typeof one === 'string' && typeof other === 'string') return one + other
  if (Array.isArray(one) && Array.isArray(other)) return [...one, ...other]
  if (isObject(one) && isObject(other)) return { ...one, ...other }
  return fail('cannot be added')
}
