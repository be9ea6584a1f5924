// Measures the bundle against floors measured in the same run; see README.md beside this file.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { runBundle } from '../../__tests__/support/bundle.js'
import { createForge, serve } from '../simulator/index.js'
import { drive, open, REQUIRED } from '../simulator/stories.js'

const ROUNDS = 15
const PULLS = 60
const STALE = 2

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function start(script: readonly string[]): number {
  const began = performance.now()
  spawnSync(process.execPath, script, { env: { PATH: process.env['PATH'] ?? '' }, stdio: 'ignore' })
  return performance.now() - began
}

/**
 * The bundle up to its first message, against an empty script, in turns: the machine's mood is the
 * same for both.
 */
function coldStart(): { empty: number; bundle: number; ratio: number } {
  const empty: number[] = []
  const bundle: number[] = []
  const ratios: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const floor = start(['-e', '0'])
    const ours = start(['dist/index.js'])
    if (round === 0) continue
    empty.push(floor)
    bundle.push(ours)
    ratios.push(ours / floor)
  }
  return { empty: median(empty), bundle: median(bundle), ratio: median(ratios) }
}

/**
 * Requests of a sweep, against the least that can see every head once: the lists of pulls and one
 * page of latest rows a head.
 */
async function requests(
  profile: 'gitea-1.22.6' | 'gitea-1.23.8' | 'gitea-1.26.4',
): Promise<{ requests: number; floor: number; ratio: number; milliseconds: number }> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  for (let index = 0; index < PULLS; index += 1) {
    drive(
      forge,
      open(forge, `pull-${index}`, {}, { doubleRun: false }),
      index < STALE ? { 'all-required': 'failure' } : {},
    )
  }
  forge.clock.advance('12m')
  const server = await serve(forge)
  const run = await runBundle({
    apiUrl: server.apiUrl,
    repo: 'acme/widgets',
    token: server.token,
    inputs: { 'required-contexts': REQUIRED.join('\n') },
  })
  await server.close()
  if (run.outputs['compensated'] !== String(STALE))
    throw new Error(`the sweep repaired ${run.outputs['compensated'] ?? '?'} instead of ${STALE}`)
  const floor = Math.ceil(PULLS / 50) + PULLS
  return {
    requests: server.requests.length,
    floor,
    ratio: server.requests.length / floor,
    milliseconds: Math.round(run.ms),
  }
}

const result = {
  node: process.version,
  coldStart: coldStart(),
  sweep: {
    '1.22.6': await requests('gitea-1.22.6'),
    '1.23.8': await requests('gitea-1.23.8'),
    '1.26.4': await requests('gitea-1.26.4'),
  },
}
writeFileSync('verification/bench/latest.json', `${JSON.stringify(result, null, 2)}\n`)
console.log(
  `cold start: ${result.coldStart.bundle.toFixed(0)} ms, an empty script ` +
    `${result.coldStart.empty.toFixed(0)} ms, ratio ${result.coldStart.ratio.toFixed(2)}`,
)
for (const [version, { requests: sent, floor, ratio, milliseconds }] of Object.entries(
  result.sweep,
)) {
  console.log(
    `gitea ${version}: ${PULLS} pulls, ${STALE} repaired: ${sent} requests, floor ${floor}, ` +
      `ratio ${ratio.toFixed(2)}, ${milliseconds} ms`,
  )
}
