import type { Pull } from '../../core/model/evidence.js'
import type { OpenPulls, PullNow } from '../port.js'
import { ForgeError } from '../port.js'
import { parseOne } from '../shape.js'
import type { ListAnswer } from './answer.js'
import type { Reads } from './connection.js'
import type { Page } from './pages.js'
import { readPages } from './pages.js'
import { rowSchemas, toPull } from './wire.js'

/** A pull request read by itself: also what a cheap list does not tell of it. */
export interface WholePull extends PullNow {
  readonly pull: Pull
}

/** Twenty thousand open pull requests; without them all, none may be judged. */
const MOST_PAGES = 400

type ReadPage<Row> = (page: number, limit: number) => Promise<Page<Row>>

/** So many pages are asked for before they are needed. */
const PAGES_AHEAD = 2

/**
 * The first page tells how many there are: of the others a few are always under way, not one after
 * the other. What comes of them is looked at in their order all the same. Few, because answers that
 * wait for hundreds of others grow old, and are then kept far longer than they are needed.
 */
function ahead<Row>(read: ReadPage<Row>): ReadPage<Row> {
  const asked = new Map<number, Promise<Page<Row>>>()
  let [next, last] = [2, 1]
  const ask = (limit: number): void => {
    for (; next <= last && asked.size < PAGES_AHEAD; next += 1) {
      const coming = read(next, limit)
      // Whoever asks for it is told; nobody may.
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
    const { rows, unreadable, total } = page
    const size = rows.length + unreadable
    // What was asked for by an earlier first page is of another list.
    asked.clear()
    next = 2
    last = total === null || size === 0 ? 1 : Math.min(MOST_PAGES, Math.ceil(total / size))
    ask(limit)
    return page
  }
}

/** Reads pages of open pull requests until all are in hand; throws where they cannot be. */
async function allOf<Row extends { readonly number: number }>(
  read: ReadPage<Row>,
): Promise<readonly Row[]> {
  const found = await readPages<Row>(ahead(read), {
    ...{ key: ({ number }) => number, steady: true, most: MOST_PAGES },
  })
  if (found.gap === null) return found.rows
  throw new ForgeError(
    'unexpected-shape',
    `the list of open pull requests is not complete: ${found.gap.detail}`,
  )
}

/** One copy of each text: thousands of pull requests have the same base. */
function copies(): (text: string) => string {
  const known = new Map<string, string>()
  return text => {
    const first = known.get(text)
    if (first === undefined) known.set(text, text)
    return first ?? text
  }
}

/** A page of which only open pull requests count: others are rows, but of no use. */
const openOf = <Row>({ value, total, at }: ListAnswer<readonly (Row | null)[]>): Page<Row> => {
  const rows = value.filter(row => row !== null)
  return { rows, unreadable: value.length - rows.length, total, at }
}

/** The open pull requests by their own list, which tells everything of them. */
export async function openPulls({ lists, root }: Reads): Promise<OpenPulls> {
  const one = copies()
  const pulls = await allOf(async (page, limit): Promise<Page<Pull>> => {
    // `state` absent means all states; `oldest` is stable while pulls are opened
    // (docs/forge-facts.md, 7).
    const query = { state: 'open', sort: 'oldest', page, limit }
    const read = (raw: unknown, index: number): Pull | null => {
      const what = `GET ${root}/pulls, page ${page}, row ${index + 1}`
      const row = parseOne(rowSchemas.pull(), raw, what)
      return row.state === 'open' ? toPull(row, one) : null
    }
    return openOf(await lists.list('/pulls', query, rows => Array.from(rows, read)))
  })
  return { pulls }
}

/** One pull request, with the tip of its branch as its head (docs/forge-facts.md, 7). */
export async function wholePull({ lists, root }: Reads, number: number): Promise<WholePull> {
  const { body } = await lists.get(`/pulls/${number}`)
  const row = parseOne(rowSchemas.pull(), body, `GET ${root}/pulls/${number}`)
  if (row.number !== number)
    throw new ForgeError('unexpected-shape', `GET ${root}/pulls/${number} told of #${row.number}`)
  return { open: row.state === 'open', head: row.head.sha, pull: toPull(row) }
}

type PullIssue = Pick<Pull, 'number' | 'title' | 'draft'>

/** The open pull requests as issues: cheap, and without their heads. */
function pullIssues({ lists, root }: Reads): Promise<readonly PullIssue[]> {
  return allOf(async (page, limit): Promise<Page<PullIssue>> => {
    const query = { type: 'pulls', state: 'open', page, limit }
    const read = (raw: unknown, index: number): PullIssue | null => {
      const what = `GET ${root}/issues, page ${page}, row ${index + 1}`
      const { number, title, state, pull_request } = parseOne(rowSchemas.pullIssue(), raw, what)
      return state === 'open' ? { number, title, draft: pull_request.draft } : null
    }
    return openOf(await lists.list('/issues', query, rows => Array.from(rows, read)))
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

/** The heads that the refs of these pull requests name; one without a ref is left out. */
async function headsByRef(
  { lists, root }: Reads,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const highest = Math.max(...numbers)
  const together = highest <= Math.min(MOST_REFS, REFS_FOR_ONE_REQUEST * numbers.length)
  const heads = new Map<number, string>()
  const read = (raw: unknown, path: string): void => {
    const { ref, object } = parseOne(rowSchemas.ref(), raw, `GET ${root}${path}`)
    const number = isRefOf.exec(ref)?.[1]
    if (number !== undefined && object.type === 'commit') heads.set(Number(number), object.sha)
  }
  const readAll = (path: string): Promise<unknown> =>
    lists.list(path, {}, rows => {
      for (const raw of rows) read(raw, path)
    })
  // A ref that alone bears the name that was asked for comes as an object, not as a list.
  const readOne = async (path: string): Promise<void> => {
    const { body } = await lists.get(path)
    for (const raw of Array.isArray(body) ? body : [body]) read(raw, path)
  }
  await Promise.all(
    together
      ? [readAll('/git/refs/pull').catch(withoutRef)]
      : numbers.map(number => readOne(`/git/refs/pull/${number}/head`).catch(withoutRef)),
  )
  return heads
}

/**
 * All pull requests, open or closed, by the commits their refs name now. The refs of one repository
 * come in one list without pages; one that is larger than an answer may be is refused there.
 */
export async function pullsByRef({
  lists,
  root,
}: Reads): Promise<ReadonlyMap<string, readonly number[]>> {
  const path = '/git/refs/pull'
  const pulls = new Map<string, number[]>()
  const read = (raw: unknown): void => {
    const { ref, object } = parseOne(rowSchemas.ref(), raw, `GET ${root}${path}`)
    const number = isRefOf.exec(ref)?.[1]
    if (number === undefined) return
    const here = pulls.get(object.sha)
    if (here === undefined) pulls.set(object.sha, [Number(number)])
    else here.push(Number(number))
  }
  await lists.list(path, {}, rows => {
    for (const raw of rows) read(raw)
  })
  return pulls
}

/** No such ref: the pull request is read by itself. Anything else ends this way of listing. */
function withoutRef(error: unknown): void {
  if (!(error instanceof ForgeError) || error.code !== 'not-found') throw error
}

/**
 * The open pull requests where their own list costs the server 16 ms for each of them
 * (docs/forge-facts.md, 12): numbers by the list of issues, heads by their refs. The refs come
 * after the numbers, so that none is older than its pull request; one that has no ref is read by
 * itself. What this list does not tell stays empty until a pull request is read. An empty list is
 * not believed: a token that may not see pull requests can be shown none.
 */
async function byIssues(reads: Reads): Promise<OpenPulls | null> {
  const issues = await pullIssues(reads)
  if (issues.length === 0) return null
  const heads = await headsByRef(
    reads,
    issues.map(({ number }) => number),
  )
  const known = issues.flatMap(({ number, title, draft }): Pull[] => {
    const head = heads.get(number)
    return head === undefined ? [] : [{ number, title, head, base: '', baseSha: '', draft }]
  })
  const others = issues.filter(({ number }) => !heads.has(number))
  const read = await Promise.all(others.map(({ number }) => wholePull(reads, number)))
  const open = read.flatMap(({ open, pull }) => (open ? [pull] : []))
  return { pulls: [...known, ...open].sort((a, b) => a.number - b.number) }
}

/**
 * The open pull requests by the cheapest list that misses none. Where the cheap one is refused, cut
 * short or not understood, their own list has the word.
 */
export async function listPulls(reads: Reads): Promise<OpenPulls> {
  if (!reads.dialect.dearPullList) return openPulls(reads)
  try {
    return (await byIssues(reads)) ?? (await openPulls(reads))
  } catch (error) {
    if (!(error instanceof ForgeError) || error.code === 'out-of-time') throw error
    return openPulls(reads)
  }
}
