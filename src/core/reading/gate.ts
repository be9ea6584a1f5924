import type { Evidence } from '../model/evidence.js'
import { isGreen } from '../model/status.js'
import { closedChecks } from './checks/assessment.js'
import { readStatuses } from './head-statuses.js'

/** One context of a head that is not green: what may still close the merge gate. */
export interface Blocker {
  readonly context: string
  readonly state: string
}

/** The contexts of a head beside the umbrella that are not green. */
export function blockersOf(evidence: Evidence, umbrella: string): readonly Blocker[] {
  if (evidence.kind === 'checks') return closedChecks(evidence, umbrella)
  const head = readStatuses(evidence)
  return head.contexts.flatMap(context => {
    if (context === umbrella) return []
    const closed = head.latest(context).find(({ state }) => !isGreen(state))
    return closed === undefined ? [] : [{ context, state: closed.state }]
  })
}
