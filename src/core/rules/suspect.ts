import type { StatusEvidence } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import { isGreen, isRed } from '../model/status.js'
import { readStatuses } from '../reading/head-statuses.js'
import { runGroupOf } from '../reading/run-group.js'
import { umbrellaOf } from '../reading/umbrella.js'

/**
 * May this green umbrella be a false one? By rows alone: the newest run that counts for some pull
 * request left one of its own contexts red. It raises nothing; it only says which heads are read
 * whole, where the rules decide.
 */
export function isSuspect(policy: Policy, evidence: StatusEvidence): boolean {
  // Most heads have no red row at all, and reading a history in full costs more than looking.
  const isOther = (context: string): boolean => context !== policy.umbrella
  const rows = evidence.history ?? evidence.latest
  if (!rows.some(({ context, state }) => isRed(state) && isOther(context))) return false
  const head = readStatuses(evidence)
  const found = umbrellaOf(head, policy.umbrella)
  if (found.kind !== 'row' || !isGreen(found.row.state)) return false
  return evidence.pulls.some(({ number }) => {
    const { newest, contexts } = runGroupOf(head, policy.umbrella, number)
    return [...contexts].some(context => {
      const own = head
        .of(context)
        .find(({ author }) => author.kind === 'actions' && author.run === newest)
      return isOther(context) && own !== undefined && isRed(own.state)
    })
  })
}
