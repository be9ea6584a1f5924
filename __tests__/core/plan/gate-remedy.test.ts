import { describe, expect, it } from '@jest/globals'
import { remedyOfContext } from '../../../src/core/plan/gate-remedy.js'
import type { Write } from '../../../src/core/plan/remedy.js'
import type { Evidence } from '../../../src/core/model/evidence.js'
import { asRunId } from '../../../src/core/model/ids.js'
import type { Server } from '../../../src/core/model/server.js'
import { judgeContext } from '../../../src/core/rules/gate/context.js'
import type { RequiredContext } from '../../../src/core/rules/gate/finding.js'
import { contextOf, head, jobId, policy, pull, run, SHA } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead } from '../../support/check-builders.js'
import { server } from '../../support/servers.js'

const CAN = { ...server().capabilities, rerun: true }

/** How a context is judged, and what a person is told to send for it. */
function remedied(
  on: Server,
  evidence: Evidence,
  change: Partial<RequiredContext> = {},
): { readonly state: string; readonly write: Write | null } {
  const isChecks = evidence.kind === 'checks'
  const question = {
    policy: isChecks ? checkPolicy() : policy(),
    evidence,
    pull: pull(),
    context: isChecks ? 'Test' : contextOf('Test'),
  }
  const judged = { ...judgeContext(question), ...change }
  return { state: judged.state, write: remedyOfContext(on, question, judged) }
}

describe('what mends a required context of check runs', () => {
  const again = { kind: 'rerun', run: 1, job: 500, wholeRun: false }
  it.each<{
    readonly rule: string
    readonly seen: ChecksChange
    readonly state?: string
    readonly write: object | null
  }>([
    {
      rule: 'the red job of the older run is run again',
      seen: { legs: ['R1 Test failure', 'R1 Lint success', 'R2 Test success'] },
      write: again,
    },
    {
      rule: 'so is one that was cancelled',
      seen: { legs: ['R1 Test cancelled', 'R2 Test success'] },
      write: again,
    },
    {
      rule: 'a job that was skipped in its run is no need that was cancelled',
      seen: { legs: ['R1 Test failure', 'R1 Docs skipped', 'R2 Test success'] },
      write: again,
    },
    {
      rule: 'what is red in another run says nothing of it',
      seen: { legs: ['R1 Test failure', 'R2 Test success', 'R2 Lint failure'] },
      write: again,
    },
    {
      rule: 'where something else is red in its run, it may read that and end red again',
      seen: { legs: ['R1 Test failure', 'R1 Lint cancelled', 'R2 Test success'] },
      write: null,
    },
    {
      rule: 'where something else of its run never ended, too',
      seen: {
        legs: ['R1 Test failure', 'R1 Lint open', 'R2 Test success'],
        runs: { 1: { state: 'cancelled' } },
      },
      write: null,
    },
    {
      rule: 'a run that the server will not run again is not asked for',
      seen: { legs: ['R1 Test failure', 'R2 Test success'], runs: { 1: { disabled: true } } },
      write: null,
    },
    {
      rule: 'a job that is only pending is not run again',
      seen: { legs: ['R1 Test open', 'R2 Test success'], runs: { 1: { state: 'cancelled' } } },
      write: null,
    },
    {
      rule: 'a context that is rightly red needs no mending',
      seen: { legs: ['R1 Test success', 'R2 Test failure'] },
      state: 'red',
      write: null,
    },
  ])('$rule', ({ seen, state = 'stale', write }) => {
    const on = server('1.26.4', { capabilities: CAN })
    expect(remedied(on, checksHead(seen))).toEqual({ state, write })
  })
})

describe('what mends a required context of rows', () => {
  const RACE = ['R1 Test running', 'R2 Test running', 'R2 Test success', 'R1 Test failure']
  const byJobs = (): Evidence =>
    head({
      grade: 'jobs',
      rows: RACE,
      runs: [run(2, ['Test success'], { id: asRunId(77) }), run(1, ['Test failure'])],
    })
  const byRows = (): Evidence =>
    head({ rows: RACE, others: { kind: 'read', numbers: [] }, pulls: [pull()] })
  const post = {
    kind: 'status',
    post: {
      sha: SHA,
      context: contextOf('Test'),
      state: 'success',
      description: 'green in run 2, the newest; posted by hand',
      targetUrl: '',
    },
  }
  const can = server('1.26.4', { capabilities: CAN })

  it.each<{
    readonly rule: string
    readonly on?: Server
    readonly seen?: () => Evidence
    readonly judged?: Partial<RequiredContext>
    readonly write: object | null
  }>([
    {
      rule: "the newest run's own job is run again, by the ids of the API",
      on: can,
      write: { kind: 'rerun', run: 77, job: jobId(2, 'Test'), wholeRun: false },
    },
    {
      rule: 'none where it is not known which job that is',
      on: can,
      judged: { job: null },
      write: null,
    },
    {
      rule: 'none where its run is not among those that were read',
      on: can,
      judged: { run: null },
      write: null,
    },
    {
      rule: 'without jobs its success is posted, where a posted one counts',
      on: can,
      seen: byRows,
      write: post,
    },
    { rule: 'so it is on a server that runs no job again', write: post },
    {
      rule: 'nothing is posted where no run is known to have reported it',
      judged: { run: null },
      write: null,
    },
    {
      rule: 'nothing is posted where a posted success has no effect',
      on: server('1.27.0'),
      write: null,
    },
    {
      rule: 'nor is anything where nothing is shown stale',
      judged: { state: 'unknown' },
      write: null,
    },
  ])('$rule', ({ on = server('1.26.4'), seen = byJobs, judged = {}, write }) => {
    expect(remedied(on, seen(), judged)).toEqual({ state: judged.state ?? 'stale', write })
  })
})
