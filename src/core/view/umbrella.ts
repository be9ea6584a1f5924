import type { Evidence } from '../model/evidence.js'
import type { SignedRow } from '../model/status.js'
import { isGreen, isRed } from '../model/status.js'

/**
 * The umbrella's row that is judged, or why no single row can be.
 */
export type Umbrella =
  | { readonly kind: 'row'; readonly row: SignedRow }
  | { readonly kind: 'missing'; readonly detail: string }
  | { readonly kind: 'ambiguous'; readonly detail: string }

/**
 * Finds the umbrella among the latest rows of its context, newest first. Two of them stand only
 * where a server keys rows by workflow: one red row of Actions beside green ones is the umbrella; a
 * red one beside a stranger's, or two red ones, is a commit that no posted status can open
 * (docs/forge-facts.md, 2.5).
 */
export function umbrellaOf(rows: readonly SignedRow[], context: string): Umbrella {
  const [first] = rows
  if (first === undefined) return { kind: 'missing', detail: `no ${context} on this commit` }
  const red = rows.filter(({ state }) => !isGreen(state) && state !== 'pending')
  if (
    rows.length > 1 &&
    red.length > 0 &&
    (red.length > 1 || rows.some(({ author }) => author.kind !== 'actions'))
  ) {
    const list = rows.map(row => `row ${row.id} ${row.state} by ${rowWriter(row)}`).join(', ')
    const posted = rows.some(({ author }) => author.kind !== 'actions')
    const why = posted
      ? "a status was posted beside Actions' own, and the gate combines both for good"
      : 'two workflows write it, and the gate combines both'
    return {
      kind: 'ambiguous',
      detail: `${rows.length} latest rows carry ${context}: ${list}; ${why}`,
    }
  }
  return { kind: 'row', row: red[0] ?? rows.find(({ state }) => state === 'pending') ?? first }
}

/** Who wrote a row, for a sentence. A workflow's token has no name. */
function rowWriter({ author, creator }: SignedRow): string {
  if (author.kind === 'actions') return 'Actions'
  const name = creator ?? 'a workflow token'
  return author.kind === 'us' ? `${name} (umbrella-reaper)` : name
}

/**
 * Which of these rows of others, newest first, decides what the umbrella says: the newest. But a
 * success of Actions does not decide over the red of a newer run. Over the pending of one it does:
 * a success equal to the row that stands is not written (docs/forge-facts.md, 2.3), a failure will
 * be.
 */
export function decidingRow<Row extends SignedRow>(rows: readonly Row[]): Row | undefined {
  const [newest] = rows
  if (newest?.author.kind !== 'actions' || !isGreen(newest.state)) return newest
  const { run } = newest.author
  const newer = decidingRow(
    rows.filter(({ author }) => author.kind === 'actions' && author.run > run),
  )
  return newer !== undefined && isRed(newer.state) ? newer : newest
}

/**
 * What a row of ours stands in for, among all rows of the umbrella, newest first. A success that is
 * not Actions' own lifts no veto below it.
 */
export function rowBeneathOurs(rows: readonly SignedRow[]): SignedRow | undefined {
  return decidingRow(
    rows.filter(
      ({ author, state }) =>
        author.kind === 'actions' || (author.kind === 'foreign' && !isGreen(state)),
    ),
  )
}

/**
 * A row of the umbrella, not green and not ours, between the red one our success was decided on and
 * our success; `null` when there is none.
 */
export function unseenBelow(rows: readonly SignedRow[], ours: SignedRow): SignedRow | null {
  if (ours.author.kind !== 'us') return null
  const { red } = ours.author.mark
  const between = decidingRow(
    rows.filter(({ id, author }) => id > red && id < ours.id && author.kind !== 'us'),
  )
  return between === undefined || isGreen(between.state) ? null : between
}

/** The same head as if nothing of ours stood in the umbrella's context. */
export function withoutOurs<E extends Evidence>(evidence: E, umbrella: string): E {
  const isOthers = ({ author, context }: SignedRow): boolean =>
    author.kind !== 'us' || context !== umbrella
  const { latest, history } = evidence
  if (latest.every(isOthers) && (history ?? []).every(isOthers)) return evidence
  return {
    ...evidence,
    latest: latest.filter(isOthers),
    history: history === null ? null : history.filter(isOthers),
  }
}
