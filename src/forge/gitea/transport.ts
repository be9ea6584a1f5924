import { ForgeError } from '../port.js'
import type { Accepted, Answer, ListAnswer } from './answer.js'
import { accepted, answerOf, listOf } from './answer.js'
import type { ExchangeOptions, Exchanges, Method } from './exchange.js'
import { openExchanges } from './exchange.js'
import type { RunnerClock } from '../clock.js'
import { openClock } from '../clock.js'
import { codeOfFailure, explainFailure, proxyOf } from '../network.js'
import type { Lasting } from '../tries.js'
import { Busy, checkTime, openTurns, retried } from '../tries.js'

export type Query = Readonly<Record<string, string | number>>

/**
 * Requests to one API origin. The token goes nowhere else: no redirect is followed and no link of
 * an answer is used.
 */
export interface Transport {
  /** Retried at most twice. A 404 is an answer; every other failure throws `ForgeError`. */
  get(path: string, query?: Query): Promise<Answer>
  /**
   * The same for a list, of which only what `make` returns is kept: it is given the rows one by
   * one. A 404 throws.
   */
  list<T>(path: string, query: Query, make: (rows: Iterable<unknown>) => T): Promise<ListAnswer<T>>
  /** Sent once, never again. */
  post(path: string, body: object | null): Promise<Answer>
  /** Requests sent so far, retries included. */
  requests(): number
  close(): void
}

export interface TransportOptions extends ExchangeOptions, RunnerClock, Lasting {
  /** 0 to 1; spreads retries. */
  readonly random: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** One deadline for all requests of a sweep, in milliseconds from the opening. */
  readonly budget: number
}

interface Request {
  readonly method: Method
  readonly path: string
  readonly body: object | null
}

/** What went wrong on the way, as an error worth another try. */
function busyOf(error: unknown, what: string, apiUrl: string): Busy {
  if (error instanceof ForgeError) return new Busy(error.code, `${what}: ${error.message}`, null)
  const said = explainFailure(codeOfFailure(error), apiUrl, proxyOf(apiUrl))
  return new Busy('unreachable', `${what}: ${said}`, null)
}

function addressOf(path: string, query: Query): string {
  const parameters = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return parameters === '' ? path : `${path}?${parameters}`
}

export function openTransport(
  options: TransportOptions,
  exchanges: Exchanges = openExchanges(options),
): Transport {
  const ends = options.now() + options.budget
  const turns = openTurns(options.concurrency)
  const clock = openClock(options)
  let sent = 0

  async function once({ method, path, body }: Request, absent: boolean): Promise<Accepted> {
    checkTime(options, ends)
    const what = `${method} ${path.split('?')[0] ?? path}`
    sent += 1
    const raw = await exchanges.send(method, path, body).catch((error: unknown) => {
      throw busyOf(error, what, options.apiUrl)
    })
    if (raw.status === 429 || raw.status === 503) turns.slow()
    return accepted(raw, { what, absent, clock })
  }

  /** What is made of it comes after its turn: where others wait, the next is under way by then. */
  function get(path: string, query: Query, absent: boolean): Promise<Accepted> {
    const request = { method: 'GET', path: addressOf(path, query), body: null } as const
    return turns.take(() => retried(options, ends, () => once(request, absent)))
  }

  return {
    requests: () => sent,
    close: () => {
      exchanges.close()
    },
    post: async (path, body) => answerOf(await once({ method: 'POST', path, body }, false)),
    get: async (path, query = {}) => answerOf(await get(path, query, true)),
    list: async (path, query, make) => listOf(await get(path, query, false), make),
  }
}
