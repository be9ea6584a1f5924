import type { Grade, ListedPull } from '../../core/model/evidence.js'
import { baseBranchName } from '../../core/model/evidence.js'
import type { OutcomeCode } from '../../core/plan/outcome.js'
import type { Blocker } from '../../core/view/gate.js'
import { isLost } from '../../core/plan/outcome.js'
import type { Policy } from '../../core/model/policy.js'
import type { Plan, RemedyChoice, StatusPost } from '../../core/plan/remedy.js'
import type { Server } from '../../core/model/server.js'
import type { StatusState } from '../../core/model/status.js'
import type { JobId, RowId, RunId, RunKey } from '../../core/model/ids.js'
import type { ContextRow } from '../../core/rules/trace.js'
import type { StaleCause, VerdictKind, Proof, Reason, ReasonOf } from '../../core/rules/verdict.js'
import type { GateContextReport } from './gate.js'
import type { CommitReport } from './commits.js'
import { plural, pullNumbers } from './text.js'

/** The shape of the JSON report. It changes only with this string. */
export const REPORT_SCHEMA = 'umbrella-reaper/report/3'

/**
 * A run: what statuses call it, what the API calls it where that was read, and where it is seen.
 */
export interface RunReport {
  readonly key: RunKey
  readonly id: RunId | null
  /** Absolute, or `''` where the forge's pages are not known. */
  readonly url: string
}

/** One context that counts for a pull request, with its run as a report names runs. */
type CountingContextReport = Omit<ContextRow, 'run'> & { readonly run: RunReport | null }

/** A proof, with its run as a report names runs. */
type ProofReport = Omit<Proof, 'run'> & { readonly run: RunReport | null }

/** How many pull requests were left alone, by reason. */
export type LeftAloneCounts = Readonly<Record<ReasonOf<'leave'>, number>>

/** What the report and an explanation both say of a pull request. */
export interface PullSummary {
  readonly number: number
  readonly title: string
  readonly head: string
  readonly base: string
  /** Other open pull requests on the same commit: one write opens them all. */
  readonly sharedWith: readonly number[]
  readonly kind: VerdictKind
  readonly reason: Reason
  readonly detail: string
  readonly grade: Grade
  /** Where the list of what must be green comes from: `required-contexts`, or a workflow file. */
  readonly requiredFrom: string
  readonly remedy: 'status' | 'rerun' | 'report' | 'withdraw' | 'none'
  readonly outcome: OutcomeCode
  readonly outcomeDetail: string
}

/** One pull request of a sweep: what is true, on what evidence, what was done. */
export interface PullReport extends PullSummary {
  /** Its page, or `''`. */
  readonly url: string
  readonly draft: boolean
  readonly cause: StaleCause | null
  readonly proof: readonly ProofReport[]
  /** What the newest run says of every context that counts. */
  readonly contexts: readonly CountingContextReport[]
  /** `age` in seconds. */
  readonly umbrella: {
    readonly row: RowId
    readonly state: StatusState
    readonly age: number
  } | null
  /** The newest run that counts. */
  readonly run: RunReport | null
  readonly stuck: boolean
  readonly posted: StatusPost | null
  /** The job that was run again, or in a dry run would be, by the API's ids. */
  readonly rerun: { readonly run: RunId; readonly job: JobId } | null
  readonly command: string | null
  readonly gate: readonly Blocker[] | null
  /** With `scope: required`: every other context that a merge requires, judged. */
  readonly required?: readonly GateContextReport[]
  /** Why those are not known, or `null`. */
  readonly requiredWhy?: string | null
}

/** The policy of a sweep as the report shows it. Never the token. */
interface PolicyReport extends Omit<Policy, 'minAge' | 'userVouches' | 'mayRerun'> {
  readonly minAgeSeconds: number
  readonly scope: 'umbrella' | 'required'
  readonly baseBranches: readonly string[]
  readonly remedy: RemedyChoice
  readonly maxRepairs: number
  readonly dryRun: boolean
  readonly pullRequest: number | null
}

/** What became of the tracking issue. */
export interface Tracking {
  /** Comments on repairs in the last 14 days, with that of this sweep; `null`: not known. */
  readonly recurrences: number | null
  /** Whole days since the last of them; `null`: there is none, or it is not known. */
  readonly daysSinceLast: number | null
  /** That stale umbrellas come back too often, as plain text, or `null`. */
  readonly raise: string | null
  /** The comment of this sweep; `null` where there is nothing to tell. */
  readonly comment: string | null
  readonly posted: boolean
  /** Why the issue could not be kept, or `null`. It never ends a sweep red. */
  readonly warning: string | null
}

/** A success that an earlier sweep wrote, and that still stands on the commit of a pull request. */
export interface EarlierSuccess {
  readonly number: number
  readonly head: string
  readonly row: RowId
}

/** Pull requests that a sweep did not come to, and why. */
export interface Unjudged {
  readonly pulls: number
  readonly why: string
}

/** Everything a sweep saw and did. */
export interface SweepReport {
  readonly schema: typeof REPORT_SCHEMA
  readonly repo: string
  readonly server: Pick<Server, 'kind' | 'version' | 'grade' | 'gradeLimit' | 'capabilities'>
  readonly policy: PolicyReport
  /** What a sweep does here about a stale umbrella, why, and which right is missing for more. */
  readonly remedy: Plan
  readonly requests: number
  /** Every pull about which there is something to say, and one that was asked for by number. */
  readonly pulls: readonly PullReport[]
  /** All the others: there was nothing to repair. */
  readonly quiet: LeftAloneCounts
  /** Of those the ones whose umbrella is still running, by number: blocked until it ends. */
  readonly pending: readonly number[]
  /** What `branches` and `sha` ask for; absent where they ask for nothing. */
  readonly commits?: readonly CommitReport[]
  /** What earlier sweeps wrote and this one left where it stands: also what no report told yet. */
  readonly earlier: readonly EarlierSuccess[]
  /** What it did not come to; `null` where it came to its end. */
  readonly unjudged: Unjudged | null
  /** Why this sweep cannot have judged what was meant, or `null`. */
  readonly problem: string | null
}

/** How many pull requests were left alone without a word. */
export function quietCount(quiet: LeftAloneCounts): number {
  return Object.values(quiet).reduce((sum, count) => sum + count, 0)
}

/** The numbers of the outputs, in their order. Each counts pull requests. */
export function countsOf({ pulls, quiet }: Pick<SweepReport, 'pulls' | 'quiet'>) {
  const count = (test: (pull: PullReport) => boolean): number => pulls.filter(test).length
  return {
    scanned: pulls.length + quietCount(quiet),
    stale: count(({ kind }) => kind === 'repair'),
    compensated: count(({ outcome }) => outcome === 'compensated'),
    rerun: count(({ outcome }) => outcome === 'rerun'),
    held: count(({ outcome }) => outcome === 'held'),
    waiting: count(({ kind }) => kind === 'wait'),
    refused: count(({ kind }) => kind === 'refuse'),
    alarms: count(({ kind }) => kind === 'alarm'),
    failed: count(({ outcome }) => isLost(outcome)),
  }
}

/**
 * From which finding on a sweep ends red. Each includes those before it; `never` only spares
 * findings, not bad input.
 */
export const FAIL_ON = ['never', 'failed', 'alarm', 'refused'] as const
export type FailOn = (typeof FAIL_ON)[number]

const LOST = 'a write that was refused, lost or not confirmed'
const FALSE_GREEN = 'a green umbrella over a failed job: do not merge'

const numbersInOrder = (pulls: readonly Pick<PullReport, 'number'>[]): readonly number[] =>
  pulls.map(({ number }) => number).sort((a, b) => a - b)

/** The pulls of the alarms by number, the first ten. */
function alarmsOf(pulls: readonly Pick<PullReport, 'kind' | 'number'>[]): string {
  const numbers = numbersInOrder(pulls.filter(({ kind }) => kind === 'alarm'))
  return pullNumbers(numbers.slice(0, 10)) + (numbers.length > 10 ? ' and more' : '')
}

/**
 * Why the sweep must end red, or `null`. A sweep in which not one pull could be judged says
 * nothing, and must not look fine.
 */
export function failureOf(
  report: Pick<SweepReport, 'pulls' | 'quiet' | 'problem'>,
  failOn: FailOn,
): string | null {
  const { pulls, problem } = report
  if (problem !== null) return problem
  const level = FAIL_ON.indexOf(failOn)
  const counts = countsOf(report)
  const unread = pulls.filter(({ reason }) => reason === 'evidence-incomplete').length
  if (level >= 1 && counts.failed > 0)
    return `${plural(counts.failed, 'pull request')} with ${LOST}`
  if (level >= 1 && counts.scanned > 0 && unread === counts.scanned)
    return `none of ${plural(counts.scanned, 'open pull request')} could be judged`
  if (level >= 2 && counts.alarms > 0)
    return `${plural(counts.alarms, 'pull request')} with ${FALSE_GREEN} ${alarmsOf(pulls)}`
  if (level >= 3 && counts.refused > 0) return `${plural(counts.refused, 'pull request')} refused`
  return null
}

/** What a pull request looks like to the report before anything was done about it. */
export function describePull(
  pull: ListedPull,
  sharedWith: readonly number[],
  url: string,
): Pick<PullReport, 'number' | 'url' | 'title' | 'head' | 'base' | 'draft' | 'sharedWith'> {
  const { number, title, head, draft } = pull
  return { number, url, title, head, base: baseBranchName(pull), draft, sharedWith }
}
