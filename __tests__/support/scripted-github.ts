import type { Exchanges, RawAnswer } from '../../src/forge/exchange.js'
import { openClient } from '../../src/forge/github/client.js'
import type { Client } from '../../src/forge/github/client.js'
import type { GitHubContext } from '../../src/forge/github/repository.js'
import { workflowSource } from '../../src/forge/github/repository.js'
import type { SweepCache } from '../../src/forge/github/study.js'
import type { ForgeErrorCode } from '../../src/forge/port.js'
import { ForgeError } from '../../src/forge/port.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { openContents } from '../../src/forge/workflows.js'
import { SERVER } from '../../verification/proof/checks/evidence.js'
import { checkPolicy } from './check-builders.js'
import { lateClock } from './clock.js'

/** The path of the repository, which requests are told without. */
export const ROOT = '/repos/acme/widgets'

/** An answer, a good one with a clock if nothing else is said. */
export interface Scripted {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** A server whose answers have no `Date`. */
  readonly clock?: 'none'
}

/**
 * What is answered, by `GET /pulls/7` below the repository, with its query or without; several
 * answers are given one after another, and the last one for good. Whatever else is asked for is not
 * there.
 */
export type Script = Readonly<Record<string, Scripted | readonly Scripted[]>>

export interface ScriptedGithub {
  readonly client: Client
  readonly repository: GitHubContext
  /** Every request, as `GET /pulls/7?page=1`. */
  readonly asked: readonly string[]
  /** The bodies of what was posted. */
  readonly posted: readonly unknown[]
  /** The milliseconds that were waited, one by one. */
  readonly slept: readonly number[]
  /** How often the connections were given back. */
  readonly closed: () => number
}

/** The time of every answer, as its `Date` says it. */
const DATE = 'Thu, 14 May 2026 12:00:00 GMT'

const rawOf = ({ status = 200, body, headers, clock }: Scripted): RawAnswer => ({
  status,
  headers: {
    'content-type': 'application/json',
    ...(clock === 'none' ? {} : { date: DATE }),
    ...headers,
  },
  bytes: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
})

const NOT_THERE: Scripted = { status: 404, body: { message: 'Not Found' } }

/** Gives the answers of a script, each in its turn. */
function openScript(script: Script): (what: string) => Scripted {
  const given = new Map<string, number>()
  return what => {
    const key = what in script ? what : (what.split('?')[0] ?? what)
    const answers = [script[key] ?? NOT_THERE].flat()
    const turn = given.get(key) ?? 0
    given.set(key, turn + 1)
    return answers[Math.min(turn, answers.length - 1)] ?? NOT_THERE
  }
}

/** GitHub as far as a script goes, behind the client that speaks to the real one. */
export function scriptedGithub(script: Script, apiUrl = 'https://api.github.com'): ScriptedGithub {
  const asked: string[] = []
  const posted: unknown[] = []
  const slept: number[] = []
  let closed = 0
  const answerTo = openScript(script)
  const exchanges: Exchanges = {
    send: (method, path, body) => {
      const what = `${method} ${path.replace(ROOT, '')}`
      asked.push(what)
      if (method === 'POST') posted.push(body)
      return Promise.resolve(rawOf(answerTo(what)))
    },
    close: () => {
      closed += 1
    },
  }
  const options = {
    place: { apiUrl, repo: 'acme/widgets' },
    token: 'secret',
    userAgent: 'test',
    sweepFile: null,
    budget: 1_000_000,
    concurrency: 4,
    now: () => 0,
    random: () => 0,
    sleep: (milliseconds: number) => {
      slept.push(milliseconds)
      return Promise.resolve()
    },
    ...lateClock,
  }
  const client = openClient(options, () => exchanges)
  return { client, repository: repositoryOf(client), asked, posted, slept, closed: () => closed }
}

const repositoryOf = (client: Client): GitHubContext => ({
  client,
  server: SERVER,
  owner: 'acme',
  name: 'widgets',
  root: ROOT,
  contents: openContents(),
  sweepFile: null,
  origins: new Map(),
  policy: checkPolicy(),
})

/** What is kept of a sweep of this repository that has just begun. */
export const keptOf = (repository: GitHubContext): SweepCache => ({
  repository,
  reads: { api: workflowSource(repository), policy: repository.policy, cache: openCache() },
  isNamed: true,
  protection: new Map(),
})

/** The header by which GitHub says that another page follows. */
export const NEXT = { link: '<https://api.github.com/next>; rel="next"' }

/** A good answer of GraphQL about the repository. */
export const graphql = (repository: unknown, errors?: readonly unknown[]): Scripted => ({
  body: { data: { repository }, ...(errors === undefined ? {} : { errors }) },
})

/** A workflow file as the contents API gives it. */
export const fileAnswer = (text: string): Scripted => ({
  body: { content: Buffer.from(text).toString('base64'), encoding: 'base64' },
})

/** The error of what must fail, as `code: message`. */
export async function errorOf(read: Promise<unknown>): Promise<`${ForgeErrorCode}: ${string}`> {
  const thrown: unknown = await read.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  )
  if (!(thrown instanceof ForgeError)) throw thrown
  return `${thrown.code}: ${thrown.message}`
}
