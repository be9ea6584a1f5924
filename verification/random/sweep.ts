import type { ForgeKind } from '../../src/forge/registry.js'
import { main } from '../../src/main.js'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { Runner } from '../../src/runner.js'
import type { Chance } from './chance.js'
import type { Network } from './network.js'
import type { Conditions, Place } from './script.js'

/** Who sweeps, and with which inputs. */
interface Sweeper {
  /** By which its requests are told from those of others. */
  readonly sweep: number
  readonly apiUrl: string
  readonly kind: ForgeKind
  readonly repo: string
  readonly token: string
  readonly inputs: Readonly<Record<string, string>>
  readonly conditions: Conditions
}

/** What a sweep told. */
export interface Told {
  readonly lines: readonly string[]
  /** `null` where it ended without one. */
  readonly report: SweepReport | null
  readonly failure: string | null
  /** Milliseconds it took, on a clock that nobody sets. */
  readonly took: number
  /** Requests that went to another host. */
  readonly strayed?: number
}

/** What was written, and what was said. */
interface Kept {
  readonly lines: string[]
  report: string
  failure: string | null
}

/** Where a sweep writes beside its log; some of these places have no space left. */
function placesOf(
  told: Kept,
  full: readonly Place[],
): Pick<Runner, 'output' | 'summary' | 'report'> {
  const write = (place: Place): void => {
    if (full.includes(place)) throw new Error('ENOSPC: no space left on device, write')
  }
  return {
    output: (_, value) => {
      write('outputs')
      told.lines.push(value)
    },
    summary: markdown => {
      write('summary')
      told.lines.push(markdown)
      return Promise.resolve(true)
    },
    report: json => {
      write('report')
      told.report = json
      return 'report.json'
    },
  }
}

/** A runner in memory, on the server's clock. */
function runnerFor(
  { sweep, apiUrl, repo, token, inputs, conditions }: Sweeper,
  network: Network,
  chance: Chance,
  told: Kept,
): Runner {
  const { runnerAhead, full } = conditions
  const given: Readonly<Record<string, string>> = { ...inputs, token }
  const env: Readonly<Record<string, string>> = {
    GITHUB_ACTIONS: 'true',
    GITEA_ACTIONS: 'true',
    GITHUB_API_URL: apiUrl,
    GITHUB_SERVER_URL: new URL(apiUrl).origin,
    GITHUB_REPOSITORY: repo,
    GITHUB_RUN_ID: `${4711 + sweep}`,
    GITHUB_RUN_NUMBER: `${17 + sweep}`,
  }
  const say = (line: string): void => {
    told.lines.push(line)
  }
  return {
    input: name => given[name],
    inputNames: () => [],
    env: name => env[name] ?? '',
    now: () => network.now(),
    wallClock: () =>
      runnerAhead === null ? Number.MAX_SAFE_INTEGER : network.began + network.now() + runnerAhead,
    stopping: () => (network.stopped.has(sweep) ? 'SIGTERM' : null),
    random: () => chance.next(),
    sleep: milliseconds => network.sleep(sweep, milliseconds),
    info: say,
    warning: say,
    annotate: ({ text }) => {
      say(text)
    },
    group: (title, lines) => {
      told.lines.push(title, ...lines)
    },
    mask: () => undefined,
    ...placesOf(told, full),
    argv: () => [],
    readText: () => null,
    files: () => null,
    print: say,
    printRaw: say,
    rewrite: () => undefined,
    red: () => undefined,
    fail: message => {
      told.failure = message
      say(`failed: ${message}`)
    },
  }
}

/** One sweep of the bundle's code, from its entry to its report, over a network in memory. */
export async function sweepOver(network: Network, chance: Chance, sweeper: Sweeper): Promise<Told> {
  const kept: Kept = { lines: [], report: '', failure: null }
  const began = network.now()
  await main(runnerFor(sweeper, network, chance, kept), [sweeper.kind])
  return {
    lines: kept.lines,
    failure: kept.failure,
    report: kept.report === '' ? null : (JSON.parse(kept.report) as SweepReport),
    took: network.now() - began,
  }
}
