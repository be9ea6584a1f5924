import type { Instant } from '../../core/model/time.js'
import type { PastKind } from '../../core/rules/past.js'
import type { RowId, RunKey } from '../../core/model/ids.js'

/** The shape of what `audit --json` prints. It changes only with this string. */
export const AUDIT_SCHEMA = 'umbrella-reaper/audit/1'

/** What became of the proof behind a success of ours. */
export const OURS_SAYS = ['holds', 'no-longer-derivable', 'wrong'] as const
export type OursSays = (typeof OURS_SAYS)[number]

/** A success of ours, and what its proof says by the server as it is now. */
export interface OursReport {
  readonly row: RowId
  readonly at: string
  readonly says: OursSays
  readonly detail: string
}

/** What a merge was made over, that should have stopped it. */
export const BAD_KINDS = ['red', 'skipped-over-red', 'unfinished', 'unproven'] as const

/** One merged pull request about which there is something to say. */
export interface AuditedMergeReport {
  readonly number: number
  readonly url: string
  readonly title: string
  readonly head: string
  readonly base: string
  readonly mergedAt: string
  /** `null` where the server does not tell. */
  readonly mergedBy: string | null
  readonly kind: PastKind
  readonly detail: string
  readonly context: string | null
  /** The rows of that context at the merge, the newest first: check runs have none. */
  readonly rows: readonly RowReport[]
  readonly run: { readonly key: RunKey; readonly url: string } | null
  /** The success of ours that stood at the merge; `null`: none did. */
  readonly ours: OursReport | null
}

/** A status row as it was written. */
export interface RowReport {
  readonly row: RowId
  readonly state: string
  readonly run: RunKey | null
  readonly at: string
}

/** Everything an audit saw. */
export interface AuditReport {
  readonly schema: typeof AUDIT_SCHEMA
  readonly repo: string
  readonly umbrella: string
  readonly since: string
  /** Merged since then, into the base branches that were asked for. */
  readonly merged: number
  /** Of those, how many were looked at by this audit, and before it by those it goes on from. */
  readonly audited: number
  readonly before: number
  readonly counts: Readonly<Record<PastKind, number>>
  readonly findings: readonly AuditedMergeReport[]
  /** What could not be known any more, or not be read. */
  readonly unknown: readonly AuditedMergeReport[]
  /** Successes of ours whose proof does not hold, on merges that are fine otherwise. */
  readonly doubtful: readonly AuditedMergeReport[]
  /** Where it stopped before the end, and why; `null`: it did not. */
  readonly stopped: Stopped | null
  readonly requests: number
}

/** Where an audit stopped. */
export interface Stopped {
  /** The last one that was audited; `null`: none was. */
  readonly after: number | null
  readonly why: string
}

/** What an audit is asked for. */
export interface AuditQuestion {
  readonly since: Instant
  /** Goes on behind this one, in the order in which they were merged. */
  readonly after: number | null
  readonly maxRequests: number
  readonly format: 'text' | 'json' | 'csv'
}
