import type { z } from 'zod'
import type { Gap } from '../../core/model/evidence.js'
import { gap } from '../../core/model/evidence.js'
import type { Query } from '../http.js'
import type { Page } from '../pager.js'
import { byId, PAGE_LIMIT, readPages } from '../pager.js'
import type { Reading } from '../port.js'
import type { Connection } from './connection.js'
import type { Malformed } from './rows.js'
import { parseRows, rowsIn, totalUnder } from './rows.js'

/** What to read and how to know its rows. */
interface ListQuestion<Row> {
  readonly what: string
  /** Below the repository. */
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

/** The first page of a list; complete only where the server counts no more rows than it shows. */
export interface FirstPage<Row> extends Reading<readonly Row[]> {
  readonly complete: boolean
  /** As the reading of the whole list goes on from it; `null` where a row cannot be read. */
  readonly page: Page<Row> | null
}

/** A page as it came, with the rows that cannot be read. */
interface ParsedPage<Row> extends Page<Row> {
  readonly malformed: readonly Malformed[]
}

/** Where a list and its rows are: a repository of a server. */
type Where = Pick<Connection, 'http' | 'root'>

/** One page, its rows wherever they stand. */
async function pageOf<Row>(
  { http, root }: Where,
  { path, key, schema, query }: ListQuestion<Row>,
  page: number,
): Promise<ParsedPage<Row>> {
  const { body, total, at } = await http.get(`${root}${path}`, {
    ...query,
    page,
    limit: PAGE_LIMIT,
  })
  const { rows, malformed } = parseRows(schema, rowsIn(body, key))
  // A combined status counts its own page under total_count; every other list counts itself there
  // (docs/forge-facts.md, 1.3, 4.2, 4.3).
  const counts = key === 'workflow_runs' || key === 'jobs'
  return {
    rows,
    malformed,
    unreadable: malformed.length,
    total: total ?? (counts ? totalUnder(body) : null),
    at,
  }
}

/** A whole list, its unreadable rows and missing pages as gaps. */
export async function readList<Row extends { readonly id: number }>(
  on: Where,
  question: ListQuestion<Row>,
): Promise<Reading<readonly Row[]>> {
  const { what, enough, newestFirst, known, most } = question
  const malformed: Malformed[] = []
  const read = async (number: number): Promise<Page<Row>> => {
    if (number === 1 && known !== undefined) return known
    const page = await pageOf(on, question, number)
    malformed.push(...page.malformed)
    return page
  }
  const found = await readPages(read, {
    keyed: byId,
    ...(enough === undefined ? {} : { enough }),
    ...(newestFirst === true ? { newestFirst } : {}),
    ...(most === undefined ? {} : { most }),
  })
  const missing = found.gap === null ? [] : [gap(what, found.gap.cause, found.gap.detail)]
  return { value: found.rows, gaps: [...gapsOf(what, malformed), ...missing], at: found.at }
}

/** The first page of a list alone. A row that comes twice stands in the place of another. */
export async function readFirstPage<Row extends { readonly id: number }>(
  on: Where,
  question: ListQuestion<Row>,
): Promise<FirstPage<Row>> {
  const page = await pageOf(on, question, 1)
  const { rows, malformed, total, at } = page
  const good = malformed.length === 0
  const distinct = new Set(rows.map(({ id }) => id)).size
  return {
    value: rows,
    gaps: gapsOf(question.what, malformed),
    at,
    complete: good && total === rows.length && total === distinct,
    page: good ? page : null,
  }
}

/** Each row that cannot be read, as a gap of its context. */
export const gapsOf = (what: string, malformed: readonly Malformed[]): readonly Gap[] =>
  malformed.map(({ context, why }) =>
    gap(what, 'malformed', `a row cannot be read: ${why}`, context),
  )
