import { hiding } from '../shown/secrets.js'
import type { AcceptedAnswer, Answer, AnswerRules, RunnerClock } from './answer.js'
import { acceptAnswer, openClock, readAnswer } from './answer.js'
import type { ExchangeOptions, Exchanges, Method } from './exchange.js'
import { codeOfFailure, explainFailure, proxyOf } from './network.js'
import { ForgeError } from './port.js'
import type { Lasting } from './retry.js'
import { openRequests, RetryableError } from './retry.js'

export type Query = Readonly<Record<string, string | number>>

/**
 * Requests to one API origin. The token goes nowhere else: no redirect is followed and no link of
 * an answer is used. Every failure throws `ForgeError`.
 */
export interface Http {
  /** Retried at most twice. `path` is below the API, and encoded. */
  get(path: string, query?: Query): Promise<Answer>
  /** The same where a 404 is an answer: its status tells. */
  find(path: string, query?: Query): Promise<Answer>
  /** Sent once, never again. */
  post(path: string, body: object | null): Promise<Answer>
  /**
   * A question that is put by POST, and retried as any other. `address` is the path from the root
   * of the server on, `what` its name in an error. `read` throws where a good answer is none.
   */
  ask<T>(address: string, what: string, body: object, read: (answer: Answer) => T): Promise<T>
  /** What the server says, without the token that it may repeat. */
  hide(said: string): string
  /** Requests sent so far, retries included. */
  requests(): number
  close(): void
}

export interface HttpOptions extends ExchangeOptions, RunnerClock, Lasting {
  /** 0 to 1; spreads retries. */
  readonly random: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** One deadline for all requests of a sweep, in milliseconds from the opening. */
  readonly budget: number
}

interface Request {
  readonly method: Method
  /** Of the whole address, with its query. */
  readonly path: string
  readonly body: object | null
  /** As an error names it. */
  readonly what: string
  /** Is a 404 an answer? */
  readonly absent: boolean
}

/** Why no answer came. What a connection does may be gone at the next try. */
function lostAnswer(error: unknown, what: string, apiUrl: string): ForgeError {
  if (!(error instanceof ForgeError)) {
    const said = explainFailure(codeOfFailure(error), apiUrl, proxyOf(apiUrl))
    return new RetryableError('unreachable', `${what}: ${said}`, null)
  }
  const { code, message } = error
  return code === 'unreachable' || code === 'timeout'
    ? new RetryableError(code, `${what}: ${message}`, null)
    : new ForgeError(code, `${what}: ${message}`)
}

function addressOf(path: string, query: Query): string {
  const parameters = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return parameters === '' ? path : `${path}?${parameters}`
}

const readRequest = (root: string, path: string, query: Query): Request => ({
  method: 'GET',
  path: addressOf(`${root}${path}`, query),
  body: null,
  what: `GET ${path}`,
  absent: true,
})

const posting = (path: string, what: string, body: object | null): Request => ({
  method: 'POST',
  path,
  body,
  what: `POST ${what}`,
  absent: false,
})

/** The one way to speak to a server, whatever family it is of. */
export function openHttp(options: HttpOptions, exchanges: Exchanges, rules: AnswerRules): Http {
  const { apiUrl, token, budget, now } = options
  const root = new URL(apiUrl).pathname.replace(/\/$/, '')
  const requests = openRequests(options, now() + budget)
  const clock = openClock(options)
  const hide = hiding([token])
  let sent = 0

  async function send(request: Request): Promise<AcceptedAnswer> {
    const { method, path, body, what, absent } = request
    sent += 1
    const raw = await exchanges.send(method, path, body).catch((error: unknown) => {
      throw lostAnswer(error, what, apiUrl)
    })
    if (raw.status === 429 || raw.status === 503) requests.halve()
    return acceptAnswer(raw, { ...rules, what, absent, clock, hide })
  }

  /** A body is parsed after its place in the limiter is free: the next request begins meanwhile. */
  const read = async (path: string, query: Query): Promise<Answer> => {
    const request = readRequest(root, path, query)
    return readAnswer(await requests.read(() => send(request)))
  }

  return {
    find: (path, query = {}) => read(path, query),
    get: async (path, query = {}) => {
      const answer = await read(path, query)
      if (answer.status === 404) throw new ForgeError('not-found', `GET ${path}: 404`)
      return answer
    },
    post: async (path, body) => {
      const request = posting(`${root}${path}`, path, body)
      return readAnswer(await requests.write(() => send(request)))
    },
    ask: (address, what, body, readAs) =>
      requests.read(async () => readAs(readAnswer(await send(posting(address, what, body))))),
    hide,
    requests: () => sent,
    close: () => {
      exchanges.close()
    },
  }
}
