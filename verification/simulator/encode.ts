import type { Answer } from './answers.js'
import { timeOf } from './clock.js'
import type { ForgeState } from './state.js'

/** A body as it is sent, and what its header says of it; no body has no type. */
interface Encoded {
  readonly text: string
  readonly type: string | null
}

/** The body of an answer, as the servers write JSON: with a line's end after it. */
export function encode({ body }: Pick<Answer, 'body'>): Encoded {
  if (body === null) return { text: '', type: null }
  return 'json' in body
    ? { text: `${JSON.stringify(body.json)}\n`, type: 'application/json;charset=utf-8' }
    : body
}

/** The headers of an answer; `Date` is the forge's own clock. */
export function headersOf(
  { clock }: Pick<ForgeState, 'clock'>,
  { text, type }: Encoded,
  headers: Readonly<Record<string, string>> = {},
): Record<string, string | number> {
  return {
    date: new Date(timeOf(clock)).toUTCString(),
    'cache-control': 'max-age=0, private, must-revalidate, no-transform',
    ...(type === null ? {} : { 'content-type': type }),
    ...headers,
    'content-length': Buffer.byteLength(text),
  }
}
