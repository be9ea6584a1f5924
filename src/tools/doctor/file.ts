import type { Fields } from '../../workflow/fields.js'
import { isFields, wordOf as scalarOf } from '../../workflow/fields.js'
import type { Workflow } from '../../workflow/parse.js'
import { workflowOf } from '../../workflow/parse.js'
import type { UnreadableFile, YamlPath, YamlPlace } from '../../workflow/yaml.js'
import { readYaml } from '../../workflow/yaml.js'
import { hidesLetters } from '../../shown/line.js'

/** A workflow file with its lines. */
export interface WorkflowSource {
  readonly kind: 'source'
  readonly workflow: Workflow
  readonly path: string
  readonly text: string
  /** The file as data. */
  readonly value: Fields
  readonly lineOf: (path: YamlPath) => number | null
  readonly placeOf: (path: YamlPath) => YamlPlace | null
  /** Could a change of it be written down? Not behind a mark of order, or with unseen letters. */
  readonly changeable: boolean
}

/** Reads a file for its diagnosis; what cannot be read is said, and nothing is found in it. */
export async function readSource(
  path: string,
  bytes: Uint8Array,
): Promise<WorkflowSource | UnreadableFile> {
  if (bytes.includes(0)) return { kind: 'unreadable', path, why: 'it holds a NUL' }
  const read = await readYaml(path, bytes)
  if (read.kind === 'unreadable') return read
  const { value, text, lineOf, placeOf } = read
  // Here a file that runs nothing is a mistake.
  if (!isFields(value)) return { kind: 'unreadable', path, why: 'it is no workflow' }
  const workflow = workflowOf(path, value)
  if (workflow.kind === 'unreadable') return workflow
  const changeable = bytes[0] !== 0xef && !hidesLetters(text) && /^[\w./-]+$/.test(path)
  return { kind: 'source', workflow, path, text, value, lineOf, placeOf, changeable }
}

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

/** A scalar as text; `''` for anything else. */
export const wordOrEmpty = (value: unknown): string => scalarOf(value) ?? ''

/** A job as the file has it. */
export const jobFields = ({ value }: WorkflowSource, id: string): Fields =>
  fieldsOf(fieldsOf(value['jobs'])[id])

/** The steps of a job, as the file has them. */
export function stepFields(source: WorkflowSource, id: string): readonly Fields[] {
  const steps = jobFields(source, id)['steps']
  return Array.isArray(steps) ? steps.map(fieldsOf) : []
}

/** The key of the events, which YAML 1.1 reads as `true`, and what stands there. */
export function eventsKeyOf({ value }: WorkflowSource): readonly ['on' | 'true', Fields] {
  const key = value['on'] === undefined ? 'true' : 'on'
  return [key, fieldsOf(value[key])]
}

/** Every text below a value, as scripts and conditions are. */
export function textsBelow(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsBelow)
}
