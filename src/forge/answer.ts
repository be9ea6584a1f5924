import type { IncomingHttpHeaders } from 'node:http'
import type { Duration, Instant } from '../core/model/time.js'
import { formatDuration, minutes, parseInstant } from '../core/model/time.js'
import type { RawAnswer } from './exchange.js'
import type { ForgeErrorCode } from './port.js'
import { ForgeError } from './port.js'
import { excerpt, RetryableError, retryAfter } from './retry.js'

/** One answer of a forge, with its body as JSON. */
export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** As a text where a 404 is no JSON. */
  readonly body: unknown
  /** `X-Total-Count`, or `null`. */
  readonly total: number | null
  /** By the earlier of the server's clock and the runner's; `null` without a `Date`. */
  readonly at: Instant | null
}

/** An answer that says no. */
export interface RefusedAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Is its body JSON, or none although it says so, or something else? */
  readonly body: 'json' | 'broken-json' | 'other'
  /** What it says, on one line. */
  readonly message: string
  /** How long the server wishes to be left alone, in milliseconds; `null` where it does not say. */
  readonly wait: number | null
  /** The request, as errors name it. */
  readonly what: string
}

/** What a refusal means. */
interface RefusalMeaning {
  readonly code: ForgeErrorCode
  /** May a read be tried again after it? */
  readonly retry: boolean
  /** What a person should know besides, as the end of a sentence. */
  readonly hint?: string
}

/** What the servers of one family mean by their answers, where families differ. */
export interface AnswerRules {
  readonly meaningOf: (refusal: RefusedAnswer) => RefusalMeaning
  /** Is a good answer without a body and without a type an answer? */
  readonly mayBeEmpty: boolean
}

/** What a status means wherever nothing else is known. */
export function codeOfStatus(status: number): ForgeErrorCode {
  if (status >= 500) return 'server-error'
  if (status >= 300 && status < 400) return 'redirected'
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  return status === 404 ? 'not-found' : 'rejected'
}

/** The clock of the machine a sweep runs on, and where a doubt about the time is told. */
export interface RunnerClock {
  /** Milliseconds since 1970. */
  readonly wallClock: () => number
  readonly warn: (line: string) => void
}

/** What time it is, by an answer's `Date` and the runner's own clock. */
interface SweepClock {
  /** The earlier of the two; `null` for an answer without a `Date`. */
  readonly at: (date: string | undefined) => Instant | null
}

/** Clocks that are further apart than this are told: one of them is wrong. */
const DIFFERENCE = minutes(1)

/**
 * A `Date` that is ahead would make rows look older than they are, and `min-age` would protect
 * nothing; it may be a proxy's. So would a runner's clock that is ahead. The earlier of the two can
 * only make them look younger, and then a sweep waits. A difference is told once.
 */
export function openClock({ wallClock, warn }: RunnerClock): SweepClock {
  let told = false
  const tell = (server: Instant, runner: number): void => {
    const difference = Math.abs(server - runner) as Duration
    if (told || difference <= DIFFERENCE) return
    told = true
    const [where, used] =
      server > runner
        ? ['ahead of', "the runner's clock is used"]
        : ['behind', "the server's Date is used"]
    warn(
      `clock: the server's Date is ${formatDuration(difference)} ${where} the runner's clock; ` +
        `${used}, for it is the earlier one`,
    )
  }
  return {
    at: date => {
      const server = date === undefined ? null : parseInstant(date)
      if (server === null) return null
      // A `Date` has whole seconds.
      const runner = Math.floor(wallClock() / 1000) * 1000
      tell(server, runner)
      return Math.min(server, runner) as Instant
    },
  }
}

/** How an answer is read. */
interface AnswerReading extends AnswerRules {
  /** The request, as an error names it. */
  readonly what: string
  /** Is a 404 an answer? */
  readonly absent: boolean
  readonly clock: SweepClock
  /** Hides the token, which servers and proxies repeat. */
  readonly hide: (text: string) => string
}

type Body = { readonly kind: RefusedAnswer['body']; readonly value: unknown }

const saysJson = ({ headers }: RawAnswer): boolean =>
  (headers['content-type'] ?? '').includes('json')

/** The body as JSON where the server says that it is, else as a text. */
function parsedBody(raw: RawAnswer): Body {
  const text = raw.bytes.toString('utf8')
  if (!saysJson(raw)) return { kind: 'other', value: text }
  if (text === '') return { kind: 'json', value: text }
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown }
  } catch {
    return { kind: 'broken-json', value: text }
  }
}

function messageOf({ kind, value }: Body): string {
  if (kind !== 'json') return ''
  if (typeof value === 'string') return value
  const message =
    typeof value === 'object' && value !== null && 'message' in value ? value.message : ''
  return typeof message === 'string' ? message : ''
}

const REDIRECTED =
  'redirects are not followed: was the repository renamed, or is api-url not the API itself?'

/**
 * The error that a refusal is. What the server says stands in it without the token: Forgejo 15
 * answers 401 with `access token does not exist [sha: <the token>]`, and people put what an error
 * says into logs (docs/forge-facts.md, 11).
 */
function refusalOf(raw: RawAnswer, { what, hide, meaningOf }: AnswerReading): ForgeError {
  const { status, headers } = raw
  const body = parsedBody(raw)
  // How long to wait is the server's own time between two of its own instants.
  const at = headers.date === undefined ? null : parseInstant(headers.date)
  const wait = retryAfter(headers['retry-after'], at)
  const message = excerpt(hide(messageOf(body)))
  const {
    code,
    retry,
    hint = '',
  } = meaningOf({
    status,
    headers,
    body: body.kind,
    message,
    wait,
    what,
  })
  const said = code === 'redirected' ? REDIRECTED : message
  const text = `${what}: ${status}${said === '' ? '' : ` ${said}`}${hint}`
  return retry ? new RetryableError(code, text, wait) : new ForgeError(code, text)
}

/** An answer that is no refusal, before its body is read. */
export interface AcceptedAnswer {
  readonly raw: RawAnswer
  readonly what: string
  readonly at: Instant | null
}

/** Accepts an answer, or throws why it is none as `ForgeError`. */
export function acceptAnswer(raw: RawAnswer, reading: AnswerReading): AcceptedAnswer {
  const { status, headers, bytes } = raw
  const { what, absent, clock, hide, mayBeEmpty } = reading
  const at = clock.at(headers.date)
  const isGood = status >= 200 && status < 300
  if (!isGood && !(absent && status === 404)) throw refusalOf(raw, reading)
  if (isGood && !saysJson(raw) && !(mayBeEmpty && bytes.length === 0)) {
    const type = excerpt(hide(headers['content-type'] ?? 'nothing'))
    throw new ForgeError('not-json', `${what}: the answer is ${type} instead of JSON`)
  }
  return { raw, what, at }
}

/** The same with its body. Throws `ForgeError`. */
export function readAnswer({ raw, what, at }: AcceptedAnswer): Answer {
  const { status, headers } = raw
  const { kind, value } = parsedBody(raw)
  if (kind === 'broken-json')
    throw new ForgeError('not-json', `${what}: the answer is no JSON although it says so`)
  const count = headers['x-total-count']
  const total = typeof count === 'string' && /^\d{1,9}$/.test(count) ? Number(count) : null
  return { status, headers, body: value, total, at }
}
