import type { z } from 'zod'
import type { Gap } from '../../core/model/evidence.js'
import type { Listing, Page } from './pages.js'
import { PAGE_LIMIT, readPages } from './pages.js'
import type { Reading } from '../port.js'
import { ForgeError } from '../port.js'
import type { Answer, ListAnswer } from './answer.js'
import type { Query, Transport } from './transport.js'
import type { Malformed } from './rows.js'
import { parseRows, rowsUnder, totalUnder } from './rows.js'

/** What to read and how to know its rows. */
export interface ListQuestion<Row> {
  readonly what: string
  readonly path: string
  /** The key the rows stand under; `null` when the body is the list. */
  readonly key: string | null
  readonly schema: z.ZodType<Row>
  readonly query?: Query
  readonly enough?: (rows: readonly Row[]) => boolean
  /** After so many pages the list is a gap. */
  readonly most?: number
  /** Does the list come highest id first, with new rows on top? */
  readonly newestFirst?: boolean
  /** The first page, where it was read before: it is not asked for again. */
  readonly known?: Page<Row>
}

/** Lists below one repository's API root. */
export interface Lists {
  /** One answer; a 404 throws. */
  get(path: string, query?: Query): Promise<Answer>
  /** One answer that is a list, of which only what `make` returns is kept; a 404 throws. */
  list<T>(path: string, query: Query, make: (rows: Iterable<unknown>) => T): Promise<ListAnswer<T>>
  /** A whole list, its unreadable rows and missing pages as gaps. */
  read<Row extends { readonly id: number }>(
    question: ListQuestion<Row>,
  ): Promise<Reading<readonly Row[]>>
  /** Its first page alone. */
  first<Row>(question: ListQuestion<Row>): Promise<FirstPage<Row>>
}

/** The first page of a list; complete only where the server counts no more rows than it shows. */
export interface FirstPage<Row> extends Reading<readonly Row[]> {
  readonly complete: boolean
  /** As the reading of the whole list goes on from it; `null` where a row cannot be read. */
  readonly page: Page<Row> | null
}

/** A page as it came, with the rows that cannot be read. */
interface ParsedPage<Row> extends Pick<Page<Row>, 'rows' | 'total' | 'at'> {
  readonly malformed: readonly Malformed[]
}

/** One page, its rows wherever they stand. */
async function pageOf<Row>(
  lists: Pick<Lists, 'get' | 'list'>,
  { path, key, schema }: ListQuestion<Row>,
  query: Query,
): Promise<ParsedPage<Row>> {
  if (key === null) {
    const { value, total, at } = await lists.list(path, query, rows => parseRows(schema, rows))
    return { rows: value.rows, malformed: value.malformed, total, at }
  }
  const { body, total, at } = await lists.get(path, query)
  const { rows, malformed } = parseRows(schema, rowsUnder(body, key))
  // A combined status counts its own page under total_count; every other list counts itself there
  // (docs/forge-facts.md, 1.3, 4.2, 4.3).
  const counts = key === 'workflow_runs' || key === 'jobs'
  return { rows, malformed, total: total ?? (counts ? totalUnder(body) : null), at }
}

export function openLists(transport: Transport, root: string): Lists {
  async function get(path: string, query: Query = {}): Promise<Answer> {
    const answer = await transport.get(`${root}${path}`, query)
    if (answer.status === 404) throw new ForgeError('not-found', `GET ${root}${path}: 404`)
    return answer
  }

  const one: Pick<Lists, 'get' | 'list'> = {
    get,
    list: (path, query, make) => transport.list(`${root}${path}`, query, make),
  }

  async function read<Row extends { readonly id: number }>(
    question: ListQuestion<Row>,
  ): Promise<Reading<readonly Row[]>> {
    const { what, query, enough, newestFirst, known, most } = question
    const unreadable: Malformed[] = []
    const page = async (number: number, limit: number): Promise<Page<Row>> => {
      if (number === 1 && known !== undefined) return known
      const asked = { ...query, page: number, limit }
      const { rows, malformed, total, at } = await pageOf(one, question, asked)
      for (const row of malformed) unreadable.push(row)
      return { rows, unreadable: malformed.length, total, at }
    }
    const id = (row: Row): number => row.id
    const found: Listing<Row> = await readPages(page, {
      key: id,
      ...(enough === undefined ? {} : { enough }),
      ...(newestFirst === true ? { newestFirst: id } : {}),
      ...(most === undefined ? {} : { most }),
    })
    const gaps: Gap[] = gapsOf(what, unreadable)
    if (found.gap !== null)
      gaps.push({ what, cause: found.gap.cause, context: null, detail: found.gap.detail })
    return { value: found.rows, gaps, at: found.at }
  }

  async function first<Row>(question: ListQuestion<Row>): Promise<FirstPage<Row>> {
    const { what, query } = question
    // One of these is made for every head; a spread would make each a shape of its own.
    const asked = Object.assign({ page: 1, limit: PAGE_LIMIT }, query)
    const { rows, malformed, total, at } = await pageOf(one, question, asked)
    const good = malformed.length === 0
    const complete = total !== null && good && total === rows.length
    const page = good ? { rows, unreadable: 0, total, at } : null
    return { value: rows, gaps: gapsOf(what, malformed), at, complete, page }
  }

  return { ...one, read, first }
}

/** Each row that cannot be read, as a gap of its context. */
const gapsOf = (what: string, malformed: readonly Malformed[]): Gap[] =>
  malformed.map(({ context, why }) => ({
    ...{ what, cause: 'malformed', context },
    detail: `a row cannot be read: ${why}`,
  }))
