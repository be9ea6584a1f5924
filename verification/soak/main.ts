import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isFresh } from '../../scripts/sources.js'
import { ANYWHERE, IN_PROCESS, SIGNALS } from '../random/chaos.js'
import { inMemory } from '../random/in-memory.js'
import { ALL_PROFILES } from '../random/setup.js'
import { overHttp } from './process.js'
import type { Share } from './share.js'
import { playShare } from './share.js'
import { Tally } from './tally.js'

/** Of so many sweeps one is the bundle as a process, over real HTTP. */
const ONE_PROCESS_IN = 50

const { values } = parseArgs({
  options: {
    sweeps: { type: 'string', default: '1000' },
    /** How many of them are processes of their own. */
    http: { type: 'string' },
    /** Besides, so many repairing processes that are sent a signal or lose their reader. */
    signals: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string' },
    failures: { type: 'string', default: '5' },
  },
})
const sweeps = Number(values.sweeps)
const http = Number(values.http ?? Math.ceil(sweeps / ONE_PROCESS_IN))
const [signals, seed, failures] = [values.signals, values.seed, values.failures].map(Number) as [
  number,
  number,
  number,
]
const profiles = ALL_PROFILES.filter(
  name => values.profile === undefined || values.profile.split(',').includes(name),
)
if (profiles.length === 0 || [sweeps, http, signals, seed].some(one => !Number.isSafeInteger(one)))
  throw new Error(`--sweeps N --http N --signals N --seed N --profile ${ALL_PROFILES.join('|')}`)

if (http + signals > 0 && !isFresh(fileURLToPath(new URL('../../', import.meta.url))))
  throw new Error('dist is older than src: npm run build')

const lanes = availableParallelism()
const SHARES: readonly Share[] = [
  {
    name: 'in memory',
    sweeps: sweeps - http,
    way: inMemory,
    chaos: { names: IN_PROCESS, repairable: 0.7 },
    counts: ({ sweeps }) => sweeps,
    lanes: 1,
  },
  {
    name: 'over HTTP',
    sweeps: http,
    way: overHttp,
    chaos: { names: ANYWHERE, repairable: 0.8 },
    // In peace every sweep is one in memory.
    counts: ({ disturbed }) => disturbed,
    lanes,
  },
  {
    name: 'signals',
    sweeps: signals,
    way: overHttp,
    chaos: { names: SIGNALS, repairable: 1 },
    counts: ({ met }) => met.filter(({ names }) => names.length > 0).length,
    lanes,
  },
]

let broken = 0
const tally = new Tally()
const told: string[] = []
for (const share of SHARES.filter(one => one.sweeps > 0)) {
  const began = performance.now()
  const done = await playShare(share, { seed, profiles, failures }, tally)
  broken += done.failures
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  told.push(
    `${share.name}: ${done.sweeps} sweeps of ${done.worlds} worlds, ${done.requests} requests, ` +
      `${done.writes} writes, ${seconds} s`,
  )
}
console.log('')
for (const line of [...tally.lines(), '', ...told]) console.log(line)
console.log(`worlds with a broken law: ${broken}`)
process.exitCode = broken === 0 ? 0 : 1
