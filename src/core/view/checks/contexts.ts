import type { ListedContext, Policy } from '../../model/policy.js'
import { levelsOf } from '../../model/policy.js'
import type { HeadChecks } from './head.js'
import type { Leg } from './legs.js'

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
  const known = new Map(
    [...jobs, policy.umbrella, ...policy.required, ...policy.external]
      .reverse()
      .map(name => [name.toLowerCase(), name]),
  )
  const named = statuses.map(({ context }) => known.get(context.toLowerCase()) ?? context)
  return [...new Set([...jobs, ...named])].sort()
}

/**
 * Does nothing speak against it but jobs that failed as they may? Not where a person or another app
 * carries the name, in whatever case, or a newest run of its workflow did not come to the job.
 */
function failsAsItMay(
  { legs, foreign, rows, newest }: HeadChecks,
  umbrella: string,
  context: string,
): boolean {
  const lower = context.toLowerCase()
  const named = legs.filter(({ name }) => name.toLowerCase() === lower)
  const workflows = new Set(named.map(({ suite }) => suite.run.workflow))
  const jobs = newest
    .filter(({ run }) => workflows.has(run.workflow))
    .map(({ id }) => named.find(({ name, suite }) => name === context && suite.id === id))
  // Only a job that needs it, in the same run, reads its failure as a success.
  const isNeeded = (leg: Leg): boolean =>
    legs.some(({ name, suite }) => name === umbrella && suite.id === leg.suite.id)
  const isAllowed = (leg: Leg | undefined): boolean =>
    leg?.state === 'failure' && leg.check.mayFail === 'yes' && isNeeded(leg)
  return (
    jobs.some(isAllowed) &&
    jobs.every(leg => leg?.state === 'success' || isAllowed(leg)) &&
    named.every(({ name }) => name === context) &&
    !foreign.some(({ check }) => check.name.toLowerCase() === lower) &&
    !rows.has(lower)
  )
}

/**
 * How contexts count: by the stricter of their level as they stand and as a status in any case. A
 * job that failed as its workflow lets it is taken for a success by what needs it, and is optional.
 */
export function levelsIn(
  policy: Policy,
  head: HeadChecks,
  contexts: readonly string[],
): readonly ListedContext[] {
  const names = [...head.rows.keys()]
  const asStatuses = names.length === 0 ? [] : levelsOf(lowerCasePolicy(policy), names)
  const inLower = new Map(asStatuses.map(({ context, level }) => [context, level]))
  const jobs = new Set(head.legs.map(({ name }) => name))
  return levelsOf(policy, contexts).map(({ context, level }) => {
    if (level !== 'umbrella' && failsAsItMay(head, policy.umbrella, context))
      return { context, level: 'optional' }
    const asStatus = inLower.get(context.toLowerCase())
    if (level !== 'unlisted' || asStatus === undefined) return { context, level }
    const isJob = asStatus === 'umbrella' && jobs.has(context)
    return { context, level: isJob ? level : asStatus }
  })
}
