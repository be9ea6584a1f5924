import { describe, expect, it } from '@jest/globals'
import { openClient } from '../../../src/forge/github/client.js'
import { readDetails } from '../../../src/forge/github/details.js'
import type { CheckState } from '../../../src/core/model/check.js'
import { jobOfLink, seenOfNodes, toCheck, withoutRun } from '../../../src/forge/github/sightings.js'
import { checkState, neverStarted, statusState } from '../../../src/forge/github/states.js'
import type { SuitesNode } from '../../../src/forge/github/wire.js'
import { openContents } from '../../../src/forge/workflows.js'
import { asRunId } from '../../../src/core/model/ids.js'
import type { Instant } from '../../../src/core/model/time.js'
import type { GithubServer } from '../../../verification/simulator/github/server.js'
import { GithubWorld } from '../../../verification/simulator/github/world.js'
import { SERVER } from '../../../verification/proof/checks/evidence.js'
import { lateClock } from '../../support/clock.js'
import { openGithubServer } from '../../support/open-server.js'

let server: GithubServer | null = null

describe('what a status and a conclusion mean', () => {
  it.each([
    ['completed', 'success', 'success'],
    ['COMPLETED', 'SUCCESS', 'success'],
    ['completed', 'failure', 'failure'],
    ['completed', 'timed_out', 'failure'],
    ['completed', 'startup_failure', 'failure'],
    ['completed', 'stale', 'failure'],
    ['completed', 'cancelled', 'cancelled'],
    ['completed', 'neutral', 'skipped'],
    ['completed', 'skipped', 'skipped'],
    ['completed', 'action_required', 'action-required'],
    ['action_required', null, 'action-required'],
    ['completed', 'novel', 'unknown'],
    ['completed', null, 'unknown'],
    ['novel', 'success', 'unknown'],
    ['queued', null, 'open'],
    ['in_progress', 'success', 'open'],
    ['waiting', null, 'open'],
    ['pending', null, 'open'],
    ['requested', null, 'open'],
    [null, null, 'open'],
  ])('%s and %s: %s', (status, conclusion, state) => {
    expect(checkState(status, conclusion)).toBe(state)
  })

  it('of a commit status', () => {
    expect(['SUCCESS', 'failure', 'ERROR', 'EXPECTED', 'novel'].map(statusState)).toEqual([
      'success',
      'failure',
      'error',
      'pending',
      'unknown',
    ])
    expect(neverStarted('STARTUP_FAILURE')).toBe(true)
    expect(neverStarted('failure')).toBe(false)
  })
})

describe('which check runs are jobs', () => {
  const run = {
    id: asRunId(5),
    workflow: 1,
    path: 'ci.yml',
    event: 'push',
    createdAt: 0 as Instant,
    attempt: 1,
    disabled: false,
  }
  const check = (id: number | null, link: string | null) =>
    toCheck(
      {
        id,
        link,
        name: 'lint',
        status: 'completed',
        conclusion: 'success',
        startedAt: null,
        completedAt: null,
      },
      { id: 9, run },
    )
  const page = 'https://github.com/o/r'

  it.each([
    {
      rule: 'a link to this job of this run',
      id: 7,
      link: `${page}/actions/runs/5/job/7`,
      is: true,
    },
    { rule: 'to another run', id: 7, link: `${page}/actions/runs/6/job/7`, is: false },
    { rule: 'to another job', id: 7, link: `${page}/actions/runs/5/job/8`, is: false },
    { rule: 'a link to itself, as before 2022', id: 7, link: `${page}/runs/7`, is: true },
    { rule: 'to a page of another', id: 7, link: `${page}/runs/8`, is: false },
    { rule: 'to nowhere', id: 7, link: null, is: false },
  ])('$rule: $is', ({ id, link, is }) => {
    expect(check(id, link)?.isJob).toBe(is)
  })

  it('neutral passes for an app, and is a skip of a job', () => {
    const neutral = (link: string | null) =>
      toCheck(
        {
          id: 7,
          link,
          name: 'CodeQL',
          status: 'COMPLETED',
          conclusion: 'NEUTRAL',
          startedAt: null,
          completedAt: null,
        },
        { id: 9, run },
      )?.state
    expect(neutral(null)).toBe('success')
    expect(neutral(`${page}/actions/runs/5/job/7`)).toBe('skipped')
  })

  it('a number that GraphQL cannot hold is read from the link, or the check run is a gap', () => {
    expect(check(null, `${page}/actions/runs/5/job/12345678901`)).toMatchObject({ id: 12345678901 })
    expect(check(null, `${page}/runs/7`)).toBeNull()
    expect(jobOfLink(`${page}/actions/runs/5/job/7?pr=1`)).toEqual({ run: 5, job: 7 })
  })
})

describe('a suite of Actions without a run', () => {
  const suite = (state: CheckState) => ({
    id: 9,
    app: { id: 15368, slug: 'github-actions', isActions: true },
    state,
    neverStarted: false,
    run: null,
  })
  const told = (status: string, link: string | null) => ({
    id: 7,
    name: 'report',
    status,
    conclusion: null,
    startedAt: null,
    completedAt: null,
    link,
  })
  const own = told('COMPLETED', 'https://example.org/report')
  const job = told('COMPLETED', 'https://github.com/o/r/actions/runs/5/job/7')

  it.each([
    { rule: 'nothing but what a token made', state: 'skipped', checks: [own], total: 1, gaps: 0 },
    { rule: 'one job beside it', state: 'failure', checks: [own, job], total: 2, gaps: 1 },
    {
      rule: 'one that is not over',
      state: 'open',
      checks: [told('QUEUED', null)],
      total: 1,
      gaps: 1,
    },
    { rule: 'one more than was given', state: 'skipped', checks: [own], total: 2, gaps: 1 },
    { rule: 'nothing at all', state: 'skipped', checks: [], total: 0, gaps: 1 },
  ] as const)('$rule: $gaps gaps', ({ state, checks, total, gaps }) => {
    expect(withoutRun(suite(state), checks, total)).toHaveLength(gaps)
  })
})

describe('what one page does not show', () => {
  const suite = {
    databaseId: 1,
    status: 'COMPLETED',
    conclusion: 'SUCCESS',
    workflowRun: null,
    app: { databaseId: 3, slug: 'other' },
    checkRuns: { totalCount: 0, nodes: [] },
  }
  const seen = (change: Partial<SuitesNode>, of: object = {}) =>
    seenOfNodes({ totalCount: 1, nodes: [{ ...suite, ...of }], ...change }).gaps

  it.each([
    { rule: 'all of it', gaps: seen({}), count: 0 },
    { rule: 'suites', gaps: seen({ totalCount: 2 }), count: 1 },
    { rule: 'a suite that is withheld', gaps: seen({ nodes: [null] }), count: 1 },
    {
      rule: 'check runs',
      gaps: seen({}, { checkRuns: { totalCount: 3, nodes: [] } }),
      count: 1,
    },
    { rule: 'check runs that are withheld', gaps: seen({}, { checkRuns: null }), count: 1 },
    { rule: 'the id of a suite', gaps: seen({}, { databaseId: null }), count: 1 },
  ])('$rule: $count gaps', ({ gaps, count }) => {
    expect(gaps).toHaveLength(count)
  })

  it('no suites at all', () => {
    expect(seenOfNodes(null).gaps).toHaveLength(1)
  })
})

describe('an answer that is right in part', () => {
  it.each([
    { rule: 'an error below a commit', errors: [{ message: 'no', path: ['repository', 'c0'] }] },
    { rule: 'an error that names no place', errors: [{ message: 'no' }] },
  ])('$rule, where REST tells no better, is a gap of that commit', async ({ errors }) => {
    const world = new GithubWorld()
    const { head } = world.pull()
    server = await openGithubServer(world)
    const commit = { oid: head, status: null, checkSuites: { totalCount: 0, nodes: [] } }
    server.on(() => ({ status: 200, body: { data: { repository: { c0: commit } }, errors } }))
    const client = openClient({
      place: { apiUrl: server.apiUrl, repo: 'acme/widgets' },
      token: server.token,
      sweepFile: null,
      userAgent: 'test',
      budget: 60_000,
      concurrency: 4,
      now: () => 0,
      random: () => 0,
      sleep: () => Promise.resolve(),
      ...lateClock,
    })
    const root = '/repos/acme/widgets'
    const repository = {
      client,
      server: SERVER,
      owner: 'acme',
      name: 'widgets',
      root,
      contents: openContents(),
      sweepFile: null,
      origins: new Map(),
    }
    const details = await readDetails(repository, [head])
    expect(details.get(head)?.gaps).toEqual([expect.objectContaining({ cause: 'unreadable' })])
    const asked = server.requests.map(({ path }) => path)
    expect(asked.at(-1)).toBe(`${root}/commits/${head}/check-suites`)
  })
})
