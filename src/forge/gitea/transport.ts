import { HttpClient } from '@actions/http-client'
import { ForgeError } from '../port.js'
import type { Answer, Raw } from './answer.js'
import { answerOf, readBody } from './answer.js'
import { codeOfFailure, explainFailure, proxyOf } from '../network.js'
import { bounded, Busy, openTurns, retried, TIMEOUT } from '../tries.js'

export type Query = Readonly<Record<string, string | number>>

/**
 * Requests to one API origin. The token goes nowhere else: no redirect is followed and no link of
 * an answer is used.
 */
export interface Transport {
  /** Retried at most twice. A 404 is an answer; every other failure throws `ForgeError`. */
  get(path: string, query?: Query): Promise<Answer>
  /** Sent once, never again. */
  post(path: string, body: object | null): Promise<Answer>
  /** Requests sent so far, retries included. */
  requests(): number
  close(): void
}

export interface TransportOptions {
  readonly apiUrl: string
  readonly token: string
  readonly userAgent: string
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  /** 0 to 1; spreads retries. */
  readonly random: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** One deadline for all requests of a sweep, in milliseconds from the opening. */
  readonly budget: number
  readonly concurrency: number
}

/** What is shorter than this is no secret, and hiding it would only spoil words. */
const SHORTEST_SECRET = 4

type Method = 'GET' | 'POST'

/** What went wrong on the way, as an error worth another try. */
function busyOf(error: unknown, what: string, apiUrl: string): Busy {
  if (error instanceof ForgeError) return new Busy(error.code, `${what}: ${error.message}`, null)
  const said = explainFailure(codeOfFailure(error), apiUrl, proxyOf(apiUrl))
  return new Busy('unreachable', `${what}: ${said}`, null)
}

/** One request over the wire, with the token for the API origin alone. */
async function exchange(
  client: HttpClient,
  { apiUrl, token }: TransportOptions,
  method: Method,
  { path, body }: { readonly path: string; readonly body: object | null },
): Promise<Raw> {
  const headers = {
    accept: 'application/json',
    authorization: `token ${token}`,
    ...(body === null ? {} : { 'content-type': 'application/json' }),
  }
  const text = body === null ? '' : JSON.stringify(body)
  const { message } = await client.request(method, `${apiUrl}${path}`, text, headers)
  const status = message.statusCode ?? 0
  const said = await readBody(message)
  return { status, headers: message.headers, text: status < 300 ? said : withoutToken(said, token) }
}

/**
 * A refusal without the token that it repeats: Forgejo 15 answers 401 with `access token does not
 * exist [sha: <the token>]`, and people put what an error says into logs (docs/forge-facts.md, 11).
 */
const withoutToken = (text: string, token: string): string =>
  token.length < SHORTEST_SECRET ? text : text.replaceAll(token, '(hidden)')

function addressOf(path: string, query: Query): string {
  const parameters = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return parameters === '' ? path : `${path}?${parameters}`
}

export function openTransport(options: TransportOptions): Transport {
  const client = new HttpClient(options.userAgent, [], {
    keepAlive: true,
    allowRedirects: false,
    allowRetries: false,
    socketTimeout: TIMEOUT,
    maxSockets: options.concurrency,
  })
  const ends = options.now() + options.budget
  const turns = openTurns(options.concurrency)
  let sent = 0

  async function once(method: Method, path: string, body: object | null): Promise<Answer> {
    if (options.now() >= ends)
      throw new ForgeError('out-of-time', 'the time of this sweep is used up')
    const what = `${method} ${path.split('?')[0] ?? path}`
    sent += 1
    const raw = await bounded(exchange(client, options, method, { path, body })).catch(
      (error: unknown) => {
        throw busyOf(error, what, options.apiUrl)
      },
    )
    if (raw.status === 429 || raw.status === 503) turns.slow()
    return answerOf(raw, what, method === 'GET')
  }

  return {
    requests: () => sent,
    close: () => {
      client.dispose()
    },
    post: (path, body) => once('POST', path, body),
    get: (path, query = {}) => {
      const address = addressOf(path, query)
      return turns.take(() => retried(options, ends, () => once('GET', address, null)))
    },
  }
}
