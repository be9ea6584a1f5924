import type { Answer, AnswerRules, RefusedAnswer } from '../answer.js'
import { codeOfStatus } from '../answer.js'
import type { ExchangeOptions, Exchanges, RawAnswer } from '../exchange.js'
import { openExchanges } from '../exchange.js'
import type { Http } from '../http.js'
import { openHttp } from '../http.js'
import { ForgeError } from '../port.js'
import type { OpenOptions } from '../registry.js'
import { permissionOfCall } from './permissions.js'

/** How many requests the token may still send before GitHub refuses them; `null`: not told. */
interface Remaining {
  rest: number | null
  graphql: number | null
}

/** GitHub's REST API, and its GraphQL API beside it. */
export interface Client extends Http {
  /** Sent once, and never after a write that met a limit: whoever goes on is limited for longer. */
  post: Http['post']
  /** Where the GraphQL API is, from the root of the server on. */
  readonly graphqlPath: string
  readonly remaining: Remaining
}

/** The version of the REST API this is written for (docs/github-facts.md, 2). */
const HEADERS = { 'x-github-api-version': '2022-11-28' }

/** Where the GraphQL API of this REST API is: beside it on Enterprise, below it on github.com. */
const graphqlUrl = (apiUrl: string): string => `${apiUrl.replace(/\/api\/v3$/, '/api')}/graphql`

/** Does the server name another page? Its link is not followed, only counted with. */
export const hasNextPage = ({ headers }: Answer): boolean =>
  /rel="next"/.test([headers['link']].flat().join())

/** How GitHub says that a limit is met, where nothing else does. */
export const LIMIT_MESSAGE = /rate limit|abuse detection/i

/**
 * A rate limit comes as 403 too, and is no missing right: by what is left, by `Retry-After`, or by
 * the message (docs/github-facts.md, 4).
 */
const isRateLimit = ({ status, headers, message }: RefusedAnswer): boolean =>
  status === 429 ||
  (status === 403 &&
    (headers['x-ratelimit-remaining'] === '0' ||
      headers['retry-after'] !== undefined ||
      LIMIT_MESSAGE.test(message)))

/**
 * GitHub says no to a re-run with 403 in two ways that are no missing right (docs/github-facts.md,
 * 2).
 */
const isRerunRefused = ({ what, message }: RefusedAnswer): boolean =>
  /^POST \S*\/actions\/(?:jobs|runs)\/\d+\/rerun\b/.test(what) &&
  /already running|cannot be (?:retried|rerun|re-run)|unable to retry|too old/i.test(message)

/** The longest wait for a limit that a sweep sits out (milliseconds). */
export const LONGEST_WAIT = 60_000

/** What GitHub means by its answers. To a re-run it may answer 201 and nothing. */
const GITHUB_ANSWERS: AnswerRules = {
  mayBeEmpty: true,
  meaningOf: refusal => {
    // Without a time to wait for, an hour's limit is used up: waiting within a sweep is no use.
    if (isRateLimit(refusal))
      return {
        code: 'rate-limited',
        retry: refusal.wait !== null && refusal.wait <= LONGEST_WAIT,
      }
    if (refusal.status === 403 && isRerunRefused(refusal)) return { code: 'rejected', retry: false }
    const code = codeOfStatus(refusal.status)
    const hint = code === 'forbidden' ? permissionOfCall(refusal.what) : ''
    return { code, retry: code === 'server-error', hint }
  },
}

function note(remaining: Remaining, { headers }: RawAnswer): void {
  const left = headers['x-ratelimit-remaining']
  if (typeof left !== 'string' || !/^\d{1,9}$/.test(left)) return
  const graphql = headers['x-ratelimit-resource'] === 'graphql'
  remaining[graphql ? 'graphql' : 'rest'] = Number(left)
}

/** What requests are sent by: over a network, if nothing else is given. */
export type ExchangesTo = (
  options: ExchangeOptions,
  headers: Readonly<Record<string, string>>,
) => Exchanges

export function openClient(
  { place, ...options }: OpenOptions,
  exchangesTo: ExchangesTo = openExchanges,
): Client {
  const to = { ...options, apiUrl: place.apiUrl }
  const remaining: Remaining = { rest: null, graphql: null }
  const exchanges = exchangesTo(to, HEADERS)
  const noting: Exchanges = {
    close: () => {
      exchanges.close()
    },
    send: async (method, path, body) => {
      const raw = await exchanges.send(method, path, body)
      note(remaining, raw)
      return raw
    },
  }
  const http = openHttp(to, noting, GITHUB_ANSWERS)
  /** What the first write that met a limit was told. */
  let limit: string | null = null
  return {
    ...http,
    remaining,
    graphqlPath: new URL(graphqlUrl(place.apiUrl)).pathname,
    post: async (path, body) => {
      if (limit !== null) throw new ForgeError('rate-limited', `POST ${path}: not sent: ${limit}`)
      try {
        return await http.post(path, body)
      } catch (error) {
        if (error instanceof ForgeError && error.code === 'rate-limited') limit = error.message
        throw error
      }
    },
  }
}
