import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** One recorded exchange, headers lower case. */
export interface Exchange {
  request: {
    method: string
    path: string
    query: Record<string, string>
    body?: unknown
    auth: 'token' | 'other' | 'none'
  }
  response: { status: number; headers: Record<string, string>; body: unknown }
}

/**
 * A recorded pull request and what a correct sweep must say of it; `null`: it must not be looked
 * at.
 */
export interface Scenario {
  number: number
  head: string
  /**
   * `never`: whatever the verdict is called, nothing is written and nothing is run again. `remedy`
   * is what a sweep chooses that is asked for none.
   */
  expected: { kind: string; reason: string | null; cause?: string; remedy?: string } | null
  /** inputs of this sweep instead of the usual umbrella and contexts */
  inputs?: Record<string, string>
  why: string
}

/** One recording folder, its host replaced by the double's own. */
export interface Recording {
  name: string
  scenarios: Record<string, Scenario>
  /** every exchange, in the order made */
  exchanges: Exchange[]
  /** the owner's reads before the first write: the state the double serves */
  reads: Exchange[]
  version: string
  owner: string
  repo: string
}

/**
 * Reads one folder; `origin` takes the place of the recorded server's own address in every body and
 * header.
 */
export function loadRecording(folder: string, origin: string): Recording {
  const text = (file: string) =>
    readFileSync(join(folder, file), 'utf8').replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, origin)
  const exchanges = text('exchanges.jsonl')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Exchange | { note: string })
    .filter((line): line is Exchange => 'request' in line)
  const first = exchanges.find(e => e.request.path.startsWith('/api/v1/repos/'))?.request.path ?? ''
  const home = /^\/api\/v1\/repos\/([^/]+)\/([^/]+)$/.exec(first)
  if (home === null) throw new Error(`${folder}: no read of the repository`)
  const [path, owner = '', repo = ''] = home
  const firstWrite = exchanges.findIndex(e => e.request.method !== 'GET')
  // A repository no write touched answers after the writes what it answered before them.
  const untouched = (e: Exchange) =>
    e.request.path.startsWith('/api/v1/repos/') && !`${e.request.path}/`.startsWith(`${path}/`)
  const reads = exchanges.filter(
    (e, at) =>
      e.request.method === 'GET' &&
      e.request.auth === 'token' &&
      (firstWrite < 0 || at < firstWrite || untouched(e)),
  )
  const version = (
    reads.find(e => e.request.path === '/api/v1/version')?.response.body as
      { version: string } | undefined
  )?.version
  if (version === undefined) throw new Error(`${folder}: no version`)
  const scenarios = JSON.parse(text('scenarios.json')) as Record<string, Scenario>
  return { name: basename(folder), scenarios, exchanges, reads, version, owner, repo }
}
