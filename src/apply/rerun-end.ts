import type { Outcome } from '../core/plan/outcome.js'
import { nonEmpty } from '../core/model/evidence.js'
import type { CheckEvidence, Evidence } from '../core/model/evidence.js'
import type { Job } from '../core/model/job.js'
import type { SignedRow } from '../core/model/status.js'
import { isGreen } from '../core/model/status.js'
import { blockersOf } from '../core/view/gate.js'
import { headStatusesOf } from '../core/view/head-statuses.js'
import { HINTS } from '../core/plan/rerun-check.js'
import type { JudgedHead } from '../core/rules/decide.js'
import { verdictsOf } from '../core/rules/decide.js'
import type { Verdict } from '../core/rules/verdict.js'
import type { RepairDependencies } from './dependencies.js'
import { unseenOf } from './look-back.js'
import type { StartedRerun } from './rerun.js'
import { isNewExecution, jobNow } from './rerun.js'

/** Did Actions write this row for the run that was run again? */
export const isRowOfRerun = ({ author }: SignedRow, { verdict }: StartedRerun): boolean =>
  author.kind === 'actions' && author.run === verdict.run

/** Is there a new execution, by the job itself or by a row of it that came after the last look? */
export function ranAgain(
  dependencies: RepairDependencies,
  one: StartedRerun,
  after: Evidence,
): boolean {
  const rows = headStatusesOf(after).of(dependencies.policy.umbrella)
  return (
    isNewExecution(jobNow(dependencies, one, after), one.verdict) ||
    rows.some(row => row.id > one.mark && isRowOfRerun(row, one))
  )
}

/** How the re-run ended by this evidence, or `null` while that is open. */
export function rerunEnd(
  dependencies: RepairDependencies,
  one: StartedRerun,
  { evidence: after, judgements }: JudgedHead,
): Outcome | null {
  if (unseenOf(after, one.counted) !== null) return null
  const now = verdictsOf(judgements)
  const newer = newerRun(now, one.verdict.run)
  if (newer !== null) return overtaken(one, newer)
  return after.kind === 'checks'
    ? endOfCheck(dependencies, one, after, now)
    : endOfRow(dependencies, one, after, now)
}

const overtaken = ({ write }: StartedRerun, detail: string): Outcome => ({
  code: 'overtaken',
  detail,
  rerun: write,
})

/** By the umbrella's row and its job: both must have ended. */
function endOfRow(
  dependencies: RepairDependencies,
  one: StartedRerun,
  after: Evidence,
  now: ReadonlyMap<number, Verdict>,
): Outcome | null {
  const { umbrella } = dependencies.policy
  const found = headStatusesOf(after).umbrella(umbrella)
  if (found.kind !== 'row') return overtaken(one, found.detail)
  const { row } = found
  const job = jobNow(dependencies, one, after)
  if (job === null || !ranAgain(dependencies, one, after)) return null
  if (row.state === 'pending' || job.state === 'open') return null
  const green = isGreen(row.state)
  if (row.author.kind !== 'actions' || (green && !isRowOfRerun(row, one)))
    return overtaken(one, `row ${row.id} (${row.state}) was written by somebody else`)
  if (row.state === 'skipped')
    return overtaken(one, `row ${row.id} says that the umbrella was skipped`)
  if (!green) return redEnd(dependencies, one, row, job)
  const doubt = [...now].find(([, { reason }]) => reason !== 'umbrella-green')
  if (doubt !== undefined)
    return overtaken(one, `#${doubt[0]} is now ${doubt[1].reason}: ${doubt[1].detail}`)
  const detail = `attempt ${job.attempt ?? '?'} is green (row ${row.id})`
  return { code: 'rerun', detail, rerun: one.write, gate: blockersOf(after, umbrella) }
}

/**
 * Verdicts that take nothing from a re-run that ended green: the umbrella is green everywhere, or
 * another run of it is still red. What has just ended is young by our own doing, and the rule of
 * age is asked after every one that could contradict.
 */
const leavesGreen = ({ kind, reason }: Verdict): boolean =>
  kind === 'repair' || reason === 'too-young' || reason === 'umbrella-green'

/** By the check run's job. */
function endOfCheck(
  dependencies: RepairDependencies,
  one: StartedRerun,
  after: CheckEvidence,
  now: ReadonlyMap<number, Verdict>,
): Outcome | null {
  const { write: rerun, verdict } = one
  const job = jobNow(dependencies, one, after)
  if (job === null || !isNewExecution(job, verdict) || job.state === 'open') return null
  const times = `execution ${job.attempt ?? '?'} of the umbrella job in run ${rerun.run}`
  if (job.state === 'failure' || job.state === 'cancelled') {
    const detail = `${times} ended ${job.state} again, over green jobs; ${HINTS}`
    return { code: 'still-red', detail, rerun, command: null }
  }
  const doubt = [...now].find(([, is]) => !leavesGreen(is))
  // A run ends a moment after its last job: until then nothing is known of what is left.
  const isOpen = after.suites.some(({ run, state }) => run?.id === rerun.run && state === 'open')
  if (doubt !== undefined && isOpen) return null
  if (job.state !== 'success' || doubt !== undefined) {
    const why = doubt === undefined ? '' : `: #${doubt[0]} is now ${doubt[1].reason}`
    return overtaken(one, `${times} ended ${job.state}${why}`)
  }
  const more = [...now.values()].some(({ reason }) => reason !== 'umbrella-green')
  const rest = more ? '; another run of it is still red, and the next sweep goes on' : ''
  const gate = blockersOf(after, dependencies.policy.umbrella)
  return { code: 'rerun', detail: `${times} is green${rest}`, rerun, gate }
}

/** A run that counts now and is newer than the one that was run again, in words, or `null`. */
function newerRun(now: ReadonlyMap<number, Verdict>, run: number): string | null {
  const runs = nonEmpty([...now.values()].flatMap(verdict => verdict.run ?? []))
  const newest = runs === null ? run : Math.max(...runs)
  return newest > run
    ? `run ${newest} began meanwhile; rows of run ${run}, which was run again, may stand over ` +
        'its own until its jobs end'
    : null
}

/** The umbrella is red after a new execution: the truth, or a row that came in another order. */
function redEnd(
  { forge }: RepairDependencies,
  one: StartedRerun,
  row: SignedRow,
  job: Job,
): Outcome {
  const attempt = `attempt ${job.attempt ?? '?'}`
  if (job.state === 'success')
    return overtaken(one, `${attempt} is green, but row ${row.id} (${row.state}) stands over it`)
  const link = forge.addressOf(one.verdict.run, job.id)
  const detail =
    `the umbrella job ended ${job.state} again in ${attempt}, over green jobs` +
    (link === '' ? '' : `: ${link}`)
  return { code: 'still-red', detail, rerun: one.write, command: null }
}
