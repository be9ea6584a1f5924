import { expect, it } from '@jest/globals'
import type { CheckEvidence } from '../../../../src/core/model/evidence.js'
import { judgeContext } from '../../../../src/core/rules/gate/context.js'
import type { RequiredContext } from '../../../../src/core/rules/gate/finding.js'
import { policy, pull } from '../../../support/builders.js'
import type { ChecksChange } from '../../../support/check-builders.js'
import { checksHead } from '../../../support/check-builders.js'
import { hours } from '../../../../src/core/model/time.js'

const judged = (evidence: CheckEvidence, minAge = policy().minAge): RequiredContext =>
  judgeContext({ policy: policy({ minAge }), evidence, pull: pull(), context: 'Test' })

interface Scene {
  readonly rule: string
  readonly seen: ChecksChange
  readonly is: string
  readonly says: string
}

const RED_THEN_GREEN = ['R1 Test failure', 'R2 Test success']
const OVERWRITTEN =
  'its job is green in run 2, the newest; check run 500 of run 1, an older one, is failure'
/** Two runs of jobs that post what they find as a status. */
const POSTS = ['R1 Lint success', 'R2 Lint success']
const LINT_RUN_NEVER = 'run 2, the newest of ci.yml (pull_request),'

const SHUT: readonly Scene[] = [
  {
    rule: 'another app that says success holds nothing shut',
    seen: { legs: [...RED_THEN_GREEN, 'sonar Test success'] },
    is: 'stale: overwritten',
    says: OVERWRITTEN,
  },
  {
    rule: 'nor does another app that skipped it',
    seen: { legs: ['R2 Test open', 'codecov Test skipped'] },
    is: 'pending: job-open',
    says: 'a job of run 2 is still going',
  },
  {
    rule: 'an older run that skipped it holds nothing shut: the red one before it does',
    seen: { legs: ['R1 Test failure', 'R2 Test skipped', 'R3 Test success'] },
    is: 'stale: overwritten',
    says: 'its job is green in run 3, the newest; check run 500 of run 1, an older one, is failure',
  },
  {
    rule: 'an older green run whose jobs were not read is no doubt: it is not asked',
    seen: { legs: ['R1 Test failure', 'R2 Test success', 'R3 Test success'], unlistedIn: 2 },
    is: 'stale: overwritten',
    says: 'its job is green in run 3, the newest; check run 500 of run 1, an older one, is failure',
  },
  {
    rule: 'the jobs of one of two newest runs were not read: anybody may have made its check',
    seen: {
      legs: [...RED_THEN_GREEN, 'R3 Test success'],
      unlistedIn: 2,
      runs: { 3: { event: 'push' } },
    },
    is: 'unknown: not-known',
    says: 'Test is green, but the jobs of run 2 were not read',
  },
  {
    rule: 'the newest run failed before it came to it, over an older red',
    seen: { legs: ['R1 Test failure', 'R2 Lint failure'], runs: { 2: { state: 'failure' } } },
    is: 'red: job-failed',
    says: 'Test did not run: run 2 failed before it came to it',
  },
  {
    rule: 'the newest run waits for an approval, over an older red',
    seen: { legs: ['R1 Test failure'], runs: { 2: { state: 'action-required' } } },
    is: 'pending: awaiting-approval',
    says: 'run 2 waits for an approval',
  },
  {
    rule: 'a run of another workflow waits for an approval: the red of its own run counts',
    seen: {
      legs: ['R1 Test failure'],
      runs: { 2: { state: 'action-required', workflow: 2, path: 'other.yml' } },
    },
    is: 'red: job-failed',
    says: 'Test failed in run 1, the newest',
  },
]

const POSTED: readonly Scene[] = [
  {
    rule: 'an older run left its status pending over the green that the newest posted',
    seen: { legs: POSTS, statuses: ['R2 Test success', 'R1 Test pending'] },
    is: 'stale: run-ended',
    says: 'run 2, the newest, posted it green; status 101 (pending) is of run 1',
  },
  {
    rule: 'an older run posted red over the red of the newest',
    seen: { legs: POSTS, statuses: ['R2 Test failure', 'R1 Test failure'] },
    is: 'red: job-failed',
    says: 'Test failed in run 1, the newest',
  },
  {
    rule: 'an older run posted red over a green newest one, and another app has the name too',
    seen: {
      legs: [...POSTS, 'codecov Test success'],
      statuses: ['R2 Test success', 'R1 Test failure'],
    },
    is: 'red: job-failed',
    says: 'Test failed in run 1, the newest',
  },
  {
    rule: 'a run that is not on this commit posted red',
    seen: { statuses: ['R5 Test failure'] },
    is: 'unknown: not-known',
    says: 'status 100 was written by run 5, not the newest',
  },
  {
    rule: 'a red of ours stands over what the newest run posted green',
    seen: { legs: POSTS, statuses: ['R2 Test success', 'us Test failure [ur-undo 1 2 abcdef]'] },
    is: 'red: set-red',
    says: 'another system says so',
  },
  {
    rule: 'a pending of ours stands over what the newest run posted green',
    seen: { legs: POSTS, statuses: ['R2 Test success', 'us Test pending [ur-undo 1 2 abcdef]'] },
    is: 'pending: set-pending',
    says: 'status 101 says pending',
  },
  {
    rule: "an older run's red stands, and another app skipped what the newest run passed",
    seen: { legs: ['R1 Test failure', 'R2 Test success', 'codecov Test skipped'] },
    is: 'unknown: not-known',
    says: 'another system skipped it',
  },
  {
    rule: 'a person posted pending',
    seen: { legs: ['R2 Test success'], statuses: ['@ann Test pending'] },
    is: 'pending: set-pending',
    says: 'status 100 says pending, written by ann',
  },
]

const GREEN: readonly Scene[] = [
  {
    rule: 'green by an older run, and the newest has not come to it',
    seen: { legs: ['R1 Test success', 'R2 Lint open'] },
    is: 'green: unproven',
    says: `green by an older run; ${LINT_RUN_NEVER} has not come to it yet`,
  },
  {
    rule: 'green, and a job failed whose name differs in case alone',
    seen: { legs: ['R1 Test success', 'R1 test failure'] },
    is: 'false-green: older-green',
    says: 'green by an older run, but its job failed (run 1)',
  },
  {
    rule: 'green, and a job was cancelled whose name differs in case alone',
    seen: { legs: ['R1 Test success', 'R1 test cancelled'] },
    is: 'false-green: older-green',
    says: 'green by an older run, but its job was cancelled (run 1)',
  },
  {
    rule: 'green, and another app says red under a name that differs in case: that is no run',
    seen: { legs: ['R1 Test success', 'codecov test failure'] },
    is: 'green: green',
    says: 'by run 1',
  },
]

it.each([...SHUT, ...POSTED, ...GREEN])('$rule', ({ seen, is, says }) => {
  const { state, class: as, detail } = judged(checksHead(seen))
  expect([`${state}: ${as}`, detail]).toEqual([is, says])
})

it('says of a status whose writer is not told that nobody knows him', () => {
  const evidence = checksHead({ legs: ['R2 Test success'], statuses: ['@ann Test failure'] })
  const latest = evidence.latest.map(row => ({ ...row, creator: null }))
  expect(judged({ ...evidence, latest, history: latest }).detail).toBe(
    'status 100 says failure, written by an unknown writer',
  )
})

it('calls nothing stale that is younger than asked for', () => {
  const { class: as, detail } = judged(checksHead({ legs: RED_THEN_GREEN }), hours(1))
  expect([as, detail]).toEqual(['settling', 'the newest row is 30m old; under 1h it may change'])
})

it('names the check run, the run and the job of what it found', () => {
  expect(judged(checksHead({ legs: RED_THEN_GREEN }))).toMatchObject({
    row: 500,
    run: 2,
    job: { key: 501, id: 501 },
  })
})

it('names no job where the newest run has none', () => {
  const seen = { legs: ['R1 Test failure', 'R2 Lint open'] }
  expect(judged(checksHead(seen))).toMatchObject({ row: 500, run: 2, job: null })
})
