import type { Legs, UmbrellaNeeds } from '../model/umbrella-files.js'
import type { Policy } from '../model/policy.js'
import { levelsOf } from '../model/policy.js'

/** What must be green for one pull request, and where that comes from. */
export interface RequiredContexts {
  /** The policy as it stands for this pull: with what its umbrella needs, where no list says. */
  readonly policy: Policy
  /** Contexts that the umbrella needs, by their very names. */
  readonly needed: readonly string[]
  /** Does every other job of the newest run count besides? */
  readonly implied: boolean
  /** Jobs of which one leg at least must be there. */
  readonly legs: readonly Legs[]
  /** Jobs of the base branch that only a run tells, and that the pull took off its umbrella. */
  readonly dropped: readonly string[]
  /** Where the list comes from, in words: `required-contexts`, or a file. */
  readonly source: string
  /** The file alone; `''` where it is no file. */
  readonly from: string
}

/** Something that must be green and is not there, where no context names it. */
export interface Absent {
  readonly context: string
  readonly why: string
}

/**
 * What must be green where no list says: what the umbrella needs, but for what the user named as
 * optional or external.
 */
export function requiredContexts(
  policy: Policy,
  needs: UmbrellaNeeds | undefined,
): RequiredContexts {
  const none = { needed: [], implied: false, legs: [], dropped: [], from: '' }
  if (policy.required.length > 0 || needs === undefined)
    return { ...none, policy, source: 'required-contexts' }
  if (needs.kind === 'not-read' || needs.kind === 'no-such-job')
    return { ...none, policy: { ...policy, required: [] }, source: 'nowhere' }
  const { contexts, from } = needs
  const needed = levelsOf(policy, contexts).flatMap(({ context, level }) =>
    level === 'unlisted' ? [context] : [],
  )
  const told = { ...none, policy: { ...policy, required: needed }, needed, from }
  if (needs.kind === 'contexts') return { ...told, source: `the needs of the umbrella (${from})` }
  return {
    ...told,
    implied: true,
    legs: needs.legs,
    dropped: needs.dropped,
    source: `every other job of the run, for ${needs.why} (${from})`,
  }
}

const isLegOf = (context: string, { prefix, suffix }: Legs): boolean => {
  if (!context.startsWith(prefix) || !context.slice(prefix.length).endsWith(suffix)) return false
  const between = context.slice(prefix.length, context.length - suffix.length)
  return between === '' || /^ \(.*\)$/s.test(between) || between.startsWith(' / ')
}

/**
 * Jobs that the umbrella needs and that no context of the newest run carries. What only a run tells
 * would else be missing without a trace.
 */
export function absentOf(
  { legs, dropped, from }: RequiredContexts,
  contexts: readonly string[],
): readonly Absent[] {
  return [
    ...dropped.map(id => ({
      context: id,
      why:
        `the umbrella of ${from} needs ${id}, and the file of the pull request dropped it: ` +
        'set required-contexts',
    })),
    ...legs
      .filter(one => !contexts.some(context => isLegOf(context, one)))
      .map(({ prefix, suffix }) => ({
        context: `${prefix}${suffix}`,
        why: `no leg of ${prefix}${suffix} in the newest run (${from}): set required-contexts`,
      })),
  ]
}
