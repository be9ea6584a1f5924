import type { BundleRun } from '../../__tests__/support/bundle.js'

/**
 * What a server is found to do. A scenario's expectations may depend on these, never on a version's
 * name.
 */
export interface Facts {
  /**
   * A status posted to a context of Actions becomes its only latest row; false from Gitea 1.27
   * (docs/forge-facts.md, 2.5).
   */
  readonly postedStatusWins: boolean
  /** Can one job be run again through the API? From Gitea 1.26 (docs/forge-facts.md, 4.5). */
  readonly rerun: boolean
  /** The best evidence the server offers an owner (docs/forge-facts.md, 4.6). */
  readonly grade: 'jobs' | 'tasks' | 'statuses'
}

/** A commit status as a person posts it. */
export interface Post {
  readonly context: string
  readonly state: 'success' | 'failure' | 'error' | 'pending'
  readonly description: string
}

/** A row of a head's history; `id` counts up per head (docs/forge-facts.md, 1.2). */
export interface Row {
  readonly id: number
  readonly context: string
  readonly state: string
  readonly description: string
}

/**
 * Something that happens in the middle of a sweep: before the server answers the first request of
 * that moment.
 */
export interface Interruption {
  readonly at: 'before the first look' | 'between the looks' | 'before the write'
  readonly happen: () => Promise<void>
}

/**
 * One repository on one server, made for one scenario, with `main` and `release` protected by the
 * umbrella.
 */
export interface World {
  readonly name: string
  readonly apiUrl: string
  /** The owner's token. It is not for printing. */
  readonly token: string
  /** As owner/name. */
  readonly repo: string
  readonly facts: Facts
  /** What `runs-on` of a job must say for a runner to take it. */
  readonly label: string
  /**
   * A branch off `main` that carries this workflow, or the base of that name with it; called again
   * for the same branch with another `file`, it has both.
   */
  branch(name: string, workflow: string, file?: string): Promise<void>
  /** Open a pull of a branch, into `main` unless said; answers its number. */
  pull(branch: string, base?: string): Promise<number>
  /**
   * Close and reopen a pull while its run is going: a second run on the same head
   * (docs/forge-facts.md, 0).
   */
  reopen(number: number): Promise<void>
  /** Close a pull, whose runs stay where they are. */
  closePull(number: number): Promise<void>
  /** Protect a base with these contexts instead of the umbrella. */
  require(base: string, contexts: readonly string[]): Promise<void>
  /** Wait until the runner did all it will do for this head, and some silence has passed. */
  settled(number: number): Promise<void>
  /** Write a status on the pull's head, as a person. */
  post(number: number, status: Post): Promise<void>
  /** All rows of the pull's head, newest first. */
  rows(number: number): Promise<readonly Row[]>
  /**
   * Ask for the merge; answers the HTTP status: 200, or 405 while the gate is closed (
   * docs/forge-facts.md, 6).
   */
  merge(number: number): Promise<number>
  /**
   * Run the bundle on this repository; something may happen at a moment of it. A moment that never
   * comes lets nothing happen.
   */
  sweep(inputs: Readonly<Record<string, string>>, event?: Interruption): Promise<BundleRun>
  /** Give back all that was made for this world. */
  close(): Promise<void>
}

/** A server that can hold worlds. */
export interface Host {
  readonly name: string
  /** `slots`: how many jobs the runner should work on at once; a real runner has what it has. */
  open(scenario: string, slots: number): Promise<World>
  close(): Promise<void>
}

/**
 * Thrown by a scenario that this server cannot show; the reason is printed, nothing is skipped in
 * silence.
 */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable'
}
