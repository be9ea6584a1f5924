import type { Evidence, Pull } from '../core/model/evidence.js'
import type { JobId, RunKey } from '../core/model/ids.js'
import type { Server } from '../core/model/server.js'
import type { Instant } from '../core/model/time.js'
import type { Page } from './pager.js'
import type { Head } from './port.js'
import { ForgeError } from './port.js'

/** A merged pull request. Its `baseSha` is the commit it branched off, or was merged at. */
export interface MergedPull extends Pull {
  readonly mergedAt: Instant
  /** The login of whoever merged it; `null` where the list does not say. */
  readonly mergedBy: string | null
}

/** The number of what stands for a pull request where a branch or a tag is asked about. */
export const NO_PULL = 0

/** A closed pull request in a list that is sorted by its last change. */
export interface ClosedPull {
  readonly number: number
  readonly updatedAt: Instant
  /** `null` for one that was closed without a merge. */
  readonly merged: MergedPull | null
}

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

/** Twenty thousand closed pull requests; whoever wants more asks for less at a time. */
const MOST_PAGES = 400

/**
 * The merged pull requests of a list of closed ones, whose newest change comes first. While it is
 * read a pull request may change and go to its top, past the page that is read: so what has changed
 * since the first page is read once more.
 */
export async function mergedIn(
  read: (page: number) => Promise<Page<ClosedPull>>,
  since: Instant,
): Promise<readonly MergedPull[]> {
  const found = new Map<number, ClosedPull>()
  const pass = async (down: Instant): Promise<{ readonly at: Instant; readonly pages: number }> => {
    let at: Instant | null = null
    for (let number = 1; number <= MOST_PAGES; number += 1) {
      const page = await read(number)
      at ??= page.at
      for (const row of page.rows) found.set(row.number, row)
      const isLast = page.more !== true || page.rows.some(({ updatedAt }) => updatedAt < down)
      if (isLast) return { at: at ?? since, pages: number }
    }
    throw new ForgeError(
      'unexpected-shape',
      `more than ${MOST_PAGES} pages of closed pull requests: ask for a shorter time`,
    )
  }
  const { at, pages } = await pass(since)
  if (pages > 1) await pass(at)
  return [...found.values()].flatMap(({ merged }) =>
    merged !== null && merged.mergedAt >= since ? [merged] : [],
  )
}
