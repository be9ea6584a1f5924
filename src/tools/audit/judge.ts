import type { Evidence } from '../../core/model/evidence.js'
import type { Policy } from '../../core/model/policy.js'
import type { Instant } from '../../core/model/time.js'
import type { RunKey } from '../../core/model/ids.js'
import { formatInstant, seconds } from '../../core/model/time.js'
import type { Past } from '../../core/rules/past.js'
import { judgePast } from '../../core/rules/past.js'
import { asOf } from '../../core/view/as-of.js'
import { headStatusesOf } from '../../core/view/head-statuses.js'
import { umbrellaRows } from '../../core/view/read.js'
import type { CommitReads, MergedPull } from '../../forge/commits.js'
import { derivedAgain, successesOfOurs } from './ours.js'
import type { AuditedMergeReport, OursReport, RowReport } from './report.js'

/** A merge that was looked at. */
export interface AuditedMerge {
  readonly pull: MergedPull
  readonly past: Past
  readonly ours: OursReport | null
  readonly rows: readonly RowReport[]
}

/**
 * A run that wrote here and is not listed any more, where runs are: servers delete them after a
 * while, and what their jobs would tell is gone.
 */
function deletedRun(evidence: Evidence): RunKey | null {
  if (evidence.kind === 'checks' || (evidence.kind !== 'jobs' && evidence.runs.length === 0))
    return null
  const listed = new Set(evidence.runs.map(({ key }) => key))
  return [...headStatusesOf(evidence).writers.keys()].find(key => !listed.has(key)) ?? null
}

/**
 * What the newest run said when a pull request was merged. Servers tell times by the second: where
 * only what was written in the second of the merge speaks against it, it is not known which of the
 * two came first.
 */
function atMerge(policy: Policy, evidence: Evidence, pull: MergedPull): Past {
  const past = judgePast(policy, asOf(evidence, { at: pull.mergedAt }), pull)
  if (past.kind === 'green' || past.kind === 'unknown') return past
  const deleted = past.kind === 'unproven' ? deletedRun(evidence) : null
  if (deleted !== null)
    return { ...past, kind: 'unknown', detail: `${past.detail}; run ${deleted} was deleted` }
  const before = (pull.mergedAt - seconds(1)) as Instant
  const earlier = judgePast(policy, asOf(evidence, { at: before }), pull)
  return earlier.kind === 'green'
    ? { ...past, kind: 'unknown', detail: `in the very second of the merge: ${past.detail}` }
    : past
}

/** The success of ours that stood on the gate at the merge. */
function oursAt(policy: Policy, evidence: Evidence, pull: MergedPull): OursReport | null {
  const then = asOf(evidence, { at: pull.mergedAt })
  const [standing] = umbrellaRows(then, policy.umbrella)
  const [row] = successesOfOurs(policy, then)
  return row === undefined || row.id !== standing?.id
    ? null
    : derivedAgain(policy, evidence, { row, pull })
}

/** So many rows of the context tell how it came to that. */
const SHOWN_ROWS = 5

function rowsOf(evidence: Evidence, context: string | null): readonly RowReport[] {
  return context === null
    ? []
    : umbrellaRows(evidence, context)
        .slice(0, SHOWN_ROWS)
        .map(({ id, state, author, createdAt }) => ({
          row: id,
          state,
          run: author.kind === 'actions' ? author.run : null,
          at: formatInstant(createdAt),
        }))
}

/** Judges one merge by all that is written on its head. Pure. */
export function auditMerge(policy: Policy, evidence: Evidence, pull: MergedPull): AuditedMerge {
  const past = atMerge(policy, evidence, pull)
  return {
    pull,
    past,
    ours: oursAt(policy, evidence, pull),
    rows: rowsOf(asOf(evidence, { at: pull.mergedAt }), past.context),
  }
}

/** A merge as it is told. */
export function auditedMergeReport(
  { pull, past, ours, rows }: AuditedMerge,
  { reads, mergedBy }: { readonly reads: CommitReads; readonly mergedBy: string | null },
): AuditedMergeReport {
  const { number, title, head, base, mergedAt } = pull
  return {
    number,
    url: reads.addressOfPull(number),
    title,
    head,
    base,
    mergedAt: formatInstant(mergedAt),
    mergedBy,
    kind: past.kind,
    detail: past.detail,
    context: past.context,
    rows,
    run: past.run === null ? null : { key: past.run, url: reads.addressOf(past.run) },
    ours,
  }
}
