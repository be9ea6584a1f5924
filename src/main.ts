import { explainFaults, explainUnknown, readConfig, unknownInputs } from './config.js'
import type { Config } from './config.js'
import { failureOf } from './report/report.js'
import type { Server } from './core/model/server.js'
import { plain } from './report/text.js'
import { FORGES } from './forge/kinds.js'
import { ForgeError } from './forge/port.js'
import type { ForgeKind, Opened, OpenOptions } from './forge/registry.js'
import { openForge } from './forge/registry.js'
import { publish } from './report/publish.js'
import type { Runner } from './runner.js'
import { actionsRunner } from './runner.js'
import { sweep } from './commands/sweep.js'

/** Ten minutes: twice the usual schedule. What is not read by then is a gap. */
const SWEEP_BUDGET = 600_000

/** What a sweep that could not even start must say, by the forge's answer. */
const START: Readonly<Partial<Record<ForgeError['code'], string>>> = {
  unauthorized: 'token: the server does not accept it; allowed: a valid token of this server',
  forbidden:
    'token: it lacks a right; allowed: a token that may read pull requests, statuses and actions ' +
    'of this repository (README, "Permissions")',
  'not-found':
    'repo: not found, or not visible to this token; allowed: owner/name of a repository ' +
    'of this server',
  redirected:
    'repo or api-url: the server redirects; allowed: the current name and the address of ' +
    'the API itself',
}

/** The composition root: real runner, clock and forge; one sweep; the exit code. */
export async function main(
  runner: Runner = actionsRunner(),
  kinds: readonly ForgeKind[] = FORGES,
): Promise<void> {
  const config = readInputs(runner)
  if (config === null) return
  let opened: Opened | null = null
  try {
    opened = await openForge(kinds, optionsOf(config, runner))
    await sweepAndTell(runner, config, opened)
  } catch (error) {
    runner.fail(explain(config, error))
  } finally {
    opened?.close()
  }
}

/** The inputs as a configuration; `null` when they have faults, which are told. */
function readInputs(runner: Runner): Config | null {
  const read = readConfig(runner)
  const token = runner.input('token')
  if (token !== undefined && token !== '') runner.mask(token)
  const unknown = unknownInputs(runner.inputNames())
  for (const { name, meant } of unknown)
    if (meant === null) runner.warning(`input ${plain(name, 80)} is not known and has no effect`)
  const typos = explainUnknown(unknown)
  const faults = 'faults' in read ? explainFaults(read.faults) : null
  if ('config' in read && typos === null) return read.config
  runner.fail([faults, typos].filter(text => text !== null).join(' | '))
  return null
}

async function sweepAndTell(runner: Runner, config: Config, opened: Opened): Promise<void> {
  const { forge, requests } = opened
  introduce(runner, config, forge.server)
  const nonce = (): string =>
    Math.floor(runner.random() * 36 ** 6)
      .toString(36)
      .padStart(6, '0')
  const note = (line: string): void => {
    runner.info(plain(line, 1000))
  }
  const report = await sweep(config, { forge, nonce, requests, note })
  if (config.pullRequest !== null && report.pulls.length === 0) {
    runner.fail(
      `pull-request: given "${config.pullRequest}"; allowed: the number of an open pull ` +
        `request of ${config.repo}; nothing was written`,
    )
    return
  }
  await publish(runner, report, forge.server.capabilities.logGroups)
  const failure = failureOf(report, config.failOn)
  if (failure !== null) runner.fail(plain(failure, 1000))
}

/** What ended a sweep before its end, in words. */
function explain({ repo, apiUrl }: Config, error: unknown): string {
  if (!(error instanceof ForgeError)) {
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return `this is a bug of umbrella-reaper, please report it: ${plain(trace, 2000)}`
  }
  return (
    `${START[error.code] ?? 'the sweep could not start'}; repo "${plain(repo)}" at ` +
    `${plain(apiUrl)}: ${plain(error.message)}; nothing was written`
  )
}

function optionsOf(config: Config, runner: Runner): OpenOptions {
  return {
    place: { apiUrl: config.apiUrl, repo: config.repo },
    policy: config.policy,
    token: config.token,
    userAgent: 'umbrella-reaper',
    budget: SWEEP_BUDGET,
    concurrency: 4,
    now: () => runner.now(),
    random: () => runner.random(),
    sleep: milliseconds => runner.sleep(milliseconds),
  }
}

function introduce(runner: Runner, config: Config, server: Server): void {
  const { kind, version, grade, gradeLimit, capabilities } = server
  const has = Object.entries(capabilities)
    .filter(([, there]) => there)
    .map(([name]) => name)
  runner.info(
    `${plain(config.repo)} on ${kind} ${plain(version)}; evidence: ` +
      `${grade}${gradeLimit === null ? '' : ` (${plain(gradeLimit)})`}; offers: ` +
      (has.length === 0 ? 'statuses only' : has.join(', ')) +
      (config.dryRun ? '; dry run: nothing will be written' : ''),
  )
}
