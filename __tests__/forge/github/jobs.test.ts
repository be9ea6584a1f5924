import { describe, expect, it } from '@jest/globals'
import { gap } from '../../../src/core/model/evidence.js'
import { readRun } from '../../../src/forge/github/jobs.js'
import { ForgeError } from '../../../src/forge/port.js'
import { checksHead } from '../../support/check-builders.js'
import type { Answers } from '../../support/answering-github.js'
import { AT, jobRow, jobsOf, runRow, answeringGithub } from '../../support/answering-github.js'

const LOST = new ForgeError('server-error', 'no time')
const RUN = 'GET /r/actions/runs/5'
const JOBS = 'GET /r/actions/runs/5/jobs'
const PAGE = (page: number) => `${JOBS}?filter=all&per_page=100&page=${page}`
const BEFORE = gap('something', 'unreadable', 'before')

/** The one suite of this head, and what is known of it after its run was read. */
async function read(answers: Answers, head = checksHead({ legs: ['R5 Lint failure'] })) {
  const github = answeringGithub({ [RUN]: runRow(5), ...answers })
  const [suite] = head.suites
  if (suite === undefined) throw new Error('there is one suite')
  const known = { suite, checks: head.checks, gaps: [BEFORE] }
  return { ...github, known, found: await readRun(github.context, known) }
}

describe('a job of a run', () => {
  it('is told in place of its check run, and keeps what its file says', async () => {
    const head = checksHead({ legs: ['R5 Lint failure'], mayFail: 'yes' })
    const row = jobRow(500, { run_attempt: 2, conclusion: 'failure', completed_at: null })
    const { found, asked } = await read({ [JOBS]: jobsOf(row) }, head)
    expect(found.checks).toEqual([
      {
        id: 500,
        suite: 1005,
        name: 'Lint',
        state: 'failure',
        startedAt: AT,
        completedAt: null,
        attempt: 2,
        isJob: true,
        isListed: true,
        taken: true,
        mayFail: 'yes',
      },
    ])
    expect(found.gaps).toEqual([BEFORE])
    expect(asked).toEqual([RUN, PAGE(1)])
  })

  it('that is not listed is kept as no job, and one that is new is added', async () => {
    const { found, known } = await read({ [JOBS]: jobsOf(jobRow(501, { run_attempt: undefined })) })
    const [first, second] = found.checks
    expect(first).toEqual({ ...known.checks[0], isJob: false })
    expect(second).toMatchObject({ id: 501, attempt: null, isJob: true })
    expect(found.checks).toHaveLength(2)
  })

  it.each([
    { rule: 'a runner and steps', change: {}, taken: true },
    { rule: 'a runner, no steps', change: { steps: [] }, taken: true },
    { rule: 'no runner, but steps', change: { runner_id: null }, taken: true },
    { rule: 'no runner, no steps', change: { runner_id: null, steps: [] }, taken: false },
    { rule: 'no runner, steps not told', change: { runner_id: 0, steps: undefined }, taken: false },
    { rule: 'runner 0, but steps', change: { runner_id: 0 }, taken: true },
    { rule: 'runner 0, no steps', change: { runner_id: 0, steps: [] }, taken: false },
    {
      rule: 'not over yet, no runner',
      change: { status: 'queued', conclusion: null, runner_id: null, steps: [] },
      taken: null,
    },
    { rule: 'not over yet', change: { status: 'in_progress', conclusion: null }, taken: null },
  ])('was taken by a runner: $rule: $taken', async ({ change, taken }) => {
    const { found } = await read({ [JOBS]: jobsOf(jobRow(500, change)) })
    expect(found.checks[0]?.taken).toBe(taken)
  })
})

describe('a run', () => {
  it('is told by itself, but for whether its workflow may run', async () => {
    const row = runRow(5, { path: '.github/workflows/ci.yml@main', run_attempt: 3 })
    const head = checksHead({ runs: { 5: { disabled: true } } })
    const { found, context } = await read({ [RUN]: row, [JOBS]: jobsOf() }, head)
    expect(found.suite).toEqual({
      ...head.suites[0],
      state: 'success',
      neverStarted: false,
      run: {
        id: 5,
        workflow: 1,
        path: '.github/workflows/ci.yml',
        event: 'pull_request',
        createdAt: AT,
        attempt: 3,
        disabled: true,
      },
    })
    expect(context.origins.get(5)).toMatchObject({ event: 'pull_request', workflow_id: 1 })
  })

  it.each([
    { before: true, conclusion: 'failure', is: true },
    { before: false, conclusion: 'startup_failure', is: true },
    { before: false, conclusion: 'failure', is: false },
  ])('never started: $before before, and now $conclusion: $is', async ({ is, ...at }) => {
    const head = checksHead({ runs: { 5: { neverStarted: at.before } } })
    const answers = { [RUN]: runRow(5, { conclusion: at.conclusion }), [JOBS]: jobsOf() }
    const { found } = await read(answers, head)
    expect(found.suite).toMatchObject({ neverStarted: is, state: 'failure' })
  })

  it('of another app is none, and nothing is asked', async () => {
    const { found, known, asked } = await read({}, checksHead({ legs: ['codecov x failure'] }))
    expect(found).toBe(known)
    expect(asked).toEqual([])
  })
})

describe('a run that cannot be read whole', () => {
  const shape = (what: string) => `${what}: row Invalid input: expected object, received number`

  it.each([
    { rule: 'it is lost', answers: { [RUN]: LOST }, what: 'run 5', detail: 'no time' },
    {
      rule: 'it began at no time',
      answers: { [RUN]: runRow(5, { created_at: 'yesterday' }) },
      what: 'run 5',
      detail: 'a workflow run: a time cannot be read',
    },
    {
      rule: 'another run is told, whose green jobs would be its own',
      answers: { [RUN]: runRow(9), 'GET /r/actions/runs/9/jobs': jobsOf(jobRow(900)) },
      what: 'run 5',
      detail: `${RUN}: the answer is about run 9 instead of 5`,
    },
    {
      rule: 'a job of another run is among its own',
      answers: { [JOBS]: jobsOf(jobRow(500), jobRow(900, { run_id: 9 })) },
      what: 'run 5',
      detail: `${JOBS}: job 900: the answer is about run 9 instead of 5`,
    },
    { rule: 'its jobs are lost', answers: { [JOBS]: LOST }, what: 'run 5', detail: 'no time' },
    {
      rule: 'it has no shape',
      answers: { [RUN]: 7 },
      what: 'run 5',
      detail: shape(RUN),
    },
    {
      rule: 'its jobs have no shape',
      answers: { [JOBS]: 7 },
      what: 'run 5',
      detail: shape(JOBS),
    },
  ])('is a gap, and stays as it was: $rule', async ({ answers, what, detail }) => {
    const { found, known } = await read(answers)
    expect(found).toEqual({ ...known, gaps: [BEFORE, gap(what, 'unreadable', detail)] })
  })

  it('is a gap where not all of its jobs came, and is not read again', async () => {
    const { found, known, asked } = await read({
      [PAGE(1)]: { total_count: 2, jobs: [jobRow(500)] },
      [PAGE(2)]: { total_count: 2, jobs: [] },
    })
    const short = gap('jobs of run 5', 'incomplete', 'only 1 of 2 rows came')
    expect(found).toEqual({ ...known, gaps: [BEFORE, short] })
    expect(asked).toEqual([RUN, PAGE(1), PAGE(2)])
  })

  it('is a gap where it has more jobs than a thousand', async () => {
    const { found, asked } = await read({ [JOBS]: { total_count: 2000, jobs: [jobRow(500)] } })
    expect(found.gaps).toEqual([BEFORE, gap('jobs of run 5', 'too-long', 'more than 10 pages')])
    expect(asked).toHaveLength(11)
  })
})
