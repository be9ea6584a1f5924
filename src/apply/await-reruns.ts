import type { Outcome } from '../core/plan/outcome.js'
import type { Evidence } from '../core/model/evidence.js'
import type { JudgedHead } from '../core/rules/decide.js'
import { judgeHead } from '../core/rules/decide.js'
import type { SignedRow } from '../core/model/status.js'
import type { RerunProgress } from '../forge/port.js'
import type { RepairDependencies } from './dependencies.js'
import { rowsSince, unseenOf } from './look-back.js'
import { LOST_DEADLINE } from './lost-write.js'
import type { StartedRerun } from './rerun.js'
import { rerunEnd, isRowOfRerun, ranAgain } from './rerun-end.js'

/** How a re-run ended, and what the head looked like then. */
export interface EndedRerun {
  readonly outcome: Outcome
  /** As the last look judged it; `null` where the head was not read again. */
  readonly after: JudgedHead | null
}

/** All re-runs of a sweep together are waited for this long (milliseconds). */
const DEADLINE = 60_000
/** Timers may fire this much early (milliseconds). A wait for so little would be one look more. */
const TIMER_SLACK = 1
/** Pauses between looks (milliseconds); the last one repeats. */
const PAUSES = [1000, 2000, 3000, 5000]
/** The same where the requests of an hour are counted. */
const LONG_PAUSES = [2000, 3000, 5000, 8000, 12_000, 15_000]

/** What is told where nobody knows whose re-run was seen. */
export const MAY_BE_ANOTHERS = "what ran may be somebody else's re-run"

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
  const { clock, forge } = dependencies
  const ended = new Map<string, EndedRerun>()
  const began = clock.now()
  const pauses = forge.rerunsNow === undefined ? PAUSES : LONG_PAUSES
  let going = started
  for (let look = 0; going.length > 0; look += 1) {
    const left = began + DEADLINE - clock.now()
    if (stopped() === null)
      await clock.sleep(Math.max(0, Math.min(pauses[look] ?? pauses.at(-1) ?? 0, left)))
    const waited = clock.now() - began
    const cut = stopped()
    const when = { waited, last: cut !== null || waited >= DEADLINE - TIMER_SLACK, cut }
    const next: StartedRerun[] = []
    const sent = going.map(({ evidence, write: { run } }) => ({ evidence, run }))
    const progress = await forge.rerunsNow?.(sent)
    for (const one of going) {
      const end =
        progress === undefined
          ? await lookBackAt(dependencies, one, when)
          : await lookBackBy(dependencies, one, when, progress.get(one.evidence.sha) ?? null)
      if (end === null) next.push(one)
      else ended.set(one.evidence.sha, end)
    }
    going = next
  }
  return ended
}

/**
 * Where one cheap look tells of all re-runs, a head is read only once its job has ended, and at the
 * last look if nothing is known of it.
 */
async function lookBackBy(
  dependencies: RepairDependencies,
  one: StartedRerun,
  when: When,
  progress: RerunProgress | null,
): Promise<EndedRerun | null> {
  if (progress === 'going')
    return when.last
      ? { outcome: bySomebody(one, pendingOutcome(one, null, when.cut)), after: null }
      : null
  return progress === 'ended' || when.last ? readEnd(dependencies, one, when.last, when.cut) : null
}

/** One cheap read of rows tells whether the umbrella has a new end; only then all is read. */
async function lookBackAt(
  dependencies: RepairDependencies,
  one: StartedRerun,
  when: When,
): Promise<EndedRerun | null> {
  const rows = await umbrellaRowsSince(dependencies, one)
  const { last, waited, cut } = when
  const overdue = last || (one.lost !== null && rows.length === 0 && waited >= LOST_DEADLINE)
  const settled = rows.some(row => row.state !== 'pending' || !isRowOfRerun(row, one))
  return settled || overdue ? readEnd(dependencies, one, overdue, cut) : null
}

/** How a re-run ended by its head, read whole; `null`: it has not, and is not overdue. */
async function readEnd(
  dependencies: RepairDependencies,
  one: StartedRerun,
  overdue: boolean,
  cut: string | null,
): Promise<EndedRerun | null> {
  const { forge, policy, baseBranches } = dependencies
  const evidence = await forge.secondLook(one.evidence)
  const after = { evidence, judgements: judgeHead(policy, baseBranches, evidence) }
  const outcome =
    rerunEnd(dependencies, one, after) ??
    (overdue ? stillGoing(dependencies, one, evidence, cut) : null)
  return outcome === null ? null : { outcome: bySomebody(one, outcome), after }
}

/**
 * An execution that began after an answer was lost may be of whoever else ran the job again:
 * nothing that is read here tells by whose request a job runs.
 */
function bySomebody({ lost }: StartedRerun, outcome: Outcome): Outcome {
  if (lost === null || outcome.code === 'failed') return outcome
  const { detail } = outcome
  return {
    ...outcome,
    detail: `${detail}; the answer to the re-run was lost, and ${MAY_BE_ANOTHERS}`,
  }
}

async function umbrellaRowsSince(
  { forge, policy }: RepairDependencies,
  { evidence, mark, counted }: StartedRerun,
): Promise<readonly SignedRow[]> {
  const since = await rowsSince(forge, { sha: evidence.sha, mark, counted })
  return since.ok ? since.value.filter(({ context }) => context === policy.umbrella) : []
}

/** What a re-run that was not seen to end is called. */
function stillGoing(
  dependencies: RepairDependencies,
  one: StartedRerun,
  after: Evidence,
  cut: string | null,
): Outcome {
  const { lost, counted } = one
  const gap = unseenOf(after, counted)
  const unseen = gap === null ? null : `could not look back: ${gap}`
  const short = cut === null ? '' : `; ${cut}`
  if (lost !== null && !ranAgain(dependencies, one, after)) {
    const seen = unseen ?? 'and there is no new execution; one may still begin'
    const detail = `the answer to the re-run was lost (${lost.message}), ${seen}${short}`
    return { code: 'failed', detail, posted: null, command: null }
  }
  return pendingOutcome(one, unseen, cut)
}

/** The next sweep reads how it ended. */
function pendingOutcome(
  { write, verdict }: StartedRerun,
  unseen: string | null,
  cut: string | null,
): Outcome {
  const begun = `the umbrella job of run ${verdict.run} runs again and has not ended`
  const detail = [
    begun,
    ...(unseen === null ? [] : [`, ${unseen}`]),
    cut === null ? '' : `; ${cut}`,
  ]
  return { code: 'rerun-pending', detail: detail.join(''), rerun: write }
}
