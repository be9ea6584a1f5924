import type { StaleCause, Repair } from '../rules/verdict.js'

/** A head that would be repaired. */
interface Repairable {
  readonly sha: string
  readonly verdict: Repair
}

/** Which repairs a sweep may carry out, and which are held for the next one. */
interface Allowance<Head extends Repairable> {
  readonly allowed: readonly Head[]
  readonly held: readonly Head[]
  /** Why the others are held; `''` when none is. */
  readonly why: string
}

/**
 * Causes that hit many heads at once by nature: a runner that died, a run that was cancelled, an
 * older run that ended late.
 */
const MANY_AT_ONCE: ReadonlySet<StaleCause> = new Set([
  'lost-runner',
  'cancelled-umbrella',
  'older-run-landed-late',
])

/** Below this many judged heads a share says nothing. */
const SHARE_FROM = 10

/**
 * Lets through at most `writes` writes, the oldest red first. Everything is held when more than
 * half of at least ten judged heads would be repaired for no such cause: then it is rather our
 * policy that is wrong than half of all umbrellas. `max-repairs: 0` lifts both rules.
 */
export function allow<Head extends Repairable>(
  heads: readonly Head[],
  judged: number,
  maxRepairs: number,
  spent: number,
): Allowance<Head> {
  const oldestFirst = [...heads].sort(
    (a, b) => b.verdict.umbrella.age - a.verdict.umbrella.age || (a.sha < b.sha ? -1 : 1),
  )
  if (maxRepairs === 0) return { allowed: oldestFirst, held: [], why: '' }
  const odd = heads.filter(({ verdict }) => !MANY_AT_ONCE.has(verdict.cause)).length
  if (judged >= SHARE_FROM && odd > judged / 2) {
    return {
      allowed: [],
      held: oldestFirst,
      why:
        `${odd} of ${judged} heads would be repaired at once: check the policy, then set ` +
        'max-repairs: 0 for one sweep',
    }
  }
  const left = Math.max(0, maxRepairs - spent)
  return {
    allowed: oldestFirst.slice(0, left),
    held: oldestFirst.slice(left),
    why: `max-repairs (${maxRepairs}) is reached; the next sweep goes on`,
  }
}
