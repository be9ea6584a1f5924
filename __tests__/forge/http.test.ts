import { afterEach, describe, expect, it, jest } from '@jest/globals'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { ForgeError, mayHaveWritten } from '../../src/forge/port.js'
import { openExchanges } from '../../src/forge/exchange.js'
import { GITEA_ANSWERS } from '../../src/forge/gitea/open.js'
import type { Http, HttpOptions } from '../../src/forge/http.js'
import { retryAfter } from '../../src/forge/retry.js'
import { openHttp } from '../../src/forge/http.js'
import { NOW } from '../support/builders.js'
import { lateClock } from '../support/clock.js'

type Handler = (request: IncomingMessage, response: ServerResponse, nth: number) => void
interface Rig {
  readonly url: string
  readonly http: Http
  readonly seen: string[]
  readonly tokens: (string | undefined)[]
  readonly bodies: string[]
  readonly sockets: Set<Socket>
  readonly slept: number[]
  readonly clock: { at: number }
}
const open: { readonly server: Server; readonly http: Http | null }[] = []

afterEach(async () => {
  jest.useRealTimers()
  for (const { server, http } of open.splice(0)) {
    http?.close()
    server.closeAllConnections()
    await new Promise(resolve => {
      server.close(resolve)
    })
  }
})

const openOver = (options: HttpOptions): Http =>
  openHttp(options, openExchanges(options), GITEA_ANSWERS)

async function listen(
  handler: Handler,
): Promise<
  Pick<Rig, 'url' | 'seen' | 'tokens' | 'bodies' | 'sockets'> & { readonly server: Server }
> {
  const seen: string[] = []
  const tokens: (string | undefined)[] = []
  const bodies: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`)
    tokens.push(request.headers.authorization)
    const nth = seen.length
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      bodies.push(body)
      handler(request, response, nth)
    })
  })
  server.on('connection', socket => sockets.add(socket))
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    server,
    seen,
    tokens,
    bodies,
    sockets,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  }
}

/** HTTP over a server of its own; it sleeps by moving its clock. */
async function rig(handler: Handler, options: Partial<HttpOptions> = {}): Promise<Rig> {
  const { server, ...rest } = await listen(handler)
  const slept: number[] = []
  const clock = { at: 0 }
  const http = openOver({
    apiUrl: `${rest.url}/api/v1`,
    token: 'secret-token',
    userAgent: 'test',
    budget: 600_000,
    concurrency: 4,
    now: () => clock.at,
    ...lateClock,
    random: () => 0.5,
    sleep: length => {
      slept.push(length)
      clock.at += length
      return Promise.resolve()
    },
    ...options,
  })
  open.push({ server, http })
  return { ...rest, slept, clock, http }
}

const json = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(body))
}
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof ForgeError ? error.code : `not ours: ${String(error)}`),
  )
const messageOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => '',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  )

describe('a read', () => {
  it('sends the token and the query, and brings body, count and clock', async () => {
    const { http, seen, tokens } = await rig((_, response) => {
      json(response, 200, { a: 1 }, { 'x-total-count': '62', date: new Date(NOW).toUTCString() })
    })
    expect(await http.get('/repos/o/r', { page: 2, sort: 'leastindex' })).toMatchObject({
      status: 200,
      body: { a: 1 },
      total: 62,
      at: NOW,
    })
    expect([seen, tokens]).toEqual([
      ['GET /api/v1/repos/o/r?page=2&sort=leastindex'],
      ['token secret-token'],
    ])
  })

  it.each([{ count: '' }, { count: '-1' }, { count: 'many' }, { count: '1e3' }])(
    'a count of "$count" is none',
    async ({ count }) => {
      const { http } = await rig((_, response) => {
        json(response, 200, [], { 'x-total-count': count })
      })
      expect((await http.get('/x')).total).toBeNull()
    },
  )

  it('a 404 is an answer where it is looked for, as JSON or as text', async () => {
    const { http } = await rig((request, response) => {
      if (request.url?.endsWith('json') === true) json(response, 404, { message: 'no' })
      else response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found')
    })
    expect([(await http.find('/json')).status, (await http.find('/text')).status]).toEqual([
      404, 404,
    ])
  })

  it.each([
    { status: 500, code: 'server-error', tries: 3 },
    { status: 502, code: 'server-error', tries: 3 },
    { status: 503, code: 'server-error', tries: 3 },
    { status: 429, code: 'rate-limited', tries: 3 },
    { status: 401, code: 'unauthorized', tries: 1 },
    { status: 403, code: 'forbidden', tries: 1 },
    { status: 400, code: 'rejected', tries: 1 },
    { status: 422, code: 'rejected', tries: 1 },
    { status: 301, code: 'redirected', tries: 1 },
    { status: 307, code: 'redirected', tries: 1 },
  ])('$status is $code after $tries tries', async ({ status, code, tries }) => {
    const { http, seen } = await rig((_, response) => {
      json(response, status, { message: 'no' })
    })
    expect([await codeOf(http.get('/x')), seen.length, http.requests()]).toEqual([
      code,
      tries,
      tries,
    ])
  })

  it('is tried again until it is answered', async () => {
    const { http, slept } = await rig((_, response, nth) => {
      json(response, nth < 3 ? 502 : 200, { nth })
    })
    expect((await http.get('/x')).body).toEqual({ nth: 3 })
    expect(slept).toEqual([500, 1000])
  })

  it('waits as long as the server wishes', async () => {
    const { http, slept } = await rig((_, response, nth) => {
      json(response, nth < 2 ? 503 : 200, {}, { 'retry-after': '7' })
    })
    await http.get('/x')
    expect(slept).toEqual([7000])
  })

  it('is spread, so that two sweeps do not come back together', async () => {
    const { http, slept } = await rig(
      (_, response, nth) => {
        json(response, nth < 2 ? 503 : 200, {})
      },
      { random: () => 0 },
    )
    await http.get('/x')
    expect(slept).toEqual([250])
  })

  it('is not waited for beyond the deadline', async () => {
    const { http, slept, seen } = await rig((_, response) => {
      json(response, 503, {}, { 'retry-after': '3600' })
    })
    expect([await codeOf(http.get('/x')), slept, seen.length]).toEqual(['server-error', [], 1])
  })

  it('is not sent after the deadline', async () => {
    const made = await rig(
      (_, response) => {
        json(response, 200, {})
      },
      { budget: 1000 },
    )
    made.clock.at = 1000
    expect([
      await codeOf(made.http.get('/x')),
      await codeOf(made.http.post('/x', {})),
      made.seen.length,
    ]).toEqual(['out-of-time', 'out-of-time', 0])
  })

  it('a connection that breaks is tried three times', async () => {
    const { http, seen } = await rig(request => {
      request.socket.destroy()
    })
    expect([await codeOf(http.get('/x')), seen.length]).toEqual(['unreachable', 3])
  })

  it('nobody there is unreachable', async () => {
    const { server, url } = await listen(() => undefined)
    await new Promise(resolve => {
      server.close(resolve)
    })
    const http = openOver({
      apiUrl: url,
      token: 't',
      userAgent: 'test',
      budget: 60_000,
      concurrency: 1,
      now: () => 0,
      ...lateClock,
      random: () => 0,
      sleep: () => Promise.resolve(),
    })
    expect(await codeOf(http.get('/x'))).toBe('unreachable')
    http.close()
  })

  it('no answer within the time is a timeout, tried three times', async () => {
    jest.useFakeTimers({
      doNotFake: [
        'nextTick',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'Date',
        'performance',
        'hrtime',
        'setInterval',
        'clearInterval',
      ],
    })
    const { http, seen } = await rig(() => {
      setImmediate(() => {
        jest.advanceTimersByTime(15_000)
      })
    })
    const answer = http.get('/x')
    expect([await codeOf(answer), await messageOf(answer), seen.length]).toEqual([
      'timeout',
      'GET /x: no answer within 15s',
      3,
    ])
  })
})

describe('a path', () => {
  it.each([
    { rule: 'below a path', below: '/git/api/v1', asked: '/git/api/v1/version' },
    { rule: 'whose address ends in a slash', below: '/api/v1/', asked: '/api/v1/version' },
    { rule: 'at the root', below: '', asked: '/version' },
  ])('is below the API, of one $rule', async ({ below, asked }) => {
    const { server, url, seen } = await listen((_, response) => {
      json(response, 200, {})
    })
    const made = await rig(() => undefined, { apiUrl: `${url}${below}` })
    open.push({ server, http: null })
    await made.http.get('/version')
    expect(seen).toEqual([`GET ${asked}`])
  })
})

describe('an answer that is none', () => {
  it.each([
    { rule: 'HTML', type: 'text/html', body: '<html>login</html>', code: 'not-json' },
    {
      rule: 'HTML that says it is JSON',
      type: 'application/json',
      body: '<html>',
      code: 'not-json',
    },
    {
      rule: 'JSON that is cut',
      type: 'application/json',
      body: '{"statuses":[{"id":1',
      code: 'not-json',
    },
    { rule: 'JSON that says it is text', type: 'text/plain', body: '{}', code: 'not-json' },
  ])('$rule is $code and is not tried again', async ({ type, body, code }) => {
    const { http, seen } = await rig((_, response) => {
      response.writeHead(200, { 'content-type': type }).end(body)
    })
    expect([await codeOf(http.get('/x')), seen.length]).toEqual([code, 1])
  })

  it('no type at all is no JSON', async () => {
    const { http } = await rig((_, response) => {
      response.writeHead(200).end('{}')
    })
    expect(await codeOf(http.get('/x'))).toBe('not-json')
  })

  it.each([
    { rule: 'a length that is not reached', chunked: false },
    { rule: 'a chunk that never ends', chunked: true },
  ])('a body cut by $rule is never a body', async ({ chunked }) => {
    const { http, seen } = await rig((request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        ...(chunked ? {} : { 'content-length': '100' }),
      })
      response.write('[]', () => {
        request.socket.destroy()
      })
    })
    expect([await codeOf(http.get('/x')), seen.length]).toEqual(['unreachable', 3])
  })

  it(
    'what the server says is one short line in the error, and the token ' + 'is not in it',
    async () => {
      const { http } = await rig((request, response) => {
        json(response, 403, { message: `no\n::error::${'x'.repeat(500)} ${request.method ?? ''}` })
      })
      const message = await messageOf(http.get('/x', { a: 1 }))
      expect(message).toMatch(/^GET \/x: 403 no ::error::x+…$/)
      expect(message.length).toBeLessThan(200)
      expect(message).not.toContain('secret-token')
    },
  )
})

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308].map(status => ({ status })))(
    '$status to another host is refused, and the token is not sent there',
    async ({ status }) => {
      const other = await listen((_, response) => {
        json(response, 200, { statuses: [] })
      })
      open.push({ server: other.server, http: null })
      const { http } = await rig((_, response) => {
        json(response, status, {}, { location: `${other.url}/api/v1/x` })
      })
      expect([await codeOf(http.get('/x')), await codeOf(http.post('/x', {}))]).toEqual([
        'redirected',
        'redirected',
      ])
      expect(other.seen).toEqual([])
    },
  )

  it('to the same host is refused too, and no Link is followed', async () => {
    const made = await rig((_, response, nth) => {
      json(response, nth === 1 ? 307 : 200, [], {
        location: `${made.url}/api/v1/y`,
        link: `<${made.url}/api/v1/x?page=2>; rel="next"`,
      })
    })
    expect(await codeOf(made.http.get('/x'))).toBe('redirected')
    await made.http.get('/x')
    expect(made.seen).toEqual(['GET /api/v1/x', 'GET /api/v1/x'])
  })
})

describe('a write', () => {
  it('is sent once, as JSON', async () => {
    const { http, seen, bodies, tokens } = await rig((_, response) => {
      json(response, 201, { id: 1 })
    })
    expect(await http.post('/statuses/x', { state: 'success', context: 'ü' })).toMatchObject({
      status: 201,
      body: { id: 1 },
    })
    expect([seen, bodies, tokens]).toEqual([
      ['POST /api/v1/statuses/x'],
      ['{"state":"success","context":"ü"}'],
      ['token secret-token'],
    ])
  })

  it.each([
    { status: 500, code: 'server-error' },
    { status: 503, code: 'server-error' },
    { status: 429, code: 'rate-limited' },
    { status: 404, code: 'not-found' },
    { status: 403, code: 'forbidden' },
    { status: 401, code: 'unauthorized' },
    { status: 422, code: 'rejected' },
  ])('is never sent again after $status', async ({ status, code }) => {
    const { http, seen } = await rig((_, response) => {
      json(response, status, {}, { 'retry-after': '0' })
    })
    expect([await codeOf(http.post('/x', {})), seen.length]).toEqual([code, 1])
  })

  it('is never sent again after a broken connection, not even a kept one', async () => {
    const { http, seen } = await rig((request, response, nth) => {
      if (nth === 1) json(response, 200, {})
      else request.socket.destroy()
    })
    await http.get('/x')
    expect([await codeOf(http.post('/x', {})), seen.length]).toEqual(['unreachable', 2])
  })

  it('is never sent again after half an answer', async () => {
    const { http, seen } = await rig((request, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{', () => {
        request.socket.destroy()
      })
    })
    expect([await codeOf(http.post('/x', {})), seen.length]).toEqual(['unreachable', 1])
  })

  it('may have been written wherever the answer is missing or unreadable', () => {
    expect(
      (
        ['unauthorized', 'forbidden', 'not-found', 'redirected', 'rejected', 'out-of-time'] as const
      ).map(mayHaveWritten),
    ).toEqual(Array(6).fill(false))
    expect(
      (['server-error', 'unreachable', 'timeout', 'not-json', 'unexpected-shape'] as const).map(
        mayHaveWritten,
      ),
    ).toEqual(Array(5).fill(true))
  })
})

describe('connections', () => {
  it('are kept and used again', async () => {
    const { http, sockets } = await rig((_, response) => {
      json(response, 200, {})
    })
    for (let round = 0; round < 10; round += 1) await http.get('/x')
    expect(sockets.size).toBe(1)
  })

  it('are never more than asked for, whatever waits', async () => {
    let now = 0
    let most = 0
    const { http, sockets, seen } = await rig(
      (_, response) => {
        now += 1
        most = Math.max(most, now)
        setImmediate(() => {
          now -= 1
          json(response, 200, {})
        })
      },
      { concurrency: 3 },
    )
    await Promise.all(Array.from({ length: 40 }, () => http.get('/x')))
    expect(seen.length).toBe(40)
    expect(most).toBeLessThanOrEqual(3)
    expect(sockets.size).toBeLessThanOrEqual(3)
  })

  it('a failure gives its place to the next', async () => {
    const { http } = await rig(
      (_, response, nth) => {
        json(response, nth % 2 === 0 ? 403 : 200, {})
      },
      { concurrency: 1 },
    )
    expect(await Promise.all([1, 2, 3, 4].map(() => codeOf(http.get('/x'))))).toEqual([
      'none',
      'forbidden',
      'none',
      'forbidden',
    ])
  })
})

describe('Retry-After', () => {
  it.each([
    { header: '3', wait: 3000 },
    { header: '0', wait: 0 },
    { header: new Date(NOW + 5000).toUTCString(), wait: 5000 },
    { header: new Date(NOW - 5000).toUTCString(), wait: 0 },
    { header: undefined, wait: null },
    { header: 'soon', wait: null },
    { header: '', wait: null },
  ])('$header: $wait', ({ header, wait }) => {
    expect(retryAfter(header, NOW)).toBe(wait)
  })

  it("a date needs the server's clock", () => {
    expect(retryAfter(new Date(NOW).toUTCString(), null)).toBeNull()
  })
})
