import type { Evidence, Pull } from '../../core/model/evidence.js'
import type { Policy } from '../../core/model/policy.js'
import type { SignedRow } from '../../core/model/status.js'
import { formatInstant } from '../../core/model/time.js'
import type { Past } from '../../core/rules/past.js'
import { judgePast } from '../../core/rules/past.js'
import { asOf } from '../../core/view/as-of.js'
import { umbrellaRows } from '../../core/view/read.js'
import type { OursReport, OursSays } from './report.js'

/** Is this a success of ours? */
const isOurs = ({ author, state }: SignedRow): boolean =>
  author.kind === 'us' && author.mark.kind === 'green' && state === 'success'

/** The successes of ours in the umbrella's context, the newest first. */
export const successesOfOurs = (policy: Policy, evidence: Evidence): readonly SignedRow[] =>
  umbrellaRows(evidence, policy.umbrella).filter(isOurs)

/**
 * A failure or a job that was going before our row contradicts it. What cannot be shown any more
 * does not: runs and rows are deleted, and lists change.
 */
function saysOf({ kind }: Past): OursSays {
  switch (kind) {
    case 'green':
      return 'holds'
    case 'red':
    case 'skipped-over-red':
    case 'unfinished':
      return 'wrong'
    case 'unproven':
    case 'unknown':
      return 'no-longer-derivable'
  }
}

/** Derives the proof behind a success of ours again, from what stood on the commit before it. */
export function derivedAgain(
  policy: Policy,
  evidence: Evidence,
  { row, pull }: { readonly row: SignedRow; readonly pull: Pull },
): OursReport {
  const then = asOf(evidence, { at: row.createdAt, before: row.id })
  const past = judgePast(policy, then, pull)
  return {
    row: row.id,
    at: formatInstant(row.createdAt),
    says: saysOf(past),
    detail: past.detail,
  }
}
