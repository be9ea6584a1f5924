import type { Author, SignedRow, StatusState } from '../../core/model/status.js'
import { readMarker } from '../../core/model/marker.js'
import type { JobKey, RowId, RunKey } from '../../core/model/ids.js'
import type { Instant } from '../../core/model/time.js'
import { gap } from '../../core/model/evidence.js'
import type { ReadPage } from '../pager.js'
import { byId, readPages } from '../pager.js'
import type { Reading } from '../port.js'
import { parseOne } from '../schema.js'
import type { Client } from './client.js'
import { hasNextPage } from './client.js'
import { instantOf } from './sightings.js'
import { statusState } from './states.js'
import type { StatusJson } from './wire.js'
import { WireStatus } from './wire.js'
import { z } from 'zod'

/** The login of what a workflow's own token writes, in REST and in GraphQL. */
const ACTIONS_LOGINS = ['github-actions[bot]', 'github-actions']

/** A status before anybody has established who wrote it. */
interface PlainStatus {
  readonly id: number
  readonly context: string
  readonly state: string
  readonly description: string
  readonly targetUrl: string
  readonly creator: { readonly login: string; readonly bot: boolean } | null
  readonly createdAt: Instant
}

/**
 * Who wrote a status: us by our mark, Actions by its app and a link to a run, else somebody.
 * Whether that run is one of this pull request is asked where its runs are known.
 */
function authorOf({ description, creator, targetUrl }: PlainStatus, state: StatusState): Author {
  const mark = readMarker(description)
  if (mark !== null) return { kind: 'us', mark }
  const run = /\/actions\/runs\/(\d{1,15})(?:[/?#]|$)/.exec(targetUrl)?.[1]
  if (creator === null || !creator.bot || !ACTIONS_LOGINS.includes(creator.login))
    return { kind: 'foreign' }
  if (run === undefined) return { kind: 'foreign' }
  return {
    kind: 'actions',
    run: Number(run) as RunKey,
    job: 0 as JobKey,
    phase: state === 'success' ? 'success' : state === 'pending' ? 'running' : 'failure',
    took: null,
  }
}

export function signedRow(row: PlainStatus): SignedRow {
  const state = statusState(row.state)
  return {
    id: row.id as RowId,
    context: row.context,
    state,
    description: row.description,
    targetUrl: row.targetUrl,
    creator: row.creator?.login ?? null,
    createdAt: row.createdAt,
    author: authorOf(row, state),
    phantom: false,
  }
}

/** A status that links to a run which is none of these is somebody's: a veto, if it is red. */
export function ofThese(rows: readonly SignedRow[], runs: ReadonlySet<number>): SignedRow[] {
  return rows.map(row =>
    row.author.kind === 'actions' && !runs.has(row.author.run)
      ? { ...row, author: { kind: 'foreign' } }
      : row,
  )
}

const plainOf = (json: StatusJson): PlainStatus => ({
  id: json.id,
  context: json.context,
  state: json.state,
  description: json.description ?? '',
  targetUrl: json.target_url ?? '',
  creator:
    json.creator == null ? null : { login: json.creator.login, bot: json.creator.type === 'Bot' },
  createdAt: instantOf(json.created_at, 'a status'),
})

export const readStatus = (body: unknown, what: string): SignedRow =>
  signedRow(plainOf(parseOne(WireStatus, body, what)))

/** Of so many pages no commit has more that anybody reads: GitHub keeps 1,000 a context. */
const MAX_PAGES = 20
const PAGE = 100

/** Every status of a commit above a mark, newest first. Throws `ForgeError`. */
export async function readStatuses(
  client: Client,
  root: string,
  { sha, above }: { readonly sha: string; readonly above: number },
): Promise<Reading<readonly SignedRow[]>> {
  const path = `${root}/commits/${sha}/statuses`
  const read: ReadPage<SignedRow> = async (page, limit) => {
    const answer = await client.get(path, { per_page: limit, page })
    const rows = parseOne(z.array(WireStatus), answer.body, `GET ${path}`)
    return {
      rows: rows.map(json => signedRow(plainOf(json))),
      unreadable: 0,
      total: null,
      // A full page has another one behind it, whether or not a proxy passed the link on.
      more: hasNextPage(answer) || rows.length >= PAGE,
      at: answer.at,
    }
  }
  const found = await readPages(read, {
    keyed: byId,
    enough: rows => rows.some(({ id }) => id <= above),
    most: MAX_PAGES,
    limit: PAGE,
    once: true,
  })
  const value = found.rows.filter(({ id }) => id > above)
  const gaps = found.gap === null ? [] : [gap('statuses', found.gap.cause, found.gap.detail)]
  return { value, gaps, at: found.at }
}
