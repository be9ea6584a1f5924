// Large repositories: many pull requests of which few are stale, many contexts and rows a head.
import { bundleClient, measured } from './clients.js'
import type { TimedProfile } from './cost.js'
import { githubMemory } from './github-memory.js'
import { startServer } from './server.js'
import type { WorldPlan } from './world.js'
import { countOf } from './world.js'

const PROFILES: readonly TimedProfile[] = ['gitea-1.22.6', 'gitea-1.26.4', 'forgejo-15']

/** A job writes three rows: it waits, it runs, it has ended. */
const SIZES = [
  { pulls: 10_000, contexts: 6, red: 0.1 },
  { pulls: 20, contexts: 50, red: 20 },
  { pulls: 20, contexts: 200, red: 20 },
  { pulls: 20, contexts: 667, red: 20 },
] as const

/** One repository and what a repairing sweep of it took. */
interface Load {
  readonly profile: string
  readonly pulls: number
  readonly contexts: number
  readonly stale: number
  /** `null` where it was not taken. */
  readonly wall: number | null
  readonly cpu: number | null
  readonly memory: number
  readonly requests: number
  readonly fault: string | null
}

/** Sweeps each of them once; `progress` is told which. */
export async function loads(progress: (line: string) => void): Promise<readonly Load[]> {
  const server = startServer()
  const client = bundleClient('this release', 4)
  const found: Load[] = []
  try {
    for (const size of SIZES)
      for (const profile of PROFILES) {
        progress(`${profile}, ${size.pulls} pulls, ${size.contexts} contexts`)
        const world: WorldPlan = { profile, ...size }
        const run = await measured(server, client, { world, latency: 0, busy: false })
        const { wall, cpu, memory, tally, fault } = run
        const stale = countOf(world, 'stale')
        const { pulls, contexts } = size
        const { requests } = tally
        found.push({ profile, pulls, contexts, stale, wall, cpu, memory, requests, fault })
      }
  } finally {
    server.close()
  }
  progress('GitHub')
  for (const one of await githubMemory({ pulls: [1_000, 10_000], times: 1 })) {
    const { pulls, memory, requests, fault } = one
    const rest = { contexts: 6, stale: 0, wall: null, cpu: null }
    found.push({ profile: 'github', pulls, memory, requests, fault, ...rest })
  }
  return found
}

const seconds = (milliseconds: number | null): string =>
  milliseconds === null ? '–' : `${(milliseconds / 1000).toFixed(1)} s`

/** The table of the figures, in Markdown. */
export function loadReport(all: readonly Load[]): string {
  const rows = all.map(
    ({ profile, pulls, contexts, stale, wall, cpu, memory, requests, fault }) =>
      `| ${profile} | ${pulls} | ${contexts} | ${contexts * 3} | ${stale} | ${requests} | ` +
      `${seconds(wall)} | ${seconds(cpu)} | ${(memory / 2 ** 20).toFixed(0)} MB | ${fault ?? ''} |`,
  )
  return [
    '# Large repositories',
    '',
    `Written by \`npm run bench -- --load\` on Node.js ${process.version}: one sweep each, which ` +
      'repairs what is stale, with no latency. A',
    'job writes three rows. The processor time of the bundle tells how it grows; the wall time ' +
      'holds that of the simulated server, too.',
    '',
    '| server | pulls | contexts a head | rows a head | stale | requests | wall | processor ' +
      '| peak memory | fault |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
