import type { Repair } from './verdict.js'

/** A head that would be repaired. */
export interface Repairable {
  readonly sha: string
  readonly verdict: Repair
}

/** Which repairs a sweep may carry out, and which are held for the next one (design §5, "Breaker"). */
export interface Allowance<Head extends Repairable> {
  readonly allowed: readonly Head[]
  readonly held: readonly Head[]
}

/** Lets through at most `maxRepairs` writes, the oldest red first; 0 means no limit. Equal ages go by SHA, so that two sweeps agree. */
export function allow<Head extends Repairable>(heads: readonly Head[], maxRepairs: number): Allowance<Head> {
  const oldestFirst = [...heads].sort((a, b) => b.verdict.umbrella.age - a.verdict.umbrella.age || (a.sha < b.sha ? -1 : 1))
  const limit = maxRepairs === 0 ? oldestFirst.length : maxRepairs
  return { allowed: oldestFirst.slice(0, limit), held: oldestFirst.slice(limit) }
}
