import type { Level, Policy } from '../../model/policy.js'
import { levelOf } from '../../model/policy.js'
import type { HeadChecks } from './head.js'
import { carriersOf } from './result.js'
import { sameStatus } from './statuses.js'

/** The lists without case, for the contexts of statuses. */
const lower = (policy: Policy): Policy => {
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
export function contextsOf(
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

/** Did it fail in every newest run that did not end green with it, and may it in all of those? */
function failsAsItMay({ legs, newest }: HeadChecks, context: string): boolean {
  const suites = new Set(newest.map(({ id }) => id))
  const [first, ...more] = legs
    .filter(({ name, suite }) => name === context && suites.has(suite.id))
    .filter(({ state }) => state !== 'success')
  if (first === undefined) return false
  return [first, ...more].every(
    ({ state, check }) => state === 'failure' && check.mayFail === 'yes',
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
  const asStatus = levelOf(lower(policy), context.toLowerCase())
  const isJob = head.legs.some(({ name }) => name === context)
  return asStatus === 'umbrella' && isJob ? level : asStatus
}
