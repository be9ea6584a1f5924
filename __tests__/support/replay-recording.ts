import { basename } from 'node:path'
import type { Profile } from '../../verification/simulator/profile.js'
import type { Exchange as Recorded } from '../../verification/simulator/recording.js'
import {
  exchangesIn,
  profileOf,
  readsIn,
  scenariosIn,
} from '../../verification/simulator/recording.js'

/** One recorded exchange, headers lower case. */
export type Exchange = Recorded<unknown>

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
  /** The rules of that version. */
  profile: Profile
  owner: string
  repo: string
}

/**
 * Reads one folder; `origin` takes the place of the recorded server's own address in every body and
 * header.
 */
export function loadRecording(folder: string, origin: string): Recording {
  const exchanges = exchangesIn(folder, text =>
    text.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, origin),
  )
  const first = exchanges.find(e => e.request.path.startsWith('/api/v1/repos/'))?.request.path ?? ''
  const home = /^\/api\/v1\/repos\/([^/]+)\/([^/]+)$/.exec(first)
  if (home === null) throw new Error(`${folder}: no read of the repository`)
  const [path, owner = '', repo = ''] = home
  const before = readsIn(exchanges)
  // A repository no write touched answers after the writes what it answered before them.
  const untouched = (e: Exchange) =>
    e.request.path.startsWith('/api/v1/repos/') && !`${e.request.path}/`.startsWith(`${path}/`)
  const reads = exchanges.filter(
    (e, at) =>
      e.request.method === 'GET' && e.request.auth === 'token' && (at < before || untouched(e)),
  )
  const version = (
    reads.find(e => e.request.path === '/api/v1/version')?.response.body as
      { version: string } | undefined
  )?.version
  if (version === undefined) throw new Error(`${folder}: no version`)
  const name = basename(folder)
  const scenarios = scenariosIn<Scenario>(folder)
  const profile = profileOf(name, exchanges)
  return { name, profile, scenarios, exchanges, reads, version, owner, repo }
}
