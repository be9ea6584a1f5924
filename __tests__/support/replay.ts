import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerTo } from './replay-answers.js'
import { loadRecording } from './replay-recording.js'
import type { Scenario } from './replay-recording.js'
import { playRerun, recordedRerun } from './replay-reruns.js'
import { stateOf } from './replay-state.js'
import type { Answer, State, StatusRow } from './replay-state.js'

interface Request {
  method: string
  path: string
  query: Record<string, string>
  body: unknown
  auth: string | undefined
  status: number
}
interface Write {
  sha: string
  state: string
  context: string
  description: string
  target_url: string
  id: number
}

/** One recording, served over HTTP as the server that was recorded would go on. */
export interface Replay {
  url: string
  apiUrl: string
  token: string
  owner: string
  repo: string
  version: string
  scenarios: Record<string, Scenario>
  /** every request, in order, with what it was answered */
  requests: Request[]
  /** accepted status posts */
  writes: Write[]
  /** requests the recording tells nothing about: answered 599; a test asserts there are none */
  unknown: string[]
  /** writes nobody announced: answered 500 */
  unexpected: string[]
  /** announces one status post; a second one needs a second announcement */
  expectWrite: (sha: string, context: string, state?: string) => void
  /** announces that the umbrella job of this head is run again, as it was recorded */
  expectRerun: (run: number, job: number) => void
  /** re-runs that were sent, as `run/job` */
  reruns: string[]
  /** moves the server's clock */
  advance: (ms: number) => void
  close: () => Promise<void>
}

const token = 'replay-owner-token'

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function send(response: ServerResponse, state: State, { status, headers, body }: Answer) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const {
    'content-type': type = 'application/json;charset=utf-8',
    'x-total-count': count,
    link,
  } = headers
  response
    .writeHead(status, {
      'content-type': type,
      date: new Date(state.clock).toUTCString(),
      ...(count === undefined ? {} : { 'x-total-count': count }),
      ...(link === undefined ? {} : { link }),
    })
    .end(text)
}

/**
 * Serves one recording folder on loopback; nothing is played in order, every answer comes from rows
 * (docs/forge-facts.md, 1, 4, 7).
 */
export async function openRecording(folder: string): Promise<Replay> {
  // A machine with much to do may let a connection rest for long.
  const server = createServer({ keepAliveTimeout: 600_000 })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  try {
    const recording = loadRecording(folder, url)
    const replay = serve(recording, stateOf(recording), url, close)
    server.on(
      'request',
      (request: IncomingMessage, response: ServerResponse) => void replay.handle(request, response),
    )
    return replay.replay
  } catch (error) {
    await close()
    throw error
  }
}

function serve(
  recording: ReturnType<typeof loadRecording>,
  state: State,
  url: string,
  close: () => Promise<void>,
) {
  const announced: { sha: string; context: string; state: string }[] = []
  const rerunnable = new Set<string>()
  const going: (() => void)[] = []
  const replay: Replay = {
    url,
    apiUrl: `${url}/api/v1`,
    token,
    owner: recording.owner,
    repo: recording.repo,
    version: recording.version,
    scenarios: recording.scenarios,
    requests: [],
    writes: [],
    unknown: [],
    unexpected: [],
    expectWrite: (sha, context, wanted = 'success') => {
      if (!state.history.has(sha))
        throw new Error(`no write can be expected on ${sha}: the recording does not know it`)
      announced.push({ sha, context, state: wanted })
    },
    reruns: [],
    expectRerun: (run, job) => {
      rerunnable.add(`${run}/${job}`)
    },
    advance: ms => {
      state.clock += ms
    },
    close,
  }
  const problem = (status: number, message: string): Answer => ({
    status,
    headers: {},
    body: { message, url: `${url}/api/swagger` },
  })

  /**
   * A status post becomes the next row of its SHA; both its times are now (docs/forge-facts.md,
   * 1.1, 1.2).
   */
  function post(method: string, path: string, body: unknown): Answer {
    const inside =
      method === 'POST' && path.startsWith(`${state.home}/`) ? path.slice(state.home.length) : ''
    const [, sha = ''] = /^\/statuses\/([^/]+)$/.exec(inside) ?? []
    const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<
      string,
      unknown
    >
    const field = (name: string) => (typeof fields[name] === 'string' ? fields[name].trim() : '')
    const rows = state.history.get(sha)
    const at = announced.findIndex(
      one => one.sha === sha && one.context === field('context') && one.state === field('state'),
    )
    if (rows === undefined || at < 0) {
      replay.unexpected.push(`${method} ${path} ${JSON.stringify(body)}`)
      return problem(500, `unexpected write: ${method} ${path}`)
    }
    announced.splice(at, 1)
    const now = `${new Date(state.clock).toISOString().slice(0, 19)}Z`
    const row: StatusRow = {
      id: rows.length + 1,
      status: field('state'),
      target_url: field('target_url'),
      description: field('description'),
      url: `${url}${state.home}/statuses/${sha}`,
      context: field('context'),
      creator: state.owner,
      created_at: now,
      updated_at: now,
    }
    rows.push(row)
    const { id, status, context } = row
    replay.writes.push({
      sha,
      state: status,
      context,
      description: field('description'),
      target_url: field('target_url'),
      id,
    })
    return { status: 201, headers: {}, body: row }
  }

  /** A re-run that was announced and recorded is answered as it was, and has its effect. */
  function rerun(path: string, body: unknown): Answer | undefined {
    const [, run = '', job = ''] = /\/actions\/runs\/(\d+)\/jobs\/(\d+)\/rerun$/.exec(path) ?? []
    const recorded =
      body === undefined && rerunnable.delete(`${run}/${job}`)
        ? recordedRerun(recording, path)
        : undefined
    if (recorded === undefined) return undefined
    replay.reruns.push(`${run}/${job}`)
    going.push(playRerun(state, recorded))
    return recorded.answer
  }

  /**
   * Only the owner's token was recorded in full; any other is refused as the server refused a wrong
   * one (docs/forge-facts.md, 1.1).
   */
  function answer(request: Omit<Request, 'status'>, search: string): Answer {
    const { method, path, query, body, auth } = request
    if (auth === undefined) return problem(401, state.noToken)
    if (auth !== `token ${token}` && auth !== `Bearer ${token}`)
      return problem(401, state.wrongToken)
    if (method !== 'GET')
      return (
        (path.startsWith(state.home) ? rerun(path, body) : undefined) ?? post(method, path, body)
      )
    const repeated = [...new URLSearchParams(search).keys()].length !== Object.keys(query).length
    const known = repeated ? undefined : answerTo(state, { origin: url, path, search, query })
    if (known !== undefined) return known
    replay.unknown.push(`${method} ${path}${search}`)
    return problem(
      599,
      `the recording ${recording.name} does not tell what ${method} ${path}${search} answers`,
    )
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse) {
    const { pathname, search, searchParams } = new URL(incoming.url ?? '/', url)
    const body = await bodyOf(incoming)
    const auth = incoming.headers.authorization
    const request = {
      method: incoming.method ?? '',
      path: pathname,
      query: Object.fromEntries(searchParams),
      body,
      auth,
    }
    const answered = answer(request, search)
    if (request.method === 'GET') for (const end of going.splice(0)) end()
    replay.requests.push({ ...request, status: answered.status })
    send(response, state, answered)
  }
  return { replay, handle }
}
