import type { runBundle } from '../../../__tests__/support/bundle.js'
import type { GithubServer } from '../../simulator/github/server.js'
import { serveGithub } from '../../simulator/github/server.js'
import type { Suite } from '../../simulator/github/world.js'
import { isGreenBy } from '../../simulator/github/gate.js'
import { GithubWorld } from '../../simulator/github/world.js'
import type { Cell } from '../suite.js'
import type { GithubScenario } from './scenario.js'
import { GATE } from './scenarios.js'

type Runs = typeof runBundle
type Ended = Awaited<ReturnType<Runs>>

/** What a scenario left behind: nothing in `faults` if all went as it must. */
export interface Played {
  readonly run: Ended
  readonly sent: readonly string[]
  readonly faults: readonly string[]
}

const READINGS = ['and', 'newest'] as const
const REQUIRED = ['lint', 'test']
const NEVER = ['workflow_dispatch', 'repository_dispatch', 'schedule']

/** Jobs that must be green and are not, by the newest run of each workflow and event. */
function redNow(world: GithubWorld, sha: string): readonly string[] {
  const newest = new Map<string, Suite>()
  for (const suite of world.suites)
    if (suite.sha === sha && suite.run !== null && !NEVER.includes(suite.run.event))
      newest.set(`${suite.run.workflow.id} ${suite.run.event}`, suite)
  return REQUIRED.flatMap(name => {
    const found = [...newest.values()].flatMap(suite => world.newest(suite, name) ?? [])
    const red = found.find(({ conclusion }) => conclusion !== 'success')
    return red === undefined && found.length > 0 ? [] : [name]
  })
}

/** The umbrella of every pull request by both readings of the gate. */
const gates = (world: GithubWorld): readonly string[] =>
  world.pulls.flatMap(({ head }) =>
    READINGS.filter(reading => isGreenBy(world, reading, { sha: head, context: GATE })).map(
      reading => `${head} ${reading}`,
    ),
  )

/** The law: whatever was opened was opened over green jobs of the newest runs. */
function lawFaults(world: GithubWorld, before: readonly string[]): readonly string[] {
  return gates(world)
    .filter(gate => !before.includes(gate))
    .flatMap(gate => {
      const [sha = '', reading = ''] = gate.split(' ')
      const red = redNow(world, sha)
      return red.length === 0
        ? []
        : [`the gate (${reading}) of ${sha.slice(0, 7)} opened over ${red.join(', ')}`]
    })
}

interface Report {
  readonly pulls: readonly { number: number; kind: string; reason: string; outcome: string }[]
  readonly quiet: Readonly<Record<string, number>>
}

function saidFaults({ says }: GithubScenario, run: Ended): readonly string[] {
  const report = run.report as Report | null
  if (report === null) return [`there is no report: ${run.stdout.slice(-600)}`]
  const pull = report.pulls.find(({ number }) => number === 1)
  if (says.kind === 'leave')
    return (report.quiet[says.reason] ?? 0) > 0 ? [] : [`nothing was left as ${says.reason}`]
  if (pull === undefined) return ['the report does not name pull request 1']
  return Object.entries(says)
    .filter(([field, value]) => pull[field as keyof typeof pull] !== value)
    .map(
      ([field, value]) => `${field} is ${String(pull[field as keyof typeof pull])}, not ${value}`,
    )
}

function sentFaults({ sends }: GithubScenario, sent: readonly string[]): readonly string[] {
  const right = sent.length === sends.length && sends.every((path, at) => path.test(sent[at] ?? ''))
  return right ? [] : [`sent: ${sent.join(', ') || 'nothing'}`]
}

const writesOf = ({ requests }: GithubServer): readonly string[] =>
  requests
    .filter(({ method, path }) => method === 'POST' && path !== '/graphql')
    .map(({ path }) => path)

/** Plays one scenario on a world of its own. */
export async function playGithub(scenario: GithubScenario, runs: Runs): Promise<Played> {
  const world = new GithubWorld()
  scenario.make(world)
  const before = gates(world)
  const server = await serveGithub(world)
  const { meanwhile } = scenario
  if (meanwhile !== undefined) server.on(request => meanwhile(request, world))
  try {
    const run = await runs({
      apiUrl: server.apiUrl,
      repo: 'acme/widgets',
      token: server.token,
      inputs: { 'umbrella-context': GATE, ...scenario.inputs },
    })
    const sent = writesOf(server)
    const [pull] = world.pulls
    world.pass(60)
    const green = READINGS.every(reading =>
      isGreenBy(world, reading, { sha: pull?.head ?? '', context: GATE }),
    )
    const faults = [
      ...saidFaults(scenario, run),
      ...sentFaults(scenario, sent),
      ...lawFaults(world, before),
      ...(green === scenario.opens ? [] : [`the umbrella is ${green ? 'green' : 'not green'}`]),
      ...server.faults,
    ]
    return { run, sent, faults }
  } finally {
    await server.close()
  }
}

/** The same as a cell of the table of scenarios. */
export async function githubCell(scenario: GithubScenario, runs: Runs): Promise<Cell> {
  const started = performance.now()
  const { faults } = await playGithub(scenario, runs)
  return {
    host: 'github',
    scenario: scenario.name,
    result: faults.length === 0 ? 'passed' : 'failed',
    detail: faults.join('; '),
    ms: Math.round(performance.now() - started),
  }
}
