import type { Evidence } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import { isRed } from '../model/status.js'
import type { ReadsAsked } from '../model/surroundings.js'
import { viewOf } from '../view/read.js'
import { headStatusesOf } from '../view/head-statuses.js'
import type { Judgement } from '../rules/decide.js'
import { surroundingsAsked } from '../rules/decide.js'
import { onlyFailure } from '../rules/inherited.js'

/** What of a studied head is worth another read, since it may change what is said of it. */
interface ReadsLeft extends ReadsAsked {
  /** Is every pull request proven by what is written on the commit? */
  readonly isProven: boolean
}

/**
 * What stands around a head is asked only where a write would follow, and rows of base commits only
 * where one failed job alone holds a pull back.
 */
export function readsLeft(policy: Policy, head: Evidence): ReadsLeft {
  const around = surroundingsAsked(policy, head)
  return { ...around, bases: around.isProven ? [] : basesAsked(policy, head) }
}

/** Base commits whose rows would explain a refusal. */
function basesAsked(policy: Policy, evidence: Evidence): readonly string[] {
  if (evidence.kind === 'checks') return []
  const head = headStatusesOf(evidence)
  const found = head.umbrella(policy.umbrella)
  if (found.kind !== 'row' || !isRed(found.row.state)) return []
  return evidence.pulls.flatMap(({ number, baseSha }) => {
    const view = viewOf(policy, evidence, number)
    return baseSha !== null && onlyFailure(view, view.required) !== null ? [baseSha] : []
  })
}

/**
 * Is everything said about this head by what is known: nothing may be written, nothing raised and
 * nothing of ours taken back? More rows could only refuse it once more, or be found by the next
 * sweep. Never asked of a proven head: what stands around it is not read yet, and refuses until it
 * is.
 */
export function isSettled(
  { latest, history }: Evidence,
  judgements: ReadonlyMap<number, Judgement>,
): boolean {
  return (
    [...latest, ...(history ?? [])].every(({ author }) => author.kind !== 'us') &&
    [...judgements.values()].every(({ verdict: { kind } }) => kind === 'refuse' || kind === 'wait')
  )
}
