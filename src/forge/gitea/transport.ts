import type { IncomingMessage } from 'node:http'
import { HttpClient } from '@actions/http-client'
import type { Instant } from '../../core/model/time.js'
import { parseInstant } from '../../core/model/time.js'
import type { ForgeErrorCode } from '../port.js'
import { ForgeError } from '../port.js'

/** One answer of a forge: status, the headers that matter, and the body as JSON or as text. */
export interface Answer {
  readonly status: number
  /** `X-Total-Count`, or `null`. */
  readonly total: number | null
  readonly at: Instant | null
  readonly body: unknown
}

export type Query = Readonly<Record<string, string | number>>

/**
 * Requests to one API origin. The token goes nowhere else: no redirect is followed and no link of
 * an answer is used.
 */
export interface Transport {
  /** Retried at most twice. A 404 is an answer; every other failure throws `ForgeError`. */
  get(path: string, query?: Query): Promise<Answer>
  /** Sent once, never again. */
  post(path: string, body: object): Promise<Answer>
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

const TIMEOUT = 15_000
const TRIES = 3
/** Ten thousand rows are far below this; a body above it is no answer to any question we ask. */
const MAX_BODY = 32 * 1024 * 1024
const RETRIED: readonly ForgeErrorCode[] = ['server-error', 'unreachable', 'timeout']

/** An error worth waiting for, with the server's own wish for how long, in milliseconds. */
class Busy extends ForgeError {
  readonly wait: number | null
  constructor(code: ForgeErrorCode, message: string, wait: number | null) {
    super(code, message)
    this.wait = wait
  }
}

/** Server text in an error: one line, cut short, control characters gone. */
function excerpt(text: string): string {
  // eslint-disable-next-line no-control-regex
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 160)}…` : line
}

function messageOf(body: unknown): string {
  if (typeof body === 'string') return excerpt(body)
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : ''
  return typeof message === 'string' ? excerpt(message) : ''
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY)
      throw new ForgeError('unexpected-shape', 'the answer is larger than 32 MiB')
    chunks.push(chunk)
  }
  if (!message.complete) throw new ForgeError('unreachable', 'the answer ended before its end')
  return Buffer.concat(chunks).toString('utf8')
}

function codeOf(status: number): ForgeErrorCode {
  if (status >= 500 || status === 429) return 'server-error'
  if (status >= 300 && status < 400) return 'redirected'
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  return status === 404 ? 'not-found' : 'rejected'
}

/** `Retry-After` in seconds or as a date, in milliseconds; `null` when absent or unreadable. */
export function retryAfter(header: string | undefined, at: Instant | null): number | null {
  if (header === undefined) return null
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000
  const until = parseInstant(header)
  return until === null || at === null ? null : Math.max(0, until - at)
}

export function openTransport(options: TransportOptions): Transport {
  const { apiUrl, token, now, random, sleep } = options
  const client = new HttpClient(options.userAgent, [], {
    keepAlive: true,
    allowRedirects: false,
    allowRetries: false,
    socketTimeout: TIMEOUT,
    maxSockets: options.concurrency,
  })
  const ends = now() + options.budget
  let sent = 0
  let free = options.concurrency
  const queue: (() => void)[] = []

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (free === 0) await new Promise<void>(resolve => queue.push(resolve))
    else free -= 1
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) free += 1
      else next()
    }
  }

  async function bounded<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new ForgeError('timeout', 'no answer within 15s'))
      }, TIMEOUT)
    })
    try {
      return await Promise.race([work, late])
    } finally {
      clearTimeout(timer)
    }
  }

  async function exchange(
    method: 'GET' | 'POST',
    path: string,
    body: object | null,
  ): Promise<{ status: number; headers: IncomingMessage['headers']; text: string }> {
    sent += 1
    const headers = {
      accept: 'application/json',
      authorization: `token ${token}`,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    }
    const { message } = await client.request(
      method,
      `${apiUrl}${path}`,
      body === null ? '' : JSON.stringify(body),
      headers,
    )
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      text: await readBody(message),
    }
  }

  async function once(method: 'GET' | 'POST', path: string, body: object | null): Promise<Answer> {
    if (now() >= ends) throw new ForgeError('out-of-time', 'the time of this sweep is used up')
    const what = `${method} ${path.split('?')[0] ?? path}`
    const answer = await bounded(exchange(method, path, body)).catch((error: unknown) => {
      if (error instanceof ForgeError) throw new Busy(error.code, `${what}: ${error.message}`, null)
      const code =
        error instanceof Error && 'code' in error && typeof error.code === 'string'
          ? error.code
          : 'no answer'
      throw new Busy('unreachable', `${what}: ${code}`, null)
    })
    const { status, headers, text } = answer
    const at = typeof headers.date === 'string' ? parseInstant(headers.date) : null
    const isJson = (headers['content-type'] ?? '').includes('json')
    let parsed: unknown = text
    if (isJson && text !== '') {
      try {
        parsed = JSON.parse(text)
      } catch {
        throw new ForgeError('not-json', `${what}: the answer is no JSON although it says so`)
      }
    }
    if (status >= 200 && status < 300) {
      if (!isJson)
        throw new ForgeError(
          'not-json',
          `${what}: the answer is ${excerpt(headers['content-type'] ?? 'nothing')} instead of JSON`,
        )
    } else if (status !== 404 || method === 'POST') {
      const code = codeOf(status)
      const said =
        code === 'redirected'
          ? 'redirects are not followed: was the repository renamed, or is api-url not ' +
            'the API itself?'
          : isJson
            ? messageOf(parsed)
            : ''
      const text = `${what}: ${status}${said === '' ? '' : ` ${said}`}`
      throw code === 'server-error'
        ? new Busy(code, text, retryAfter(headers['retry-after'], at))
        : new ForgeError(code, text)
    }
    const total = headers['x-total-count']
    return {
      status,
      at,
      body: parsed,
      total: typeof total === 'string' && /^\d{1,9}$/.test(total) ? Number(total) : null,
    }
  }

  return {
    requests: () => sent,
    close: () => {
      client.dispose()
    },
    post: (path, body) => once('POST', path, body),
    get: (path, query = {}) =>
      inTurn(async () => {
        const parameters = new URLSearchParams(
          Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
        ).toString()
        const full = parameters === '' ? path : `${path}?${parameters}`
        for (let attempt = 1; ; attempt += 1) {
          try {
            return await once('GET', full, null)
          } catch (error) {
            if (!(error instanceof Busy) || !RETRIED.includes(error.code) || attempt === TRIES)
              throw error
            const wait = error.wait ?? 250 * 2 ** attempt * (0.5 + random())
            if (now() + wait >= ends) throw error
            await sleep(wait)
          }
        }
      }),
  }
}
