import type { Blocker } from '../view/gate.js'
import type { RerunWrite, StatusPost, Write } from './remedy.js'

/** What became of a pull request's remedy: a closed list, as far as this version can end. */
export const OUTCOMES = [
  'compensated',
  'rerun',
  'rerun-pending',
  'still-red',
  'dry-run',
  'held',
  'head-moved',
  'changed-meanwhile',
  'already-compensated',
  'overtaken',
  'superseded',
  'withdrawn',
  'unconfirmed',
  'no-right',
  'closed',
  'failed',
  'none',
] as const
export type OutcomeCode = (typeof OUTCOMES)[number]

interface CodedOutcome<Code extends OutcomeCode> {
  readonly code: Code
  readonly detail: string
}

/** Nothing was sent: it was not tried, or the looks before the write forbade it. */
export type Untouched = CodedOutcome<'held' | 'closed' | 'head-moved' | 'changed-meanwhile'>

/** A write of ours was sent, and something else decided what stands now. */
type Raced = CodedOutcome<'already-compensated' | 'superseded' | 'withdrawn'> & {
  readonly posted: StatusPost
}

/** A re-run of ours was sent. */
type Rerun<Code extends OutcomeCode> = CodedOutcome<Code> & { readonly rerun: RerunWrite }

/** How a remedy ended, with exactly what that end has. */
export type Outcome =
  | Untouched
  | Raced
  | (CodedOutcome<'overtaken'> & ({ readonly posted: StatusPost } | { readonly rerun: RerunWrite }))
  /** The umbrella's new execution ended green. */
  | (Rerun<'rerun'> & { readonly gate: readonly Blocker[] })
  /** It was started, and had not ended when this sweep did. */
  | Rerun<'rerun-pending'>
  /** It ended red, now or in an earlier sweep: that is the truth. */
  | (CodedOutcome<'still-red'> & {
      readonly rerun: RerunWrite | null
      readonly command: string | null
    })
  /** `command`: what a person can run instead. */
  | (CodedOutcome<'none'> & { readonly command: string | null })
  /** `write`: what would have been sent. */
  | (CodedOutcome<'dry-run'> & { readonly write: Write })
  | (CodedOutcome<'compensated'> & {
      readonly posted: StatusPost
      readonly gate: readonly Blocker[]
    })
  | (CodedOutcome<'unconfirmed'> & {
      readonly posted: StatusPost
      /** `null`: the latest rows could not be read. */
      readonly gate: readonly Blocker[] | null
      /** No posted success can win on this head's server: nothing more is posted in this sweep. */
      readonly postsCannotWin: boolean
    })
  | (CodedOutcome<'no-right'> & { readonly command: string })
  | (CodedOutcome<'failed'> & {
      /** The write of ours that may stand; `null` when none does. */
      readonly posted: StatusPost | null
      readonly command: string | null
    })

/** The write that was sent, or in a dry run would be; `null` when there is none. */
export function postedOf(outcome: Outcome): StatusPost | null {
  if ('write' in outcome) return outcome.write.kind === 'status' ? outcome.write.post : null
  return 'posted' in outcome ? outcome.posted : null
}

/** The job that was run again, or in a dry run would be; `null` when there is none. */
export function rerunOf(outcome: Outcome): RerunWrite | null {
  if ('write' in outcome) return outcome.write.kind === 'rerun' ? outcome.write : null
  return 'rerun' in outcome ? outcome.rerun : null
}

/** What a person can run instead, or `null`. */
export function outcomeCommand(outcome: Outcome): string | null {
  return 'command' in outcome ? outcome.command : null
}

/** What else is not green on the head; `null` when it was not looked at after a write. */
export function outcomeBlockers(outcome: Outcome): readonly Blocker[] | null {
  return 'gate' in outcome ? outcome.gate : null
}

/** Outcomes in which a write went wrong or got lost: they turn the sweep red. */
export function isLost(code: OutcomeCode): boolean {
  return code === 'failed' || code === 'no-right' || code === 'unconfirmed'
}
