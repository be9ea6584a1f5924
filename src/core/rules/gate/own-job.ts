import { formatDuration } from '../../model/time.js'
import type { JobResult } from '../../view/job-result.js'
import type { RuleInput } from '../rule.js'
import { named } from '../rule.js'
import { leastAge } from '../stale.js'
import type { GateFinding } from './finding.js'
import { found, notKnown } from './finding.js'

/** How a job that is red ended: by which class it is told, and in which words. */
export const RED_ENDS = {
  failure: { as: 'job-failed', verb: 'failed' },
  cancelled: { as: 'job-cancelled', verb: 'was cancelled' },
  skipped: { as: 'job-skipped', verb: 'was skipped' },
} as const

/** What the newest run's own job says against a context, or that it has not ended. */
export function againstIt(own: JobResult, context: string): GateFinding | null {
  switch (own.kind) {
    case 'failure':
    case 'cancelled':
    case 'skipped': {
      // A skip does not block a merge. One by another system says nothing of the job, either.
      if (own.run === null)
        return own.kind === 'skipped'
          ? notKnown('another system skipped it')
          : found('red', 'set-red', 'another system says so')
      const { as, verb } = RED_ENDS[own.kind]
      const detail =
        own.never === undefined
          ? `${context} ${verb} in ${named(own.run)}, the newest`
          : `${context} did not run: ${own.never}`
      return found('red', as, detail)
    }
    case 'open':
      return found('pending', own.run === null ? 'set-pending' : 'job-open', own.why)
    case 'success':
      return null
    case 'missing':
      return notKnown('no run that is known wrote it')
    case 'stranger':
      return notKnown(`row ${own.row} says ${own.state}, and no run of Actions wrote it`)
    case 'disagree':
    case 'unknown':
      return notKnown(own.why)
  }
}

/** Too fresh: the server writes rows of a run again when a job of it ends, or a run goes on. */
export function unsettled(
  { age, policy }: Pick<RuleInput, 'policy'> & Pick<RuleInput['view'], 'age'>,
  open: string | null,
): GateFinding | null {
  if (open !== null)
    return found('pending', 'run-open', `its newest run's own job is green, and ${open}`)
  const least = leastAge(policy)
  if (age >= least) return null
  const young = `the newest row is ${formatDuration(age)} old`
  return found('pending', 'settling', `${young}; under ${formatDuration(least)} it may change`)
}
