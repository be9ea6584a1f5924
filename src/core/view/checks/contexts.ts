import type { Level, Policy } from '../../model/policy.js'
import { levelOf } from '../../model/policy.js'
import type { HeadChecks } from './head.js'
import type { Leg } from './legs.js'
import { carriersOf } from './result.js'
import { sameStatus } from './statuses.js'

/** The lists without case, for the contexts of statuses. */
const lowerCasePolicy = (policy: Policy): Policy => {
  const list = (entries: readonly string[]): readonly string[] =>
    entries.map(entry => entry.toLowerCase())
  return {
    ...policy,
    umbrella: policy.umbrella.toLowerCase(),
    required: list(policy.required),
    optional: list(policy.optional),
    external: list(policy.external),
    skippable: list(policy.skippable),
  }
}

/**
 * The contexts of a commit, each under the name by which the lists or a job call it: a status is
 * the same context in any case.
 */
export function commitContexts(
  { legs, foreign, statuses }: HeadChecks,
  policy: Policy,
): readonly string[] {
  const jobs = [...legs.map(({ name }) => name), ...foreign.map(({ check }) => check.name)]
  const known = [...jobs, policy.umbrella, ...policy.required, ...policy.external]
  const named = statuses.map(
    ({ context }) => known.find(name => sameStatus(name, context)) ?? context,
  )
  return [...new Set([...jobs, ...named])].sort()
}

/**
 * Does nothing speak against it but jobs that failed as they may? Not where a person or another app
 * carries the name, in whatever case, or a newest run of its workflow did not come to the job.
 */
function failsAsItMay({ legs, foreign, statuses, newest }: HeadChecks, context: string): boolean {
  const named = legs.filter(({ name }) => sameStatus(name, context))
  const workflows = new Set(named.map(({ suite }) => suite.run.workflow))
  const jobs = newest
    .filter(({ run }) => workflows.has(run.workflow))
    .map(({ id }) => named.find(({ name, suite }) => name === context && suite.id === id))
  const isAllowed = (leg: Leg | undefined): boolean =>
    leg?.state === 'failure' && leg.check.mayFail === 'yes'
  return (
    jobs.some(isAllowed) &&
    jobs.every(leg => leg?.state === 'success' || isAllowed(leg)) &&
    named.every(({ name }) => name === context) &&
    !foreign.some(({ check }) => sameStatus(check.name, context)) &&
    !statuses.some(status => sameStatus(status.context, context))
  )
}

/**
 * How a context counts: the stricter of its level as it stands and as a status in any case. A job
 * that failed as its workflow lets it is taken for a success by what needs it, and is optional.
 */
export function levelIn(policy: Policy, head: HeadChecks, context: string): Level {
  if (context !== policy.umbrella && failsAsItMay(head, context)) return 'optional'
  const level = levelOf(policy, context)
  if (level !== 'unlisted' || carriersOf(head, context).status === null) return level
  const asStatus = levelOf(lowerCasePolicy(policy), context.toLowerCase())
  const isJob = head.legs.some(({ name }) => name === context)
  return asStatus === 'umbrella' && isJob ? level : asStatus
}
