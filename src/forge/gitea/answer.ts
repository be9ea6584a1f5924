import type { IncomingMessage } from 'node:http'
import type { Instant } from '../../core/model/time.js'
import { parseInstant } from '../../core/model/time.js'
import type { ForgeErrorCode } from '../port.js'
import type { SweepClock } from '../clock.js'
import { ForgeError } from '../port.js'
import { Busy, excerpt, retryAfter } from '../tries.js'
import { elementsOf } from './json-array.js'
import { noList } from './rows.js'

/** What an answer tells beside its body. */
interface Told {
  readonly status: number
  /** `X-Total-Count`, or `null`. */
  readonly total: number | null
  /** By the earlier of the server's clock and the runner's; `null` without a `Date`. */
  readonly at: Instant | null
}

/** One answer of a forge, with its body as JSON or as text. */
export interface Answer extends Told {
  readonly body: unknown
}

/** One answer whose body is a list, with what was made of its rows. */
export interface ListAnswer<T> extends Told {
  readonly value: T
}

function messageOf(body: unknown): string {
  if (typeof body === 'string') return excerpt(body)
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : ''
  return typeof message === 'string' ? excerpt(message) : ''
}

function codeOf(status: number): ForgeErrorCode {
  if (status >= 500 || status === 429) return 'server-error'
  if (status >= 300 && status < 400) return 'redirected'
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  return status === 404 ? 'not-found' : 'rejected'
}

/** What came back of one request, before anything is made of it. */
export interface Raw {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly bytes: Buffer
}

const saysJson = ({ headers }: Raw): boolean => (headers['content-type'] ?? '').includes('json')

const noJson = (what: string): ForgeError =>
  new ForgeError('not-json', `${what}: the answer is no JSON although it says so`)

/** The body as JSON where the server says that it is; `null` says that it does not. */
function parsed(raw: Raw, what: string): { readonly json: unknown } | null {
  if (!saysJson(raw)) return null
  const text = raw.bytes.toString('utf8')
  if (text === '') return { json: text }
  try {
    return { json: JSON.parse(text) as unknown }
  } catch {
    throw noJson(what)
  }
}

/** The error that a status stands for. */
function refusal(raw: Raw, what: string): ForgeError {
  const { status, headers } = raw
  const body = parsed(raw, what)
  // A refusal without JSON is not the API's own: some proxy's, which says nothing of rights.
  const code = status === 403 && body === null ? 'not-json' : codeOf(status)
  const redirected =
    'redirects are not followed: was the repository renamed, or is api-url not the API itself?'
  const said = code === 'redirected' ? redirected : body === null ? '' : messageOf(body.json)
  const text = `${what}: ${status}${said === '' ? '' : ` ${said}`}`
  if (code !== 'server-error') return new ForgeError(code, text)
  // How long to wait is the server's own time between two of its own instants.
  const at = headers.date === undefined ? null : parseInstant(headers.date)
  return new Busy(code, text, retryAfter(headers['retry-after'], at))
}

/** An answer that is no refusal, to a request that is called `what`. */
export interface Accepted {
  readonly raw: Raw
  readonly told: Told
  readonly what: string
}

/** How an answer is read. */
interface Reading {
  readonly absent: boolean
  readonly clock: SweepClock
}

const isGood = (status: number): boolean => status >= 200 && status < 300

/**
 * An answer, or why it is none, thrown as `ForgeError`. A 404 is an answer where `absent` allows
 * it.
 */
export function accepted(
  raw: Raw,
  { what, absent, clock }: Pick<Accepted, 'what'> & Reading,
): Accepted {
  const { status, headers } = raw
  const at = clock.at(headers.date)
  if (!isGood(status) && !(status === 404 && absent)) throw refusal(raw, what)
  if (isGood(status) && !saysJson(raw))
    throw new ForgeError(
      'not-json',
      `${what}: the answer is ${excerpt(headers['content-type'] ?? 'nothing')} instead of JSON`,
    )
  const total = headers['x-total-count']
  const count = typeof total === 'string' && /^\d{1,9}$/.test(total) ? Number(total) : null
  return { raw, told: { status, at, total: count }, what }
}

/** An answer that was accepted, with its body. Throws `ForgeError`. */
export function answerOf({ raw, told, what }: Accepted): Answer {
  const { status, total, at } = told
  const body = parsed(raw, what)
  return { status, total, at, body: body === null ? raw.bytes.toString('utf8') : body.json }
}

/** The rows of a list as JSON. Throws `ForgeError` where the next of them is none. */
function* rowsOf(raw: Raw, what: string): Generator {
  try {
    const rows = elementsOf(raw.bytes)
    if (rows !== null) {
      yield* rows
      return
    }
  } catch {
    throw noJson(what)
  }
  parsed(raw, what)
  throw noList(null)
}

/** The same of a list, of which only what `make` returns is kept. */
export function listOf<T>(
  { raw, told, what }: Accepted,
  make: (rows: Iterable<unknown>) => T,
): ListAnswer<T> {
  const { status, total, at } = told
  try {
    return { status, total, at, value: make(rowsOf(raw, what)) }
  } catch (error) {
    // A row may be refused before the text behind it was looked at, which may be no JSON.
    parsed(raw, what)
    throw error
  }
}
