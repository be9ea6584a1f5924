import { describe, expect, it } from '@jest/globals'
import type { Objection } from '../../../src/core/plan/rerun-check.js'
import { objectionToCheck } from '../../../src/core/plan/rerun-check.js'
import type { CheckRun } from '../../../src/core/model/check.js'
import type { CheckEvidence } from '../../../src/core/model/evidence.js'
import { asRunId } from '../../../src/core/model/ids.js'
import { decide } from '../../../src/core/rules/decide.js'
import type { Repair } from '../../../src/core/rules/verdict.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

const GREEN = ['R1 Lint success', 'R1 Test success']
const RED = `R1 ${GATE} failure`
/** Run again, over jobs that had ended green: it said the same once more. */
const AGAIN = [...GREEN, RED, `R1.2 ${GATE} failure`]
const HINTS =
  'its event may be frozen in the payload it reads, the jobs it needs may be cancelled in its ' +
  'own run, or its script may count older runs'

/** What is proven of a head, whatever was changed of its checks afterwards. */
function provenBy(evidence: CheckEvidence): Repair {
  const [verdict] = [...decide(checkPolicy(), [], evidence).values()]
  if (verdict?.kind !== 'repair') throw new Error(`no repair: ${verdict?.reason ?? ''}`)
  return verdict
}

type JobChange = Partial<NonNullable<Repair['umbrellaJob']>>

interface ObjectionCase {
  readonly rule: string
  readonly legs?: readonly string[]
  /** What was seen when it was asked, after the proof. */
  readonly runs?: NonNullable<ChecksChange['runs']>
  readonly checks?: (checks: readonly CheckRun[]) => readonly CheckRun[]
  /** `null`: no umbrella job is known. */
  readonly job?: JobChange | null
  readonly wholeRun?: boolean
  readonly wholeRunToo?: boolean
  readonly is: Objection | null
}

const refusal = (why: string, byHand = true): Objection => ({ code: 'refused', why, byHand })
const stillRed = (why: string): Objection => ({
  code: 'still-red',
  why: `${why}; ${HINTS}`,
  byHand: true,
})
const saidAgain = stillRed('the umbrella job ended red again, over green jobs')

/** The newest execution of the umbrella, changed. */
const newest =
  (change: (checks: readonly CheckRun[]) => Partial<CheckRun>) =>
  (checks: readonly CheckRun[]): readonly CheckRun[] =>
    checks.map((check, at) => (at < checks.length - 1 ? check : { ...check, ...change(checks) }))
const endOf = (checks: readonly CheckRun[], name: string): CheckRun['completedAt'] =>
  checks.find(check => check.name === name)?.completedAt ?? null

const CASES: readonly ObjectionCase[] = [
  { rule: 'a first execution over green jobs is run again', is: null },
  {
    rule: 'no job of the umbrella is known: not by hand either',
    job: null,
    is: refusal('the red umbrella job is not known', false),
  },
  {
    rule: 'how often it ran cannot be read',
    job: { attempt: null },
    is: refusal('how often the umbrella job ran is not known'),
  },
  { rule: 'it ran twice', job: { attempt: 2 }, is: null },
  {
    rule: 'three executions are enough',
    job: { attempt: 3 },
    is: stillRed('the umbrella job ended failure 3 times, over green jobs'),
  },
  {
    rule: 'its run is not on the commit any more: not by hand either',
    job: { run: asRunId(9) },
    is: refusal('its run is not known', false),
  },
  { rule: 'it was run again over green jobs, and ended red', legs: AGAIN, is: saidAgain },
  {
    rule: 'it began in the very moment in which the last of them ended',
    legs: ['R1 Lint success', RED, 'R1 Test success', `R1.2 ${GATE} failure`],
    checks: newest(checks => ({ startedAt: endOf(checks, 'Test') })),
    is: saidAgain,
  },
  {
    rule: 'one of them ended after it had begun',
    legs: ['R1 Lint success', RED, `R1.2 ${GATE} failure`, 'R1 Test success'],
    is: null,
  },
  {
    rule: 'no runner took it the second time',
    legs: AGAIN,
    checks: newest(() => ({ taken: false })),
    is: null,
  },
  {
    rule: 'when it began the second time is not told',
    legs: AGAIN,
    checks: newest(() => ({ startedAt: null })),
    is: null,
  },
  {
    rule: 'how often its own run was started, not the newest one, must be known',
    legs: [...GREEN, RED, 'R2 Lint success', 'R2 Test success', `R2 ${GATE} success`],
    runs: { 1: { attempt: null } },
    is: refusal('how often run 1 was started is not known'),
  },
  {
    rule: 'a run of its workflow is going',
    runs: { 2: { state: 'open' } },
    is: refusal('run 2 of this workflow is still going; the next sweep looks again'),
  },
  {
    rule: 'a run of its workflow has ended',
    runs: { 2: { state: 'failure' } },
    is: null,
  },
  {
    rule: 'a run of another workflow is going',
    runs: { 2: { state: 'open', workflow: 2 } },
    is: null,
  },
  {
    rule: 'only its whole run can turn green, and nobody allowed that',
    wholeRun: true,
    is: refusal(
      `what ${GATE} needs is not green in run 1, so that only the whole run can turn it green; ` +
        'set remedy: rerun and rerun-whole-run: true if it may cost those minutes',
    ),
  },
  {
    rule: 'only its whole run can turn green, and may run',
    wholeRun: true,
    wholeRunToo: true,
    is: null,
  },
]

function asksOf({ legs = [...GREEN, RED], runs, checks, job, ...change }: ObjectionCase) {
  const proven = provenBy(checksHead({ legs }))
  const seen = checksHead({ legs, ...(runs === undefined ? {} : { runs }) })
  const umbrellaJob =
    job === null || proven.umbrellaJob === null ? null : { ...proven.umbrellaJob, ...job }
  return objectionToCheck({
    umbrella: GATE,
    evidence: { ...seen, checks: checks?.(seen.checks) ?? seen.checks },
    verdict: { ...proven, umbrellaJob, wholeRun: change.wholeRun ?? proven.wholeRun },
    wholeRunToo: change.wholeRunToo ?? false,
  })
}

describe("what stands against a re-run of a check run's job", () => {
  it.each(CASES)('$rule', one => {
    expect(asksOf(one)).toEqual(one.is)
  })
})
