import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Profile } from './profile.js'
import { PROFILES } from './profiles.js'
import { RECORDER_NOTE } from './recorder.js'
import type { Json } from './state.js'

/** One recorded exchange, with the note that stood before it (which token `other` is). */
export interface Exchange<Body = Json> {
  /** Its line in the file. */
  readonly number: number
  readonly note: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly query: Readonly<Record<string, string>>
    readonly body: Json | undefined
    readonly auth: 'token' | 'other' | 'none' | 'workflow'
  }
  readonly response: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: Body
  }
}

/** A folder of real answers, and the profile that must give the same. */
export interface Recording {
  readonly name: string
  readonly profile: Profile
  readonly exchanges: readonly Exchange[]
  /** Whether it was made by the recorder, which keeps an allow-list of fields. */
  readonly sparse: boolean
  /** Heads by scenario name, from scenarios.json; empty if there is none. */
  readonly heads: Readonly<Record<string, string>>
}

// Bodies are large, and whoever reads one says what it must be.
const Line = z.object({
  note: z.string().optional(),
  request: z
    .object({
      method: z.string(),
      path: z.string(),
      query: z.record(z.string(), z.string()).default({}),
      body: z.custom<Json>().optional(),
      auth: z.enum(['token', 'other', 'none', 'workflow']),
    })
    .optional(),
  response: z
    .object({
      status: z.number(),
      headers: z.record(z.string(), z.string()),
      body: z.custom<Json>(),
    })
    .optional(),
})

/** What a note says of the exchanges that stand after the reads and are older than they. */
const OLDER = /^made before the reads above/

/** Every exchange of a recording folder; what `change` makes of the text is read. */
export function exchangesIn(
  folder: string,
  change: (text: string) => string = text => text,
): Exchange[] {
  const exchanges: Exchange[] = []
  let note = ''
  const lines = change(readFileSync(join(folder, 'exchanges.jsonl'), 'utf8')).split('\n')
  for (const [number, text] of lines.entries()) {
    if (text === '') continue
    const { request, response, ...line } = Line.parse(JSON.parse(text))
    note = line.note ?? note
    if (request !== undefined && response !== undefined)
      exchanges.push({ number, note, request: { ...request, body: request.body }, response })
  }
  return exchanges
}

/** The pull requests of a recording folder by name, and what is said of each. */
export function scenariosIn<Scenario extends { readonly head: string }>(
  folder: string,
): Record<string, Scenario> {
  const path = join(folder, 'scenarios.json')
  if (!existsSync(path)) return {}
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, Scenario>
}

/** Read one recording folder for the simulator. */
export function readRecording(folder: string, name: string): Recording {
  const all = exchangesIn(join(folder, name))
  const exchanges = all.filter(({ note }) => !OLDER.test(note))
  const heads = Object.entries(scenariosIn(join(folder, name))).map(
    ([scenario, { head }]) => [scenario, head] as const,
  )
  return {
    name,
    profile: profileOf(name, exchanges),
    exchanges,
    sparse: all.some(({ note }) => note === RECORDER_NOTE),
    heads: Object.fromEntries(heads),
  }
}

/**
 * Recordings the simulator is not held to yet: they hold reads that it does not have, versions
 * whose fields it does not know, a re-run that is watched while it goes, or (the closed pull of
 * Forgejo) a runner that takes a job before all rows of its run are written. The double of the
 * tests plays them; a new one is compared.
 */
export const NOT_SIMULATED: readonly string[] = [
  'forgejo-11.0.15',
  'forgejo-15.0.3',
  'forgejo-15.0.3-closed-pull',
  'gitea-1.26.4-natural-healed',
  'gitea-1.26.4-rerun',
  'gitea-1.27.0',
  'gitea-1.27.0-natural-healed',
  'gitea-1.27.0-rerun',
]

/** The recordings that the simulator must answer as the servers did. */
export const comparedNames = (folder: string): readonly string[] =>
  recordingNames(folder).filter(name => !NOT_SIMULATED.includes(name))

/** Names of the recording folders, those with exchanges. */
export function recordingNames(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
}

/** Reads up to the first write: the state to bring the simulator to (recordings/README.md). */
export function readsOf({ exchanges }: Recording): Exchange[] {
  return exchanges.slice(0, readsIn(exchanges)).filter(({ response }) => response.status === 200)
}

/** How many exchanges there are before the first write. */
export function readsIn(exchanges: readonly Exchange[]): number {
  const firstWrite = exchanges.findIndex(({ request }) => request.method !== 'GET')
  return firstWrite < 0 ? exchanges.length : firstWrite
}

/** Upstream's main branch between 1.27 and 28, which behaves as 1.27 in all that was recorded. */
const DEVELOPMENT = /^1\.28\./

/**
 * The profile of the version the server named, or of the same minor version; `+37834` is 1.26.4
 * with the hash rule of 1.27.
 */
export function profileOf(name: string, exchanges: readonly Exchange[]): Profile {
  const told = exchanges.find(({ request }) => request.path === '/api/v1/version')?.response.body
  const version = z.object({ version: z.string() }).parse(told).version
  if (name.endsWith('+37834'))
    return { ...PROFILES['gitea-1.26.4'], name, version, hash: PROFILES['gitea-1.27.0'].hash }
  const family = version.includes('+gitea-') ? 'forgejo' : 'gitea'
  const minor = (text: string) =>
    text
      .split('.')
      .slice(0, family === 'gitea' ? 2 : 1)
      .join('.')
  const same = Object.values(PROFILES).filter(profile => profile.family === family)
  const profile =
    same.find(other => other.version === version) ??
    same.findLast(other => minor(other.version) === minor(version)) ??
    (DEVELOPMENT.test(version) ? PROFILES['gitea-1.27.0'] : undefined)
  if (profile === undefined) throw new Error(`${name}: no profile for version ${version}`)
  return { ...profile, version }
}
