// One scenario suite against every simulated version, or against a real server when E2E_URL and
// E2E_TOKEN are given (docs/e2e.md).
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runBundle } from '../../__tests__/support/bundle.js'
import type { ProfileName } from '../simulator/index.js'
import { PROFILES } from '../simulator/index.js'
import { wordsOf } from './client.js'
import { githubCell } from './github/play.js'
import { GITHUB_SCENARIOS } from './github/scenarios.js'
import { openRealHost } from './real.js'
import { ALL_SCENARIOS as SCENARIOS } from './all-scenarios.js'
import { simulatedHost } from './simulated.js'
import type { Cell } from './suite.js'
import { runSuite, tableOf } from './suite.js'
import type { Host } from './world.js'

const { values } = parseArgs({
  options: {
    profile: { type: 'string', multiple: true },
    scenario: { type: 'string', multiple: true },
  },
})
const wanted = <T extends string>(
  what: string,
  all: readonly T[],
  named: readonly string[] = all,
): T[] => {
  const unknown = named.find(name => !all.includes(name as T))
  if (unknown !== undefined)
    throw new Error(`no ${what} "${unknown}"; there are: ${all.join(', ')}`)
  return all.filter(name => named.includes(name))
}
const names = wanted(
  'scenario',
  [...SCENARIOS, ...GITHUB_SCENARIOS].map(({ name }) => name),
  values.scenario,
)
const scenarios = SCENARIOS.filter(({ name }) => names.includes(name))
const stories = GITHUB_SCENARIOS.filter(({ name }) => names.includes(name))
if (!existsSync('dist/index.js')) throw new Error('dist/index.js is missing: run npm run build')

const [url = '', token = ''] = [process.env['E2E_URL'], process.env['E2E_TOKEN']]
if ((url === '') !== (token === '')) throw new Error('E2E_URL and E2E_TOKEN go together')
process.exitCode = report(url === '' ? await simulated() : await real()) ? 0 : 1

/** Every profile, three bundles at once; then GitHub, which has stories of its own. */
async function simulated(): Promise<readonly Cell[]> {
  const all = [...(Object.keys(PROFILES) as ProfileName[]), 'github' as const]
  const profiles = wanted('profile', all, values.profile)
  const hosts = profiles.flatMap(name => (name === 'github' ? [] : [simulatedHost(name)]))
  const cells = await runSuite(hosts, scenarios, 3)
  return profiles.includes('github') ? [...cells, ...(await onGithub())] : cells
}

/** Every story of GitHub, three bundles at once. */
async function onGithub(): Promise<readonly Cell[]> {
  const queue = [...stories]
  const cells: Cell[] = []
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      cells.push(await githubCell(next, runBundle))
  }
  await Promise.all([worker(), worker(), worker()])
  return cells
}

/**
 * One scenario after the other, for there may be one runner only; what was made is deleted, also
 * when this is interrupted.
 */
async function real(): Promise<readonly Cell[]> {
  const { E2E_LABEL: label, E2E_TIMEOUT: seconds } = process.env
  const host: Host = await openRealHost({
    url,
    token,
    ...(label === undefined ? {} : { label }),
    ...(seconds === undefined ? {} : { timeoutMs: Number(seconds) * 1000 }),
  })
  process.once('SIGINT', () => {
    console.log('interrupted: deleting what was made')
    void host
      .close()
      .catch((error: unknown) => {
        console.log(wordsOf(error))
      })
      .finally(() => process.exit(130))
  })
  try {
    return await runSuite([host], scenarios, 1, ({ scenario, result, ms }) => {
      console.log(`${scenario}: ${result}, ${secondsOf(ms)}`)
    })
  } finally {
    await host.close()
  }
}

function secondsOf(ms: number): string {
  return `${Math.round(ms / 1000)} s`
}

/** Print the table; true if nothing failed. */
function report(cells: readonly Cell[]): boolean {
  const count = (result: Cell['result']): number =>
    cells.filter(cell => cell.result === result).length
  const github = cells.filter(({ host }) => host === 'github')
  const others = cells.filter(({ host }) => host !== 'github')
  for (const part of [others, github]) if (part.length > 0) console.log(`\n${tableOf(part)}\n`)
  const told = [...(others.length > 0 ? scenarios : []), ...(github.length > 0 ? stories : [])]
  for (const { name, proves } of told) console.log(`  ${name}: ${proves}`)
  const totals = (['passed', 'failed', 'not applicable'] as const)
    .map(result => `${count(result)} ${result}`)
    .join(', ')
  console.log(`\n${totals}, in ${secondsOf(performance.now())}`)
  return cells.length > 0 && count('failed') === 0
}
