/** Who wrote a row, as the model knows it; a client sees only what the row shows. */
export type Writer = 'actions' | 'us' | 'person' | 'pat' | 'echo'

/**
 * One commit status. Its id is its place in the log, from 1: the only order there is (
 * docs/forge-facts.md, 1.2).
 */
export interface Row {
  /** Place of the context in the bound's list. */
  readonly context: number
  readonly state: 'pending' | 'success' | 'failure' | 'error' | 'skipped'
  readonly by: Writer
  /** Run and job a row of Actions names in its target_url; 0 and 0 for others. */
  readonly run: number
  readonly job: number
  readonly description: string
  /** The tick at which it was written. */
  readonly at: number
  /** Ghost: written from a snapshot that the job had left behind (docs/forge-facts.md, 3 M2). */
  readonly stale: boolean
}

/**
 * The append-only list of rows of one SHA. Equal lists are the same object, so a state needs only
 * its `id`.
 */
export interface Log {
  readonly id: number
  readonly size: number
  readonly before: Log | null
  readonly row: Row | null
  /** Row ids, by context; 0 where nobody wrote. */
  readonly latest: readonly number[]
  readonly next: Map<string, Log>
}

let logs = 0

/** A log without rows for a number of contexts. */
export function emptyLog(contexts: number): Log {
  logs += 1
  return {
    id: logs,
    size: 0,
    before: null,
    row: null,
    latest: Array<number>(contexts).fill(0),
    next: new Map(),
  }
}

/** The log with one row more. */
export function append(log: Log, row: Row): Log {
  const { context, state, by, run, job, description, at, stale } = row
  const key = [context, state, by, `${run}.${job}`, description, at, stale ? 1 : 0].join('|')
  const known = log.next.get(key)
  if (known !== undefined) return known
  logs += 1
  const size = log.size + 1
  const latest = log.latest.map((id, context) => (context === row.context ? size : id))
  const made: Log = { id: logs, size, before: log, row, latest, next: new Map() }
  log.next.set(key, made)
  return made
}

/** The row of this id, which must exist. */
export function rowAt(log: Log, id: number): Row {
  for (let at: Log | null = log; at !== null; at = at.before)
    if (at.size === id && at.row !== null) return at.row
  throw new Error(`no row ${id}`)
}

/** The newest row of a context, or `null`. */
export function latestRow(log: Log, context: number): Row | null {
  const id = log.latest[context] ?? 0
  return id === 0 ? null : rowAt(log, id)
}

/**
 * The newest row of a context by Actions, or by anybody else: where rows are keyed by workflow both
 * are latest (docs/forge-facts.md, 2.5).
 */
export function latestBy(
  log: Log,
  context: number,
  actions: boolean,
): (Row & { readonly id: number }) | null {
  for (let at: Log | null = log; at?.row != null; at = at.before)
    if (at.row.context === context && (at.row.by === 'actions') === actions)
      return { ...at.row, id: at.size }
  return null
}

/** Every row above an id, newest first, with its id. */
export function rowsAbove(log: Log, above: number): readonly (Row & { readonly id: number })[] {
  const found: (Row & { readonly id: number })[] = []
  for (let at: Log | null = log; at?.row != null && at.size > above; at = at.before)
    found.push({ ...at.row, id: at.size })
  return found
}
