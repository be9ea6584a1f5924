// Peak memory over the pull requests of a repository on GitHub.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runBundle } from '../../__tests__/support/bundle.js'
import { PRELOAD, TIMEOUT } from './clients.js'
import type { Told } from './github-served.js'
import { GITHUB_UMBRELLA } from './github-world.js'
import { median } from './median.js'
import { PLACE } from './world.js'

/** What sweeps of one size took. */
export interface GithubMemory {
  readonly node: string
  readonly pulls: number
  /** Bytes of the bundle's largest resident set, the middle of several sweeps. */
  readonly memory: number
  /** The same of each sweep. */
  readonly memories: readonly number[]
  readonly requests: number
  /** Why this is no sweep. */
  readonly fault: string | null
}

/** Which sizes are measured, and how often each. */
export interface GithubSizes {
  readonly pulls: readonly number[]
  readonly times: number
}

type Swept = Pick<GithubMemory, 'memory' | 'requests' | 'fault'>

/** One sweep by the bundle in dist/ of a fresh repository. */
async function sweep(pulls: number): Promise<Swept> {
  const script = fileURLToPath(new URL('github-served.ts', import.meta.url))
  const env = { PATH: process.env['PATH'] ?? '' }
  const server = fork(script, [String(pulls)], { execArgv: ['--import', 'tsx'], env })
  const heard = async (): Promise<Told> => ((await once(server, 'message')) as [Told])[0]
  const folder = mkdtempSync(join(tmpdir(), 'bench-github-'))
  try {
    const ready = await heard()
    if (ready.kind !== 'ready') throw new Error('the server of the bench did not start')
    const usage = join(folder, 'usage.json')
    const run = await runBundle({
      apiUrl: ready.apiUrl,
      repo: `${PLACE.owner}/${PLACE.repo}`,
      token: ready.token,
      inputs: { 'umbrella-context': GITHUB_UMBRELLA },
      env: { BENCH_USAGE: usage },
      nodeOptions: PRELOAD,
      timeoutMs: TIMEOUT,
    })
    const { memory } = JSON.parse(readFileSync(usage, 'utf8')) as { readonly memory: number }
    server.send('how many')
    const told = await heard()
    const asked = told.kind === 'asked' ? told : { requests: 0, faults: ['it does not answer'] }
    const scanned = run.outputs['scanned'] ?? '0'
    const faults = [
      ...(run.code === 0 ? [] : [`the bundle ended with ${String(run.code)}`]),
      ...(scanned === String(pulls) ? [] : [`${scanned} of ${pulls} pulls judged`]),
      ...asked.faults,
    ]
    return { memory, requests: asked.requests, fault: faults[0] ?? null }
  } finally {
    if (server.connected) server.disconnect()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Peak memory at each of these sizes. */
export async function githubMemory({
  pulls,
  times,
}: GithubSizes): Promise<readonly GithubMemory[]> {
  const found: GithubMemory[] = []
  for (const size of pulls) {
    const swept: Swept[] = []
    for (let turn = 0; turn < times; turn += 1) swept.push(await sweep(size))
    const memories = swept.map(({ memory }) => memory)
    found.push({
      node: process.version,
      pulls: size,
      memory: median(memories),
      memories,
      requests: swept[0]?.requests ?? 0,
      fault: swept.find(({ fault }) => fault !== null)?.fault ?? null,
    })
  }
  return found
}
