import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { BLIND_SPOTS } from './blind.js'
import type { Size } from './bounds.js'
import { SIZES } from './bounds.js'
import { NAIVE_CLIENTS } from './checks/naive.js'
import { plannedFor } from './explorations.js'
import { NAIVES } from './naive.js'
import { Pool } from './pool.js'
import { printChecks, printReport } from './print.js'
import type { ProfileName } from './profile.js'
import { PROFILES } from './profile.js'
import { checkBoundsOf, missedByChecks, missedByField, missedByNaive } from './refuted.js'
import { missedBy, reportOf, violationsOf } from './report.js'
import type { Refuted } from './why.js'
import { naiveSection, whyOf } from './why.js'

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

/** What a part of the proof counted, and in plain lines what it should have found and did not. */
interface Part {
  readonly states: number
  readonly violations: number
  readonly missed: readonly string[]
}

async function proveProfile(pool: Pool, profile: ProfileName, size: Size): Promise<Part> {
  const planned = plannedFor(profile, size)
  const explored = await Promise.all(
    planned.map((_, at) => pool.do<'bound'>({ kind: 'bound', profile, size, at })),
  )
  const report = reportOf(profile, explored)
  printReport(report)
  return {
    states: report.states,
    violations: violationsOf(report).length,
    missed: missedBy(report),
  }
}

/** Every bound of a size over check runs, and the clients of the field. */
async function proveChecks(pool: Pool, size: Size): Promise<Part> {
  const bounds = checkBoundsOf(size)
  const checked = await Promise.all(
    bounds.map(async (bound, at) => {
      const report = await pool.do<'checks'>({ kind: 'checks', size, at })
      return { report, missed: missedByChecks(bound, report) }
    }),
  )
  const field = await Promise.all(
    NAIVE_CLIENTS.map(async (client, at) =>
      missedByField(client, await pool.do<'field'>({ kind: 'field', at })),
    ),
  )
  const reports = checked.map(({ report }) => report)
  printChecks(reports)
  return {
    states: reports.reduce((sum, { states }) => sum + states, 0),
    violations: reports.reduce((sum, { hits }) => sum + hits.length, 0),
    missed: [...checked.flatMap(one => one.missed), ...field.flat()],
  }
}

const why = fileURLToPath(new URL('../../docs/why.md', import.meta.url))

/** The simpler designs with the shortest trace of each, and those that were not caught. */
async function refuteNaives(pool: Pool): Promise<{
  readonly refuted: readonly Refuted[]
  readonly missed: readonly string[]
}> {
  const found = await Promise.all(
    NAIVES.map(async (naive, at) => ({
      naive,
      hit: await pool.do<'naive'>({ kind: 'naive', at }),
    })),
  )
  return {
    refuted: found.flatMap(({ naive, hit }) => (hit === null ? [] : [{ naive, hit }])),
    missed: found.flatMap(({ naive, hit }) => missedByNaive(naive, hit)),
  }
}

/** What the explorer writes into `docs/why.md`, and the simpler designs it did not catch. */
async function tell(pool: Pool): Promise<{ readonly text: string; missed: readonly string[] }> {
  const [{ refuted, missed }, spots] = await Promise.all([
    refuteNaives(pool),
    Promise.all(BLIND_SPOTS.map(spot => pool.do<'spot'>({ kind: 'spot', spot }))),
  ])
  return { text: whyOf(refuted, spots), missed }
}

/**
 * Does `docs/why.md` say what the explorer finds? What no client can see takes minutes to be met,
 * and is compared in full only.
 */
async function proveWhy(pool: Pool, size: Size): Promise<Part> {
  const written = readFileSync(why, 'utf8')
  const { text, missed } = size === 'full' ? await tell(pool) : await tellNaives(pool, written)
  const other = 'docs/why.md differs from what the explorer writes; npm run proof -- --write-why'
  return { states: 0, violations: 0, missed: written === text ? missed : [...missed, other] }
}

/** The same of the simpler designs alone: what is written, if it tells of each. */
async function tellNaives(pool: Pool, written: string): ReturnType<typeof tell> {
  const { refuted, missed } = await refuteNaives(pool)
  const same = refuted.every(({ naive, hit }) => written.includes(naiveSection(naive, hit)))
  return { text: same ? written : '', missed }
}

async function proveAll(pool: Pool, size: Size): Promise<void> {
  const began = performance.now()
  const parts = await Promise.all([
    ...profiles.map(profile => proveProfile(pool, profile, size)),
    ...(withChecks ? [proveChecks(pool, size)] : []),
    ...(values.profile === undefined ? [proveWhy(pool, size)] : []),
  ])
  const missed = parts.flatMap(part => part.missed)
  const states = parts.reduce((sum, part) => sum + part.states, 0)
  const violations = parts.reduce((sum, part) => sum + part.violations, 0)
  const took = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`\nbound ${size}: ${states} distinct states in ${took} s, violations ${violations}`)
  for (const line of missed) console.log(`MISSED: ${line}`)
  process.exitCode = violations === 0 && missed.length === 0 ? 0 : 1
}

const pool = new Pool(Number(values.workers))
if (values['write-why']) {
  const { text, missed } = await tell(pool)
  writeFileSync(why, text)
  for (const line of missed) console.log(`MISSED: ${line}`)
  process.exitCode = missed.length === 0 ? 0 : 1
  console.log('docs/why.md is written')
} else await proveAll(pool, size)
pool.end()
