import type { Evidence, Pull } from '../core/model/evidence.js'
import type { JobId, RunKey } from '../core/model/ids.js'
import type { Server } from '../core/model/server.js'
import type { Instant } from '../core/model/time.js'
import type { Head } from './port.js'

/** A merged pull request. Its `baseSha` is the commit it branched off, or was merged at. */
export interface MergedPull extends Pull {
  readonly mergedAt: Instant
  /** The login of whoever merged it; `null` where the list does not say. */
  readonly mergedBy: string | null
}

/** The number of what stands for a pull request where a branch or a tag is asked about. */
export const NO_PULL = 0

/**
 * What is read of commits that no open pull request may stand on any more: of merged pull requests,
 * branches and tags. All of it reads. Every method but `study` throws `ForgeError`.
 */
export interface CommitReads {
  readonly server: Server
  /** The pull requests that were merged since, in no order. */
  mergedSince(since: Instant): Promise<readonly MergedPull[]>
  /** Who merged one, where the list does not say. */
  mergedBy(number: number): Promise<string | null>
  /** The pull requests whose head this commit is or was, whatever became of them. */
  pullsAt(sha: string): Promise<readonly Pull[]>
  /** The commit of a branch, or of a tag by `refs/tags/<name>`. */
  commitOf(name: string): Promise<string>
  /**
   * All that is written on commits, and what the umbrella needed by the file of the commit and of
   * the `baseSha` of its pull requests. What cannot be read is a gap.
   */
  study(heads: readonly Head[]): Promise<readonly Evidence[]>
  /** As of a forge. */
  addressOf(run: RunKey, job?: JobId): string
  addressOfPull(number: number): string
  addressOfCommit(sha: string): string
}
