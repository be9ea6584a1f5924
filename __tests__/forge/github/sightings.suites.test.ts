import { describe, expect, it } from '@jest/globals'
import type { CheckState } from '../../../src/core/model/check.js'
import { gap } from '../../../src/core/model/evidence.js'
import { asRunId } from '../../../src/core/model/ids.js'
import type { CheckJson } from '../../../src/forge/github/sightings.js'
import {
  appOf,
  instantOf,
  lostDetails,
  overflow,
  seenOfNodes,
  shortSuite,
  toCheck,
  withoutRun,
} from '../../../src/forge/github/sightings.js'
import { suiteStates } from '../../../src/forge/github/states.js'
import type { SuitesNode } from '../../../src/forge/github/wire.js'
import { AT, checkNode, suiteNode, suitesOf, TIME } from '../../support/answering-github.js'

const RUN = {
  id: asRunId(5),
  workflow: 1,
  path: 'ci.yml',
  event: 'pull_request',
  createdAt: AT,
  attempt: null,
  disabled: false,
}
const JOB = 'https://github.com/acme/widgets/actions/runs/5/job/77'
const PAGE = 'https://github.com/acme/widgets/runs'

const json = (change: Partial<CheckJson> = {}): CheckJson => ({
  id: 77,
  name: 'Lint',
  status: 'COMPLETED',
  conclusion: 'SUCCESS',
  startedAt: TIME,
  completedAt: null,
  link: JOB,
  ...change,
})

describe('a check run', () => {
  it('is told whole, and is listed by nobody yet', () => {
    expect(toCheck(json(), { id: 9, run: RUN })).toEqual({
      id: 77,
      suite: 9,
      name: 'Lint',
      state: 'success',
      startedAt: AT,
      completedAt: null,
      attempt: null,
      isJob: true,
      isListed: false,
      taken: null,
    })
  })

  it.each([
    { rule: 'of before 2022, which links itself', change: { link: `${PAGE}/77` }, is: true },
    { rule: 'the same with a query', change: { link: `${PAGE}/77?pr=1` }, is: true },
    { rule: 'the same with a place', change: { link: `${PAGE}/77#step` }, is: true },
    { rule: 'a page below it', change: { link: `${PAGE}/77/more` }, is: false },
    { rule: 'one digit of its number', change: { link: `${PAGE}/7` }, is: false },
    { rule: 'a link to nowhere', change: { link: null }, is: false },
  ])('is a job: $rule: $is', ({ change, is }) => {
    expect(toCheck(json(change), { id: 9, run: RUN })?.isJob).toBe(is)
  })

  it('is no job where its suite has no run', () => {
    expect(toCheck(json(), { id: 9, run: null })?.isJob).toBe(false)
  })

  it.each([
    { status: 'COMPLETED', conclusion: 'NEUTRAL', state: 'success' },
    { status: 'IN_PROGRESS', conclusion: 'NEUTRAL', state: 'open' },
    { status: 'NOVEL', conclusion: 'NEUTRAL', state: 'unknown' },
    { status: 'COMPLETED', conclusion: 'SKIPPED', state: 'skipped' },
    { status: 'COMPLETED', conclusion: null, state: 'unknown' },
  ])('of another app that is $status and $conclusion: $state', ({ state, ...said }) => {
    expect(toCheck(json({ ...said, link: null }), { id: 9, run: null })?.state).toBe(state)
  })
})

describe('which app made a suite', () => {
  it.each([
    { id: 15368, slug: 'github-actions', app: { id: 15368, isActions: true } },
    { id: 7, slug: 'codecov', app: { id: 7, isActions: false } },
    { id: null, slug: 'codecov', app: { id: 0, isActions: false } },
  ])('$slug ($id)', ({ id, slug, app }) => {
    expect(appOf(id, slug)).toEqual({ ...app, slug })
  })

  it('is nobody where it is not told', () => {
    expect(appOf(undefined, undefined)).toEqual({ id: 0, slug: '', isActions: false })
  })
})

describe('what of a commit is missing', () => {
  it('is said by these words', () => {
    expect(shortSuite(9)).toBe('check runs of suite 9')
    expect(overflow('jobs', 2, 3)).toEqual(gap('jobs', 'incomplete', '2 of 3 were given'))
    expect(() => instantOf('soon', 'a run')).toThrow('a run: a time cannot be read')
    expect(instantOf(TIME, 'a run')).toBe(AT)
  })

  it('of one that could not be read, a status may be, too', () => {
    const lost = gap('check suites', 'unreadable', 'no time')
    expect(lostDetails(lost, AT)).toEqual({
      suites: [],
      checks: [],
      gaps: [lost],
      at: AT,
      hasStatus: true,
    })
  })
})

describe('a suite of Actions that names no run', () => {
  const NAMELESS = [gap('check suite 9', 'unreadable', 'it names no workflow run')]
  const told = (status: string, link: string | null) => json({ status, link })
  const suite = (state: CheckState, change: object = {}) => ({
    id: 9,
    app: { id: 15368, slug: 'github-actions', isActions: true },
    state,
    neverStarted: false,
    run: null,
    ...change,
  })
  const other = { app: { id: 7, slug: 'codecov', isActions: false } }

  it.each([
    { rule: 'green, and one job of it was given', state: 'success', total: 1, gaps: [] },
    { rule: 'green, with nothing in it', state: 'success', total: 0, gaps: NAMELESS },
    { rule: 'red, and no job of it was given', state: 'failure', total: 1, gaps: NAMELESS },
    { rule: 'red, but of another app', state: 'failure', total: 1, change: other, gaps: [] },
    { rule: 'red, but it names one', state: 'failure', total: 1, change: { run: RUN }, gaps: [] },
  ] as const)('$rule', ({ state, total, gaps, ...more }) => {
    const change = 'change' in more ? more.change : {}
    expect(withoutRun(suite(state, change), [], total)).toEqual(gaps)
  })

  it.each([
    { rule: 'what tokens made, and it is over', checks: [told('completed', null)], gaps: [] },
    { rule: 'a job among it', checks: [told('completed', JOB)], gaps: NAMELESS },
    { rule: 'something that goes on', checks: [told('queued', null)], gaps: NAMELESS },
  ])('red, with $rule', ({ checks, gaps }) => {
    expect(withoutRun(suite('failure'), checks, 1)).toEqual(gaps)
  })
})

describe('the suites of a commit as GraphQL gives them', () => {
  type Node = ReturnType<typeof suitesOf>
  const seen = (suites: Node) => seenOfNodes(suites as unknown as SuitesNode)
  const one = (change: object = {}) => ({ ...suiteNode(9, 5, [checkNode(77)]), ...change })
  const A_SUITE = (why: string) => gap('a check suite', 'unreadable', why)
  const run = (change: object, of: object = {}) => {
    const { workflowRun } = one() as unknown as { workflowRun: { workflow: object } }
    const workflow = { ...workflowRun.workflow, ...of }
    return one({ workflowRun: { ...workflowRun, workflow, ...change } })
  }

  it('are told with their runs and jobs', () => {
    const { suites, checks, gaps } = seen(suitesOf(one()))
    expect(suites).toEqual([
      {
        id: 9,
        app: { id: 15368, slug: 'github-actions', isActions: true },
        run: RUN,
        state: 'success',
        neverStarted: false,
      },
    ])
    expect(checks.map(({ id, isJob }) => [id, isJob])).toEqual([[77, true]])
    expect(gaps).toEqual([])
  })

  it.each([
    { state: 'ACTIVE', disabled: false },
    { state: 'active', disabled: false },
    { state: 'DISABLED_MANUALLY', disabled: true },
  ])('of a workflow that is $state: disabled $disabled', ({ state, disabled }) => {
    expect(seen(suitesOf(run({}, { state }))).suites[0]?.run?.disabled).toBe(disabled)
  })

  it.each([
    { rule: 'no number of the run', node: () => run({ databaseId: null }) },
    { rule: 'no number of its workflow', node: () => run({}, { databaseId: null }) },
    { rule: 'no time that can be read', node: () => run({ createdAt: 'soon' }) },
  ])('with $rule have no run, and that is a gap', ({ node }) => {
    const { suites, gaps } = seen(suitesOf({ ...node(), conclusion: 'FAILURE' }))
    expect(suites[0]?.run).toBeNull()
    expect(gaps).toEqual([
      A_SUITE('its workflow run has no id'),
      gap('check suite 9', 'unreadable', 'it names no workflow run'),
    ])
  })

  it('of another app need no run, told or not', () => {
    const app = { databaseId: 7, slug: 'codecov' }
    expect(seen(suitesOf(one({ app, workflowRun: null }))).gaps).toEqual([])
    expect(seen(suitesOf({ ...run({ databaseId: null }), app })).gaps).toEqual([])
    expect(seen(suitesOf(one({ app: null, workflowRun: null }))).suites[0]?.app).toEqual({
      id: 0,
      slug: '',
      isActions: false,
    })
  })

  it('of Actions without a run are a gap once', () => {
    const { gaps } = seen(suitesOf(one({ workflowRun: null, conclusion: 'FAILURE' })))
    expect(gaps).toEqual([gap('check suite 9', 'unreadable', 'it names no workflow run')])
  })

  it.each([
    { rule: 'an id', change: { databaseId: null } },
    { rule: 'check runs', change: { checkRuns: null } },
  ])('without $rule are a gap', ({ change }) => {
    expect(seen(suitesOf(one(change)))).toEqual({
      suites: [],
      checks: [],
      gaps: [A_SUITE('it has no id or no check runs')],
    })
  })

  it('with fewer check runs than there are, and with one that has no id, are a gap', () => {
    const nameless = checkNode(77, { databaseId: null, detailsUrl: null })
    const checkRuns = { totalCount: 3, nodes: [nameless, null, checkNode(78)] }
    const { checks, gaps } = seen(suitesOf(one({ checkRuns })))
    expect(checks.map(({ id }) => id)).toEqual([78])
    expect(gaps).toEqual([
      gap('check runs of suite 9', 'incomplete', '2 of 3 were given'),
      A_SUITE('one of its check runs has no id'),
    ])
  })

  it('with check runs that are withheld as a list are a gap', () => {
    const { gaps } = seen(suitesOf(one({ checkRuns: { totalCount: 1, nodes: null } })))
    expect(gaps).toEqual([gap('check runs of suite 9', 'incomplete', '0 of 1 were given')])
  })

  it('are a gap where they are not all there, beside the gaps of each', () => {
    const broken = one({ databaseId: null })
    expect(seen({ totalCount: 3, nodes: [broken, null] }).gaps).toEqual([
      gap('check suites', 'incomplete', '1 of 3 were given'),
      A_SUITE('it has no id or no check runs'),
    ])
    expect(seen({ totalCount: 1, nodes: null })).toEqual({
      suites: [],
      checks: [],
      gaps: [gap('check suites', 'incomplete', '0 of 1 were given')],
    })
  })

  it('are a gap where they were not given', () => {
    expect(seenOfNodes(null)).toEqual({
      suites: [],
      checks: [],
      gaps: [gap('check suites', 'unreadable', 'they were not given')],
    })
  })
})

describe('what a suite says of itself', () => {
  it.each([
    ['WAITING', null, { state: 'open', neverStarted: false, waitsWith: null }],
    ['waiting', null, { state: 'open', neverStarted: false, waitsWith: null }],
    ['QUEUED', null, { state: 'open', neverStarted: false }],
    [null, null, { state: 'open', neverStarted: false }],
    ['COMPLETED', 'SUCCESS', { state: 'success', neverStarted: false }],
    ['COMPLETED', 'STARTUP_FAILURE', { state: 'failure', neverStarted: true }],
  ] as const)('%s and %s', (status, conclusion, states) => {
    expect(suiteStates(status, conclusion)).toStrictEqual(states)
  })
})
