// What `npm run verify` runs: every check as a process of its own, as many at once as this machine
// has cores, the longest first. One that fails does not stop the others: all faults are told.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'

/** One version of each kind of server; `npm run e2e` has all of them. */
const SERVERS = ['gitea-1.22.6', 'gitea-1.24.7', 'gitea-1.26.4', 'gitea-1.27.0', 'forgejo-15']

/** Commands of package.json for one core each; those that take longest come first. */
const STEPS = [
  'proof -- --bound ci --workers 1',
  ...[1, 2, 3, 4].map(part => `test:all -- --ci --maxWorkers=1 --shard=${part}/4`),
  `e2e -- ${[...SERVERS, 'github'].map(name => `--profile ${name}`).join(' ')}`,
  'github-world',
  'lint',
  'act',
  'nodes',
  'soak -- --sweeps 5000 --http 20',
  'fuzz -- --inputs 50000',
  'typecheck',
  'check:format',
  'check:dist',
  'lint:actions',
  'demo',
  'pictures -- --check',
]

const began = performance.now()
const seconds = since => `${((performance.now() - since) / 1000).toFixed(0)} s`

/** Runs one step; what it printed is shown when it has ended, so that no two mix. */
function run(step) {
  const start = performance.now()
  const child = spawn(`npm run -s ${step}`, {
    shell: true,
    env: { PROPERTY_CASES: '200', ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      said += text
    })
  return new Promise(resolve => {
    child.on('close', code => {
      const end = code === 0 ? 'passed' : `FAILED with ${code}`
      console.log(`\n== npm run ${step}: ${end} in ${seconds(start)}\n${said.trimEnd()}`)
      resolve({ step, end })
    })
  })
}

const waiting = [...STEPS]
const ended = []
const lane = async () => {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift())
    ended.push(await run(step))
}
await Promise.all(Array.from({ length: availableParallelism() }, lane))

console.log(`\nOn ${availableParallelism()} cores in ${seconds(began)}:`)
for (const { step, end } of ended) console.log(`  ${step}: ${end}`)
process.exitCode = ended.every(({ end }) => end === 'passed') ? 0 : 1
