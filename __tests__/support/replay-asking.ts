import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openRecording } from './replay.js'
import type { Replay } from './replay.js'

export const recordings = fileURLToPath(new URL('../recordings/', import.meta.url))
export const folders = readdirSync(recordings, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)
/** What the recorded pull requests must have green. */
export const required = [
  'CI / Detect changes (pull_request)',
  'CI / Platform (Go) (pull_request)',
  'CI / Canvas (Next.js) (pull_request)',
  'CI / Shellcheck (E2E scripts) (pull_request)',
  'CI / Python Lint & Test (pull_request)',
]
export const umbrella = 'CI / all-required (pull_request)'

/** What a sweep of this recording is given, where its scenarios ask for something else. */
export const inputsOf = (scenarios: Replay['scenarios']): Record<string, string> =>
  Object.assign({}, ...Object.values(scenarios).map(({ inputs }) => inputs ?? {})) as Record<
    string,
    string
  >

export interface Row {
  id: number
  status: string
  context: string
  creator: unknown
  created_at: string
  description: string
  target_url: string
}
export interface Combined {
  state: string
  sha: string
  total_count: number
  statuses: Row[] | null
  repository: unknown
}
export interface Seen {
  status: number
  headers: Headers
  body: unknown
}

let open: Replay[] = []

/** Opens one recording; `closeAll` closes it. */
export async function serving(folder: string): Promise<Replay> {
  const replay = await openRecording(join(recordings, folder))
  open.push(replay)
  return replay
}

export async function closeAll(): Promise<void> {
  await Promise.all(open.map(replay => replay.close()))
  open = []
}

/** Asks the double as its owner; a path not below `/api/` is one of the recorded repository. */
export async function ask(replay: Replay, path: string, init: RequestInit = {}): Promise<Seen> {
  const at = path.startsWith('/api/')
    ? `${replay.url}${path}`
    : `${replay.apiUrl}/repos/${replay.owner}/${replay.repo}${path}`
  const response = await fetch(at, { headers: { authorization: `token ${replay.token}` }, ...init })
  const text = await response.text()
  const json = response.headers.get('content-type')?.startsWith('application/json') === true
  return {
    status: response.status,
    headers: response.headers,
    body: json ? (JSON.parse(text) as unknown) : text,
  }
}

export const post = (replay: Replay, path: string, body: unknown) =>
  ask(replay, path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: `token ${replay.token}`, 'content-type': 'application/json' },
  })

/** The head of a scenario; without a name, of the first. */
export function headOf(replay: Replay, scenario?: string): string {
  const found =
    scenario === undefined ? Object.values(replay.scenarios)[0] : replay.scenarios[scenario]
  if (found === undefined) throw new Error(`no scenario ${scenario ?? ''}`)
  return found.head
}
