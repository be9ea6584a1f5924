import { describe, expect, it } from '@jest/globals'
import type { SweepReport } from '../../../src/sweep/report/report.js'
import { ci, GATE, GREEN, LATER } from '../../../verification/e2e/github/setups.js'
import {
  BROKEN_OFF,
  NO_REPOSITORY,
  pageSizeOf,
  queryOf,
} from '../../../verification/simulator/github/faults.js'
import type {
  GithubServer,
  PlannedAnswer,
  SeenRequest,
} from '../../../verification/simulator/github/server.js'
import { GithubWorld } from '../../../verification/simulator/github/world.js'
import { runInProcess } from '../../support/in-process.js'
import { openGithubServer, widgetsOn } from '../../support/open-server.js'
import { ALL } from '../../support/sample.js'

let server: GithubServer | null = null

/** So many pull requests with a green gate, and the last of them with one that lost its runner. */
function oneLost(pulls: number): GithubWorld {
  const world = new GithubWorld()
  const workflow = ci(world)
  for (let at = 1; at <= pulls; at += 1) {
    const suite = world.ended(workflow, { sha: world.pull().head }, GREEN)
    world.end(suite, GATE, at === pulls ? 'failure' : 'success', at === pulls)
  }
  world.now += LATER
  world.left = { rest: 5000, graphql: 5000 }
  return world
}

/** A dry sweep; what this answers is answered in place of the world. */
async function sweep(
  world: GithubWorld,
  hook: (request: SeenRequest) => PlannedAnswer | undefined,
) {
  server = await openGithubServer(world)
  server.on(hook)
  const run = await runInProcess({
    ...widgetsOn(server),
    inputs: { 'umbrella-context': GATE, 'dry-run': 'true' },
  })
  const report = run.report as SweepReport | null
  return { run, told: (report?.pulls ?? []).map(({ number, reason }) => `#${number} ${reason}`) }
}

/** The first so many requests of a kind get this answer. */
function firstOf(
  times: number,
  answer: PlannedAnswer,
  about: (request: SeenRequest) => boolean,
): (request: SeenRequest) => PlannedAnswer | undefined {
  let left = times
  return request => {
    if (left === 0 || !about(request)) return undefined
    left -= 1
    return answer
  }
}

const isList = (request: SeenRequest): boolean => pageSizeOf(request) !== null
const isDetails = (request: SeenRequest): boolean =>
  queryOf(request)?.query.startsWith('query details') === true
const sizes = (): readonly number[] =>
  (server?.requests ?? []).flatMap(request => pageSizeOf(request) ?? [])
const restLists = (): number =>
  (server?.requests ?? []).filter(({ path }) => path === '/repos/acme/widgets/pulls').length

/** The suite of every day plays every second one. */
const EVERY = Object.entries(BROKEN_OFF)
  .map(([rule, answer]) => ({ rule, answer }))
  .filter((_, at) => ALL || at % 2 === 0)

describe('a list of pull requests that broke off', () => {
  it.each(EVERY)('with $rule is asked for again, twice', async ({ answer }) => {
    const { run, told } = await sweep(oneLost(3), firstOf(2, answer, isList))
    expect(told).toEqual(['#3 stale'])
    expect(run.outputs).toMatchObject({ scanned: '3', stale: '1' })
    expect(sizes()).toEqual([100, 100, 100])
  })

  it.each(EVERY)('with $rule is asked for in smaller pages, down to ten', async ({ answer }) => {
    const { told } = await sweep(oneLost(12), request =>
      (pageSizeOf(request) ?? 0) > 10 ? answer : undefined,
    )
    expect(told).toEqual(['#12 stale'])
    expect(sizes()).toEqual([100, 100, 100, 50, 50, 50, 25, 25, 25, 10, 10])
    expect(restLists()).toBe(0)
  })

  it.each(EVERY)('with $rule always is read by REST', async ({ answer }) => {
    const { run, told } = await sweep(oneLost(3), request => (isList(request) ? answer : undefined))
    expect(told).toEqual(['#3 stale'])
    expect(run.outputs).toMatchObject({ scanned: '3', stale: '1' })
    expect(run.stdout).not.toContain('not found')
    expect(server?.faults).toEqual([])
  })

  it('keeps what its first pages told', async () => {
    const world = oneLost(150)
    const { told } = await sweep(world, request =>
      isList(request) && queryOf(request)?.variables['after'] !== null
        ? BROKEN_OFF['no data']
        : undefined,
    )
    expect(told).toEqual(['#150 stale'])
    // Only the heads of the page that did not come are studied.
    const asked = (server?.requests ?? []).filter(isDetails)
    expect(asked).toHaveLength(2)
  })

  it('is not tried again by GraphQL in the same sweep', async () => {
    const world = oneLost(3)
    server = await openGithubServer(world)
    server.on(request => (isList(request) ? BROKEN_OFF['no data'] : undefined))
    const run = await runInProcess({
      ...widgetsOn(server),
      inputs: { 'umbrella-context': GATE },
    })
    expect(run.outputs).toMatchObject({ rerun: '1' })
    expect(sizes()).toHaveLength(12)
    expect(restLists()).toBe(2)
  })

  it('by neither API ends the sweep, with the words of the server', async () => {
    const { run } = await sweep(oneLost(3), request =>
      isList(request)
        ? BROKEN_OFF['no data']
        : request.path.endsWith('/pulls')
          ? { status: 500, body: { message: 'Unicorn' } }
          : undefined,
    )
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('Unicorn')
    expect(run.stdout).not.toContain('not found')
    expect(run.report).toBeNull()
  })

  it('where a pull request is closed between two pages of REST is no list', async () => {
    const world = oneLost(150)
    let lists = 0
    const { run } = await sweep(world, request => {
      if (isList(request)) return BROKEN_OFF['no data']
      if (!request.path.endsWith('/pulls')) return undefined
      lists += 1
      const [first] = world.pulls
      if (lists === 2 && first !== undefined) first.open = false
      return undefined
    })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('changed while they were listed')
  })

  it('by REST is whole over several pages', async () => {
    const { told, run } = await sweep(oneLost(201), request =>
      isList(request) ? BROKEN_OFF['no data'] : undefined,
    )
    expect(told).toEqual(['#201 stale'])
    expect(run.outputs).toMatchObject({ scanned: '201' })
    expect(restLists()).toBe(6)
  })
})

describe('what GitHub means when it says no', () => {
  it('a repository that is not there is not found, and asked for once', async () => {
    const { run } = await sweep(oneLost(1), request =>
      isList(request) ? NO_REPOSITORY : undefined,
    )
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('repo: not found')
    expect(sizes()).toEqual([100])
  })

  it('a missing right is one, and asked for once', async () => {
    const said = { type: 'FORBIDDEN', path: ['repository'], message: 'Resource not accessible' }
    const body = { data: { repository: null }, errors: [said] }
    const { run } = await sweep(oneLost(1), request =>
      isList(request) ? { status: 200, body } : undefined,
    )
    expect(run.stdout).toContain('it lacks a right')
    expect(sizes()).toEqual([100])
  })

  it('a query that an older server does not know is not repeated; REST lists', async () => {
    const said = {
      message: "Field 'x' doesn't exist on type 'PullRequest'",
      locations: [{ line: 1, column: 1 }],
      extensions: { code: 'undefinedField' },
    }
    const { told } = await sweep(oneLost(2), request =>
      isList(request) ? { status: 200, body: { errors: [said] } } : undefined,
    )
    expect(told).toEqual(['#2 stale'])
    expect(sizes()).toEqual([100])
  })

  it('a secondary limit in a good answer is a limit', async () => {
    const body = { errors: [{ message: 'You have exceeded a secondary rate limit.' }] }
    const { run } = await sweep(oneLost(1), request =>
      isList(request) ? { status: 200, body } : undefined,
    )
    expect(run.stdout).toContain('rate limit')
    expect(sizes()).toEqual([100])
    expect(restLists()).toBe(0)
  })
})

/** Details in which the first commit has a hole, as GitHub leaves it below an error. */
function withHole(world: GithubWorld, type?: string): PlannedAnswer {
  const commits = Object.fromEntries(
    world.pulls.map(({ head }, at) => [
      `c${at}`,
      // Without checks a head looks as if nothing stood on it.
      { oid: head, status: null, checkSuites: { totalCount: 0, nodes: [] } },
    ]),
  )
  const where = ['repository', 'c0', 'checkSuites']
  const said = { message: 'Something went wrong', path: where, ...(type && { type }) }
  return { status: 200, body: { data: { repository: commits }, errors: [said] } }
}

describe('details that broke off', () => {
  it.each(EVERY)('with $rule are asked for again, twice', async ({ answer }) => {
    const { told } = await sweep(oneLost(1), firstOf(2, answer, isDetails))
    expect(told).toEqual(['#1 stale'])
    expect((server?.requests ?? []).filter(isDetails)).toHaveLength(3)
  })

  it.each(EVERY)('with $rule always are read by REST', async ({ answer }) => {
    const { told } = await sweep(oneLost(1), request => (isDetails(request) ? answer : undefined))
    expect(told).toEqual(['#1 stale'])
  })

  it('with a hole in one commit: that one is asked for alone', async () => {
    const world = oneLost(1)
    const { told } = await sweep(world, firstOf(1, withHole(world), isDetails))
    expect(told).toEqual(['#1 stale'])
  })

  it('with a right that is missing there: a gap with the words of the server', async () => {
    const world = oneLost(1)
    const { run, told } = await sweep(world, request =>
      isDetails(request) ? withHole(world, 'FORBIDDEN') : undefined,
    )
    expect(told).toEqual(['#1 evidence-incomplete'])
    expect(run.stdout).toContain('Something went wrong')
    expect((server?.requests ?? []).filter(isDetails)).toHaveLength(1)
  })

  it('by neither API: a gap with the words of the server', async () => {
    const { run, told } = await sweep(oneLost(1), request =>
      isDetails(request)
        ? BROKEN_OFF['no data']
        : request.path.endsWith('/check-suites')
          ? { status: 500, body: { message: 'Unicorn' } }
          : undefined,
    )
    expect(told).toEqual(['#1 evidence-incomplete'])
    expect(run.stdout).toContain('Unicorn')
  })
})
