import { afterEach, describe, expect, it } from '@jest/globals'
import { schema as github } from '@octokit/graphql-schema'
import type { GraphQLNamedType, GraphQLSchema } from 'graphql'
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql'
import { TOKEN } from '../../verification/github-world/bundle.js'
import { answerGraphql } from '../../verification/github-world/graphql.js'
import { SCHEMA } from '../../verification/github-world/schema.js'
import { GithubServer } from '../../verification/github-world/server.js'
import { World } from '../../verification/github-world/world.js'
import { faultsOfAnswer } from '../../verification/simulator/github/openapi.js'

const CI = `
name: CI
on: pull_request
jobs:
  lint: { runs-on: x, steps: [{ run: make }] }
  gate: { needs: lint, if: always(), runs-on: x, steps: [{ run: make }] }
  deploy: { needs: gate, runs-on: x, steps: [{ run: make }] }
`

type Row = Readonly<Record<string, unknown>>
interface Jobs {
  readonly total_count: number
  readonly jobs: readonly Row[]
}

const open: GithubServer[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()))
})

/** A server over a world with one pull request and one run. */
async function served(change: (world: World) => void = () => undefined) {
  const world = new World()
  world.files({ 'ci.yml': CI })
  const pull = world.pull(1)
  const jobs = { lint: 'success', gate: 'failure', deploy: 'skipped' } as const
  const run = world.run('ci.yml', pull, { ago: 60, jobs })
  change(world)
  const server = await GithubServer.open(world, TOKEN)
  open.push(server)
  const ask = async (path: string, method = 'GET', body?: unknown, repo = 'acme/widgets') => {
    const answer = await fetch(`${server.origin}/api/v3/repos/${repo}${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `token ${TOKEN}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, headers: answer.headers, body: await answer.json() }
  }
  return { world, pull, run, ask }
}

const jobNamed = async (
  { ask, run }: Awaited<ReturnType<typeof served>>,
  name: string,
): Promise<Row> => {
  const { body } = await ask(`/actions/runs/${run.id}/jobs`)
  return (body as Jobs).jobs.find(job => job['name'] === name) ?? {}
}

describe('a re-run', () => {
  it('of one job runs what depends on it, and carries the others over', async () => {
    const on = await served()
    const [lint, gate] = [await jobNamed(on, 'lint'), await jobNamed(on, 'gate')]
    const { status } = await on.ask(`/actions/jobs/${String(gate['id'])}/rerun`, 'POST')
    expect(status).toBe(201)
    on.world.clock.slept(60_000)
    on.world.actions.tick()
    expect(await jobNamed(on, 'gate')).toMatchObject({ run_attempt: 2, conclusion: 'success' })
    expect(await jobNamed(on, 'deploy')).toMatchObject({ run_attempt: 2, conclusion: 'success' })
    const carried = await jobNamed(on, 'lint')
    expect(carried).toMatchObject({ run_attempt: 2, started_at: lint['started_at'] })
    expect(carried['id']).not.toBe(lint['id'])
    const { body } = await on.ask(`/actions/runs/${on.run.id}/jobs?filter=all`)
    expect((body as Jobs).total_count).toBe(6)
    expect((await on.ask(`/actions/runs/${on.run.id}`)).body).toMatchObject({
      run_attempt: 2,
      head_sha: on.pull.head,
      status: 'completed',
    })
  })

  it('is refused while the run goes, and a job with needs has no check run before', async () => {
    const on = await served()
    const gate = await jobNamed(on, 'gate')
    await on.ask(`/actions/runs/${on.run.id}/rerun`, 'POST')
    expect(await on.ask(`/actions/jobs/${String(gate['id'])}/rerun`, 'POST')).toMatchObject({
      status: 403,
      body: { message: 'This workflow is already running' },
    })
    expect(await jobNamed(on, 'gate')).toEqual({})
    expect((await on.ask(`/actions/runs/${on.run.id}`)).body).toMatchObject({ conclusion: null })
  })

  it('of what failed leaves green jobs alone', async () => {
    const on = await served()
    await on.ask(`/actions/runs/${on.run.id}/rerun-failed-jobs`, 'POST')
    expect(on.world.wrote).toEqual(['rerun failed in run 1'])
    expect(await jobNamed(on, 'lint')).toMatchObject({ status: 'completed', run_attempt: 2 })
  })

  it.each([
    ['a run that could not start', { ago: 60, word: 'startup_failure' }],
    ['a run that is older than a month', { ago: 31 * 24 * 60, word: null }],
  ] as const)('of %s is refused', async (_, { ago, word }) => {
    const on = await served(world => {
      const one = world.repository.pull(1)
      if (one === undefined) return
      world.run('ci.yml', one, {
        ago,
        word: word === null ? null : { status: 'completed', conclusion: word },
        jobs: { lint: 'success' },
      })
    })
    const old = on.world.actions.runs[1]
    expect((await on.ask(`/actions/runs/${old?.id ?? 0}/rerun`, 'POST')).status).toBe(403)
    expect(on.world.wrote).toEqual([])
  })
})

describe('what a commit shows', () => {
  it('a job that may fail leaves its run green', async () => {
    const { ask, world } = await served(w => {
      const may = CI.replace('lint: {', 'lint: { continue-on-error: true,')
      const two = w.pull(2, { files: { 'ci.yml': may } })
      w.run('ci.yml', two, { ago: 60, jobs: { lint: 'failure', gate: 'success' } })
    })
    const run = world.actions.runs[1]
    expect((await ask(`/actions/runs/${run?.id ?? 0}`)).body).toMatchObject({
      conclusion: 'success',
    })
  })

  it('statuses are compared without case, newest first, with descriptions of 140', async () => {
    const { ask, pull } = await served()
    const at = `/statuses/${pull.head}`
    await ask(at, 'POST', { state: 'failure', context: 'Gate' })
    await ask(at, 'POST', { state: 'success', context: 'gate' })
    const long = await ask(at, 'POST', { state: 'success', description: 'x'.repeat(141) })
    expect(long.status).toBe(422)
    expect((await ask(`/commits/${pull.head}/status`)).body).toMatchObject({
      state: 'success',
      total_count: 1,
    })
    expect((await ask(`/commits/${pull.head}/statuses`)).body).toMatchObject([
      { context: 'gate' },
      { context: 'Gate' },
    ])
  })

  it('a list is cut into pages of 30, at most 100, which name the next', async () => {
    const { ask } = await served(w => {
      for (let number = 2; number <= 120; number += 1) w.pull(number)
    })
    expect((await ask('/pulls')).body).toHaveLength(30)
    const { body, headers } = await ask('/pulls?per_page=500')
    expect(body).toHaveLength(100)
    expect(headers.get('link')).toMatch(/page=2>; rel="next"/)
    expect((await ask('/pulls?per_page=100&page=2')).headers.get('link')).not.toMatch(/"next"/)
  })

  it('a missing permission is 403 with its message, an old name 301', async () => {
    const { ask } = await served(w => {
      w.rights = { ...w.rights, statuses: 'read' }
      w.repository.formerly.push('acme/gadgets')
    })
    expect(await ask('/statuses/abc', 'POST', { state: 'success' })).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    })
    expect((await ask('', 'GET', undefined, 'acme/gadgets')).status).toBe(301)
  })
})

const QUERY = 'query($o: String!, $n: String!) { repository(owner: $o, name: $n) { %s } }'
const query = (world: World, fields: string) =>
  answerGraphql(world, {
    query: QUERY.replace('%s', fields),
    variables: { o: 'acme', n: 'widgets' },
  })

describe('GraphQL', () => {
  it('demands how much of a list is wanted, and gives no more than a hundred', async () => {
    const { world } = await served()
    const told = [
      query(world, 'pullRequests { totalCount }'),
      query(world, 'pullRequests(first: 101) { totalCount }'),
      query(world, 'nothing'),
    ].map(({ errors }) => errors?.[0]?.message)
    expect(told).toEqual([
      expect.stringContaining('`first` or `last`'),
      expect.stringContaining('limit of 100 records'),
      expect.stringContaining('Cannot query field "nothing"'),
    ])
  })

  it('tells ids above 2^32, and of each name the newest check run or all', async () => {
    const { world, run } = await served(w => {
      const [first] = w.actions.runs
      if (first !== undefined) w.again(first, { ago: 30, jobs: { gate: 'success' } })
    })
    const checks = (type: string): string =>
      `object(oid: "${run.suite.sha}") { ... on Commit { checkSuites(first: 9) { nodes {
        workflowRun { databaseId } checkRuns(first: 99${type}) { totalCount } } } } }`
    const suite = (count: number) => ({
      checkSuites: {
        nodes: [{ workflowRun: { databaseId: run.id }, checkRuns: { totalCount: count } }],
      },
    })
    expect(run.id).toBeGreaterThan(2 ** 34)
    expect(query(world, checks(''))).toMatchObject({ data: { repository: { object: suite(3) } } })
    expect(query(world, checks(', filterBy: { checkType: ALL }'))).toMatchObject({
      data: { repository: { object: suite(6) } },
    })
  })

  it("asks nothing that GitHub's own schema does not have", () => {
    expect(notIn(buildSchema(github.idl, { assumeValidSDL: true }))).toEqual([])
  })
})

const named = (type: unknown): string => String(type).replaceAll('WideInt', 'Int')

/** The fields of a type with their arguments, or its values, each on a line. */
function linesOf(type: GraphQLNamedType): readonly string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name)
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map(field => `${field.name}: ${named(field.type)}`)
  if (!isObjectType(type) && !isInterfaceType(type)) return []
  return Object.values(type.getFields()).flatMap(field => [
    `${field.name}: ${named(field.type)}`,
    ...field.args.map(one => `${field.name}(${one.name}: ${named(one.type)})`),
  ])
}

/** What the world's schema has and this one does not. */
function notIn(whole: GraphQLSchema): readonly string[] {
  return Object.values(SCHEMA.getTypeMap())
    .filter(({ name }) => !name.startsWith('__') && name !== 'WideInt')
    .flatMap(type => {
      const other = whole.getType(type.name)
      if (other === undefined) return [type.name]
      const known = new Set(linesOf(other))
      return linesOf(type).flatMap(line => (known.has(line) ? [] : [`${type.name} ${line}`]))
    })
}

describe('REST', () => {
  it("answers only fields that GitHub's own description has", async () => {
    const { ask, pull, run } = await served(w => {
      w.require('main', [{ context: 'gate', integration_id: 15368 }])
      w.protect('main', ['gate'])
    })
    await ask(`/statuses/${pull.head}`, 'POST', { state: 'failure', context: 'x' })
    const paths = [
      '',
      '/pulls',
      '/pulls/1',
      '/branches/main',
      '/rules/branches/main',
      `/contents/.github/workflows/ci.yml?ref=${pull.head}`,
      `/commits/${pull.head}/check-suites`,
      `/commits/${pull.head}/statuses`,
      `/commits/${pull.head}/status`,
      `/check-suites/${run.suite.id}/check-runs`,
      '/actions/runs',
      `/actions/runs/${run.id}`,
      `/actions/runs/${run.id}/jobs`,
    ]
    const faults: string[] = []
    for (const path of paths) {
      const { status, body } = await ask(path)
      const found = faultsOfAnswer('GET', `/repos/acme/widgets${path}`, status, body)
      // What the action does not read need not be there.
      faults.push(...found.filter(fault => !fault.includes('must have required property')))
    }
    expect(faults).toEqual([])
  })
})
