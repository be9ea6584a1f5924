import { gzipSync } from 'node:zlib'
import type { Spoil } from './fault.js'

/** What comes back; the names of the headers in small letters. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

const withBody = ({ status, headers }: Reply, bytes: Buffer, type?: string): Reply => ({
  status,
  bytes,
  headers: { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
})

/** A list, bare or below the name of what it counts, changed; the same where there is none. */
function withRows(reply: Reply, change: (rows: readonly unknown[]) => readonly unknown[]): Reply {
  if (!(reply.headers['content-type'] ?? '').includes('json')) return reply
  const json = JSON.parse(reply.bytes.toString()) as unknown
  const changed = Array.isArray(json)
    ? change(json)
    : typeof json === 'object' && json !== null
      ? Object.fromEntries(
          Object.entries(json).map(([name, value]: [string, unknown]) => [
            name,
            Array.isArray(value) ? change(value) : value,
          ]),
        )
      : json
  return withBody(reply, Buffer.from(JSON.stringify(changed)))
}

/** Says that more follows, in each way in which a list of these servers can say it. */
function endless(reply: Reply): Reply {
  const text = reply.bytes
    .toString()
    .replaceAll('"hasNextPage":false', '"hasNextPage":true')
    .replace(/"total_count":\d+/, '"total_count":100000')
  const counted = 'x-total-count' in reply.headers ? { 'x-total-count': '100000' } : {}
  const link = { link: '<http://127.0.0.1:3000/next>; rel="next"' }
  return { ...reply, bytes: Buffer.from(text), headers: { ...reply.headers, ...counted, ...link } }
}

function without({ headers, ...reply }: Reply, name: string): Reply {
  return {
    ...reply,
    headers: Object.fromEntries(Object.entries(headers).filter(([one]) => one !== name)),
  }
}

const GATEWAY_PAGE = '<!DOCTYPE html><title>502 Bad Gateway</title>\n'

/** An answer as it comes through. */
export function spoiled(reply: Reply, how: Spoil): Reply {
  const { bytes, headers } = reply
  switch (how) {
    case 'truncated':
      return withBody(reply, bytes.subarray(0, bytes.length / 2))
    case 'malformed':
      return withBody(reply, Buffer.concat([Buffer.from('{"a":}'), bytes]))
    case 'text':
      return withBody(reply, bytes, 'text/plain; charset=utf-8')
    case 'html':
      return withBody({ ...reply, status: 200 }, Buffer.from(GATEWAY_PAGE), 'text/html')
    case 'gzip':
      return withBody(
        { ...reply, headers: { ...headers, 'content-encoding': 'gzip' } },
        gzipSync(bytes),
      )
    case 'null':
      return withBody(reply, Buffer.from('null'))
    case 'list':
      return withBody(reply, Buffer.from('[null, {}, 7]'))
    case 'text-in-json':
      return withBody(reply, Buffer.from('"ok"'))
    case 'empty':
      return withBody(reply, Buffer.alloc(0))
    case 'no-date':
      return without(reply, 'date')
    case 'odd-date':
      return { ...reply, headers: { ...headers, date: 'yesterday, 25:61' } }
    case 'doubled':
      return withRows(reply, rows => [...rows, ...rows])
    case 'endless':
      return endless(reply)
    default:
      return how satisfies never
  }
}

/** An answer whose clock is that of a proxy, so many milliseconds ahead. */
export function skewed(reply: Reply, ahead: number): Reply {
  const { date } = reply.headers
  if (ahead === 0 || date === undefined || Number.isNaN(Date.parse(date))) return reply
  const shown = new Date(Date.parse(date) + ahead).toUTCString()
  return { ...reply, headers: { ...reply.headers, date: shown } }
}
