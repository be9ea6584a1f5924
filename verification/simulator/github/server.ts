import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { heard } from '../../../scripts/canary.js'
import type { Json } from '../state.js'
import { answerGraphql } from './graphql.js'
import { faultsOfAnswer } from './openapi.js'
import type { Answer } from './route.js'
import { answerRest } from './rest.js'
import type { GithubWorld } from './world.js'

/** A busy machine may let a connection rest for long; it must not be closed meanwhile. */
const RESTING = { keepAliveTimeout: 600_000 }

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly body: Json
}

/** An answer in place of the world's own. */
export interface PlannedAnswer extends Answer {
  readonly headers?: Readonly<Record<string, string>>
}

export interface GithubServer {
  /** The API's address; like Enterprise, it ends in `/api/v3`. */
  readonly apiUrl: string
  readonly token: string
  readonly requests: readonly SeenRequest[]
  /** What GitHub's own description has against answers that were given. */
  readonly faults: readonly string[]
  /** Asked before the world; may change it, and may answer in its place. */
  on(hook: (request: SeenRequest) => PlannedAnswer | undefined): void
  close(): Promise<void>
}

const TOKEN = 'ghs_simulated'

async function bodyOf(message: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = []
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? null : (JSON.parse(text) as Json)
}

/** Seconds that go by with every request: jobs that run end while somebody looks. */
const TICK = 1

function send(
  world: GithubWorld,
  message: IncomingMessage,
  response: ServerResponse,
  given: PlannedAnswer,
): void {
  const graphql = message.url === '/api/graphql'
  response.writeHead(given.status, {
    'content-type': 'application/json; charset=utf-8',
    date: new Date(world.now * 1000).toUTCString(),
    'x-github-enterprise-version': '3.19.0',
    'x-ratelimit-resource': graphql ? 'graphql' : 'core',
    'x-ratelimit-remaining': String(Math.max(0, world.left[graphql ? 'graphql' : 'rest'])),
    ...(given.more === true ? { link: '<http://127.0.0.1/next>; rel="next"' } : {}),
    ...given.headers,
  })
  response.end(JSON.stringify(given.body))
}

const closed = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.closeAllConnections()
    server.close(() => {
      resolve()
    })
  })

/** Serves a world on 127.0.0.1 as Enterprise Server does. */
export async function serveGithub(world: GithubWorld): Promise<GithubServer> {
  const requests: SeenRequest[] = []
  const faults: string[] = []
  const hooks: ((request: SeenRequest) => PlannedAnswer | undefined)[] = []

  async function answer(message: IncomingMessage): Promise<PlannedAnswer> {
    const url = new URL(message.url ?? '/', 'http://127.0.0.1')
    const body = await bodyOf(message)
    const { headers, url: asked = '' } = message
    heard(`http://${headers.host ?? ''}`, { url: asked, headers, body: JSON.stringify(body) })
    const method = message.method ?? 'GET'
    const graphql = url.pathname === '/api/graphql'
    const path = graphql ? '/graphql' : url.pathname.replace(/^\/api\/v3/, '')
    requests.push({ method, path, body })
    world.pass(TICK)
    for (const hook of hooks) {
      const planned = hook({ method, path, body })
      if (planned !== undefined) return planned
    }
    if (message.headers.authorization !== `token ${TOKEN}`)
      return { status: 401, body: { message: 'Bad credentials' } }
    const kind = graphql ? 'graphql' : 'rest'
    if (world.left[kind] <= 0)
      return { status: 403, body: { message: 'API rate limit exceeded for installation.' } }
    world.left[kind] -= 1
    if (graphql) {
      const { query, variables } = body as { query: string; variables: Record<string, unknown> }
      return { status: 200, body: (await answerGraphql(world, query, variables)) as Json }
    }
    const found = answerRest(world, { method, path, query: url.searchParams, body })
    faults.push(...faultsOfAnswer(method, path, found.status, found.body))
    return found
  }

  const server = createServer(RESTING, (message, response) => {
    void answer(message)
      .catch((error: unknown): PlannedAnswer => {
        faults.push(`the simulator failed: ${String(error)}`)
        return { status: 500, body: { message: String(error) } }
      })
      .then(given => {
        send(world, message, response, given)
      })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    apiUrl: `http://127.0.0.1:${port}/api/v3`,
    token: TOKEN,
    requests,
    faults,
    on: hook => {
      hooks.push(hook)
    },
    close: () => closed(server),
  }
}
