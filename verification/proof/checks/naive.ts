import { asJobId, asRunId } from '../../../src/core/model/ids.js'
import type { CheckEvidence } from '../../../src/core/model/evidence.js'
import { evidenceOf, SHA } from './evidence.js'
import type { CheckLaw } from './laws.js'
import type { Ended, Program, Request } from './programs.js'
import type { Bound, World } from './world.js'
import { endIn, GATE, isOpen, isProven, NOTHING } from './world.js'

/** A client as the field writes them, the bound in which it goes wrong, and the law it breaks. */
export interface NaiveClient {
  readonly name: string
  readonly why: string
  readonly bound: Bound
  readonly program: Program
  readonly breaks: CheckLaw
}

type Decide = (bound: Bound, world: World) => Request | null

/** Looks once and acts at once. */
const actingBy =
  (decide: Decide): Program =>
  async (bound, ask) => {
    const { world } = await ask({ kind: 'study' })
    const request = decide(bound, world)
    if (request === null) return { reason: 'none', outcome: 'none' }
    await ask(request)
    return { reason: 'stale', outcome: request.kind } satisfies Ended
  }

const success: Request = {
  kind: 'post',
  post: { sha: SHA, context: GATE, state: 'success', description: 'green', targetUrl: '' },
}

/** Runs again what carries this id; `whole`: with every other job. */
function rerunOf({ checks, suites }: CheckEvidence, id: number, wholeRun: boolean): Request | null {
  const check = checks.find(one => one.id === id)
  const run = suites.find(suite => suite.id === check?.suite)?.run
  return run == null
    ? null
    : { kind: 'rerun', write: { kind: 'rerun', run: asRunId(run.id), job: asJobId(id), wholeRun } }
}

/** The check run of a name with the highest id: what most tools take for the newest. */
const highest = ({ checks }: CheckEvidence, name: string) =>
  checks.filter(check => check.name === name).sort((a, b) => b.id - a.id)[0]

/** Is the umbrella red by its newest check run, or by its status? */
function redGate(evidence: CheckEvidence): number | null {
  const check = highest(evidence, GATE)
  if (check !== undefined) return check.state === 'failure' ? check.id : null
  return evidence.latest.at(-1)?.state === 'failure' ? 0 : null
}

const heal = (evidence: CheckEvidence, id: number, wholeRun = false): Request | null =>
  id === 0 ? success : rerunOf(evidence, id, wholeRun)

const newestLeg: Decide = (bound, world) => {
  const evidence = evidenceOf(bound, world)
  const red = redGate(evidence)
  return red !== null && highest(evidence, 'test')?.state === 'success' ? heal(evidence, red) : null
}

/** What a rollup says without the umbrella: a run that has no check runs is not in it. */
const rollup: Decide = (bound, world) => {
  const evidence = evidenceOf(bound, world)
  const red = redGate(evidence)
  const others = evidence.checks.filter(({ name }) => name !== GATE)
  const passes = others.length > 0 && others.every(({ state }) => state === 'success')
  return red !== null && passes ? heal(evidence, red) : null
}

const everything: Decide = (bound, world) => {
  const evidence = evidenceOf(bound, world)
  const red = redGate(evidence)
  return red === null || red === 0 ? null : heal(evidence, red, true)
}

/** Posts over whatever red a run posted, as soon as the newest run is green. */
const anyPosted: Decide = (bound, world) => {
  const top = world.rows.at(-1)
  const red = top?.by === 'actions' && top.state === 'failure'
  return red && isProven(bound, world) ? success : null
}

/** Runs the newest gate there is again, whichever run it is of. */
const newestGate: Decide = (bound, world) => {
  const at = world.runs.findLastIndex(run => endIn(bound, run, GATE) !== null)
  const red = endIn(bound, world.runs[at], GATE) === 'F'
  if (!red || !isProven(bound, world) || world.runs.some(isOpen)) return null
  const evidence = evidenceOf(bound, world)
  const suite = evidence.suites[at]?.id
  const leg = evidence.checks.findLast(check => check.suite === suite && check.name === GATE)
  return leg === undefined ? null : rerunOf(evidence, leg.id, false)
}

const bound = (name: string, change: Partial<Bound> & Pick<Bound, 'shape'>): Bound => ({
  name,
  runs: 2,
  cancels: false,
  instances: 1,
  may: { ...NOTHING, lose: 1 },
  ...change,
})

/** The naive clients of the field. For each the explorer finds what it does wrong. */
export const NAIVE_CLIENTS: readonly NaiveClient[] = [
  {
    name: 'the newest leg alone',
    why: 'takes the check run with the highest id: a late job of an older run has it',
    bound: bound('two runs', { shape: 'posts' }),
    program: actingBy(newestLeg),
    breaks: 'I1',
  },
  {
    name: 'the state of the rollup',
    why: 'a run that waits for an approval has no check runs, and is not in it',
    bound: bound('an approval', {
      shape: 'needs',
      may: { ...NOTHING, lose: 1, hold: 1 },
    }),
    program: actingBy(rollup),
    breaks: 'I1',
  },
  {
    name: 'any red that a run posted',
    why: 'a red that is posted over green jobs has a reason of its own: a review that is missing',
    bound: bound('a red of its own', { shape: 'posts', runs: 1, may: { ...NOTHING, own: 1 } }),
    program: actingBy(anyPosted),
    breaks: 'I5',
  },
  {
    name: 'the newest gate there is',
    why: 'the newest run of its workflow may have none: what it would say is not known',
    bound: bound('a run without the gate', {
      shape: 'needs',
      may: { ...NOTHING, lose: 1, gateless: 1 },
    }),
    program: actingBy(newestGate),
    breaks: 'I1',
  },
  {
    name: 're-run all failed jobs',
    why: 'runs the whole run again as soon as the gate is red, whatever made it red',
    bound: bound('two runs', { shape: 'needs' }),
    program: actingBy(everything),
    breaks: 'I3',
  },
]
