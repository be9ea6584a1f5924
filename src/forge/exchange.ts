import { getProxyUrl, HttpClient } from '@actions/http-client'
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

/** How an exchange ends: by the whole body of an answer, or by what went wrong. */
interface ExchangeHandlers {
  readonly ended: (body: Buffer) => void
  readonly failed: (error: Error) => void
}

/** Reads the whole body of an answer; one that is cut off or too large is none. */
function readBody(message: IncomingMessage, { ended, failed }: ExchangeHandlers): void {
  const pieces: Buffer[] = []
  let size = 0
  message.on('data', (piece: Buffer) => {
    pieces.push(piece)
    size += piece.length
    if (size > MAX_BODY)
      failed(new ForgeError('unexpected-shape', 'the answer is larger than 32 MiB'))
  })
  const finish = (): void => {
    if (message.complete) ended(Buffer.concat(pieces))
    else failed(new ForgeError('unreachable', 'the answer ended before its end'))
  }
  message.on('error', failed)
  message.on('end', finish)
  // Comes alone where the connection breaks.
  message.on('close', () => {
    if (!message.complete) finish()
  })
}

/** JSON web tokens are `Bearer` tokens; every server here takes the others as `token`. */
const authorizationOf = (token: string): string =>
  `${token.split('.').length === 3 ? 'Bearer' : 'token'} ${token}`

/**
 * Opens the way to an API over Node's own HTTP client, which follows no redirect and sends nothing
 * twice. The library reads from the environment what proxy is used. `headers` are sent with
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
  // The agent of a proxy does not fill in the default port.
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const common = {
    accept: 'application/json',
    authorization: authorizationOf(token),
    'user-agent': userAgent,
    ...headers,
  }
  let closed = false

  const send = (method: Method, path: string, body: object | null): Promise<RawAnswer> =>
    new Promise((resolve, reject) => {
      if (closed) throw new ForgeError('out-of-time', 'the sweep is over')
      const sent = body === null ? common : { ...common, 'content-type': 'application/json' }
      const request = begin({ hostname, port, agent, method, path, headers: sent })
      const failed = (error: Error): void => {
        clearTimeout(late)
        reject(error)
        request.destroy()
      }
      const late = setTimeout(() => {
        failed(new ForgeError('timeout', `no answer within ${TIMEOUT / 1000}s`))
      }, TIMEOUT)
      let answer: IncomingMessage | null = null
      request.on('error', error => {
        // An error of the connection after the whole answer came is no error of the answer.
        if (answer?.complete !== true) failed(error)
      })
      request.on('response', message => {
        answer = message
        const { statusCode: status = 0, headers } = message
        const ended = (bytes: Buffer): void => {
          clearTimeout(late)
          resolve({ status, headers, bytes })
        }
        readBody(message, { ended, failed })
      })
      request.end(body === null ? undefined : JSON.stringify(body))
    })

  return {
    send,
    close: () => {
      closed = true
      library.dispose()
    },
  }
}
