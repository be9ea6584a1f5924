import type { WorkflowRun } from '../core/plan/compensation.js'
import type { RerunWrite, StatusWrite, Write } from '../core/plan/remedy.js'
import type { RerunReach } from '../core/plan/rerun.js'
import type { Evidence, Gap, NonEmpty, Preview, Pull, ListedPull } from '../core/model/evidence.js'
import type { JobId, RunId, RunKey } from '../core/model/ids.js'
import type { Server } from '../core/model/server.js'
import type { SignedRow } from '../core/model/status.js'
import type { ReadsAsked } from '../core/model/surroundings.js'
import type { Instant } from '../core/model/time.js'
import type { GateReads } from './gate-reads.js'

/** What can go wrong between us and a forge: a closed list. Callers match codes, never text. */
export type ForgeErrorCode =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'redirected'
  | 'wrong-address'
  | 'rejected'
  | 'server-error'
  | 'unreachable'
  | 'timeout'
  | 'not-json'
  | 'unexpected-shape'
  | 'out-of-time'
  | 'rate-limited'

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

/** The same by a cheap list, which may not tell what each is to be merged into. */
export interface ListedPulls {
  readonly pulls: readonly ListedPull[]
}

/** A pull request as it is now: open or not, and where its head stands. */
export interface PullNow {
  readonly open: boolean
  readonly head: string
}

/** A commit and the open pull requests that stand on it. */
export interface Head {
  readonly sha: string
  readonly pulls: NonEmpty<ListedPull>
}

/** Commits on which a failed or cancelled run stands, or why they could not be asked for. */
export interface FailedHeads {
  readonly shas: ReadonlySet<string>
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

/** A re-run that was sent: its run, and the head as it was seen right before. */
export interface SentRerun {
  readonly evidence: Evidence
  readonly run: RunId
}

/** What a cheap look tells of a re-run: the umbrella's job runs again, or has ended again. */
export type RerunProgress = 'going' | 'ended'

/** What a sweep needs of a forge, whatever calls that takes. */
export interface Forge {
  readonly server: Server
  /** Are heads in `openPulls` the tips of the branches, as the gate reads them, or can they lag? */
  readonly listsTips: boolean
  /**
   * The open pull requests by the cheapest list. A head it names may be one that was left since,
   * and what it does not tell is read once a look finds something to tell. Throws `ForgeError`,
   * as the next two do, when the answer cannot be had.
   */
  listPulls(): Promise<ListedPulls>
  /** The same, whole and as they stand now: before a write, and where base branches decide. */
  openPulls(): Promise<OpenPulls>
  pull(number: number): Promise<PullNow>
  /**
   * Enough of a head to leave most of them alone, by one cheap read. What cannot be seen comes back
   * as a gap of its head, here and in the reads below, never as an exception and never as nothing.
   */
  preview(head: Head): Promise<Preview>
  /**
   * The preview of a head that is not left alone, with its pull requests read by themselves where
   * the list told only a part of them; of the commit on which they stand now, where they have gone
   * on together.
   */
  atCurrentHead(preview: Preview): Promise<Preview>
  /**
   * Where a green umbrella may be wrong about a failed run. Asked for after the previews: what
   * failed meanwhile counts, too.
   */
  failedHeads(): Promise<FailedHeads>
  /**
   * The whole evidence of the heads that need it, in the order in which they are given. What their
   * previews have read is not read again. `onStudied` is told of each that is read.
   */
  study(heads: readonly Evidence[], onStudied?: () => void): Promise<readonly Evidence[]>
  /**
   * A studied head with its latest rows as the merge gate reads them, where its study rests on the
   * history alone; else the same.
   */
  withGateRows(head: Evidence): Promise<Evidence>
  /** A studied head with what is asked for of what stands around it. */
  withSurroundings(head: Evidence, asked: ReadsAsked): Promise<Evidence>
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
  surroundings(head: Evidence, pulls: NonEmpty<ListedPull>): Promise<Evidence>
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
  /**
   * How far re-runs have come, by the SHAs of their heads, by one request for all of them; a head
   * of which nothing new can be told is left out. It says when a head is worth reading, and proves
   * nothing. Absent where rows of the head tell.
   */
  rerunsNow?(reruns: readonly SentRerun[]): Promise<ReadonlyMap<string, RerunProgress>>
  /** What judging the whole merge gate reads. Absent where a forge tells nothing of it. */
  readonly gate?: GateReads
  /** A command by which a person could send exactly this write. */
  print(write: Write): string
  /** The address of the workflow run a sweep is a step of, or `''`. */
  linkTo(run: WorkflowRun): string
  /** The page of a pull request, or `''`. */
  addressOfPull(number: number): string
  /** The address of a run of this repository, or of a job of it, as statuses name it, or `''`. */
  addressOf(run: RunKey, job?: JobId): string
}
