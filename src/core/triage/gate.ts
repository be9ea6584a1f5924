import type { Preview } from '../model/evidence.js'
import { matches } from '../model/context.js'
import type { Policy } from '../model/policy.js'
import { isGreen } from '../model/status.js'
import { between } from '../model/time.js'

/**
 * May a context that a merge requires beside the umbrella hold a head back, by its preview: is one
 * red, pending for longer than any job would be waited for, or not there at all? Such a head is no
 * quiet one. What a preview did not see is not asked for: a page that is full of rows of other
 * contexts says nothing of one that is not among them.
 */
export function mayHoldBack(
  { umbrella, minAge }: Policy,
  { evidence, seen }: Preview,
  required: readonly string[],
): boolean {
  if (seen === undefined) return false
  const others = seen.newest.filter(({ context }) => context !== umbrella)
  const isHeld = ({ state, createdAt }: (typeof others)[number]): boolean =>
    state === 'pending' ? between(createdAt, evidence.observedAt) >= minAge : !isGreen(state)
  return required
    .filter(entry => entry !== umbrella)
    .some(entry => {
      const named = others.filter(({ context }) => matches(entry, context))
      return named.length === 0 ? seen.isWhole && !matches(entry, umbrella) : named.some(isHeld)
    })
}
