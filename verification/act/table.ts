import type { Script } from './script.js'

/** A case by its workflow and what it is given. */
export function nameOf({ name, inputs }: Script): string {
  return [name, ...Object.entries(inputs).map(([input, value]) => `${input}=${value}`)].join(' ')
}

/** A line of the table that is printed. */
export function row(name: string, entry: string, result: string, seconds: string): string {
  return [name.padEnd(46), entry.padEnd(11), result.padEnd(7), seconds.padStart(7)].join(' ')
}
