import { IncomingMessage, ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ProfileName, SimulatedServer } from '../simulator/index.js'
import { serve, takeReruns } from '../simulator/index.js'
import type { SimulatedForge } from './simulated-forge.js'
import { openSimulatedForge } from './simulated-forge.js'
import type { Call } from './stand-in-http.js'
import { bodyOf, forward, reply, text, textsOf } from './stand-in-http.js'

/** A request that changes something, as it came in. */
interface Asked {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

/**
 * A stand-in for a real server: whole organisations, repositories made over HTTP, and a runner that
 * works by itself.
 */
export interface StandIn {
  readonly url: string
  readonly token: string
  /** Everything asked but GET, in order. */
  readonly asked: readonly Asked[]
  /** Organisations and repositories that were made and not deleted. */
  readonly left: () => readonly string[]
  readonly close: () => Promise<void>
}

interface Repo {
  readonly simulated: SimulatedForge
  readonly server: SimulatedServer
  /**
   * Status reads since the last event: the runner starts with the second, as a real one lets a
   * client look before.
   */
  looks: number
}

/** What the stand-in has been made to hold so far. */
interface Held {
  readonly profile: ProfileName
  readonly slots: number
  readonly organisations: Set<string>
  readonly repos: Map<string, Repo>
}

/** One request, with what answers it. */
interface Exchange {
  readonly call: Call
  readonly message: IncomingMessage
  readonly response: ServerResponse
}

async function makeRepo(
  { profile, slots, repos }: Held,
  owner: string,
  name: string,
): Promise<void> {
  const simulated = openSimulatedForge(profile, { owner, repo: name }, slots)
  const server = await serve(simulated.forge)
  takeReruns(server, simulated.settleRun)
  repos.set(`${owner}/${name}`, { simulated, server, looks: 0 })
}

/** `/version` and the like need no repository. */
async function anyServer(held: Held): Promise<SimulatedServer> {
  if (!held.repos.has('nobody/nothing')) await makeRepo(held, 'nobody', 'nothing')
  const repo = held.repos.get('nobody/nothing')
  if (repo === undefined) throw new Error('no server')
  return repo.server
}

async function answer(held: Held, { call, message, response }: Exchange): Promise<void> {
  const { organisations, repos } = held
  const { method, path, body } = call
  const [, kind = '', owner = '', name = ''] = path.split('/')
  if (path === '/version') return forward(await anyServer(held), call, message, response)
  if (message.headers.authorization?.split(' ')[1] !== TOKEN) {
    reply(response, 401, { message: 'token is required' })
    return
  }
  if (path === '/orgs' && method === 'POST') {
    organisations.add(text(body, 'username'))
    reply(response, 201, {})
  } else if (kind === 'orgs' && name === 'repos' && organisations.has(owner)) {
    await makeRepo(held, owner, text(body, 'name'))
    reply(response, 201, {})
  } else if (kind === 'orgs' && method === 'DELETE') {
    const empty = ![...repos.keys()].some(repo => repo.startsWith(`${owner}/`))
    if (empty) organisations.delete(owner)
    const message = 'user still has ownership of repositories'
    reply(response, empty ? 204 : 500, empty ? undefined : { message })
  } else {
    await answerOfRepo(held, { call, message, response })
  }
}

async function answerOfRepo({ repos }: Held, { call, message, response }: Exchange): Promise<void> {
  const { method, path } = call
  const [, kind = '', owner = '', name = '', ...rest] = path.split('/')
  const key = `${owner}/${name}`
  const repo = repos.get(key)
  if (kind !== 'repos' || repo === undefined) {
    reply(response, 404, { message: 'not found' })
    return
  }
  if (method === 'DELETE' && rest.length === 0) {
    repos.delete(key)
    await repo.server.close()
    reply(response, 204)
  } else if (!script(repo, call, rest, response)) {
    const look =
      /^commits\/[0-9a-f]{40}\/status$/.test(rest.join('/')) && /[?&]page=1(&|$)/.test(call.url)
    if (look && ++repo.looks > 1) repo.simulated.settle(rest[1] ?? '')
    await forward(repo.server, call, message, response)
  }
}

async function callOf(message: IncomingMessage): Promise<Call> {
  const { method = 'GET', url = '/' } = message
  const text = await bodyOf(message)
  const path = decodeURIComponent(url.replace(/^\/api\/v1/, '').replace(/\?.*$/, ''))
  const body = text === '' ? undefined : (JSON.parse(text) as unknown)
  return { method, url, path, body }
}

const TOKEN = 'owner-token'

/**
 * What this server lacks is answered here by scripting a simulated forge; all else is the
 * simulator's own API.
 */
export async function openStandIn(profile: ProfileName, slots: number): Promise<StandIn> {
  const held: Held = { profile, slots, organisations: new Set(), repos: new Map() }
  const { organisations, repos } = held
  const asked: Asked[] = []
  const server = createServer((message, response) => {
    void (async () => {
      const call = await callOf(message)
      const { method, path, body } = call
      if (method !== 'GET') asked.push({ method, path, body })
      await answer(held, { call, message, response })
    })().catch((error: unknown) => {
      reply(response, 500, { message: error instanceof Error ? error.message : 'failed' })
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: TOKEN,
    asked,
    left: () => [...organisations, ...repos.keys()].filter(name => name !== 'nobody/nothing'),
    close: async () => {
      for (const { server: inner } of repos.values()) await inner.close()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/**
 * Requests the simulator itself does not answer; false for any other. Statuses are those of
 * routers/api/v1/api.go v1.22.6.
 */
function script(
  repo: Repo,
  { method, body }: Call,
  rest: readonly string[],
  response: ServerResponse,
): boolean {
  const { simulated } = repo
  const [what = '', number = ''] = rest
  const event = (status: number, answer: object = {}): true => {
    repo.looks = 0
    reply(response, status, answer)
    return true
  }
  switch (`${method} ${what}${number === '' ? '' : '/…'}`) {
    case 'PATCH ':
      return event(200)
    case 'POST branches':
      simulated.forge.push({ branch: text(body, 'new_branch_name') })
      return event(201)
    case 'POST contents/…':
      simulated.branch(
        text(body, 'new_branch') || text(body, 'branch'),
        Buffer.from(text(body, 'content'), 'base64').toString(),
        rest.slice(3).join('/'),
      )
      return event(201)
    case 'PATCH branch_protections/…':
      simulated.forge.protect(number, textsOf(body, 'status_check_contexts'))
      return event(200)
    case 'POST pulls':
      return event(201, { number: simulated.pull(text(body, 'head'), text(body, 'base')) })
    case 'PATCH pulls/…':
      if (text(body, 'state') === 'closed') simulated.close(Number(number))
      else simulated.reopen(Number(number))
      return event(201)
    default:
      return false
  }
}
