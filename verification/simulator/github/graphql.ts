import { readFileSync } from 'node:fs'
import type { GraphQLSchema } from 'graphql'
import { buildSchema, execute, parse, validate } from 'graphql'
import type { Check, GithubWorld, Pull, Suite } from './world.js'
import { mergeNode, viewerOf } from './merge.js'
import { checkLink, timeText } from './wire.js'

let built: GraphQLSchema | null = null

/** GitHub's own schema. It has duplicate fields, which a strict reader would refuse. */
function githubSchema(): GraphQLSchema {
  const path = new URL(
    '../../../node_modules/@octokit/graphql-schema/schema.graphql',
    import.meta.url,
  )
  built ??= buildSchema(readFileSync(path, 'utf8'), { assumeValid: true, assumeValidSDL: true })
  return built
}

/** What is wrong with a query by GitHub's schema. */
export const faultsOfQuery = (query: string): readonly string[] =>
  validate(githubSchema(), parse(query)).map(({ message }) => message)

interface Filter {
  readonly filterBy?: { readonly checkName?: string; readonly checkType?: string }
  readonly first?: number
  readonly last?: number
}

/** A connection with as many nodes as were asked for. */
function connection(all: readonly object[], { first, last }: Filter): object {
  const nodes = last === undefined ? all.slice(0, first) : all.slice(-last)
  return { totalCount: all.length, nodes }
}

function checkNode(world: GithubWorld, suite: Suite, check: Check): object {
  return {
    databaseId: check.id,
    name: check.name,
    status: check.status.toUpperCase(),
    conclusion: check.conclusion?.toUpperCase() ?? null,
    startedAt: timeText(check.startedAt),
    completedAt: check.completedAt === null ? null : timeText(check.completedAt),
    detailsUrl: checkLink(world, suite, check),
  }
}

function suiteNode(world: GithubWorld, suite: Suite): object {
  const { run } = suite
  const end = world.conclusionOf(suite)
  return {
    databaseId: suite.id,
    status: end === null ? 'IN_PROGRESS' : 'COMPLETED',
    conclusion: end?.toUpperCase() ?? null,
    app: { databaseId: suite.app.id, slug: suite.app.slug },
    workflowRun:
      run === null
        ? null
        : {
            databaseId: run.id,
            event: run.event,
            createdAt: timeText(run.createdAt),
            workflow: {
              databaseId: run.workflow.id,
              state: run.workflow.state.toUpperCase(),
              resourcePath: `/${world.owner}/${world.name}/actions/workflows/${
                run.workflow.path.split('/').at(-1) ?? ''
              }`,
            },
          },
    checkRuns: ({ filterBy, ...page }: Filter) => {
      const every = world.checks.filter(check => check.suite === suite.id)
      const latest = filterBy?.checkType !== 'ALL'
      const checks = (latest ? world.shown(suite) : every).filter(
        ({ name }) => filterBy?.checkName === undefined || name === filterBy.checkName,
      )
      return connection(
        checks.map(check => checkNode(world, suite, check)),
        page,
      )
    },
  }
}

function commitNode(world: GithubWorld, sha: string): object {
  const statuses = world.statuses.filter(one => one.sha === sha)
  return {
    __typename: 'Commit',
    oid: sha,
    status:
      statuses.length === 0
        ? null
        : { id: `S_${sha}`, context: ({ name }: { name: string }) => contextNode(statuses, name) },
    checkSuites: ({ filterBy, ...page }: Filter) => {
      const suites = world.suites.filter(
        suite =>
          suite.sha === sha &&
          (filterBy?.checkName === undefined ||
            world.newest(suite, filterBy.checkName) !== undefined),
      )
      return connection(
        suites.map(suite => suiteNode(world, suite)),
        page,
      )
    },
  }
}

function contextNode(statuses: GithubWorld['statuses'], name: string): object | null {
  const found = statuses.filter(one => one.context.toLowerCase() === name.toLowerCase()).at(-1)
  if (found === undefined) return null
  const bot = found.login.endsWith('[bot]')
  return {
    context: found.context,
    state: found.state.toUpperCase(),
    description: found.description,
    targetUrl: found.targetUrl,
    createdAt: timeText(found.createdAt),
    // GraphQL names an app without the brackets that REST puts behind it.
    creator: { __typename: bot ? 'Bot' : 'User', login: found.login.replace('[bot]', '') },
  }
}

const commitOfPull = (world: GithubWorld, pull: Pull): object => ({
  ...commitNode(world, pull.head),
  // A union asks for the kind of a signature.
  signature: pull.merge?.unsigned === true ? null : { __typename: 'GpgSignature', isValid: true },
})

function pullNode(world: GithubWorld, pull: Pull): object {
  return {
    number: pull.number,
    title: pull.title,
    isDraft: pull.merge?.draft ?? false,
    headRefOid: pull.head,
    baseRefName: pull.base,
    baseRefOid: world.base,
    commits: () => ({ totalCount: 1, nodes: [{ commit: commitOfPull(world, pull) }] }),
    ...mergeNode(pull),
  }
}

/** Answers a query as GitHub's schema has it; a field that schema does not know is an error. */
export async function answerGraphql(
  world: GithubWorld,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const document = parse(query)
  const errors = validate(githubSchema(), document)
  if (errors.length > 0) return { errors: errors.map(({ message }) => ({ message })) }
  const repository = {
    viewerPermission: viewerOf(world),
    pullRequest: ({ number }: { number: number }) => {
      const pull = world.pulls.find(one => one.number === number)
      return pull === undefined ? null : pullNode(world, pull)
    },
    object: ({ oid }: { oid: string }) => commitNode(world, oid),
    pullRequests: ({ first, after }: { first: number; after?: string | null }) => {
      const open = world.pulls.filter(pull => pull.open)
      const from = Number(after ?? 0)
      const nodes = open.slice(from, from + first).map(pull => pullNode(world, pull))
      const end = from + nodes.length
      return { nodes, pageInfo: { hasNextPage: end < open.length, endCursor: String(end) } }
    },
  }
  const mine = ({ owner, name }: { owner: string; name: string }): object | null =>
    owner === world.owner && name === world.name ? repository : null
  return execute({
    schema: githubSchema(),
    document,
    rootValue: { repository: mine, viewer: { login: world.login } },
    variableValues: variables,
  })
}
