import type { World } from './world.js'

type Words = RegExp | string

/** What must be so after the bundle ran, because it is true in its world. */
interface Expected {
  /** The reason of every pull request that is named; `quiet` words count those left alone. */
  readonly pulls?: Readonly<Record<number, Words>>
  readonly outcomes?: Readonly<Record<number, Words>>
  /** Everything that was written, and what followed from it; nothing, if it is not given. */
  readonly wrote?: readonly Words[]
  readonly says?: readonly Words[]
  readonly neverSays?: readonly Words[]
  /** `null`: either. */
  readonly exit?: 0 | 1 | null
  /** At most so many requests. */
  readonly requests?: number
  /** Is the gate of a pull request open in the end? */
  readonly gate?: Readonly<Record<number, 'open' | 'shut'>>
  /** What else must be so; tells what is not. */
  readonly also?: (world: World, log: readonly string[]) => string | null
}

/** One world, what is asked of the bundle in it, and what must come of that. */
export interface Situation extends Expected {
  readonly name: string
  readonly world: (world: World) => void
  /** The name of the gate of `CI`, unless it is said. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Explain this pull request on the command line; otherwise all are swept. */
  readonly explain?: number
  readonly doctor?: true
  /** The name by which the repository is asked for, where it is not its own. */
  readonly as?: string
  /** The token that is sent, where it is not the right one. */
  readonly token?: string
}
