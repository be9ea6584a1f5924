import type { BlindSpot } from './blind.js'
import type { Request } from './server.js'

/** An open pull request and the commit on which it stands. */
export interface Standing {
  readonly number: number
  readonly head: string
}

/** A success that a sweep wrote. */
export interface Success {
  readonly sha: string
  readonly row: number
  readonly context: string
}

/** A re-run that a sweep asked for. */
export interface Rerun {
  readonly sha: string
  readonly what: string
  /** What is wrong with the choice of the job itself, whatever its pulls are like. */
  readonly fault: string | null
  readonly run: number
  /** The newest run of the same pull that writes the umbrella. */
  readonly newest: number
  /** Has the umbrella ended green? `null` while it is open. */
  readonly isGreen: () => boolean | null
}

/** What the truth has against a success on a pull. */
export interface Look {
  /** What a client of this server could have seen. */
  readonly flaws: readonly string[]
  /** The same without what only the umbrella's own end says. */
  readonly ofJobs: readonly string[]
  readonly features: readonly string[]
  /** The blind spot in which the rest lies; `null` where there is none. */
  readonly spot: BlindSpot | null
}

/** What a judge asks of one server: its own jobs and runs, and no rule of ours. */
export interface Scene {
  readonly umbrella: string
  readonly open: () => readonly Standing[]
  readonly look: (pull: number, context: string) => Look
  /** The newest run of a pull that writes the umbrella; `null` where each counts for itself. */
  readonly newest: (pull: number) => number | null
  readonly listsPulls: (request: Request) => boolean
  /** The commit that a request writes to; `null`: it only reads. */
  readonly writesTo: (request: Request) => string | null
  /** The success that a write has left; called once for each. */
  readonly posted: (request: Request) => Success | null
  readonly reran: (request: Request) => Rerun | null
  /** The success of ours that stands on a commit. */
  readonly standing: (sha: string) => Success | null
}
