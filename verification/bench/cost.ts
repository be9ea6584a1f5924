import type { ProfileName } from '../simulator/index.js'

/** The versions whose reads were timed on running servers (docs/forge-facts.md, 12). */
export const TIMED = [
  'gitea-1.22.6',
  'gitea-1.23.8',
  'gitea-1.26.4',
  'gitea-1.27.0',
  'forgejo-15',
] as const satisfies readonly ProfileName[]

export type TimedProfile = (typeof TIMED)[number]

/** The kinds of reads that were timed, and those that were not. */
export const ROUTES = [
  'list of pulls',
  'list of pulls as issues',
  'refs of pulls',
  'one pull',
  'combined status',
  'history',
  'other',
] as const

export type RouteKind = (typeof ROUTES)[number]

/** What one request costs a server, and whether that was timed or is a guess. */
interface Cost {
  readonly route: RouteKind
  readonly milliseconds: number
  readonly guessed: boolean
}

/** What nobody timed: near the cheapest read that was, on every version. */
export const GUESS = 5

/**
 * Milliseconds of each read, two cores and SQLite (docs/forge-facts.md, 12). A list was timed with
 * so many rows.
 */
const TABLE: Readonly<
  Record<
    TimedProfile,
    {
      readonly pulls: number
      readonly issues: number
      readonly refs: { readonly milliseconds: number; readonly rows: number }
      readonly combined: number
      readonly history: number
    }
  >
> = {
  'gitea-1.22.6': {
    pulls: 830,
    issues: 25,
    combined: 36,
    history: 5.5,
    refs: { milliseconds: 20, rows: 300 },
  },
  'gitea-1.23.8': {
    pulls: 32,
    issues: 43,
    combined: 18,
    history: 5.7,
    refs: { milliseconds: 13, rows: 100 },
  },
  'gitea-1.26.4': {
    pulls: 22,
    issues: 29,
    combined: 10,
    history: 5.6,
    refs: { milliseconds: 21, rows: 100 },
  },
  'gitea-1.27.0': {
    pulls: 30,
    issues: 33,
    combined: 11,
    history: 6.3,
    refs: { milliseconds: 19, rows: 100 },
  },
  'forgejo-15': {
    pulls: 800,
    issues: 26,
    combined: 18,
    history: 5.3,
    refs: { milliseconds: 10, rows: 100 },
  },
}

/** Rows of the page on which the lists of pulls and issues were timed. */
const PAGE = 50

const REPOSITORY = /^\/api\/v1\/repos\/[^/]+\/[^/]+(\/.*)?$/

/** Which kind of read a request is, by its method, its path and its query. */
export function routeOf(method: string, path: string, query: URLSearchParams): RouteKind {
  const below = method === 'GET' ? (REPOSITORY.exec(path)?.[1] ?? '') : ''
  if (below === '/pulls') return 'list of pulls'
  if (below === '/issues' && query.get('type') === 'pulls') return 'list of pulls as issues'
  if (/^\/git\/refs\/pull(?:\/.*)?$/.test(below)) return 'refs of pulls'
  if (/^\/pulls\/\d+$/.test(below)) return 'one pull'
  // Both ask git what the ref is (docs/forge-facts.md, 12).
  if (/^\/commits\/[^/]+\/status(?:es)?$/.test(below)) return 'combined status'
  return /^\/statuses\/[^/]+$/.test(below) ? 'history' : 'other'
}

/** A list costs by its rows, and never less than the guess for any read. */
const byRows = (milliseconds: number, timed: number, rows: number): number =>
  Math.max(GUESS, (milliseconds * rows) / timed)

/**
 * What a request costs this server; `rows` is how many its answer lists. Lists are taken to cost by
 * the row, as the list of pulls does on Gitea 1.22 and Forgejo: 16 ms each. One pull is a guess: a
 * row of that list there, and `GUESS` elsewhere.
 */
export function costOf(profile: TimedProfile, route: RouteKind, rows: number): Cost {
  const table = TABLE[profile]
  const timed = (milliseconds: number): Cost => ({ route, milliseconds, guessed: false })
  switch (route) {
    case 'list of pulls':
      return timed(byRows(table.pulls, PAGE, rows))
    case 'list of pulls as issues':
      return timed(byRows(table.issues, PAGE, rows))
    case 'refs of pulls':
      return timed(byRows(table.refs.milliseconds, table.refs.rows, rows))
    case 'combined status':
      return timed(table.combined)
    case 'history':
      return timed(table.history)
    case 'one pull':
      return { ...timed(byRows(table.pulls, PAGE, 1)), guessed: true }
    case 'other':
      return { route, milliseconds: GUESS, guessed: true }
  }
}
