import { z } from 'zod'
import type { Pull } from '../../core/model/evidence.js'
import type { ReadPage } from '../pager.js'
import { readPages } from '../pager.js'
import { ForgeError } from '../port.js'
import { parseOne } from '../schema.js'
import { hasNextPage } from './client.js'
import type { Repository } from './repository.js'
import { WireListedPull } from './wire.js'

const PAGE = 100
const MAX_PAGES = 100

/** A pull request where it stands. */
const placeOf = ({ number, head }: Pull): string => `${number} ${head}`

export const byPlace = (pulls: readonly Pull[]): readonly (readonly [string, Pull])[] =>
  pulls.map(pull => [placeOf(pull), pull])

const toPull = (row: z.infer<typeof WireListedPull>): Pull => ({
  number: row.number,
  title: row.title,
  head: row.head.sha,
  base: row.base.ref,
  baseSha: row.base.sha,
  draft: row.draft ?? false,
})

async function listOnce({ client, root }: Repository): Promise<readonly Pull[]> {
  const path = `${root}/pulls`
  const read: ReadPage<Pull> = async (page, limit) => {
    const asked = { state: 'open', sort: 'created', direction: 'asc', per_page: limit, page }
    const answer = await client.get(path, asked)
    const rows = parseOne(z.array(WireListedPull), answer.body, `GET ${path}`).map(toPull)
    // A full page has another one behind it, whether or not a proxy passed the link on.
    const more = hasNextPage(answer) || rows.length >= limit
    return { rows, unreadable: 0, total: null, more, at: answer.at }
  }
  const found = await readPages(read, { keyed: byPlace, most: MAX_PAGES, limit: PAGE, once: true })
  if (found.gap !== null)
    throw new ForgeError('unexpected-shape', `GET ${path}: ${found.gap.detail}`)
  return found.rows
}

/**
 * Every open pull request, without a word of its checks. Pages by number lose a row where one
 * before it is closed between two of them, so that a list of several pages is read twice, and both
 * readings must agree. Throws `ForgeError`.
 */
export async function pullsByRest(repository: Repository): Promise<readonly Pull[]> {
  const first = await listOnce(repository)
  if (first.length < PAGE) return first
  const again = await listOnce(repository)
  const known = new Set(first.map(placeOf))
  const agree = again.length === first.length && again.every(pull => known.has(placeOf(pull)))
  if (!agree)
    throw new ForgeError(
      'unexpected-shape',
      'the open pull requests changed while they were listed',
    )
  return again
}
