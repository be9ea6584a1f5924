import type { ForgeKind } from '../../src/forge/registry.js'
import { main } from '../../src/main.js'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { Runner } from '../../src/runner.js'
import type { Chance } from './chance.js'
import type { Network } from './network.js'

/** Who sweeps, and with which inputs. */
export interface Sweeper {
  /** By which its requests are told from those of others. */
  readonly sweep: number
  readonly apiUrl: string
  readonly kind: ForgeKind
  readonly repo: string
  readonly token: string
  readonly inputs: Readonly<Record<string, string>>
}

/** What a sweep told. */
export interface Told {
  readonly lines: readonly string[]
  /** `null` where it ended without one. */
  readonly report: SweepReport | null
  readonly failure: string | null
}

/** A runner in memory, on the server's clock. */
function runnerFor(
  { sweep, apiUrl, repo, token, inputs }: Sweeper,
  network: Network,
  chance: Chance,
  told: { lines: string[]; report: string; failure: string | null },
): Runner {
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
    // The runner's own clock is never the earlier one here.
    wallClock: () => Number.MAX_SAFE_INTEGER,
    stopping: () => null,
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
    output: () => undefined,
    summary: () => Promise.resolve(true),
    report: json => {
      told.report = json
      return 'report.json'
    },
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
  const told = { lines: [] as string[], report: '', failure: null as string | null }
  await main(runnerFor(sweeper, network, chance, told), [sweeper.kind])
  return {
    lines: told.lines,
    failure: told.failure,
    report: told.report === '' ? null : (JSON.parse(told.report) as SweepReport),
  }
}
