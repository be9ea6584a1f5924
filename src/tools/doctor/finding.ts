/** How bad it is: an error makes umbrellas lie or merges wait for nothing. */
export const SEVERITIES = ['error', 'warning', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Lines that take the place of others: `at` counts from 1, before any of them is changed. */
export interface Edit {
  readonly at: number
  readonly removed: number
  readonly added: readonly string[]
}

/** Something that makes an umbrella lie here. */
export interface Finding {
  readonly code: string
  readonly severity: Severity
  /** A file of the repository, or where else it stands: `branch protection`. */
  readonly file: string
  readonly line: number | null
  readonly what: string
  /** The smallest fix, in the lines of its file; `null` where no few lines are one. */
  readonly fix: readonly Edit[] | null
  /** What to do, where no few lines are a fix. */
  readonly advice: string | null
}

/** Lines around a change, so that a tool finds its place. */
const AROUND = 2

/** A fix as a unified diff, which `git apply` takes. */
export function diffOf(file: string, lines: readonly string[], edits: readonly Edit[]): string {
  const hunks: string[] = []
  let moved = 0
  for (const { at, removed, added } of [...edits].sort((a, b) => a.at - b.at)) {
    const from = Math.max(1, at - AROUND)
    const until = Math.min(lines.length, at - 1 + removed + AROUND)
    const shown = (first: number, last: number): readonly string[] =>
      lines.slice(first - 1, last).map(line => ` ${line}`)
    const before = shown(from, at - 1)
    const after = shown(at + removed, until)
    const gone = lines.slice(at - 1, at - 1 + removed).map(line => `-${line}`)
    const old = before.length + removed + after.length
    const now = before.length + added.length + after.length
    hunks.push(
      `@@ -${from},${old} +${from + moved},${now} @@`,
      ...[...before, ...gone, ...added.map(line => `+${line}`), ...after],
    )
    moved += added.length - removed
  }
  return [`--- a/${file}`, `+++ b/${file}`, ...hunks].join('\n')
}
