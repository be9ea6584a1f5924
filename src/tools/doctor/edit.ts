import type { YamlPath } from '../../workflow/yaml.js'
import type { WorkflowSource } from './file.js'

/** A text that takes the place of another in a file, by offsets. */
export interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** How the lines of a file end. */
const endOfLine = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n')

/** A file with these changes made; none of them overlaps another. */
export const withChanges = (text: string, changes: readonly Change[]): string =>
  [...changes]
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((now, one) => now.slice(0, one.start) + one.text + now.slice(one.end), text)

/** In which column something begins; `null` where anything but blanks and keys stands before it. */
const columnOf = (text: string, at: number): number => at - (text.lastIndexOf('\n', at - 1) + 1)

/** Lines behind the line on which something ends; a last line without an end keeps having none. */
function below(text: string, at: number, lines: readonly string[]): Change | null {
  const eol = endOfLine(text)
  const isAtStart = at === 0 || text[at - 1] === '\n'
  const next = isAtStart ? at : text.indexOf('\n', at) + 1
  const rest = isAtStart ? '' : text.slice(at, next === 0 ? undefined : next).trim()
  // What stands behind it on its line can only be a comment.
  if (rest !== '' && !rest.startsWith('#')) return null
  if (!isAtStart && next === 0)
    return { start: text.length, end: text.length, text: lines.map(line => eol + line).join('') }
  let start = next
  // Blank lines between a script and what follows stay where they are.
  for (let above = lineAbove(text, start); above !== null; above = lineAbove(text, start))
    start = above
  return { start, end: start, text: lines.map(line => line + eol).join('') }
}

/** Where the line above this one begins, if that is blank. */
function lineAbove(text: string, start: number): number | null {
  if (start === 0 || text[start - 1] !== '\n') return null
  const above = text.lastIndexOf('\n', start - 2) + 1
  return start > 1 && text.slice(above, start).trim() === '' ? above : null
}

const indented = (column: number, lines: readonly string[]): readonly string[] =>
  lines.map(line => (line === '' ? '' : ' '.repeat(column) + line))

/** A job's condition as another, or a condition where it has none. */
export function withCondition(source: WorkflowSource, id: string, to: string): Change | null {
  const { text, placeOf } = source
  const path: YamlPath = ['jobs', id]
  const job = placeOf(path)
  if (job?.kind !== 'map') return null
  if (job.entries.some(({ key }) => key === 'if')) {
    const old = placeOf([...path, 'if'])
    if (old?.kind !== 'scalar' || old.end === old.start) return null
    const isBlock = text.slice(old.start, old.end).endsWith('\n')
    return { start: old.start, end: old.end, text: to + (isBlock ? endOfLine(text) : '') }
  }
  const [first] = job.entries
  if (first === undefined) return null
  if (job.flow) return { start: first.start, end: first.start, text: `if: ${to}, ` }
  const isShort = ({ start, end }: typeof first): boolean => !text.slice(start, end).includes('\n')
  const behind = ['needs', 'name', 'runs-on']
    .flatMap(name => job.entries.find(({ key }) => key === name) ?? [])
    .find(isShort)
  const column = columnOf(text, first.start)
  return behind === undefined ? null : below(text, behind.end, indented(column, [`if: ${to}`]))
}

/** A job with one more step, the last. */
export function withStep(
  { text, placeOf }: WorkflowSource,
  id: string,
  [first, ...more]: readonly string[],
): Change | null {
  const steps = placeOf(['jobs', id, 'steps'])
  const last = steps?.entries.at(-1)
  if (steps?.kind !== 'list' || steps.flow || last === undefined || first === undefined) return null
  const dash = text.lastIndexOf('-', last.start - 1)
  if (dash < steps.start) return null
  const lines = [`- ${first}`, ...more.map(line => `  ${line}`)]
  return below(text, last.end, indented(columnOf(text, dash), lines))
}

/** A job that needs these besides. */
export function withMoreNeeds(
  { text, placeOf }: WorkflowSource,
  id: string,
  more: readonly string[],
): Change | null {
  const needs = placeOf(['jobs', id, 'needs'])
  if (needs === null || needs.kind === 'map') return null
  const list = more.join(', ')
  if (needs.kind === 'scalar') {
    const old = text.slice(needs.start, needs.end)
    return { start: needs.start, end: needs.end, text: `[${old}, ${list}]` }
  }
  const last = needs.entries.at(-1)
  if (last === undefined) return null
  if (needs.flow) return { start: last.end, end: last.end, text: `, ${list}` }
  const dash = text.lastIndexOf('-', last.start - 1)
  const lines = more.map(one => `- ${one}`)
  return below(text, last.end, indented(columnOf(text, dash), lines))
}
