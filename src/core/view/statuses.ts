import type { JobKey, RowId, RunKey } from '../model/ids.js'
import type { JobConclusion, SignedRow } from '../model/status.js'
import { isFinal, ZOMBIE_AFTER } from '../model/status.js'
import type { HeadStatuses } from './head-statuses.js'
import type { JobResult, Source } from './job-result.js'
import { byRun, unknownResult, phaseOf } from './job-result.js'

/**
 * A pending row above, whoever's, can hide a re-run. A state nobody knows does not get here:
 * `evidence-incomplete` refuses it.
 */
function pendingAbove(rows: readonly SignedRow[], id: number): boolean {
  return rows.some(row => row.id > id && row.state === 'pending')
}

/** A row with which Actions said how a job ended. */
interface JobEnd {
  readonly phase: JobConclusion
  readonly run: RunKey
  readonly job: JobKey
  readonly row: RowId
}

function endOf(row: SignedRow | undefined): JobEnd | null {
  if (row?.author.kind !== 'actions' || !isFinal(row.author.phase)) return null
  const { phase, run, job } = row.author
  return { phase, run, job, row: row.id }
}

const fromEnd = ({ phase, run, job, row }: JobEnd, source: Source): JobResult => ({
  kind: phase,
  source,
  run,
  job: { key: job, id: null },
  attempt: null,
  row,
})

/**
 * Did a runner execute the job of this row? Where a skipped job is written as `success`, the
 * success of an older run also stays under a job that was skipped. Only the run's own row tells,
 * and only if the run wrote no end after it: a task row, or a row before an end, may be of an
 * earlier attempt.
 */
function hasRun(own: SignedRow | undefined, earlier: readonly SignedRow[]): boolean {
  const phase = phaseOf(own)
  if (own === undefined || (phase !== 'running' && phase !== 'success')) return false
  return !earlier.some(row => row.id > own.id && endOf(row) !== null)
}

/**
 * Rule (b): what a server that skips rows equal to the latest state left standing when the newest
 * run ended. The run's umbrella row was written when its job ended by its runner's report; the
 * server then posted every job of the run again and wrote nothing over the standing row, so that
 * row's state is the run's. A clean-up (cancel, abandon, a failure of ten minutes or more) posts
 * nothing again (docs/forge-facts.md, 2.3, 3 M7–M9).
 *
 * It also answers where the run's own row is final but a pending row of another run stands between
 * it and the standing row: the same posting proves that no re-run was hidden under that pending row
 * (seen in recordings/gitea-1.23.8, two pulls on one head).
 */
function equalRow(
  head: HeadStatuses,
  umbrella: string,
  run: RunKey,
  context: string,
): JobEnd | null {
  const rows = head.of(context)
  const [own] = byRun(rows, run)
  if (!head.evidence.traits.skipsEqualState) return null
  const [end, ...earlier] = byRun(head.of(umbrella), run)
  if (end?.author.kind !== 'actions') return null
  const { phase, took } = end.author
  const reported =
    phase === 'success' || (phase === 'failure' && took !== null && took < ZOMBIE_AFTER)
  if (!reported) return null
  const standing = endOf(rows.find(row => row.id < end.id))
  if (standing === null) return null
  const ownPhase = phaseOf(own)
  if (ownPhase !== null && isFinal(ownPhase) && ownPhase !== standing.phase) return null
  const mayBeSkipped = head.evidence.traits.skippedIsSuccess && standing.phase === 'success'
  if (mayBeSkipped && !hasRun(own, earlier)) return null
  return pendingAbove(rows, standing.row) ? null : standing
}

/**
 * What one run says of a context by its status rows alone: rules (a), (b), (c) of docs/evidence.md.
 * `umbrella` is `null` where (b) may not be used.
 */
export function byStatus(
  head: HeadStatuses,
  umbrella: string | null,
  run: RunKey,
  context: string,
): JobResult {
  const rows = head.of(context)
  const own = byRun(rows, run)
  const positions = new Set(
    own.flatMap(({ author }) => (author.kind === 'actions' ? [author.job] : [])),
  )
  if (positions.size > 1) return unknownResult(run, rows, `two jobs of run ${run} write ${context}`)
  const newest = own[0]
  const end = endOf(newest)
  if (end !== null && !pendingAbove(rows, end.row)) return fromEnd(end, 'own-row')
  const standing = umbrella === null ? null : equalRow(head, umbrella, run, context)
  if (standing !== null) return fromEnd(standing, 'equal-row')
  if (newest === undefined) return unknownResult(run, rows, `run ${run} wrote no row of ${context}`)
  if (newest === rows[0]) return { kind: 'open', run, why: `run ${run} says ${newest.description}` }
  return unknownResult(
    run,
    rows,
    `run ${run} has no final row of ${context} that nothing pending stands above`,
  )
}
