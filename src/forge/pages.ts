import type { GapCause } from '../core/evidence.js'
import type { Instant } from '../core/time.js'

/** One page of a list: its rows, how many there are in all, and the server's clock. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Rows that were there but could not be read: they count, or a list with one could never be complete. */
  readonly unreadable: number
  /** What the server says the whole list holds; `null` when it does not say. */
  readonly total: number | null
  readonly at: Instant | null
}

/** All rows, or why not all. `at` is the clock of the first page: ages are never overestimated. */
export interface Listing<Row> {
  readonly rows: readonly Row[]
  readonly gap: { readonly cause: GapCause; readonly detail: string } | null
  readonly at: Instant | null
}

export interface Paging<Row> {
  readonly key: (row: Row) => string | number
  /** Ends the reading early when the rest is not asked for. */
  readonly enough?: (rows: readonly Row[]) => boolean
  /** Must every page name the same total? Where rows can leave the list between two pages, one can be missed without a trace. */
  readonly steady?: boolean
}

/** Every server's own limit; asking for more is silently clamped (forge-facts §1.3). */
export const PAGE_LIMIT = 50
export const MAX_PAGES = 40

/**
 * Reads pages by number until every row the server counts is in hand. Pages are never ended by a short page: a server may clamp lower than
 * asked. Links of an answer are never followed: Gitea builds them from its own idea of its address (forge-facts §1.3; toolchain: Link).
 * A list that changes while it is read is read once more from the start; then it is a gap.
 */
export async function readPages<Row>(read: (page: number, limit: number) => Promise<Page<Row>>, paging: Paging<Row>): Promise<Listing<Row>> {
  const first = await pass(read, paging)
  return first.gap?.cause === 'incomplete' ? pass(read, paging) : first
}

async function pass<Row>(read: (page: number, limit: number) => Promise<Page<Row>>, { key, enough, steady }: Paging<Row>): Promise<Listing<Row>> {
  const rows = new Map<string | number, Row>()
  const totals = new Set<number | null>()
  let unreadable = 0
  let at: Instant | null = null
  for (let number = 1; number <= MAX_PAGES; number += 1) {
    const page = await read(number, PAGE_LIMIT)
    if (number === 1) at = page.at
    totals.add(page.total)
    // The same row may come on two pages, and one that cannot be read cannot be told apart: it is counted once.
    unreadable = Math.max(unreadable, page.unreadable)
    for (const row of page.rows) if (!rows.has(key(row))) rows.set(key(row), row)
    const known = [...rows.values()]
    const counted = rows.size + unreadable
    if (page.total !== null && counted >= page.total) {
      const moved = steady === true && totals.size > 1
      return { rows: known, at, gap: moved ? { cause: 'incomplete', detail: 'the list changed while it was read' } : null }
    }
    if (enough?.(page.rows) === true) return { rows: known, at, gap: null }
    if (page.rows.length + page.unreadable === 0) {
      // A first page without a count and without rows is an empty list (forge-facts §1.3); a count that was not reached is not.
      const short = page.total !== null || totals.size > 1
      return { rows: known, at, gap: short ? { cause: 'incomplete', detail: `only ${counted} of ${page.total ?? Math.max(...[...totals].map(total => total ?? 0))} rows came` } : null }
    }
  }
  return { rows: [...rows.values()], at, gap: { cause: 'too-long', detail: `more than ${MAX_PAGES} pages` } }
}
