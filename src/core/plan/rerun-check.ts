import type { CheckEvidence } from '../model/evidence.js'
import type { RunKey } from '../model/ids.js'
import { asRunKey } from '../model/ids.js'
import type { Leg } from '../view/checks/legs.js'
import { carriersOf, readChecks } from '../view/checks/result.js'
import type { Repair } from '../rules/verdict.js'

/** What stands against a re-run, and whether a person could still send it. */
export interface Objection {
  /** `still-red`: it was run again before, and ended red: that is the truth. */
  readonly code: 'refused' | 'still-red'
  readonly why: string
  /** May a person be shown the command? Never where it would cover a veto. */
  readonly byHand: boolean
}

export const refused = (why: string, byHand = true): Objection => ({
  code: 'refused',
  why,
  byHand,
})

/** Executions of one umbrella job, by distinct starts, after which a re-run is no remedy. */
const MAX_EXECUTIONS = 3

/** The umbrella's leg of a run. */
export const legOfRun = (evidence: CheckEvidence, umbrella: string, run: RunKey): Leg | undefined =>
  carriersOf(readChecks(evidence), umbrella).legs.find(({ suite }) => suite.key === run)

/** What is asked before a check run's job is run again. */
interface CheckQuestion {
  readonly umbrella: string
  readonly evidence: CheckEvidence
  readonly verdict: Repair
  readonly wholeRunToo: boolean
}

/**
 * Why the umbrella's check run must not be run again, or `null`: it was often enough, its run is
 * not settled, or only the whole run would help and nobody allowed that.
 */
export function objectionToCheck(question: CheckQuestion): Objection | null {
  const { verdict, evidence, umbrella, wholeRunToo } = question
  const { umbrellaJob, wholeRun } = verdict
  if (umbrellaJob === null) return refused('the red umbrella job is not known', false)
  const { attempt, state } = umbrellaJob
  if (attempt === null) return refused('how often the umbrella job ran is not known')
  if (attempt >= MAX_EXECUTIONS) {
    const why = `the umbrella job ended ${state} ${attempt} times, over green jobs; ${HINTS}`
    return { code: 'still-red', why, byHand: true }
  }
  const leg = legOfRun(evidence, umbrella, asRunKey(umbrellaJob.run))
  if (leg === undefined) return refused('its run is not known', false)
  if (leg.executions > 1 && saidSoOverGreen(leg, question)) {
    const why = `the umbrella job ended red again, over green jobs; ${HINTS}`
    return { code: 'still-red', why, byHand: true }
  }
  const { run: own } = leg.suite
  if (own.attempt === null) return refused(`how often run ${own.id} was started is not known`)
  const going = evidence.suites.find(
    ({ run, state: now }) => now === 'open' && run?.workflow === own.workflow,
  )
  if (going?.run != null)
    return refused(
      `run ${going.run.id} of this workflow is still going; the next sweep looks again`,
    )
  if (!wholeRun || wholeRunToo) return null
  return refused(
    `what ${umbrella} needs is not green in run ${own.id}, so that only the whole run can turn ` +
      'it green; set remedy: rerun and rerun-whole-run: true if it may cost those minutes',
  )
}

/**
 * Did its newest execution begin when all that it stands for had ended green, and fail on a runner?
 * Then it said what is true of it: one more execution says it once more.
 */
function saidSoOverGreen({ check, state }: Leg, { evidence, verdict }: CheckQuestion): boolean {
  const { startedAt, taken } = check
  if (state !== 'failure' || taken === false || startedAt === null) return false
  const ends = verdict.proof.map(({ job }) => {
    const id = job?.id ?? null
    return evidence.checks.find(one => one.id === id)?.completedAt ?? null
  })
  return ends.every(end => end !== null && end <= startedAt)
}

/** Why an umbrella job is red again over green jobs, as far as such causes are known. */
export const HINTS =
  'its event may be frozen in the payload it reads, the jobs it needs may be cancelled in its ' +
  'own run, or its script may count older runs'
