import { costOf, GUESS } from './cost.js'
import type { RouteKind, TimedProfile } from './cost.js'
import type { WorldPlan } from './world.js'
import { countOf } from './world.js'

/** The least a client can ask that looks at every head by itself. */
export interface Floor {
  /** A page for each 50 pulls, one request a head, one write for each stale umbrella. */
  readonly requests: number
  /**
   * Server milliseconds of the cheapest such reading: the list as pulls, or as issues with the refs
   * of their heads; the history or the latest rows; a guess for each write.
   */
  readonly milliseconds: number
}

const PAGE = 50

/** Server milliseconds of a whole list of so many rows. */
function listed(profile: TimedProfile, route: RouteKind, rows: number): number {
  let sum = 0
  for (let left = rows; left > 0 || left === rows; left -= PAGE) {
    sum += costOf(profile, route, Math.min(PAGE, left)).milliseconds
    if (left <= PAGE) break
  }
  return sum
}

/** The floor of a sweep of this repository. */
export function floorOf(plan: WorldPlan): Floor {
  const { profile, pulls } = plan
  const cost = (route: RouteKind): number => costOf(profile, route, pulls).milliseconds
  const writes = countOf(plan, 'stale')
  const list = Math.min(
    listed(profile, 'list of pulls', pulls),
    listed(profile, 'list of pulls as issues', pulls) + cost('refs of pulls'),
  )
  return {
    requests: Math.max(1, Math.ceil(pulls / PAGE)) + pulls + writes,
    milliseconds:
      list + pulls * Math.min(cost('history'), cost('combined status')) + writes * GUESS,
  }
}
