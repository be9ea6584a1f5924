import type { UmbrellaView } from '../view.js'
import { maySkip } from '../view.js'
import type { Leg } from './legs.js'

/**
 * The jobs of every newest run that a proof would rest on, and that the jobs of their run do not
 * name; none where something required is not green, and nothing is proven anyway.
 */
export function unlistedProof({ policy, required, read, isGreen }: UmbrellaView): readonly Leg[] {
  const isDone = ({ context, result }: (typeof required)[number]): boolean =>
    result.kind === 'success' || maySkip(policy, context, result)
  if (read.kind === 'rows' || isGreen || required.some(one => !isDone(one))) return []
  const names = new Set(required.map(({ context }) => context))
  const runs = new Set(read.head.newest.map(({ id }) => id))
  return read.head.legs
    .filter(({ name, suite, check }) => names.has(name) && runs.has(suite.id) && !check.isListed)
    .sort((a, b) => a.check.id - b.check.id)
}
