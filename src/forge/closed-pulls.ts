import type { Instant } from '../core/model/time.js'
import type { MergedPull } from './commits.js'
import type { Page } from './pager.js'
import { ForgeError } from './port.js'

/** A closed pull request in a list that is sorted by its last change. */
export interface ClosedPull {
  readonly number: number
  readonly updatedAt: Instant
  /** `null` for one that was closed without a merge. */
  readonly merged: MergedPull | null
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
