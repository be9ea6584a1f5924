import { describe, expect, it } from '@jest/globals'
import type { CheckEvidence, Evidence } from '../../../src/core/model/evidence.js'
import { asJobId, asRunKey } from '../../../src/core/model/ids.js'
import type { Instant } from '../../../src/core/model/time.js'
import { NO_PULL } from '../../../src/forge/commits.js'
import { githubCommits } from '../../../src/forge/github/commits.js'
import type { Head } from '../../../src/forge/port.js'
import { NOW, pull, SHA } from '../../support/builders.js'
import type { Script, Scripted } from '../../support/scripted-github.js'
import { errorOf, graphql, keptOf, NEXT, scriptedGithub } from '../../support/scripted-github.js'

const place = { apiUrl: 'https://api.github.com', repo: 'acme/widgets' }
const TIP = 'd'.repeat(40)
const MERGED = '2026-05-14T09:00:00Z'
const UPDATED = '2026-05-14T10:00:00Z'
const SINCE = Date.parse('2026-05-01T00:00:00Z') as Instant

function open(script: Script) {
  const scene = scriptedGithub(script)
  return { ...scene, commits: githubCommits(keptOf(scene.repository), place) }
}

/** A closed pull request as GitHub lists it. */
const closed = (number: number, change: Readonly<Record<string, unknown>> = {}) => ({
  number,
  title: `change ${number}`,
  updated_at: UPDATED,
  merged_at: MERGED,
  head: { sha: SHA },
  base: { ref: 'main', sha: TIP },
  ...change,
})
const pullOf = (number: number) => ({
  number,
  title: `change ${number}`,
  head: SHA,
  base: 'main',
  baseSha: TIP,
  draft: false,
})
const mergedOf = (number: number, mergedBy: string | null = null) => ({
  ...pullOf(number),
  mergedAt: Date.parse(MERGED),
  mergedBy,
})

describe('pull requests that were merged', () => {
  const page = (number: number): string =>
    `GET /pulls?state=closed&sort=updated&direction=desc&per_page=100&page=${number}`
  const hundred = Array.from({ length: 100 }, (_, at) => closed(at + 1))

  it('are told with who merged them, without those that were closed only', async () => {
    const rows = [
      closed(1),
      closed(2, { merged_by: { login: 'ann' } }),
      closed(3, { merged_at: null }),
      closed(4, { merged_at: '2026-04-30T09:00:00Z' }),
    ]
    const { commits } = open({ 'GET /pulls': { body: rows } })
    expect(await commits.mergedSince(SINCE)).toEqual([mergedOf(1), mergedOf(2, 'ann')])
  })

  it.each<{ rule: string; pages: readonly Scripted[]; asked: readonly string[]; found: number }>([
    {
      rule: 'on one short page are all',
      pages: [{ body: [closed(1)] }],
      asked: [page(1)],
      found: 1,
    },
    {
      rule: 'go on where a link says so, and what changed meanwhile is read once more',
      pages: [{ body: [closed(1)], headers: NEXT }, { body: [closed(2)] }, { body: [] }],
      asked: [page(1), page(2), page(1)],
      found: 2,
    },
    {
      rule: 'go on behind a full page, though no link says so',
      pages: [{ body: hundred }, { body: [closed(101)] }, { body: [] }],
      asked: [page(1), page(2), page(1)],
      found: 101,
    },
    {
      rule: 'do not go on behind a page that is short by one',
      pages: [{ body: hundred.slice(1) }],
      asked: [page(1)],
      found: 99,
    },
  ])('$rule', async ({ pages, asked, found }) => {
    const scene = open({ 'GET /pulls': pages })
    expect(await scene.commits.mergedSince(SINCE)).toHaveLength(found)
    expect(scene.asked).toEqual(asked)
  })

  it.each([
    { change: { updated_at: 'now' }, why: 'a pull request: a time cannot be read' },
    { change: { merged_at: 'now' }, why: 'a pull request: a time cannot be read' },
    {
      change: { merged_at: undefined },
      why:
        'GET /repos/acme/widgets/pulls: ' +
        '0.merged_at Invalid input: expected string, received undefined',
    },
  ])('of which one cannot be read are none: $change', async ({ change, why }) => {
    const { commits } = open({ 'GET /pulls': { body: [closed(1, change)] } })
    expect(await errorOf(commits.mergedSince(SINCE))).toBe(`unexpected-shape: ${why}`)
  })
})

describe('who merged a pull request', () => {
  it.each([
    { rule: 'is told by itself', change: { merged_by: { login: 'ann' } }, told: 'ann' },
    { rule: 'is nobody where it was not merged', change: { merged_by: null }, told: null },
    { rule: 'is not known where it is not told', change: {}, told: null },
  ])('$rule', async ({ change, told }) => {
    const { commits, asked } = open({ 'GET /pulls/7': { body: closed(7, change) } })
    expect(await commits.mergedBy(7)).toBe(told)
    expect(asked).toEqual(['GET /pulls/7'])
  })

  it('is not read of an answer about another pull request', async () => {
    const { commits } = open({ 'GET /pulls/7': { body: closed(8) } })
    expect(await errorOf(commits.mergedBy(7))).toBe(
      'unexpected-shape: GET /repos/acme/widgets/pulls/7: ' +
        'the answer is about number 8 instead of 7',
    )
  })

  it('is not read of an answer that is no pull request', async () => {
    const { commits } = open({ 'GET /pulls/7': { body: closed(7, { title: null }) } })
    expect(await errorOf(commits.mergedBy(7))).toBe(
      'unexpected-shape: GET /repos/acme/widgets/pulls/7: ' +
        'title Invalid input: expected string, received null',
    )
  })
})

describe('the pull requests at a commit', () => {
  const path = `/commits/${SHA}/pulls`

  it('are those whose head it is, and none that only holds it', async () => {
    const rows = [closed(1), closed(2, { head: { sha: TIP } }), closed(3, { merged_at: null })]
    const { commits, asked } = open({ [`GET ${path}`]: { body: rows } })
    expect(await commits.pullsAt(SHA)).toEqual([pullOf(1), pullOf(3)])
    expect(asked).toEqual([`GET ${path}?per_page=100`])
  })

  it('are not read of an answer that is no list', async () => {
    const { commits } = open({ [`GET ${path}`]: { body: {} } })
    expect(await errorOf(commits.pullsAt(SHA))).toBe(
      `unexpected-shape: GET /repos/acme/widgets${path}: ` +
        'row Invalid input: expected array, received object',
    )
  })
})

describe('the commit of a name', () => {
  const object = (type: string, sha = TIP): Scripted => ({ body: { object: { type, sha } } })
  const TAG = 'e'.repeat(40)

  it.each<{ rule: string; name: string; script: Script; asked: readonly string[] }>([
    {
      rule: 'of a branch',
      name: 'main',
      script: { 'GET /branches/main': { body: { commit: { sha: TIP } } } },
      asked: ['GET /branches/main'],
    },
    {
      rule: 'of a branch whose name ends like the beginning of a tag',
      name: 'x/refs/tags/',
      script: { 'GET /branches/x%2Frefs%2Ftags%2F': { body: { commit: { sha: TIP } } } },
      asked: ['GET /branches/x%2Frefs%2Ftags%2F'],
    },
    {
      rule: 'of a tag that names it',
      name: 'refs/tags/v1',
      script: { 'GET /git/ref/tags/v1': object('commit') },
      asked: ['GET /git/ref/tags/v1'],
    },
    {
      rule: 'of a tag that is an object of its own',
      name: 'refs/tags/v1',
      script: {
        'GET /git/ref/tags/v1': object('tag', TAG),
        [`GET /git/tags/${TAG}`]: object('commit'),
      },
      asked: ['GET /git/ref/tags/v1', `GET /git/tags/${TAG}`],
    },
    {
      rule: 'of a tag whose name has slashes and signs',
      name: 'refs/tags/app/v1#2',
      script: { 'GET /git/ref/tags/app/v1%232': object('commit') },
      asked: ['GET /git/ref/tags/app/v1%232'],
    },
  ])('$rule', async ({ name, script, asked }) => {
    const scene = open(script)
    expect(await scene.commits.commitOf(name)).toBe(TIP)
    expect(scene.asked).toEqual(asked)
  })

  it('is not read of a tag that names nothing', async () => {
    const { commits } = open({ 'GET /git/ref/tags/v1': { body: {} } })
    expect(await errorOf(commits.commitOf('refs/tags/v1'))).toBe(
      'unexpected-shape: GET /repos/acme/widgets/git/ref/tags/v1: ' +
        'object Invalid input: expected object, received undefined',
    )
  })
})

it('every page has its address', () => {
  const { commits } = open({})
  const pages = 'https://github.com/acme/widgets'
  expect(commits.addressOf(asRunKey(812))).toBe(`${pages}/actions/runs/812`)
  expect(commits.addressOf(asRunKey(812), asJobId(3))).toBe(`${pages}/actions/runs/812/job/3`)
  expect(commits.addressOfPull(7)).toBe(`${pages}/pull/7`)
  expect(commits.addressOfCommit(SHA)).toBe(`${pages}/commit/${SHA}`)
})

/** A suite of Actions by one green job of a run that this event started, or of another app. */
const suite = (id: number, event: string | null) => ({
  databaseId: id,
  status: 'COMPLETED',
  conclusion: 'SUCCESS',
  app: { databaseId: 1, slug: event === null ? 'codecov' : 'github-actions' },
  workflowRun:
    event === null
      ? null
      : {
          databaseId: 10 * id,
          event,
          createdAt: MERGED,
          workflow: { databaseId: id, state: 'ACTIVE', resourcePath: '/a/b/ci.yml' },
        },
  checkRuns: {
    totalCount: 1,
    nodes: [
      {
        databaseId: 100 * id,
        name: 'lint',
        status: 'COMPLETED',
        conclusion: 'SUCCESS',
        startedAt: MERGED,
        completedAt: MERGED,
        detailsUrl: `https://github.com/acme/widgets/actions/runs/${10 * id}/job/${100 * id}`,
      },
    ],
  },
})

const commitNode = (nodes: readonly unknown[], oid = SHA) => ({
  oid,
  status: null,
  checkSuites: { totalCount: nodes.length, nodes },
})
const headOf = (number: number, sha = SHA): Head => ({
  sha,
  pulls: [pull(number, { head: sha })],
})
const isChecks = (found: Evidence): found is CheckEvidence => found.kind === 'checks'
const checksOf = (found: readonly Evidence[]): readonly CheckEvidence[] => found.filter(isChecks)

describe('what is written on a commit', () => {
  const EVENTS = [
    suite(1, 'push'),
    suite(2, 'pull_request'),
    suite(3, 'merge_group'),
    suite(4, null),
    suite(5, 'schedule'),
  ]
  const ALL: Scripted = graphql({ c0: commitNode(EVENTS) })

  it('of a branch leaves out what pull requests and schedules ran', async () => {
    const { commits } = open({ 'POST /graphql': ALL })
    const [found] = checksOf(await commits.study([headOf(NO_PULL)]))
    expect(found?.suites.map(({ id }) => id)).toEqual([1, 3, 4])
    expect(found?.checks.map(({ id }) => Number(id))).toEqual([100, 300, 400])
  })

  it('of a pull request is all of it', async () => {
    const { commits, asked } = open({ 'POST /graphql': ALL })
    const [found] = checksOf(await commits.study([headOf(7)]))
    expect(found?.suites.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5])
    expect(found).toMatchObject({ sha: SHA, observedAt: NOW, gaps: [], studied: true })
    expect(asked).toEqual(['POST /graphql'])
  })

  it('is a gap where the server tells no time', async () => {
    const { commits } = open({ 'POST /graphql': { ...ALL, clock: 'none' } })
    const [found] = checksOf(await commits.study([headOf(NO_PULL)]))
    expect(found?.observedAt).toBe(0)
    expect(found?.gaps).toEqual([
      { what: 'clock', cause: 'no-clock', context: null, detail: 'the server sent no Date' },
    ])
  })

  it('is a gap where the server refuses to tell it', async () => {
    const refused = [{ type: 'FORBIDDEN', path: ['repository'], message: 'no' }]
    const { commits } = open({ 'POST /graphql': graphql(null, refused) })
    const [found] = checksOf(await commits.study([headOf(NO_PULL)]))
    expect(found?.gaps[0]).toEqual({
      what: 'check suites',
      cause: 'forbidden',
      context: null,
      detail: 'POST /graphql: no',
    })
  })
})

describe('what is left of the limit for a study', () => {
  const heads = [headOf(NO_PULL), headOf(NO_PULL, TIP)]
  const answer = graphql({ c0: commitNode([]), c1: commitNode([], TIP) })

  async function studyWith(rest: number | null, ofGraphql: number | null) {
    const { commits, client, asked } = open({ 'POST /graphql': answer })
    client.remaining.rest = rest
    client.remaining.graphql = ofGraphql
    const found = checksOf(await commits.study(heads))
    return { asked, gaps: found.map(({ gaps }) => gaps), shas: found.map(({ sha }) => sha) }
  }

  it.each([
    { rule: 'where no limit is told', rest: null, ofGraphql: null },
    { rule: 'where there is just enough', rest: 68, ofGraphql: 5_000 },
    { rule: 'where there is just enough of GraphQL', rest: null, ofGraphql: 68 },
  ])('is enough $rule', async ({ rest, ofGraphql }) => {
    expect(await studyWith(rest, ofGraphql)).toEqual({
      asked: ['POST /graphql'],
      gaps: [[], []],
      shas: [SHA, TIP],
    })
  })

  it.each([
    { rule: 'of REST is short by one', rest: 67, ofGraphql: 5_000, left: 67 },
    { rule: 'of GraphQL is short by one', rest: 5_000, ofGraphql: 67, left: 67 },
    { rule: 'is enough for one of two', rest: 60, ofGraphql: null, left: 60 },
    { rule: 'is kept for others', rest: 40, ofGraphql: null, left: 40 },
  ])('is not, where what is left $rule: nothing is asked', async ({ rest, ofGraphql, left }) => {
    const missing = [
      {
        what: 'check suites',
        cause: 'rate-limited',
        context: null,
        detail: `only ${left} requests are left in this hour; the next sweep goes on`,
      },
      { what: 'clock', cause: 'no-clock', context: null, detail: 'the server sent no Date' },
    ]
    expect(await studyWith(rest, ofGraphql)).toEqual({
      asked: [],
      gaps: [missing, missing],
      shas: [SHA, TIP],
    })
  })
})
