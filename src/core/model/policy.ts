import type { Grade } from './evidence.js'
import { isPattern, matches, matchesAny } from './context.js'
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

/** An exact entry beats a pattern; between two patterns the stricter level wins. */
export function levelOf(policy: Policy, context: string): Level {
  if (context === policy.umbrella) return 'umbrella'
  if (matchesAny(policy.external, context)) return 'external'
  if (policy.required.includes(context)) return 'required'
  if (policy.optional.includes(context)) return 'optional'
  if (matchesAny(policy.required, context)) return 'required'
  return matchesAny(policy.optional, context) ? 'optional' : 'unlisted'
}

/** Entries of `required-contexts` and `external-contexts` that name none of these contexts. */
export function unmatched(policy: Policy, contexts: readonly string[]): readonly string[] {
  return [...policy.required, ...policy.external].filter(
    entry =>
      !contexts.some(
        context =>
          context !== policy.umbrella &&
          (isPattern(entry)
            ? matches(entry, context) && levelOf(policy, context) !== 'optional'
            : entry === context),
      ),
  )
}
