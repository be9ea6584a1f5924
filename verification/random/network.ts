import type { Json } from '../simulator/index.js'
import type { Chance } from './chance.js'

/** One request of one sweep, as the server gets it. */
export interface Request {
  readonly sweep: number
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Json | undefined
  readonly token: string
}

/** What a sweep gives the network to be sent. */
export interface Outgoing {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly token: string
  readonly body: string | undefined
}

/** What comes back; the names of the headers in small letters. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
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
  readonly answer: (request: Request) => Given | Promise<Given>
}

/** What goes wrong with one request, once. */
export type Fault =
  /** Refused before it takes effect. */
  | { readonly kind: 'status'; readonly status: number }
  /** It takes effect, and the answer is an error. */
  | { readonly kind: 'commit-then-500' }
  /** A gateway gives up; the request takes effect 700 ms later. */
  | { readonly kind: 'late' }
  /** The connection breaks, before or after. */
  | { readonly kind: 'drop'; readonly after: boolean }

/** What stands between the sweeps and the server. */
export interface Between {
  /** Before a request is handled; anything may happen to the server here. */
  readonly before: (request: Request) => Fault | null
  /** A request took effect; its answer may still be lost. */
  readonly after: (request: Request, status: number) => void
  /** All sweeps sleep: so many milliseconds have gone by. */
  readonly slept: () => void
}

interface Waiting {
  readonly request: Request
  readonly answer: (reply: Reply) => void
  readonly broken: (error: Error) => void
}

interface Sleeper {
  readonly sweep: number
  readonly until: number
  readonly wake: () => void
}

/** Milliseconds that a request takes at most. */
const LONGEST_REQUEST = 300
const GATEWAY_DELAY = 700
/** Turns in which nothing may happen; then a millisecond is waited for each. */
const SHORT_PATIENCE = 50
/** So often nothing may happen before a sweep counts as stuck. */
const PATIENCE = 20_000

const turn = (idle = 0): Promise<void> =>
  new Promise(resolve => {
    if (idle < SHORT_PATIENCE) setImmediate(resolve)
    else setTimeout(resolve, 1)
  })

/**
 * The server without a network: one request is handled at a time, in an order that a seed decides,
 * and sleeping costs no time. So a seed tells everything that happens.
 */
export class Network {
  private readonly waiting: Waiting[] = []
  private sleepers: Sleeper[] = []
  private late: Sleeper[] = []
  /** Requests that were handled. */
  handled = 0

  private readonly server: Server
  private readonly chance: Chance
  private readonly between: Between

  constructor(server: Server, chance: Chance, between: Between) {
    this.server = server
    this.chance = chance
    this.between = between
  }

  /** Sends a request of one sweep; rejects where the connection breaks. */
  send(sweep: number, { method, url, token, body }: Outgoing): Promise<Reply> {
    return new Promise((answer, broken) => {
      const { pathname: path, searchParams: query } = new URL(url)
      const json = body === undefined ? undefined : (JSON.parse(body) as Json)
      const request = { sweep, method, path, query, token, body: json }
      this.waiting.push({ request, answer, broken })
    })
  }

  now(): number {
    return this.server.now()
  }

  sleep(sweep: number, milliseconds: number): Promise<void> {
    return new Promise(wake => {
      this.sleepers.push({ sweep, until: this.now() + milliseconds, wake })
    })
  }

  /** Is every one of these sweeps waiting for an answer, or asleep? */
  private isQuiet(going: ReadonlySet<number>): boolean {
    const still = [...this.sleepers, ...this.waiting.map(({ request }) => request)]
    const found = new Set(still.map(({ sweep }) => sweep))
    return [...going].every(sweep => found.has(sweep))
  }

  /** Handles requests until all of these sweeps have ended. */
  async serve(sweeps: ReadonlyMap<number, Promise<unknown>>): Promise<void> {
    const going = new Set(sweeps.keys())
    for (const [sweep, end] of sweeps) {
      const ended = (): boolean => going.delete(sweep)
      end.then(ended, ended)
    }
    for (let idle = 0; going.size > 0;) {
      await turn(idle)
      // What a sweep is about to ask must not depend on how fast this machine is.
      const moved = this.isQuiet(going) && going.size > 0 && (this.handleOne() || this.wakeNext())
      idle = moved ? 0 : idle + 1
      if (idle > PATIENCE) throw new Error('a sweep neither asks nor sleeps nor ends')
    }
    // What a gateway still holds comes through after the sweep.
    this.server.pass(GATEWAY_DELAY)
    this.releaseLate()
    await turn()
  }

  private handleOne(): boolean {
    if (this.waiting.length === 0) return false
    const [one] = this.waiting.splice(this.chance.below(this.waiting.length), 1)
    if (one === undefined) return false
    this.server.pass(this.chance.below(LONGEST_REQUEST))
    this.releaseLate()
    this.handle(one, this.between.before(one.request))
    this.handled += 1
    return true
  }

  private handle({ request, answer: tell, broken }: Waiting, fault: Fault | null): void {
    const refuse = (status: number): void => {
      const headers = {
        date: new Date(this.now()).toUTCString(),
        'content-type': 'application/json',
      }
      tell({ status, headers, text: '{"message":"refused"}\n' })
    }
    switch (fault?.kind) {
      case 'status':
        refuse(fault.status)
        return
      case 'late':
        this.late.push({
          sweep: request.sweep,
          until: this.now() + GATEWAY_DELAY,
          wake: () => {
            void this.commit(request)
          },
        })
        refuse(504)
        return
      case 'commit-then-500':
        void this.commit(request).then(() => {
          refuse(500)
        })
        return
      case 'drop':
        if (fault.after) void this.commit(request)
        broken(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))
        return
      case undefined:
        void this.commit(request).then(tell, broken)
        return
      default:
        fault satisfies never
    }
  }

  private async commit(request: Request): Promise<Reply> {
    const { status, headers, text } = await this.server.answer(request)
    this.between.after(request, status)
    const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), `${value}`])
    return { status, text, headers: Object.fromEntries(texts) as Reply['headers'] }
  }

  private releaseLate(): void {
    const due = this.late.filter(({ until }) => until <= this.now())
    this.late = this.late.filter(one => !due.includes(one))
    for (const { wake } of due) wake()
  }

  /** Nobody asks: time goes on to the next that wakes. */
  private wakeNext(): boolean {
    const [first] = [...this.sleepers].sort((a, b) => a.until - b.until)
    if (first === undefined) return false
    this.server.pass(Math.max(0, first.until - this.now()))
    this.releaseLate()
    this.between.slept()
    this.sleepers = this.sleepers.filter(one => one !== first)
    first.wake()
    return true
  }
}
