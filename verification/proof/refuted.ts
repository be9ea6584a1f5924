import type { CheckReport } from './checks/explore.js'
import { CHECK_BOUNDS } from './checks/bounds.js'
import type { Bound as CheckBound } from './checks/world.js'
import type { NaiveClient } from './checks/naive.js'
import type { Size } from './bounds.js'
import { SIZES } from './bounds.js'
import type { Hit } from './exploration.js'
import type { Naive } from './naive.js'

/** Every bound of a size over check runs. */
export const checkBoundsOf = (size: Size): readonly CheckBound[] =>
  SIZES.slice(0, SIZES.indexOf(size) + 1).flatMap(name => CHECK_BOUNDS[name])

/** A gate that posts is stale only where a runner is lost or a job runs again. */
const maySend = ({ shape, may: { lose, rerun } }: CheckBound): boolean =>
  shape !== 'posts' || lose + rerun > 0

/** A world over check runs in which hardly anything happens, or we do nothing, proves nothing. */
export const missedByChecks = (
  bound: CheckBound,
  { states, sent }: CheckReport,
): readonly string[] => [
  ...(states > 100 ? [] : [`github: "${bound.name}" has only ${states} states`]),
  ...(sent > 0 || !maySend(bound) ? [] : [`github: nothing was ever sent in "${bound.name}"`]),
]

/** Is this the trace of a finding that a reader can follow? */
const short = (trace: readonly string[]): boolean => trace.length >= 2 && trace.length <= 15

const unlike = (name: string, trace: readonly string[]): readonly string[] =>
  short(trace) ? [] : [`${name}: caught in ${trace.length} steps, not in two to fifteen`]

/** A simpler design that is not caught: the explorer, or the model, has gone blind. */
export const missedByNaive = ({ name }: Naive, hit: Hit | null): readonly string[] =>
  hit === null ? [`${name}: no false green was found`] : unlike(name, hit.trace)

/** The same of a client as the field writes them. */
export function missedByField({ name, breaks }: NaiveClient, report: CheckReport): string[] {
  const found = report.hits.find(({ law }) => law === breaks)
  return found === undefined
    ? [`${name}: ${breaks} was not broken`]
    : [...unlike(name, found.trace)]
}
