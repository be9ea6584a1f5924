import { fork } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { BLIND_SPOTS } from './blind.js'
import type { Size } from './bounds.js'
import { SIZES } from './bounds.js'
import { CHECK_BOUNDS } from './checks/bounds.js'
import { CheckExploration } from './checks/explore.js'
import type { ProfileName } from './profile.js'
import { PROFILES } from './profile.js'
import type { ProfileReport } from './prove.js'
import { writeWhy } from './why.js'

const { values } = parseArgs({
  options: {
    bound: { type: 'string', default: 'full' },
    profile: { type: 'string' },
    workers: { type: 'string', default: '2' },
    'write-why': { type: 'boolean', default: false },
  },
})
const size = SIZES.find(name => name === values.bound)
const profiles = PROFILES.filter(name => values.profile === undefined || name === values.profile)
const withChecks = values.profile === undefined || values.profile === 'github'
if (size === undefined || (profiles.length === 0 && !withChecks))
  throw new Error(`--bound ${SIZES.join('|')}, --profile ${PROFILES.join('|')}|github`)

/** One profile in a process of its own. */
function prove(profile: ProfileName, bound: Size): Promise<ProfileReport> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./prove.ts', import.meta.url)), [profile, bound], {
      execArgv: ['--import', 'tsx', '--max-old-space-size=2800'],
      serialization: 'advanced',
    })
    child.once('message', message => {
      resolve(message as ProfileReport)
    })
    child.once('exit', code => {
      reject(new Error(`${profile}: ended with ${code ?? 'a signal'} and no report`))
    })
  })
}

function print(report: ProfileReport): void {
  console.log(`\n== ${report.profile}`)
  for (const { bound, states, transitions, seconds, depth, progress } of report.explored) {
    const stale = [...progress].map(([reason, count]) => `${reason} ${count}`).join(', ')
    const rest = stale === '' ? '' : `; stale at rest: ${stale}`
    console.log(
      `  ${bound}: ${states} states, ${transitions} transitions, depth ${depth}, ` +
        `${seconds.toFixed(1)} s${rest}`,
    )
  }
  const violations = report.hits.filter(({ name }) => name === '')
  const { states, transitions, seconds } = report
  console.log(
    `  in all: ${states} states, ${transitions} transitions, ${seconds.toFixed(1)} s, violations ` +
      `${violations.length}`,
  )
  const spots = BLIND_SPOTS.flatMap(spot => report.hits.filter(({ name }) => name === spot))
  for (const hit of [...violations, ...spots]) {
    const title = hit.name === '' ? 'VIOLATION' : `blind spot ${hit.name}`
    console.log(
      `  ${title} (${hit.law}), met ${hit.count} times: ${hit.what}. In "${hit.bound}", ` +
        `${hit.trace.length} steps:`,
    )
    for (const line of hit.trace) console.log(`      ${line}`)
  }
}

/** Every bound of a size over check runs; answers how many states, and how many violations. */
async function proveChecks(bound: Size): Promise<{ states: number; violations: number }> {
  const bounds = bound === 'full' ? [...CHECK_BOUNDS.ci, ...CHECK_BOUNDS.full] : CHECK_BOUNDS[bound]
  const sum = { states: 0, violations: 0 }
  console.log('\n== github (check runs)')
  for (const one of bounds) {
    const { states, transitions, sent, hits } = await new CheckExploration(one).visit()
    console.log(`  ${one.name}: ${states} states, ${transitions} transitions, ${sent} writes`)
    for (const { law, what, trace } of hits)
      console.log([`  VIOLATION (${law}): ${what}`, ...trace].join('\n      '))
    sum.states += states
    sum.violations += hits.length
  }
  return sum
}

const why = fileURLToPath(new URL('../../docs/why.md', import.meta.url))

/** Is `docs/why.md` what the explorer writes? */
async function provesWhy(): Promise<boolean> {
  const same = readFileSync(why, 'utf8') === (await writeWhy())
  console.log(
    same
      ? '\ndocs/why.md is what the explorer writes'
      : '\ndocs/why.md differs from what the explorer writes; npm run proof -- --write-why',
  )
  return same
}

if (values['write-why']) {
  writeFileSync(why, await writeWhy())
  console.log('docs/why.md is written')
} else {
  const began = performance.now()
  const waiting = [...profiles]
  const reports: ProfileReport[] = []
  await Promise.all(
    Array.from({ length: Number(values.workers) }, async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const report = await prove(next, size)
        reports.push(report)
        print(report)
      }
    }),
  )
  const checks = withChecks ? await proveChecks(size) : { states: 0, violations: 0 }
  const states = reports.reduce((sum, report) => sum + report.states, checks.states)
  const violations = reports.reduce(
    (sum, report) => sum + report.hits.filter(({ name }) => name === '').length,
    checks.violations,
  )
  const told = values.profile !== undefined || (await provesWhy())
  const took = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`\nbound ${size}: ${states} distinct states in ${took} s, violations ${violations}`)
  process.exitCode = violations === 0 && told ? 0 : 1
}
