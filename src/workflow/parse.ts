import type { Defaults, JobBody, Variables } from './body.js'
import { bodyOf, defaultsOf, variablesOf } from './body.js'
import type { Fields } from './fields.js'
import { isFields, textOf, textsOf } from './fields.js'
import type { UnreadableFile } from './yaml.js'
import { readYaml } from './yaml.js'

export type { UnreadableFile } from './yaml.js'

/** How a matrix is given: as it stands in the file, or in a way that only a run can tell. */
export type Matrix =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'literal'
      readonly axes: Readonly<Record<string, readonly unknown[]>>
      readonly include: readonly Readonly<Record<string, unknown>>[]
      readonly exclude: readonly Readonly<Record<string, unknown>>[]
    }
  | { readonly kind: 'expression' }

/** A job of a workflow file, as far as contexts, needs and its own work depend on it. */
export interface WorkflowJob {
  readonly id: string
  /** `null` when the file gives none: the id stands for it. */
  readonly name: string | null
  readonly needs: readonly string[]
  /** Does it run whatever its needs ended with, by `always()` or `!cancelled()` in its `if`? */
  readonly runsAlways: boolean
  /** Does it call another workflow, whose jobs are not in this file? */
  readonly reusable: boolean
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
  /** As of a job. */
  readonly concurrency: string | null
  readonly env: Variables
  readonly defaults: Defaults
  readonly jobs: readonly WorkflowJob[]
}

/** `on:` as text, list or map. YAML 1.1 readers take the bare key for `true`. */
function eventsOf(root: Fields): readonly string[] {
  const on = root['on'] ?? root['true']
  if (typeof on === 'string') return [on]
  if (Array.isArray(on)) return on.filter(event => typeof event === 'string')
  return isFields(on) ? Object.keys(on) : []
}

/** `concurrency:` as a text or as a map with a group. */
function concurrencyOf(owner: Fields): string | null {
  const value = owner['concurrency']
  if (value === undefined || value === null) return null
  return textOf(isFields(value) ? value['group'] : value) ?? ''
}

function matrixOf(job: Fields): Matrix {
  const strategy = job['strategy']
  if (strategy === undefined || strategy === null) return { kind: 'none' }
  const matrix = isFields(strategy) ? strategy['matrix'] : undefined
  if (isFields(strategy) && matrix === undefined) return { kind: 'none' }
  if (!isFields(matrix)) return { kind: 'expression' }
  const { include = [], exclude = [], ...axes } = matrix
  const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)
  if (!isList(include) || !isList(exclude)) return { kind: 'expression' }
  if (!include.every(isFields) || !exclude.every(isFields)) return { kind: 'expression' }
  const lists = Object.entries(axes)
  if (!lists.every(([, values]) => isList(values))) return { kind: 'expression' }
  return {
    kind: 'literal',
    axes: Object.fromEntries(lists) as Readonly<Record<string, readonly unknown[]>>,
    include,
    exclude,
  }
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
    reusable: value['uses'] !== undefined,
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
    concurrency: concurrencyOf(document),
    env: variablesOf(document['env']),
    defaults: defaultsOf(document),
    jobs: read.filter(job => job !== null),
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
