import { decide } from './decide.js'
import type { Evidence } from './evidence.js'
import type { Policy } from './policy.js'
import type { Withdrawal } from './reinspect.js'
import { pendingOver, withdrawalOf } from './reinspect.js'

/**
 * What a later sweep must close again: a success of ours that no longer holds, or a pending of ours
 * that should be red, since nothing is going any more and nothing can be repaired. Never opens
 * anything (design §7).
 */
export function closingOf(
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
): Withdrawal | null {
  const withdrawal = withdrawalOf(policy, evidence)
  if (withdrawal !== null) return withdrawal
  const covered = pendingOver(policy, evidence)
  if (covered === null) return null
  // A gap writes nothing, not even red.
  const verdicts = [...decide(policy, baseBranches, evidence).values()]
  return verdicts.every(({ kind, reason }) => kind === 'refuse' && reason !== 'evidence-incomplete')
    ? covered
    : null
}
