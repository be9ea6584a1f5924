import type { Fields } from './fields.js'
import { isFields, textOf, textsOf } from './fields.js'

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

/** May a job fail without failing what needs it? `unknown`: only a run tells. */
export type MayFail = 'yes' | 'no' | 'unknown'

/** `on:` as text, list or map. YAML 1.1 readers take the bare key for `true`. */
export function eventsOf(root: Fields): readonly string[] {
  const on = root['on'] ?? root['true']
  if (typeof on === 'string') return [on]
  if (Array.isArray(on)) return on.filter(event => typeof event === 'string')
  return isFields(on) ? Object.keys(on) : []
}

/** The workflows after whose runs a workflow starts, by `on.workflow_run`. */
export interface Follows {
  /** Their names; `any` where it names none, or only a run tells. */
  readonly workflows: readonly string[] | 'any'
  /** The head branches whose runs it starts after; `null` where it may be any. */
  readonly branches: readonly string[] | null
  /** What of a run it starts by; `null` where it names nothing. */
  readonly types: readonly string[] | null
}

/** A list that the file itself tells; `null` where there is none, or only a run tells. */
function toldList(value: unknown): readonly string[] | null {
  const list = value === undefined || value === null ? null : textsOf(value)
  return list === null || list.length === 0 || list.some(text => text.includes('${{')) ? null : list
}

/** What a workflow starts after; `null`: no other one. */
export function followsOf(root: Fields): Follows | null {
  if (!eventsOf(root).includes('workflow_run')) return null
  const on = root['on'] ?? root['true']
  const given = isFields(on) ? on['workflow_run'] : null
  const event = isFields(given) ? given : {}
  return {
    workflows: toldList(event['workflows']) ?? 'any',
    branches: toldList(event['branches']),
    types: toldList(event['types']),
  }
}

/** `concurrency:` as a text or as a map with a group. */
export function concurrencyOf(owner: Fields): string | null {
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

/** Literally true or false, as a server takes it; an expression is known only to a run. */
function mayFailOf(value: unknown): MayFail {
  if (value === undefined || value === null || value === false) return 'no'
  return value === true ? 'yes' : 'unknown'
}

/** What some keys of a job say. */
export const jobKeys = (
  job: Fields,
): {
  readonly mayFail: MayFail
  readonly concurrency: string | null
  readonly matrix: Matrix
} => ({
  mayFail: mayFailOf(job['continue-on-error']),
  concurrency: concurrencyOf(job),
  matrix: matrixOf(job),
})

/** A filter of one event: its key, and what it lists. */
export interface EventFilter {
  readonly event: string
  readonly key: string
  readonly values: readonly string[]
}

const KEYS = ['branches', 'branches-ignore', 'paths', 'paths-ignore', 'types']

/** The filters of every event of a workflow. */
export function filtersOf(on: unknown): readonly EventFilter[] {
  if (!isFields(on)) return []
  return Object.entries(on).flatMap(([event, given]) =>
    isFields(given) ? KEYS.flatMap(key => filterOf(event, key, given)) : [],
  )
}

function filterOf(event: string, key: string, given: Fields): readonly EventFilter[] {
  const value = given[key]
  const values = value === undefined || value === null ? null : textsOf(value)
  return values === null ? [] : [{ event, key, values }]
}
