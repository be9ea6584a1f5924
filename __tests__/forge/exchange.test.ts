import { afterEach, describe, expect, it } from '@jest/globals'
import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { connect, createServer as createSocketServer } from 'node:net'
import type { Exchanges } from '../../src/forge/exchange.js'
import { openExchanges } from '../../src/forge/exchange.js'
import { failureOf } from '../support/answer-table.js'

const ends: (() => void)[] = []
const variables = [
  'http_proxy',
  'HTTP_PROXY',
  'https_proxy',
  'HTTPS_PROXY',
  'no_proxy',
  'NO_PROXY',
] as const
const before = new Map(variables.map(name => [name, process.env[name]]))

afterEach(() => {
  for (const end of ends.splice(0)) end()
  for (const [name, value] of before)
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
})

/** A server on a port of its own, until the end of the test. */
async function served(server: Server): Promise<number> {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve)
  })
  ends.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

async function api(answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await served(createServer(answer))}/api/v1`
}

function opened(apiUrl: string, token = 'secret-token'): Exchanges {
  const exchanges = openExchanges({
    apiUrl,
    token,
    userAgent: 'me',
    concurrency: 2,
  })
  ends.push(() => {
    exchanges.close()
  })
  return exchanges
}

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'answered',
    (error: unknown) => (error as { readonly code?: unknown }).code,
  )

describe('an exchange', () => {
  it('keeps its connections, and no more than so many', async () => {
    const sockets = new Set<Socket>()
    const exchanges = opened(
      await api((request, response) => {
        sockets.add(request.socket)
        response.end('{}')
      }),
    )
    const all = Array.from({ length: 20 }, () => exchanges.send('GET', '/x', null))
    expect((await Promise.all(all)).every(({ status }) => status === 200)).toBe(true)
    expect(sockets.size).toBe(2)
  })

  it('puts letters of two bytes together that came in two pieces', async () => {
    const letter = Buffer.from('ü')
    const exchanges = opened(
      await api((_, response) => {
        response.write(letter.subarray(0, 1), () => {
          setTimeout(() => response.end(letter.subarray(1)), 20)
        })
      }),
    )
    expect((await exchanges.send('GET', '/x', null)).bytes.toString('utf8')).toBe('ü')
  })

  it.each([1, 2, 3, 7, 500])('puts %d pieces together in their order', async pieces => {
    const written = Array.from({ length: pieces }, (_, at) => `${at}:${'x'.repeat(at % 50)};`)
    const exchanges = opened(
      await api((_, response) => {
        const write = (at: number): void => {
          const piece = written[at]
          if (piece === undefined) response.end()
          else response.write(piece, () => setImmediate(write, at + 1))
        }
        write(0)
      }),
    )
    const { bytes } = await exchanges.send('GET', '/x', null)
    expect(bytes.toString('utf8')).toBe(written.join(''))
  })

  it('an answer without a body is empty', async () => {
    const exchanges = opened(await api((_, response) => response.writeHead(204).end()))
    expect((await exchanges.send('GET', '/x', null)).bytes).toHaveLength(0)
  })

  it('takes no more than 32 MiB', async () => {
    const piece = 'x'.repeat(1024 * 1024)
    let written = 0
    const apiUrl = await api((_, response) => {
      const next = (): void => {
        written += 1
        if (written < 200 && !response.destroyed) response.write(piece, next)
      }
      next()
    })
    expect(await failureOf(opened(apiUrl).send('GET', '/x', null))).toBe(
      'unexpected-shape: the answer is larger than 32 MiB',
    )
    expect(written).toBeLessThan(100)
  })

  it.each([
    { rule: 'before an answer', begin: false },
    { rule: 'within one', begin: true },
  ])('a connection that breaks $rule is no answer', async ({ begin }) => {
    const exchanges = opened(
      await api((request, response) => {
        if (!begin) return request.socket.destroy()
        response.writeHead(200, { 'content-length': '9' })
        return response.write('{', () => request.socket.destroy())
      }),
    )
    expect(await codeOf(exchanges.send('POST', '/x', {}))).toMatch(/^(?:ECONNRESET|unreachable)$/)
  })

  it('a whole answer counts, whatever breaks behind it', async () => {
    const server = createSocketServer(socket => {
      socket.on('data', () => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}stray bytes\r\n\r\n')
      })
      socket.on('error', () => undefined)
      ends.push(() => socket.destroy())
    })
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve)
    })
    ends.push(() => server.close())
    const { port } = server.address() as AddressInfo
    const { bytes } = await opened(`http://127.0.0.1:${port}`).send('POST', '/x', {})
    expect(bytes.toString('utf8')).toBe('{}')
  })

  it('sends nothing any more after its end', async () => {
    let asked = 0
    const exchanges = opened(
      await api((_, response) => {
        asked += 1
        response.end('{}')
      }),
    )
    exchanges.close()
    expect([await failureOf(exchanges.send('GET', '/x', null)), asked]).toEqual([
      'out-of-time: the sweep is over',
      0,
    ])
  })

  it.each([
    { rule: 'a token', token: 'secret-token', sent: 'token secret-token' },
    { rule: 'a JSON web token', token: 'a.b.c', sent: 'Bearer a.b.c' },
    { rule: 'a token with one dot', token: 'a.b', sent: 'token a.b' },
  ])('asks for JSON, by $rule', async ({ token, sent }) => {
    const seen: unknown[] = []
    const apiUrl = await api(({ headers }, response) => {
      seen.push([headers.authorization, headers.accept, headers['user-agent']])
      response.end('{}')
    })
    await opened(apiUrl, token).send('GET', '/x', null)
    expect(seen).toEqual([[sent, 'application/json', 'me']])
  })

  it.each([
    { variable: 'http_proxy', apiUrl: 'http://git.example.test/api/v1', port: 80 },
    { variable: 'https_proxy', apiUrl: 'https://git.example.test/api/v1', port: 443 },
    { variable: 'https_proxy', apiUrl: 'https://git.example.test:8443/api/v1', port: 8443 },
  ])('names port $port of $apiUrl to a proxy', async ({ variable, apiUrl, port }) => {
    const through: string[] = []
    const proxy = createServer()
    proxy.on('connect', (request, socket: Socket) => {
      through.push(request.url ?? '')
      socket.destroy()
    })
    for (const name of variables) Reflect.deleteProperty(process.env, name)
    process.env[variable] = `http://127.0.0.1:${await served(proxy)}`
    await codeOf(opened(apiUrl).send('GET', '/x', null))
    expect(through).toEqual([`git.example.test:${port}`])
  })

  it('names an address of IPv6 to a proxy in brackets', async () => {
    const through: string[] = []
    const proxy = createServer()
    proxy.on('connect', (request, socket: Socket) => {
      through.push(request.url ?? '')
      socket.destroy()
    })
    for (const name of variables) Reflect.deleteProperty(process.env, name)
    process.env['http_proxy'] = `http://127.0.0.1:${await served(proxy)}`
    await codeOf(opened('http://[fd00::1]:3000/api/v1').send('GET', '/x', null))
    expect(through).toEqual(['[fd00::1]:3000'])
  })

  it('goes through the proxy that the environment names, to the API alone', async () => {
    const [asked, through]: string[][] = [[], []]
    const apiUrl = await api((request, response) => {
      asked?.push(`${request.url ?? ''} ${request.headers.authorization ?? ''}`)
      response.end('{"through":true}')
    })
    const proxy = createServer()
    proxy.on('connect', (request, socket: Socket) => {
      through?.push(`${request.url ?? ''} ${request.headers.authorization ?? 'no token'}`)
      const { port } = new URL(apiUrl)
      const on = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        on.pipe(socket).pipe(on)
      })
      socket.on('error', () => on.destroy())
      ends.push(() => on.destroy())
    })
    for (const name of variables) Reflect.deleteProperty(process.env, name)
    process.env['http_proxy'] = `http://127.0.0.1:${await served(proxy)}`
    // No proxy is asked for one's own machine.
    const named = apiUrl.replace('127.0.0.1', 'git.example.test')
    const { bytes } = await opened(named).send('GET', '/api/v1/x', null)
    expect([bytes.toString('utf8'), asked, through]).toEqual([
      '{"through":true}',
      ['/api/v1/x token secret-token'],
      [`${new URL(named).host} no token`],
    ])
  })
})
