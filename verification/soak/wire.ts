import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fault } from '../random/fault.js'
import { clamped } from '../random/fault.js'
import type { Request } from '../random/server.js'
import { refusalOf, replyOf } from '../random/server.js'
import type { Playing } from '../random/in-memory.js'
import type { Reply } from '../random/reply.js'
import { skewed, spoiled } from '../random/reply.js'
import { parseJson, readBody } from '../simulator/exchange.js'

/** A process that asks, as the server can reach it: to signal it, or to stop reading its log. */
export interface Client {
  readonly kill: (signal: 'SIGTERM' | 'SIGKILL') => void
  readonly stopReading: () => void
}

/** Milliseconds that one request takes by the server's clock, at most. */
const LONGEST_REQUEST = 300
/** What comes later than this comes after the sweep: no sweep looks for it so long. */
const LOOKED_FOR = 10_000
/** Milliseconds between two bytes of a body that takes too long. */
const TRICKLE = 1000

/** Where a redirect to another host leads, in the words of a fault. */
const OTHER = 'http://other.example.org'

interface Exchange {
  readonly message: IncomingMessage
  readonly response: ServerResponse
  readonly request: Request
}

/** The server of a stage over real sockets, for one process. */
export class Wire {
  handled = 0
  /** Requests that came to the host that is none of ours. */
  elsewhere = 0
  private readonly server = createServer((message, response) => {
    // One at a time, as in memory.
    this.turn = this.turn.then(() => this.take(message, response))
  })
  private readonly otherHost = createServer((_, response) => {
    this.elsewhere += 1
    response.end()
  })
  private turn: Promise<void> = Promise.resolve()
  private late: { left: number; readonly commit: () => Promise<unknown> }[] = []
  private readonly on: Playing
  private readonly sweep: number
  client: Client | null = null

  constructor(on: Playing, sweep: number) {
    this.on = on
    this.sweep = sweep
  }

  async open(): Promise<string> {
    for (const one of [this.server, this.otherHost])
      await new Promise<void>(resolve => one.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    await this.turn
    for (const { commit } of this.late) await commit()
    for (const one of [this.server, this.otherHost]) {
      one.closeAllConnections()
      one.close()
    }
  }

  private async take(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readBody(message).catch(() => null)
    // Whoever asked is gone.
    if (text === null) return
    const { pathname: path, searchParams: query } = new URL(message.url ?? '/', 'http://localhost')
    const request: Request = {
      sweep: this.sweep,
      method: message.method === 'POST' ? 'POST' : 'GET',
      path,
      query,
      body: parseJson(text),
      token: (message.headers.authorization ?? '').replace(/^(token|bearer)\s+/i, ''),
    }
    const { stage, chance, between } = this.on
    stage.server.pass(chance.below(LONGEST_REQUEST))
    this.handled += 1
    await this.land()
    await this.answer({ message, response, request }, between.before(request))
  }

  /** What a gateway still holds comes through a few requests later. */
  private async land(): Promise<void> {
    for (const one of this.late) one.left -= 1
    const due = this.late.filter(({ left }) => left <= 0)
    this.late = this.late.filter(({ left }) => left > 0)
    for (const { commit } of due) await commit()
  }

  private async commit(request: Request): Promise<Reply> {
    const { stage, between } = this.on
    const given = await stage.server.answer(request)
    between.after(request, given.status)
    return skewed(replyOf(given), between.ahead)
  }

  private refuse(
    exchange: Exchange,
    fault: Omit<Extract<Fault, { kind: 'status' }>, 'kind'>,
  ): void {
    const { stage, between } = this.on
    const reply = refusalOf(fault, stage.server.now(), exchange.request)
    const to = reply.headers['location']
    const { port } = this.otherHost.address() as AddressInfo
    const location = to?.replace(OTHER, `http://127.0.0.1:${port}`)
    const headers = location === undefined ? reply.headers : { ...reply.headers, location }
    send(exchange, skewed({ ...reply, headers }, between.ahead))
  }

  private async answer(exchange: Exchange, fault: Fault | null): Promise<void> {
    const { request, message } = exchange
    const { stage } = this.on
    switch (fault?.kind) {
      case 'status':
        this.refuse(exchange, fault)
        return
      case 'late': {
        const delay = fault.delay ?? 0
        const left = delay < LOOKED_FOR ? 2 : Infinity
        this.late.push({ left, commit: () => this.commit(request) })
        this.refuse(exchange, { status: 504 })
        return
      }
      case 'commit-then-500':
        await this.commit(request)
        this.refuse(exchange, { status: fault.status ?? 500 })
        return
      case 'drop':
        if (fault.after) await this.commit(request)
        message.socket.destroy()
        return
      case 'cut':
        cutOff(exchange, await this.commit(request))
        return
      case 'slow':
        if (fault.after) await this.commit(request)
        trickle(exchange)
        return
      case 'kill':
        await this.kill(exchange, fault.after)
        return
      case 'stop':
        this.client?.kill('SIGTERM')
        break
      case 'unread':
        this.client?.stopReading()
        break
      case 'jump':
        stage.server.jump(fault.by)
        break
      case 'clamp':
        send(exchange, await this.commit({ ...request, query: clamped(request.query) }))
        return
      case 'spoil':
        send(exchange, spoiled(await this.commit(request), fault.how))
        return
      case undefined:
        break
      default:
        fault satisfies never
    }
    send(exchange, await this.commit(request))
  }

  /** Before the request; behind it without an answer; or a moment after the answer. */
  private async kill(exchange: Exchange, after: boolean): Promise<void> {
    const { chance } = this.on
    if (after) {
      const reply = await this.commit(exchange.request)
      if (chance.is(0.5)) {
        send(exchange, reply)
        await new Promise(resolve => setTimeout(resolve, chance.below(4)))
      }
    }
    this.client?.kill('SIGKILL')
  }
}

function send({ response }: Exchange, { status, headers, bytes }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': bytes.length })
  response.end(bytes)
}

/** Promises the whole body, sends half of it, and hangs up. */
function cutOff({ response, message }: Exchange, { status, headers, bytes }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': bytes.length + 1 })
  response.write(bytes.subarray(0, bytes.length / 2), () => message.socket.destroy())
}

/** A body that never comes to its end, a byte at a time. */
function trickle({ response }: Exchange): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const more = setInterval(() => response.write(' '), TRICKLE)
  response.on('close', () => {
    clearInterval(more)
  })
}
