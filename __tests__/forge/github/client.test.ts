import { describe, expect, it } from '@jest/globals'
import type { Answer } from '../../../src/forge/answer.js'
import { hasNextPage } from '../../../src/forge/github/client.js'
import type { Scripted } from '../../support/scripted-github.js'
import { errorOf, ROOT, scriptedGithub } from '../../support/scripted-github.js'

const PULL = `${ROOT}/pulls/7`

describe('another page', () => {
  const next = '<https://api.github.com/x?page=2>; rel="next"'

  it.each<{ rule: string; link: string | string[] | undefined; is: boolean }>([
    { rule: 'follows where a link says so', link: next, is: true },
    {
      rule: 'follows where one of several links says so',
      link: ['<x>; rel="first"', next],
      is: true,
    },
    { rule: 'does not follow the last one', link: '<x>; rel="prev"', is: false },
    { rule: 'does not follow where there is no link', link: undefined, is: false },
  ])('$rule', ({ link, is }) => {
    const headers = link === undefined ? {} : ({ link } as Answer['headers'])
    expect(hasNextPage({ status: 200, headers, body: [], total: null, at: null })).toBe(is)
  })
})

/** What a refusal is, how often it was asked for, and what was waited between. */
async function refusedBy(answer: Scripted) {
  const { client, asked, slept } = scriptedGithub({ 'GET /pulls/7': answer })
  return { error: await errorOf(client.get(PULL)), tries: asked.length, slept }
}

describe('what GitHub refuses', () => {
  const LIMIT = { 'x-ratelimit-remaining': '0' }
  const limited = (status: number, said = '') => `rate-limited: GET ${PULL}: ${status}${said}`
  const once = { tries: 1, slept: [] }

  it.each<{ rule: string; answer: Scripted; told: object }>([
    {
      rule: 'a missing right, with the permission that it takes',
      answer: { status: 403, body: { message: 'Resource not accessible' } },
      told: {
        ...once,
        error:
          `forbidden: GET ${PULL}: 403 Resource not accessible` +
          ': the token needs "pull-requests: read"',
      },
    },
    {
      rule: 'a token that nobody knows, which needs no permission',
      answer: { status: 401, body: { message: 'Bad credentials' } },
      told: { ...once, error: `unauthorized: GET ${PULL}: 401 Bad credentials` },
    },
    {
      rule: 'an hour that is used up is not waited for',
      answer: { status: 403, headers: LIMIT },
      told: { ...once, error: limited(403) },
    },
    {
      rule: 'a minute is waited for, twice',
      answer: { status: 429, headers: { 'retry-after': '60' } },
      told: { error: limited(429), tries: 3, slept: [60_000, 60_000] },
    },
    {
      rule: 'more than a minute is not waited for',
      answer: { status: 403, headers: { 'retry-after': '61' } },
      told: { ...once, error: limited(403) },
    },
    {
      rule: 'a limit by its words alone',
      answer: { status: 403, body: { message: 'You triggered an abuse detection' } },
      told: { ...once, error: limited(403, ' You triggered an abuse detection') },
    },
    {
      rule: 'an invalid request is none, though it was the last one of this hour',
      answer: { status: 422, headers: LIMIT, body: { message: 'rate limit must be a number' } },
      told: { ...once, error: `rejected: GET ${PULL}: 422 rate limit must be a number` },
    },
    {
      rule: 'a server that is down is asked again, and is no limit',
      answer: { status: 500, headers: LIMIT, body: { message: 'Unicorn' } },
      told: { error: `server-error: GET ${PULL}: 500 Unicorn`, tries: 3, slept: [250, 500] },
    },
  ])('$rule', async ({ answer, told }) => {
    expect(await refusedBy(answer)).toEqual(told)
  })
})

describe('what is left of the limit', () => {
  const left = (remaining: string, resource?: string): Scripted => ({
    body: {},
    headers: {
      'x-ratelimit-remaining': remaining,
      ...(resource === undefined ? {} : { 'x-ratelimit-resource': resource }),
    },
  })

  it.each<{ rule: string; answer: Scripted; told: object }>([
    { rule: 'is not told', answer: { body: {} }, told: { rest: null, graphql: null } },
    { rule: 'of REST', answer: left('4999', 'core'), told: { rest: 4999, graphql: null } },
    { rule: 'of GraphQL', answer: left('12', 'graphql'), told: { rest: null, graphql: 12 } },
    { rule: 'without its kind is of REST', answer: left('0'), told: { rest: 0, graphql: null } },
    { rule: 'is no text before a number', answer: left('~7'), told: { rest: null, graphql: null } },
    { rule: 'is no text behind one', answer: left('7 or so'), told: { rest: null, graphql: null } },
  ])('$rule', async ({ answer, told }) => {
    const { client } = scriptedGithub({ 'GET /pulls/7': answer })
    await client.get(PULL)
    expect(client.remaining).toEqual(told)
  })
})

describe('a write', () => {
  const write = 'POST /statuses/abc'
  const path = `${ROOT}/statuses/abc`

  it('is not sent where a write before it met a limit, and says which', async () => {
    const { client, asked } = scriptedGithub({
      [write]: [
        { status: 429, headers: { 'retry-after': '1' } },
        { status: 201, body: {} },
      ],
    })
    const met = `rate-limited: POST ${path}: 429`
    expect(await errorOf(client.post(path, {}))).toBe(met)
    expect(await errorOf(client.post(`${ROOT}/x`, {}))).toBe(
      `rate-limited: POST ${ROOT}/x: not sent: POST ${path}: 429`,
    )
    expect(asked).toEqual([write])
  })

  it('is sent where a write before it was refused for another reason', async () => {
    const { client, asked } = scriptedGithub({
      [write]: [
        { status: 403, body: { message: 'no' } },
        { status: 201, body: { id: 1 } },
      ],
    })
    expect(await errorOf(client.post(path, {}))).toBe(
      `forbidden: POST ${path}: 403 no: the token needs "statuses: write"`,
    )
    expect((await client.post(path, {})).body).toEqual({ id: 1 })
    expect(asked).toEqual([write, write])
  })

  it.each([
    { said: 'This workflow is already running' },
    { said: 'The job cannot be retried' },
    { said: 'The run cannot be rerun' },
    { said: 'The run cannot be re-run' },
    { said: 'Unable to retry this run' },
    { said: 'it is TOO OLD' },
  ])('of a re-run may be refused for no missing right: $said', async ({ said }) => {
    const rerun = `${ROOT}/actions/jobs/9/rerun`
    const { client } = scriptedGithub({
      'POST /actions/jobs/9/rerun': { status: 403, body: { message: said } },
    })
    expect(await errorOf(client.post(rerun, null))).toBe(`rejected: POST ${rerun}: 403 ${said}`)
  })

  it('of something else is refused as it is, whatever the repository is called', async () => {
    const path = '/repos/actions/toolkit/issues/7/comments'
    const { client } = scriptedGithub({
      [`POST ${path}`]: { status: 403, body: { message: 'too old' } },
    })
    expect(await errorOf(client.post(path, {}))).toBe(`forbidden: POST ${path}: 403 too old`)
  })

  it.each([
    { what: 'of a re-run', at: '/actions/jobs/9/rerun', said: 'no', needs: 'actions: write' },
    { what: 'of a status', at: '/statuses/abc', said: 'too old', needs: 'statuses: write' },
  ])('$what that a right is missing for says so', async ({ at, said, needs }) => {
    const { client } = scriptedGithub({
      [`POST ${at}`]: { status: 403, body: { message: said } },
    })
    expect(await errorOf(client.post(`${ROOT}${at}`, null))).toBe(
      `forbidden: POST ${ROOT}${at}: 403 ${said}: the token needs "${needs}"`,
    )
  })

  it('may be answered by nothing', async () => {
    const nothing = { status: 201, headers: { 'content-type': '' } }
    const { client } = scriptedGithub({ [write]: nothing })
    expect((await client.post(path, null)).status).toBe(201)
  })
})

it('a client that is closed gives its connections back', () => {
  const { client, closed } = scriptedGithub({})
  expect(closed()).toBe(0)
  client.close()
  expect(closed()).toBe(1)
})
