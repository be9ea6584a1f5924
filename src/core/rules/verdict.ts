import type { Grade, NonEmpty } from '../model/evidence.js'
import type { JobId, RowId, RunId, RunKey } from '../model/ids.js'
import type { JobRef } from '../model/job.js'
import type { StatusState } from '../model/status.js'
import type { Duration, Instant } from '../model/time.js'
import type { Source } from '../reading/job-result.js'

/** The reason codes: API. Each has a row in docs/decisions.md and a test that carries its name. */
export const REASONS = {
  leave: ['umbrella-missing', 'umbrella-green', 'umbrella-pending'],
  wait: ['required-open', 'run-open', 'too-young'],
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
    'relapsed',
  ],
  alarm: ['false-green'],
  repair: ['stale'],
} as const
export type Kind = keyof typeof REASONS
export type ReasonOf<K extends Kind> = (typeof REASONS)[K][number]
export type Reason = ReasonOf<Kind>

/** Why a stale umbrella is red, as far as rows and jobs tell. */
export const CAUSES = [
  'cancelled-umbrella',
  'older-run-landed-late',
  'lost-update',
  'lost-runner',
  'closed-by-us',
  'unknown',
] as const
export type Cause = (typeof CAUSES)[number]

/** One required context, proven green. */
export interface Proof {
  readonly context: string
  readonly state: 'success' | 'skipped'
  readonly run: RunKey | null
  readonly job: JobRef | null
  readonly attempt: number | null
  readonly source: Source
}

/** The umbrella's row that a verdict speaks of. */
export interface UmbrellaRow {
  readonly row: RowId
  readonly state: StatusState
  readonly age: Duration
}

/** The job that holds a pull request back. */
export interface Holder {
  readonly context: string
  readonly run: RunKey | null
  readonly job: JobRef | null
}

interface Common {
  readonly detail: string
  readonly grade: Grade
  readonly umbrella: UmbrellaRow | null
  /** N: the newest run that counts; `null` when there is none or it was not asked for. */
  readonly run: RunKey | null
}

/**
 * What is true of one pull request's umbrella, and why. Only `repair` ever leads to a success, and
 * it always carries its proof.
 */
export type Verdict =
  | (Common & { readonly kind: 'leave'; readonly reason: ReasonOf<'leave'> })
  | (Common & {
      readonly kind: 'wait'
      readonly reason: ReasonOf<'wait'>
      readonly holder: Holder | null
      readonly until: Instant | null
      readonly stuck: boolean
    })
  | (Common & {
      readonly kind: 'refuse'
      readonly reason: ReasonOf<'refuse'>
      readonly holder: Holder | null
    })
  | (Common & {
      readonly kind: 'alarm'
      readonly reason: ReasonOf<'alarm'>
      readonly holder: Holder
    })
  | Repair

/** A proven stale umbrella. */
export type Repair = Common & {
  readonly kind: 'repair'
  readonly reason: ReasonOf<'repair'>
  readonly cause: Cause
  readonly proof: NonEmpty<Proof>
  readonly umbrella: UmbrellaRow
  readonly run: RunKey
  /** Ids of N's umbrella job, for a person's re-run; `null` where the server offers no job rows. */
  readonly umbrellaJob: { readonly run: RunId; readonly job: JobId } | null
  /** Every context whose change between look and write undoes the proof. */
  readonly counted: readonly string[]
}
