import { describe, expect, it } from '@jest/globals'
import type { CheckRun, Suite } from '../../../../src/core/model/check.js'
import type { CheckEvidence } from '../../../../src/core/model/evidence.js'
import type { Leg } from '../../../../src/core/view/checks/legs.js'
import { jobOfLeg, producerName, sortChecks } from '../../../../src/core/view/checks/legs.js'
import { NOW, pull } from '../../../support/builders.js'
import type { ChecksChange } from '../../../support/check-builders.js'
import { checksHead } from '../../../support/check-builders.js'

/** A head whose checks, in the order of their lines, are changed so. */
function changed(seen: ChecksChange, changes: readonly Partial<CheckRun>[]): CheckEvidence {
  const evidence = checksHead(seen)
  const checks = evidence.checks.map((check, at) => ({ ...check, ...changes[at] }))
  return { ...evidence, checks }
}

const START = { startedAt: NOW }
const NEVER = { startedAt: null }
const UNREAD = 'which of its executions is the newest was not read'

interface LegCase {
  readonly rule: string
  /** Ends of `Test` in run 1, with the attempt where it is not the first. */
  readonly legs: readonly string[]
  readonly attempts?: 'not-read'
  readonly changes?: readonly Partial<CheckRun>[]
  readonly is: Pick<Leg, 'state' | 'why' | 'executions'> & { readonly check: number }
}

describe('the executions of a job as one leg', () => {
  it.each<LegCase>([
    {
      rule: 'the highest attempt counts, in whatever order they come',
      legs: ['R1.2 Test success', 'R1 Test failure'],
      changes: [START, {}],
      is: { state: 'success', why: '', check: 500, executions: 2 },
    },
    {
      rule: 'one that a re-run did not touch is shown again, with its old start',
      legs: ['R1 Test success', 'R1.2 Test success'],
      changes: [START, START],
      is: { state: 'success', why: '', check: 501, executions: 1 },
    },
    {
      rule: 'an older attempt that started later than the newest: nothing is known',
      legs: ['R1.2 Test cancelled', 'R1 Test failure'],
      is: {
        state: 'unknown',
        why: 'an older attempt of it started after the newest',
        check: 501,
        executions: 2,
      },
    },
    {
      rule: 'the same where both are green',
      legs: ['R1.2 Test success', 'R1 Test success'],
      is: { state: 'success', why: '', check: 500, executions: 2 },
    },
    {
      rule: 'an open newest attempt counts, whenever the older ones started',
      legs: ['R1.2 Test open', 'R1 Test failure'],
      is: { state: 'open', why: '', check: 500, executions: 2 },
    },
    {
      rule: 'a newest attempt that tells no start counts',
      legs: ['R1 Test failure', 'R1.2 Test success'],
      changes: [{}, NEVER],
      is: { state: 'success', why: '', check: 501, executions: 2 },
    },
    {
      rule: 'each one that tells no start is an execution of its own',
      legs: ['R1 Test failure', 'R1.2 Test success'],
      changes: [NEVER, NEVER],
      is: { state: 'success', why: '', check: 501, executions: 2 },
    },
    {
      rule: 'two of one attempt are two jobs of one name, and the red one is shown',
      legs: ['R1 Test cancelled', 'R1 Test failure'],
      is: {
        state: 'unknown',
        why: 'two jobs of one run carry this name',
        check: 501,
        executions: 2,
      },
    },
    {
      rule: 'or the first of them where none failed',
      legs: ['R1 Test cancelled', 'R1 Test success'],
      is: {
        state: 'unknown',
        why: 'two jobs of one run carry this name',
        check: 500,
        executions: 2,
      },
    },
    {
      rule: 'attempts that were not read: one execution shown twice',
      legs: ['R1 Test failure', 'R1 Test failure'],
      attempts: 'not-read',
      changes: [START, START],
      is: { state: 'failure', why: '', check: 500, executions: 1 },
    },
    {
      rule: 'attempts that were not read: one start that ended in two ways',
      legs: ['R1 Test success', 'R1 Test failure'],
      attempts: 'not-read',
      changes: [START, START],
      is: { state: 'unknown', why: UNREAD, check: 501, executions: 1 },
    },
    {
      rule: 'attempts that were not read: two executions that both failed',
      legs: ['R1 Test failure', 'R1 Test failure'],
      attempts: 'not-read',
      is: { state: 'unknown', why: UNREAD, check: 500, executions: 2 },
    },
    {
      rule: 'attempts that were not read: two executions that both were green',
      legs: ['R1 Test success', 'R1 Test success'],
      attempts: 'not-read',
      is: { state: 'success', why: '', check: 500, executions: 2 },
    },
  ])('$rule', ({ legs, attempts, changes = [], is }) => {
    const asked = attempts === undefined ? { legs } : { legs, attempts }
    const found = sortChecks(changed(asked, changes)).legs
    expect(
      found.map(({ state, why, executions, check }) => ({
        state,
        why,
        executions,
        check: Number(check.id),
      })),
    ).toEqual([is])
  })

  it('is a job of its run, whose attempt is the number of its executions', () => {
    const legs = ['R1 Test failure', 'R1.7 Test action-required']
    expect(sortChecks(checksHead({ legs })).legs.map(jobOfLeg)).toEqual([
      { id: 501, key: 501, name: 'Test', state: 'unknown', attempt: 2 },
    ])
  })
})

/** What is a job of a run that counts, and what is somebody's. */
function sorted(seen: ChecksChange, suites: (suite: Suite) => Partial<Suite> = () => ({})) {
  const evidence = changed(
    seen,
    (seen.legs ?? []).map(() => ({ isJob: true })),
  )
  const found = sortChecks({
    ...evidence,
    suites: evidence.suites.map(suite => ({ ...suite, ...suites(suite) })),
  })
  return {
    legs: found.legs.map(({ name }) => name),
    foreign: found.foreign.map(({ check }) => check.name),
  }
}

describe('who made a check run', () => {
  it('a job of a run that counts for pull requests is a leg', () => {
    expect(sorted({ legs: ['R1 Lint success'] })).toEqual({ legs: ['Lint'], foreign: [] })
  })

  it('a job of a dispatched run is neither a leg nor anybody else’s', () => {
    const runs = { 1: { event: 'workflow_dispatch' } }
    expect(sorted({ legs: ['R1 Lint success'], runs })).toEqual({ legs: [], foreign: [] })
  })

  it('what another app calls a job is its own word', () => {
    expect(sorted({ legs: ['codecov Lint success'] })).toEqual({ legs: [], foreign: ['Lint'] })
  })

  it('a suite of Actions of which no run is known is anybody’s', () => {
    const found = sorted({ legs: ['R1 Lint success'] }, () => ({ run: null }))
    expect(found).toEqual({ legs: [], foreign: ['Lint'] })
  })
})

describe('the newest run of a workflow and event', () => {
  const legs = ['R1 Lint failure', 'R2 Lint success']
  it.each<{
    readonly rule: string
    readonly seen: ChecksChange
    readonly newest: readonly number[]
  }>([
    { rule: 'supersedes an older one', seen: { legs }, newest: [2] },
    {
      rule: 'also beside what a person posted',
      seen: { legs, statuses: ['@ann docs success'] },
      newest: [2],
    },
    {
      rule: 'not where runs post statuses',
      seen: { legs, statuses: ['R1 docs success'] },
      newest: [2, 1],
    },
    {
      rule: 'not where a success of ours stands for one of them',
      seen: { legs, statuses: ['us docs success [ur-green 1 1 abcdef]'] },
      newest: [2, 1],
    },
    {
      rule: 'not where several pull requests stand on the commit',
      seen: { legs, pulls: [pull(7), pull(8)] },
      newest: [2, 1],
    },
    {
      rule: 'not of another event',
      seen: { legs, runs: { 2: { event: 'push' } } },
      newest: [2, 1],
    },
  ])('$rule', ({ seen, newest }) => {
    expect(sortChecks(checksHead(seen)).newest.map(({ key }) => key)).toEqual(newest)
  })

  it.each([
    { path: '.github/workflows/ci.yml', called: 'ci.yml (pull_request)' },
    { path: '', called: 'workflow 4 (pull_request)' },
  ])('is called by its file, or else by its workflow: $called', ({ path, called }) => {
    const { runs } = sortChecks(checksHead({ runs: { 1: { path, workflow: 4 } } }))
    expect(runs.map(producerName)).toEqual([called])
  })
})
