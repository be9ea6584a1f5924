import type { Answer } from '../../src/forge/answer.js'
import type { Query } from '../../src/forge/http.js'
import { ForgeError } from '../../src/forge/port.js'
import type { Connection } from '../../src/forge/gitea/connection.js'
import { dialectOf } from '../../src/forge/gitea/dialect.js'
import { namingOf, readVersion } from '../../src/forge/versions.js'
import { NOW } from './builders.js'
import { server } from './servers.js'

/** What a request is answered, or how it fails. */
export type Reply = ForgeError | Partial<Answer>

/** Replies by request, as `/path?page=1`: of a list each is given once, and the last for good. */
export type Script = Readonly<Partial<Record<string, Reply | readonly Reply[]>>>

/** A repository `o/r` of Gitea or Forgejo that answers by a script, and what it was asked. */
export interface ScriptedGitea {
  readonly on: Connection
  /** Every request in its order: reads as in the script, writes as `POST /path {"a":1}`. */
  readonly asked: readonly string[]
}

export const forbidden = (): ForgeError => new ForgeError('forbidden', 'it is not yours')

export const broken = (): ForgeError => new ForgeError('server-error', 'the server is broken')

const requestOf = (path: string, query: Query): string => {
  const parts = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return parts.length === 0 ? path : `${path}?${parts.join('&')}`
}

const isList = (reply: Reply | readonly Reply[]): reply is readonly Reply[] => Array.isArray(reply)

/** The answers of a script, each by how often its request was put before. */
function answersOf(script: Script): (request: string, before: number) => Answer {
  return (request, before) => {
    const known = script[request]
    const replies = known === undefined ? [] : isList(known) ? known : [known]
    const reply = replies[Math.min(before, replies.length - 1)] ?? { status: 404 }
    if (reply instanceof ForgeError) throw reply
    return { status: 200, headers: {}, body: null, total: null, at: NOW, ...reply }
  }
}

export function scriptedGitea(script: Script, version = '1.22.6'): ScriptedGitea {
  const asked: string[] = []
  const answer = answersOf(script)
  const find = async (path: string, query: Query = {}): Promise<Answer> => {
    const request = requestOf(path, query)
    const before = asked.filter(one => one === request).length
    asked.push(request)
    return Promise.resolve(answer(request, before))
  }
  const http: Connection['http'] = {
    find,
    get: async (path, query) => {
      const found = await find(path, query)
      if (found.status === 404) throw new ForgeError('not-found', `GET ${path}: 404`)
      return found
    },
    post: async (path, body) => {
      asked.push(`POST ${path} ${JSON.stringify(body)}`)
      return Promise.resolve(answer(`POST ${path}`, 0))
    },
    ask: () => Promise.reject(new Error('no question is put by POST here')),
    hide: said => said,
    requests: () => asked.length,
    close: () => undefined,
  }
  const read = readVersion(version)
  const on: Connection = {
    http,
    server: server(version),
    dialect: dialectOf(read),
    naming: namingOf(read),
    refusals: [],
    repo: 'o/r',
    root: '/repos/o/r',
    sweepFile: null,
  }
  return { on, asked }
}
