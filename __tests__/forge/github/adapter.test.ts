import { afterEach, describe, expect, it } from '@jest/globals'
import type { CheckEvidence } from '../../../src/core/model/evidence.js'
import { readDetails } from '../../../src/forge/github/details.js'
import { detailsByRest } from '../../../src/forge/github/rest-details.js'
import { openClient } from '../../../src/forge/github/client.js'
import { readStatuses } from '../../../src/forge/github/statuses.js'
import { isGithub } from '../../../src/forge/github/open.js'
import { openGithub } from '../../../src/forge/github/adapter.js'
import type { OpenOptions } from '../../../src/forge/registry.js'
import { openContents } from '../../../src/forge/workflows.js'
import type { ForgeError } from '../../../src/forge/port.js'
import { GATE, GITHUB_SCENARIOS } from '../../../verification/e2e/github/scenarios.js'
import type { Json } from '../../../verification/simulator/state.js'
import type { GithubServer } from '../../../verification/simulator/github/server.js'
import { serveGithub } from '../../../verification/simulator/github/server.js'
import { GithubWorld } from '../../../verification/simulator/github/world.js'
import { runInProcess } from '../../support/in-process.js'
import { lateClock } from '../../support/clock.js'
import { checkPolicy } from '../../support/check-builders.js'
import { widgetsOn } from '../../support/open-server.js'

let server: GithubServer | null = null

afterEach(async () => {
  await server?.close()
  server = null
})

const optionsFor = (apiUrl: string, token: string): OpenOptions => ({
  place: { apiUrl, repo: 'acme/widgets' },
  token,
  sweepFile: null,
  userAgent: 'test',
  budget: 60_000,
  concurrency: 4,
  now: () => performance.now(),
  random: () => 0,
  sleep: () => Promise.resolve(),
  ...lateClock,
})

/** A world with quiet pull requests, each of one green run. */
function quiet(pulls: number): GithubWorld {
  const world = new GithubWorld()
  const workflow = world.workflow({
    path: '.github/workflows/ci.yml',
    jobs: [{ name: 'lint' }, { name: GATE, needs: ['lint'], gate: 'needs' }],
  })
  for (let at = 0; at < pulls; at += 1) {
    const { head } = world.pull()
    world.ended(workflow, { sha: head }, { lint: 'success', [GATE]: 'success' })
  }
  world.now += 1200
  return world
}

async function sweep(world: GithubWorld, inputs: Readonly<Record<string, string>> = {}) {
  server = await serveGithub(world)
  return runInProcess({
    ...widgetsOn(server),
    inputs: { 'umbrella-context': GATE, ...inputs },
  })
}

const posts = (): readonly string[] =>
  (server?.requests ?? [])
    .filter(({ method, path }) => method === 'POST' && path !== '/graphql')
    .map(({ path }) => path)

describe('what a sweep of GitHub costs', () => {
  it('250 quiet pull requests: three GraphQL requests, and no REST but the probe', async () => {
    const run = await sweep(quiet(250))
    const kinds = (server?.requests ?? []).map(({ path }) => path)
    expect(kinds).toEqual(['/repos/acme/widgets', '/graphql', '/graphql', '/graphql'])
    expect(run.outputs).toMatchObject({ scanned: '250', stale: '0', requests: '4' })
  })

  it('stops early when fewer requests are left than the study of a head needs', async () => {
    const world = quiet(3)
    for (const suite of world.suites) world.end(suite, GATE, 'failure', true)
    world.now += 1200
    world.left = { rest: 61, graphql: 1000 }
    const run = await sweep(world)
    expect(run.outputs).toMatchObject({ stale: '1', refused: '2' })
    expect(run.stdout).toContain('requests are left in this hour')
  })
})

describe('details by either API', () => {
  it.each([...GITHUB_SCENARIOS])('$name: GraphQL and REST see the same', async ({ make }) => {
    const world = new GithubWorld()
    make(world)
    server = await serveGithub(world)
    const options = optionsFor(server.apiUrl, server.token)
    const client = openClient(options)
    const { server: about } = await openGithub(options)
    const root = '/repos/acme/widgets'
    const swept = {
      client,
      server: about,
      owner: 'acme',
      name: 'widgets',
      root,
      contents: openContents(),
      sweepFile: null,
      origins: new Map(),
      policy: checkPolicy(),
    }
    const sha = world.pulls[0]?.head ?? ''
    const graphql = (await readDetails(swept, [sha])).get(sha)
    const rest = await detailsByRest(swept, sha)
    const plain = ({
      suites,
      checks,
      gaps,
    }: Pick<CheckEvidence, 'suites' | 'checks' | 'gaps'>) => ({
      gaps,
      checks: [...checks].sort((a, b) => a.id - b.id),
      // How often a run was started only REST tells, and whether it may run again only GraphQL.
      suites: suites.map(suite => ({
        ...suite,
        run: suite.run && {
          ...suite.run,
          attempt: null,
          disabled: null,
          path: suite.run.path.split('/').at(-1),
        },
      })),
    })
    expect(graphql && plain(graphql)).toEqual(plain(rest))
  })

  it('halves a chunk that GitHub has no time for, and reads the last one by REST', async () => {
    const world = quiet(5)
    for (const suite of world.suites) world.end(suite, GATE, 'failure', true)
    world.now += 1200
    server = await serveGithub(world)
    const sizes: number[] = []
    server.on(({ path, body }) => {
      const { query = '' } = (body ?? {}) as { query?: string }
      if (path !== '/graphql' || !query.startsWith('query details')) return undefined
      sizes.push(query.match(/c\d+: object/g)?.length ?? 0)
      return { status: 502, body: { message: 'Bad Gateway' } }
    })
    const run = await runInProcess({
      ...widgetsOn(server),
      inputs: { 'umbrella-context': GATE, 'dry-run': 'true' },
    })
    expect(new Set(sizes)).toEqual(new Set([5, 3, 2, 1]))
    expect(run.outputs).toMatchObject({ stale: '5' })
  })
})

describe('what GitHub refuses', () => {
  it('a rate limit is no missing right, and lowers nothing', async () => {
    const world = quiet(1)
    world.left = { rest: 10, graphql: 0 }
    const run = await sweep(world)
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('rate limit')
    expect(run.stdout).not.toContain('lacks a right')
  })

  it('a write is never sent again, whatever the answer', async () => {
    const world = quiet(1)
    for (const suite of world.suites) world.end(suite, GATE, 'failure', true)
    world.now += 1200
    server = await serveGithub(world)
    server.on(({ method, path }) =>
      method === 'POST' && path !== '/graphql'
        ? { status: 502, body: { message: 'Bad Gateway' } }
        : undefined,
    )
    const run = await runInProcess({
      ...widgetsOn(server),
      inputs: { 'umbrella-context': GATE },
    })
    expect(posts()).toHaveLength(1)
    expect(run.stdout).toContain('the answer to the re-run was lost')
  })

  it('a re-run is asked for without a body', async () => {
    const world = quiet(1)
    for (const suite of world.suites) world.end(suite, GATE, 'failure', true)
    world.now += 1200
    await sweep(world)
    const sent = (server?.requests ?? []).filter(({ path }) => path.endsWith('/rerun'))
    expect(sent.map(({ method, body }) => [method, body])).toEqual([['POST', null]])
  })

  it('a redirect is not followed', async () => {
    const world = quiet(1)
    server = await serveGithub(world)
    server.on(() => ({
      status: 301,
      body: { message: 'Moved Permanently' },
      headers: { location: `${server?.apiUrl ?? ''}/repositories/1` },
    }))
    const run = await runInProcess({
      ...widgetsOn(server),
      inputs: { 'umbrella-context': GATE },
    })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('redirects are not followed')
    expect(server.requests.map(({ path }) => path)).toEqual(['/repos/acme/widgets'])
  })

  it.each([
    { status: 401, code: 'unauthorized', headers: {}, message: 'Bad credentials' },
    { status: 403, code: 'forbidden', headers: {}, message: 'Resource not accessible' },
    { status: 403, code: 'rate-limited', headers: { 'x-ratelimit-remaining': '0' }, message: '' },
    { status: 403, code: 'rate-limited', headers: { 'retry-after': '900' }, message: '' },
    { status: 403, code: 'rate-limited', headers: {}, message: 'You have exceeded a rate limit' },
    { status: 429, code: 'rate-limited', headers: {}, message: '' },
    { status: 422, code: 'rejected', headers: {}, message: 'Validation Failed' },
    { status: 503, code: 'server-error', headers: {}, message: '' },
  ])('$status ($message) is $code', async ({ status, code, headers, message }) => {
    server = await serveGithub(new GithubWorld())
    server.on(() => ({ status, headers, body: { message } }))
    const client = openClient(optionsFor(server.apiUrl, server.token))
    const error = await client.get('/repos/acme/widgets').catch((thrown: unknown) => thrown)
    expect((error as ForgeError).code).toBe(code)
    expect((error as ForgeError).message).not.toContain(server.token)
  })

  it('a text in place of JSON is no answer', async () => {
    server = await serveGithub(new GithubWorld())
    server.on(() => ({ status: 200, body: 'x', headers: { 'content-type': 'text/html' } }))
    const client = openClient(optionsFor(server.apiUrl, server.token))
    const error = await client.get('/repos/acme/widgets').catch((thrown: unknown) => thrown)
    expect((error as ForgeError).code).toBe('not-json')
  })

  it('a server that is not there is unreachable', async () => {
    const client = openClient(optionsFor('http://127.0.0.1:9/api/v3', 'secret'))
    const error = await client.get('/repos/acme/widgets').catch((thrown: unknown) => thrown)
    expect((error as ForgeError).code).toBe('unreachable')
  })
})

describe('which addresses are GitHub', () => {
  it.each([
    { url: 'https://api.github.com', is: true },
    { url: 'https://api.acme.ghe.com', is: true },
    { url: 'https://ghes.example.org/api/v3', is: true },
    { url: 'https://git.example.org/api/v1', is: false },
    { url: 'https://git.example.org/sub/api/v1', is: false },
  ])('$url: $is', ({ url, is }) => {
    expect(isGithub(url)).toBe(is)
  })
})

describe('a page that is not whole', () => {
  it.each([
    {
      rule: 'without its pull requests',
      body: { data: { repository: { pullRequests: { nodes: null } } } },
    },
    { rule: 'with an error beside its data', errors: [{ message: 'no', path: ['repository'] }] },
    {
      rule: 'with an error about a pull request that it does not hold',
      errors: [{ message: 'no', path: ['repository', 'pullRequests', 'nodes', 99, 'commits'] }],
    },
  ])('$rule is read by REST: nothing is taken for nothing', async ({ body, errors }) => {
    const world = quiet(1)
    server = await serveGithub(world)
    const empty = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
    const repository = { pullRequests: empty }
    const pageInfo = { hasNextPage: false, endCursor: null }
    const given = body ?? { data: { repository }, errors }
    if (body !== undefined) Object.assign(body.data.repository.pullRequests, { pageInfo })
    server.on(({ path }) => (path === '/graphql' ? { status: 200, body: given } : undefined))
    const run = await runInProcess({
      ...widgetsOn(server),
      inputs: { 'umbrella-context': GATE },
    })
    expect(run.stdout).toContain('1 open pull request;')
    expect(server.requests.some(({ path }) => path === '/repos/acme/widgets/pulls')).toBe(true)
  })

  it('an error about one pull request has its head studied, and ends no sweep', async () => {
    const world = quiet(3)
    for (const suite of world.suites) world.end(suite, GATE, 'failure', true)
    world.now += 1200
    server = await serveGithub(world)
    let first = true
    server.on(({ path }) => {
      if (path !== '/graphql' || !first) return undefined
      first = false
      const seen = (at: number) => ({
        number: at + 1,
        title: 't',
        isDraft: false,
        headRefOid: world.pulls[at]?.head,
        baseRefName: 'main',
        baseRefOid: world.base,
        commits: {
          nodes: [{ commit: { oid: world.pulls[at]?.head, status: null, checkSuites: null } }],
        },
      })
      const pageInfo = { hasNextPage: false, endCursor: null }
      const pullRequests = { nodes: [0, 1, 2].map(seen), pageInfo }
      const where = ['repository', 'pullRequests', 'nodes', 1, 'commits', 'nodes', 0]
      const errors = [{ message: 'Something went wrong', path: where }]
      const repository = { pullRequests }
      return { status: 200, body: { data: { repository }, errors } as unknown as Json }
    })
    const run = await runInProcess({
      ...widgetsOn(server),
      inputs: { 'umbrella-context': GATE },
    })
    expect(run.code).toBe(0)
    const told = (run.report as { pulls: { number: number; reason: string }[] }).pulls
    expect(told.find(({ number }) => number === 2)?.reason).toBe('stale')
  })

  it('a full page of statuses has another behind it, though no link says so', async () => {
    const world = new GithubWorld()
    const { head } = world.pull()
    for (let at = 0; at < 150; at += 1)
      world.status({
        sha: head,
        context: `c${at}`,
        state: 'success',
        description: '',
        login: 'ann',
        targetUrl: '',
      })
    server = await serveGithub(world)
    const client = openClient(optionsFor(server.apiUrl, server.token))
    const unlinked = {
      ...client,
      get: async (path: string, query?: Readonly<Record<string, string | number>>) => ({
        ...(await client.get(path, query)),
        headers: {},
      }),
    }
    const { value } = await readStatuses(unlinked, '/repos/acme/widgets', { sha: head, above: 0 })
    expect(value).toHaveLength(150)
  })
})

describe('an umbrella that nobody writes', () => {
  it('is told with what it may have been meant to be', async () => {
    const run = await sweep(quiet(3), { 'umbrella-context': 'all-requird' })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('did you mean "all-required"')
  })

  it('is left alone where a workflow of the base branch writes it', async () => {
    const world = quiet(1)
    world.workflow({ path: '.github/workflows/gate.yml', jobs: [{ name: 'gate' }] })
    expect((await sweep(world, { 'umbrella-context': 'gate' })).code).toBe(0)
  })
})

describe('a red status of a run that somebody dispatched', () => {
  it('is a veto: that run is none of this pull request', async () => {
    const world = quiet(1)
    const [pull] = world.pulls
    const [workflow] = world.workflows
    if (pull === undefined || workflow === undefined) throw new Error('there is one')
    const sha = pull.head
    const ends = { lint: 'success', [GATE]: 'success' } as const
    const suite = world.ended(workflow, { sha, event: 'workflow_dispatch' }, ends)
    world.status({
      sha,
      context: 'gate',
      state: 'failure',
      description: '',
      login: 'github-actions[bot]',
      targetUrl: `https://github.com/acme/widgets/actions/runs/${suite.run?.id ?? 0}`,
    })
    world.now += 1200
    const inputs = { 'umbrella-context': 'gate', 'required-contexts': 'lint' }
    const run = await sweep(world, inputs)
    expect(run.stdout).toContain('foreign-red')
    expect(posts()).toEqual([])
  })
})

describe('a later sweep', () => {
  it('takes a success of ours back once the newest run says the contrary', async () => {
    const world = quiet(0)
    const { head } = world.pull()
    const workflow = world.workflow({ path: '.github/workflows/w.yml', jobs: [{ name: 'lint' }] })
    const suite = world.ended(workflow, { sha: head }, { lint: 'failure' })
    world.status({
      sha: head,
      context: GATE,
      state: 'failure',
      description: '',
      login: 'github-actions[bot]',
      targetUrl: `https://github.com/acme/widgets/actions/runs/${suite.run?.id ?? 0}`,
    })
    world.pass(60)
    world.rerun(suite, 'lint')
    world.pass(60)
    world.now += 1200
    const inputs = { 'required-contexts': 'lint' }
    expect((await sweep(world, inputs)).outputs).toMatchObject({ compensated: '1' })
    await server?.close()
    world.ended(workflow, { sha: head }, { lint: 'failure' })
    world.now += 1200
    await sweep(world, inputs)
    expect(world.statuses.at(-1)).toMatchObject({ context: GATE, state: 'failure' })
    expect(world.statuses.at(-1)?.description).toContain('withdrew its success')
  })
})
