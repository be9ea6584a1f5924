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
  'fault',
  'die',
] as const
export type Budget = (typeof BUDGETS)[number]

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
  /**
   * Pull requests on the head. With an `open` in the budget the last ones come only when they are
   * opened.
   */
  readonly pulls: 1 | 2
  /** Sweeps of each instance of us. */
  readonly sweeps: readonly number[]
  readonly may: Readonly<Partial<Record<Budget, number>>>
  /** `stale`: run 1 is over, all jobs green, its umbrella red. `fresh`: run 1 was just created. */
  readonly start: 'fresh' | 'stale'
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
