import { describe, expect, it } from '@jest/globals'
import { gap } from '../../../src/core/model/evidence.js'
import { detailsByRest } from '../../../src/forge/github/rest-details.js'
import { ForgeError } from '../../../src/forge/port.js'
import { NOW, SHA } from '../../support/builders.js'
import type { Answers } from '../../support/answering-github.js'
import {
  AT,
  checkRow,
  checksOf,
  runRow,
  answeringGithub,
  Told,
} from '../../support/answering-github.js'

const LOST = new ForgeError('server-error', 'no time')
const SUITES = `GET /r/commits/${SHA}/check-suites`
const RUNS = (suite: number) => `GET /r/actions/runs?check_suite_id=${suite}&per_page=2`
const CHECKS = (suite: number) => `GET /r/check-suites/${suite}/check-runs`
const PAGE = (suite: number, page = 1) => `${CHECKS(suite)}?filter=all&per_page=100&page=${page}`

type Fields = Readonly<Record<string, unknown>>

const suite = (id: number, change: Fields = {}): Fields => ({
  id,
  status: 'completed',
  conclusion: 'success',
  app: { id: 15368, slug: 'github-actions' },
  ...change,
})
const suitesOf = (...rows: readonly unknown[]): Fields => ({
  total_count: rows.length,
  check_suites: rows,
})
const runsOf = (...rows: readonly Fields[]): Fields => ({
  total_count: rows.length,
  workflow_runs: rows,
})

/** One suite of Actions with its run and a job. */
const ONE: Answers = {
  [SUITES]: suitesOf(suite(3)),
  [RUNS(3)]: runsOf(runRow(5, { path: '.github/workflows/ci.yml@main' })),
  [CHECKS(3)]: checksOf(checkRow(77)),
}

async function details(answers: Answers) {
  const { context, asked } = answeringGithub({ ...ONE, ...answers })
  return { found: await detailsByRest(context, SHA), asked }
}

describe('the details of a commit by REST', () => {
  it('are its suites, their runs and their jobs', async () => {
    const { found, asked } = await details({})
    expect(found).toEqual({
      at: NOW,
      hasStatus: true,
      suites: [
        {
          id: 3,
          app: { id: 15368, slug: 'github-actions', isActions: true },
          run: {
            id: 5,
            workflow: 1,
            path: '.github/workflows/ci.yml',
            event: 'pull_request',
            createdAt: AT,
            attempt: 1,
            disabled: null,
          },
          state: 'success',
          neverStarted: false,
        },
      ],
      checks: [expect.objectContaining({ id: 77, suite: 3, isJob: true, startedAt: AT })],
      gaps: [],
    })
    expect(asked).toEqual([`${SUITES}?per_page=100`, RUNS(3), PAGE(3)])
  })

  it('of another app have no run, and none is asked for', async () => {
    const app = { id: 7, slug: 'codecov' }
    const { found, asked } = await details({ [SUITES]: suitesOf(suite(3, { app })) })
    expect(found.suites[0]).toMatchObject({ run: null, app: { isActions: false } })
    expect(found.checks[0]).toMatchObject({ id: 77, isJob: false })
    expect(found.gaps).toEqual([])
    expect(asked).toEqual([`${SUITES}?per_page=100`, PAGE(3)])
  })

  it('of nobody who is told have no app', async () => {
    const { found } = await details({ [SUITES]: suitesOf(suite(3, { app: null })) })
    expect(found.suites[0]?.app).toEqual({ id: 0, slug: '', isActions: false })
  })

  it('keep the time of the answer, and none where it has no clock', async () => {
    const { found } = await details({ [SUITES]: new Told(suitesOf(), { at: null }) })
    expect(found).toEqual({ at: null, hasStatus: true, suites: [], checks: [], gaps: [] })
  })

  it('with an attempt that is not told do not guess one', async () => {
    const { found } = await details({ [RUNS(3)]: runsOf(runRow(5, { run_attempt: undefined })) })
    expect(found.suites[0]?.run?.attempt).toBeNull()
  })
})

describe('what REST does not tell', () => {
  const NAMELESS = gap('check suite 3', 'unreadable', 'it names no workflow run')

  it('of suites beyond the first page is a gap, beside the gaps of each suite', async () => {
    const { found } = await details({
      [SUITES]: { total_count: 120, check_suites: [suite(3, { conclusion: 'failure' })] },
      [RUNS(3)]: runsOf(),
    })
    expect(found.gaps).toEqual([gap('check suites', 'incomplete', '1 of 120 were given'), NAMELESS])
  })

  it('of the check runs of a suite is a gap of it, and they are not read again', async () => {
    const { found, asked } = await details({
      [RUNS(3)]: runsOf(),
      [SUITES]: suitesOf(suite(3, { conclusion: 'failure' })),
      [PAGE(3)]: { total_count: 2, check_runs: [checkRow(77)] },
      [PAGE(3, 2)]: { total_count: 2, check_runs: [] },
    })
    expect(found.gaps).toEqual([
      gap('check runs of suite 3', 'incomplete', 'only 1 of 2 rows came'),
      NAMELESS,
    ])
    expect(found.checks).toHaveLength(1)
    expect(asked).toEqual([`${SUITES}?per_page=100`, RUNS(3), PAGE(3), PAGE(3, 2)])
  })

  it('of more than a thousand check runs is a gap', async () => {
    const { found } = await details({
      [CHECKS(3)]: { total_count: 5000, check_runs: [checkRow(77)] },
    })
    expect(found.gaps).toEqual([gap('check runs of suite 3', 'too-long', 'more than 10 pages')])
  })

  const SHAPE = 'Invalid input: expected object, received number'

  it.each([
    { rule: 'the list of suites is lost', answers: { [SUITES]: LOST }, at: null, why: 'no time' },
    { rule: 'the run of one is lost', answers: { [RUNS(3)]: LOST }, at: NOW, why: 'no time' },
    { rule: 'its check runs are lost', answers: { [CHECKS(3)]: LOST }, at: NOW, why: 'no time' },
    {
      rule: 'the list has no shape',
      answers: { [SUITES]: 7 },
      at: NOW,
      why: `${SUITES}: row ${SHAPE}`,
    },
    {
      rule: 'the run has no shape',
      answers: { [RUNS(3)]: 7 },
      at: NOW,
      why: `GET /r/actions/runs: row ${SHAPE}`,
    },
    {
      rule: 'the check runs have no shape',
      answers: { [CHECKS(3)]: 7 },
      at: NOW,
      why: `${CHECKS(3)}: row ${SHAPE}`,
    },
    {
      rule: 'the run has no time that can be read',
      answers: { [RUNS(3)]: runsOf(runRow(5, { created_at: 'soon' })) },
      at: NOW,
      why: 'a workflow run: a time cannot be read',
    },
    {
      rule: 'the run that is told is of another suite',
      answers: { [RUNS(3)]: runsOf(runRow(5, { check_suite_id: 4 })) },
      at: NOW,
      why: 'GET /r/actions/runs: run 5: the answer is about suite 4 instead of 3',
    },
    {
      rule: 'the run that is told does not say whose it is',
      answers: { [RUNS(3)]: runsOf(runRow(5, { check_suite_id: null })) },
      at: NOW,
      why: 'GET /r/actions/runs: run 5: the answer is about no suite instead of 3',
    },
    {
      rule: 'a suite has two runs: which one is it of?',
      answers: { [RUNS(3)]: runsOf(runRow(5), runRow(6)) },
      at: NOW,
      why: 'GET /r/actions/runs: suite 3 has several runs',
    },
  ])('of all of it is one gap: $rule', async ({ answers, at, why }) => {
    expect((await details(answers)).found).toEqual({
      suites: [],
      checks: [],
      gaps: [gap('check suites', 'unreadable', why)],
      at,
      hasStatus: true,
    })
  })
})
