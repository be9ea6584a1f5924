import type { CheckEvidence, Evidence } from '../model/evidence.js'
import { isGreen } from '../model/status.js'
import { readChecks } from './checks/result.js'
import { sameStatus } from './checks/statuses.js'
import { headStatusesOf } from './head-statuses.js'

/** One context of a head that is not green: what may still close the merge gate. */
export interface Blocker {
  readonly context: string
  readonly state: string
}

/** The contexts of a head beside the umbrella that are not green. */
export function blockersOf(evidence: Evidence, umbrella: string): readonly Blocker[] {
  if (evidence.kind === 'checks') return blockingChecks(evidence, umbrella)
  const head = headStatusesOf(evidence)
  return head.contexts.flatMap(context => {
    if (context === umbrella) return []
    const closed = head.latest(context).find(({ state }) => !isGreen(state))
    return closed === undefined ? [] : [{ context, state: closed.state }]
  })
}

/** The same as a strict merge gate reads it: any leg of any run counts. */
function blockingChecks(evidence: CheckEvidence, umbrella: string): readonly Blocker[] {
  const { legs, foreign, statuses } = readChecks(evidence)
  const found = new Map<string, string>()
  const all = [
    ...legs.map(({ name, state }) => ({ context: name, state })),
    ...foreign.map(({ check: { name, state } }) => ({ context: name, state })),
    ...statuses,
  ]
  for (const { context, state } of all)
    if (state !== 'success' && state !== 'skipped' && !sameStatus(context, umbrella))
      if (!found.has(context)) found.set(context, state)
  return [...found].map(([context, state]) => ({ context, state }))
}
