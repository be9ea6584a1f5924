import { IncomingMessage } from 'node:http'
import type { Json } from './state.js'

/**
 * One request as it came in; `status` is 0 until it is answered, and stays 0 when the connection
 * was dropped.
 */
export interface SeenRequest {
  readonly method: string
  /** Without the query; percent signs as they came. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: Json | undefined
  status: number
  /** The Authorization header, `null` if none came. */
  readonly auth: string | null
}

export function seenRequest(message: IncomingMessage, body: Json | undefined): SeenRequest {
  const [path = '', query = ''] = (message.url ?? '/').split('?')
  return {
    method: message.method ?? 'GET',
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    body,
    status: 0,
    auth: message.headers.authorization ?? null,
  }
}

export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

export function parseJson(text: string): Json | undefined {
  // Most requests have no body, and an error takes longer than all the rest.
  if (text === '') return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
