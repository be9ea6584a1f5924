import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { heard } from '../../scripts/canary.js'
import type { Answer } from './answers.js'
import { NOT_FOUND, refusal } from './answers.js'
import type { Instead } from './failures.js'
import { answerGraphql } from './graphql.js'
import { answerRest } from './rest.js'
import type { World } from './world.js'

/** A request as it came in. */
interface Logged {
  readonly line: string
  readonly authorization: string
  readonly status: number
}

/** What all paths of one repository begin with. */
const ROOT = /^\/api\/v3(?:\/repos\/[^/]+\/[^/]+)?/

/** The fake GitHub over HTTP, laid out as Enterprise Server is. */
export class GithubServer {
  readonly log: Logged[] = []
  /** Requests for which there is no route: the world lacks something. */
  readonly unknown: string[] = []
  readonly world: World
  readonly token: string
  readonly #server: Server

  private constructor(world: World, token: string) {
    this.world = world
    this.token = token
    this.#server = createServer((request, response) => {
      void this.#serve(request, response)
    })
  }

  static async open(world: World, token: string): Promise<GithubServer> {
    const server = new GithubServer(world, token)
    await new Promise<void>(resolve => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>(resolve => this.#server.close(() => resolve()))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { world } = this
    world.clock.slept(Number(request.headers['x-world-slept'] ?? 0))
    const text = await bodyOf(request)
    heard(this.origin, { url: request.url ?? '', headers: request.headers, body: text })
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const isQuery = url.pathname === '/api/graphql'
    const line = isQuery
      ? `POST /graphql ${/(?:query|mutation)\s+(\w+)/.exec(text)?.[1] ?? ''}`
      : `${request.method ?? ''} ${url.pathname.replace(ROOT, '')}${url.search}`
    world.failures.happen(line)
    world.actions.tick()
    const failing = world.failures.of(line, text)
    const usual = (): Answer => this.#answer(request, url, text)
    const carried = failing === null || failing.carriedOut ? usual() : null
    const answer = failing?.instead ?? carried ?? NOT_FOUND
    const authorization = request.headers.authorization ?? ''
    this.log.push({ line, authorization, status: answer.status })
    this.#send(response, answer, isQuery ? 'graphql' : 'core')
  }

  #answer(request: IncomingMessage, url: URL, text: string): Answer {
    const { world, token } = this
    if (request.headers['user-agent'] === undefined)
      return refusal(403, 'Request forbidden by administrative rules. User-Agent is missing.')
    const [, given] = (request.headers.authorization ?? '').split(' ')
    if (given !== token) return refusal(401, 'Bad credentials')
    if (url.pathname === '/api/graphql')
      return { status: 200, body: answerGraphql(world, json(text)) }
    return this.#rest(request.method ?? 'GET', url, text)
  }

  #rest(method: string, url: URL, text: string): Answer {
    const { repository } = this.world
    const found = /^\/api\/v3\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(url.pathname)
    const slug = decodeURIComponent(found?.[1] ?? '').toLowerCase()
    if (repository.formerly.some(one => one.toLowerCase() === slug)) {
      const location = `${this.origin}/api/v3/repositories/${repository.id}${found?.[2] ?? ''}`
      const moved = refusal(301, 'Moved Permanently')
      return { ...moved, headers: { location } }
    }
    if (slug !== repository.slug.toLowerCase()) return NOT_FOUND
    const { searchParams: query } = url
    const asked = { path: found?.[2] ?? '', query, body: json(text) }
    const answer = answerRest(this.world, method, asked)
    if (answer === null) this.unknown.push(`${method} ${url.pathname}`)
    return answer ?? NOT_FOUND
  }

  #send(response: ServerResponse, answer: Instead, resource: 'core' | 'graphql'): void {
    const { world } = this
    world.left[resource] = Math.max(0, world.left[resource] - 1)
    if (answer.broken === 'reset') {
      response.destroy()
      return
    }
    const headers: Record<string, string> = {
      'content-type': 'application/json; charset=utf-8',
      date: new Date(world.clock.now() + world.dateAhead).toUTCString(),
      'x-github-request-id': '0001:0002:0003',
      'x-github-enterprise-version': '3.19.0',
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': String(world.left[resource]),
      'x-ratelimit-used': String(5000 - world.left[resource]),
      'x-ratelimit-reset': String(Math.floor(world.clock.now() / 1000) + 1800),
      'x-ratelimit-resource': resource,
      ...answer.headers,
    }
    const { body } = answer
    const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body)
    if (answer.broken === 'cut') {
      response.writeHead(answer.status, { ...headers, 'content-length': String(text.length + 50) })
      response.write(text.slice(0, 20), () => response.destroy())
      return
    }
    response.writeHead(answer.status, headers)
    response.end(text)
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces).toString()
}

function json(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return null
  }
}
