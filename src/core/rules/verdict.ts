import type { Grade, NonEmpty } from '../model/evidence.js'
import type { JobId, RunId, RunKey } from '../model/ids.js'
import type { JobRef, JobState } from '../model/job.js'
import type { Instant } from '../model/time.js'
import type { Source } from '../view/job-result.js'
import type { UmbrellaRow } from '../view/view.js'

/** The reason codes: API. Each has a row in docs/decisions.md and a test that carries its name. */
export const REASONS = {
  leave: ['umbrella-missing', 'umbrella-green', 'umbrella-pending'],
  wait: ['required-open', 'run-open', 'too-young', 'in-merge-queue'],
  refuse: [
    'evidence-incomplete',
    'umbrella-ambiguous',
    'foreign-red',
    'nothing-required',
    'inherited',
    'required-missing',
    'required-failed',
    'required-cancelled',
    'required-skipped',
    'run-failed',
    'sources-disagree',
    'unproven-writer',
    'superseded-evidence',
    'own-verdict',
    'relapsed',
    'awaiting-approval',
    'pinned-source',
    'not-rerunnable',
    'never-started',
    'never-run',
    'filtered',
    'no-writer',
    'not-written',
  ],
  alarm: ['false-green'],
  repair: ['stale'],
} as const
export type VerdictKind = keyof typeof REASONS
export type ReasonOf<K extends VerdictKind> = (typeof REASONS)[K][number]
export type Reason = ReasonOf<VerdictKind>

/** Why a stale umbrella is red, as far as rows and jobs tell. */
export const STALE_CAUSES = [
  'cancelled-umbrella',
  'older-run-landed-late',
  'lost-update',
  'lost-runner',
  'closed-by-us',
  'superseded-leg',
  'unknown',
] as const
export type StaleCause = (typeof STALE_CAUSES)[number]

/** One required context, proven green. */
export interface Proof {
  readonly context: string
  readonly state: 'success' | 'skipped'
  readonly run: RunKey | null
  readonly job: JobRef | null
  readonly attempt: number | null
  readonly source: Source
}

/**
 * In which runs the proof was seen, in a sentence: a gate that posts or polls stands for jobs of
 * other runs than its own. An equal row, which the newest run left as it was, is that run's word;
 * what another system says is of no run.
 */
export function sayRuns(proof: readonly Proof[], own: RunKey): string {
  const seen = proof.flatMap(({ run, source }) => (source === 'equal-row' ? own : (run ?? [])))
  const runs = [...new Set(seen)].sort((a, b) => a - b)
  const [only = own, ...more] = runs
  if (more.length === 0) return `run ${only}`
  return more.length > 1 ? `${runs.length} runs` : `runs ${runs.join(' and ')}`
}

/** The job that holds a pull request back. */
export interface Holder {
  readonly context: string
  readonly run: RunKey | null
  readonly job: JobRef | null
}

/** The umbrella's own job in its newest execution. */
export interface UmbrellaJob {
  readonly run: RunId
  readonly job: JobId
  readonly state: JobState
  /** 1 for the first execution, 0 where no runner ever took it; `null` when it cannot be read. */
  readonly attempt: number | null
}

interface Common {
  readonly detail: string
  readonly grade: Grade
  readonly umbrella: UmbrellaRow | null
  /** The newest run that counts; `null` when there is none or it was not asked for. */
  readonly run: RunKey | null
}

/** Who says that a red umbrella over green needs has no verdict of its own. */
export type Vouch =
  /** The user, by a list; `otherWork` is what its job was seen to do besides, or `null`. */
  | { readonly by: 'list'; readonly otherWork: string | null }
  /** Its job, which only judges its needs, on the base branch and in the pull request. */
  | { readonly by: 'job' }

/**
 * Why the umbrella's red is not believed. `shown-stale`: the newest run's own umbrella is green.
 * `over-green-needs`: that one is red, cancelled or lost too, while all it stands for is green. It
 * may be right: a success is posted only if somebody vouches for it, and a re-run tells the truth.
 */
export type Basis =
  | { readonly kind: 'shown-stale' }
  | { readonly kind: 'over-green-needs'; readonly vouch: Vouch | null }

/** May a success be posted on this basis? */
export const mayPost = (basis: Basis): boolean =>
  basis.kind === 'shown-stale' || basis.vouch !== null

/** Nothing to repair. */
export interface Leave<R extends ReasonOf<'leave'> = ReasonOf<'leave'>> extends Common {
  readonly kind: 'leave'
  readonly reason: R
}

/** Something has not ended, or is too fresh: the next sweep looks again. */
export interface Wait<R extends ReasonOf<'wait'> = ReasonOf<'wait'>> extends Common {
  readonly kind: 'wait'
  readonly reason: R
  readonly holder: Holder | null
  readonly until: Instant | null
  readonly stuck: boolean
}

/** Not proven: a person is needed. */
export interface Refusal<R extends ReasonOf<'refuse'> = ReasonOf<'refuse'>> extends Common {
  readonly kind: 'refuse'
  readonly reason: R
  readonly holder: Holder | null
}

/** The gate is open and should not be. */
export interface Alarm<R extends ReasonOf<'alarm'> = ReasonOf<'alarm'>> extends Common {
  readonly kind: 'alarm'
  readonly reason: R
  readonly holder: Holder
}

/** A proven stale umbrella. */
export interface Repair extends Common {
  readonly kind: 'repair'
  readonly reason: ReasonOf<'repair'>
  readonly cause: StaleCause
  readonly basis: Basis
  readonly proof: NonEmpty<Proof>
  readonly umbrella: UmbrellaRow
  readonly run: RunKey
  /** The umbrella job that a re-run would run; `null` where no job rows were read. */
  readonly umbrellaJob: UmbrellaJob | null
  /** What stands on the gate: a row, over which a success may be posted, or a check run. */
  readonly stands: 'row' | 'check-run'
  /** Only the whole run can turn green again: what the umbrella needs is not green in its run. */
  readonly wholeRun: boolean
  /** Every context whose change between look and write undoes the proof. */
  readonly counted: readonly string[]
}

/**
 * What is true of one pull request's umbrella, and why. Only `repair` ever leads to a success, and
 * it always carries its proof.
 */
export type Verdict = Leave | Wait | Refusal | Alarm | Repair
