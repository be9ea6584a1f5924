import type { UmbrellaView } from '../view.js'
import { isRequired, maySkip } from '../view.js'
import type { Leg } from './legs.js'

/**
 * The green jobs that a proof would rest on and that the jobs of their runs do not name; none where
 * something required is not green, and nothing is proven anyway.
 */
export function unlistedProof({ policy, contexts, read, isGreen }: UmbrellaView): readonly Leg[] {
  const required = contexts.filter(isRequired)
  const isDone = ({ context, result }: (typeof required)[number]): boolean =>
    result.kind === 'success' || maySkip(policy, context, result)
  if (read.kind === 'rows' || isGreen || required.some(one => !isDone(one))) return []
  const ids = new Set(
    required.flatMap(({ result }) => ('job' in result ? (result.job?.id ?? []) : [])),
  )
  return read.head.legs.filter(({ check }) => ids.has(check.id) && !check.isListed)
}
