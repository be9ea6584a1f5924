import type { Evidence } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import type { RunKey } from '../model/ids.js'
import type { SignedRow } from '../model/status.js'
import type { ContextResult } from './assessment.js'
import { assess } from './assessment.js'
import { assessChecks, umbrellaChecks } from './checks/assessment.js'
import { keyOf, readChecks, sameStatus } from './checks/result.js'
import { statusRows } from './checks/statuses.js'
import { readStatuses } from './head-statuses.js'
import { umbrellaOf } from './umbrella.js'

/** The one row of the umbrella that the gate reads; `null` where it is not one row. */
export function standingRow(evidence: Evidence, umbrella: string): SignedRow | null {
  if (evidence.kind === 'checks') return umbrellaChecks(readChecks(evidence), umbrella).status
  const found = umbrellaOf(readStatuses(evidence), umbrella)
  return found.kind === 'row' ? found.row : null
}

/** Every row of the umbrella that was read, newest first. */
export function umbrellaRows(evidence: Evidence, umbrella: string): readonly SignedRow[] {
  return evidence.kind === 'checks'
    ? statusRows(evidence).filter(row => sameStatus(row.context, umbrella))
    : readStatuses(evidence).of(umbrella)
}

/** What the newest run says of every context that counts for one pull request. */
export function newestSays(
  policy: Policy,
  evidence: Evidence,
  pull: number,
): { readonly run: RunKey | null; readonly results: readonly ContextResult[] } {
  if (evidence.kind !== 'checks') {
    const { group, results } = assess(policy, readStatuses(evidence), pull)
    return { run: group.newest, results }
  }
  const { group, results, head } = assessChecks(policy, evidence, pull)
  // The run that wrote the red may be gone, and what the others say counts all the same.
  const newest = group[0] ?? head.newest[0]
  return { run: newest === undefined ? null : keyOf(newest), results }
}
