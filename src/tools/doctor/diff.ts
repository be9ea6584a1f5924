import type { Change } from './edit.js'
import { withChanges } from './edit.js'

/** Lines around a change, so that a tool finds its place. */
const AROUND = 3

/** Whole lines of a file, from one offset to another, and what takes their place. */
interface Block {
  readonly start: number
  readonly end: number
  readonly changes: readonly Change[]
}

/** The whole lines that a change touches; none where it only puts lines between two others. */
function blockOf(text: string, change: Change): Block {
  const { start, end } = change
  const isBetween =
    start === end && change.text.endsWith('\n') && (start === 0 || text[start - 1] === '\n')
  if (isBetween) return { start, end, changes: [change] }
  const from = text.lastIndexOf('\n', start - 1) + 1
  const isWhole = end > start && text[end - 1] === '\n'
  const next = isWhole ? end : text.indexOf('\n', end) + 1
  return { start: from, end: next === 0 ? text.length : next, changes: [change] }
}

/** The same, where changes of one line are one. */
function blocksOf(text: string, changes: readonly Change[]): readonly Block[] {
  const blocks: Block[] = []
  for (const change of [...changes].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const one = blockOf(text, change)
    const last = blocks.at(-1)
    if (last === undefined || one.start >= last.end) blocks.push(one)
    else {
      blocks.pop()
      blocks.push({
        start: last.start,
        end: Math.max(last.end, one.end),
        changes: [...last.changes, change],
      })
    }
  }
  return blocks
}

/** A text in lines, each with its end. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

const marked = (mark: string, lines: readonly string[]): readonly string[] =>
  lines.map(line =>
    line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`,
  )

interface Piece {
  /** The first line it takes away, counted from 0. */
  readonly at: number
  readonly gone: readonly string[]
  readonly put: readonly string[]
}

function pieceOf(text: string, { start, end, changes }: Block): Piece {
  const here = changes.map(one => ({ ...one, start: one.start - start, end: one.end - start }))
  const old = text.slice(start, end)
  return {
    at: linesOf(text.slice(0, start)).length,
    gone: linesOf(old),
    put: linesOf(withChanges(old, here)),
  }
}

/** Pieces that lie so near that their surroundings meet. */
function hunksOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const groups: Piece[][] = []
  for (const piece of pieces) {
    const last = groups.at(-1)?.at(-1)
    if (last !== undefined && piece.at - (last.at + last.gone.length) <= 2 * AROUND)
      groups.at(-1)?.push(piece)
    else groups.push([piece])
  }
  return groups
}

const range = (first: number, count: number): string =>
  `${count === 0 ? first : first + 1},${count}`

/** What the changes of a file are as a unified diff, which `git apply` takes. Never cut. */
export function diffOf(file: string, text: string, changes: readonly Change[]): string {
  const lines = linesOf(text)
  const pieces = blocksOf(text, changes).map(block => pieceOf(text, block))
  let moved = 0
  const hunks = hunksOf(pieces).map(group => {
    const [first] = group
    const last = group.at(-1)
    if (first === undefined || last === undefined) return ''
    const from = Math.max(0, first.at - AROUND)
    const until = Math.min(lines.length, last.at + last.gone.length + AROUND)
    const body: string[] = []
    let at = from
    let count = 0
    for (const { at: place, gone, put } of group) {
      body.push(...marked(' ', lines.slice(at, place)), ...marked('-', gone), ...marked('+', put))
      count += place - at + put.length
      at = place + gone.length
    }
    body.push(...marked(' ', lines.slice(at, until)))
    count += until - at
    const head = `@@ -${range(from, until - from)} +${range(from + moved, count)} @@\n`
    moved += count - (until - from)
    return head + body.join('')
  })
  return `--- a/${file}\n+++ b/${file}\n${hunks.join('')}`
}
