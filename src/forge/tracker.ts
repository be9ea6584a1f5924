import type { Instant } from '../core/model/time.js'

/** The issue that keeps count of repairs, as far as a comment on it depends on it. */
export interface TrackedIssue {
  readonly number: number
  readonly open: boolean
  readonly locked: boolean
  /** Pull requests share their numbers with issues. */
  readonly isPull: boolean
  readonly createdAt: Instant
  /** How many comments it has. */
  readonly comments: number
  /** By the earlier of its `Date` and the runner's clock; `null` when the server sent none. */
  readonly at: Instant | null
}

/** A comment on it. */
export interface IssueComment {
  /** By it comments are ordered: two can have been written in one second. */
  readonly id: number
  /** The login of its writer; `null` for one that is gone. */
  readonly author: string | null
  readonly body: string
  readonly createdAt: Instant
}

/** Comments in any order, and whether none before them was left out. */
export interface Comments {
  readonly rows: readonly IssueComment[]
  readonly whole: boolean
}

/** Under which logins a token writes. */
export interface Self {
  readonly logins: readonly string[]
  /** Did the server say so? Else they are those of workflows' own tokens, at a guess. */
  readonly certain: boolean
}

/**
 * What the tracking issue is read and commented by: all it can write is a comment. Every method
 * throws `ForgeError`.
 */
export interface Tracker {
  issue(number: number): Promise<TrackedIssue>
  /** Those since an instant, or with `null` as many of the newest as are worth reading. */
  comments(issue: TrackedIssue, since: Instant | null): Promise<Comments>
  /** Who this token is. */
  self(): Promise<Self>
  /** Posts one comment, once: it is never sent again. */
  comment(number: number, body: string): Promise<void>
}
