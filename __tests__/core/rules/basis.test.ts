import { describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../src/core/model/evidence.js'
import type { Policy } from '../../../src/core/model/policy.js'
import { canRunAgain, endedRedAgain } from '../../../src/core/rules/basis.js'
import { ruleInput } from '../../../src/core/rules/input.js'
import type { RuleInput } from '../../../src/core/rules/rule.js'
import type { Basis } from '../../../src/core/rules/verdict.js'
import type { HeadChange, ShownRun } from '../../support/builders.js'
import { head, job, policy, pull, run } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

const inputOf = (evidence: Evidence, asked: Policy): RuleInput => ruleInput(asked, evidence, pull())

const BY_LIST: Basis = { kind: 'over-green-needs', vouch: { by: 'list', otherWork: null } }
const UNVOUCHED: Basis = { kind: 'over-green-needs', vouch: null }
const SHOWN: Basis = { kind: 'shown-stale' }

/** Two runs whose jobs post what the umbrella says as a status. */
const POSTS = ['R1 Lint success', 'R1 Test success', 'R2 Lint success', 'R2 Test success']
const RED_OVER_GREEN = [`R2 ${GATE} success`, `R1 ${GATE} failure`]

interface Posted {
  readonly rule: string
  readonly seen: ChecksChange
  readonly is: Basis
}

const POSTED: readonly Posted[] = [
  {
    rule: 'the newest run posted it green itself',
    seen: { legs: POSTS, statuses: RED_OVER_GREEN },
    is: SHOWN,
  },
  {
    rule: 'the newest run goes on and may post again',
    seen: { legs: POSTS, statuses: RED_OVER_GREEN, runs: { 2: { state: 'open' } } },
    is: UNVOUCHED,
  },
  {
    rule: 'the newest run may be of another pull request',
    seen: { legs: POSTS, statuses: RED_OVER_GREEN, pulls: [pull(), pull(8)] },
    is: UNVOUCHED,
  },
  {
    rule: 'no run that posted it is known',
    seen: { legs: POSTS, statuses: [`R5 ${GATE} success`, `R6 ${GATE} failure`] },
    is: UNVOUCHED,
  },
  {
    rule: 'it was posted red before one of the required jobs had started: a list vouches',
    seen: {
      legs: ['R1 Lint success', 'R1 Test success'],
      statuses: [`R1 ${GATE} failure`, '@a x success'],
    },
    is: BY_LIST,
  },
  {
    rule: 'nothing red is known under a pending of ours',
    seen: { legs: POSTS, statuses: [`us ${GATE} pending [ur-undo 1 1 abcdef]`] },
    is: UNVOUCHED,
  },
]

describe('why a posted red is not believed', () => {
  it.each(POSTED)('$rule', ({ seen, is }) => {
    expect(inputOf(checksHead(seen), checkPolicy()).basis).toEqual(is)
  })
})

describe('why a red row is not believed', () => {
  it('a red that no run of Actions stands beside is not shown stale', () => {
    const seen = head({ grade: 'jobs', rows: ['R1 Lint success', '@alice umbrella failure'] })
    expect(inputOf(seen, policy()).basis).toEqual(BY_LIST)
  })

  it('what its job does besides is told with the list that vouches', () => {
    const seen = head({
      rows: ['R1 umbrella failure'],
      work: { kind: 'other-work', why: 'it deploys' },
    })
    expect(inputOf(seen, policy()).basis).toEqual({
      kind: 'over-green-needs',
      vouch: { by: 'list', otherWork: 'it deploys' },
    })
  })
})

const RED = ['R1 Lint success', 'R1 Test success', 'R1 umbrella failure']

interface Again {
  readonly rule: string
  readonly seen: HeadChange
  readonly asked?: Partial<Policy>
  readonly is: boolean
}

const AGAIN: readonly Again[] = [
  { rule: 'its one job, where the server can', seen: { grade: 'jobs', rows: RED }, is: true },
  {
    rule: 'not on a server that runs no job again',
    seen: { grade: 'jobs', version: '1.25.5', rows: RED },
    is: false,
  },
  {
    rule: 'not where the sweep may not',
    seen: { grade: 'jobs', rows: RED },
    asked: { mayRerun: false },
    is: false,
  },
  {
    rule: 'not where its jobs were not read',
    seen: { grade: 'statuses', version: '1.26.4', rows: RED },
    is: false,
  },
  {
    rule: 'not what no run wrote',
    seen: { grade: 'jobs', rows: ['R1 Lint success', '@alice umbrella failure'] },
    is: false,
  },
  {
    rule: 'not one of two jobs that share the name',
    seen: {
      grade: 'jobs',
      rows: RED,
      runs: [run(1, ['Lint success', 'Test success', 'umbrella failure', 'umbrella failure #77'])],
    },
    is: false,
  },
  {
    rule: 'not one whose job no row names',
    seen: {
      grade: 'jobs',
      version: '1.27.0',
      rows: ['R1.998 umbrella failure'],
      runs: [run(1, ['umbrella failure'])],
    },
    is: false,
  },
]

it.each(AGAIN)('can be run again: $rule', ({ seen, asked, is }) => {
  expect(canRunAgain(inputOf(head(seen), policy(asked)))).toBe(is)
})

/** A run whose umbrella is in this attempt. */
const attempted = (state: string, attempt: number | null): readonly ShownRun[] => [
  run(1, [], { jobs: [{ ...job(1, `umbrella ${state}`), attempt }] }),
]

interface Ended {
  readonly rule: string
  readonly rows?: readonly string[]
  readonly runs?: () => readonly ShownRun[]
  readonly is: boolean
}

const BY_JOB: readonly Ended[] = [
  { rule: 'its second attempt failed', runs: () => attempted('failure', 2), is: true },
  { rule: 'not where it failed once', runs: () => attempted('failure', 1), is: false },
  { rule: 'not where its attempt is not told', runs: () => attempted('failure', null), is: false },
  { rule: 'not where its second attempt is green', runs: () => attempted('success', 2), is: false },
  { rule: 'not where that was cancelled', runs: () => attempted('cancelled', 2), is: false },
]

const BY_ROWS: readonly Ended[] = [
  {
    rule: 'red, then pending, then red',
    rows: ['R1 umbrella failure', 'R1 umbrella running', 'R1 umbrella failure'],
    is: true,
  },
  {
    rule: 'not where it ended once',
    rows: ['R1 umbrella waiting', 'R1 umbrella running', 'R1 umbrella failure'],
    is: false,
  },
  {
    rule: 'not where its end is written twice and no new start',
    rows: ['R1 umbrella failure', 'R1 umbrella failure'],
    is: false,
  },
  {
    rule: 'not where its one end is written twice after its start',
    rows: ['R1 umbrella running', 'R1 umbrella failure', 'R1 umbrella failure'],
    is: false,
  },
  {
    rule: 'not where it goes again',
    rows: [
      'R1 umbrella failure',
      'R1 umbrella running',
      'R1 umbrella failure',
      'R1 umbrella running',
    ],
    is: false,
  },
  {
    rule: 'not where it ended green',
    rows: ['R1 umbrella failure', 'R1 umbrella running', 'R1 umbrella success'],
    is: false,
  },
  {
    rule: 'not where the newest run never wrote it',
    rows: [
      'R1 umbrella failure',
      'R1 umbrella running',
      'R1 umbrella failure',
      'R1 Lint success',
      'R2 Lint success',
    ],
    is: false,
  },
  { rule: 'not what no run wrote', rows: ['@alice umbrella failure'], is: false },
]

describe('an umbrella that was run again ended red again', () => {
  it.each(BY_JOB)('by its job: $rule', ({ runs, is }) => {
    const seen = head({ grade: 'jobs', rows: ['R1 umbrella failure'], runs: runs?.() ?? [] })
    expect(endedRedAgain(inputOf(seen, policy()).view)).toBe(is)
  })

  it.each(BY_ROWS)('by rows: $rule', ({ rows = [], is }) => {
    expect(endedRedAgain(inputOf(head({ rows }), policy()).view)).toBe(is)
  })

  it('is never said of check runs, whose executions are counted elsewhere', () => {
    const seen = checksHead({ legs: [`R1 ${GATE} failure`, `R1.2 ${GATE} failure`] })
    expect(endedRedAgain(inputOf(seen, checkPolicy()).view)).toBe(false)
  })
})
