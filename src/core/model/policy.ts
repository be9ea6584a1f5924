import type { Grade } from './evidence.js'
import { namedBy } from './context.js'
import type { Duration } from './time.js'

/**
 * What the user asks of a sweep, checked: the lists do not contradict each other and never name the
 * umbrella.
 */
export interface Policy {
  readonly umbrella: string
  /** Must be green, not skipped. Empty: what the umbrella stands for by the workflow files. */
  readonly required: readonly string[]
  /** Of what is required, what may be skipped all the same; never failed, cancelled or missing. */
  readonly skippable: readonly string[]
  /** May fail, be cancelled, skipped or missing, but never be open. */
  readonly optional: readonly string[]
  /**
   * Contexts another system writes: their latest row counts, whoever wrote it. They are required.
   */
  readonly external: readonly string[]
  readonly minAge: Duration
  /** The least grade of evidence a repair may rest on. */
  readonly minGrade: Grade
  /**
   * The user says what the umbrella stands for: `required-contexts` is given, and the umbrella is
   * named or the documented default.
   */
  readonly userVouches: boolean
  /** May the umbrella's job be run again? Not with `remedy: status`. */
  readonly mayRerun: boolean
}

/** How a context counts for a policy (docs/evidence.md). */
export type Level = 'umbrella' | 'external' | 'required' | 'optional' | 'unlisted'

const NOTHING: ReadonlySet<string> = new Set()

/** A context, and how it counts. */
export interface ListedContext {
  readonly context: string
  readonly level: Level
}

/** An exact entry beats a pattern; between two patterns the stricter level wins. */
export function levelsOf(policy: Policy, contexts: readonly string[]): readonly ListedContext[] {
  const named = (entries: readonly string[]): ReadonlySet<string> =>
    entries.length === 0 ? NOTHING : namedBy(entries, contexts)
  const external = named(policy.external)
  const required = named(policy.required)
  const optional = named(policy.optional)
  const levelFor = (context: string): Level => {
    if (context === policy.umbrella) return 'umbrella'
    if (external.has(context)) return 'external'
    if (policy.required.includes(context)) return 'required'
    if (policy.optional.includes(context)) return 'optional'
    if (required.has(context)) return 'required'
    return optional.has(context) ? 'optional' : 'unlisted'
  }
  return contexts.map(context => ({ context, level: levelFor(context) }))
}

/** Does any list name this context, or is it the umbrella? */
export const isListed = (policy: Policy, context: string): boolean =>
  levelsOf(policy, [context]).some(({ level }) => level !== 'unlisted')

/** May this context fail, whatever else the lists name? */
export const isOptional = (policy: Policy, context: string): boolean =>
  levelsOf(policy, [context]).some(({ level }) => level === 'optional')

/** Entries of `required-contexts` and `external-contexts` that name none of these contexts. */
export function unmatched(policy: Policy, contexts: readonly string[]): readonly string[] {
  const others = new Set(contexts.filter(context => context !== policy.umbrella))
  const unnamed = [...policy.required, ...policy.external].filter(entry => !others.has(entry))
  if (unnamed.length === 0) return []
  // What an exact entry makes optional is not what a pattern of another list asks for.
  const counting = levelsOf(policy, [...others]).flatMap(({ context, level }) =>
    level === 'optional' ? [] : [context],
  )
  return unnamed.filter(entry => namedBy([entry], counting).size === 0)
}
