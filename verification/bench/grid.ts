// What is measured: not every size on every version with every delay, which takes hours, but one
// cut through each question.
import type { TimedProfile } from './cost.js'
import { TIMED } from './cost.js'
import type { GithubSizes } from './github-memory.js'
import type { StagePlan } from './stage.js'

/** Who is measured. `eight` is this release with `concurrency: 8`; `ours` has the default, 4. */
export const CLIENTS = ['ours', 'eight', 'previous', 'serial'] as const

export type ClientName = (typeof CLIENTS)[number]

/** The questions, in the order of the report. */
export type Question = 'server' | 'sizes' | 'wall' | 'busy' | 'cpu' | 'memory'

/** One repository, and who sweeps it how often. */
export interface Cell {
  readonly question: Question
  readonly plan: StagePlan
  readonly clients: readonly ClientName[]
  readonly times: number
}

/** The whole bench: its cells, and how cold starts are taken. */
export interface Grid {
  readonly cells: readonly Cell[]
  readonly github: GithubSizes
  readonly coldStart: {
    readonly rounds: number
    /** Majors of Node.js; without any it is the running one. */
    readonly majors: readonly number[]
    /** Are bundles of the libraries made, one by one? Takes seconds each. */
    readonly ladder: boolean
  }
}

const ALL: readonly ClientName[] = ['ours', 'previous', 'serial']
const ALL_WALL: readonly ClientName[] = ['eight', 'ours', 'previous', 'serial']

interface Size {
  readonly profile: TimedProfile
  readonly pulls: number
  readonly contexts?: number
  readonly red?: number
  readonly latency?: number
  readonly busy?: boolean
}

const planOf = ({ profile, pulls, contexts, red, latency, busy }: Size): StagePlan => ({
  world: { profile, pulls, contexts: contexts ?? 6, red: red ?? 0 },
  latency: latency ?? 0,
  busy: busy ?? false,
})

const cell = (
  question: Question,
  size: Size,
  clients: readonly ClientName[] = ALL,
  times = 1,
): Cell => ({ question, plan: planOf(size), clients, times })

const BOTH: readonly TimedProfile[] = ['gitea-1.22.6', 'gitea-1.26.4']

/** Sizes on the oldest version, where the list is dear, and on one where it is not. */
const sizesOn = (profile: TimedProfile): readonly Cell[] => [
  ...[10, 100, 1000].map(pulls => cell('sizes', { profile, pulls })),
  cell('sizes', { profile, pulls: 300, contexts: 60 }),
  ...[2, 20].map(red => cell('sizes', { profile, pulls: 300, red })),
  cell('sizes', { profile, pulls: 100, contexts: 60, red: 20 }),
]

const MODERN: TimedProfile = 'gitea-1.26.4'

/** All that is measured for the report; about seven minutes on two cores. */
export const FULL: Grid = {
  cells: [
    ...TIMED.map(profile => cell('server', { profile, pulls: 300 })),
    ...BOTH.flatMap(sizesOn),
    ...[
      { latency: 0, pulls: 1000 },
      { latency: 20, pulls: 300 },
      { latency: 50, pulls: 1000 },
      { latency: 200, pulls: 100 },
    ].map(size =>
      // Without a delay a sweep is short, and its time the machine's mood.
      cell('wall', { profile: MODERN, ...size }, ALL_WALL, size.latency === 0 ? 5 : 1),
    ),
    ...BOTH.map(profile =>
      cell('busy', { profile, pulls: 300, latency: 20, busy: true }, ALL_WALL),
    ),
    ...[0, 100, 1000].map(pulls => cell('cpu', { profile: MODERN, pulls }, ALL, 9)),
    ...BOTH.flatMap(profile =>
      [100, 2000, 10_000].map(pulls => cell('memory', { profile, pulls }, ALL, 3)),
    ),
  ],
  github: { pulls: [100, 2000, 5000], times: 3 },
  coldStart: { rounds: 15, majors: [20, 24], ladder: true },
}

/** Enough to see that everything works, in less than a minute. */
export const QUICK: Grid = {
  cells: [
    ...BOTH.map(profile => cell('server', { profile, pulls: 60 })),
    cell('sizes', { profile: MODERN, pulls: 40, contexts: 60, red: 20 }),
    cell('wall', { profile: MODERN, pulls: 40, latency: 20 }, ALL_WALL),
    cell('busy', { profile: MODERN, pulls: 20, latency: 0, busy: true }, ALL_WALL),
    ...[0, 10, 60].map(pulls => cell('cpu', { profile: MODERN, pulls })),
    ...[10, 200].map(pulls => cell('memory', { profile: MODERN, pulls })),
  ],
  github: { pulls: [10, 200], times: 1 },
  coldStart: { rounds: 2, majors: [], ladder: false },
}
