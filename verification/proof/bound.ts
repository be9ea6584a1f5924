/** What may happen a limited number of times in one exploration. */
export const BUDGETS = [
  'rerun',
  'lie',
  'cancel',
  'zombie',
  'abandon',
  'lost',
  'person',
  'pat',
  'echo',
  'held',
  'open',
  'close',
  'move',
  'retarget',
  'needs',
  'twin',
  'fault',
  'die',
] as const
export type Budget = (typeof BUDGETS)[number]

/**
 * What had happened before an exploration begins. `fresh`: run 1 was just created. `stale`: it is
 * over, all its jobs green and its umbrella red. `overwritten`: an older run's red stands over the
 * newest run's green umbrella. `older-failed`: run 1 of pull request 1 failed, run 2 of pull
 * request 2 is stale; `twin-failed`: the same of two files of one pull request. `sibling`: run 1,
 * which is stale, is of pull request 2.
 */
export type Start = 'fresh' | 'stale' | 'overwritten' | 'older-failed' | 'twin-failed' | 'sibling'

/**
 * The bound of one exploration: what exists, what may happen, and how often. Everything within it
 * is explored in every order.
 */
export interface Bound {
  readonly name: string
  /** Names of the jobs the umbrella needs, in the order of their ids. Two may be equal. */
  readonly jobs: readonly string[]
  /** The list of required jobs, by name; empty: every job of the newest run counts. */
  readonly required: readonly string[]
  /** Names or patterns of optional contexts. */
  readonly optional: readonly string[]
  /** Results a job may have beside success. */
  readonly results: 'SF' | 'S' | 'SFK'
  readonly runs: number
  readonly pulls: 1 | 2
  /**
   * Who stands on the head at the start, one letter a pull (comings.ts); `null`: all of them, but
   * for as many of the last ones as the budget lets be opened.
   */
  readonly standing: string | null
  /** A second file of the same workflow name on the head: its runs write the same contexts. */
  readonly twin: boolean
  /** Does the umbrella's job only judge its needs, or may it fail by a reason of its own? */
  readonly umbrella: 'judges' | 'own-verdict'
  /** Sweeps of each instance of us. */
  readonly sweeps: readonly number[]
  readonly may: Readonly<Partial<Record<Budget, number>>>
  /** What had happened before (past.ts). */
  readonly start: Start
  /**
   * Is a runner's pick a step of its own, with heartbeats? Otherwise a job goes from waiting to its
   * end.
   */
  readonly picks: boolean
  /**
   * Are the server's commit and its status writes steps of their own (docs/forge-facts.md, 3 M1,
   * M3)?
   */
  readonly split: boolean
  /**
   * Steps in which 25 minutes pass; `null`: every row always looks old, which allows a client the
   * most.
   */
  readonly ticks: number | null
  /**
   * Is a list of runs read before the jobs of each run, as Gitea's API makes a client do
   * (docs/forge-facts.md, 4.3)?
   */
  readonly splitRuns: boolean
  /**
   * Is each look of a sweep one instant? Its reads are then not torn apart, which lets more happen
   * between the looks.
   */
  readonly atOnce: boolean
  /**
   * Does the emitter read the jobs and post them in one step? No snapshot grows stale then
   * (docs/forge-facts.md, 3 M2), which lets more come.
   */
  readonly wholeEmitter: boolean
}

const BASE: Bound = {
  name: '',
  jobs: ['a'],
  required: [],
  optional: [],
  results: 'SF',
  runs: 1,
  pulls: 1,
  standing: null,
  twin: false,
  umbrella: 'judges',
  sweeps: [1],
  may: { lie: 1 },
  start: 'fresh',
  picks: false,
  split: false,
  ticks: null,
  splitRuns: false,
  atOnce: false,
  wholeEmitter: false,
}

/** A bound, from what differs from the smallest one. */
export function boundOf(name: string, change: Partial<Bound>): Bound {
  return { ...BASE, ...change, name }
}
