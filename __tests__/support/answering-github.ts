import type { Policy } from '../../src/core/model/policy.js'
import type { Instant } from '../../src/core/model/time.js'
import type { Answer } from '../../src/forge/answer.js'
import type { Client } from '../../src/forge/github/client.js'
import type { GitHubContext } from '../../src/forge/github/repository.js'
import { workflowSource } from '../../src/forge/github/repository.js'
import type { SweepCache } from '../../src/forge/github/study.js'
import type { Query } from '../../src/forge/http.js'
import { ForgeError } from '../../src/forge/port.js'
import { openCache } from '../../src/forge/workflow-cache.js'
import { openContents } from '../../src/forge/workflows.js'
import { SERVER } from '../../verification/proof/checks/evidence.js'
import { NOW, SHA } from './builders.js'
import { checkPolicy } from './check-builders.js'

/** What a request asks: of the REST API by its query, of GraphQL by its query and variables. */
export interface Question {
  readonly path: string
  readonly query: Query
  readonly body: unknown
}

/** An answer with more than its body. */
export class Told {
  readonly body: unknown
  readonly rest: Partial<Pick<Answer, 'headers' | 'at'>>
  constructor(body: unknown, rest: Partial<Pick<Answer, 'headers' | 'at'>>) {
    this.body = body
    this.rest = rest
  }
}

/**
 * Answers by method and path, with the query or for every one of them: a body, a `Told`, an error
 * that is thrown, or a function that gives one of these. What is not here is not there: 404.
 */
export type Answers = Readonly<Record<string, unknown>>

/** A client that answers from a table, and what it was asked. */
interface Script {
  readonly client: Client
  /** Every request in its order, such as `GET /r/pulls/7`. */
  readonly asked: string[]
  /** The bodies of those that were posted. */
  readonly sent: unknown[]
}

type Reply = (question: Question) => unknown
const isReply = (value: unknown): value is Reply => typeof value === 'function'

export function answeringClient(answers: Answers, left: Partial<Client['remaining']> = {}): Script {
  const asked: string[] = []
  const sent: unknown[] = []
  const answer = (method: string, { path, query, body }: Question): Answer => {
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString()
    const name = `${method} ${path}`
    const whole = search === '' ? name : `${name}?${search}`
    asked.push(whole)
    if (method === 'POST') sent.push(body)
    const given = answers[whole] ?? answers[name] ?? null
    const found = isReply(given) ? given({ path, query, body }) : given
    if (found instanceof Error) throw found
    const told = found instanceof Told ? found : new Told(found, {})
    const status = told.body === null ? 404 : 200
    return { status, headers: {}, body: told.body, total: null, at: NOW, ...told.rest }
  }
  const find = async (path: string, query: Query = {}): Promise<Answer> =>
    Promise.resolve(answer('GET', { path, query, body: null }))
  const client: Client = {
    find,
    get: async (path, query) => {
      const found = await find(path, query)
      if (found.status === 404) throw new ForgeError('not-found', `GET ${path}: 404`)
      return found
    },
    post: async (path, body) => Promise.resolve(answer('POST', { path, query: {}, body })),
    graphqlPath: '/graphql',
    ask: async (path, _, body, read) =>
      Promise.resolve(read(answer('POST', { path, query: {}, body }))),
    hide: said => said,
    requests: () => asked.length,
    close: () => undefined,
    remaining: { rest: left.rest ?? null, graphql: left.graphql ?? null },
  }
  return { client, asked, sent }
}

/** What a test changes of a scripted GitHub. */
interface ScriptChange {
  readonly policy?: Partial<Policy>
  readonly isNamed?: boolean
  readonly left?: Partial<Client['remaining']>
}

/** A repository at `/r` of a scripted GitHub, and what a sweep keeps of it. */
export interface AnsweringGithub extends Script {
  readonly context: GitHubContext
  readonly kept: SweepCache
}

export function answeringGithub(answers: Answers, change: ScriptChange = {}): AnsweringGithub {
  const script = answeringClient(answers, change.left)
  const policy = checkPolicy(change.policy)
  const context: GitHubContext = {
    client: script.client,
    server: SERVER,
    owner: 'acme',
    name: 'widgets',
    root: '/r',
    contents: openContents(),
    sweepFile: null,
    origins: new Map(),
    policy,
  }
  const reads = { api: workflowSource(context), policy, cache: openCache() }
  const isNamed = change.isNamed ?? true
  return {
    ...script,
    context,
    kept: { repository: context, reads, isNamed, protection: new Map() },
  }
}

type Fields = Readonly<Record<string, unknown>>

/** A workflow file as the contents API gives it. */
export const fileOf = (...lines: readonly string[]): Fields => ({
  content: Buffer.from(lines.join('\n')).toString('base64'),
  encoding: 'base64',
})

/** Where a file of workflows is asked for. */
export const fileAsked = (commit: string, name = 'ci.yml'): string =>
  `GET /r/contents/.github/workflows/${name}?ref=${commit}`

/** A branch that stands on this commit. */
export const branchOn = (sha: string): Fields => ({ commit: { sha } })

export const TIME = '2026-05-14T11:00:00Z'
export const AT = Date.parse(TIME) as Instant

/** A check run of GraphQL: the job of run 5 whose number it has. */
export const checkNode = (id: number, change: Fields = {}): Fields => ({
  databaseId: id,
  name: 'Lint',
  status: 'COMPLETED',
  conclusion: 'SUCCESS',
  startedAt: TIME,
  completedAt: TIME,
  detailsUrl: `https://github.com/acme/widgets/actions/runs/5/job/${id}`,
  ...change,
})

/** The suite of a run of Actions. */
export const suiteNode = (id: number, run: number, checks: readonly Fields[]): Fields => ({
  databaseId: id,
  status: 'COMPLETED',
  conclusion: 'SUCCESS',
  app: { databaseId: 15368, slug: 'github-actions' },
  workflowRun: {
    databaseId: run,
    event: 'pull_request',
    createdAt: TIME,
    workflow: { databaseId: 1, state: 'ACTIVE', resourcePath: '/acme/widgets/actions/ci.yml' },
  },
  checkRuns: { totalCount: checks.length, nodes: checks },
})

export const suitesOf = (...nodes: readonly Fields[]): Fields => ({
  totalCount: nodes.length,
  nodes,
})

/** A commit as a query of details gives it. */
export const commitNode = (suites: Fields | null, change: Fields = {}): Fields => ({
  oid: SHA,
  status: null,
  checkSuites: suites,
  ...change,
})

/** What GraphQL answers. */
export const graphqlOf = (repository: unknown, ...errors: readonly Fields[]): Fields => ({
  data: { repository },
  ...(errors.length > 0 ? { errors } : {}),
})

/** A run as REST gives it. */
export const runRow = (id: number, change: Fields = {}): Fields => ({
  id,
  event: 'pull_request',
  status: 'completed',
  conclusion: 'success',
  workflow_id: 1,
  check_suite_id: 3,
  path: '.github/workflows/ci.yml',
  head_sha: SHA,
  run_attempt: 1,
  created_at: TIME,
  ...change,
})

/** A job of run 5 as REST gives it. */
export const jobRow = (id: number, change: Fields = {}): Fields => ({
  id,
  run_id: 5,
  run_attempt: 1,
  name: 'Lint',
  status: 'completed',
  conclusion: 'success',
  started_at: TIME,
  completed_at: TIME,
  runner_id: 3,
  steps: [{}],
  ...change,
})

export const jobsOf = (...jobs: readonly Fields[]): Fields => ({ total_count: jobs.length, jobs })

/** A check run as REST gives it: the job of run 5 whose number it has. */
export const checkRow = (id: number, change: Fields = {}): Fields => ({
  id,
  name: 'Lint',
  status: 'completed',
  conclusion: 'success',
  started_at: TIME,
  completed_at: TIME,
  details_url: `https://github.com/acme/widgets/actions/runs/5/job/${id}`,
  ...change,
})

export const checksOf = (...rows: readonly Fields[]): Fields => ({
  total_count: rows.length,
  check_runs: rows,
})
