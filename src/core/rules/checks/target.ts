import type { JobResult } from '../../reading/job-result.js'
import { maySkip } from '../../reading/assessment.js'
import type { Leg } from '../../reading/checks/legs.js'
import { producerOf } from '../../reading/checks/legs.js'
import type { Cause } from '../verdict.js'
import type { CheckInput } from './input.js'

/** The red leg that a re-run would run again, and whether its whole run must. */
export interface Target {
  readonly leg: Leg
  readonly wholeRun: boolean
  readonly cause: Cause
}

const isRedLeg = ({ state }: Leg): boolean => state === 'failure' || state === 'cancelled'

/** A skip that is allowed, as a result that `maySkip` understands. */
const SKIPPED = { kind: 'skipped' } as JobResult

/**
 * Is what the umbrella stands for red in the leg's own run? A gate reads what it needs from its own
 * run, so that one over cancelled jobs ends red again. A gate that polls has none of them there.
 */
function isFedByRed({ seen, must, policy }: CheckInput, { suite }: Leg): boolean {
  const names = new Set(
    must.filter(({ level }) => level !== 'external').map(({ context }) => context),
  )
  return seen.head.legs.some(
    leg =>
      leg.suite.id === suite.id &&
      names.has(leg.name) &&
      leg.state !== 'success' &&
      !(leg.state === 'skipped' && maySkip(policy, leg.name, SKIPPED)),
  )
}

function causeOf({ seen, evidence }: CheckInput, leg: Leg): Cause {
  const newest = seen.group.find(
    suite => producerOf(evidence, suite) === producerOf(evidence, leg.suite),
  )
  const above = seen.umbrella.legs.find(({ suite }) => suite.id === newest?.id)
  if (newest?.id !== leg.suite.id && above?.state === 'success') return 'superseded-leg'
  if (leg.state === 'cancelled') return 'cancelled-umbrella'
  return leg.check.taken === false ? 'lost-runner' : 'unknown'
}

/** The red leg of the newest run that has one; `null` where none is red. */
export function targetOf(it: CheckInput): Target | null {
  const leg = it.seen.umbrella.legs.find(isRedLeg)
  return leg === undefined ? null : { leg, wholeRun: isFedByRed(it, leg), cause: causeOf(it, leg) }
}
