import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SimulatedServer } from '../simulator/index.js'
import { field } from './client.js'

/** A request as the stand-in reads it. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly url: string
}

/** Headers that belong to one connection. */
const HOP = ['connection', 'keep-alive', 'transfer-encoding']

/** The same request to the simulator's own API, and its answer. */
export async function forward(
  inner: SimulatedServer,
  call: Call,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url, body } = call
  const { authorization } = message.headers
  const answered = await fetch(`${inner.url}${url}`, {
    method,
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      'content-type': 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const bytes = Buffer.from(await answered.arrayBuffer())
  const headers = Object.fromEntries([...answered.headers].filter(([name]) => !HOP.includes(name)))
  response.writeHead(answered.status, headers).end(bytes)
}

/** An answer of this stand-in itself. */
export function reply(response: ServerResponse, status: number, body?: object): void {
  if (body === undefined) response.writeHead(status).end()
  else
    response
      .writeHead(status, { 'content-type': 'application/json;charset=utf-8' })
      .end(JSON.stringify(body))
}

export async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** A field of a JSON body that is text, else nothing. */
export function text(body: unknown, name: string): string {
  const value = field(body, name)
  return typeof value === 'string' ? value : ''
}

/** A field of a JSON body that is a list of texts, else an empty one. */
export function textsOf(body: unknown, name: string): readonly string[] {
  const value = field(body, name)
  return Array.isArray(value) ? value.filter(one => typeof one === 'string') : []
}
