import type { Instant } from '../../src/core/model/time.js'
import type { Answer } from '../../src/forge/answer.js'
import type { Connection } from '../../src/forge/gitea/connection.js'
import { ForgeError } from '../../src/forge/port.js'
import { NOW } from './builders.js'
import type { Send, Speaking } from './gitea-connection.js'
import { connectionBy, ROOT } from './gitea-connection.js'

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
  speaking: Speaking = {},
): AnswerTable {
  const asked: string[] = []
  const send: Send = async (method, path, more) => {
    const request = `${method} ${path.startsWith(ROOT) ? path.slice(ROOT.length) : path}${more}`
    asked.push(request)
    return answerOf(await answer(request))
  }
  return { on: connectionBy(send, speaking), asked }
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
