import { unknown } from '../unknown.js'
import { OF_ONE, JQ_FUNCTIONS } from './jq-functions.js'
import type { Json } from './jq-value.js'
import { JqError, added, compare, fail, isObject, isTruthy, entriesOf } from './jq-value.js'

type JqVariables = ReadonlyMap<string, Json>

/** A program of jq: what it yields of its input, one after the other. */
export type JqFilter = (input: Json, variables: JqVariables) => readonly Json[]

export const misread = (): never => unknown('"jq" that is not understood')

function operated(operator: string, a: Json, b: Json): Json {
  switch (operator) {
    case '+':
      return added(a, b)
    case '-':
      if (typeof a === 'number' && typeof b === 'number') return a - b
      if (Array.isArray(a) && Array.isArray(b))
        return a.filter(one => !b.some(other => compare(one, other) === 0))
      return fail('cannot be subtracted')
    case '==':
      return compare(a, b) === 0
    case '!=':
      return compare(a, b) !== 0
    case '<':
      return compare(a, b) < 0
    case '<=':
      return compare(a, b) <= 0
    case '>':
      return compare(a, b) > 0
    default:
      return compare(a, b) >= 0
  }
}

/** Both sides of an operation; of `and` and `or` the right one only where the left does not say. */
export function binary(operator: string, left: JqFilter, right: JqFilter): JqFilter {
  if (operator === '//')
    return (input, variables) => {
      const some = quietly(left)(input, variables).filter(isTruthy)
      return some.length > 0 ? some : right(input, variables)
    }
  if (operator === 'and' || operator === 'or')
    return (input, variables) =>
      left(input, variables).flatMap(a =>
        isTruthy(a) === (operator === 'or')
          ? [operator === 'or']
          : right(input, variables).map(isTruthy),
      )
  return (input, variables) =>
    right(input, variables).flatMap(b => left(input, variables).map(a => operated(operator, a, b)))
}

export const quietly =
  (filter: JqFilter): JqFilter =>
  (input, variables) => {
    try {
      return filter(input, variables)
    } catch (error) {
      if (error instanceof JqError) return []
      throw error
    }
  }

/** A function of a filter. */
export function applied(name: string, inner: JqFilter): JqFilter {
  const truths = (input: Json, variables: JqVariables): readonly boolean[] =>
    entriesOf(input).flatMap(one => inner(one, variables).map(isTruthy))
  switch (name) {
    case 'map':
      return (input, variables) => [entriesOf(input).flatMap(one => [...inner(one, variables)])]
    case 'select':
      return (input, variables) =>
        inner(input, variables).flatMap(one => (isTruthy(one) ? [input] : []))
    case 'all':
      return (input, variables) => [truths(input, variables).every(Boolean)]
    case 'any':
      return (input, variables) => [truths(input, variables).some(Boolean)]
    case 'IN':
      return (input, variables) => [inner(input, variables).some(one => compare(one, input) === 0)]
    case 'first':
      return (input, variables) => inner(input, variables).slice(0, 1)
    case 'with_entries':
      return (input, variables) => {
        const entries = JQ_FUNCTIONS['to_entries']?.(input) ?? null
        const kept = entriesOf(entries).flatMap(one => [...inner(one, variables)])
        return [JQ_FUNCTIONS['from_entries']?.(kept.filter(isObject)) ?? null]
      }
    case 'map_values':
      return (input, variables) => [
        isObject(input)
          ? Object.fromEntries(
              Object.entries(input).flatMap(([key, one]) =>
                inner(one, variables)
                  .slice(0, 1)
                  .map(value => [key, value]),
              ),
            )
          : misread(),
      ]
  }
  const one = OF_ONE[name]
  return one === undefined
    ? misread()
    : (input, variables) => inner(input, variables).map(given => one(input, given))
}
