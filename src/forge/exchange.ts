import { getProxyUrl, HttpClient } from '@actions/http-client'
import { once } from 'node:events'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { urlToHttpOptions } from 'node:url'
import { ForgeError } from './port.js'
import { TIMEOUT } from './retry.js'

/** The API that is spoken to, and as whom. */
export interface ExchangeOptions {
  readonly apiUrl: string
  readonly token: string
  readonly userAgent: string
  /** Connections that are kept open. */
  readonly concurrency: number
}

export type Method = 'GET' | 'POST'

/** What came back of one request, before anything is made of it. */
export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
}

/** Requests to the origin of one API, each of them sent once. */
export interface Exchanges {
  /**
   * `path` is that of the whole address, and encoded. Rejects where no whole answer comes in time:
   * with a `ForgeError`, or with what Node.js says of the connection.
   */
  send(method: Method, path: string, body: object | null): Promise<RawAnswer>
  close(): void
}

/** Ten thousand rows are far below this; a body above it is no answer to any question we ask. */
const MAX_BODY = 32 * 1024 * 1024

/** The whole body of an answer; one that is cut off or too large is none. */
async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of message) {
    pieces.push(piece as Buffer)
    size += (piece as Buffer).length
    if (size > MAX_BODY)
      throw new ForgeError('unexpected-shape', 'the answer is larger than 32 MiB')
  }
  if (!message.complete) throw new ForgeError('unreachable', 'the answer ended before its end')
  return Buffer.concat(pieces)
}

/** JSON web tokens are `Bearer` tokens; every server here takes the others as `token`. */
const authorizationOf = (token: string): string =>
  `${token.split('.').length === 3 ? 'Bearer' : 'token'} ${token}`

/**
 * Opens the way to an API over Node's own HTTP client, which follows no redirect and sends nothing
 * twice. What proxy the environment asks for is the library's to know. `headers` are sent with
 * every request.
 */
export function openExchanges(
  { apiUrl, token, userAgent, concurrency }: ExchangeOptions,
  headers: Readonly<Record<string, string>> = {},
): Exchanges {
  const library = new HttpClient(userAgent, [], { keepAlive: true, maxSockets: concurrency })
  const agent = library.getAgent(apiUrl)
  const url = new URL(apiUrl)
  const secure = url.protocol === 'https:'
  const begin = secure ? overHttps : overHttp
  // A proxy is told an IPv6 address in brackets; a socket is not.
  const hostname = getProxyUrl(apiUrl) === '' ? urlToHttpOptions(url).hostname : url.hostname
  // The agent of a proxy knows no port that goes without saying.
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const common = {
    accept: 'application/json',
    authorization: authorizationOf(token),
    'user-agent': userAgent,
    ...headers,
  }
  let closed = false

  async function send(method: Method, path: string, body: object | null): Promise<RawAnswer> {
    if (closed) throw new ForgeError('out-of-time', 'the sweep is over')
    const sent = body === null ? common : { ...common, 'content-type': 'application/json' }
    const late = new AbortController()
    const { signal } = late
    const timer = setTimeout(() => {
      late.abort()
    }, TIMEOUT)
    const request = begin({ hostname, port, agent, method, path, headers: sent, signal })
    // What breaks behind a whole answer takes nothing from it; what breaks before it ends the wait.
    request.on('error', () => undefined)
    try {
      request.end(body === null ? undefined : JSON.stringify(body))
      const [message] = (await once(request, 'response')) as [IncomingMessage]
      const bytes = await bodyOf(message)
      return { status: message.statusCode ?? 0, headers: message.headers, bytes }
    } catch (error) {
      request.destroy()
      throw signal.aborted
        ? new ForgeError('timeout', `no answer within ${TIMEOUT / 1000}s`)
        : error
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    send,
    close: () => {
      closed = true
      library.dispose()
    },
  }
}
