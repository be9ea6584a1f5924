import { placesOf } from './code-text.js'

/** A test file below __tests__, without its ending: `core/rules/ripe`. */
export type Suite = string

/** One thing the action must never do, as a change of its sources. */
export interface Mutation {
  readonly name: string
  /** What it breaks, by the rule it breaks. */
  readonly breaks: string
  readonly file: string
  /** Stands exactly once in the file, however that is formatted. */
  readonly find: string
  readonly put: string
  /** Where it is caught first; the others are not run once a test failed. */
  readonly watch: readonly [Suite, ...Suite[]]
}

/**
 * The source with the change made. Throws unless the text stands there exactly once: a list that no
 * longer fits proves nothing.
 */
export function applied({ name, file, find, put }: Mutation, source: string): string {
  const [place, ...more] = placesOf(source, find)
  if (place === undefined) throw new Error(`${name}: its text stands nowhere in ${file}: ${find}`)
  if (more.length > 0) {
    throw new Error(`${name}: its text stands ${more.length + 1} times in ${file}: ${find}`)
  }
  if (find === put) throw new Error(`${name}: changes nothing`)
  return source.slice(0, place.start) + put + source.slice(place.end)
}
