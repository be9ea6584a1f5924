import type { Outcome } from '../core/plan/outcome.js'
import { nonEmpty } from '../core/model/evidence.js'
import type { CheckEvidence, Evidence } from '../core/model/evidence.js'
import type { Job } from '../core/model/job.js'
import type { SignedRow } from '../core/model/status.js'
import { isGreen } from '../core/model/status.js'
import { blockersOf } from '../core/view/gate.js'
import { readStatuses } from '../core/view/head-statuses.js'
import { HINTS } from '../core/plan/rerun-check.js'
import { umbrellaOf } from '../core/view/umbrella.js'
import { decide } from '../core/rules/decide.js'
import type { Verdict } from '../core/rules/verdict.js'
import type { RepairDependencies } from './dependencies.js'
import { rowsSince, unseenOf } from './look-back.js'
import { LOST_DEADLINE } from './lost-write.js'
import type { StartedRerun } from './rerun.js'
import { isNewExecution, jobNow } from './rerun.js'

/** How a re-run ended, and what the head looked like then. */
export interface EndedRerun {
  readonly outcome: Outcome
  readonly after: Evidence
}

/** All re-runs of a sweep together are waited for this long (milliseconds). */
const DEADLINE = 60_000
/** Pauses between looks (milliseconds); the last one repeats. */
const PAUSES = [1000, 2000, 3000, 5000] as const

/** What one look back is told: what has gone by, and whether it is the last one. */
interface When {
  readonly waited: number
  readonly last: boolean
  /** Why the wait was cut short, or `null`. */
  readonly cut: string | null
}

/**
 * Looks back at every re-run of a sweep until each has ended, or the deadline. With one runner a
 * sweep occupies it, and no umbrella can start before the sweep ends: that is `rerun-pending`.
 * `stopped` says why nothing is waited for any more: then one last look is taken.
 */
export async function awaitReruns(
  dependencies: RepairDependencies,
  started: readonly StartedRerun[],
  stopped: () => string | null,
): Promise<ReadonlyMap<string, EndedRerun>> {
  const { clock } = dependencies
  const ended = new Map<string, EndedRerun>()
  const began = clock.now()
  let going = started
  for (let look = 0; going.length > 0; look += 1) {
    const left = began + DEADLINE - clock.now()
    if (stopped() === null)
      await clock.sleep(Math.max(0, Math.min(PAUSES[look] ?? PAUSES[3], left)))
    const waited = clock.now() - began
    const cut = stopped()
    const when = { waited, last: cut !== null || waited >= DEADLINE, cut }
    const next: StartedRerun[] = []
    for (const one of going) {
      const end = await lookBackAt(dependencies, one, when)
      if (end === null) next.push(one)
      else ended.set(one.evidence.sha, end)
    }
    going = next
  }
  return ended
}

/**
 * One cheap read of rows tells whether the umbrella has a new end; only then everything is read.
 * Check runs have no rows to ask for: every look reads the head.
 */
async function lookBackAt(
  dependencies: RepairDependencies,
  one: StartedRerun,
  when: When,
): Promise<EndedRerun | null> {
  const { forge } = dependencies
  const { evidence, lost } = one
  const rows = evidence.kind === 'checks' ? null : await umbrellaRowsSince(dependencies, one)
  const { last, waited } = when
  const overdue = last || (lost !== null && rows?.length === 0 && waited >= LOST_DEADLINE)
  const settled = rows?.some(row => row.state !== 'pending' || !isOf(row, one)) ?? true
  if (!settled && !overdue) return null
  const after = await forge.secondLook(evidence)
  const outcome =
    endOf(dependencies, one, after) ??
    (overdue ? stillGoing(dependencies, one, after, when.cut) : null)
  return outcome === null ? null : { outcome, after }
}

async function umbrellaRowsSince(
  { forge, policy }: RepairDependencies,
  { evidence, mark, counted }: StartedRerun,
): Promise<readonly SignedRow[]> {
  const since = await rowsSince(forge, { sha: evidence.sha, mark, counted })
  return since.ok ? since.value.filter(({ context }) => context === policy.umbrella) : []
}

/** Did Actions write this row for the run that was run again? */
const isOf = ({ author }: SignedRow, { verdict }: StartedRerun): boolean =>
  author.kind === 'actions' && author.run === verdict.run

/** Is there a new execution, by the job itself or by a row of it that came after the last look? */
function ranAgain(dependencies: RepairDependencies, one: StartedRerun, after: Evidence): boolean {
  const rows = readStatuses(after).of(dependencies.policy.umbrella)
  return (
    isNewExecution(jobNow(dependencies, one, after), one.verdict) ||
    rows.some(row => row.id > one.mark && isOf(row, one))
  )
}

/** What a re-run that was not seen to end is called. */
function stillGoing(
  dependencies: RepairDependencies,
  one: StartedRerun,
  after: Evidence,
  cut: string | null,
): Outcome {
  const { write, lost, verdict, counted } = one
  const gap = unseenOf(after, counted)
  const unseen = gap === null ? null : `could not look back: ${gap}`
  const short = cut === null ? '' : `; ${cut}`
  if (lost !== null && !ranAgain(dependencies, one, after)) {
    const seen = unseen ?? 'and there is no new execution'
    const detail = `the answer to the re-run was lost (${lost.message}), ${seen}${short}`
    return { code: 'failed', detail, posted: null, command: null }
  }
  const begun = `the umbrella job of run ${verdict.run} runs again and has not ended`
  const detail = `${begun}${unseen === null ? '' : `, ${unseen}`}${short}`
  return { code: 'rerun-pending', detail, rerun: write }
}

/** How the re-run ended by this evidence, or `null` while that is open. */
function endOf(
  dependencies: RepairDependencies,
  one: StartedRerun,
  after: Evidence,
): Outcome | null {
  const { policy, baseBranches } = dependencies
  if (unseenOf(after, one.counted) !== null) return null
  const now = decide(policy, baseBranches, after)
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
  const found = umbrellaOf(readStatuses(after), umbrella)
  if (found.kind !== 'row') return overtaken(one, found.detail)
  const { row } = found
  const job = jobNow(dependencies, one, after)
  if (job === null || !ranAgain(dependencies, one, after)) return null
  if (row.state === 'pending' || job.state === 'open') return null
  const green = isGreen(row.state)
  if (row.author.kind !== 'actions' || (green && !isOf(row, one)))
    return overtaken(one, `row ${row.id} (${row.state}) was written by somebody else`)
  if (row.state === 'skipped')
    return overtaken(one, `row ${row.id} says that the umbrella was skipped`)
  if (!green) return redEnd(dependencies, one, row, job)
  const doubt = [...now].find(([, { reason }]) => reason !== 'umbrella-green')
  if (doubt !== undefined)
    return overtaken(one, `#${doubt[0]} is now ${doubt[1].reason}: ${doubt[1].detail}`)
  return {
    code: 'rerun',
    detail: `attempt ${job.attempt ?? '?'} is green (row ${row.id})`,
    rerun: one.write,
    gate: blockersOf(after, umbrella),
  }
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
