import type { WorkflowRun } from '../core/acting/compensation.js'
import type { RerunWrite, StatusWrite, Write } from '../core/acting/remedy.js'
import type { RerunReach } from '../core/acting/rerun.js'
import type { Evidence, Gap, NonEmpty, Pull } from '../core/model/evidence.js'
import type { JobId, RunKey } from '../core/model/ids.js'
import type { Server } from '../core/model/server.js'
import type { SignedRow } from '../core/model/status.js'
import type { Instant } from '../core/model/time.js'

/** What can go wrong between us and a forge: a closed list. Callers match codes, never text. */
export const FORGE_ERRORS = [
  'unauthorized',
  'forbidden',
  'not-found',
  'redirected',
  'wrong-address',
  'rejected',
  'server-error',
  'unreachable',
  'timeout',
  'not-json',
  'unexpected-shape',
  'out-of-time',
  'rate-limited',
] as const
export type ForgeErrorCode = (typeof FORGE_ERRORS)[number]

/** The only error class. Its message never holds the token, and server text in it is cut short. */
export class ForgeError extends Error {
  override readonly name = 'ForgeError'
  readonly code: ForgeErrorCode
  constructor(code: ForgeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/**
 * May the write behind this error have happened all the same? A 5xx may have committed the row
 * (docs/forge-facts.md, 1.1).
 */
export function mayHaveWritten(code: ForgeErrorCode): boolean {
  return (
    code === 'server-error' ||
    code === 'timeout' ||
    code === 'unreachable' ||
    code === 'not-json' ||
    code === 'unexpected-shape'
  )
}

/** What a read found, by which clock, and what it could not find. */
export interface Reading<T> {
  readonly value: T
  readonly gaps: readonly Gap[]
  /** By the earlier of its `Date` and the runner's clock; `null` when the server sent none. */
  readonly at: Instant | null
}

/** The open pull requests of a repository. */
export interface OpenPulls {
  readonly pulls: readonly Pull[]
}

/** A pull request as it is now: open or not, and where its head stands. */
export interface PullNow {
  readonly open: boolean
  readonly head: string
}

/** A commit and the open pull requests that stand on it. */
export interface Head {
  readonly sha: string
  readonly pulls: NonEmpty<Pull>
}

/** A first look at one head. */
export interface FirstLook {
  /** As it was asked for; it may be a commit that was left since. */
  readonly head: Head
  readonly evidence: Evidence
  /** Does its history show that a green umbrella may be wrong? */
  readonly doubtful: boolean
}

/** Heads whose green umbrella is worth a study, or why they could not be looked for. */
export interface Suspects {
  readonly has: (sha: string) => boolean
  readonly why: string | null
}

/**
 * Which contexts can be the umbrella by what no pull request can change: those that a merge into
 * the default branch requires and a job writes that reads the results of its needs, or asks
 * this server for them.
 */
export type UmbrellaSearch =
  | {
      readonly kind: 'searched'
      readonly branch: string
      readonly contexts: readonly string[]
      /** What a merge requires by name, umbrella or not. */
      readonly required: readonly string[]
    }
  | { readonly kind: 'unreadable'; readonly why: string }

/** What a sweep needs of a forge, whatever calls that takes. */
export interface Forge {
  readonly server: Server
  /** Are heads in `openPulls` the tips of the branches, as the gate reads them, or can they lag? */
  readonly listsTips: boolean
  /**
   * The open pull requests by the cheapest list. A head it names may be one that was left since,
   * and what it does not tell is empty until a look finds something to tell. Throws `ForgeError`,
   * as the next two do, when the answer cannot be had.
   */
  listPulls(): Promise<OpenPulls>
  /** The same, whole and as they stand now: before a write, and where base branches decide. */
  openPulls(): Promise<OpenPulls>
  pull(number: number): Promise<PullNow>
  /**
   * Enough to leave most heads alone; many in one call, so that a forge may be asked for them
   * together. `keep` is asked once of each, and what it does not keep is not in the answer: of
   * thousands of heads few are of any more use. What cannot be seen comes back as a gap of its
   * head, here and in the next three, never as an exception and never as nothing.
   */
  firstLook(heads: Iterable<Head>, keep: (look: FirstLook) => boolean): Promise<readonly Evidence[]>
  /**
   * Where a failed or cancelled run stands that a green umbrella may be wrong about. Asked for
   * after the first looks: what those showed counts, too.
   */
  suspects(): Promise<Suspects>
  /** The whole evidence of the heads that need it, in the order in which they are given. */
  study(heads: readonly Evidence[]): Promise<readonly Evidence[]>
  /** A second look at one head: everything that can have changed, read anew. */
  secondLook(before: Evidence): Promise<Evidence>
  /**
   * The open pull requests on a commit now, by the cheapest list, each with its base. Throws
   * `ForgeError`.
   */
  pullsOn(sha: string): Promise<readonly Pull[]>
  /**
   * A head with all that was read around it read anew, for these pull requests: where their bases
   * stand, what the umbrella needs there, workflow files, other pull requests. No row is read. Gaps
   * are those of this reading alone.
   */
  surroundings(head: Evidence, pulls: NonEmpty<Pull>): Promise<Evidence>
  /** Does a workflow file on this branch have the umbrella's job? `null`: that cannot be read. */
  hasUmbrella(branch: string): Promise<boolean | null>
  /** The rows above a mark. Throws `ForgeError`, as do the next two. */
  rowsSince(sha: string, mark: number): Promise<Reading<readonly SignedRow[]>>
  /** The latest rows as the merge gate reads them. */
  gateRows(sha: string): Promise<Reading<readonly SignedRow[]>>
  /** The contexts and patterns that a merge into this branch requires. */
  requiredToMerge(branch: string): Promise<readonly string[]>
  /** What a re-run of this run's umbrella job would touch beside it; never throws. */
  rerunReach(head: Evidence, run: RunKey): Promise<RerunReach>
  /** Carries out one write, once: it is never sent again. */
  write(write: StatusWrite): Promise<SignedRow>
  /** Runs one job again, once: it is never sent again. */
  rerun(write: RerunWrite): Promise<void>
  /** A command by which a person could send exactly this write. */
  print(write: Write): string
  /** The address of the workflow run a sweep is a step of, or `''`. */
  linkTo(run: WorkflowRun): string
  /** The page of a pull request, or `''`. */
  addressOfPull(number: number): string
  /** The address of a run of this repository, or of a job of it, as statuses name it, or `''`. */
  addressOf(run: RunKey, job?: JobId): string
}
