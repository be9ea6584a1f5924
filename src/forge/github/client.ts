import type { getOctokit } from '@actions/github'
import { HttpClient } from '@actions/http-client'
import { z } from 'zod'
import type { Instant } from '../../core/model/time.js'
import { hiding } from '../../shown/secrets.js'
import type { SweepClock } from '../clock.js'
import { openClock } from '../clock.js'
import { codeOfFailure, explainFailure, proxyOf } from '../network.js'
import type { ForgeErrorCode } from '../port.js'
import { ForgeError } from '../port.js'
import type { OpenOptions } from '../registry.js'
import { Busy, checkTime, excerpt, openTurns, retried, retryAfter, TIMEOUT } from '../tries.js'

type Octokit = ReturnType<typeof getOctokit>

/** One answer of GitHub, and when it came. */
export interface Answer {
  readonly status: number
  /** By the earlier of the server's clock and the runner's; `null` without a `Date`. */
  readonly at: Instant | null
  readonly body: unknown
  /** Is there another page? */
  readonly more: boolean
  /** What an Enterprise server says it is; `null` on github.com. */
  readonly version: string | null
}

export type Parameters = Readonly<Record<string, string | number | null>>

/** How many requests the token may still send before GitHub refuses them; `null`: not told. */
export interface Remaining {
  rest: number | null
  graphql: number | null
}

/**
 * Requests to one API origin by Octokit. No redirect is followed and no link of an answer is used:
 * the token goes nowhere else.
 */
export interface Client {
  /** Retried at most twice. A 404 is an answer; every other failure throws `ForgeError`. */
  get(path: string, query?: Parameters): Promise<Answer>
  /** Sent once, never again. */
  post(path: string, body: object): Promise<Answer>
  /** A query of the GraphQL API; as a read, it may be sent again. */
  graphql(query: string, variables: object): Promise<Answer>
  /** What the server says, without the token that it may repeat. */
  hide(said: string): string
  readonly remaining: Remaining
  requests(): number
}

/** The version of the REST API this is written for (docs/github-facts.md, 2). */
const API_VERSION = '2022-11-28'

const headerOf = (headers: unknown, name: string): string | undefined => {
  if (typeof headers !== 'object' || headers === null) return undefined
  const value: unknown = (headers as Record<string, unknown>)[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** Where the GraphQL API of this REST API is: beside it on Enterprise, below it on github.com. */
export const graphqlUrl = (apiUrl: string): string =>
  `${apiUrl.replace(/\/api\/v3$/, '/api')}/graphql`

/**
 * A rate limit comes as 403 too, and is no missing right: by what is left, by `Retry-After`, or by
 * the message (docs/github-facts.md, 4).
 */
function codeOf(status: number, headers: unknown, message: string): ForgeErrorCode {
  const limited =
    status === 429 ||
    (status === 403 &&
      (headerOf(headers, 'x-ratelimit-remaining') === '0' ||
        headerOf(headers, 'retry-after') !== undefined ||
        /rate limit|abuse detection/i.test(message)))
  if (limited) return 'rate-limited'
  if (status >= 500) return 'server-error'
  if (status >= 300 && status < 400) return 'redirected'
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  return status === 404 ? 'not-found' : 'rejected'
}

/** The longest wait for a limit that a sweep sits out (milliseconds). */
const LONGEST_WAIT = 60_000

interface Failure {
  readonly status?: unknown
  readonly message?: unknown
  readonly name?: unknown
  readonly response?: { readonly headers?: unknown; readonly data?: unknown }
}

/** Undici says "unexpected redirect" in the cause of its error. */
function causeOf(error: unknown): string {
  const { cause } = error as { readonly cause?: Failure | null }
  if (typeof cause !== 'object' || cause === null) return ''
  return `${typeof cause.message === 'string' ? cause.message : ''} ${causeOf(cause)}`
}

/** What an error is told with: the request, the API, and how its token is hidden. */
interface Asked {
  readonly what: string
  readonly apiUrl: string
  readonly hide: Client['hide']
}

/** What a failed request of Octokit means. Without an answer its status is a made-up 500. */
function failureOf(error: unknown, { what, apiUrl, hide }: Asked): Error {
  if (error instanceof ForgeError) return error
  const { status, message, name, response } = error as Failure
  const said = typeof message === 'string' ? message : ''
  if (name === 'TimeoutError' || name === 'AbortError')
    return new Busy('timeout', `${what}: no answer within ${TIMEOUT / 1000}s`, null)
  if (response === undefined || typeof status !== 'number') {
    if (/redirect/i.test(`${said} ${causeOf(error)}`))
      return new ForgeError('redirected', `${what}: redirects are not followed`)
    const why = explainFailure(codeOfFailure(error), apiUrl, proxyOf(apiUrl))
    return new Busy('unreachable', `${what}: ${why}`, null)
  }
  const { headers, data } = response
  const told: unknown =
    typeof data === 'object' && data !== null && 'message' in data ? data.message : ''
  const text = typeof told === 'string' ? excerpt(hide(told)) : ''
  const code = codeOf(status, headers, text)
  const line = `${what}: ${status}${text === '' ? '' : ` ${text}`}`
  const wait = retryAfter(headerOf(headers, 'retry-after'), null)
  if (code === 'server-error') return new Busy(code, line, wait)
  // Without a time to wait for, an hour's limit is used up: waiting within a sweep is no use.
  return code === 'rate-limited' && wait !== null && wait <= LONGEST_WAIT
    ? new Busy(code, line, wait)
    : new ForgeError(code, line)
}

function note(remaining: Remaining, headers: unknown): void {
  const left = headerOf(headers, 'x-ratelimit-remaining')
  if (left === undefined || !/^\d{1,9}$/.test(left)) return
  const graphql = headerOf(headers, 'x-ratelimit-resource') === 'graphql'
  remaining[graphql ? 'graphql' : 'rest'] = Number(left)
}

/** A fetch for the way to this API. */
export type FetchTo = (apiUrl: string) => Promise<typeof fetch>

/**
 * A fetch through the proxy that the environment asks for on the way to this server. The library's
 * own one asks about the way to github.com, whatever server is meant.
 */
async function fetchBy(apiUrl: string): Promise<typeof fetch> {
  const undici = await import('undici')
  const proxy = new HttpClient().getAgentDispatcher(apiUrl)
  const by = proxy === undefined ? {} : { dispatcher: proxy }
  const wrapped = (url: string, init: object) => undici.fetch(url, { ...init, ...by })
  return wrapped as unknown as typeof fetch
}

const nothing = (): void => undefined

/** The library would print what a server says of an address that is out of use. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

/** Opens a client over any `fetch`; Octokit is loaded only here, where the server is GitHub. */
export async function openClient(options: OpenOptions, fetchTo = fetchBy): Promise<Client> {
  const { getOctokit: open } = await import('@actions/github')
  const { apiUrl } = options.place
  const hide = hiding([options.token])
  const octokit: Octokit = open(options.token, {
    baseUrl: apiUrl,
    userAgent: options.userAgent,
    log: SILENT,
    request: { redirect: 'error', fetch: await fetchTo(apiUrl) },
  })
  const ends = options.now() + options.budget
  const turns = openTurns(options.concurrency)
  const clock = openClock(options)
  const remaining: Remaining = { rest: null, graphql: null }
  let sent = 0

  async function once(method: string, url: string, fields: object): Promise<Answer> {
    checkTime(options, ends)
    const path = url.startsWith('http') ? '/graphql' : url
    const what = `${method} ${path}`
    sent += 1
    try {
      const answer = await octokit.request({
        ...{ method: method as 'GET', url, ...fields },
        headers: { 'x-github-api-version': API_VERSION },
        request: { signal: AbortSignal.timeout(TIMEOUT) },
      })
      const { status, headers } = answer
      const data: unknown = answer.data
      note(remaining, headers)
      return answerOf({ status, headers, data, what, clock })
    } catch (error) {
      const { response, status } = error as Failure
      if (status === 429 || status === 503) turns.slow()
      note(remaining, response?.headers)
      if (status === 404 && response !== undefined && method === 'GET')
        return { status: 404, at: null, body: null, more: false, version: null }
      throw failureOf(error, { what, apiUrl, hide })
    }
  }

  return {
    remaining,
    hide,
    requests: () => sent,
    post: (path, body) => once('POST', path, body),
    get: (path, query = {}) =>
      turns.take(() => retried(options, ends, () => once('GET', path, query))),
    graphql: (query, variables) =>
      turns.take(() =>
        retried(options, ends, async () => {
          const answer = await once('POST', graphqlUrl(apiUrl), { query, variables })
          refuseLimited(answer)
          return answer
        }),
      ),
  }
}

function answerOf(got: {
  readonly status: number
  readonly headers: unknown
  readonly data: unknown
  readonly what: string
  readonly clock: SweepClock
}): Answer {
  const { status, headers, data, what, clock } = got
  // Octokit gives what is no JSON as a text.
  if (typeof data === 'string' && data !== '')
    throw new ForgeError('not-json', `${what}: the answer is no JSON`)
  return {
    status,
    body: data,
    at: clock.at(headerOf(headers, 'date')),
    more: /rel="next"/.test(headerOf(headers, 'link') ?? ''),
    version: headerOf(headers, 'x-github-enterprise-version') ?? null,
  }
}

const Limited = z.object({ errors: z.array(z.object({ type: z.string().optional() })) })

/** GraphQL says 200 where a limit is used up, and tells it in the answer. */
function refuseLimited({ body }: Answer): void {
  const { data } = Limited.safeParse(body)
  if (data?.errors.some(({ type }) => type === 'RATE_LIMITED') === true)
    throw new ForgeError('rate-limited', 'POST /graphql: the rate limit is used up')
}
