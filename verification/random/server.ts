import type { Json } from '../simulator/index.js'
import type { Fault } from './fault.js'
import type { Reply } from './reply.js'

/** One request of one sweep, as the server gets it. */
export interface Request {
  readonly sweep: number
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Json | undefined
  readonly token: string
}

/** What a server says. */
interface Given {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly text: string
}

/** A server in memory, with a clock in milliseconds that goes on only when it is told to. */
export interface Server {
  readonly now: () => number
  readonly pass: (milliseconds: number) => void
  /** Its clock is set anew, forward or back. */
  readonly jump: (milliseconds: number) => void
  readonly answer: (request: Request) => Given | Promise<Given>
}

/** What a server says, as it comes over a wire. */
export function replyOf({ status, headers, text }: Given): Reply {
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), `${value}`])
  return {
    status,
    headers: Object.fromEntries(texts) as Reply['headers'],
    bytes: Buffer.from(text),
  }
}

/** A refusal of whatever stands before the server. */
export function refusalOf(
  { status, headers = {}, echo = false }: Omit<Extract<Fault, { kind: 'status' }>, 'kind'>,
  now: number,
  { token }: Pick<Request, 'token'>,
): Reply {
  return replyOf({
    status,
    headers: {
      date: new Date(now).toUTCString(),
      'content-type': 'application/json',
      ...headers,
    },
    text: `{"message":"refused${echo ? ` [sha: ${token}]` : ''}"}\n`,
  })
}

/** What stands between the sweeps and the server. */
export interface Between {
  /** Before a request is handled; anything may happen to the server here. */
  readonly before: (request: Request) => Fault | null
  /** A request took effect; its answer may still be lost. */
  readonly after: (request: Request, status: number) => void
  /** All sweeps sleep: so many milliseconds have gone by. */
  readonly slept: () => void
  /** By how many milliseconds the clock of a proxy is ahead, that puts its own on answers. */
  readonly ahead: number
}

/** What a sweep gives the network to be sent. */
export interface Outgoing {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly token: string
  readonly body: string | undefined
}
