// The server of the bench: the simulator's own answers over HTTP, with what a request costs a real
// server counted, and slept where that is asked for, and with latency.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Answer } from '../simulator/answers.js'
import { encode, headersOf } from '../simulator/encode.js'
import { parseJson, readBody } from '../simulator/exchange.js'
import type { Forge } from '../simulator/index.js'
import { answer } from '../simulator/routes.js'
import { OWNER_TOKEN } from '../simulator/setup.js'
import { costOf, ROUTES, routeOf } from './cost.js'
import type { RouteKind } from './cost.js'
import type { WorldPlan } from './world.js'
import { world } from './world.js'

/** A repository, and how its server answers. */
export interface StagePlan {
  readonly world: WorldPlan
  /** Milliseconds that every answer comes later: a round trip. A new connection takes another. */
  readonly latency: number
  /** Does an answer take the time it costs, on two cores? Else that is counted alone. */
  readonly busy: boolean
}

/** What one client cost a server. */
export interface Tally {
  readonly requests: number
  readonly byRoute: Readonly<Record<RouteKind, number>>
  /** What real servers would have worked for it, by the table of costs. */
  readonly milliseconds: number
  /** The part of it that stands on a guess. */
  readonly guessed: number
  /** All bytes that the server sent and received, headers too. */
  readonly sent: number
  readonly received: number
  readonly connections: number
  /** The most requests that were under way at the same time. */
  readonly most: number
  readonly refusals: number
}

export interface Stage {
  readonly apiUrl: string
  readonly token: string
  /** Another repository, and a new tally. */
  load(plan: StagePlan): void
  tally(): Tally
  /** How often the umbrella's newest row is a success, and how often it is not. */
  umbrellas(): { readonly green: number; readonly other: number }
  close(): Promise<void>
}

/** A server does so much at the same time (docs/forge-facts.md, 12). */
const CORES = 2

/** Work that takes its time, so much of it at once, the rest in the order in which it came. */
function openCores(): (milliseconds: number) => Promise<void> {
  const free = Array<number>(CORES).fill(0)
  return async milliseconds => {
    const now = performance.now()
    const core = free.indexOf(Math.min(...free))
    const ends = Math.max(now, free[core] ?? 0) + milliseconds
    free[core] = ends
    await slept(ends - now)
  }
}

const slept = (milliseconds: number): Promise<void> =>
  milliseconds <= 0
    ? Promise.resolve()
    : new Promise(resolve => {
        setTimeout(resolve, milliseconds)
      })

/** Counts of one client's requests. */
class Counts {
  readonly byRoute = Object.fromEntries(ROUTES.map(route => [route, 0])) as Record<
    RouteKind,
    number
  >
  requests = 0
  milliseconds = 0
  guessed = 0
  underWay = 0
  most = 0
  refusals = 0
  readonly sockets = new Set<Socket>()
  /** Connections that have sent a request before. */
  readonly greeted = new WeakSet<Socket>()
  closed = { sent: 0, received: 0, connections: 0 }

  opened(socket: Socket): void {
    this.sockets.add(socket)
    socket.on('close', () => {
      this.sockets.delete(socket)
      this.closed.sent += socket.bytesWritten
      this.closed.received += socket.bytesRead
      this.closed.connections += 1
    })
  }

  came(): void {
    this.requests += 1
    this.underWay += 1
    this.most = Math.max(this.most, this.underWay)
  }

  tally(): Tally {
    const open = [...this.sockets]
    const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
    return {
      requests: this.requests,
      byRoute: this.byRoute,
      milliseconds: this.milliseconds,
      guessed: this.guessed,
      sent: this.closed.sent + sum(open.map(socket => socket.bytesWritten)),
      received: this.closed.received + sum(open.map(socket => socket.bytesRead)),
      connections: this.closed.connections + open.length,
      most: this.most,
      refusals: this.refusals,
    }
  }
}

/** How many rows an answer lists. */
const rowsOf = ({ body }: Answer): number =>
  body !== null && 'json' in body && Array.isArray(body.json) ? body.json.length : 0

/** One repository on stage. */
interface Act {
  readonly plan: StagePlan
  readonly forge: Forge
  readonly counts: Counts
  readonly work: (milliseconds: number) => Promise<void>
}

async function respond(
  act: Act,
  base: string,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { counts, forge, plan } = act
  counts.came()
  const method = message.method ?? 'GET'
  const text = method === 'GET' ? '' : await readBody(message)
  const { pathname: path, searchParams: query } = new URL(message.url ?? '/', base)
  const token = message.headers.authorization?.replace(/^(token|bearer)\s+/i, '')
  const reply = answer(forge.state, { method, path, query, body: parseJson(text), token, base })
  const { route, milliseconds, guessed } = costOf(
    plan.world.profile,
    routeOf(method, path, query),
    rowsOf(reply),
  )
  counts.byRoute[route] += 1
  counts.milliseconds += milliseconds
  if (guessed) counts.guessed += milliseconds
  if (reply.status >= 400) counts.refusals += 1
  if (plan.busy) await act.work(milliseconds)
  // A handshake takes a round trip before the first request of a connection can be sent.
  const { socket } = message
  const trips = counts.greeted.has(socket) ? 1 : 2
  counts.greeted.add(socket)
  await slept(trips * plan.latency)
  const encoded = encode(reply)
  counts.underWay -= 1
  response.writeHead(reply.status, headersOf(forge.state, encoded, reply.headers))
  response.end(encoded.text)
}

/** Opens a server on 127.0.0.1 with one repository. */
export async function openStage(first: StagePlan): Promise<Stage> {
  const raise = (plan: StagePlan): Act => ({
    plan,
    forge: world(plan.world),
    counts: new Counts(),
    work: openCores(),
  })
  let act = raise(first)
  let base = ''
  // As long as the simulator keeps a connection: the answers are compared with its own.
  const server = createServer({ keepAliveTimeout: 600_000 }, (message, response) => {
    respond(act, base, message, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : new Error(String(error))),
    )
  })
  server.on('connection', socket => {
    act.counts.opened(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    apiUrl: `${base}/api/v1`,
    token: OWNER_TOKEN,
    load: plan => {
      for (const socket of act.counts.sockets) socket.destroy()
      act = raise(plan)
    },
    tally: () => act.counts.tally(),
    umbrellas: () => umbrellasOf(act.forge),
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

function umbrellasOf(forge: Forge): { readonly green: number; readonly other: number } {
  const { pulls } = forge.state
  const green = pulls.filter(
    ({ refSha }) =>
      forge.latest(refSha).find(({ context }) => context.includes('all-required'))?.state ===
      'success',
  ).length
  return { green, other: pulls.length - green }
}
