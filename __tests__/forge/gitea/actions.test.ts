import { describe, expect, it } from '@jest/globals'
import { failedHeads, foldersOf, readRuns } from '../../../src/forge/gitea/actions.js'
import { answering, byTable } from '../../support/answer-table.js'
import { NOW, SHA } from '../../support/builders.js'
import type { Speaking } from '../../support/gitea-connection.js'

const OTHER = 'c'.repeat(40)
const JOBS: Speaking = { server: { grade: 'jobs' } }
const FORGEJO: Speaking = { version: '16.0.0+gitea-1.22.0', server: { grade: 'jobs' } }
const OLD_FORGEJO: Speaking = { version: '15.0.3+gitea-1.22.0', server: { grade: 'tasks' } }

const RUNS = `GET /actions/runs?head_sha=${SHA}&page=1&limit=50`
const jobsOf = (run: number): string => `GET /actions/runs/${run}/jobs?page=1&limit=50`

const run = (id: number, change: object = {}) => ({
  id,
  run_number: id - 1000,
  path: 'ci.yml@refs/pull/7/head',
  event: 'pull_request',
  head_sha: SHA,
  status: 'completed',
  ...change,
})
const forgejoRun = (id: number, change: object = {}) => ({
  id,
  index_in_repo: id - 1000,
  workflow_id: 'ci.yml',
  prettyref: '#7',
  commit_sha: SHA,
  trigger_event: 'pull_request',
  status: 'success',
  ...change,
})
const job = (id: number, name: string) => ({
  id,
  name,
  status: 'completed',
  conclusion: 'success',
  run_attempt: 1,
})
const listed = (key: string, rows: readonly unknown[]) => ({
  [key]: rows,
  total_count: rows.length,
})
const broken = { id: 'x', name: 'b' }
const BROKEN = 'id Invalid input: expected number, received string'

const READ = {
  file: 'ci.yml',
  suffix: ' (pull_request)',
  pull: 7,
  completed: true,
}
const malformed = (what: string, why: string) => ({
  what,
  cause: 'malformed',
  context: null,
  detail: `a row cannot be read: ${why}`,
})

describe('the runs of a commit', () => {
  it('come with their jobs, and those of another commit do not count', async () => {
    const { on, asked } = answering(
      byTable({
        [RUNS]: listed('workflow_runs', [run(1002), run(1001, { head_sha: OTHER })]),
        [jobsOf(1002)]: listed('jobs', [job(31, 'b'), job(30, 'a')]),
      }),
      JOBS,
    )
    const named = (id: number, name: string) => ({
      id,
      key: id,
      name,
      state: 'success',
      attempt: 1,
    })
    expect(await readRuns(on, SHA)).toEqual({
      value: [{ ...READ, key: 1002, id: 1002, jobs: [named(30, 'a'), named(31, 'b')] }],
      gaps: [],
      at: NOW,
    })
    expect(asked).toEqual([RUNS, jobsOf(1002)])
  })

  it('have a gap for each run and each job that cannot be read', async () => {
    const { on } = answering(
      byTable({
        [RUNS]: listed('workflow_runs', [run(1002), { id: 'x' }]),
        [jobsOf(1002)]: listed('jobs', [job(30, 'a'), { ...broken, status: 'completed' }]),
      }),
      JOBS,
    )
    const { value, gaps } = await readRuns(on, SHA)
    expect([value.length, gaps]).toEqual([
      1,
      [
        malformed(
          'runs',
          `${BROKEN}; run_number Invalid input: expected number, received undefined; ` +
            'path Invalid input: expected string, received undefined',
        ),
        malformed('jobs of run 1002', BROKEN),
      ],
    ])
  })

  const ANOTHER = 'run_id Invalid input: expected 1002'

  it('of Gitea take no job that tells of another run for theirs', async () => {
    const own = { ...job(30, 'a'), run_id: 1002 }
    const { on } = answering(
      byTable({
        [RUNS]: listed('workflow_runs', [run(1002)]),
        [jobsOf(1002)]: listed('jobs', [own, { ...job(31, 'b'), run_id: 1003 }]),
      }),
      JOBS,
    )
    const { value, gaps } = await readRuns(on, SHA)
    expect([value[0]?.jobs.map(({ id }) => id), gaps]).toEqual([
      [30],
      [malformed('jobs of run 1002', ANOTHER)],
    ])
  })

  it('of Forgejo take no job that tells of another run for theirs', async () => {
    const other = { id: 30, name: 'a', status: 'success', attempt: 1, run_id: 1003 }
    const { on } = answering(
      byTable({
        [RUNS]: listed('workflow_runs', [forgejoRun(1002)]),
        'GET /actions/runs/1002/jobs': [other],
      }),
      FORGEJO,
    )
    const { value, gaps } = await readRuns(on, SHA)
    expect([value[0]?.jobs, gaps]).toEqual([[], [malformed('jobs of run 1002', ANOTHER)]])
  })

  const MANY = Array.from({ length: 41 }, (_, at) => run(1001 + at))
  it.each([
    { rule: 'forty are looked through', rows: MANY.slice(1), runs: 40, gaps: [] },
    {
      rule: 'more than forty are not',
      rows: MANY,
      runs: 0,
      gaps: [
        {
          what: 'runs',
          cause: 'too-long',
          context: null,
          detail: 'more than 40 runs on this commit',
        },
      ],
    },
  ])('$rule', async ({ rows, runs, gaps }) => {
    const { on, asked } = answering(
      request => ({ body: request === RUNS ? listed('workflow_runs', rows) : listed('jobs', []) }),
      JOBS,
    )
    const found = await readRuns(on, SHA)
    expect([found.value.length, found.gaps, found.at]).toEqual([runs, gaps, NOW])
    expect(asked).toHaveLength(1 + runs)
  })

  it('of Forgejo come with their jobs in one list without pages', async () => {
    const JOBS_ASKED = 'GET /actions/runs/1002/jobs'
    const ended = { id: 30, name: 'a', status: 'success', attempt: 1 }
    const { on, asked } = answering(
      byTable({
        [RUNS]: listed('workflow_runs', [forgejoRun(1002)]),
        [JOBS_ASKED]: [ended, { ...broken, status: 'success' }],
      }),
      FORGEJO,
    )
    expect(await readRuns(on, SHA)).toEqual({
      value: [
        {
          ...READ,
          key: 2,
          id: 1002,
          jobs: [{ id: 30, key: 0, name: 'a', state: 'success', attempt: 1 }],
        },
      ],
      gaps: [malformed('jobs of run 1002', BROKEN)],
      at: NOW,
    })
    expect(asked).toEqual([RUNS, JOBS_ASKED])
  })

  it('of an older Forgejo come without jobs', async () => {
    const { on, asked } = answering(
      byTable({ [RUNS]: listed('workflow_runs', [forgejoRun(1002)]) }),
      OLD_FORGEJO,
    )
    const { value, gaps } = await readRuns(on, SHA)
    expect([value.map(({ jobs }) => jobs), gaps, asked]).toEqual([[[]], [], [RUNS]])
  })
})

describe('the heads of failed runs', () => {
  it('are asked for by their event where the server can tell', async () => {
    const at = (status: string): string =>
      `GET /actions/runs?event=pull_request&status=${status}&page=1&limit=50`
    const { on, asked } = answering(
      byTable({
        [at('failure')]: listed('workflow_runs', [
          run(1002),
          { id: 'x' },
          run(1003, { event: 'x' }),
        ]),
        [at('cancelled')]: listed('workflow_runs', [run(1001, { head_sha: OTHER })]),
      }),
      JOBS,
    )
    expect(await failedHeads(on, 'pull_request')).toEqual({
      value: [SHA, OTHER],
      gaps: [],
      at: NOW,
    })
    expect(asked).toEqual([at('failure'), at('cancelled')])
  })

  it('are those of the event where the server cannot be asked by it', async () => {
    const at = (status: string): string => `GET /actions/runs?status=${status}&page=1&limit=50`
    const push = forgejoRun(1001, { commit_sha: OTHER, trigger_event: 'push' })
    const { on, asked } = answering(
      byTable({
        [at('failure')]: listed('workflow_runs', [push, forgejoRun(1002)]),
        [at('cancelled')]: listed('workflow_runs', [push]),
      }),
      FORGEJO,
    )
    expect((await failedHeads(on, 'pull_request')).value).toEqual([SHA])
    expect(asked).toEqual([at('failure'), at('cancelled')])
  })
})

it('workflow files are looked for where the server looks', () => {
  const folders = (speaking: Speaking) => foldersOf(answering(byTable({}), speaking).on)
  expect([folders(JOBS), folders(FORGEJO)]).toEqual([
    ['.gitea/workflows', '.github/workflows'],
    ['.forgejo/workflows', '.gitea/workflows', '.github/workflows'],
  ])
})
