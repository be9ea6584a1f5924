import type { IncomingHttpHeaders } from 'node:http'
import { IncomingMessage, ServerResponse, createServer, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Interruption } from './world.js'

/** What a proxy knows of a request before it passes it on. */
interface Passing {
  readonly method: string
  /** Without the query. */
  readonly path: string
}

const isLook = ({ path }: Passing): boolean =>
  /\/(?:commits\/[0-9a-f]+\/status|statuses\/[0-9a-f]+)$/.test(path)

/** Before a write the pull requests are listed anew: the first list after a look at a head. */
export function isSecondList(): (passing: Passing) => boolean {
  let looked = false
  return passing => {
    looked ||= isLook(passing)
    return looked && passing.path.endsWith('/pulls')
  }
}

/** When a moment of a sweep has come: at the first request of its kind. */
const MOMENTS: Readonly<Record<Interruption['at'], () => (passing: Passing) => boolean>> = {
  'before the first look': () => isLook,
  'between the looks': isSecondList,
  'before the write':
    () =>
    ({ method, path }) =>
      method === 'POST' && (path.includes('/statuses/') || path.endsWith('/rerun')),
}

/**
 * An address in front of a server's API that passes everything on, and lets something happen once,
 * at a moment of a sweep.
 */
interface Proxy {
  readonly apiUrl: string
  readonly close: () => Promise<void>
}

/**
 * Opens a proxy on this machine. While the event happens, every request waits: the sweep sees the
 * world before it or after it.
 */
export async function openProxy(apiUrl: string, { at, happen }: Interruption): Promise<Proxy> {
  let event: Promise<void> | null = null
  const isMoment = MOMENTS[at]()
  const server = createServer((message, response) => {
    void (async () => {
      const passing = {
        method: message.method ?? 'GET',
        path: (message.url ?? '/').replace(/\?.*$/, ''),
      }
      if (event === null && isMoment(passing)) event = happen()
      await event
      await pass(apiUrl, message, response)
    })().catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : new Error('the event failed')),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise<void>(resolve =>
      server.close(() => {
        resolve()
      }),
    )
  }
  return { apiUrl: `http://127.0.0.1:${port}`, close }
}

const without = (headers: IncomingHttpHeaders, ...names: readonly string[]): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))

/**
 * One request and its answer, unchanged but for the address and what belongs to the connection
 * alone.
 */
async function pass(
  apiUrl: string,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const target = new URL(`${apiUrl}${message.url ?? '/'}`)
  // What comes out of here is sent by the proxy: the bundle's own token may go no further.
  const headers = without(message.headers, 'host', 'connection', 'user-agent')
  const send = target.protocol === 'https:' ? overHttps : overHttp
  await new Promise<void>((resolve, reject) => {
    const forward = send(target, { method: message.method ?? 'GET', headers }, answer => {
      response.writeHead(
        answer.statusCode ?? 502,
        without(answer.headers, 'connection', 'transfer-encoding'),
      )
      answer.pipe(response)
      answer.once('error', reject)
      response.once('close', resolve)
    })
    forward.once('error', reject)
    message.pipe(forward)
  })
}

/** A sweep with an event at one of its moments, or without. */
export async function sweepThrough<T>(
  apiUrl: string,
  event: Interruption | undefined,
  sweep: (apiUrl: string) => Promise<T>,
): Promise<T> {
  if (event === undefined) return sweep(apiUrl)
  const proxy = await openProxy(apiUrl, event)
  try {
    return await sweep(proxy.apiUrl)
  } finally {
    await proxy.close()
  }
}
