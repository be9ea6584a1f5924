import type { Server } from '../../src/core/model/server.js'
import type { Answer } from '../../src/forge/answer.js'
import type { Connection } from '../../src/forge/gitea/connection.js'
import { dialectOf } from '../../src/forge/gitea/dialect.js'
import type { Http, Query } from '../../src/forge/http.js'
import { ForgeError } from '../../src/forge/port.js'
import { namingOf, readVersion } from '../../src/forge/versions.js'
import { server } from './servers.js'

/** The root of the repository `o/r`. */
export const ROOT = '/repos/o/r'

/** One request: `more` is its query, or its body behind a blank. */
export type Send = (method: 'GET' | 'POST', path: string, more: string) => Promise<Answer>

/** What kind of server is spoken to. */
export interface Speaking {
  readonly version?: string
  readonly server?: Partial<Server>
  readonly dialect?: Partial<Connection['dialect']>
}

const queryText = (query: Query): string => {
  const parts = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}

/** A connection to a Gitea or Forgejo that is only a function. */
export function connectionBy(
  send: Send,
  { version = '1.26.4', server: offer = {}, dialect = {} }: Speaking,
): Connection {
  const find: Http['find'] = (path, query = {}) => send('GET', path, queryText(query))
  const http: Http = {
    find,
    get: async (path, query) => {
      const found = await find(path, query)
      if (found.status === 404) throw new ForgeError('not-found', `GET ${path}: 404`)
      return found
    },
    post: (path, body) => send('POST', path, body === null ? '' : ` ${JSON.stringify(body)}`),
    ask: () => Promise.reject(new Error('no question is put by POST here')),
    hide: said => said,
    requests: () => 0,
    close: () => undefined,
  }
  const read = readVersion(version)
  return {
    http,
    server: server(version, offer),
    dialect: { ...dialectOf(read), ...dialect },
    naming: namingOf(read),
    refusals: [],
    repo: 'o/r',
    root: ROOT,
    sweepFile: null,
  }
}
