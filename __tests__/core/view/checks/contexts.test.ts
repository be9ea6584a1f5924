import { describe, expect, it } from '@jest/globals'
import type { CheckRun } from '../../../../src/core/model/check.js'
import type { Policy } from '../../../../src/core/model/policy.js'
import { commitContexts, levelsIn } from '../../../../src/core/view/checks/contexts.js'
import { readChecks } from '../../../../src/core/view/checks/result.js'
import type { ChecksChange } from '../../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../../support/check-builders.js'

interface LevelCase {
  readonly rule: string
  readonly seen: ChecksChange
  readonly asked?: Partial<Policy>
  /** What is changed of the checks of these names. */
  readonly checks?: Readonly<Record<string, Partial<CheckRun>>>
  readonly levels: Readonly<Record<string, string>>
}

/** A job that its workflow lets fail. */
const MAY_FAIL = { mayFail: 'yes' } as const
const ITS_GATE = `R1 ${GATE} failure`
const FAILED: ChecksChange = { legs: ['R1 Test failure', ITS_GATE], mayFail: 'yes' }

describe('how the contexts of a commit count', () => {
  it.each<LevelCase>([
    {
      rule: 'a status is what a list calls so in another case',
      seen: { statuses: ['@ann LINT success', '@ann ALL-Required failure'] },
      levels: { Lint: 'required', [GATE]: 'umbrella' },
    },
    {
      rule: 'a pattern names a status in any case',
      seen: { statuses: ['@ann LINT success'] },
      asked: { required: ['Li*'] },
      levels: { LINT: 'required' },
    },
    {
      rule: 'a job is named by a pattern as it is written alone',
      seen: { legs: ['R1 LINT success'] },
      asked: { required: ['Li*'] },
      levels: { LINT: 'unlisted' },
    },
    {
      rule: 'a status that a job calls so is that context, before what a list calls it',
      seen: { legs: ['R1 LINT success'], statuses: ['@ann lint success'] },
      levels: { LINT: 'required' },
    },
    {
      rule: "a job of the umbrella's name in another case is not the umbrella, whatever is posted",
      seen: { legs: ['R1 All-Required success'], statuses: ['@ann all-required failure'] },
      levels: { 'All-Required': 'unlisted' },
    },
    {
      rule: 'a check of another app under such a name and a status are',
      seen: { legs: ['codecov All-Required success'], statuses: ['@ann all-required failure'] },
      levels: { 'All-Required': 'umbrella' },
    },
    {
      rule: 'what a list names as it is written counts so',
      seen: { statuses: ['@ann docs failure'] },
      asked: { optional: ['docs'], external: ['DOCS*'] },
      levels: { docs: 'optional' },
    },
    {
      rule: 'a job that failed as its workflow lets it holds nothing back',
      seen: FAILED,
      levels: { Test: 'optional', [GATE]: 'umbrella' },
    },
    {
      rule: 'but not where nothing of its run needs it',
      seen: { legs: ['R1 Test failure'], mayFail: 'yes' },
      levels: { Test: 'required' },
    },
    {
      rule: 'nor where the umbrella is of another run',
      seen: {
        legs: ['R1 Test failure', `R2 ${GATE} failure`],
        runs: { 2: { workflow: 2, path: 'gate.yml' } },
        mayFail: 'yes',
      },
      levels: { Test: 'required', [GATE]: 'umbrella' },
    },
    {
      rule: 'whatever a run of another workflow does',
      seen: { ...FAILED, runs: { 2: { workflow: 2, path: 'docs.yml' } } },
      levels: { Test: 'optional', [GATE]: 'umbrella' },
    },
    {
      rule: 'also where it is green in the run of another event',
      seen: {
        ...FAILED,
        legs: ['R1 Test failure', ITS_GATE, 'R2 Test success'],
        runs: { 2: { event: 'push' } },
      },
      levels: { Test: 'optional', [GATE]: 'umbrella' },
    },
    {
      rule: 'but not where it was cancelled there',
      seen: {
        ...FAILED,
        legs: ['R1 Test failure', ITS_GATE, 'R2 Test cancelled'],
        runs: { 2: { event: 'push' } },
      },
      levels: { Test: 'required', [GATE]: 'umbrella' },
    },
    {
      rule: 'nor where it was cancelled',
      seen: { legs: ['R1 Test cancelled'] },
      checks: { Test: MAY_FAIL },
      levels: { Test: 'required' },
    },
    {
      rule: 'nor where another job has its name in another case',
      seen: { ...FAILED, legs: ['R1 Test failure', ITS_GATE, 'R1 test success'] },
      levels: { Test: 'required', test: 'unlisted', [GATE]: 'umbrella' },
    },
    {
      rule: 'nor where another app carries the name in whatever case',
      seen: { ...FAILED, legs: ['R1 Test failure', ITS_GATE, 'codecov tEST success'] },
      levels: { Test: 'required', tEST: 'unlisted', [GATE]: 'umbrella' },
    },
    {
      rule: 'another app that writes something else says nothing of it',
      seen: { ...FAILED, legs: ['R1 Test failure', ITS_GATE, 'codecov coverage failure'] },
      levels: { Test: 'optional', coverage: 'unlisted', [GATE]: 'umbrella' },
    },
    {
      rule: 'nor where a person posted a status of the name',
      seen: { ...FAILED, statuses: ['@ann TEST success'] },
      levels: { Test: 'required', [GATE]: 'umbrella' },
    },
    {
      rule: 'the umbrella counts as such, whatever its workflow lets it do',
      seen: { legs: [`R1 ${GATE} failure`] },
      checks: { [GATE]: MAY_FAIL },
      levels: { [GATE]: 'umbrella' },
    },
  ])('$rule', ({ seen, asked, checks = {}, levels }) => {
    const policy = checkPolicy(asked)
    const evidence = checksHead(seen)
    const head = readChecks({
      ...evidence,
      checks: evidence.checks.map(check => ({ ...check, ...checks[check.name] })),
    })
    const found = levelsIn(policy, head, commitContexts(head, policy))
    expect(Object.fromEntries(found.map(({ context, level }) => [context, level]))).toEqual(levels)
  })
})
