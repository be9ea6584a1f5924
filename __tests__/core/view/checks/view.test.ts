import { describe, expect, it } from '@jest/globals'
import type { CheckEvidence } from '../../../../src/core/model/evidence.js'
import type { Policy } from '../../../../src/core/model/policy.js'
import type { SignedRow } from '../../../../src/core/model/status.js'
import { minutes } from '../../../../src/core/model/time.js'
import { unlistedProof } from '../../../../src/core/view/checks/listed.js'
import { viewOf } from '../../../../src/core/view/read.js'
import type { UmbrellaView } from '../../../../src/core/view/view.js'
import type { ChecksChange } from '../../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../../support/check-builders.js'

const GREEN = ['R1 Lint success', 'R1 Test success']

interface ViewCase {
  readonly rule: string
  readonly seen: ChecksChange
  readonly asked?: Partial<Policy>
  /** What is changed of the evidence that no line can say. */
  readonly but?: (evidence: CheckEvidence) => Partial<CheckEvidence>
  readonly is: Readonly<Record<string, unknown>>
}

const viewed = ({ seen, asked, but }: Omit<ViewCase, 'rule' | 'is'>): UmbrellaView => {
  const evidence = checksHead(seen)
  return viewOf(checkPolicy(asked), { ...evidence, ...but?.(evidence) }, 7)
}

/** Every status changed so. */
const rows =
  (change: Partial<SignedRow>) =>
  ({ latest }: CheckEvidence): Partial<CheckEvidence> => {
    const all = latest.map(row => ({ ...row, ...change }))
    return { latest: all, history: all }
  }

const RUNS: readonly ViewCase[] = [
  {
    rule: 'the newest run of each workflow and event that has the umbrella',
    seen: {
      legs: [`R1 ${GATE} failure`, `R2 ${GATE} success`, 'R3 Lint success'],
      runs: { 3: {} },
    },
    is: { newest: 3, runs: [3], newestRuns: [3] },
  },
  {
    rule: 'an umbrella that ended in a way nobody knows',
    seen: { legs: [`R1 ${GATE} unknown`] },
    is: { doubt: `${GATE}: it ended in a way nobody knows` },
  },
  {
    rule: 'two jobs of its name in one run',
    seen: { legs: [`R1 ${GATE} failure`, `R1 ${GATE} success`] },
    is: { doubt: `${GATE}: two jobs of one run carry this name` },
  },
  {
    rule: 'an umbrella that ended is in no doubt',
    seen: { legs: [`R1 ${GATE} failure`] },
    is: { newest: 1, doubt: null, awaiting: null, isDue: false },
  },
  {
    rule: 'a newest run that ended without it, where an older one had it',
    seen: { legs: [`R1 ${GATE} failure`], runs: { 2: {} } },
    is: { doubt: `${GATE}: run 2, the newest of ci.yml (pull_request), has no job of it` },
  },
  {
    rule: 'a newest run that may still come to it',
    seen: { legs: [`R1 ${GATE} failure`], runs: { 2: { state: 'open' } } },
    is: { doubt: null, openRun: 'run 2 of ci.yml (pull_request) is still going' },
  },
  {
    rule: 'a run of an event by which only another workflow ever had it',
    seen: {
      legs: [`R1 ${GATE} failure`, `R2 ${GATE} failure`, 'R3 Lint success'],
      runs: { 2: { workflow: 2, event: 'push' }, 3: { event: 'push' } },
    },
    is: { doubt: null },
  },
  {
    rule: 'no run of Actions has it',
    seen: { statuses: [`@ann ${GATE} failure`] },
    is: { newest: null, doubt: `no run of Actions wrote ${GATE} for pull request #7` },
  },
  {
    rule: 'a run that waits for an approval, beside another app that wants one',
    seen: { legs: [`codecov ${GATE} success`], runs: { 2: { state: 'action-required' } } },
    but: ({ suites }) => ({
      suites: suites.map(suite => ({ ...suite, state: 'action-required' as const })),
    }),
    is: { awaiting: 2 },
  },
  {
    rule: 'an umbrella that itself waits for one',
    seen: { legs: [`R1 ${GATE} action-required`] },
    is: { awaiting: 1 },
  },
]

const UMBRELLA: readonly ViewCase[] = [
  ...(
    [
      ['success', 'success'],
      ['skipped', 'skipped'],
      ['failure', 'failure'],
      ['cancelled', 'failure'],
      ['open', 'pending'],
      ['action-required', 'unknown'],
      ['unknown', 'unknown'],
    ] as const
  ).map(([state, shown]): ViewCase => ({
    rule: `a job that is ${state} is shown as ${shown}`,
    seen: { legs: [`R1 ${GATE} ${state}`] },
    is: { umbrella: { row: 500, state: shown } },
  })),
  {
    rule: 'a merge that wants something else from one app wants nothing of the umbrella',
    seen: { legs: [`R1 ${GATE} failure`], required: [{ context: 'Docs', app: 99 }] },
    is: { pins: [] },
  },
  {
    rule: 'the app that a merge wants it from, in whatever case it is called',
    seen: { legs: [`R1 ${GATE} failure`], required: [{ context: 'ALL-required', app: 99 }] },
    is: { pins: [99] },
  },
  {
    rule: 'a pending status of a person',
    seen: { legs: GREEN, statuses: [`@ann ${GATE} pending`] },
    is: { pending: '(row 100)' },
  },
  {
    rule: 'a pending status beside a job that has ended is not what is waited for',
    seen: { legs: [`R1 ${GATE} failure`], statuses: [`@ann ${GATE} pending`] },
    is: {
      pending: null,
      unclear: {
        kind: 'ambiguous',
        detail: `a check run and status 100 (pending) carry ${GATE}, and the gate wants both green`,
      },
    },
  },
  {
    rule: 'a job that goes on',
    seen: { legs: [`R1 ${GATE} open`] },
    is: { pending: 'in run 1 (check run 500)' },
  },
  {
    rule: 'what others say under its name',
    seen: {
      legs: [`codecov ${GATE} skipped`, `token:R1 ${GATE} open`, `codecov ${GATE} cancelled`],
    },
    is: {
      foreign: [
        { state: 'green', says: says(500, 'skipped', 'the app codecov') },
        { state: 'red', says: says(502, 'cancelled', 'the app codecov') },
        { state: 'open', says: says(501, 'open', "a workflow's token") },
      ],
    },
  },
  {
    rule: 'a status of nobody known on a required context',
    seen: { legs: GREEN, statuses: ['@ann Lint failure'] },
    but: rows({ creator: null }),
    is: {
      contexts: [
        {
          context: 'Lint',
          foreign: [
            { state: 'red', says: 'status 100 says failure, written by an unknown writer' },
          ],
        },
        { context: 'Test', foreign: [] },
      ],
    },
  },
  {
    rule: 'statuses in a state that nobody knows are told, and no others',
    seen: { legs: GREEN, statuses: ['@ann docs failure', '@ann Lint success'] },
    but: ({ latest }) => {
      const all = latest.map(row =>
        row.context === 'docs' ? { ...row, state: 'unknown' as const } : row,
      )
      return { latest: all, history: all }
    },
    is: { unknownRows: [{ context: 'docs' }] },
  },
]

function says(id: number, state: string, who: string): string {
  return `check run ${id} says ${state}, made by ${who} and no job of Actions`
}

describe('which runs write the umbrella of check runs', () => {
  it.each(RUNS)('$rule', ({ is, ...asked }) => {
    expect(viewed(asked)).toMatchObject(is)
  })
})

describe('the umbrella of check runs', () => {
  it.each(UMBRELLA)('$rule', ({ is, ...asked }) => {
    expect(viewed(asked)).toMatchObject(is)
  })
})

describe('the last thing that happened in what counts', () => {
  // A line stands for a minute, the last of its list for half an hour ago and one minute.
  it.each<{ readonly rule: string; readonly seen: ChecksChange; readonly age: number }>([
    { rule: 'the end of a job', seen: { legs: GREEN }, age: 31 },
    {
      rule: 'not of a check of another app that does not count',
      seen: { legs: [...GREEN, 'codecov coverage failure'] },
      age: 32,
    },
    {
      rule: 'a check of another app that does',
      seen: { legs: [...GREEN, 'codecov Lint success'] },
      age: 31,
    },
    {
      rule: 'a status that counts, in whatever case',
      seen: { legs: [...GREEN, 'codecov coverage failure'], statuses: ['@ann LINT success'] },
      age: 31,
    },
    {
      rule: 'not a status that does not',
      seen: { legs: [...GREEN, 'codecov coverage failure'], statuses: ['@ann chat success'] },
      age: 32,
    },
    {
      rule: 'not a status of ours',
      seen: {
        legs: [...GREEN, 'codecov coverage failure'],
        statuses: [`us ${GATE} success [ur-green 1 1 abcdef]`],
      },
      age: 32,
    },
    { rule: 'nothing ever', seen: { legs: ['codecov coverage failure'] }, age: 0 },
  ])('$rule', ({ seen, age }) => {
    expect(Math.ceil(viewed({ seen }).age / minutes(1))).toBe(age)
  })
})

describe('green jobs that the jobs of their run do not name', () => {
  const RED = `R1 ${GATE} failure`
  it.each<{
    readonly rule: string
    readonly seen: ChecksChange
    readonly names: readonly string[]
  }>([
    { rule: 'none', seen: { legs: [...GREEN, RED] }, names: [] },
    {
      rule: 'those that a proof would rest on, in the order of their ids',
      seen: { legs: [...GREEN, RED, 'R1 Docs success'], unlisted: ['Docs', 'Lint', 'Test'] },
      names: ['Lint', 'Test'],
    },
    {
      rule: 'none where something required is not green: nothing is proven anyway',
      seen: { legs: ['R1 Lint success', 'R1 Test failure', RED], unlisted: ['Lint'] },
      names: [],
    },
    {
      rule: 'not those of a run that a newer one superseded',
      seen: {
        legs: [...GREEN, RED, 'R2 Lint success', 'R2 Test success', `R2 ${GATE} failure`],
        unlistedIn: 1,
      },
      names: [],
    },
    {
      rule: 'none under a green umbrella',
      seen: { legs: [...GREEN, `R1 ${GATE} success`], unlisted: ['Lint'] },
      names: [],
    },
  ])('$rule', ({ seen, names }) => {
    expect(unlistedProof(viewed({ seen })).map(({ name }) => name)).toEqual(names)
  })
})
