import { timeOf } from './clock.js'
import type { Profile } from './profile.js'
import type { ForgeState, StatusRow } from './state.js'

/** A row to be written; the index and the instant are the server's. */
interface RowDraft {
  readonly context: string
  readonly state: string
  readonly description?: string
  readonly targetUrl?: string
  readonly creator: number
  readonly hash?: string
}

/**
 * Write one row: trimmed texts, the next index of that SHA, no check of the state (
 * docs/forge-facts.md, 1.1).
 */
export function writeRow(forge: ForgeState, sha: string, draft: RowDraft): StatusRow {
  const rows = (forge.rows[sha] ??= [])
  const context = draft.context.trim()
  const row: StatusRow = {
    index: (rows.at(-1)?.index ?? 0) + 1,
    context,
    hash: draft.hash ?? context,
    state: draft.state,
    description: (draft.description ?? '').trim(),
    targetUrl: (draft.targetUrl ?? '').trim(),
    creator: draft.creator,
    created: timeOf(forge.clock),
  }
  rows.push(row)
  return row
}

/**
 * The latest row of each hash, lowest index first, as SQLite hands them out (docs/forge-facts.md,
 * 1.3; order seen in every recording).
 */
export function latestRows(forge: ForgeState, sha: string): StatusRow[] {
  const byHash = new Map<string, StatusRow>()
  for (const row of forge.rows[sha] ?? []) {
    const known = byHash.get(row.hash)
    if (known === undefined || isLater(forge, row, known)) byHash.set(row.hash, row)
  }
  return [...byHash.values()].sort((a, b) => a.index - b.index)
}

/** All rows of a commit, filtered and in one of the orders of the API. */
export function historyRows(forge: ForgeState, sha: string, sort = '', state = ''): StatusRow[] {
  return filteredHistory(forge.rows[sha] ?? [], { sort, state }, row => row)
}

/**
 * Rows filtered and in one of the orders of the API; `leastindex` is newest first (sic), ties of
 * time stay in row order (docs/forge-facts.md, 1.4).
 */
export function filteredHistory<Row>(
  all: readonly Row[],
  { sort, state }: { readonly sort: string; readonly state: string },
  read: (row: Row) => Pick<StatusRow, 'created' | 'index' | 'state'>,
): Row[] {
  const rows = all.filter(row => !FILTERABLE.has(state) || read(row).state === state)
  const index = (row: Row) => read(row).index
  const second = (row: Row) => Math.floor(read(row).created / 1000)
  switch (sort) {
    case 'leastindex':
      return rows.sort((a, b) => index(b) - index(a))
    case 'highestindex':
      return rows.sort((a, b) => index(a) - index(b))
    case 'oldest':
    case 'leastupdate':
      return rows.sort((a, b) => second(a) - second(b))
    default:
      return rows.sort((a, b) => second(b) - second(a))
  }
}

/** The state of a combined status over the states of one page (docs/forge-facts.md, 1.3). */
export function combinedState(profile: Profile, states: readonly string[]): string {
  if (states.length === 0) return profile.emptyCombined === 'pending' ? 'pending' : ''
  if (profile.combinedState === 'combine') return combine(profile, states)
  let worst = ''
  for (const state of states) if (worst === '' || noBetterThan(state, worst)) worst = state
  return worst === 'error' ? 'failure' : worst
}

/**
 * Combine() of ≥1.25: any red is red, all green or skipped is green, everything else waits
 * (modules/commitstatus v1.25.5).
 */
export function combine(profile: Profile, states: readonly string[]): string {
  const red = ['error', 'failure', ...(profile.warningIsRed ? ['warning'] : [])]
  if (states.some(state => red.includes(state))) return 'failure'
  const isGreen = (state: string) => ['success', 'warning', 'skipped'].includes(state)
  return states.length > 0 && states.every(isGreen) ? 'success' : 'pending'
}

const FILTERABLE = new Set(['pending', 'success', 'error', 'failure', 'warning'])
const PRIORITY: Readonly<Record<string, number>> = {
  error: 0,
  failure: 1,
  warning: 2,
  pending: 3,
  success: 4,
}

/**
 * NoBetterThan of ≤1.24: false as soon as one of the two is not in its list
 * (modules/structs/commit_status.go v1.22.6:37-48).
 */
export function noBetterThan(state: string, than: string): boolean {
  const [a, b] = [PRIORITY[state], PRIORITY[than]]
  return a !== undefined && b !== undefined && a <= b
}

function isLater(forge: ForgeState, row: StatusRow, known: StatusRow): boolean {
  if (forge.profile.latestBy === 'id') return row.index > known.index
  return Math.floor(row.created / 1000) > Math.floor(known.created / 1000)
}
