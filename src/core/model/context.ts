/**
 * `true` when an entry is a pattern: it holds `*` or `?`, the only special characters (Gitea's own
 * gate: docs/forge-facts.md, 6).
 */
export function isPattern(entry: string): boolean {
  return /[*?]/.test(entry)
}

/**
 * Does an entry of a list name this context? An entry equal to the context always does. Otherwise
 * `*` stands for any characters, `/` included, and `?` for one. Matching is case-sensitive, as in
 * Gitea.
 */
export function matches(entry: string, context: string): boolean {
  return (
    entry === context || (isPattern(entry) && matchFrom(Array.from(entry), Array.from(context)))
  )
}

/** Does any entry of the list name this context? An empty list names nothing. */
export function matchesAny(entries: readonly string[], context: string): boolean {
  return entries.some(entry => matches(entry, context))
}

/** Those of the contexts that some entry of the list names. */
export function namedBy(
  entries: readonly string[],
  contexts: readonly string[],
): ReadonlySet<string> {
  return new Set(contexts.filter(context => matchesAny(entries, context)))
}

/**
 * Linear-time glob: on a mismatch only the last `*` is tried again, so a hostile pattern cannot
 * make it slow.
 */
function matchFrom(pattern: readonly string[], text: readonly string[]): boolean {
  let p = 0
  let t = 0
  let star = -1
  let mark = 0
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p
      mark = t
      p += 1
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p += 1
      t += 1
    } else if (star !== -1) {
      p = star + 1
      mark += 1
      t = mark
    } else {
      return false
    }
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}

/** How many letters must be put in, taken out or changed to make one text of the other. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of Array.from(one).entries()) {
    const next = [at + 1]
    for (let to = 1; to <= other.length; to += 1) {
      const change = (row[to - 1] ?? 0) + (other[to - 1] === letter ? 0 : 1)
      next.push(Math.min(change, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** So many names are suggested to somebody who may have misspelt one. */
const SUGGESTED = 2

/** The names that may have been meant: at most two, the nearest first, and none that is far off. */
export function nearestTo(name: string, known: readonly string[]): readonly string[] {
  const most = Math.max(1, Math.floor(name.length / 3))
  return known
    .map(one => ({ one, changes: distance(name, one) }))
    .filter(({ changes }) => changes <= most)
    .sort((a, b) => a.changes - b.changes || (a.one < b.one ? -1 : 1))
    .slice(0, SUGGESTED)
    .map(({ one }) => one)
}

/**
 * What is wrong with a glob, or `null`. Gitea drops a pattern it cannot compile, and the
 * requirement with it (docs/forge-facts.md, 6).
 */
export function faultOfPattern(entry: string): string | null {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(entry)) return 'holds a control character'
  if (/\\$/.test(entry)) return 'ends in a backslash'
  for (const [open, close] of [
    ['[', ']'],
    ['{', '}'],
  ] as const) {
    let depth = 0
    for (const character of entry) {
      if (character === open) depth += 1
      if (character === close) depth -= 1
      if (depth < 0) break
    }
    if (depth !== 0) return `has an unbalanced ${open}${close}`
  }
  return null
}

/**
 * The event a context carries, ` (pull_request)` with its space and brackets, or `''` (
 * docs/forge-facts.md, 2.1).
 */
export function suffixOf(context: string): string {
  return / \([a-z_]+\)$/.exec(context)?.[0] ?? ''
}
