import { describe, expect, it } from '@jest/globals'
import type { Answer } from '../../../src/forge/answer.js'
import { askGraphql, graphqlData, tooLarge } from '../../../src/forge/github/graphql.js'
import type { ForgeErrorCode } from '../../../src/forge/port.js'
import { ForgeError } from '../../../src/forge/port.js'
import { NOW } from '../../support/builders.js'
import type { Scripted } from '../../support/scripted-github.js'
import { errorOf, graphql, scriptedGithub } from '../../support/scripted-github.js'

const REPOSITORY = { c0: { oid: 'a' } }
const SUITES = ['repository', 'c0', 'checkSuites']

const asBody = ({ body }: Answer): unknown => body

const ask = (answer: Scripted) => {
  const { client, asked } = scriptedGithub({ 'POST /graphql': answer })
  return { asked, data: graphqlData(client, 'query x', { owner: 'acme' }) }
}

describe('an answer of GraphQL', () => {
  it('is what stands under the repository, with its time', async () => {
    const { data, asked } = ask(graphql(REPOSITORY))
    expect(await data).toEqual({ data: REPOSITORY, at: NOW, errors: [] })
    expect(asked).toHaveLength(1)
  })

  it.each<{ rule: string; error: object; told: object }>([
    {
      rule: 'one that may be gone at the next try',
      error: { message: 'Something went wrong', path: SUITES },
      told: { message: 'Something went wrong', isSure: false },
    },
    {
      rule: 'one of a type that nobody knows',
      error: { message: 'no', type: 'NOVEL', path: SUITES },
      told: { message: 'no', isSure: false },
    },
    {
      rule: 'a missing right, with the permission that it takes',
      error: { message: 'no', type: 'FORBIDDEN', path: SUITES },
      told: { message: 'no: the token needs "checks: read"', isSure: true },
    },
    {
      rule: 'a missing scope, with the permission that it takes',
      error: { message: 'no', type: 'INSUFFICIENT_SCOPES', path: SUITES },
      told: { message: 'no: the token needs "checks: read"', isSure: true },
    },
    {
      rule: 'what is not there, which no permission helps',
      error: { message: 'no commit', type: 'NOT_FOUND', path: SUITES },
      told: { message: 'no commit', isSure: true },
    },
    {
      rule: 'one that repeats the token, without it',
      error: { message: 'no secret\nhere', path: SUITES },
      told: { message: 'no (hidden) here', isSure: false },
    },
  ])('keeps its data beside an error about a part of it: $rule', async ({ error, told }) => {
    expect(await ask(graphql(REPOSITORY, [error])).data).toEqual({
      data: REPOSITORY,
      at: NOW,
      errors: [{ ...told, path: SUITES }],
    })
  })
})

describe('an answer of GraphQL that is none', () => {
  const TWICE = 3

  it.each<{ rule: string; answer: Scripted; why: string; tries?: number }>([
    {
      rule: 'without a repository or an error',
      answer: graphql(null),
      why: 'server-error: POST /graphql: no repository was given',
      tries: TWICE,
    },
    {
      rule: 'without any data',
      answer: { body: { data: null } },
      why: 'server-error: POST /graphql: no repository was given',
      tries: TWICE,
    },
    {
      rule: 'that broke off at its root, and says nothing of data',
      answer: { body: { errors: [{ message: 'Something went wrong' }] } },
      why: 'server-error: POST /graphql: Something went wrong',
      tries: TWICE,
    },
    {
      rule: 'to a query that does not fit the schema, which has no data either',
      answer: {
        body: { errors: [{ message: 'no such field', extensions: { code: 'undefinedField' } }] },
      },
      why: 'rejected: POST /graphql: no such field',
    },
    {
      rule: 'with an error about all of it beside its data',
      answer: graphql(REPOSITORY, [
        { message: 'a part', path: SUITES },
        { message: 'timed out', path: [] },
      ]),
      why: 'server-error: POST /graphql: timed out',
      tries: TWICE,
    },
    {
      rule: 'with an error that names no place',
      answer: graphql(REPOSITORY, [{ message: 'timed out secret' }]),
      why: 'server-error: POST /graphql: timed out (hidden)',
      tries: TWICE,
    },
    {
      rule: 'that took too much is cut off anywhere',
      answer: graphql(REPOSITORY, [
        { message: 'too much', type: 'RESOURCE_LIMITS_EXCEEDED', path: SUITES },
      ]),
      why: 'server-error: POST /graphql: too much',
      tries: TWICE,
    },
    {
      rule: 'of a repository that is not there',
      answer: graphql(null, [{ message: 'not here', type: 'NOT_FOUND', path: ['repository'] }]),
      why: 'not-found: POST /graphql: not here',
    },
    {
      rule: 'for a missing right, with the permission that it takes',
      answer: graphql(null, [
        { message: 'no', type: 'FORBIDDEN', path: ['repository', 'pullRequests'] },
      ]),
      why: 'forbidden: POST /graphql: no: the token needs "pull-requests: read"',
    },
    {
      rule: 'by an error about all of it, whose own reason counts and not that of another',
      answer: graphql(null, [
        { message: 'gone', type: 'NOT_FOUND', path: ['repository'] },
        { message: 'no', type: 'FORBIDDEN' },
      ]),
      why: 'forbidden: POST /graphql: no',
    },
    {
      rule: 'for a missing right of which no place is told',
      answer: graphql(null, [{ message: 'no', type: 'FORBIDDEN' }]),
      why: 'forbidden: POST /graphql: no',
    },
    {
      rule: 'of a pull request that is not there, which no permission helps',
      answer: graphql(null, [
        { message: 'gone', type: 'NOT_FOUND', path: ['repository', 'pullRequests'] },
      ]),
      why: 'not-found: POST /graphql: gone',
    },
    {
      rule: 'for one sure reason and one that may be gone at the next try',
      answer: graphql(null, [
        { message: 'not here', type: 'NOT_FOUND', path: ['repository'] },
        { message: 'something else', path: ['repository'] },
      ]),
      why: 'server-error: POST /graphql: not here',
      tries: TWICE,
    },
    {
      rule: 'to a query that an older server does not know',
      answer: {
        body: {
          data: null,
          errors: [
            { message: 'no field x', path: ['query'], extensions: { code: 'undefinedField' } },
            { message: 'and so on', path: ['query'], extensions: { code: 7 } },
            { message: 'and on', path: ['query'] },
          ],
        },
      },
      why: 'rejected: POST /graphql: no field x',
    },
    {
      rule: 'with errors that are a word',
      answer: { body: { data: {}, errors: 'no' } },
      why:
        'unexpected-shape: POST /graphql: ' +
        'errors Invalid input: expected array, received string',
    },
  ])('$rule', async ({ answer, why, tries = 1 }) => {
    const { data, asked } = ask(answer)
    expect(await errorOf(data)).toBe(why)
    expect(asked).toHaveLength(tries)
  })
})

describe('a query that may have been too large', () => {
  it.each<{ code: ForgeErrorCode; is: boolean }>([
    { code: 'server-error', is: true },
    { code: 'timeout', is: true },
    { code: 'rate-limited', is: false },
    { code: 'not-found', is: false },
  ])('$code: $is', ({ code, is }) => {
    expect(tooLarge(new ForgeError(code, 'no'))).toBe(is)
  })
})

describe('where GraphQL is asked', () => {
  it.each([
    { apiUrl: 'https://api.github.com', path: '/graphql' },
    { apiUrl: 'https://ghes.example.org/api/v3', path: '/api/graphql' },
    { apiUrl: 'https://proxy.example.org/api/v3/github', path: '/api/v3/github/graphql' },
  ])('of $apiUrl', async ({ apiUrl, path }) => {
    const { client, asked, posted } = scriptedGithub({ [`POST ${path}`]: { body: {} } }, apiUrl)
    expect(await askGraphql(client, 'query x', { number: 7 }, asBody)).toEqual({})
    expect(asked).toEqual([`POST ${path}`])
    expect(posted).toEqual([{ query: 'query x', variables: { number: 7 } }])
  })
})

describe('a limit in a good answer of GraphQL', () => {
  const USED_UP = 'rate-limited: POST /graphql: the rate limit is used up'
  const told = (error: object, headers: Readonly<Record<string, string>> = {}): Scripted => ({
    body: { data: null, errors: [{ message: 'no' }, error] },
    headers,
  })
  const secondary = { message: 'You have exceeded a secondary rate limit.' }

  it.each<{ rule: string; answer: Scripted; tries: number; slept: readonly number[] }>([
    { rule: 'by its type', answer: told({ type: 'RATE_LIMITED' }), tries: 1, slept: [] },
    { rule: 'by its words where it has no type', answer: told(secondary), tries: 1, slept: [] },
    {
      rule: 'that lasts for a minute is waited for',
      answer: told(secondary, { 'retry-after': '60' }),
      tries: 3,
      slept: [60_000, 60_000],
    },
    {
      rule: 'that lasts for longer is not waited for',
      answer: told(secondary, { 'retry-after': '61' }),
      tries: 1,
      slept: [],
    },
  ])('$rule', async ({ answer, tries, slept }) => {
    const scene = scriptedGithub({ 'POST /graphql': answer })
    expect(await errorOf(askGraphql(scene.client, 'query x', {}, asBody))).toBe(USED_UP)
    expect(scene.asked).toHaveLength(tries)
    expect(scene.slept).toEqual(slept)
  })

  it.each<{ rule: string; error: object }>([
    { rule: 'of another type', error: { type: 'FORBIDDEN', message: 'no rate limit for you' } },
    { rule: 'without type and words', error: {} },
    { rule: 'of other words', error: { message: 'Something went wrong' } },
  ])('is none: an error $rule', async ({ error }) => {
    const { client } = scriptedGithub({ 'POST /graphql': told(error) })
    expect(await askGraphql(client, 'query x', {}, asBody)).toEqual({
      data: null,
      errors: [{ message: 'no' }, error],
    })
  })

  it('that goes by is an answer in the end', async () => {
    const { client, slept } = scriptedGithub({
      'POST /graphql': [told(secondary, { 'retry-after': '1' }), { body: { data: {} } }],
    })
    expect(await askGraphql(client, 'query x', {}, asBody)).toEqual({ data: {} })
    expect(slept).toEqual([1_000])
  })
})
