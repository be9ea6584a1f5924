import { IncomingMessage, ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Socket } from 'node:net'
import { heard } from '../../scripts/canary.js'
import type { Answer } from './answers.js'
import { timeOf } from './clock.js'
import { encode, headersOf } from './encode.js'
import type { SeenRequest } from './exchange.js'
import { parseJson, readBody, seenRequest } from './exchange.js'
import type { Forge } from './forge.js'
import { answer } from './routes.js'
import { OWNER_TOKEN } from './setup.js'
import type { Json } from './state.js'

/** A busy machine may let a connection rest for long; it must not be closed meanwhile. */
const RESTING = { keepAliveTimeout: 600_000 }

/**
 * What can go wrong between a client and the server; the two `commit-then-*` happen after the
 * request took effect.
 */
export type Fault =
  | { readonly kind: 'html'; readonly status?: number }
  | { readonly kind: 'truncate' }
  | {
      readonly kind: 'status'
      readonly status: number
      readonly body?: Json
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  | { readonly kind: 'commit-then-500' }
  | { readonly kind: 'commit-then-drop' }
  | { readonly kind: 'drop' }
  /** It is never answered, and the connection stays. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'mutate'; readonly body: (json: Json) => Json }

/**
 * Called before a request is handled; may run script events on the forge, and may return a fault.
 */
export type Hook = (request: SeenRequest) => Fault | undefined

export interface SimulatedServer {
  readonly url: string
  readonly apiUrl: string
  /** The owner's token. */
  readonly token: string
  readonly requests: readonly SeenRequest[]
  /**
   * Register a hook before handling; answers its removal. The first hook that returns a fault wins.
   */
  on(hook: Hook): () => void
  /** Register a hook after the body was computed and before it is sent. */
  after(hook: (request: SeenRequest) => void): () => void
  close(): Promise<void>
}

/** Serve a forge on 127.0.0.1 over real HTTP; `Date` is the forge's own clock. */
export async function serve(
  forge: Forge,
  options: { readonly port?: number } = {},
): Promise<SimulatedServer> {
  const requests: SeenRequest[] = []
  const before = new Set<Hook>()
  const afterwards = new Set<(request: SeenRequest) => void>()
  const sockets = new Set<Socket>()
  let url = ''
  const server = createServer(RESTING, (message, response) => {
    void readBody(message)
      .then(body => {
        heard(url, { url: message.url ?? '', headers: message.headers, body })
        const request = seenRequest(message, parseJson(body))
        requests.push(request)
        let fault: Fault | undefined
        for (const hook of before) fault ??= hook(request)
        handle(forge, {
          message,
          response,
          request,
          url,
          fault,
          done: () => {
            for (const hook of afterwards) hook(request)
          },
        })
      })
      .catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : new Error(String(error))),
      )
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    apiUrl: `${url}/api/v1`,
    token: OWNER_TOKEN,
    requests,
    on: hook => registered(before, hook),
    after: hook => registered(afterwards, hook),
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => {
          resolve()
        })
      }),
  }
}

interface Exchange {
  readonly message: IncomingMessage
  readonly response: ServerResponse
  readonly request: SeenRequest
  readonly url: string
  readonly fault: Fault | undefined
  readonly done: () => void
}

function handle(forge: Forge, exchange: Exchange): void {
  const early = exchange.fault === undefined ? false : refuseEarly(forge, exchange, exchange.fault)
  if (early) return
  const { fault, url, message, request } = exchange
  const reply = answerTo(forge, message, request, url)
  exchange.done()
  if (fault?.kind === 'commit-then-drop') message.socket.destroy()
  else if (fault?.kind === 'commit-then-500')
    send(forge, exchange, {
      status: 500,
      body: { json: { message: '', url: `${url}/api/swagger` } },
      headers: {},
    })
  else if (fault?.kind === 'truncate') truncate(forge, exchange, reply)
  else if (fault?.kind === 'mutate' && reply.body !== null && 'json' in reply.body)
    send(forge, exchange, { ...reply, body: { json: fault.body(reply.body.json) } })
  else send(forge, exchange, reply)
}

/** Faults that keep the request from the forge; false for those that happen after it. */
function refuseEarly(forge: Forge, exchange: Exchange, fault: Fault): boolean {
  switch (fault.kind) {
    case 'drop':
      exchange.message.socket.destroy()
      return true
    case 'hang':
      return true
    case 'html':
      sendText(
        forge,
        exchange,
        fault.status ?? 200,
        'text/html; charset=utf-8',
        '<!DOCTYPE html><title>Sign in</title>\n',
      )
      return true
    case 'status':
      if (fault.body === undefined)
        sendText(forge, exchange, fault.status, 'text/plain; charset=utf-8', '', fault.headers)
      else
        send(forge, exchange, {
          status: fault.status,
          body: { json: fault.body },
          headers: fault.headers ?? {},
        })
      return true
    case 'redirect':
      sendText(forge, exchange, fault.status ?? 307, 'text/html; charset=utf-8', '', {
        location: fault.location,
      })
      return true
    case 'commit-then-500':
    case 'commit-then-drop':
    case 'mutate':
    case 'truncate':
      return false
    default:
      return fault satisfies never
  }
}

function answerTo(
  forge: Forge,
  message: IncomingMessage,
  request: SeenRequest,
  base: string,
): Answer {
  const { searchParams } = new URL(message.url ?? '/', base)
  const token = request.auth === null ? undefined : request.auth.replace(/^(token|bearer)\s+/i, '')
  return answer(forge.state, {
    method: request.method,
    path: request.path,
    query: searchParams,
    body: request.body,
    token,
    base,
  })
}

function send(forge: Forge, exchange: Exchange, reply: Answer): void {
  const { text, type } = encode(reply)
  sendText(forge, exchange, reply.status, type, text, reply.headers)
}

function sendText(
  forge: Forge,
  { response, request }: Exchange,
  status: number,
  type: string | null,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  request.status = status
  response.writeHead(status, headersOf(forge.state, { text, type }, headers))
  response.end(text)
}

/** Promise the whole body, send half of it, hang up. */
function truncate(forge: Forge, { response, request, message }: Exchange, reply: Answer): void {
  const { text, type } = encode(reply)
  request.status = reply.status
  response.writeHead(reply.status, {
    date: new Date(timeOf(forge.state.clock)).toUTCString(),
    'content-type': type ?? 'text/plain',
    ...reply.headers,
    'content-length': Buffer.byteLength(text),
  })
  response.write(text.slice(0, text.length / 2), () => message.socket.destroy())
}

function registered<Member>(set: Set<Member>, member: Member): () => void {
  set.add(member)
  return () => {
    set.delete(member)
  }
}
