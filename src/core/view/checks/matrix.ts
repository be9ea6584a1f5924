import { matches, matchesAny } from '../../model/context.js'
import { unmatched } from '../../model/policy.js'
import type { RequiredContexts } from '../required-contexts.js'
import type { Leg } from './legs.js'

/** Does a job name with expressions left in it, as `test (${{ matrix.os }})`, give this one? */
const isExpanded = (name: string, entry: string): boolean =>
  name.includes('${{') && matches(name.replace(/\$\{\{.*?\}\}/gs, '*'), entry)

/**
 * A job without a name of its own is called by its id, and its legs `id (value)`. A skipped job
 * that calls a workflow stands for all of that one's, `id / job`.
 */
const isLegOfJob = (name: string, entry: string): boolean =>
  (entry.startsWith(`${name} (`) && entry.endsWith(')')) || entry.startsWith(`${name} / `)

/**
 * GitHub never expands the matrix of a job that it skips: one check run stands for all of its legs,
 * under the name as it is written, or the job's id (docs/github-facts.md, 7). A required leg that
 * nothing carries is that check run then. That it may be skipped must be said of the check run; of
 * the leg it is enough where the name shows that it is the leg's.
 */
export function withSkippedMatrices(
  required: RequiredContexts,
  legs: readonly Leg[],
  contexts: readonly string[],
): RequiredContexts {
  const { policy, needed } = required
  const skipped = legs.filter(({ state }) => state === 'skipped').map(({ name }) => name)
  if (skipped.length === 0) return required
  const missing = new Set([
    ...unmatched({ ...policy, external: [] }, contexts),
    ...needed.filter(context => !contexts.includes(context)),
  ])
  const standsFor = (entry: string): readonly string[] =>
    missing.has(entry)
      ? skipped.filter(name => isExpanded(name, entry) || isLegOfJob(name, entry))
      : []
  const replaced = (entry: string): readonly string[] => {
    const names = standsFor(entry)
    return names.length === 0 ? [entry] : names
  }
  const maySkip = [...missing]
    .filter(entry => matchesAny(policy.skippable, entry))
    .flatMap(entry => skipped.filter(name => isExpanded(name, entry)))
  return {
    ...required,
    needed: needed.flatMap(replaced),
    policy: {
      ...policy,
      required: policy.required.flatMap(replaced),
      skippable: [...policy.skippable, ...maySkip],
    },
  }
}
