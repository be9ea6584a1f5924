import type { CheckEvidence } from '../../model/evidence.js'
import type { SignedRow } from '../../model/status.js'
import type { SortedChecks } from './legs.js'

/** What stands on one commit, sorted once for every question that follows. */
export interface HeadChecks extends SortedChecks {
  readonly evidence: CheckEvidence
  /** The newest status of every context. */
  readonly statuses: readonly SignedRow[]
  /** Every status that was read, newest first, by its context in lower case. */
  readonly rows: ReadonlyMap<string, readonly SignedRow[]>
}
