import type { CheckRun, RequiredCheck, Suite } from './check.js'
import type { Run, RunSummary, Task } from './job.js'
import type { SignedRow } from './status.js'
import type { OtherPulls, UmbrellaWork, Writers } from './surroundings.js'
import type { Instant } from './time.js'
import type { UmbrellaNeeds, UmbrellaWriter } from './umbrella-files.js'

/** How good the evidence is. A better grade vetoes a worse one, never the reverse. */
export const GRADES = ['statuses', 'tasks', 'jobs'] as const

export type Grade = (typeof GRADES)[number]

/** A list that is known to hold something: `every` of nothing cannot be asked of it. */
export type NonEmpty<T> = readonly [T, ...(readonly T[])]

export function nonEmpty<T>(list: readonly T[]): NonEmpty<T> | null {
  const [first, ...rest] = list
  return first === undefined ? null : [first, ...rest]
}

/** Why something that was asked for is not known. */
export const GAP_CAUSES = [
  'unreadable',
  'forbidden',
  'not-found',
  'incomplete',
  'too-long',
  'malformed',
  'no-clock',
  'rate-limited',
  'out-of-time',
  'ambiguous',
] as const

export type GapCause = (typeof GAP_CAUSES)[number]

/**
 * A hole in the evidence: what could not be seen, and why. With a context it concerns that context
 * alone, else the whole head.
 */
export interface Gap {
  readonly what: string
  readonly cause: GapCause
  readonly context: string | null
  readonly detail: string
}

/** Does this gap hide something? `ambiguous` does not: two writers of the umbrella were read. */
export const isBlind = ({ cause }: Gap): boolean => cause !== 'ambiguous'

/** How a gap in what the umbrella needs is called: it says nothing of any other context. */
export const needsGapName = (umbrella: string): string => `what ${umbrella} needs`

/** A gap of the whole head, or of one context. */
export function gap(
  what: string,
  cause: GapCause,
  detail: string,
  context: string | null = null,
): Gap {
  return { what, cause, context, detail }
}

/** An open pull request as a list shows it: a cheap one does not tell its base branch. */
export interface ListedPull {
  readonly number: number
  readonly title: string
  readonly head: string
  /** Its base branch; `null` where that is not told. */
  readonly base: string | null
  /** The commit its base branch stands on; `null` where that is not told. */
  readonly baseSha: string | null
  readonly draft: boolean
}

/** One whose base branch is known: what a merge requires depends on it. */
export interface Pull extends ListedPull {
  readonly base: string
}

export const hasBase = (pull: ListedPull): pull is Pull => pull.base !== null

/** The base branch in a report, which says nothing of one that is not known. */
export const baseBranchName = ({ base }: Pick<ListedPull, 'base'>): string => base ?? ''

/** What is known of the merge queue that pull requests of a head go through. */
export interface MergeQueue {
  /** The pull requests that stand in it; `null` where that could not be read. */
  readonly queued: readonly number[] | null
  /** Base branches whose workflow of the umbrella does not start for the queue: it stalls. */
  readonly stalls: readonly string[]
}

/** Behaviour of a server that changes what its rows prove. */
export interface ServerTraits {
  /**
   * Gitea ≤1.26.0 and every Forgejo do not write a row whose state the context already has
   * (docs/forge-facts.md, 2.3).
   */
  readonly skipsEqualState: boolean
  /**
   * Gitea ≤1.24 and Forgejo ≤15 write a skipped job as `success`; only the description tells
   * (docs/forge-facts.md, 2.2).
   */
  readonly skippedIsSuccess: boolean
  /**
   * `false` on Gitea ≤1.22 and Forgejo ≤8: `pull_request_target` writes the same context as
   * `pull_request` (docs/forge-facts.md, 2.1).
   */
  readonly targetSuffix: boolean
  /**
   * `false` on Gitea ≥1.27: a posted success never supersedes Actions' own row
   * (docs/forge-facts.md, 2.5).
   */
  readonly postedStatusWins: boolean
  /**
   * Gitea ≥28 writes no first row for a job that no merge requires, so a job may have no row at
   * all: rows alone prove nothing there (docs/forge-facts.md, 11).
   */
  readonly jobsMayHaveNoRow: boolean
  /**
   * GitHub: a job is a check run, which no posted status can override; rows are what apps and
   * people post (docs/github-facts.md, 1).
   */
  readonly checkRuns: boolean
  /**
   * The server can run one job of a run again: Gitea ≥1.26, GitHub (docs/forge-facts.md, 4.5).
   * What a red umbrella says over green needs is then best asked of the job itself.
   */
  readonly rerunsJobs: boolean
  /**
   * A row links its run by id and not by its number in the repository: Gitea ≥1.26. Rows of
   * before the upgrade still link numbers, and no order holds across the two
   * (docs/forge-facts.md, 2.6).
   */
  readonly linksRunsById: boolean
}

/** What was seen of one head SHA whatever it is made of, at one time. */
export interface HeadSnapshot {
  readonly sha: string
  /**
   * When the first answer used came, by the earlier of the server's clock and the runner's: ages
   * can only be underestimated.
   */
  readonly observedAt: Instant
  /** Every open pull request on this SHA. */
  readonly pulls: NonEmpty<ListedPull>
  /**
   * The newest row of every context; two for one context where a server keys rows by workflow. In
   * no order.
   */
  readonly latest: readonly SignedRow[]
  /** All rows of the SHA, or `null` when nothing asked for them. In no order. */
  readonly history: readonly SignedRow[] | null
  readonly writers: Writers
  readonly others: OtherPulls
  /**
   * Latest rows of base commits, by SHA; read only where one failed job alone holds a pull back.
   */
  readonly bases: Readonly<Record<string, readonly SignedRow[]>>
  /** By pull request; read only where no list says what is required. */
  readonly needs: ReadonlyMap<number, UmbrellaNeeds>
  /**
   * By pull request; read only where nothing on the commit carries the umbrella although a merge
   * requires it, or somebody asks. Absent: not asked; without the pull: not read yet.
   */
  readonly umbrellaWriters?: ReadonlyMap<number, UmbrellaWriter>
  /** By pull request; read only where an umbrella is red over green needs. */
  readonly work: ReadonlyMap<number, UmbrellaWork>
  readonly gaps: readonly Gap[]
  readonly traits: ServerTraits
}

/** Status rows alone. Where a server names its runs too, it tells their pull and their end. */
interface StatusEvidence extends HeadSnapshot {
  readonly kind: 'statuses'
  readonly runs: readonly RunSummary[]
}

/** Status rows, and the task rows of jobs that a runner took. */
interface TaskEvidence extends HeadSnapshot {
  readonly kind: 'tasks'
  readonly runs: readonly RunSummary[]
  readonly tasks: readonly Task[]
}

/** Status rows, and every run of the commit with all its jobs. */
export interface JobEvidence extends HeadSnapshot {
  readonly kind: 'jobs'
  readonly runs: readonly Run[]
}

/** Check runs and commit statuses: every suite of the commit, with every execution of every job. */
export interface CheckEvidence extends HeadSnapshot {
  readonly kind: 'checks'
  /** No runs beside those of its suites. */
  readonly runs: readonly []
  readonly suites: readonly Suite[]
  /** In no order. */
  readonly checks: readonly CheckRun[]
  /** Was all of it read, or only what tells whether the head needs study? */
  readonly studied: boolean
  /** What merges into the base branches of its pulls require; read only where it is studied. */
  readonly required: readonly RequiredCheck[]
  /** Why a merge may require more than that, which the token may not read; absent: it does not. */
  readonly requiredHidden?: string
  /** Where merges into a base branch of its pulls go through a queue. */
  readonly queue?: MergeQueue
}

/** Evidence that rests on status rows, whatever else was read. */
export type RowEvidence = StatusEvidence | TaskEvidence | JobEvidence

/** Everything that was seen of one head SHA, by what it is made of. */
export type Evidence = RowEvidence | CheckEvidence

/** A head by what one cheap read tells of it, before anything is decided about it. */
export interface Preview {
  /** Its newest rows, or what of its check runs carries the umbrella's name; no history. */
  readonly evidence: Evidence
  /**
   * Every row of the commit, where the preview read all of them and the umbrella is not red; else
   * `null`.
   */
  readonly rows: readonly SignedRow[] | null
  /** The contexts of the commit that it saw; absent where it sees the umbrella alone. */
  readonly seen?: SeenContexts
}

/** Contexts as a preview saw them, by their newest rows, whoever wrote those. */
interface SeenContexts {
  readonly newest: readonly Pick<SignedRow, 'context' | 'state' | 'createdAt'>[]
  /** Are these all there are? */
  readonly isWhole: boolean
}

/** How good evidence is: check runs are jobs. */
export function gradeOf({ kind }: Evidence): Grade {
  return kind === 'checks' ? 'jobs' : kind
}

/** A snapshot as evidence of a grade: what that grade does not rest on is left out. */
export function evidenceOf(
  kind: Grade,
  snapshot: HeadSnapshot,
  { runs, tasks }: { readonly runs: readonly Run[]; readonly tasks: readonly Task[] },
): RowEvidence {
  return kind === 'tasks' ? { ...snapshot, kind, runs, tasks } : { ...snapshot, kind, runs }
}
