import type { Defaults, JobBody, Variables } from './body.js'
import { jobBodyOf, defaultsOf, variablesOf } from './body.js'
import { isFields, textOf, textsOf } from './fields.js'
import type { EventFilter, Follows, Matrix, MayFail } from './keys.js'
import { concurrencyOf, eventsOf, filtersOf, followsOf, jobKeys } from './keys.js'
import type { UnreadableFile } from './yaml.js'
import { readYaml } from './yaml.js'

export type { UnreadableFile } from './yaml.js'

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
  readonly filters: readonly EventFilter[]
  /** The workflows after whose runs it starts, by `workflow_run`; `null`: it starts after none. */
  readonly follows: Follows | null
  /** As of a job. */
  readonly concurrency: string | null
  readonly env: Variables
  readonly defaults: Defaults
  readonly jobs: readonly WorkflowJob[]
}

function parsedJob(id: string, value: unknown): WorkflowJob | null {
  if (!isFields(value)) return null
  const { uses } = value
  const needs = textsOf(value['needs'])
  const given = value['name'] ?? null
  const name = textOf(given)
  if (needs === null || (given !== null && name === null)) return null
  // Of most jobs nobody asks what they do.
  let body: JobBody | undefined
  return {
    id,
    name,
    needs,
    runsAlways: /\balways\(\)|!\s*cancelled\(\)/.test(textOf(value['if']) ?? ''),
    reusable: uses !== undefined,
    calls: uses === undefined ? null : textOf(uses),
    ...jobKeys(value),
    get body() {
      return (body ??= jobBodyOf(value))
    },
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
  const read = Object.entries(jobs).map(([id, job]) => parsedJob(id, job))
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

/** Reads a workflow file; one of another shape is unreadable too. */
export async function parseWorkflow(
  path: string,
  bytes: Uint8Array,
): Promise<Workflow | UnreadableFile> {
  const read = await readYaml(path, bytes)
  return read.kind === 'unreadable' ? read : workflowOf(path, read.value)
}
