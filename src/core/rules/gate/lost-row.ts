import { suffixOf } from '../../model/context.js'
import type { RunKey } from '../../model/ids.js'
import type { JobRef } from '../../model/job.js'
import type { Duration } from '../../model/time.js'
import { between, seconds } from '../../model/time.js'
import type { JobResult } from '../../view/job-result.js'
import { jobRows } from '../../view/jobs.js'
import type { RowsRead } from '../../view/run-group.js'
import { runGroupOf, tellsPulls } from '../../view/run-group.js'
import type { RuleInput } from '../rule.js'
import { named } from '../rule.js'
import type { GateFinding } from './finding.js'
import { found, notKnown } from './finding.js'
import { againstIt, unsettled } from './own-job.js'

/** What a run's jobs say of a context that no row carries. */
interface LostRow {
  readonly finding: GateFinding
  readonly at: { readonly run: RunKey; readonly job: JobRef | null }
}

/**
 * A context without a row, of which the newest run of another context of its workflow has a job:
 * what that job says is known, and its row was lost. `null` where no run has such a job.
 */
export function lostRow(input: RuleInput, { head }: RowsRead): LostRow | null {
  const context = input.policy.umbrella
  if (head.evidence.kind !== 'jobs') return null
  for (const written of head.contexts) {
    // A run of another event writes another context, whatever its jobs are called.
    if (suffixOf(written) !== suffixOf(context)) continue
    const group = runGroupOf(head, written, input.pull.number)
    const run = group.newest
    if (run === null || group.doubt !== null) continue
    const own = jobRows(head, group, run, context)
    if (own.kind === 'unknown') continue
    const job = 'job' in own ? own.job : null
    return { finding: withoutRow(input, { head, group, kind: 'rows' }, own), at: { run, job } }
  }
  return null
}

/** How old the newest row is that a run of these wrote. */
function ageOf({ head, group }: RowsRead): Duration {
  const row = head.rows.find(
    ({ author, context }) => author.kind === 'actions' && group.contexts.has(context),
  )
  return row === undefined ? seconds(0) : between(row.createdAt, head.evidence.observedAt)
}

function withoutRow(input: RuleInput, rows: RowsRead, own: JobResult): GateFinding {
  const { head, group } = rows
  const { umbrella } = input.policy
  if (own.kind === 'skipped')
    return notKnown(`${umbrella} was skipped in ${named(own.run)}, and no row of it was written`)
  const against = againstIt(own, umbrella)
  if (against !== null) return against
  if (!tellsPulls(head, group))
    return notKnown(`its job is green in ${named(group.newest)}, whose pull request is not told`)
  const open = [...group.runs].find(run =>
    (head.jobs.get(run) ?? []).some(({ state }) => state === 'open'),
  )
  const going = open === undefined ? null : `${named(open)} is still going`
  return (
    unsettled({ policy: input.policy, age: ageOf(rows) }, going) ??
    found(
      'stale',
      'row-lost',
      `its job is green in ${named(group.newest)}, the newest, and no row of it was written`,
    )
  )
}
