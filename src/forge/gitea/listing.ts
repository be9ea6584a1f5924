import type { z } from 'zod'
import type { Gap } from '../../core/model/evidence.js'
import type { Listing, Page } from './pages.js'
import { readPages } from './pages.js'
import type { Reading } from '../port.js'
import { ForgeError } from '../port.js'
import type { Answer } from './answer.js'
import type { Query, Transport } from './transport.js'
import type { Malformed } from './wire.js'
import { parseRows, rowsUnder, totalUnder } from './wire.js'

/** What to read and how to know its rows. */
export interface ListQuestion<Row> {
  readonly what: string
  readonly path: string
  /** The key the rows stand under; `null` when the body is the list. */
  readonly key: string | null
  readonly schema: z.ZodType<Row>
  readonly query?: Query
  readonly enough?: (rows: readonly Row[]) => boolean
  /** Does the list come highest id first, with new rows on top? */
  readonly newestFirst?: boolean
}

/** Lists below one repository's API root. */
export interface Lists {
  /** One answer; a 404 throws. */
  get(path: string, query?: Query): Promise<Answer>
  /** A whole list, its unreadable rows and missing pages as gaps. */
  read<Row extends { readonly id: number }>(
    question: ListQuestion<Row>,
  ): Promise<Reading<readonly Row[]>>
}

export function openLists(transport: Transport, root: string): Lists {
  async function get(path: string, query: Query = {}): Promise<Answer> {
    const answer = await transport.get(`${root}${path}`, query)
    if (answer.status === 404) throw new ForgeError('not-found', `GET ${root}${path}: 404`)
    return answer
  }

  async function read<Row extends { readonly id: number }>({
    what,
    path,
    key,
    schema,
    query,
    enough,
    newestFirst,
  }: ListQuestion<Row>): Promise<Reading<readonly Row[]>> {
    const malformed: Malformed[] = []
    // A combined status counts its own page under total_count; every other list counts itself there
    // (docs/forge-facts.md, 1.3, 4.2, 4.3).
    const counts = key === 'workflow_runs' || key === 'jobs'
    const page = async (number: number, limit: number): Promise<Page<Row>> => {
      const { body, total, at } = await get(path, { ...query, page: number, limit })
      const parsed = parseRows(schema, rowsUnder(body, key))
      malformed.push(...parsed.malformed)
      return {
        rows: parsed.rows,
        unreadable: parsed.malformed.length,
        total: total ?? (counts ? totalUnder(body) : null),
        at,
      }
    }
    const id = (row: Row): number => row.id
    const found: Listing<Row> = await readPages(page, {
      key: id,
      ...(enough === undefined ? {} : { enough }),
      ...(newestFirst === true ? { newestFirst: id } : {}),
    })
    const gaps: Gap[] = malformed.map(({ context, why }) => ({
      what,
      cause: 'malformed',
      context,
      detail: `a row cannot be read: ${why}`,
    }))
    if (found.gap !== null)
      gaps.push({ what, cause: found.gap.cause, context: null, detail: found.gap.detail })
    return { value: found.rows, gaps, at: found.at }
  }

  return { get, read }
}
