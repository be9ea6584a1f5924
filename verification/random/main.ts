import { parseArgs } from 'node:util'
import type { BlindSpot } from './blind.js'
import { BLIND_SPOTS } from './blind.js'
import type { Played } from './play.js'
import { play } from './play.js'
import { drawScript } from './script.js'
import { ALL_PROFILES } from './setup.js'
import { shrink } from './shrink.js'
import { describeViolation } from './violation.js'

const { values } = parseArgs({
  options: {
    sweeps: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string' },
    /** Goes on after a broken law, and tells so many. */
    failures: { type: 'string', default: '5' },
  },
})
const wanted = Number(values.sweeps)
const first = Number(values.seed)
const most = Number(values.failures)
const profiles = ALL_PROFILES.filter(
  name => values.profile === undefined || values.profile.split(',').includes(name),
)
if (profiles.length === 0 || !(wanted > 0) || !Number.isSafeInteger(first))
  throw new Error(`--sweeps N --seed N --profile ${ALL_PROFILES.join('|')}`)

async function tellFailure(seed: number, played: Played): Promise<void> {
  const { script, played: small } = await shrink(drawScript(seed, profiles), played)
  console.log(`\nseed ${seed}, ${JSON.stringify(script.setup)}`)
  for (const line of small.story) console.log(`  ${line}`)
  for (const violation of small.violations) console.log(`  => ${describeViolation(violation)}`)
}

const began = performance.now()
const spots = new Map<BlindSpot, number>()
let [sweeps, requests, writes, worlds, failures] = [0, 0, 0, 0, 0]
for (let seed = first; sweeps < wanted && failures < most; seed += 1) {
  const played = await play(drawScript(seed, profiles)).catch((error: unknown) => {
    throw new Error(`seed ${seed}`, { cause: error })
  })
  worlds += 1
  sweeps += played.sweeps
  requests += played.requests
  writes += played.writes
  for (const [spot, count] of played.spots) spots.set(spot, (spots.get(spot) ?? 0) + count)
  if (played.violations.length === 0) continue
  failures += 1
  await tellFailure(seed, played)
}
const seconds = ((performance.now() - began) / 1000).toFixed(1)
console.log(
  `\n${sweeps} sweeps of ${worlds} worlds, ${requests} requests, ${writes} writes, ${seconds} s`,
)
console.log(`blind spots: ${BLIND_SPOTS.map(name => `${name} ${spots.get(name) ?? 0}`).join(', ')}`)
console.log(`worlds with a broken law: ${failures}`)
process.exitCode = failures === 0 ? 0 : 1
