import type { Exchanges } from '../../src/forge/exchange.js'
import { openGithub } from '../../src/forge/github/adapter.js'
import { answerGraphql } from '../simulator/github/graphql.js'
import { answerRest } from '../simulator/github/rest.js'
import type { Suite } from '../simulator/github/world.js'
import type { BlindSpot } from './blind.js'
import { Chance } from './chance.js'
import { GITHUB_ACTIONS } from './github-actions.js'
import type { GithubSetup } from './github-world.js'
import { GATE, GithubRepository, WORK } from './github-world.js'
import type { Look, Rerun, Scene } from './asked.js'
import type { Network } from './network.js'
import type { Request, Server } from './server.js'
import type { Stage } from './stage.js'

const ORIGIN = 'http://127.0.0.1:3000'
const GRAPHQL = '/api/graphql'
const STATUS = /\/statuses\/([0-9a-f]{40})$/
const RERUN = /\/actions\/(jobs|runs)\/(\d+)\/rerun/

/** The newest run of each file among some runs. */
function newestOfEach(suites: readonly Suite[]): Suite[] {
  const newest = new Map(suites.map(suite => [suite.run?.workflow.path, suite]))
  return [...newest.values()]
}

/** Is a run hidden behind a newer one of a pull that is closed or stands elsewhere by now? */
function isHidden(repository: GithubRepository, suite: Suite): boolean {
  const own = repository.pullOf(suite)
  return repository.runsOn(suite.sha).some(other => {
    const number = repository.pullOf(other)
    const pull = repository.world.pulls.find(one => one.number === number)
    const isGone = pull?.open !== true || pull.head !== suite.sha
    return number !== own && isGone && (other.run?.id ?? 0) > (suite.run?.id ?? 0)
  })
}

/** What the newest runs of a pull have against a success on it. */
function look(repository: GithubRepository, number: number): Look {
  const all = repository.runsOn(repository.headOf(number))
  const own = all.filter(suite => repository.pullOf(suite) === number)
  const runs = newestOfEach(own.length > 0 ? own : all)
  const flaws: string[] = []
  let spot: BlindSpot | null = own.length === 0 && all.length > 0 ? 'no-own-run' : null
  for (const name of WORK) {
    const writers = runs.filter(({ run }) => run?.workflow.jobs.some(job => job.name === name))
    if (writers.length === 0) flaws.push(`missing: ${name}`)
    for (const suite of writers) {
      const check = repository.world.newest(suite, name)
      if (check?.conclusion === 'success') continue
      if (isHidden(repository, suite)) spot = 'moved-pull'
      else
        flaws.push(
          `not-green: ${name} in run ${suite.run?.id ?? '?'} is ${check?.conclusion ?? 'open'}`,
        )
    }
  }
  return { flaws, ofJobs: flaws, features: ['GitHub', repository.setup.gate], spot }
}

function reran(repository: GithubRepository, { path }: Request): Rerun | null {
  const { world } = repository
  const [, kind, id] = RERUN.exec(path) ?? []
  const check = world.checks.find(one => `${one.id}` === id)
  const suite = world.suites.find(one =>
    kind === 'jobs' ? one.id === check?.suite : `${one.run?.id ?? ''}` === id,
  )
  if (suite === undefined) return null
  return {
    sha: suite.sha,
    what: `${path} (${check?.name ?? 'a whole run'})`,
    run: suite.id,
    newest: suite.id,
    fault: check?.name === GATE ? null : 'that is no umbrella',
    isGreen: () => {
      const end = world.newest(suite, GATE)?.conclusion ?? null
      return end === null ? null : end === 'success'
    },
  }
}

function suiteAt(repository: GithubRepository, path: string): string | null {
  const [, kind, id] = RERUN.exec(path) ?? []
  const { checks, suites } = repository.world
  const check = checks.find(one => kind === 'jobs' && `${one.id}` === id)
  return suites.find(one => one.id === check?.suite || `${one.run?.id ?? ''}` === id)?.sha ?? null
}

function sceneOf(repository: GithubRepository): Scene {
  const { world, ours } = repository
  const newestStatus = (sha: string) =>
    world.statuses.findLast(one => one.sha === sha && one.context === GATE)
  return {
    umbrella: GATE,
    open: () => world.pulls.filter(({ open }) => open),
    look: number => look(repository, number),
    newest: () => null,
    listsPulls: ({ path, body }) =>
      path.endsWith('/pulls') || (path === GRAPHQL && /pullRequests/.test(JSON.stringify(body))),
    writesTo: ({ method, path }) =>
      method === 'GET' || path === GRAPHQL
        ? null
        : (STATUS.exec(path)?.[1] ?? suiteAt(repository, path) ?? 'nothing known'),
    posted: ({ path }) => {
      const sha = STATUS.exec(path)?.[1]
      const row = world.statuses.at(-1)
      if (sha === undefined || row === undefined) return null
      ours.add(row.id)
      return row.state === 'success' ? { sha, row: row.id, context: row.context } : null
    },
    reran: request => reran(repository, request),
    standing: sha => {
      const row = newestStatus(sha)
      const isOurs = row !== undefined && row.state === 'success' && ours.has(row.id)
      return isOurs ? { sha, row: row.id, context: row.context } : null
    },
  }
}

/** The world as a server; its own clock counts seconds. */
function serverOf(repository: GithubRepository): Server {
  const { world } = repository
  let now = world.now * 1000
  const follow = (): void => {
    const behind = Math.floor(now / 1000) - world.now
    if (behind > 0) world.pass(behind)
    else now = Math.max(now, world.now * 1000)
  }
  return {
    now: () => {
      follow()
      return now
    },
    pass: milliseconds => {
      now += milliseconds
      follow()
    },
    jump: milliseconds => {
      world.now += Math.round(milliseconds / 1000)
      now = world.now * 1000
    },
    answer: async ({ method, path, query, body = null }) => {
      const headers = {
        date: new Date(world.now * 1000).toUTCString(),
        'content-type': 'application/json; charset=utf-8',
        'x-github-enterprise-version': '3.19.0',
      }
      if (path === GRAPHQL) {
        const asked = body as { query: string; variables: Record<string, unknown> }
        const said = await answerGraphql(world, asked.query, asked.variables)
        return { status: 200, headers, text: JSON.stringify(said) }
      }
      const rest = path.replace(/^\/api\/v3/, '')
      const given = answerRest(world, { method, path: rest, query, body })
      const link = given.more === true ? { link: `<${ORIGIN}/next>; rel="next"` } : {}
      return {
        status: given.status,
        headers: { ...headers, ...link },
        text: JSON.stringify(given.body),
      }
    },
  }
}

/** Requests over a network in memory. */
const over = (network: Network, sweep: number, token: string): Exchanges => ({
  send: async (method, path, body) => {
    const url = `${ORIGIN}${path}`
    const sent = body === null ? undefined : JSON.stringify(body)
    const { status, headers, bytes } = await network.send(sweep, { method, url, token, body: sent })
    return { status, headers: { ...headers }, bytes }
  },
  close: () => undefined,
})

/** A simulated GitHub Enterprise Server. */
export function githubStage(setup: GithubSetup): Stage {
  const repository = new GithubRepository(setup)
  const { world } = repository
  const token = 'ghs_simulated'
  return {
    scene: sceneOf(repository),
    server: serverOf(repository),
    repo: `${world.owner}/${world.name}`,
    token,
    apiUrl: `${ORIGIN}/api/v3`,
    inputs: setup.inputs,
    act: ({ action, seed }) => GITHUB_ACTIONS[action]?.act(repository, new Chance(seed)) ?? null,
    denies: () => false,
    refuses: () => undefined,
    blinds: () => undefined,
    takeReruns: () => {
      world.pass(6)
    },
    kind: (network, sweep) => ({
      name: 'GitHub',
      open: options => openGithub(options, () => over(network, sweep, token)),
    }),
  }
}
