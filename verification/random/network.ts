import { ForgeError } from '../../src/forge/port.js'
import { TIMEOUT } from '../../src/forge/retry.js'
import type { Json } from '../simulator/index.js'
import type { Chance } from './chance.js'
import type { Fault } from './fault.js'
import { clamped } from './fault.js'
import type { Reply } from './reply.js'
import { skewed, spoiled } from './reply.js'
import type { Between, Outgoing, Request, Server } from './server.js'
import { refusalOf, replyOf } from './server.js'

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
  readonly killed = new Set<number>()
  /** Sweeps that were told to stop. */
  readonly stopped = new Set<number>()
  /** The server's clock when this network was opened. */
  readonly began: number
  private going = new Set<number>()
  /** Milliseconds on a clock that nobody can set. */
  private elapsed = 0

  private readonly server: Server
  private readonly chance: Chance
  private readonly between: Between

  constructor(server: Server, chance: Chance, between: Between) {
    this.server = server
    this.chance = chance
    this.between = between
    this.began = server.now()
  }

  /** Sends a request of one sweep; rejects where the connection breaks. */
  send(sweep: number, { method, url, token, body }: Outgoing): Promise<Reply> {
    return new Promise((answer, broken) => {
      if (this.killed.has(sweep)) return
      const { pathname: path, searchParams: query } = new URL(url)
      const json = body === undefined ? undefined : (JSON.parse(body) as Json)
      const request = { sweep, method, path, query, token, body: json }
      this.waiting.push({ request, answer, broken })
    })
  }

  now(): number {
    return this.elapsed
  }

  private pass(milliseconds: number): void {
    this.elapsed += milliseconds
    this.server.pass(milliseconds)
  }

  sleep(sweep: number, milliseconds: number): Promise<void> {
    return new Promise(wake => {
      if (this.killed.has(sweep)) return
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
    this.going = going
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
    const last = Math.max(GATEWAY_DELAY, ...this.late.map(({ until }) => until - this.now()))
    this.pass(last)
    this.releaseLate()
    await turn()
  }

  private handleOne(): boolean {
    if (this.waiting.length === 0) return false
    const [one] = this.waiting.splice(this.chance.below(this.waiting.length), 1)
    if (one === undefined) return false
    this.pass(this.chance.below(LONGEST_REQUEST))
    this.releaseLate()
    this.handle(one, this.between.before(one.request))
    this.handled += 1
    return true
  }

  private handle(waiting: Waiting, fault: Fault | null): void {
    const { request, answer: tell, broken } = waiting
    const refuse = (status: number): void => {
      tell(this.shown(refusalOf({ status }, this.server.now(), request)))
    }
    const broke = (): void => {
      broken(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))
    }
    switch (fault?.kind) {
      case 'status':
        tell(this.shown(refusalOf(fault, this.server.now(), request)))
        return
      case 'late':
        this.passOnLater(request, fault.delay ?? GATEWAY_DELAY)
        refuse(504)
        return
      case 'commit-then-500':
        void this.commit(request).then(() => {
          refuse(fault.status ?? 500)
        })
        return
      case 'drop':
        if (fault.after) void this.commit(request)
        broke()
        return
      case 'cut':
      case 'slow':
        void this.unanswered(request, fault).then(broken)
        return
      case 'kill':
        this.kill(request.sweep)
        if (fault.after) void this.commit(request)
        return
      case 'stop':
        this.stopped.add(request.sweep)
        break
      case 'jump':
        this.server.jump(fault.by)
        break
      case 'clamp':
        void this.commit({ ...request, query: clamped(request.query) }).then(tell, broken)
        return
      case 'spoil':
        void this.commit(request).then(reply => {
          tell(spoiled(reply, fault.how))
        }, broken)
        return
      case 'unread':
      case undefined:
        break
      default:
        fault satisfies never
    }
    void this.commit(request).then(tell, broken)
  }

  private passOnLater(request: Request, delay: number): void {
    this.late.push({
      sweep: request.sweep,
      until: this.now() + delay,
      wake: () => {
        void this.commit(request)
      },
    })
  }

  /** What a client makes of an answer that does not come whole. */
  private async unanswered(
    request: Request,
    fault: Extract<Fault, { kind: 'cut' | 'slow' }>,
  ): Promise<ForgeError> {
    if (fault.kind === 'cut' || fault.after) await this.commit(request)
    if (fault.kind === 'cut')
      return new ForgeError('unreachable', 'the answer ended before its end')
    this.pass(TIMEOUT)
    return new ForgeError('timeout', `no answer within ${TIMEOUT / 1000}s`)
  }

  private shown(reply: Reply): Reply {
    return skewed(reply, this.between.ahead)
  }

  private async commit(request: Request): Promise<Reply> {
    const given = await this.server.answer(request)
    this.between.after(request, given.status)
    return this.shown(replyOf(given))
  }

  /** The process of a sweep is gone: whatever it waits for never comes. */
  private kill(sweep: number): void {
    this.killed.add(sweep)
    this.sleepers = this.sleepers.filter(one => one.sweep !== sweep)
    for (let at = this.waiting.length - 1; at >= 0; at -= 1)
      if (this.waiting[at]?.request.sweep === sweep) this.waiting.splice(at, 1)
    this.going.delete(sweep)
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
    this.pass(Math.max(0, first.until - this.now()))
    this.releaseLate()
    this.between.slept()
    this.sleepers = this.sleepers.filter(one => one !== first)
    first.wake()
    return true
  }
}
