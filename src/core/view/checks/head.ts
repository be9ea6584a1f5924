import type { CheckEvidence } from '../../model/evidence.js'
import type { SignedRow } from '../../model/status.js'
import type { ForeignCheck, Leg, RunSuite } from './legs.js'

/** What stands on one commit, sorted once for every question that follows. */
export interface HeadChecks {
  readonly evidence: CheckEvidence
  readonly legs: readonly Leg[]
  readonly foreign: readonly ForeignCheck[]
  /** The newest status of every context. */
  readonly statuses: readonly SignedRow[]
  /** The newest run of every producer, the newest first. */
  readonly newest: readonly RunSuite[]
}
