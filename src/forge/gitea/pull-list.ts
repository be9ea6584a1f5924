import type { Pull, ListedPull } from '../../core/model/evidence.js'
import type { OpenPulls, PullNow, ListedPulls } from '../port.js'
import { ForgeError } from '../port.js'
import { parseOne, parseNumbered } from '../schema.js'
import type { Query } from '../http.js'
import type { Page, ReadPage } from '../pager.js'
import { readPages } from '../pager.js'
import type { Connection } from './connection.js'
import { eachOf } from '../retry.js'
import { rowsIn } from './rows.js'
import type { PullRow } from './wire.js'
import { rowSchemas, toPull } from './wire.js'

/** A pull request read by itself: also what a cheap list does not tell of it. */
export interface WholePull extends PullNow {
  readonly pull: Pull
}

/** Twenty thousand open pull requests; without them all, none may be judged. */
const MOST_PAGES = 400

/** So many pages are asked for before they are needed. */
const PAGES_AHEAD = 2

/** How many pages the first one says there are; 1 where it does not. */
function lastPage({ rows, unreadable, total }: Page<unknown>): number {
  const size = rows.length + unreadable
  return total === null || size === 0 ? 1 : Math.min(MOST_PAGES, Math.ceil(total / size))
}

/**
 * The first page tells how many there are: of the others a few are always under way, not one after
 * the other. What comes of them is looked at in their order all the same.
 */
function ahead<Row>(read: ReadPage<Row>): ReadPage<Row> {
  const asked = new Map<number, Promise<Page<Row>>>()
  let [next, last] = [2, 1]
  const ask = (limit: number): void => {
    for (; next <= last && asked.size < PAGES_AHEAD; next += 1) {
      const coming = read(next, limit)
      // Whoever awaits it gets the error; where nobody does, it is no unhandled rejection.
      coming.catch(() => undefined)
      asked.set(next, coming)
    }
  }
  return async (number, limit) => {
    if (number > 1) {
      const known = asked.get(number)
      asked.delete(number)
      ask(limit)
      return known ?? read(number, limit)
    }
    const page = await read(number, limit)
    // What was asked for by an earlier first page is of another list.
    asked.clear()
    next = 2
    last = lastPage(page)
    ask(limit)
    return page
  }
}

/** Reads pages of open pull requests until all are in hand; throws where they cannot be. */
async function allOf<Row extends { readonly number: number }>(
  read: ReadPage<Row>,
): Promise<readonly Row[]> {
  const found = await readPages<Row>(ahead(read), {
    keyed: rows => rows.map(row => [row.number, row]),
    steady: true,
    most: MOST_PAGES,
  })
  if (found.gap === null) return found.rows
  throw new ForgeError(
    'unexpected-shape',
    `the list of open pull requests is not complete: ${found.gap.detail}`,
  )
}

/** What is read of one open pull request in a list; `null` for one that is not open. */
type ReadRow<Row> = (raw: unknown, what: string) => Row | null

/** A list of pull requests, of which only open ones count: others are rows, but of no use. */
function pullListing<Row extends { readonly number: number }>(
  { http, root }: Connection,
  path: string,
  query: Query,
  read: ReadRow<Row>,
): Promise<readonly Row[]> {
  return allOf(async (page, limit) => {
    const { body, total, at } = await http.get(`${root}${path}`, { ...query, page, limit })
    const all = rowsIn(body, null)
    const rows = all
      .map((raw, index) => read(raw, `GET ${root}${path}, page ${page}, row ${index + 1}`))
      .filter(row => row !== null)
    return { rows, unreadable: all.length - rows.length, total, at }
  })
}

/** The open pull requests by their own list, which tells everything of them. */
export async function openPulls(on: Connection): Promise<OpenPulls> {
  // `state` absent means all states; `oldest` is stable while pulls are opened
  // (docs/forge-facts.md, 7).
  const query = { state: 'open', sort: 'oldest' }
  const rows = await pullListing(on, '/pulls', query, (raw, what): PullRow | null => {
    const row = parseOne(rowSchemas.pull(), raw, what)
    return row.state === 'open' ? row : null
  })
  return { pulls: on.dialect.listsTips ? rows.map(toPull) : await atTips(on, rows) }
}

/**
 * Pull requests of one branch stand on one commit, whatever a list says that names their refs: it
 * lags behind for one that was closed while the branch moved (docs/forge-facts.md, 7). Where their
 * refs differ, each of them is read by itself.
 */
async function atTips(on: Connection, rows: readonly PullRow[]): Promise<readonly Pull[]> {
  const heads = new Map<string, Set<string>>()
  const branchOf = ({ head: { ref, repo_id } }: PullRow): string => `${repo_id} ${ref}`
  for (const row of rows)
    heads.set(branchOf(row), (heads.get(branchOf(row)) ?? new Set()).add(row.head.sha))
  const lags = (row: PullRow): boolean =>
    row.head.ref !== '' && (heads.get(branchOf(row))?.size ?? 0) > 1
  return eachOf(rows, PAGES_AHEAD, async row =>
    lags(row) ? (await wholePull(on, row.number)).pull : toPull(row),
  )
}

/** One pull request, with the tip of its branch as its head (docs/forge-facts.md, 7). */
export async function wholePull({ http, root }: Connection, number: number): Promise<WholePull> {
  const { body } = await http.get(`${root}/pulls/${number}`)
  const row = parseNumbered(rowSchemas.pull(), body, `GET ${root}/pulls/${number}`, number)
  return { open: row.state === 'open', head: row.head.sha, pull: toPull(row) }
}

type PullIssue = Pick<Pull, 'number' | 'title' | 'draft'>

/** The open pull requests as issues: cheap, and without their heads. */
function pullIssues(on: Connection): Promise<readonly PullIssue[]> {
  const query = { type: 'pulls', state: 'open' }
  return pullListing(on, '/issues', query, (raw, what): PullIssue | null => {
    const { number, title, state, pull_request } = parseOne(rowSchemas.pullIssue(), raw, what)
    return state === 'open' ? { number, title, draft: pull_request.draft } : null
  })
}

/**
 * One list of all refs costs what a hundred of its refs cost one by one (docs/forge-facts.md, 12),
 * and it holds every pull request that was ever opened.
 */
const REFS_FOR_ONE_REQUEST = 100

/** Beyond this the list of all refs is megabytes. */
const MOST_REFS = 20_000

const isRefOf = /^refs\/pull\/(\d{1,15})\/head$/

/** The head that a ref of a pull request names. */
interface PullRef {
  readonly number: number
  readonly sha: string
  readonly isCommit: boolean
}

/**
 * The refs of pull requests below a path. A ref that alone bears the name that was asked for comes
 * as an object, not as a list.
 */
async function refsAt({ http, root }: Connection, path: string): Promise<readonly PullRef[]> {
  const { body } = await http.get(`${root}/git/refs/pull${path}`)
  const all = path === '' || Array.isArray(body) ? rowsIn(body, null) : [body]
  return all.flatMap(raw => {
    const { ref, object } = parseOne(rowSchemas.ref(), raw, `GET ${root}/git/refs/pull${path}`)
    const number = isRefOf.exec(ref)?.[1]
    if (number === undefined) return []
    return [{ number: Number(number), sha: object.sha, isCommit: object.type === 'commit' }]
  })
}

/** The heads that the refs of these pull requests name; one without a ref is left out. */
export async function headsByRef(
  on: Connection,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const highest = Math.max(...numbers)
  const together = highest <= Math.min(MOST_REFS, REFS_FOR_ONE_REQUEST * numbers.length)
  const paths = together ? [''] : numbers.map(number => `/${number}/head`)
  const refs = await Promise.all(paths.map(path => refsAt(on, path).catch(withoutRef)))
  const commits = refs.flat().filter(({ isCommit }) => isCommit)
  return new Map(commits.map(({ number, sha }) => [number, sha]))
}

/**
 * All pull requests, open or closed, by the commits their refs name now. The refs of one repository
 * come in one list without pages; one that is larger than an answer may be is refused there.
 */
export async function pullsByRef(on: Connection): Promise<ReadonlyMap<string, readonly number[]>> {
  const pulls = new Map<string, number[]>()
  for (const { number, sha } of await refsAt(on, ''))
    pulls.set(sha, [...(pulls.get(sha) ?? []), number])
  return pulls
}

/** No such ref: the pull request is read by itself. Anything else ends this way of listing. */
function withoutRef(error: unknown): readonly PullRef[] {
  if (error instanceof ForgeError && error.code === 'not-found') return []
  throw error
}

/**
 * The open pull requests where their own list costs the server 16 ms for each of them
 * (docs/forge-facts.md, 12): numbers by the list of issues, heads by their refs. The refs come
 * after the numbers, so that none is older than its pull request; one that has no ref is read by
 * itself. What this list does not tell is not known until a pull request is read. An empty list is
 * not believed: a token that may not see pull requests can be shown none.
 */
async function byIssues(on: Connection): Promise<ListedPulls | null> {
  const issues = await pullIssues(on)
  if (issues.length === 0) return null
  const heads = await headsByRef(
    on,
    issues.map(({ number }) => number),
  )
  const known = issues.flatMap(({ number, title, draft }): ListedPull[] => {
    const head = heads.get(number)
    return head === undefined ? [] : [{ number, title, head, base: null, baseSha: null, draft }]
  })
  const others = issues.filter(({ number }) => !heads.has(number))
  const read = await Promise.all(others.map(({ number }) => wholePull(on, number)))
  const open = read.flatMap(({ open, pull }) => (open ? [pull] : []))
  return { pulls: [...known, ...open].sort((a, b) => a.number - b.number) }
}

/**
 * The open pull requests by the cheapest list that misses none. Where the cheap one is refused, cut
 * short or not understood, their own list counts.
 */
export async function listPulls(on: Connection): Promise<ListedPulls> {
  if (!on.dialect.dearPullList) return openPulls(on)
  try {
    return (await byIssues(on)) ?? (await openPulls(on))
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code === 'out-of-time') throw error
    return openPulls(on)
  }
}
