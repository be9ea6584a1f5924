import type { Legs, UmbrellaNeeds } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import { levelOf } from '../model/policy.js'

/** Where the list of what must be green comes from, in words. */
function sourceOf(needs: UmbrellaNeeds): string {
  switch (needs.kind) {
    case 'contexts':
      return `the needs of the umbrella (${needs.from})`
    case 'every-other-job':
      return `every other job of the run, for ${needs.why} (${needs.from})`
    case 'no-such-job':
    case 'not-read':
      return 'nowhere'
  }
}

/** What must be green for one pull, and where that comes from. */
export interface Demand {
  readonly policy: Policy
  /** Contexts that the umbrella needs, by their very names. */
  readonly needed: readonly string[]
  /** Does every other job of the newest run count besides? */
  readonly implied: boolean
  /** Jobs of which one leg at least must be there. */
  readonly legs: readonly Legs[]
  /** Jobs of the base branch that only a run tells, and that the pull took off its umbrella. */
  readonly dropped: readonly string[]
  readonly source: string
  readonly from: string
}

/** Something that must be green and is not there, where no context names it. */
export interface Absent {
  readonly context: string
  readonly why: string
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
  { legs, dropped, from }: Demand,
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

/**
 * What must be green where no list says: what the umbrella needs, but for what the user named as
 * optional or external.
 */
export function demanded(policy: Policy, needs: UmbrellaNeeds | undefined): Demand {
  if (policy.required.length > 0 || needs === undefined)
    return {
      ...{ policy, needed: [], implied: false, legs: [], dropped: [] },
      ...{ source: 'required-contexts', from: '' },
    }
  const contexts =
    needs.kind === 'contexts' || needs.kind === 'every-other-job' ? needs.contexts : []
  const needed = contexts.filter(context => levelOf(policy, context) === 'unlisted')
  return {
    policy: { ...policy, required: needed },
    needed,
    implied: needs.kind === 'every-other-job',
    legs: needs.kind === 'every-other-job' ? needs.legs : [],
    dropped: needs.kind === 'every-other-job' ? needs.dropped : [],
    source: sourceOf(needs),
    from: 'from' in needs ? needs.from : '',
  }
}
