import type { ActionName } from './actions.js'
import { Chance } from './chance.js'
import type { Fault } from './fault.js'
import type { Driven, Setup } from './setup.js'
import type { GithubSetup } from './github-world.js'
import { drawGithub } from './github-world.js'
import { GITHUB_ACTIONS } from './github-actions.js'
import { drawSetup } from './setup.js'

/** One thing that happens; all that is left open about it follows from its seed. */
export interface Step {
  readonly action: string
  readonly seed: number
}

/** A step before the n-th request of a round. */
interface Interruption extends Step {
  readonly at: number
}

/** What goes wrong with the first request after the n-th whose method and path hold these words. */
export interface Trouble {
  readonly at: number
  readonly path: string
  readonly fault: Fault
  /** By which it is counted; its kind if not said. */
  readonly name?: string
  /** It meets every such request from then on. */
  readonly lasting?: boolean
}

/** What of a runner's place cannot be written. */
export type Place = 'report' | 'outputs' | 'summary'

/** How it is around the sweeps of a round, from their beginning to their end. */
export interface Conditions {
  /** Milliseconds by which the runner's clock is ahead; `null`: it is never the earlier one. */
  readonly runnerAhead: number | null
  /** The same of a proxy that puts its own clock on answers. */
  readonly proxyAhead: number
  readonly full: readonly Place[]
}

export const ORDINARY: Conditions = { runnerAhead: null, proxyAhead: 0, full: [] }

/** What is out of order around a round, by the names by which faults are counted. */
export const namesOf = ({ runnerAhead, proxyAhead, full }: Conditions): readonly string[] => [
  ...((runnerAhead ?? 0) === 0 ? [] : ["the runner's clock is two days off"]),
  ...(proxyAhead === 0 ? [] : ["a proxy's clock is two days off"]),
  ...full.map(place => `no space for the ${place}`),
]

/** Some things happen, then one to three sweeps begin at once. */
export interface Round {
  readonly before: readonly Step[]
  /** Seconds that go by then. */
  readonly age: number
  readonly sweeps: number
  readonly dryRun: boolean
  readonly during: readonly Interruption[]
  readonly troubles: readonly Trouble[]
  readonly conditions: Conditions
  /** Decides in which order requests are handled. */
  readonly seed: number
}

/** A world and everything that happens in it. */
export interface Script {
  readonly setup: Setup | GithubSetup
  readonly rounds: readonly Round[]
}

const BEFORE: Readonly<Record<ActionName, number>> = {
  openPull: 5,
  push: 3,
  workSome: 6,
  finish: 10,
  finishAll: 4,
  loseUmbrella: 12,
  lateRun: 8,
  rerunJob: 3,
  rerunRun: 3,
  cancel: 3,
  close: 2,
  reopen: 4,
  retarget: 3,
  second: 9,
  editBase: 4,
  editHead: 4,
  unknownEvent: 4,
  forge: 4,
  loseRow: 1,
  readLate: 1,
  postLate: 2,
  fillTasks: 0.5,
  pass: 5,
}
const DURING: Readonly<Record<ActionName, number>> = {
  ...BEFORE,
  openPull: 1,
  pass: 0,
  loseUmbrella: 2,
  second: 8,
  retarget: 6,
  editBase: 8,
  finishAll: 1,
}

type Odds = Readonly<Record<string, number>>

const stepOf = (chance: Chance, weights: Odds): Step => ({
  action: chance.weighted(weights),
  seed: chance.seed(),
})

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make)
}

function troublesOf(chance: Chance): Trouble[] {
  const at = chance.below(60)
  const kind = chance.weighted({ refused: 3, busy: 1, late: 2, lost: 1, dropped: 1 })
  switch (kind) {
    case 'refused': {
      const fault = { kind: 'status', status: chance.of([403, 404]) } as const
      const one = chance.of(['/contents', '/pulls', '/refs', ''])
      const paths = chance.is(0.6) ? ['/actions/runs', '/actions/tasks'] : [one]
      const from = chance.is(0.6) ? 0 : at
      return paths.map(path => ({ at: from, path, fault }))
    }
    case 'busy':
      return [{ at, path: chance.of(['', 'POST']), fault: { kind: 'status', status: 502 } }]
    case 'late':
      return [{ at: 0, path: 'POST', fault: { kind: 'late' } }]
    case 'lost':
      return [{ at: 0, path: 'POST', fault: { kind: 'commit-then-500' } }]
    case 'dropped':
      return [{ at: 0, path: 'POST', fault: { kind: 'drop', after: chance.is(0.5) } }]
  }
}

function roundOf(chance: Chance, first: boolean, odds: { before: Odds; during: Odds }): Round {
  const isCalm = chance.is(0.4)
  const pulls = times(1 + chance.below(3), (): Step => ({
    action: 'openPull',
    seed: chance.seed(),
  }))
  const before = times((first ? 3 : 1) + chance.below(4), () => stepOf(chance, odds.before))
  return {
    before: first ? [...pulls, ...before] : before,
    age: chance.of([0, 15, 45, 45, 400]),
    sweeps: chance.is(0.7) ? 1 : 2 + chance.below(2),
    dryRun: chance.is(0.08),
    during: isCalm
      ? []
      : times(1 + chance.below(3), () => ({
          ...stepOf(chance, odds.during),
          at: chance.below(50),
        })),
    troubles: chance.is(0.3) ? troublesOf(chance) : [],
    conditions: ORDINARY,
    seed: chance.seed(),
  }
}

const GITHUB: Odds = Object.fromEntries(
  Object.entries(GITHUB_ACTIONS).map(([name, { odds }]) => [name, odds]),
)

/** The world of a seed. */
export function drawScript(seed: number, profiles: readonly Driven[]): Script {
  const chance = new Chance(seed)
  const profile = chance.of(profiles)
  const setup = profile === 'github' ? drawGithub(chance) : drawSetup(chance, profile)
  const odds =
    profile === 'github' ? { before: GITHUB, during: GITHUB } : { before: BEFORE, during: DURING }
  const rounds = times(2 + chance.below(3), () => 0).map((_, at) => roundOf(chance, at === 0, odds))
  return { setup, rounds }
}
