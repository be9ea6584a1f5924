import { explainFaults, readConfig, withUmbrella } from './config.js'
import { explainUnknown, unknownInputs } from './config/unknown-inputs.js'
import type { Config } from './config.js'
import type { SweepReport } from './sweep/report/report.js'
import { failureOf } from './sweep/report/report.js'
import type { Server } from './core/model/server.js'
import { jsonLines } from './shown/line.js'
import { plain } from './sweep/report/text.js'
import { FORGES } from './forge/kinds.js'
import type { ForgeKind } from './forge/registry.js'
import type { Opened } from './forge/opened.js'
import { openForge } from './forge/registry.js'
import { publish } from './sweep/report/publish.js'
import type { Runner } from './runner.js'
import { actionsRunner } from './runner.js'
import { Stop } from './apply/stop.js'
import type { HiddenRunner } from './runner/hidden.js'
import { hidden } from './runner/hidden.js'
import { chooseUmbrella } from './sweep/choose-umbrella.js'
import { AUDIT_BUDGET, explainEnd, guarded, nonceOf, openOptions } from './sweep/start.js'
import { introduce } from './sweep/introduce.js'
import { sweep } from './sweep/sweep.js'
import { track } from './tools/tracking/track.js'
import type { Command, HelpTopic } from './config/arguments.js'
import { readArguments } from './config/arguments.js'
import { sinceAt } from './config/audit-arguments.js'
import type { Started } from './config/given.js'
import { withGiven } from './config/given.js'
import { explainNoToken, secretsOf } from './config/token.js'
import type { Explanation } from './sweep/report/explanation.js'
import { explanationLines } from './sweep/report/explanation.js'
import { helpLines, USAGE } from './config/usage.js'
import { VERSION } from './version.js'

/** A command for which a forge is asked. */
type ForgeCommand = Extract<Command, { readonly given: unknown }>

/** A start by which a forge was opened. */
interface OpenedStart {
  readonly runner: Runner
  readonly command: ForgeCommand
  readonly config: Config
  readonly opened: Opened
  readonly stop: Stop
}

/** The composition root: real runner, clock and forge; one command; the exit code. */
export async function main(
  open: Runner = actionsRunner(),
  kinds: readonly ForgeKind[] = FORGES,
): Promise<void> {
  const runner = hidden(open, secretsOf(open))
  await guarded(runner, () => dispatch(runner, kinds))
}

async function dispatch(runner: HiddenRunner, kinds: readonly ForgeKind[]): Promise<void> {
  const read = readArguments(runner.argv())
  if (!read.ok) {
    runner.fail(`${plain(read.why, 1000)}; nothing was written`)
    return
  }
  const command = read.value
  const file = 'given' in command ? command.given.tokenFile : null
  if (file !== null && runner.readText(file) === null) {
    runner.fail(`token-file: given "${plain(file)}"; it cannot be read; nothing was written`)
    return
  }
  switch (command.kind) {
    case 'version':
      runner.print(VERSION)
      return
    case 'help':
      for (const line of await helpOf(command.topic)) runner.print(line)
      return
    case 'sweep':
      return start(withGiven(runner, command.given, 'sweep'), kinds, command)
    case 'doctor': {
      const { given, json, asked, checkout } = command
      if (checkout !== null)
        return (await doctor()).diagnoseCheckout(runner, { ...checkout, json, asked })
      return start(withGiven(runner, given, 'look'), kinds, command)
    }
    case 'audit':
    case 'verify':
      return start(withGiven(runner, command.given, 'look'), kinds, command)
    case 'explain':
      return start(
        withGiven(runner, command.given, command.repair ? 'repair' : 'look'),
        kinds,
        command,
      )
  }
}

/** Loaded only by its own command: no sweep needs it. */
const doctor = () => import('./tools/doctor/command.js')
const audit = () => import('./tools/audit/command.js')

async function helpOf(topic: HelpTopic | null): Promise<readonly string[]> {
  if (topic === 'doctor') return (await doctor()).DOCTOR_USAGE
  if (topic === 'audit' || topic === 'verify') return (await audit()).USAGES[topic]
  return topic === null ? USAGE : helpLines(topic)
}

async function start(
  { runner, dryRunBy }: Started,
  kinds: readonly ForgeKind[],
  command: ForgeCommand,
): Promise<void> {
  const read = readInputs(runner)
  if (read === null) return
  const config: Config = { ...read, dryRunBy }
  const stop = new Stop(runner.stopping)
  let opened: Opened | null = null
  try {
    opened = await openForge(
      kinds,
      openOptions(config, runner, {
        stop,
        isData: printsData(command),
        ...(command.kind === 'audit' ? { budget: AUDIT_BUDGET } : {}),
      }),
    )
    if (command.kind === 'doctor') {
      const { json, asked } = command
      const question = { repo: config.repo, json, asked }
      await (await doctor()).diagnoseRepository(runner, opened, question)
      return
    }
    const chosen = await withChosenUmbrella(runner, config, opened)
    if (chosen !== null) await carryOutCommand({ runner, command, config: chosen, opened, stop })
  } catch (error) {
    runner.fail(explainEnd(config, error))
  } finally {
    opened?.close()
  }
}

/** Is all that is printed data, and no log? */
const printsData = (command: ForgeCommand): boolean =>
  command.kind === 'audit'
    ? command.asked.format !== 'text'
    : command.kind !== 'sweep' && command.json

/** A command that is about an umbrella, with the umbrella known. */
async function carryOutCommand(started: OpenedStart): Promise<void> {
  const { runner, command, config, opened, stop } = started
  if (command.kind !== 'audit' && command.kind !== 'verify') return sweepAndTell(started)
  const { auditRepository, verifyCommit } = await audit()
  const on = { runner, config, opened, stopped: () => stop.why() }
  if (command.kind === 'verify') return verifyCommit(on, command)
  const since = sinceAt(command.asked.since, runner.wallClock())
  return auditRepository(on, { ...command.asked, since })
}

/** The inputs as a configuration; `null` when they have faults, which are told. */
function readInputs(runner: Runner): Config | null {
  const read = readConfig(runner)
  const token = runner.input('token')
  // What a command prints may go into a file, and the line that masks the token holds it.
  if (token !== undefined && token !== '' && runner.argv().length === 0) runner.mask(token)
  const unknown = unknownInputs(runner.inputNames())
  for (const { name, meant } of unknown)
    if (meant === null) runner.warning(`input ${plain(name, 80)} is not known and has no effect`)
  const typos = explainUnknown(unknown)
  if (read.ok && typos === null) return read.value
  const faults = read.ok ? null : explainFaults(read.why)
  const noToken = token === undefined || token === '' ? explainNoToken(runner) : null
  runner.fail([faults, noToken, typos].filter(text => text !== null).join(' | '))
  return null
}

/** The configuration with its umbrella; `null` when that one has faults, which are told. */
async function withChosenUmbrella(
  runner: Runner,
  config: Config,
  opened: Opened,
): Promise<Config | null> {
  if (config.umbrellaFrom.kind !== 'unset') return config
  const found = chooseUmbrella(await opened.umbrellas(), opened.defaultUmbrella)
  const read = withUmbrella(config, found)
  if (read.ok) return read.value
  runner.fail(explainFaults(read.why))
  return null
}

async function sweepAndTell(started: OpenedStart): Promise<void> {
  const { runner, command, config, opened, stop } = started
  const forge = opened.forgeFor(config.policy, config.umbrellaFrom.kind === 'input')
  const explains = command.kind === 'explain' ? command : null
  // Where an answer is wanted and nothing is written there is no log beside it.
  const logged = explains === null || (explains.repair && !explains.json)
  const explanations: Explanation[] = []
  const wanted = explains !== null || (config.pullRequest !== null && config.dryRun)
  // Not before the pull requests are listed: what a wrong name of a repository was answered would
  // be read as a limit of the server.
  let isIntroduced = explains !== null
  const report = await sweep(config, {
    forge,
    nonce: () => nonceOf(runner),
    requests: opened.requests,
    note: line => {
      if (!isIntroduced) introduce(runner, config, forge.server)
      isIntroduced = true
      if (logged) runner.info(plain(line, 1000))
    },
    stop,
    ...(config.sha === null && config.branches.length === 0
      ? {}
      : { commits: opened.commitsFor(config.policy) }),
    clock: { now: runner.now, sleep: runner.sleep },
    ...(wanted ? { explain: (told: Explanation) => explanations.push(told) } : {}),
  })
  if (config.pullRequest !== null && report.pulls.length === 0) {
    runner.fail(
      `pull-request: #${config.pullRequest} of ${plain(config.repo)} is not open: it is merged, ` +
        'closed, or there is none of that number; nothing was written',
    )
    return
  }
  if (config.dryRunBy != null && explains?.json === false)
    runner.print(`dry run: nothing is written: ${plain(config.dryRunBy)}`)
  for (const told of explanations)
    for (const line of explains?.json === true
      ? jsonLines(told)
      : explanationLines(told, explains?.repair === false))
      if (explains === null) runner.info(line)
      else runner.print(line)
  const unwritten = explains === null ? await publishAll(started, report, forge.server) : []
  const failure = failureOf(report, config.failOn)
  if (failure !== null) runner.fail(plain(failure, 1000))
  // Not what was done: that stays done, and the other places tell it.
  if (unwritten.length > 0) runner.fail(`${unwritten.join('; ')}; the sweep itself is done`)
  const why = stop.why()
  if (why !== null) runner.fail(`${why}: what was not written is held`)
}

/** Keeps the tracking issue, and publishes the report; answers what could not be written. */
async function publishAll(
  { runner, command, config, opened }: OpenedStart,
  report: SweepReport,
  { capabilities }: Server,
): Promise<readonly string[]> {
  const { trackingIssue: number, dryRun, repo } = config
  const { tracker } = opened
  const tracking = number === null ? null : await track({ tracker, number, dryRun, repo }, report)
  const foldable = capabilities.logGroups
  return publish(runner, report, { foldable, file: command.given.report, tracking })
}
