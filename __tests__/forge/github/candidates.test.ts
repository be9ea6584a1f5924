import { describe, expect, it } from '@jest/globals'
import { gap } from '../../../src/core/model/evidence.js'
import { listPulls, openPace, previewOf } from '../../../src/forge/github/candidates.js'
import { ForgeError } from '../../../src/forge/port.js'
import { BASE_SHA, NOW, pull, SHA } from '../../support/builders.js'
import type { Answers, Question } from '../../support/answering-github.js'
import {
  AT,
  checkNode,
  graphqlOf,
  answeringGithub,
  suiteNode,
  suitesOf,
  TIME,
  Told,
} from '../../support/answering-github.js'

type Fields = Readonly<Record<string, unknown>>

const HEAD = (number: number): string => String(number).repeat(40).slice(0, 40)

const commitOf = (number: number, change: Fields = {}): Fields => ({
  commit: { oid: HEAD(number), status: null, checkSuites: suitesOf(), ...change },
})

/** An open pull request as a page of GraphQL shows it. */
const node = (number: number, change: Fields = {}): Fields => ({
  number,
  title: `change ${number}`,
  isDraft: false,
  headRefOid: HEAD(number),
  baseRefName: 'main',
  baseRefOid: BASE_SHA,
  commits: { nodes: [commitOf(number)] },
  ...change,
})

const pageOf = (nodes: unknown, cursor: string | null = null, hasNextPage = cursor !== null) => ({
  pullRequests: { nodes, pageInfo: { hasNextPage, endCursor: cursor } },
})

/** The same as REST shows it. */
const row = (number: number): Fields => ({
  number,
  title: `change ${number}`,
  head: { sha: HEAD(number) },
  base: { ref: 'main', sha: BASE_SHA },
})

const expected = (number: number) =>
  pull(number, { title: `change ${number}`, head: HEAD(number), baseSha: BASE_SHA })

/** What is listed where GraphQL answers this, and REST one pull request, the ninth. */
async function listed(graphql: unknown, more: Answers = {}) {
  const github = answeringGithub({ 'POST /graphql': graphql, 'GET /r/pulls': [row(9)], ...more })
  const pace = openPace()
  return { ...github, pace, list: await listPulls(github.context, pace) }
}

const variablesOf = (sent: readonly unknown[]) =>
  sent.map(body => (body as { variables: Fields }).variables)

describe('the open pull requests by GraphQL', () => {
  it('are told page by page, each with its head', async () => {
    const pages: Readonly<Record<string, unknown>> = {
      null: pageOf([node(1), node(2, { isDraft: true })], 'c1'),
      c1: pageOf([node(3)], 'c2', false),
    }
    const { list, sent, asked, pace } = await listed(({ body }: Question) => {
      const { after } = (body as { variables: { after: string | null } }).variables
      return graphqlOf(pages[String(after)])
    })
    expect(list.pulls).toEqual([expected(1), { ...expected(2), draft: true }, expected(3)])
    expect([...list.previews.keys()]).toEqual([HEAD(1), HEAD(2), HEAD(3)])
    expect(list.untold).toBe('')
    expect(pace).toEqual({ size: 100, why: '' })
    const asks = { owner: 'acme', name: 'widgets', umbrella: 'all-required', first: 100 }
    expect(variablesOf(sent)).toEqual([
      { ...asks, after: null },
      { ...asks, after: 'c1' },
    ])
    expect(asked).toEqual(['POST /graphql', 'POST /graphql'])
  })

  it('are asked for in smaller pages where GitHub has no time, and so from then on', async () => {
    const { list, sent, pace } = await listed(({ body }: Question) => {
      const { first, after } = (body as { variables: { first: number; after: unknown } }).variables
      if (first > 25) return new ForgeError('timeout', `no time for ${first}`)
      return graphqlOf(after === null ? pageOf([node(1)], 'c1') : pageOf([node(2)]))
    })
    expect(variablesOf(sent).map(({ first }) => first)).toEqual([100, 50, 25, 25])
    expect(pace).toEqual({ size: 25, why: 'no time for 50' })
    expect(list.untold).toBe('no time for 50')
    expect(list.pulls).toEqual([expected(1), expected(2)])
  })

  it('are as many as a thousand of the smallest pages hold', async () => {
    const { list, sent } = await listed(({ body }: Question) => {
      const { after } = (body as { variables: { after: string | null } }).variables
      const at = Number(after ?? 0) + 1
      return graphqlOf(pageOf([], String(at), at < 1001))
    })
    expect(sent).toHaveLength(1000)
    expect(list.untold).toBe('the open pull requests: more than 1000 pages')
    expect(list.pulls).toEqual([expected(9)])
  })
})

describe('a list that GraphQL does not give is read by REST', () => {
  const WHAT = 'POST /graphql (candidates)'
  const MISSING = `${WHAT}: a pull request is missing`
  const NONE_OF_IT = `${WHAT}: an error is about no pull request of it`
  const UNNAMED = `${WHAT}: another page follows, and nothing names it`
  const path = (...at: readonly unknown[]) => ({ message: 'it broke', path: at })

  it.each([
    { rule: 'no list of them', page: graphqlOf(pageOf(null)), why: MISSING },
    { rule: 'one is withheld', page: graphqlOf(pageOf([node(1), null])), why: MISSING },
    {
      rule: 'it is no list',
      page: graphqlOf({ pullRequests: 7 }),
      why: `${WHAT}: pullRequests Invalid input: expected object, received number`,
    },
    {
      rule: 'an error is about one that is not there',
      page: graphqlOf(pageOf([node(1)]), path('repository', 'pullRequests', 'nodes', 1)),
      why: NONE_OF_IT,
    },
    { rule: 'another page has no name', page: graphqlOf(pageOf([], null, true)), why: UNNAMED },
    {
      rule: 'another page has the name of this one',
      page: graphqlOf(pageOf([node(1)], 'c1')),
      why: UNNAMED,
    },
    {
      rule: 'another page behind the second has no name',
      page: ({ body }: Question) => {
        const { after } = (body as { variables: { after: string | null } }).variables
        return graphqlOf(pageOf([node(1)], after === null ? 'c1' : null, true))
      },
      why: UNNAMED,
    },
    ...(['rejected', 'not-json', 'unexpected-shape'] as const).map(code => ({
      rule: code,
      page: new ForgeError(code, `it is ${code}`),
      why: `it is ${code}`,
    })),
  ])('$rule', async ({ page, why }) => {
    const { list, pace } = await listed(page)
    expect(list.pulls).toEqual([expected(9)])
    expect(list.untold).toBe(why)
    expect(pace).toEqual({ size: null, why })
  })

  it.each([
    { rule: 'of the repository', at: ['repository', 'pullRequests'] },
    { rule: 'of all of them', at: ['repository', 'pullRequests', 'nodes'] },
    { rule: 'of something beside them', at: ['repository', 'pullRequests', 'edges', 0] },
    { rule: 'of another list', at: ['repository', 'issues', 'nodes', 0] },
    { rule: 'of another part', at: ['viewer', 'pullRequests', 'nodes', 0] },
    { rule: 'of one without a number', at: ['repository', 'pullRequests', 'nodes', '0'] },
  ])('an error $rule may be about any, whatever the size', async ({ at }) => {
    const { list, sent, pace } = await listed(graphqlOf(pageOf([node(1)]), path(...at)))
    expect(variablesOf(sent).map(({ first }) => first)).toEqual([100, 50, 25, 10])
    expect(list.pulls).toEqual([expected(9)])
    expect(pace).toEqual({ size: null, why: `${WHAT}: it broke` })
  })

  it('from then on, and what pages have told is kept', async () => {
    const page = graphqlOf(pageOf([node(1)], 'c1'))
    const { list, pace, context, asked } = await listed(({ body }: Question) => {
      const { after } = (body as { variables: { after: string | null } }).variables
      return after === null ? page : new ForgeError('rejected', 'no such page')
    })
    expect([...list.previews.keys()]).toEqual([HEAD(1)])
    asked.length = 0
    const again = await listPulls(context, pace)
    expect([...again.previews.keys()]).toEqual([])
    expect(again.untold).toBe('no such page')
    expect(asked.map(one => one.split('?')[0])).toEqual(['GET /r/pulls'])
  })

  it.each(['forbidden', 'not-found', 'rate-limited', 'unauthorized', 'out-of-time'] as const)(
    'but not where it is %s: that is no trouble of GraphQL',
    async code => {
      await expect(listed(new ForgeError(code, `it is ${code}`))).rejects.toThrow(`it is ${code}`)
    },
  )
})

/** The preview of one head as this page tells of it. */
async function previewOn(nodes: readonly unknown[], rest: Told['rest'] = {}, ...errors: Fields[]) {
  const page = new Told(graphqlOf(pageOf(nodes), ...errors), rest)
  const { list, context } = await listed(page)
  const head = { sha: HEAD(1), pulls: [expected(1)] } as const
  return previewOf(context, head, list).evidence
}

describe('what a page tells of a head', () => {
  const NEWEST = (detail: string) => gap('the newest commit', 'incomplete', detail)
  const status = (change: Fields = {}) => ({
    context: {
      context: 'all-required',
      state: 'FAILURE',
      description: 'red',
      targetUrl: 'https://github.com/acme/widgets/actions/runs/5',
      createdAt: TIME,
      creator: { __typename: 'Bot', login: 'github-actions' },
      ...change,
    },
  })
  const withStatus = (change: Fields = {}) =>
    node(1, { commits: { nodes: [commitOf(1, { status: status(change) })] } })

  it('is what carries the name of the umbrella, and is no study', async () => {
    const checkSuites = suitesOf(suiteNode(3, 5, [checkNode(7, { name: 'all-required' })]))
    const seen = await previewOn([node(1, { commits: { nodes: [commitOf(1, { checkSuites })] } })])
    expect(seen).toMatchObject({
      kind: 'checks',
      sha: HEAD(1),
      pulls: [expected(1)],
      observedAt: NOW,
      latest: [],
      history: null,
      studied: false,
      required: [],
      gaps: [],
      suites: [{ id: 3, run: { id: 5 } }],
      checks: [{ id: 7, name: 'all-required', state: 'success' }],
    })
  })

  it.each([
    {
      rule: 'of Actions, by the run it links to',
      change: {},
      is: { creator: 'github-actions', description: 'red', author: { kind: 'actions', run: 5 } },
    },
    {
      rule: 'of a person',
      change: { creator: { __typename: 'User', login: 'github-actions' } },
      is: { creator: 'github-actions', author: { kind: 'foreign' } },
    },
    {
      rule: 'of nobody who is known, without a word or a link',
      change: { creator: null, description: null, targetUrl: null },
      is: { creator: null, description: '', targetUrl: '', author: { kind: 'foreign' } },
    },
  ])('is its status too: $rule', async ({ change, is }) => {
    const { latest } = await previewOn([withStatus(change)])
    expect(latest).toMatchObject([{ id: 0, context: 'all-required', state: 'failure' }])
    expect(latest).toMatchObject([{ createdAt: AT, ...is }])
  })

  it('is no status where there is none of that name', async () => {
    const none = node(1, { commits: { nodes: [commitOf(1, { status: { context: null } })] } })
    expect((await previewOn([none])).latest).toEqual([])
  })

  it('must have a time that can be read', async () => {
    const { list } = await listed(graphqlOf(pageOf([withStatus({ createdAt: 'soon' })])))
    expect(list.untold).toBe('a status: a time cannot be read')
  })

  it.each([
    { rule: 'no commits', commits: { nodes: null }, why: 'it was not given' },
    { rule: 'a commit that is withheld', commits: { nodes: [null] }, why: 'it was not given' },
    {
      rule: 'another commit',
      commits: { nodes: [commitOf(2)] },
      why: 'it is not the head of the pull request',
    },
  ])('is a gap where there is $rule', async ({ commits, why }) => {
    expect((await previewOn([node(1, { commits })])).gaps).toEqual([NEWEST(why)])
  })

  it('is that of the one commit that is given beside what is withheld', async () => {
    const seen = await previewOn([node(1, { commits: { nodes: [null, commitOf(1)] } })])
    expect(seen.gaps).toEqual([])
  })

  it('is the error about it, and about no other one', async () => {
    const error = { message: 'it broke', path: ['repository', 'pullRequests', 'nodes', 0, 'x'] }
    expect((await previewOn([node(1), node(2)], {}, error)).gaps).toEqual([NEWEST('it broke')])
    expect((await previewOn([node(2), node(1)], {}, error)).gaps).toEqual([])
  })

  it.each([
    { rule: 'the first', lost: 1 },
    { rule: 'the second', lost: 2 },
  ])('is a gap where $rule of two pull requests on it was not seen whole', async ({ lost }) => {
    const on = (number: number) =>
      node(number, {
        headRefOid: HEAD(1),
        commits: { nodes: number === lost ? [] : [commitOf(1)] },
      })
    expect((await previewOn([on(1), on(2)])).gaps).toEqual([NEWEST('it was not given')])
  })

  it('is told at no time where the server sent no clock', async () => {
    const { observedAt, gaps } = await previewOn([node(1)], { at: null })
    expect(observedAt).toBe(0)
    expect(gaps).toEqual([gap('clock', 'no-clock', 'the server sent no Date')])
  })
})

describe('a head that no page told of', () => {
  it.each([
    { untold: '', detail: 'no page told of it' },
    { untold: 'no time', detail: 'no page told of it: no time' },
  ])('says why ($untold)', ({ untold, detail }) => {
    const { context } = answeringGithub({})
    const head = { sha: SHA, pulls: [pull()] } as const
    const list = { pulls: [], previews: new Map(), untold }
    const { evidence, rows } = previewOf(context, head, list)
    expect(rows).toBeNull()
    expect(evidence).toMatchObject({
      gaps: [gap('the head', 'incomplete', detail)],
      suites: [],
      checks: [],
      latest: [],
      observedAt: 0,
    })
  })
})
