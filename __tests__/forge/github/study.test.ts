import { describe, expect, it } from '@jest/globals'
import type { CheckEvidence } from '../../../src/core/model/evidence.js'
import { gap } from '../../../src/core/model/evidence.js'
import {
  runsAsked,
  study,
  withRuns,
  withStatuses,
  withWholeSuites,
} from '../../../src/forge/github/study.js'
import { ForgeError } from '../../../src/forge/port.js'
import { BASE_SHA, pull, SHA } from '../../support/builders.js'
import { checksHead } from '../../support/check-builders.js'
import type { Answers, Question } from '../../support/answering-github.js'
import {
  AT,
  branchOn,
  checkNode,
  checkRow,
  checksOf,
  commitNode,
  fileAsked,
  fileOf,
  graphqlOf,
  jobRow,
  jobsOf,
  runRow,
  answeringGithub,
  suiteNode,
  suitesOf,
  TIME,
  Told,
} from '../../support/answering-github.js'

const LOST = new ForgeError('server-error', 'no time')

describe('which runs are asked for their jobs', () => {
  it.each([
    { rule: 'a job that is green', legs: ['R1 Lint success'], runs: [] },
    { rule: 'a job that is red', legs: ['R1 Lint failure'], runs: [] },
    { rule: 'an umbrella that is green', legs: ['R1 all-required success'], runs: [] },
    { rule: 'an umbrella that was skipped', legs: ['R1 all-required skipped'], runs: [] },
    { rule: 'an umbrella that is red', legs: ['R1 all-required failure'], runs: [1001] },
    { rule: 'an umbrella that still runs', legs: ['R1 all-required open'], runs: [1001] },
    { rule: 'a job that ended nobody knows how', legs: ['R1 Lint unknown'], runs: [1001] },
    { rule: 'a job that was executed twice', legs: ['R1 Lint success', 'R1.2 Lint success'] },
    {
      rule: 'one of two runs alone',
      legs: ['R1 Lint success', 'R2 all-required failure'],
      runs: [1002],
    },
  ])('$rule', ({ legs, runs = [1001] }) => {
    const { kept } = answeringGithub({})
    expect(runsAsked(kept, checksHead({ legs })).map(({ id }) => id)).toEqual(runs)
  })
})

describe('the jobs of a run in place of its check runs', () => {
  const BEFORE = gap('something', 'unreadable', 'before')
  const head = checksHead({
    legs: ['R1 Lint failure', 'R1 Gone failure', 'R2 Lint success'],
    gaps: [BEFORE],
  })
  const [first, second] = head.suites
  const RUN = { 'GET /r/actions/runs/1': runRow(1, { conclusion: 'failure' }) }
  const JOBS = { 'GET /r/actions/runs/1/jobs': jobsOf(jobRow(500, { run_id: 1 })) }

  it('are those of the run alone; what they do not name is kept, and is no job', async () => {
    const { kept, asked } = answeringGithub({ ...RUN, ...JOBS })
    const seen = await withRuns(kept, head, first ? [first] : [])
    expect(seen.checks.map(({ name, suite, state, isJob }) => [name, suite, state, isJob])).toEqual(
      [
        ['Lint', 1002, 'success', true],
        ['Gone', 1001, 'failure', false],
        ['Lint', 1001, 'success', true],
      ],
    )
    expect(seen.suites.map(({ id, state }) => [id, state])).toEqual([
      [1001, 'failure'],
      [1002, 'success'],
    ])
    expect(seen.gaps).toEqual([BEFORE])
    expect(asked).toEqual([
      'GET /r/actions/runs/1',
      'GET /r/actions/runs/1/jobs?filter=all&per_page=100&page=1',
    ])
  })

  it('are a gap beside those there were, where the run cannot be read', async () => {
    const { kept } = answeringGithub({ 'GET /r/actions/runs/1': LOST })
    const seen = await withRuns(kept, head, first && second ? [first, second] : [])
    expect(seen.gaps).toEqual([
      BEFORE,
      gap('run 1', 'unreadable', 'no time'),
      gap('run 2', 'not-found', 'GET /r/actions/runs/2: 404'),
    ])
    expect(seen.checks).toHaveLength(3)
    expect(seen.suites).toEqual(head.suites)
  })

  it('are asked for in no run where none is asked', async () => {
    const { kept } = answeringGithub({})
    expect(await withRuns(kept, head, [])).toBe(head)
  })
})

describe('a suite that one page cut off', () => {
  const short = (suite: number) => gap(`check runs of suite ${suite}`, 'incomplete', '1 of 2')
  const legs = ['R1 Lint failure', 'R2 Lint failure', 'R3 Lint failure']
  const REST = (suite: number) => `GET /r/check-suites/${suite}/check-runs`
  const link = 'https://github.com/acme/widgets/actions/runs/1/job/7'

  it('is read page by page, and no other one', async () => {
    const others = [
      gap('check suites', 'incomplete', '3 of 4 were given'),
      gap('check runs of suite 1002', 'unreadable', 'it is broken'),
    ]
    const { kept, asked } = answeringGithub({
      [REST(1001)]: checksOf(checkRow(7, { details_url: link, conclusion: 'failure' })),
    })
    const head = checksHead({ legs, gaps: [...others, short(1001)] })
    const seen = await withWholeSuites(kept, head)
    expect(seen.checks.map(({ id, suite, state }) => [id, suite, state])).toEqual([
      [501, 1002, 'failure'],
      [502, 1003, 'failure'],
      [7, 1001, 'failure'],
    ])
    expect(seen.gaps).toEqual(others)
    expect(asked).toEqual([`${REST(1001)}?filter=all&per_page=100&page=1`])
  })

  it('stays a gap where its pages are not whole either', async () => {
    const { kept } = answeringGithub({
      [REST(1001)]: ({ query }: Question) => ({
        total_count: 2,
        check_runs: query['page'] === 1 ? [checkRow(7)] : [],
      }),
    })
    const { gaps } = await withWholeSuites(kept, checksHead({ legs, gaps: [short(1001)] }))
    expect(gaps).toEqual([gap('check runs of suite 1001', 'incomplete', 'only 1 of 2 rows came')])
  })

  it('stays as it was where its pages cannot be read, and the next one is read', async () => {
    const { kept } = answeringGithub({ [REST(1001)]: LOST, [REST(1002)]: checksOf() })
    const head = checksHead({ legs, gaps: [short(1001), short(1002)] })
    const seen = await withWholeSuites(kept, head)
    expect(seen.gaps).toEqual([short(1001)])
    expect(seen.checks.map(({ suite }) => suite)).toEqual([1001, 1003])
  })

  it('is none where nothing is incomplete', async () => {
    const { kept, asked } = answeringGithub({})
    const gaps = [gap('check runs of suite 1001', 'unreadable', 'it is broken')]
    for (const head of [checksHead({ legs }), checksHead({ legs, gaps })])
      expect(await withWholeSuites(kept, head)).toBe(head)
    expect(asked).toEqual([])
  })
})

/** A status that Actions posted in this run. */
const statusRow = (id: number, run: number) => ({
  id,
  state: 'success',
  context: `of run ${run}`,
  description: null,
  target_url: `https://github.com/acme/widgets/actions/runs/${run}`,
  created_at: TIME,
  creator: { login: 'github-actions[bot]', type: 'Bot' },
})
const STATUSES = `GET /r/commits/${SHA}/statuses`

describe('the statuses of a commit', () => {
  const BEFORE = gap('something', 'unreadable', 'before')
  const head = checksHead({
    legs: ['R1 Lint success', 'R2 Lint success'],
    runs: { 2: { event: 'workflow_dispatch' } },
    statuses: ['R1 old success'],
    gaps: [BEFORE],
  })

  it('are of a run that counts for the pull request, or of a stranger', async () => {
    const rows = [statusRow(3, 9), statusRow(2, 2), statusRow(1, 1)]
    const { kept } = answeringGithub({ [STATUSES]: rows })
    const { latest, history, gaps } = await withStatuses(kept, head, true)
    expect(latest.map(({ id, author: { kind } }) => [id, kind])).toEqual([
      [3, 'foreign'],
      [2, 'foreign'],
      [1, 'actions'],
    ])
    expect(history).toEqual(latest)
    expect(gaps).toEqual([BEFORE])
  })

  it('are a gap beside those there were, where they cannot be read', async () => {
    const { kept } = answeringGithub({ [STATUSES]: LOST })
    const { latest, history, gaps } = await withStatuses(kept, head, true)
    expect([latest, history]).toEqual([[], []])
    expect(gaps).toEqual([BEFORE, gap('statuses', 'unreadable', 'no time')])
  })

  it('are none where the commit has none: nothing is asked', async () => {
    const { kept, asked } = answeringGithub({})
    const { latest, history, gaps } = await withStatuses(kept, head, false)
    expect([latest, history, gaps, asked]).toEqual([[], [], [BEFORE], []])
  })
})

/** Two green jobs in each of these runs, and a red umbrella in the first. */
const green = (suite: number, run: number, ...more: readonly object[]) =>
  suiteNode(
    suite,
    run,
    ['Lint', 'Test'].map((name, at) => nodeOf(run, run * 10 + at, name)).concat(more as never),
  )
const nodeOf = (run: number, id: number, name: string, conclusion = 'SUCCESS') =>
  checkNode(id, {
    name,
    conclusion,
    detailsUrl: `https://github.com/acme/widgets/actions/runs/${run}/job/${id}`,
  })
const detailsOf = (...suites: readonly ReturnType<typeof suiteNode>[]): Answers => ({
  'POST /graphql': graphqlOf({ c0: commitNode(suitesOf(...suites)) }),
})
const NO_RULES = { 'GET /r/rules/branches/main': [], 'GET /r/branches/main': branchOn(BASE_SHA) }
const RULES_ASKED = ['GET /r/rules/branches/main?per_page=100&page=1', 'GET /r/branches/main']

/** A head before its study, and after it. */
async function studied(
  answers: Answers,
  change: Parameters<typeof answeringGithub>[1] = {},
  before: CheckEvidence = checksHead({ studied: false }),
) {
  const github = answeringGithub(answers, change)
  const [seen] = await study(github.kept, [before])
  if (seen === undefined) throw new Error('one head was asked for')
  return { ...github, seen }
}

describe('what a merge requires, in a study', () => {
  const requires = (...contexts: readonly string[]) => [
    {
      type: 'required_status_checks',
      parameters: { required_status_checks: contexts.map(context => ({ context })) },
    },
  ]
  const hidden = new ForgeError('forbidden', 'no right to see it')
  const TOLD: Answers = { ...detailsOf(), ...NO_RULES }

  it('is told by every base branch, once', async () => {
    const answers = {
      ...TOLD,
      'GET /r/rules/branches/main': requires('Lint'),
      'GET /r/rules/branches/next': requires('Test'),
      'GET /r/branches/next': branchOn(BASE_SHA),
    }
    const pulls = [pull(7), pull(8), pull(9, { base: 'next' })] as const
    const { seen, asked } = await studied(answers, {}, checksHead({ pulls }))
    expect(seen.required.map(({ context }) => context)).toEqual(['Lint', 'Test'])
    expect(seen).not.toHaveProperty('requiredHidden')
    expect(seen).not.toHaveProperty('queue')
    expect(seen.gaps).toEqual([])
    expect(asked.filter(one => one === RULES_ASKED[0])).toHaveLength(1)
  })

  it.each([{ isNamed: true }, { isNamed: false }])(
    'is not hidden where it can be read (named: $isNamed)',
    async ({ isNamed }) => {
      const { seen } = await studied(TOLD, { isNamed })
      expect(seen.gaps).toEqual([])
      expect(seen).not.toHaveProperty('requiredHidden')
    },
  )

  it('may be hidden from the token where the user names the umbrella', async () => {
    const answers = { ...TOLD, 'GET /r/rules/branches/main': hidden }
    const { seen } = await studied(answers, { isNamed: true })
    expect(seen.gaps).toEqual([])
    expect(seen.requiredHidden).toBe('no right to see it')
  })

  it('must be seen where the umbrella was chosen', async () => {
    const answers = {
      ...TOLD,
      'GET /r/rules/branches/main': requires('Lint'),
      'GET /r/rules/branches/next': hidden,
      'GET /r/branches/next': branchOn(BASE_SHA),
    }
    const pulls = [pull(7), pull(8, { base: 'next' })] as const
    const lost = { [STATUSES]: LOST }
    const commit = commitNode(suitesOf(), { status: { id: 'x' } })
    const { seen } = await studied(
      { ...answers, ...lost, 'POST /graphql': graphqlOf({ c0: commit }) },
      { isNamed: false },
      checksHead({ pulls }),
    )
    const detail = 'no right to see it; name the umbrella in umbrella-context'
    expect(seen.gaps).toEqual([
      gap('statuses', 'unreadable', 'no time'),
      gap('what a merge requires', 'forbidden', detail),
    ])
    expect(seen.required).toEqual([])
  })

  it('is a gap where it cannot be read, or the base is not known', async () => {
    const lost = await studied({ ...TOLD, 'GET /r/rules/branches/main': LOST })
    expect(lost.seen.gaps).toEqual([gap('what a merge requires', 'unreadable', 'no time')])
    const unnamed = { ...pull(), base: null } as unknown as ReturnType<typeof pull>
    const { seen } = await studied(TOLD, {}, checksHead({ pulls: [unnamed] }))
    const detail = 'the base branch of #7 is not known'
    expect(seen.gaps).toEqual([gap('what a merge requires', 'not-found', detail)])
  })

  it('goes through a queue of those bases that have one', async () => {
    const queue = (ask: Question): unknown =>
      JSON.stringify(ask.body).includes('query queue')
        ? graphqlOf({ p7: { isInMergeQueue: true } })
        : TOLD['POST /graphql']
    const answers = {
      ...TOLD,
      'POST /graphql': queue,
      'GET /r/rules/branches/main': [{ type: 'merge_queue' }],
      'GET /r/rules/branches/next': [],
      'GET /r/branches/next': branchOn(BASE_SHA),
      [`GET /r/contents/.github/workflows?ref=${BASE_SHA}`]: [],
    }
    const pulls = [pull(7), pull(8, { base: 'next' })] as const
    const { seen } = await studied(answers, {}, checksHead({ pulls }))
    expect(seen.queue).toEqual({ queued: [7], stalls: [] })
    expect(seen.required).toEqual([])
  })
})

describe('a study', () => {
  const RED = nodeOf(5, 59, 'all-required', 'FAILURE')
  const JOBS = (run: number) => ({
    [`GET /r/actions/runs/${run}`]: runRow(run),
    [`GET /r/actions/runs/${run}/jobs`]: jobsOf(
      ...['Lint', 'Test'].map((name, at) => jobRow(run * 10 + at, { run_id: run, name })),
      ...(run === 5 ? [jobRow(59, { name: 'all-required', conclusion: 'failure' })] : []),
    ),
  })
  const asksJobs = (run: number) => [
    `GET /r/actions/runs/${run}`,
    `GET /r/actions/runs/${run}/jobs?filter=all&per_page=100&page=1`,
  ]

  it('asks for the jobs of the run whose umbrella is red, and once alone', async () => {
    const other = { ...green(2, 6), app: { databaseId: 7, slug: 'codecov' }, workflowRun: null }
    const answers = { ...detailsOf(green(1, 5, RED), other), ...NO_RULES, ...JOBS(5) }
    const { seen, asked } = await studied(answers)
    expect(asked).toEqual(['POST /graphql', ...asksJobs(5), ...RULES_ASKED])
    expect(seen.checks.filter(({ suite }) => suite === 1).every(({ isListed }) => isListed)).toBe(
      true,
    )
    expect(seen).toMatchObject({ studied: true, gaps: [], observedAt: AT + 3_600_000 })
  })

  it('asks at last for the jobs that a proof rests on, and for those alone', async () => {
    const red = suiteNode(3, 7, [nodeOf(7, 79, 'all-required', 'FAILURE')])
    const other = suiteNode(2, 6, [nodeOf(6, 60, 'Docs')])
    const workflow = (node: object, databaseId: number) => {
      const run = (node as { workflowRun: { workflow: object } }).workflowRun
      return { ...node, workflowRun: { ...run, workflow: { ...run.workflow, databaseId } } }
    }
    const answers = {
      ...detailsOf(green(1, 5), workflow(other, 2), workflow(red, 3)),
      ...NO_RULES,
      ...JOBS(5),
      'GET /r/actions/runs/7': runRow(7, { workflow_id: 3, conclusion: 'failure' }),
      'GET /r/actions/runs/7/jobs': jobsOf(
        jobRow(79, { run_id: 7, name: 'all-required', conclusion: 'failure' }),
      ),
    }
    const { asked } = await studied(answers)
    expect(asked).toEqual(['POST /graphql', ...asksJobs(7), ...RULES_ASKED, ...asksJobs(5)])
  })

  it('reads the file of a failed job, of a skipped one, and of one that waits', async () => {
    const files = (commit: string) => ({
      [fileAsked(commit)]: fileOf('jobs:', '  Lint: {}', '  Test: {needs: Lint}'),
    })
    const suite = suiteNode(1, 5, [
      nodeOf(5, 50, 'Lint', 'FAILURE'),
      nodeOf(5, 51, 'Test', 'SKIPPED'),
    ])
    const waiting = { ...suiteNode(2, 6, []), status: 'WAITING', conclusion: null }
    const answers = {
      ...detailsOf(suite, waiting),
      ...NO_RULES,
      ...files(SHA),
      ...files(BASE_SHA),
    }
    const { seen } = await studied(answers)
    expect(seen.checks.map(({ mayFail, skippedFor }) => mayFail ?? skippedFor)).toEqual([
      'no',
      'Lint',
    ])
    expect(seen.suites[1]?.waitsWith).toEqual(['Lint', 'Test', 'Lint', 'Test'])
  })

  it('without a clock has a gap, and keeps the time of before', async () => {
    const before = checksHead({ gaps: [gap('old', 'unreadable', 'of the preview')] })
    const data = detailsOf()['POST /graphql']
    const answers = { 'POST /graphql': new Told(data, { at: null }), ...NO_RULES }
    const { seen } = await studied(answers, {}, before)
    expect(seen.gaps).toEqual([gap('clock', 'no-clock', 'the server sent no Date')])
    expect(seen.observedAt).toBe(before.observedAt)
  })

  it('keeps the gaps of its details beside that', async () => {
    const data = graphqlOf({ c0: commitNode(null) })
    const answers = { 'POST /graphql': new Told(data, { at: null }), ...NO_RULES }
    expect((await studied(answers)).seen.gaps).toEqual([
      gap('check suites', 'unreadable', 'they were not given'),
      gap('clock', 'no-clock', 'the server sent no Date'),
    ])
  })
})

describe('how many heads are studied', () => {
  const heads = ['a', 'b', 'c'].map(letter => ({ ...checksHead(), sha: letter.repeat(40) }))
  const answers = {
    'POST /graphql': ({ body }: Question) => {
      const { variables } = body as { variables: Readonly<Record<string, string>> }
      const commits = Object.entries(variables).filter(([name]) => /^c\d/.test(name))
      return graphqlOf(
        Object.fromEntries(
          commits.map(([name, oid]) => [name, { ...commitNode(suitesOf()), oid }]),
        ),
      )
    },
    ...NO_RULES,
  }
  const LATER = (left: number) =>
    gap(
      'check suites',
      'rate-limited',
      `only ${left} requests are left in this hour; the next sweep goes on`,
    )

  it.each([
    { left: {}, done: 3, least: 0 },
    { left: { rest: 77 }, done: 3, least: 77 },
    { left: { rest: 76 }, done: 2, least: 76 },
    { left: { rest: 5000, graphql: 59 }, done: 1, least: 59 },
    { left: { rest: 58, graphql: 5000 }, done: 0, least: 58 },
    { left: { rest: 3 }, done: 0, least: 3 },
  ])('$done where $left is left; the others wait', async ({ left, done, least }) => {
    const { kept } = answeringGithub(answers, { left })
    let told = 0
    const seen = await study(kept, heads, () => (told += 1))
    expect(seen.map(({ sha }) => sha)).toEqual(heads.map(({ sha }) => sha))
    expect(seen.map(({ gaps }) => gaps)).toEqual(
      heads.map((_, at) => (at < done ? [] : [LATER(least)])),
    )
    expect(told).toBe(done)
  })

  it('a head that waits keeps what was known of it', async () => {
    const known = gap('the newest commit', 'incomplete', 'it was not given')
    const head = checksHead({ gaps: [known] })
    const { kept, asked } = answeringGithub({}, { left: { rest: 0 } })
    expect(await study(kept, [head])).toEqual([{ ...head, gaps: [known, LATER(0)] }])
    expect(asked).toEqual([])
  })
})
