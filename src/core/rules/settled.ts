import type { Evidence } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import { decide, surroundingsAsked } from './decide.js'

/**
 * Is everything said about this head by what is known: nothing may be written, nothing raised and
 * nothing of ours taken back? More rows could only refuse it once more, or be found by the next
 * sweep. Base branches only ever refuse more, so they are not asked.
 */
export function isSettled(policy: Policy, evidence: Evidence): boolean {
  // What stands around a proven head is read behind this, and refuses until it is.
  if (surroundingsAsked(policy, evidence).isProven) return false
  const rows = [...evidence.latest, ...(evidence.history ?? [])]
  return (
    rows.every(({ author }) => author.kind !== 'us') &&
    [...decide(policy, [], evidence).values()].every(
      ({ kind }) => kind === 'refuse' || kind === 'wait',
    )
  )
}
