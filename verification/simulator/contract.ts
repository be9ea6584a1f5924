import { EXCEPTIONS, HISTORY_EXCEPTIONS, RULES } from './contract-exceptions.js'
import type { Difference } from './differences.js'
import { compareJson, withoutNumbers } from './differences.js'
import type { Forge } from './forge.js'
import { forgeOf } from './forge.js'
import type { Defect } from './profiles.js'
import { breakProfile } from './profiles.js'
import { stateOfRecording } from './recorded-state.js'
import type { Exchange, Recording } from './recording.js'
import { replayHistory } from './replay.js'
import { addUser } from './rights.js'
import type { SimulatedServer } from './server.js'
import { serve } from './server.js'
import type { Json } from './state.js'

/** What a contract run over one recording found. */
interface ContractReport {
  readonly recording: string
  /**
   * Exchanges asked of the simulator, and rows the engine wrote by itself when it lived the
   * recorded histories.
   */
  readonly compared: number
  readonly rows: number
  /** How often each exception of the table was used. */
  readonly explained: Readonly<Record<string, number>>
  readonly unexplained: readonly Found[]
  /** Names of the rules the unexplained differences break. */
  readonly broken: readonly string[]
}

/** A difference and the exchange or history it was found in. */
export interface Found extends Difference {
  readonly where: string
}

const HEADERS = ['content-type', 'link', 'x-total-count']

/**
 * Hold the simulator to one recording: every exchange over HTTP, and every head's history through
 * the engine. A defect breaks it first.
 */
export async function checkRecording(
  recording: Recording,
  defect?: Defect,
): Promise<ContractReport> {
  const broken = {
    ...recording,
    profile: defect === undefined ? recording.profile : breakProfile(recording.profile, defect),
  }
  const explained: Record<string, number> = {}
  const histories = checkHistories(broken, explained)
  const unexplained = [...(await checkExchanges(broken, explained)), ...histories.found]
  const places = [...new Set(unexplained.map(({ where }) => where))].map(place =>
    unexplained.filter(({ where }) => where === place),
  )
  const names = RULES.filter(rule => places.some(found => rule.broken(found))).map(
    ({ name }) => name,
  )
  return {
    recording: recording.name,
    compared: recording.exchanges.length,
    rows: histories.rows,
    explained,
    unexplained,
    broken: names,
  }
}

async function checkExchanges(
  recording: Recording,
  explained: Record<string, number>,
): Promise<Found[]> {
  const forge = forgeOf(stateOfRecording(recording))
  const server = await serve(forge)
  const about = {
    recorded: recordedHost(recording),
    simulated: server.url,
    sparse: recording.sparse,
    forgejo: recording.profile.family === 'forgejo',
  }
  const unexplained: Found[] = []
  try {
    for (const exchange of recording.exchanges) {
      for (const difference of await differencesOf(forge, server, exchange)) {
        const exception = EXCEPTIONS.find(({ covers }) => covers(difference, exchange, about))
        if (exception === undefined) unexplained.push({ ...difference, where: whereOf(exchange) })
        else explained[exception.name] = (explained[exception.name] ?? 0) + 1
      }
    }
  } finally {
    await server.close()
  }
  return unexplained
}

function checkHistories(
  recording: Recording,
  explained: Record<string, number>,
): { rows: number; found: Found[] } {
  const reports = Object.entries(recording.heads).map(([head, sha]) =>
    replayHistory(recording, head, sha),
  )
  const races = reports.reduce((sum, report) => sum + report.races, 0)
  const name = HISTORY_EXCEPTIONS[0]?.name ?? ''
  if (races > 0) explained[name] = (explained[name] ?? 0) + races
  return {
    rows: reports.reduce((sum, report) => sum + report.rows, 0),
    found: reports.flatMap(({ head, differences }) =>
      differences.map(difference => ({ ...difference, where: `history of ${head}` })),
    ),
  }
}

async function differencesOf(
  forge: Forge,
  server: SimulatedServer,
  exchange: Exchange,
): Promise<Difference[]> {
  const { request, response } = exchange
  forge.clock.set(response.headers['date'] ?? forge.clock.text())
  const query = new URLSearchParams(request.query).toString()
  const token = tokenFor(forge, server, exchange)
  const reply = await fetch(server.url + request.path + (query === '' ? '' : `?${query}`), {
    method: request.method,
    redirect: 'manual',
    headers: token === null ? {} : { authorization: `token ${token}` },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  })
  const text = await reply.text()
  const body = (reply.headers.get('content-type') ?? '').startsWith('application/json')
    ? (JSON.parse(text) as Json)
    : text
  const heads = HEADERS.flatMap(name =>
    compareJson(response.headers[name], reply.headers.get(name) ?? undefined, `header ${name}`),
  )
  return [
    ...compareJson(response.status, reply.status, 'status code'),
    ...heads,
    ...compareJson(response.body, body),
  ].map(difference => ({
    ...difference,
    name: `${endpointOf(exchange)}: ${withoutNumbers(difference.path)}`,
  }))
}

/** `other` is a token nobody issued, until a note says whose it is. */
function tokenFor(
  forge: Forge,
  server: SimulatedServer,
  { request, note }: Exchange,
): string | null {
  if (request.auth === 'none') return null
  if (request.auth === 'token') return server.token
  const wanted = /^next calls: token of (owner|non-member) (.+)$/.exec(note)
  if (wanted === null) return 'nobody-issued-this'
  const scopes = wanted[2] === 'all scopes' ? ['all'] : [wanted[2] ?? '']
  forge.state.tokens[note] ??= {
    user:
      wanted[1] === 'owner' ? (forge.state.users[0]?.id ?? 1) : addUser(forge.state, 'reader').id,
    scopes,
    job: null,
  }
  return note
}

/** Method and path without repository, SHAs and numbers. */
function endpointOf({ request }: Exchange): string {
  const path = request.path.replace(/^\/api\/v1\/(?:repos\/[^/]+\/[^/]+\/?)?/, '') || 'repository'
  const short = path
    .replace(/\/(?:[0-9a-f]{40}|\d+|nope)(?=\/|$)/g, '/*')
    .replace(/^(branches|contents)\/.*/, '$1/*')
  return `${request.method} ${short}`
}

function whereOf({ number, request }: Exchange): string {
  return `line ${number + 1}: ${request.method} ${request.path} ${JSON.stringify(request.query)}`
}

function recordedHost(recording: Recording): string {
  const seen = recording.exchanges.map(
    ({ response }) => /https?:\/\/[^/"]+(?=\/)/.exec(JSON.stringify(response.body))?.[0],
  )
  return seen.find(host => host !== undefined) ?? ''
}
