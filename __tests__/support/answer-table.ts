import type { Server } from '../../src/core/model/server.js'
import type { Instant } from '../../src/core/model/time.js'
import type { Answer } from '../../src/forge/answer.js'
import type { Connection } from '../../src/forge/gitea/connection.js'
import { dialectOf } from '../../src/forge/gitea/dialect.js'
import type { Http, Query } from '../../src/forge/http.js'
import { ForgeError } from '../../src/forge/port.js'
import { namingOf, readVersion } from '../../src/forge/versions.js'
import { NOW } from './builders.js'
import { server } from './servers.js'

/** What a server answers: a good answer with this body, unless more is said of it. */
export interface Told {
  readonly body: unknown
  readonly status?: number
  /** What it counts in all; nothing if not said. */
  readonly total?: number | null
  readonly at?: Instant | null
}

/** A server that answers by a table, and every request it was sent. */
export interface AnswerTable {
  readonly on: Connection
  /** As `GET /pulls?page=1`, below the repository; what was posted stands behind. */
  readonly asked: readonly string[]
}

export interface Speaking {
  readonly version?: string
  readonly server?: Partial<Server>
  readonly dialect?: Partial<Connection['dialect']>
}

/** The root of the repository that is asked. */
const ROOT = '/repos/o/r'

const answerOf = ({ body, status = 200, total = null, at = NOW }: Told): Answer => ({
  status,
  headers: {},
  body,
  total,
  at,
})

/** What `answer` throws is how the request fails. */
export function answering(
  answer: (request: string) => Told | Promise<Told>,
  { version = '1.26.4', server: offer = {}, dialect = {} }: Speaking = {},
): AnswerTable {
  const asked: string[] = []
  const send = async (method: string, path: string, more: string): Promise<Answer> => {
    const request = `${method} ${path.startsWith(ROOT) ? path.slice(ROOT.length) : path}${more}`
    asked.push(request)
    return answerOf(await answer(request))
  }
  const queried = (path: string, query: Query = {}): Promise<Answer> => {
    const text = Object.entries(query).map(([name, value]) => `${name}=${value}`)
    return send('GET', path, text.length === 0 ? '' : `?${text.join('&')}`)
  }
  const http: Http = {
    find: queried,
    get: async (path, query) => {
      const found = await queried(path, query)
      if (found.status === 404) throw new ForgeError('not-found', `GET ${path}: 404`)
      return found
    },
    post: (path, body) => send('POST', path, body === null ? '' : ` ${JSON.stringify(body)}`),
    ask: () => Promise.reject(new Error('no question is put by POST')),
    hide: said => said,
    requests: () => asked.length,
    close: () => undefined,
  }
  const read = readVersion(version)
  const on: Connection = {
    http,
    server: server(version, offer),
    dialect: { ...dialectOf(read), ...dialect },
    naming: namingOf(read),
    refusals: [],
    repo: 'o/r',
    root: ROOT,
    sweepFile: null,
  }
  return { on, asked }
}

/** Answers each request by the body that stands behind it; one that does not stand there fails. */
export const byTable =
  (table: Readonly<Record<string, unknown>>): ((request: string) => Told) =>
  request => {
    if (!Object.hasOwn(table, request)) throw new ForgeError('not-found', `not told: ${request}`)
    return { body: table[request] }
  }

/** How work ends that must fail: by the code and the words of its error. */
export const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'it did not fail',
    (error: unknown) =>
      error instanceof ForgeError
        ? `${error.code}: ${error.message}`
        : `no error of ours: ${String(error)}`,
  )
