import type { GapCause } from '../core/model/evidence.js'
import type { Instant } from '../core/model/time.js'

/** One page of a list: its rows, how many there are in all, and the server's clock. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  /**
   * Rows that were there but could not be read: they count, or a list with one could never be
   * complete.
   */
  readonly unreadable: number
  /** What the server says the whole list holds; `null` when it does not say. */
  readonly total: number | null
  /** Does the server say that another page follows? Absent where its count alone tells. */
  readonly more?: boolean
  readonly at: Instant | null
}

/** All rows, or why not all. `at` is the clock of the first page: ages are never overestimated. */
export interface Listing<Row> {
  readonly rows: readonly Row[]
  readonly gap: { readonly cause: GapCause; readonly detail: string } | null
  readonly at: Instant | null
}

export interface Paging<Row> {
  /** The rows, each with what it is known by: one that comes twice is one row. */
  readonly keyed: (rows: readonly Row[]) => readonly (readonly [string | number, Row])[]
  /** Ends the reading early when the rest is not asked for. */
  readonly enough?: (rows: readonly Row[]) => boolean
  /**
   * Must every page name the same total? Where rows can leave the list between two pages, one can
   * be missed without a trace.
   */
  readonly steady?: boolean
  /**
   * Are rows known by an id by which the list is sorted, highest first, and that only ever grows,
   * so that no row leaves? New rows then come on top and push the others down: rows come twice, and
   * none is lost.
   */
  readonly newestFirst?: boolean
  /** After so many pages the rest is not read, and the list is a gap; `MAX_PAGES` if not said. */
  readonly most?: number
  /** Rows asked for at a time; `PAGE_LIMIT` if not said. */
  readonly limit?: number
  /** Is a list that is not whole at once a gap, without a second reading? */
  readonly once?: boolean
}

/** Rows that are known by their id. */
export const byId = <Row extends { readonly id: number }>(
  rows: readonly Row[],
): readonly (readonly [number, Row])[] => rows.map(row => [row.id, row])

/** Gitea's and Forgejo's limit; asking for more is silently clamped (docs/forge-facts.md, 1.3). */
export const PAGE_LIMIT = 50
export const MAX_PAGES = 40

export type ReadPage<Row> = (page: number, limit: number) => Promise<Page<Row>>

/**
 * Reads pages by number until every row the server counts is in hand, or until it says that no page
 * follows. A short page is never the end: a server may clamp lower than asked. Links of an answer
 * are never followed: Gitea builds them from its own idea of its address (docs/forge-facts.md,
 * 1.3). A list that changes while it is read is read once more from the start; then it is a gap.
 * One that only grew at its newest end is read on from where it stood.
 */
export async function readPages<Row>(
  read: ReadPage<Row>,
  paging: Paging<Row>,
): Promise<Listing<Row>> {
  const first = await pass(read, paging)
  const again = first.gap?.cause === 'incomplete' && paging.once !== true
  return again ? pass(read, paging) : first
}

/** What one pass over a list has seen so far. */
class ListPass<Row> {
  readonly rows = new Map<string | number, Row>()
  readonly totals = new Set<number | null>()
  at: Instant | null = null
  /** Where the list is newest first: the highest id of the first page. */
  private mark = 0
  private first: number | null = null
  private last: number | null = null
  private unreadable = 0
  /** Did a page show more rows than it counts in all? */
  private miscounted = false
  /** Did a page count fewer rows in all than one before it? One left, or a count was wrong. */
  private fell = false
  private readonly paging: Paging<Row>

  constructor(paging: Paging<Row>) {
    this.paging = paging
  }

  /** Adds a page, and answers whether it goes down to the mark. */
  add(page: Page<Row>, number: number): boolean {
    const keyed = this.paging.keyed(page.rows)
    const ids = this.paging.newestFirst === true ? keyed.map(([key]) => Number(key)) : []
    if (number === 1) {
      this.at = page.at
      this.first = page.total
      this.mark = ids.reduce((top, id) => Math.max(top, id), 0)
    }
    this.fell ||= (page.total ?? Infinity) < Math.max(...[...this.totals].map(one => one ?? 0))
    this.totals.add(page.total)
    this.last = page.total
    const shown = page.rows.length + page.unreadable
    if (page.total !== null && page.total < shown) this.miscounted = true
    // The same row may come on two pages, and one that cannot be read cannot be told apart: it is
    // counted once.
    this.unreadable = Math.max(this.unreadable, page.unreadable)
    for (const [key, row] of keyed) if (!this.rows.has(key)) this.rows.set(key, row)
    return ids.some(id => id <= this.mark)
  }

  /** Did rows come on top since the first page? */
  get grew(): boolean {
    return (
      this.paging.newestFirst === true &&
      this.first !== null &&
      this.last !== null &&
      this.last > this.first
    )
  }

  get counted(): number {
    if (!this.grew) return this.rows.size + this.unreadable
    // What came later does not count towards what stood at the first page, and a row that cannot be
    // read may be one of those: then the list stays incomplete.
    return [...this.rows.keys()].filter(id => Number(id) <= this.mark).length
  }

  /** How many rows must be in hand; `null` where the server does not say. */
  get wanted(): number | null {
    return this.grew ? this.first : this.last
  }

  /** Why the rows in hand are not the list, although there are enough of them. */
  get moved(): string | null {
    if (this.miscounted) return 'the server counts fewer rows than it shows'
    const { steady, newestFirst } = this.paging
    const changed = this.totals.size > 1
    const isMoved =
      steady === true ? changed : newestFirst === true ? changed && !this.grew : this.fell
    return isMoved ? 'the list changed while it was read' : null
  }

  end(cause: GapCause | null, detail = ''): Listing<Row> {
    return {
      rows: [...this.rows.values()],
      at: this.at,
      gap: cause === null ? null : { cause, detail },
    }
  }
}

async function pass<Row>(read: ReadPage<Row>, paging: Paging<Row>): Promise<Listing<Row>> {
  const seen = new ListPass(paging)
  const { most = MAX_PAGES, limit = PAGE_LIMIT } = paging
  for (let number = 1; number <= most; number += 1) {
    const page = await read(number, limit)
    seen.add(page, number)
    const counted = seen.wanted !== null && seen.counted >= seen.wanted
    const all = page.more === undefined ? counted : !page.more
    if (all && seen.moved !== null) return seen.end('incomplete', seen.moved)
    if (all || paging.enough?.(page.rows) === true) {
      return seen.grew ? readOn(read, paging, seen, most - number) : seen.end(null)
    }
    if (page.more === true || page.rows.length + page.unreadable > 0) continue
    // A first page without a count and without rows is an empty list (docs/forge-facts.md, 1.3); a
    // count that was not reached is not.
    const totals = [...seen.totals].map(total => total ?? 0)
    const short = page.total !== null || seen.totals.size > 1
    return short
      ? seen.end(
          'incomplete',
          `only ${seen.counted} of ${seen.wanted ?? Math.max(...totals)} rows came`,
        )
      : seen.end(null)
  }
  return seen.end('too-long', `more than ${most} pages`)
}

/**
 * The rows that came on top of a list while it was read, down to the mark. What comes after this is
 * later than the reading, and is found by the next look.
 */
async function readOn<Row>(
  read: ReadPage<Row>,
  { most = MAX_PAGES, limit = PAGE_LIMIT }: Paging<Row>,
  seen: ListPass<Row>,
  pages: number,
): Promise<Listing<Row>> {
  for (let number = 1; number <= pages; number += 1) {
    const page = await read(number, limit)
    const isDown = seen.add(page, number + 1)
    if (page.unreadable > 0)
      return seen.end('incomplete', 'a row that came while the list was read cannot be read')
    if (isDown) return seen.end(null)
    if (page.rows.length === 0) return seen.end('incomplete', 'the list changed while it was read')
  }
  return seen.end('too-long', `more than ${most} pages`)
}
