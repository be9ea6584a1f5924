import type { IncomingMessage } from 'node:http'
import type { Instant } from '../../core/model/time.js'
import { parseInstant } from '../../core/model/time.js'
import type { ForgeErrorCode } from '../port.js'
import { ForgeError } from '../port.js'
import { Busy, excerpt, retryAfter } from '../tries.js'

/** One answer of a forge: status, the headers that matter, and the body as JSON or as text. */
export interface Answer {
  readonly status: number
  /** `X-Total-Count`, or `null`. */
  readonly total: number | null
  readonly at: Instant | null
  readonly body: unknown
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
  readonly text: string
}

/** The body as JSON where the server says that it is; `null` says that it does not. */
function parsed({ headers, text }: Raw, what: string): { readonly json: unknown } | null {
  if (!(headers['content-type'] ?? '').includes('json')) return null
  if (text === '') return { json: text }
  try {
    return { json: JSON.parse(text) as unknown }
  } catch {
    throw new ForgeError('not-json', `${what}: the answer is no JSON although it says so`)
  }
}

/** The error that a status stands for. */
function refusal(
  { status, headers }: Raw,
  body: { readonly json: unknown } | null,
  { what, at }: { readonly what: string; readonly at: Instant | null },
): ForgeError {
  const code = codeOf(status)
  const redirected =
    'redirects are not followed: was the repository renamed, or is api-url not the API itself?'
  const said = code === 'redirected' ? redirected : body === null ? '' : messageOf(body.json)
  const text = `${what}: ${status}${said === '' ? '' : ` ${said}`}`
  return code === 'server-error'
    ? new Busy(code, text, retryAfter(headers['retry-after'], at))
    : new ForgeError(code, text)
}

/**
 * The answer to a request, or why it is none, thrown as `ForgeError`. A 404 is an answer where
 * `absent` allows it.
 */
export function answerOf(raw: Raw, what: string, absent: boolean): Answer {
  const { status, headers, text } = raw
  const at = typeof headers.date === 'string' ? parseInstant(headers.date) : null
  const body = parsed(raw, what)
  const good = status >= 200 && status < 300
  if (!good && !(status === 404 && absent)) throw refusal(raw, body, { what, at })
  if (good && body === null)
    throw new ForgeError(
      'not-json',
      `${what}: the answer is ${excerpt(headers['content-type'] ?? 'nothing')} instead of JSON`,
    )
  const total = headers['x-total-count']
  return {
    status,
    at,
    body: body === null ? text : body.json,
    total: typeof total === 'string' && /^\d{1,9}$/.test(total) ? Number(total) : null,
  }
}
