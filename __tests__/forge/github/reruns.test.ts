import { describe, expect, it } from '@jest/globals'
import { asJobId, asRunId, asRunKey } from '../../../src/core/model/ids.js'
import { postRerun, rerunReach } from '../../../src/forge/github/reruns.js'
import { ForgeError } from '../../../src/forge/port.js'
import { BASE_SHA, pull, SHA } from '../../support/builders.js'
import type { Answers } from '../../support/answering-github.js'
import {
  branchOn,
  fileAsked,
  fileOf,
  runRow,
  answeringGithub,
} from '../../support/answering-github.js'

const WRITE = { kind: 'rerun', run: asRunId(5), job: asJobId(9), wholeRun: false } as const
const JOB = 'POST /r/actions/jobs/9/rerun'

describe('a re-run that is asked for', () => {
  it.each([
    { wholeRun: false, path: JOB },
    { wholeRun: true, path: 'POST /r/actions/runs/5/rerun' },
  ])('of the whole run ($wholeRun) is sent to its address, without a body', async one => {
    const { context, asked, sent } = answeringGithub({ [one.path]: {} })
    await postRerun(context, { ...WRITE, wholeRun: one.wholeRun })
    expect([asked, sent]).toEqual([[one.path], [null]])
  })

  it('that is refused is refused for the same reason', async () => {
    const { context } = answeringGithub({ [JOB]: new ForgeError('rejected', 'it is too old') })
    await expect(postRerun(context, WRITE)).rejects.toMatchObject({
      code: 'rejected',
      message: 'it is too old',
    })
  })
})

const NEXT = 'c'.repeat(40)
const TREE = (commit: string) => `GET /r/contents/.github/workflows?ref=${commit}`
/** The umbrella's workflow, with what else it says. */
const gate = (...more: readonly string[]) =>
  fileOf('on: pull_request', ...more, 'jobs:', '  Lint: {}', '  all-required: {needs: Lint}')

const ANSWERS: Answers = {
  'GET /r/actions/runs/5': runRow(5, { path: '.github/workflows/ci.yml@main' }),
  'GET /r': { default_branch: 'main' },
  'GET /r/branches/main': branchOn(BASE_SHA),
  'GET /r/branches/next': branchOn(NEXT),
  [TREE(BASE_SHA)]: [],
  [fileAsked(SHA)]: gate(),
  [fileAsked(BASE_SHA)]: gate(),
  [fileAsked(NEXT)]: gate(),
}

async function reach(answers: Answers = {}, pulls = [pull()]) {
  const { kept, context, asked } = answeringGithub({ ...ANSWERS, ...answers })
  const [first = pull(), ...more] = pulls
  const found = await rerunReach(kept, { pulls: [first, ...more] }, asRunKey(5))
  return { found, asked, kept, context }
}

describe('what a re-run would touch', () => {
  const NOTHING = { kind: 'read', dependents: [], concurrency: 'nothing', open: [] }

  it('is told by the file of the run, at its commit and on every base', async () => {
    const { found, asked } = await reach({}, [pull(7), pull(8), pull(9, { base: 'next' })])
    expect(found).toEqual(NOTHING)
    expect(asked).toEqual([
      'GET /r/actions/runs/5',
      'GET /r/branches/main',
      'GET /r/branches/next',
      fileAsked(SHA),
      fileAsked(BASE_SHA),
      fileAsked(NEXT),
      'GET /r',
      TREE(BASE_SHA),
    ])
  })

  it('is what any of these files says', async () => {
    const more = [...Buffer.from(String(gate()['content']), 'base64').toString().split('\n')]
    const { found } = await reach({
      [fileAsked(BASE_SHA)]: fileOf(...more, '  Publish: {needs: all-required}'),
    })
    expect(found).toEqual({ ...NOTHING, dependents: ['Publish'] })
  })

  it('is told without a file that a base does not have', async () => {
    const answers = { [fileAsked(BASE_SHA)]: null }
    expect((await reach(answers)).found).toEqual(NOTHING)
  })

  it('is told by what is known of the run, and it is not asked for again', async () => {
    const { kept, context, asked } = answeringGithub(ANSWERS)
    context.origins.set(5, {
      event: 'pull_request',
      path: '.github/workflows/ci.yml',
      head_sha: SHA,
      workflow_id: 1,
    })
    expect(await rerunReach(kept, { pulls: [pull()] }, asRunKey(5))).toEqual(NOTHING)
    expect(asked).not.toContain('GET /r/actions/runs/5')
  })
})

describe('open runs that share a group with a re-run', () => {
  const shared = { [fileAsked(SHA)]: gate('concurrency: one') }
  const runsAsked = (status: string) =>
    `GET /r/actions/workflows/1/runs?status=${status}&per_page=100`
  const open = (id: number, branch: string | null, repository: string | null) =>
    runRow(id, {
      head_branch: branch,
      head_repository: repository === null ? null : { full_name: repository },
    })
  const runs = (...rows: readonly object[]) => ({ total_count: rows.length, workflow_runs: rows })
  const NONE = runs()

  it('are asked for by every word for a run that has not ended, each told once', async () => {
    const { found, asked } = await reach({
      ...shared,
      'GET /r/actions/workflows/1/runs': NONE,
      [runsAsked('queued')]: runs(open(8, 'patch', 'fork/widgets')),
      [runsAsked('waiting')]: runs(open(8, 'patch', 'fork/widgets'), open(9, null, 'x/y')),
      [runsAsked('requested')]: runs(open(10, 'gone', null)),
    })
    const file = '.github/workflows/ci.yml@main'
    expect(found).toEqual({
      kind: 'read',
      dependents: [],
      concurrency: 'repository',
      open: [
        { run: 8, file, head: { repository: 'fork/widgets', branch: 'patch' } },
        { run: 9, file, head: null },
        { run: 10, file, head: null },
      ],
    })
    const words = ['queued', 'in_progress', 'waiting', 'pending', 'requested']
    expect(asked.slice(-5)).toEqual(words.map(runsAsked))
  })

  it.each([
    {
      rule: 'have no shape',
      answer: 7,
      why: 'GET /r/actions/workflows/1/runs: row Invalid input: expected object, received number',
    },
    { rule: 'are lost', answer: new ForgeError('timeout', 'no time'), why: 'no time' },
    {
      rule: 'are more than one page shows',
      answer: { total_count: 2, workflow_runs: [open(8, 'patch', 'fork/widgets')] },
      why: '2 runs are queued, more than one page',
    },
  ])('are not known where they $rule', async ({ answer, why }) => {
    const answers = { ...shared, 'GET /r/actions/workflows/1/runs': answer }
    expect((await reach(answers)).found).toEqual({ kind: 'unreadable', why })
  })
})

describe('what a re-run would touch is not known', () => {
  it.each([
    {
      rule: 'there is no such run',
      answers: { 'GET /r/actions/runs/5': null },
      why: 'there is no run 5',
    },
    {
      rule: 'another run is told',
      answers: { 'GET /r/actions/runs/5': runRow(9) },
      why: 'GET /r/actions/runs/5: the answer is about run 9 instead of 5',
    },
    {
      rule: 'the run has no shape',
      answers: { 'GET /r/actions/runs/5': 7 },
      why: 'GET /r/actions/runs/5: row Invalid input: expected object, received number',
    },
    {
      rule: 'no commit has its file',
      answers: { [fileAsked(SHA)]: null, [fileAsked(BASE_SHA)]: null },
      why: 'the commit of run 5 has no .github/workflows/ci.yml@main',
    },
    {
      rule: 'where its base stands cannot be read',
      answers: { 'GET /r/branches/main': new ForgeError('timeout', 'no time') },
      why: 'no time',
    },
    {
      rule: 'its file is broken on one side',
      answers: { [fileAsked(BASE_SHA)]: fileOf('jobs: 7') },
      why: '.github/workflows/ci.yml: its jobs are no map',
    },
  ])('where $rule', async ({ answers, why }) => {
    expect((await reach(answers)).found).toEqual({ kind: 'unreadable', why })
  })

  it('where the base branch is not told', async () => {
    const unnamed = { ...pull(), base: null } as unknown as ReturnType<typeof pull>
    const why = 'the base branch of #7 is not known'
    expect((await reach({}, [unnamed])).found).toEqual({ kind: 'unreadable', why })
  })
})
