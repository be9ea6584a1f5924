import type { StatusPost } from './remedy.js'

/**
 * What became of a pull request's remedy: a closed list (design §5), as far as this version can
 * end.
 */
export const OUTCOMES = [
  'compensated',
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

/** One context of a head that is not green: what may still close the merge gate. */
export interface Blocker {
  readonly context: string
  readonly state: string
}

export interface Outcome {
  readonly code: OutcomeCode
  readonly detail: string
  /** The write that was sent, or in a dry run would be; `null` when there is none. */
  readonly posted: StatusPost | null
  /** What a person can run instead, or `null`. */
  readonly command: string | null
  /** `null` when it was not looked at again after a write. */
  readonly gate: readonly Blocker[] | null
  /**
   * No posted success can win on this head's server: no further post in this sweep (design §7, step
   * 5).
   */
  readonly postsCannotWin: boolean
}

/** What an outcome may have beside its code and its words. */
interface Extra {
  readonly posted?: StatusPost
  readonly command?: string
  readonly gate?: readonly Blocker[]
  readonly postsCannotWin?: boolean
}

/** An outcome; what is not given, it does not have. */
export function ended(code: OutcomeCode, detail: string, extra: Extra = {}): Outcome {
  const { posted = null, command = null, gate = null, postsCannotWin = false } = extra
  return { code, detail, posted, command, gate, postsCannotWin }
}

/** Outcomes in which a write went wrong or got lost: they turn the sweep red. */
export function isLost(code: OutcomeCode): boolean {
  return code === 'failed' || code === 'no-right' || code === 'unconfirmed'
}
