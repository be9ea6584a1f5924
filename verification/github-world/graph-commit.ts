import { GraphQLError } from 'graphql'
import { timeText } from './clock.js'
import type { Connected, Paging } from './connection.js'
import { connection } from './connection.js'
import type { Check, Right, Run, StatusRow, Suite } from './model.js'
import type { Stand } from './stand.js'
import { latestOf, passes, seenIn, standOf, standOfSuite } from './stand.js'
import type { World } from './world.js'

const page = (world: World, rest: string): string =>
  `https://github.example/${world.repository.slug}/${rest}`

const words = ({ status, conclusion }: Stand): object => ({
  status: status.toUpperCase(),
  conclusion: conclusion?.toUpperCase() ?? null,
})

function runNode(world: World, run: Run): object {
  const { workflow } = run
  const file = workflow.path.split('/').at(-1) ?? ''
  return {
    databaseId: run.id,
    event: run.event,
    runNumber: run.number,
    createdAt: timeText(run.createdAt),
    updatedAt: timeText(run.createdAt),
    resourcePath: `/${world.repository.slug}/actions/runs/${run.id}`,
    url: world.actions.linkOf(run),
    checkSuite: () => suiteNode(world, run.suite),
    workflow: {
      databaseId: workflow.id,
      name: workflow.name,
      state: workflow.state.toUpperCase(),
      resourcePath: `/${world.repository.slug}/actions/workflows/${file}`,
      url: page(world, `actions/workflows/${file}`),
    },
  }
}

function checkNode(world: World, check: Check): object {
  const now = world.clock.now()
  const stand = standOf(check, now)
  const { startedAt, completedAt } = check
  return {
    __typename: 'CheckRun',
    databaseId: check.id,
    name: check.name,
    ...words(stand),
    startedAt: startedAt !== null && startedAt <= now ? timeText(startedAt) : null,
    completedAt: stand.status === 'completed' ? timeText(completedAt ?? now) : null,
    detailsUrl: check.link,
    permalink: check.link,
    url: check.link,
    resourcePath: check.link,
    title: null,
    summary: null,
    text: null,
    checkSuite: () => suiteNode(world, check.suite),
    isRequired: (asked: { pullRequestNumber?: number }) =>
      isRequired(world, check.name, asked.pullRequestNumber),
  }
}

const isRequired = (world: World, context: string, number: number | undefined): boolean => {
  const base = world.repository.pull(number ?? 0)?.base ?? 'main'
  return world.repository.required(base).some(one => one.context === context)
}

interface CheckFilter {
  readonly appId?: number
  readonly checkName?: string
  readonly checkType?: 'ALL' | 'LATEST'
  readonly status?: string
}

function suiteNode(world: World, suite: Suite): object {
  const now = world.clock.now()
  const jobs = suite.run === null ? [] : world.actions.jobsOf(suite.run)
  const stand = standOfSuite(suite, jobs, now)
  return {
    databaseId: suite.id,
    ...words(stand),
    createdAt: timeText(suite.createdAt),
    updatedAt: timeText(suite.createdAt),
    app: { databaseId: suite.app.id, slug: suite.app.slug, name: suite.app.name },
    commit: () => commitNode(world, suite.sha),
    workflowRun: () => (suite.run === null ? null : runNode(world, suite.run)),
    checkRuns: ({ filterBy = {}, ...paging }: Paging & { filterBy?: CheckFilter }) => {
      needs(world, 'checks')
      // Without a type GitHub shows the latest.
      const all = seenIn(suite, now)
      const rows = (filterBy.checkType === 'ALL' ? all : latestOf(all)).filter(
        check =>
          (filterBy.checkName ?? check.name) === check.name &&
          (filterBy.appId ?? suite.app.id) === suite.app.id &&
          (filterBy.status ?? '') === (filterBy.status === undefined ? '' : wordOf(check, now)),
      )
      return connection(rows, paging, check => checkNode(world, check))
    },
  }
}

const wordOf = (check: Check, now: number): string => standOf(check, now).status.toUpperCase()

function needs({ rights }: World, right: Right): void {
  if (rights[right] !== 'none') return
  const extensions = { type: 'FORBIDDEN' }
  throw new GraphQLError('Resource not accessible by integration', { extensions })
}

const contextNode = (world: World, row: StatusRow): object => ({
  __typename: 'StatusContext',
  id: `SC_${row.id}`,
  context: row.context,
  state: row.state.toUpperCase(),
  description: row.description,
  targetUrl: row.targetUrl,
  createdAt: timeText(row.createdAt),
  commit: () => commitNode(world, row.sha),
  creator: {
    __typename: row.creator.type,
    login: row.creator.login.replace(/\[bot\]$/, ''),
    resourcePath: `/${row.creator.login}`,
    url: `https://github.example/${row.creator.login}`,
  },
  isRequired: (asked: { pullRequestNumber?: number }) =>
    isRequired(world, row.context, asked.pullRequestNumber),
})

/** The newest status of every context, compared without case. */
function newestRows(world: World, sha: string): readonly StatusRow[] {
  const newest = new Map<string, StatusRow>()
  for (const row of world.statuses)
    if (row.sha === sha && (newest.get(row.context.toLowerCase())?.id ?? 0) < row.id)
      newest.set(row.context.toLowerCase(), row)
  return [...newest.values()]
}

function statusNode(world: World, sha: string): object | null {
  needs(world, 'statuses')
  const rows = newestRows(world, sha)
  if (rows.length === 0) return null
  const find = (name: string): StatusRow | undefined =>
    rows.find(row => row.context.toLowerCase() === name.toLowerCase())
  return {
    id: `S_${sha}`,
    state: stateOf(rows.map(({ state }) => state === 'success')),
    commit: () => commitNode(world, sha),
    contexts: () => rows.map(row => contextNode(world, row)),
    context: ({ name }: { name: string }) => {
      const row = find(name)
      return row === undefined ? null : contextNode(world, row)
    },
  }
}

const stateOf = (green: readonly boolean[]): string =>
  green.every(Boolean) ? 'SUCCESS' : 'FAILURE'

function rollup(world: World, sha: string): object | null {
  const now = world.clock.now()
  const checks = suitesOf(world, sha).flatMap(suite => latestOf(seenIn(suite, now)))
  const rows = newestRows(world, sha)
  if (checks.length + rows.length === 0) return null
  const green = [
    ...checks.map(check => passes(standOf(check, now))),
    ...rows.map(({ state }) => state === 'success'),
  ]
  return {
    id: `SCR_${sha}`,
    state: stateOf(green),
    contexts: (paging: Paging) =>
      connection(
        [
          ...checks.map(check => checkNode(world, check)),
          ...rows.map(row => contextNode(world, row)),
        ],
        paging,
        one => one,
      ),
  }
}

const suitesOf = ({ actions }: World, sha: string): readonly Suite[] =>
  actions.suites.filter(suite => suite.sha === sha)

interface SuiteFilter {
  readonly appId?: number
  readonly checkName?: string
}

/** A commit with what stands on it. */
export const commitNode = (world: World, sha: string): object => ({
  id: `C_${sha}`,
  oid: sha,
  message: 'a commit',
  committedDate: '2026-11-30T00:00:00Z',
  status: () => statusNode(world, sha),
  statusCheckRollup: () => rollup(world, sha),
  checkSuites: (asked: Paging & { filterBy?: SuiteFilter }): Connected => {
    needs(world, 'checks')
    const { filterBy = {}, ...paging } = asked
    const now = world.clock.now()
    const rows = suitesOf(world, sha).filter(
      suite =>
        (filterBy.appId ?? suite.app.id) === suite.app.id &&
        (filterBy.checkName === undefined ||
          seenIn(suite, now).some(({ name }) => name === filterBy.checkName)),
    )
    return connection(rows, paging, suite => suiteNode(world, suite))
  },
})
