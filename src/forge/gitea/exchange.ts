import { getProxyUrl, HttpClient } from '@actions/http-client'
import type { IncomingMessage } from 'node:http'
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { urlToHttpOptions } from 'node:url'
import { hiding } from '../../shown/secrets.js'
import { ForgeError } from '../port.js'
import { TIMEOUT } from '../tries.js'
import type { Raw } from './answer.js'

/** The API that is spoken to, and as whom. */
export interface ExchangeOptions {
  readonly apiUrl: string
  readonly token: string
  readonly userAgent: string
  /** Connections that are kept open. */
  readonly concurrency: number
}

export type Method = 'GET' | 'POST'

/** Requests to one API origin, each of them sent once. */
export interface Exchanges {
  /** `path` is below the API, and encoded. Rejects where no whole answer comes in time. */
  send(method: Method, path: string, body: object | null): Promise<Raw>
  close(): void
}

/** Ten thousand rows are far below this; a body above it is no answer to any question we ask. */
const MAX_BODY = 32 * 1024 * 1024

/** How an exchange ends: by the whole body of an answer, or by what went wrong. */
interface Ends {
  readonly ended: (body: Buffer) => void
  readonly failed: (error: Error) => void
}

/** So many pieces are joined at a time: one of a byte weighs a hundred times what it holds. */
const PIECES = 64

/** A body as it comes. No byte is copied more than a few times, however small the pieces are. */
class Body {
  size = 0
  /** The last pieces as they came, then those that were joined of them, and so on. */
  private readonly levels: Buffer[][] = []

  add(chunk: Buffer): void {
    this.size += chunk.length
    let joined: Buffer | null = chunk
    for (let level = 0; joined !== null; level += 1) {
      const pieces = (this.levels[level] ??= [])
      pieces.push(joined)
      joined = pieces.length < PIECES ? null : Buffer.concat(pieces.splice(0))
    }
  }

  get bytes(): Buffer {
    const [first = Buffer.alloc(0), ...more] = this.levels.toReversed().flat()
    return more.length === 0 ? first : Buffer.concat([first, ...more])
  }
}

/**
 * Reads the whole body of an answer; one that is cut off or too large is none. It is kept as bytes:
 * a text that is still coming would be copied by every collection of young values.
 */
function readBody(message: IncomingMessage, { ended, failed }: Ends): void {
  const body = new Body()
  message.on('data', (chunk: Buffer) => {
    body.add(chunk)
    if (body.size > MAX_BODY)
      failed(new ForgeError('unexpected-shape', 'the answer is larger than 32 MiB'))
  })
  let isOver = false
  const finish = (): void => {
    if (isOver) return
    isOver = true
    if (message.complete) ended(body.bytes)
    else failed(new ForgeError('unreachable', 'the answer ended before its end'))
  }
  message.on('error', failed)
  message.on('end', finish)
  // Comes alone where the connection breaks.
  message.on('close', finish)
}

/**
 * An answer without the token that it repeats: Forgejo 15 answers 401 with `access token does not
 * exist [sha: <the token>]`, and people put what an error says into logs (docs/forge-facts.md, 11).
 * Of a good one no more is told than its type.
 */
function rawOf(
  { statusCode: status = 0, headers }: IncomingMessage,
  said: Buffer,
  hide: (text: string) => string,
): Raw {
  const type = headers['content-type']
  return {
    status,
    headers: type === undefined ? headers : { ...headers, 'content-type': hide(type) },
    bytes: status < 300 ? said : Buffer.from(hide(said.toString('utf8'))),
  }
}

/**
 * Opens the way to an API over Node's own HTTP client, which follows no redirect and sends nothing
 * twice. That of `@actions/http-client` leaves each exchange to a full collection: ten thousand of
 * them take 110 MB instead of 65. What proxy the environment asks for is the library's to know.
 */
export function openExchanges(options: ExchangeOptions): Exchanges {
  const { apiUrl, token, userAgent, concurrency } = options
  const library = new HttpClient(userAgent, [], { keepAlive: true, maxSockets: concurrency })
  const agent = library.getAgent(apiUrl)
  const url = new URL(apiUrl)
  const secure = url.protocol === 'https:'
  const begin = secure ? overHttps : overHttp
  // A proxy is told an IPv6 address in brackets; a socket is not.
  const hostname = getProxyUrl(apiUrl) === '' ? urlToHttpOptions(url).hostname : url.hostname
  // The agent of a proxy knows no port that goes without saying.
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const root = url.pathname.replace(/\/$/, '')
  const authorization = `token ${token}`
  const hide = hiding([token])
  const common = { accept: 'application/json', authorization, 'user-agent': userAgent }

  let closed = false

  const send = (method: Method, path: string, body: object | null): Promise<Raw> =>
    new Promise((resolve, reject) => {
      if (closed) throw new ForgeError('out-of-time', 'the sweep is over')
      const headers = body === null ? common : { ...common, 'content-type': 'application/json' }
      const request = begin({ hostname, port, agent, method, path: `${root}${path}`, headers })
      const failed = (error: Error): void => {
        clearTimeout(late)
        reject(error)
        request.destroy()
      }
      const late = setTimeout(() => {
        failed(new ForgeError('timeout', 'no answer within 15s'))
      }, TIMEOUT)
      let answer: IncomingMessage | null = null
      request.on('error', error => {
        // What breaks behind a whole answer takes nothing from it.
        if (answer?.complete !== true) failed(error)
      })
      request.on('response', message => {
        answer = message
        const ended = (said: Buffer): void => {
          clearTimeout(late)
          resolve(rawOf(message, said, hide))
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
