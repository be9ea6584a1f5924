import { describe, expect, it } from '@jest/globals'
import type { AnswerRules } from '../../src/forge/answer.js'
import { acceptAnswer, codeOfStatus, openClock, readAnswer } from '../../src/forge/answer.js'
import type { RawAnswer } from '../../src/forge/exchange.js'
import { ForgeError } from '../../src/forge/port.js'
import { RetryableError } from '../../src/forge/retry.js'
import { NOW } from '../support/builders.js'

const JSON_TYPE = { 'content-type': 'application/json' }
const DATE = new Date(NOW).toUTCString()
const TOKEN = 'secret-token'

const raw = (
  status: number,
  text: string,
  headers: RawAnswer['headers'] = JSON_TYPE,
): RawAnswer => ({
  status,
  headers,
  bytes: Buffer.from(text),
})

/** Reads an answer as a forge that means nothing special by it. */
const reading = (change: Partial<AnswerRules> & { readonly absent?: boolean } = {}) => ({
  what: 'GET /x',
  absent: false,
  clock: openClock({ wallClock: () => NOW + 500, warn: () => undefined }),
  hide: (text: string) => text.replaceAll(TOKEN, '***'),
  mayBeEmpty: false,
  meaningOf: ({ status }: { readonly status: number }) => ({
    code: codeOfStatus(status),
    retry: status >= 500,
  }),
  ...change,
})

/** What is made of an answer: what it holds, or the error that it is. */
function madeOf(answer: RawAnswer, change: Parameters<typeof reading>[0] = {}): unknown {
  try {
    const { status, body, total, at } = readAnswer(acceptAnswer(answer, reading(change)))
    return { status, body, total, at }
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error
    const wait = error instanceof RetryableError ? [error.wait] : []
    return [error.code, error.message, ...wait]
  }
}

const NOT_FOLLOWED =
  'redirects are not followed: was the repository renamed, or is api-url not the API itself?'

describe('what a status means', () => {
  it.each([
    [199, 'rejected'],
    [299, 'rejected'],
    [300, 'redirected'],
    [399, 'redirected'],
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [499, 'rejected'],
    [500, 'server-error'],
  ] as const)('%d is %s', (status, code) => {
    expect(codeOfStatus(status)).toBe(code)
  })
})

describe('an answer', () => {
  const good = { status: 200, body: {}, total: null, at: null }
  it.each<{ rule: string; answer: RawAnswer; how?: Parameters<typeof reading>[0]; is: unknown }>([
    { rule: 'is read with its body', answer: raw(200, '{"a":1}'), is: { ...good, body: { a: 1 } } },
    {
      rule: 'tells its count and the earlier clock',
      answer: raw(201, '[]', { ...JSON_TYPE, date: DATE, 'x-total-count': '62' }),
      is: { status: 201, body: [], total: 62, at: NOW },
    },
    {
      rule: 'without a body is empty text',
      answer: raw(200, ''),
      is: { ...good, body: '' },
    },
    {
      rule: 'without a body and a type is one where that may be',
      answer: raw(204, '', {}),
      how: { mayBeEmpty: true },
      is: { ...good, status: 204, body: '' },
    },
    {
      rule: 'with a body and without a type is none, even there',
      answer: raw(200, 'x', {}),
      how: { mayBeEmpty: true },
      is: ['not-json', 'GET /x: the answer is nothing instead of JSON'],
    },
    {
      rule: 'without a type is none',
      answer: raw(200, '', {}),
      is: ['not-json', 'GET /x: the answer is nothing instead of JSON'],
    },
    {
      rule: 'of another type is none, and its type is told without the token',
      answer: raw(200, '{}', { 'content-type': `text/html; ${TOKEN}` }),
      is: ['not-json', 'GET /x: the answer is text/html; *** instead of JSON'],
    },
    {
      rule: 'that is cut is none',
      answer: raw(200, '{"a"'),
      is: ['not-json', 'GET /x: the answer is no JSON although it says so'],
    },
    {
      rule: 'of nothing found is one where that is asked',
      answer: raw(404, '404 page not found', { 'content-type': 'text/plain' }),
      how: { absent: true },
      is: { ...good, status: 404, body: '404 page not found' },
    },
    {
      rule: 'of nothing found is none where it is not asked',
      answer: raw(404, '{"message":"no such thing"}'),
      is: ['not-found', 'GET /x: 404 no such thing'],
    },
  ])('$rule', ({ answer, how, is }) => {
    expect(madeOf(answer, how)).toEqual(is)
  })
})

describe('a refusal', () => {
  it.each<{ rule: string; answer: RawAnswer; is: unknown }>([
    {
      rule: 'says what the server says, without the token',
      answer: raw(401, `{"message":"no ${TOKEN}"}`),
      is: ['unauthorized', 'GET /x: 401 no ***'],
    },
    {
      rule: 'may be a text in JSON',
      answer: raw(403, '"no"'),
      is: ['forbidden', 'GET /x: 403 no'],
    },
    ...[
      { rule: 'without a message', answer: raw(403, '{}') },
      { rule: 'whose message is no text', answer: raw(403, '{"message":5}') },
      { rule: 'that is null', answer: raw(403, 'null') },
      { rule: 'that is a number', answer: raw(403, '5') },
      { rule: 'that is broken', answer: raw(403, '{"message":"no"') },
      { rule: 'of a proxy', answer: raw(403, '<html>', { 'content-type': 'text/html' }) },
      { rule: 'without a type', answer: raw(403, '{"message":"no"}', {}) },
    ].map(({ rule, answer }) => ({
      rule: `${rule} says nothing but its status`,
      answer,
      is: ['forbidden', 'GET /x: 403'],
    })),
    {
      rule: 'to another address says what to look at',
      answer: raw(301, '{"message":"moved"}'),
      is: ['redirected', `GET /x: 301 ${NOT_FOLLOWED}`],
    },
    {
      rule: 'that may be tried again says after how long',
      answer: raw(503, '{}', { ...JSON_TYPE, 'retry-after': '7' }),
      is: ['server-error', 'GET /x: 503', 7000],
    },
    {
      rule: "that names a date is waited for by the server's own clock",
      answer: raw(503, '{}', {
        ...JSON_TYPE,
        date: DATE,
        'retry-after': new Date(NOW + 9000).toUTCString(),
      }),
      is: ['server-error', 'GET /x: 503', 9000],
    },
  ])('$rule', ({ answer, is }) => {
    expect(madeOf(answer)).toEqual(is)
  })

  it('is told to the forge with all that it says', () => {
    const seen: unknown[] = []
    const meaningOf: AnswerRules['meaningOf'] = refusal => {
      seen.push(refusal)
      return { code: 'rejected', retry: false, hint: '; ask an admin' }
    }
    const answer = raw(422, '{"message":"bad"}', { ...JSON_TYPE, 'retry-after': '2' })
    expect(madeOf(answer, { meaningOf })).toEqual(['rejected', 'GET /x: 422 bad; ask an admin'])
    const { status, headers } = answer
    expect(seen).toEqual([
      { status, headers, body: 'json', message: 'bad', wait: 2000, what: 'GET /x' },
    ])
  })
})
