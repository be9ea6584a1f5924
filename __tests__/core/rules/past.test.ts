import { describe, expect, it } from '@jest/globals'
import type { Policy } from '../../../src/core/model/policy.js'
import type { Evidence } from '../../../src/core/model/evidence.js'
import type { UmbrellaNeeds } from '../../../src/core/model/umbrella-files.js'
import type { Past, PastKind } from '../../../src/core/rules/past.js'
import { judgePast } from '../../../src/core/rules/past.js'
import type { HeadChange } from '../../support/builders.js'
import { contextOf, EVERY_JOB, gap, head, policy, pull, run, task } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

/** What was found: its kind, its sentence, and the context and run it rests on. */
type Found = readonly [kind: PastKind, detail: string, context?: string | null, run?: number]

const foundOf = ([kind, detail, context, run]: Found): object => ({
  kind,
  detail,
  context: context ?? null,
  run: run ?? null,
})

interface RowCase {
  readonly rule: string
  readonly seen: HeadChange
  readonly asked?: Partial<Policy>
  readonly is: Found
}

const [LINT, TEST, DOCS] = [contextOf('Lint'), contextOf('Test'), contextOf('Docs')]
const GREEN = ['R1 Lint success', 'R1 Test success', 'R1 umbrella success'] as const
const FAILED = ['R1 Lint success', 'R1 Test failure', 'R1 umbrella failure'] as const

/** The needs of an umbrella that needs a job whose legs only a run tells. */
const UNIT_LEGS: UmbrellaNeeds = {
  kind: 'every-other-job',
  contexts: [],
  legs: [{ prefix: 'CI / Unit', suffix: ' (pull_request)' }],
  dropped: [],
  from: 'ci.yml on main',
  why: 'the legs of Unit are known in a run',
}

/** The needs of an umbrella whose Test may fail. */
const MAY_FAIL = { ...EVERY_JOB, mayFail: [TEST] }
const MAY_FAIL_BY_NAME = {
  kind: 'contexts',
  contexts: [LINT, TEST],
  from: 'ci.yml on main',
  mayFail: [TEST],
} as const

const DECIDED: readonly RowCase[] = [
  {
    rule: 'every required job was green',
    seen: { rows: GREEN },
    is: ['green', '2 required contexts green in run 1', null, 1],
  },
  {
    rule: 'a required job had failed',
    seen: { rows: FAILED },
    is: ['red', `${TEST} failed in run 1`, TEST, 1],
  },
  {
    rule: 'a required job was cancelled',
    seen: { rows: ['R1 Lint success', 'R1 Test cancelled', 'R1 umbrella failure'] },
    is: ['red', `${TEST} was cancelled in run 1`, TEST, 1],
  },
  {
    rule: 'another system said red, of no run',
    seen: { rows: [...GREEN, '@ci deploy/x failure'] },
    asked: { external: ['deploy/x'] },
    is: ['red', 'deploy/x failed', 'deploy/x'],
  },
  {
    rule: 'a failure counts although something could not be read',
    seen: { rows: FAILED, gaps: [gap(null)] },
    is: ['red', `${TEST} failed in run 1`, TEST, 1],
  },
  {
    rule: 'a required job had failed, and the umbrella was skipped over it',
    seen: { grade: 'jobs', rows: ['R1 Lint success', 'R1 Test failure', 'R1 umbrella skipped'] },
    is: [
      'skipped-over-red',
      `${TEST} failed in run 1, and ${contextOf('umbrella')} was skipped`,
      TEST,
      1,
    ],
  },
  {
    rule: 'a job that may fail and failed does not make the past red',
    seen: { rows: FAILED, needs: MAY_FAIL },
    is: ['green', '2 required contexts green in run 1', null, 1],
  },
  {
    rule: 'nor does it where its needs are all known by name',
    seen: { rows: FAILED, needs: MAY_FAIL_BY_NAME },
    is: ['green', '2 required contexts green in run 1', null, 1],
  },
  {
    rule: 'a file that does not tell who may fail lets nobody fail',
    seen: { rows: FAILED, needs: { kind: 'not-read' } },
    is: ['red', `${TEST} failed in run 1`, TEST, 1],
  },
]

const GOING: readonly RowCase[] = [
  {
    rule: 'what could not be read of the whole commit leaves it unknown',
    seen: { rows: GREEN, gaps: [gap(null)] },
    is: ['unknown', 'history: lost'],
  },
  {
    rule: 'so does what could not be read of a context that counts',
    seen: { rows: GREEN, gaps: [gap('other/x'), gap(TEST)] },
    is: ['unknown', 'history: lost'],
  },
  {
    rule: 'what could not be read of another context changes nothing',
    seen: { rows: GREEN, gaps: [gap('other/x')] },
    is: ['green', '2 required contexts green in run 1', null, 1],
  },
  {
    rule: 'a required job had not finished',
    seen: { rows: ['R1 Lint success', 'R1 Test running', 'R1 umbrella waiting'] },
    is: ['unfinished', `${TEST} had not finished in run 1`, TEST, 1],
  },
  {
    rule: 'another system had not finished: no run is named',
    seen: { rows: [...GREEN, '@ci deploy/x pending'] },
    asked: { external: ['deploy/x'] },
    is: ['unfinished', 'deploy/x had not finished', 'deploy/x'],
  },
  {
    rule: 'a run was still to come to a required job',
    seen: { grade: 'jobs', rows: [...GREEN, 'R1 Build running'] },
    asked: { required: ['Lint', 'Test', 'Docs'] },
    is: ['unfinished', 'Build of run 1 is still going'],
  },
  {
    rule: 'a run was still to come to the legs of a job that the umbrella needs',
    seen: {
      grade: 'jobs',
      rows: [...GREEN, 'R1 Build running'],
      needs: UNIT_LEGS,
    },
    asked: { required: [], optional: ['Build'] },
    is: ['unfinished', 'Build of run 1 is still going'],
  },
  {
    rule: 'a run was going of which nothing is required yet',
    seen: { grade: 'jobs', rows: ['R1 umbrella success', 'R1 Build running'] },
    asked: { required: [], optional: ['Build'] },
    is: ['unfinished', 'Build of run 1 is still going'],
  },
  {
    rule: 'a job that nobody requires may go on over green ones',
    seen: { grade: 'jobs', rows: [...GREEN, 'R1 Build running'] },
    is: ['green', '2 required contexts green in run 1', null, 1],
  },
]

const UNPROVEN: readonly RowCase[] = [
  {
    rule: 'a required job was skipped, and no list lets it',
    seen: { rows: ['R1 Lint success', 'R1 Test skipped', 'R1 umbrella success'] },
    is: ['unproven', `${TEST}: it was skipped`, TEST, 1],
  },
  {
    rule: 'a skip that a list allows is no gap in a proof that something else gives',
    seen: { rows: ['R1 Lint success', 'R1 Test skipped', 'R1 umbrella success'] },
    asked: { skippable: ['Test'] },
    is: ['green', '2 required contexts green in run 1', null, 1],
  },
  {
    rule: 'skips alone prove nothing, allowed or not',
    seen: { rows: ['R1 Lint skipped', 'R1 Test skipped', 'R1 umbrella success'] },
    asked: { skippable: ['Lint', 'Test'] },
    is: ['unproven', `nothing green stands for ${contextOf('umbrella')}`],
  },
  {
    rule: 'a job that may fail was cancelled: that is neither its failure nor green',
    seen: {
      rows: ['R1 Lint success', 'R1 Test cancelled', 'R1 umbrella success'],
      needs: MAY_FAIL,
    },
    is: ['unproven', `${TEST}: it was cancelled`, TEST, 1],
  },
  {
    rule: 'a task says otherwise than the row of its job',
    seen: {
      grade: 'tasks',
      rows: GREEN,
      tasks: [task(1, 'Lint success'), task(1, 'Test failure'), task(1, 'umbrella success')],
    },
    is: [
      'unproven',
      `${TEST}: its status row says success, its task row 101 says failure`,
      TEST,
      1,
    ],
  },
  {
    rule: 'two jobs of one run share the name, so that its rows are no answer',
    seen: { rows: ['R1 Lint success', 'R1.7 Test success', 'R1.8 Test success', GREEN[2]] },
    is: ['unproven', `${TEST}: two jobs of run 1 write ${TEST}`, TEST, 1],
  },
  {
    rule: 'a person wrote what is required',
    seen: { rows: [...GREEN, '@alice deploy/x success'] },
    asked: { required: ['Lint', 'Test', 'deploy/x'] },
    is: ['unproven', 'deploy/x: no run of Actions wrote it', 'deploy/x'],
  },
  {
    rule: 'nobody wrote what is required, and no run was going',
    seen: { rows: GREEN },
    asked: { required: ['Lint', 'Test', 'Docs'] },
    is: ['unproven', `${DOCS} was never written`],
  },
  {
    rule: 'no leg of a job that the umbrella needs was written',
    seen: {
      rows: GREEN,
      needs: UNIT_LEGS,
    },
    asked: { required: [] },
    is: ['unproven', 'CI / Unit (pull_request) was never written'],
  },
  {
    rule: 'the newest run never wrote the umbrella',
    seen: { rows: [...GREEN, 'R2 Lint success', 'R2 Test success'] },
    is: ['unproven', `run 2, the newest, never wrote ${contextOf('umbrella')}`],
  },
  {
    rule: 'the only run is of another pull request: its word does not count here',
    seen: {
      grade: 'jobs',
      rows: GREEN,
      runs: [run(1, ['Lint success', 'Test success', 'umbrella success'], { pull: 9 })],
    },
    is: ['unproven', `${LINT}: only runs of another pull request wrote ${LINT}`, LINT],
  },
]

const judged = (evidence: Evidence, asked: Policy): Past => judgePast(asked, evidence, pull())

describe('what the newest run said at a moment, by rows', () => {
  it.each([...DECIDED, ...GOING, ...UNPROVEN])('$rule', ({ seen, asked, is }) => {
    expect(judged(head(seen), policy(asked))).toEqual(foundOf(is))
  })
})

interface CheckCase {
  readonly rule: string
  readonly seen: ChecksChange
  readonly asked?: Partial<Policy>
  readonly is: Found
}

const CHECKS: readonly CheckCase[] = [
  {
    rule: 'every required job was green',
    seen: { legs: ['R1 Lint success', 'R1 Test success', `R1 ${GATE} success`] },
    is: ['green', '2 required contexts green in run 1', null, 1],
  },
  {
    rule: 'a required job had failed under a red gate',
    seen: { legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} failure`] },
    is: ['red', 'Test failed in run 1', 'Test', 1],
  },
  {
    rule: 'a required job had failed, and the gate was skipped, which a merge takes for a pass',
    seen: { legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} skipped`] },
    is: ['skipped-over-red', `Test failed in run 1, and ${GATE} was skipped`, 'Test', 1],
  },
  {
    rule: 'a required job was skipped because one that it needs had failed',
    seen: {
      legs: ['R1 Build failure', 'R1 Lint success', 'R1 Test skipped', `R1 ${GATE} skipped`],
      skippedFor: { Test: 'Build' },
    },
    is: ['skipped-over-red', 'Build failed in run 1, so that Test was skipped', 'Build', 1],
  },
  {
    rule: 'the failed job that it needs may fail: it is a plain skip',
    seen: {
      legs: ['R1 Build failure', 'R1 Lint success', 'R1 Test skipped', `R1 ${GATE} skipped`],
      skippedFor: { Test: 'Build' },
    },
    asked: { optional: ['Build'] },
    is: ['unproven', 'Test: it was skipped', 'Test', 1],
  },
  {
    rule: 'a job failed, and only a run tells whether it may',
    seen: {
      legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} success`],
      mayFail: 'unknown',
    },
    is: ['unproven', 'Test: Test of run 1 failed, and only a run tells whether it may', 'Test', 1],
  },
]

describe('what the newest runs said at a moment, by check runs', () => {
  it.each(CHECKS)('$rule', ({ seen, asked, is }) => {
    expect(judged(checksHead(seen), checkPolicy(asked))).toEqual(foundOf(is))
  })
})
