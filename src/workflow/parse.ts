import type { Defaults, JobBody, Variables } from './body.js'
import { bodyOf, defaultsOf, variablesOf } from './body.js'
import { isFields, textOf, textsOf } from './fields.js'
import type { Filter, Follows, Matrix, MayFail } from './keys.js'
import { concurrencyOf, eventsOf, filtersOf, followsOf, matrixOf, mayFailOf } from './keys.js'

/** A file above this is no workflow anybody wrote (bytes). */
const MAX_BYTES = 1024 * 1024

/** Lists and maps in brackets, one in the other: deeper ones exhaust the parser's memory. */
const MAX_DEPTH = 64

/** A job of a workflow file, as far as contexts, needs and its own work depend on it. */
export interface WorkflowJob {
  readonly id: string
  /** `null` when the file gives none: the id stands for it. */
  readonly name: string | null
  readonly needs: readonly string[]
  /** Does it run whatever its needs ended with, by `always()` or `!cancelled()` in its `if`? */
  readonly runsAlways: boolean
  /** `continue-on-error` of the job: may it fail without failing what needs it? */
  readonly mayFail: MayFail
  /** Does it call another workflow, whose jobs are not in this file? */
  readonly reusable: boolean
  /** Which one; `null` where it calls none, or that is no text. */
  readonly calls: string | null
  /** The group of its own; `null` when it has none, `''` when it cannot be told. */
  readonly concurrency: string | null
  readonly matrix: Matrix
  readonly body: JobBody
}

/** A workflow file that could be read. */
export interface Workflow {
  readonly kind: 'workflow'
  readonly path: string
  /** `''` when the file gives none. */
  readonly name: string
  readonly events: readonly string[]
  readonly filters: readonly Filter[]
  /** The workflows after whose runs it starts, by `workflow_run`; `null`: it starts after none. */
  readonly follows: Follows | null
  /** As of a job. */
  readonly concurrency: string | null
  readonly env: Variables
  readonly defaults: Defaults
  readonly jobs: readonly WorkflowJob[]
}

/** A file that could not: what it says is not known, and never taken for "nothing". */
export interface UnreadableFile {
  readonly kind: 'unreadable'
  readonly path: string
  readonly why: string
}

function jobOf(id: string, value: unknown): WorkflowJob | null {
  if (!isFields(value)) return null
  const needs = textsOf(value['needs'])
  const name = value['name']
  if (needs === null || (name !== undefined && name !== null && textOf(name) === null)) return null
  return {
    id,
    name: textOf(name),
    needs,
    runsAlways: /\balways\(\)|!\s*cancelled\(\)/.test(textOf(value['if']) ?? ''),
    mayFail: mayFailOf(value['continue-on-error']),
    reusable: value['uses'] !== undefined,
    calls: textOf(value['uses']),
    concurrency: concurrencyOf(value),
    matrix: matrixOf(value),
    body: bodyOf(value),
  }
}

/**
 * What a document says as a workflow, or why that is not known. One that is no map, or has no `on`
 * or no `jobs`, runs nothing and so writes nothing.
 */
export function workflowOf(path: string, document: unknown): Workflow | UnreadableFile {
  const unreadable = (why: string): UnreadableFile => ({ kind: 'unreadable', path, why })
  if (!isFields(document)) return workflowOf(path, {})
  // A server takes the text as it is written: `1.10` is not `1.1`, and `true` is a name.
  const name = document['name']
  if (typeof name === 'boolean' || (typeof name === 'number' && !Number.isInteger(name)))
    return unreadable('its name is no text')
  const jobs = document['jobs'] ?? {}
  if (!isFields(jobs)) return unreadable('its jobs are no map')
  const read = Object.entries(jobs).map(([id, job]) => jobOf(id, job))
  const broken = read.indexOf(null)
  if (broken >= 0) return unreadable(`job ${Object.keys(jobs)[broken] ?? ''} is no job`)
  return {
    kind: 'workflow',
    path,
    name: textOf(name) ?? '',
    events: eventsOf(document),
    filters: filtersOf(document['on'] ?? document['true']),
    follows: followsOf(document),
    concurrency: concurrencyOf(document),
    env: variablesOf(document['env']),
    defaults: defaultsOf(document),
    jobs: read.filter(job => job !== null),
  }
}

/** How deep brackets are nested, by the tokens of the file: those in its texts do not count. */
function depthOf(tokens: Iterable<string>): number {
  let depth = 0
  let deepest = 0
  for (const token of tokens) {
    if (token === '[' || token === '{') depth += 1
    if (token === ']' || token === '}') depth -= 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}

/** A place in a file: keys of maps and positions in lists, from the outside in. */
export type YamlPath = readonly (string | number)[]

/** A YAML file that could be read, with its lines. */
export interface YamlFile {
  readonly kind: 'yaml'
  readonly text: string
  readonly value: unknown
  /** The line of a key, or of an entry of a list, counted from 1; `null` where there is none. */
  readonly lineOf: (path: YamlPath) => number | null
}

type Yaml = typeof import('yaml')

/** Where a key or an entry begins, as an offset in the text. */
function offsetOf({ isMap, isSeq, isScalar, isNode }: Yaml, root: unknown, path: YamlPath) {
  let node: unknown = root
  let offset: number | null = null
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      if (pair === undefined || !isScalar(pair.key)) return null
      offset = pair.key.range?.[0] ?? null
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step]
      offset = isNode(node) ? (node.range?.[0] ?? null) : null
    } else return null
  }
  return offset
}

let library: Promise<typeof import('yaml')> | null = null

/** Loaded only here, from a file of its own: a sweep that finds nothing red does without it. */
const loadYaml = (): Promise<typeof import('yaml')> => (library ??= import('yaml'))

/**
 * Reads a YAML file. Aliases are allowed in ordinary numbers; a file that is too large, no UTF-8 or
 * no YAML is unreadable, with the reason, and never an exception.
 */
export async function readYaml(
  path: string,
  bytes: Uint8Array,
): Promise<YamlFile | UnreadableFile> {
  const unreadable = (why: string): UnreadableFile => ({ kind: 'unreadable', path, why })
  if (bytes.length > MAX_BYTES) return unreadable('it is larger than 1 MiB')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return unreadable('it is no UTF-8')
  }
  const yaml = await loadYaml()
  if (depthOf(new yaml.Lexer().lex(text)) > MAX_DEPTH) return unreadable('it is nested too deeply')
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, {
    merge: true,
    logLevel: 'silent',
    lineCounter: lines,
  })
  const [error] = document.errors
  if (error !== undefined) {
    const line = error.linePos?.[0].line
    return unreadable(`it is no YAML${line === undefined ? '' : ` (line ${line})`}`)
  }
  const lineOf = (at: YamlPath): number | null => {
    const offset = offsetOf(yaml, document.contents, at)
    return offset === null ? null : lines.linePos(offset).line
  }
  try {
    return { kind: 'yaml', text, value: document.toJS({ maxAliasCount: 100 }) as unknown, lineOf }
  } catch {
    return unreadable('its aliases are too many')
  }
}

/** Reads a workflow file; one of another shape is unreadable too. */
export async function parseWorkflow(
  path: string,
  bytes: Uint8Array,
): Promise<Workflow | UnreadableFile> {
  const read = await readYaml(path, bytes)
  return read.kind === 'unreadable' ? read : workflowOf(path, read.value)
}
