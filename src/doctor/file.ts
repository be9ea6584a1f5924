import type { UnreadableFile, Workflow, YamlPath } from '../workflow/parse.js'
import { readYaml, workflowOf } from '../workflow/parse.js'

type Fields = Readonly<Record<string, unknown>>

/** A workflow file with its lines. */
export interface WorkflowSource {
  readonly kind: 'source'
  readonly workflow: Workflow
  readonly path: string
  readonly lines: readonly string[]
  /** The file as data. */
  readonly value: Fields
  readonly lineOf: (path: YamlPath) => number | null
}

/** Reads a file for its diagnosis; what cannot be read is said, and nothing is found in it. */
export async function readSource(
  path: string,
  bytes: Uint8Array,
): Promise<WorkflowSource | UnreadableFile> {
  if (bytes.includes(0)) return { kind: 'unreadable', path, why: 'it holds a NUL' }
  const read = await readYaml(path, bytes)
  if (read.kind === 'unreadable') return read
  // Here a file that runs nothing is a mistake.
  if (fieldsOf(read.value) !== read.value)
    return { kind: 'unreadable', path, why: 'it is no workflow' }
  const workflow = workflowOf(path, read.value)
  if (workflow.kind === 'unreadable') return workflow
  const { text, lineOf } = read
  const lines = text.replace(/\n$/, '').split('\n')
  return { kind: 'source', workflow, path, lines, value: fieldsOf(read.value), lineOf }
}

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

/** A scalar as text; `''` for anything else. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''

/** A job as the file has it. */
export const jobFields = ({ value }: WorkflowSource, id: string): Fields =>
  fieldsOf(fieldsOf(value['jobs'])[id])

/** The lines of a job, from its key to the next thing that is not indented below it. */
export function jobLines(source: WorkflowSource, id: string): readonly [number, number] {
  const first = source.lineOf(['jobs', id]) ?? 1
  const indent = indentOf(source.lines[first - 1] ?? '')
  let last = first
  for (let at = first + 1; at <= source.lines.length; at += 1) {
    const line = source.lines[at - 1] ?? ''
    if (line.trim() !== '' && indentOf(line) <= indent) break
    if (line.trim() !== '') last = at
  }
  return [first, last]
}

export const indentOf = (line: string): number => line.length - line.trimStart().length

/** Every text below a value, as scripts and conditions are. */
export function textsBelow(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsBelow)
}
