import { explainFaults, readConfig, withUmbrella } from './config.js'
import { explainUnknown, unknownInputs } from './config/unknown-inputs.js'
import type { Config } from './config.js'
import { failureOf } from './report/report.js'
import type { Server } from './core/model/server.js'
import { planOf } from './core/acting/remedy.js'
import { planLine } from './report/plan.js'
import { plain } from './report/text.js'
import { FORGES } from './forge/kinds.js'
import type { ForgeKind, Opened } from './forge/registry.js'
import { openForge } from './forge/registry.js'
import { publish } from './report/publish.js'
import type { Runner } from './runner.js'
import { actionsRunner } from './runner.js'
import { Stop } from './act/stop.js'
import { chooseUmbrella } from './commands/choose-umbrella.js'
import { explainEnd, optionsOf } from './commands/start.js'
import { sweep } from './commands/sweep.js'
import { track } from './commands/track.js'
import type { Given } from './config/arguments.js'
import { readArguments } from './config/arguments.js'
import type { InputName } from './config/inputs.js'
import { tokenFor } from './config/token.js'
import type { Explanation } from './report/explanation.js'
import { explanationLines } from './report/explanation.js'
import { helpLines, USAGE } from './report/usage.js'
import { VERSION } from './version.js'

/** What one start is asked for beside its inputs. */
interface Start {
  readonly report: string | null
  readonly explain: { readonly json: boolean; readonly repair: boolean } | null
  /** The repository is diagnosed, and nothing of it judged. */
  readonly doctor?: { readonly json: boolean }
}

/** The composition root: real runner, clock and forge; one command; the exit code. */
export async function main(
  runner: Runner = actionsRunner(),
  kinds: readonly ForgeKind[] = FORGES,
): Promise<void> {
  const command = readArguments(runner.argv())
  if ('fault' in command) {
    runner.fail(`${plain(command.fault, 1000)}; nothing was written`)
    return
  }
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
      for (const line of command.topic === null ? USAGE : helpLines(command.topic))
        runner.print(line)
      return
    case 'sweep':
      return start(withGiven(runner, command.given), kinds, {
        report: command.given.report,
        explain: null,
      })
    case 'doctor': {
      const { given, json, checkout } = command
      if (checkout !== null) return (await doctor()).diagnoseCheckout(runner, { ...checkout, json })
      return start(withGiven(runner, given), kinds, {
        report: null,
        explain: null,
        doctor: { json },
      })
    }
    case 'explain': {
      const { given, json, repair } = command
      const inputs = { ...given.inputs, 'dry-run': repair ? 'false' : 'true' }
      return start(withGiven(runner, { ...given, inputs }), kinds, {
        report: given.report,
        explain: { json, repair },
      })
    }
  }
}

/** Loaded only when it is asked for: no sweep needs it. */
const doctor = () => import('./commands/doctor.js')

/** A runner whose inputs are those of a command line before those of the environment. */
function withGiven(runner: Runner, { inputs, tokenFile }: Given): Runner {
  const byHand =
    tokenFile !== null || Object.keys(inputs).length > 0 || runner.input('token') === undefined
  if (!byHand) return runner
  const apiUrl = inputs['api-url'] ?? runner.input('api-url') ?? runner.env('GITHUB_API_URL')
  const token = tokenFor(runner, apiUrl, tokenFile)
  return {
    ...runner,
    input: name => (name === 'token' ? token : (inputs[name as InputName] ?? runner.input(name))),
  }
}

async function start(runner: Runner, kinds: readonly ForgeKind[], asked: Start): Promise<void> {
  const config = readInputs(runner)
  if (config === null) return
  const stop = new Stop(() => runner.stopping())
  const isData = asked.explain?.json ?? asked.doctor?.json ?? false
  let opened: Opened | null = null
  try {
    opened = await openForge(kinds, optionsOf(config, runner, { stop, isData }))
    if (asked.doctor !== undefined) {
      const { json } = asked.doctor
      await (await doctor()).diagnoseRepository(runner, opened, { repo: config.repo, json })
      return
    }
    const chosen = await withChosenUmbrella(runner, config, opened)
    if (chosen !== null) await sweepAndTell(runner, chosen, opened, { ...asked, stop })
  } catch (error) {
    runner.fail(explainEnd(config, error))
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

/** The configuration with its umbrella; `null` when that one has faults, which are told. */
async function withChosenUmbrella(
  runner: Runner,
  config: Config,
  opened: Opened,
): Promise<Config | null> {
  if (config.umbrellaFrom.kind !== 'unset') return config
  const read = withUmbrella(
    config,
    chooseUmbrella(await opened.umbrellas(), opened.defaultUmbrella),
  )
  if ('faults' in read) {
    runner.fail(explainFaults(read.faults))
    return null
  }
  return read.config
}

async function sweepAndTell(
  runner: Runner,
  config: Config,
  opened: Opened,
  asked: Start & { readonly stop: Stop },
): Promise<void> {
  const { requests } = opened
  const forge = opened.forgeFor(config.policy)
  const quiet = asked.explain !== null
  if (!quiet) introduce(runner, config, forge.server)
  const nonce = (): string =>
    Math.floor(runner.random() * 36 ** 6)
      .toString(36)
      .padStart(6, '0')
  // Where an answer is wanted and nothing is written there is no log beside it.
  const logged = asked.explain === null || (asked.explain.repair && !asked.explain.json)
  const note = (line: string): void => {
    if (logged) runner.info(plain(line, 1000))
  }
  const explanations: Explanation[] = []
  const wanted = quiet || (config.pullRequest !== null && config.dryRun)
  const report = await sweep(config, {
    ...{ forge, nonce, requests, note, stop: asked.stop },
    clock: { now: () => runner.now(), sleep: milliseconds => runner.sleep(milliseconds) },
    ...(wanted ? { explain: (told: Explanation) => explanations.push(told) } : {}),
  })
  if (config.pullRequest !== null && report.pulls.length === 0) {
    runner.fail(
      `pull-request: given "${config.pullRequest}"; allowed: the number of an open pull ` +
        `request of ${config.repo}; nothing was written`,
    )
    return
  }
  for (const told of explanations) tellExplanation(runner, told, asked)
  let unwritten: readonly string[] = []
  if (!quiet) {
    const foldable = forge.server.capabilities.logGroups
    const { trackingIssue: number, dryRun, repo } = config
    const { tracker } = opened
    const tracking = number === null ? null : await track({ tracker, number, dryRun, repo }, report)
    unwritten = await publish(runner, report, { foldable, file: asked.report, tracking })
  }
  const failure = failureOf(report, config.failOn)
  if (failure !== null) runner.fail(plain(failure, 1000))
  // Not what was done: that stays done, and the other places tell it.
  if (unwritten.length > 0) runner.fail(`${unwritten.join('; ')}; the sweep itself is done`)
  const why = asked.stop.why()
  if (why !== null) runner.fail(`${why}: what was not written is held`)
}

function tellExplanation(runner: Runner, told: Explanation, { explain: how }: Start): void {
  if (how?.json === true) {
    runner.print(JSON.stringify(told, null, 2))
    return
  }
  for (const line of explanationLines(told)) {
    if (how === null) runner.info(line)
    else runner.print(line)
  }
}

function introduce(runner: Runner, config: Config, server: Server): void {
  const { kind, version, versionNote, grade, gradeLimit, capabilities } = server
  const has = Object.entries(capabilities)
    .filter(([, there]) => there)
    .map(([name]) => name)
  runner.info(planLine(planOf(server, config.remedy)))
  if (versionNote !== null) runner.warning(plain(versionNote))
  runner.info(
    `${plain(config.repo)} on ${kind} ${plain(version)}; evidence: ` +
      `${grade}${gradeLimit === null ? '' : ` (${plain(gradeLimit)})`}; offers: ` +
      (has.length === 0 ? 'statuses only' : has.join(', ')) +
      (config.dryRun ? '; dry run: nothing will be written' : ''),
  )
  const { policy, umbrellaFrom } = config
  if (umbrellaFrom.kind === 'chosen')
    runner.info(`umbrella: "${plain(policy.umbrella)}": ${plain(umbrellaFrom.why, 500)}`)
}
