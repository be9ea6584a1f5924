import { describe, expect, it } from '@jest/globals'
import type { Exchanges, RawAnswer } from '../../src/forge/exchange.js'
import { GITEA_ANSWERS } from '../../src/forge/gitea/open.js'
import type { Http } from '../../src/forge/http.js'
import { openHttp } from '../../src/forge/http.js'
import { ForgeError } from '../../src/forge/port.js'
import { failureOf } from '../support/answer-table.js'
import { lateClock } from '../support/clock.js'

const json = (status: number, body: unknown): RawAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  bytes: Buffer.from(JSON.stringify(body)),
})

interface Rig {
  readonly http: Http
  readonly sent: readonly string[]
  readonly ended: () => boolean
}

/** HTTP over exchanges that are answered by a function; nothing is waited for. */
function rig(answer: (request: string, nth: number) => RawAnswer | Promise<RawAnswer>): Rig {
  const sent: string[] = []
  let closed = false
  const exchanges: Exchanges = {
    send: async (method, path, body) => {
      const request = `${method} ${path}${body === null ? '' : ` ${JSON.stringify(body)}`}`
      sent.push(request)
      return answer(request, sent.length)
    },
    close: () => {
      closed = true
    },
  }
  const options = {
    apiUrl: 'https://git.example.test/api/v1/',
    token: 'secret-token',
    userAgent: 'test',
    budget: 1000,
    concurrency: 4,
    now: () => 0,
    ...lateClock,
    random: () => 0,
    sleep: () => Promise.resolve(),
  }
  return { http: openHttp(options, exchanges, GITEA_ANSWERS), sent, ended: () => closed }
}

const throwing = (error: Error) => (): never => {
  throw error
}

describe('an answer that does not come', () => {
  it.each([
    {
      rule: 'for the connection broke: tried again, and told with what helps',
      error: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
      says:
        'unreachable: GET /x: git.example.test: nothing is listening there, or a firewall ' +
        'refuses the connection (ECONNREFUSED)',
      tries: 3,
    },
    {
      rule: 'in time: tried again',
      error: new ForgeError('timeout', 'no answer within 15s'),
      says: 'timeout: GET /x: no answer within 15s',
      tries: 3,
    },
    {
      rule: 'to its end: tried again',
      error: new ForgeError('unreachable', 'the answer ended before its end'),
      says: 'unreachable: GET /x: the answer ended before its end',
      tries: 3,
    },
    {
      rule: 'for it is too large: not asked for again',
      error: new ForgeError('unexpected-shape', 'too large'),
      says: 'unexpected-shape: GET /x: too large',
      tries: 1,
    },
  ])('$rule', async ({ error, says, tries }) => {
    const { http, sent } = rig(throwing(error))
    expect([await failureOf(http.get('/x')), sent.length]).toEqual([says, tries])
  })
})

describe('a request', () => {
  it('is named by its path alone where it is refused, without the token', async () => {
    const { http, sent } = rig(() => json(403, { message: 'not secret-token' }))
    expect([
      await failureOf(http.get('/x', { a: 1 })),
      await failureOf(http.post('/y', { b: 2 })),
      await failureOf(http.ask('/graph', 'graphql', { q: 3 }, answer => answer)),
    ]).toEqual([
      'forbidden: GET /x: 403 not (hidden)',
      'forbidden: POST /y: 403 not (hidden)',
      'forbidden: POST graphql: 403 not (hidden)',
    ])
    expect(sent).toEqual(['GET /api/v1/x?a=1', 'POST /api/v1/y {"b":2}', 'POST /graph {"q":3}'])
    expect([http.requests(), http.hide('my secret-token')]).toEqual([3, 'my (hidden)'])
  })

  it('for nothing is an answer only where that is looked for', async () => {
    const { http } = rig(() => json(404, {}))
    expect((await http.find('/x')).status).toBe(404)
    expect(await failureOf(http.get('/x'))).toBe('not-found: GET /x: 404')
    expect(await failureOf(http.post('/x', null))).toBe('not-found: POST /x: 404')
  })

  it.each([
    { status: 200, most: 4 },
    { status: 500, most: 4 },
    { status: 429, most: 2 },
    { status: 503, most: 2 },
  ])('after an answer of $status, $most are under way at a time', async ({ status, most }) => {
    let [going, top] = [0, 0]
    const { http } = rig(async (_, nth) => {
      if (nth === 1) return json(status, {})
      going += 1
      top = Math.max(top, going)
      await new Promise(resolve => setImmediate(resolve))
      going -= 1
      return json(200, {})
    })
    await http.get('/first')
    await Promise.all(Array.from({ length: 12 }, () => http.get('/x')))
    expect(top).toBe(most)
  })

  it('is the last one once it is closed', () => {
    const { http, ended } = rig(() => json(200, {}))
    expect(ended()).toBe(false)
    http.close()
    expect(ended()).toBe(true)
  })
})
