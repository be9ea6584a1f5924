import type { RowId, RunKey } from '../model/ids.js'
import type { JobRef } from '../model/job.js'
import type { JobPhase, SignedRow } from '../model/status.js'
import { isFinal, isRed } from '../model/status.js'

/**
 * Where a result was read: the newest run's own row, a row its end left untouched because it was
 * equal, its job rows, or another system's row.
 */
export type Source = 'own-row' | 'equal-row' | 'job' | 'external'

/**
 * What the newest run says of one context (docs/evidence.md). Only `success` proves anything;
 * `unknown` is never green.
 */
export type JobResult =
  | {
      readonly kind: 'success' | 'failure' | 'cancelled' | 'skipped'
      readonly source: Source
      readonly run: RunKey | null
      readonly job: JobRef | null
      readonly attempt: number | null
      readonly row: RowId | null
      /** Of a job that never began: why its run did not come to it. */
      readonly never?: string
    }
  | { readonly kind: 'open'; readonly run: RunKey | null; readonly why: string }
  | { readonly kind: 'disagree'; readonly run: RunKey; readonly why: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'stranger'; readonly state: SignedRow['state']; readonly row: RowId }
  | {
      readonly kind: 'unknown'
      readonly run: RunKey | null
      readonly pending: boolean
      readonly why: string
    }

/** What the run says is not established; `pending`: the context's latest row may still change. */
export const unknownResult = (
  run: RunKey | null,
  rows: readonly SignedRow[],
  why: string,
): JobResult => ({
  kind: 'unknown',
  run,
  pending: rows[0]?.state === 'pending',
  why,
})

/**
 * Does the job go on, or may it? A pending row above its last result, whoever's, can hide a re-run:
 * a server that skips equal states writes none of its own there (docs/forge-facts.md, 2.3).
 */
export const mayBeGoing = (result: JobResult): boolean =>
  result.kind === 'open' || (result.kind === 'unknown' && result.pending)

/** What Actions says of its job in a row; `null` for a row of somebody else. */
export const phaseOf = (row: SignedRow | undefined): JobPhase | null =>
  row?.author.kind === 'actions' ? row.author.phase : null

/** Has a job of Actions ended by this row, whatever its result? */
export function isEnd(row: SignedRow | undefined): boolean {
  const phase = phaseOf(row)
  return phase !== null && isFinal(phase)
}

/** The rows of one run among these. */
export const byRun = (rows: readonly SignedRow[], run: RunKey): readonly SignedRow[] =>
  rows.filter(({ author }) => author.kind === 'actions' && author.run === run)

/** What another system's row says of its context; `name` is what such a row is called. */
export function externalResult({ id: row, state }: SignedRow, name: 'row' | 'status'): JobResult {
  const kind = isRed(state) ? 'failure' : state === 'success' || state === 'skipped' ? state : null
  return kind === null
    ? { kind: 'open', run: null, why: `${name} ${row} says ${state}` }
    : { kind, source: 'external', run: null, job: null, attempt: null, row }
}
