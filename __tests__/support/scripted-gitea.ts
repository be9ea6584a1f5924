import type { Answer } from '../../src/forge/answer.js'
import type { Connection } from '../../src/forge/gitea/connection.js'
import { ForgeError } from '../../src/forge/port.js'
import { NOW } from './builders.js'
import type { Send } from './gitea-connection.js'
import { connectionBy } from './gitea-connection.js'

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
  const send: Send = async (method, path, more) => {
    const request = method === 'GET' ? `${path}${more}` : `POST ${path}`
    const before = asked.filter(one => one === request).length
    asked.push(method === 'GET' ? request : `${request}${more}`)
    return Promise.resolve(answer(request, before))
  }
  return { on: connectionBy(send, { version }), asked }
}
