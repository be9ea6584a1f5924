import { parse } from 'yaml'

/** The part of a workflow file that decides which rows appear. */
export interface Workflow {
  readonly name: string
  readonly events: Readonly<Record<string, EventFilter>>
  readonly jobs: readonly WorkflowJob[]
}

/**
 * Whether a leg's values go behind the job's name, or into the expression it holds (
 * docs/forge-facts.md, 2.1; both recorded).
 */
type MatrixName = 'append' | 'interpolate'

export interface EventFilter {
  readonly types: readonly string[]
  readonly branches: readonly string[]
  readonly ignored: readonly string[]
}

export interface WorkflowJob {
  readonly key: string
  readonly name: string
  readonly needs: readonly string[]
  readonly condition: string
  readonly runsOn: readonly string[]
  readonly stepNames: readonly string[]
}

/**
 * Activity types that start a pull_request workflow which names none (modules/actions/workflows.go
 * v1.22.6).
 */
const DEFAULT_TYPES: readonly string[] = ['opened', 'synchronize', 'reopened']

/**
 * Read a workflow file; a matrix gives one job per leg, named as the servers do
 * (docs/forge-facts.md, 2.1).
 */
export function parseWorkflow(text: string, matrixName: MatrixName = 'append'): Workflow {
  const key = `${matrixName} ${text}`
  const workflow = parsed.get(key) ?? readWorkflow(text, matrixName)
  parsed.set(key, workflow)
  return workflow
}

/** Every event looks at every file again, and they seldom change. */
const parsed = new Map<string, Workflow>()

function readWorkflow(text: string, matrixName: MatrixName): Workflow {
  const root = asMap(yamlOf(text))
  const jobs = Object.entries(asMap(root['jobs'])).flatMap(([key, value]) =>
    legsOf(key, asMap(value), matrixName),
  )
  return { name: asText(root['name']), events: eventsOf(root['on'] ?? root['true']), jobs }
}

/** Whether a workflow listens to this activity on this base branch. */
export function listens(
  workflow: Workflow,
  event: string,
  action: string,
  branch: string,
): boolean {
  const filter = workflow.events[event]
  // A file without jobs starts nothing.
  if (filter === undefined || workflow.jobs.length === 0) return false
  return takesAction(filter, event, action) && takesBranch(filter, branch)
}

/** Whether a workflow would listen to this activity, were it not for the base branch. */
export function isLeftOut(
  workflow: Workflow,
  event: string,
  action: string,
  branch: string,
): boolean {
  const filter = workflow.events[event]
  if (filter === undefined || event === 'push') return false
  return takesAction(filter, event, action) && !takesBranch(filter, branch)
}

function takesAction(filter: EventFilter, event: string, action: string): boolean {
  if (event === 'push') return true
  return (filter.types.length > 0 ? filter.types : DEFAULT_TYPES).includes(action)
}

function takesBranch({ branches, ignored }: EventFilter, branch: string): boolean {
  const matches = (patterns: readonly string[]) => patterns.some(one => branchGlob(one, branch))
  return (branches.length === 0 || matches(branches)) && !matches(ignored)
}

/** In the pattern of a branch `**` spans everything and `*` all but a slash. */
function branchGlob(pattern: string, branch: string): boolean {
  const source = pattern
    .split(/(\*\*|\*|\?)/)
    .map(part =>
      part === '**'
        ? '.*'
        : part === '*'
          ? '[^/]*'
          : part === '?'
            ? '[^/]'
            : part.replace(/[.+^${}()|[\]\\]/g, '\\$&'),
    )
    .join('')
  return new RegExp(`^${source}$`).test(branch)
}

/** What cannot be parsed is no workflow: the servers log it and go on. */
function yamlOf(text: string): unknown {
  try {
    return parse(text) as unknown
  } catch {
    return null
  }
}

function legsOf(
  key: string,
  job: Readonly<Record<string, unknown>>,
  matrixName: MatrixName,
): WorkflowJob[] {
  const name = asText(job['name']) || key
  const base = {
    key,
    needs: asList(job['needs']),
    condition: asText(job['if']).replace(/^\$\{\{\s*(.*?)\s*\}\}$/, '$1'),
    runsOn: asList(job['runs-on']),
    stepNames: asMaps(job['steps']).map(
      step => asText(step['name']) || `Run ${asText(step['run']) || asText(step['uses'])}`,
    ),
  }
  const matrix = Object.entries(asMap(asMap(job['strategy'])['matrix']))
    .filter(([axis]) => axis !== 'include' && axis !== 'exclude')
    .sort()
  if (matrix.length === 0) return [{ ...base, name: name.slice(0, 255) }]
  let legs: string[][] = [[]]
  for (const [, values] of matrix)
    legs = legs.flatMap(leg => asList(values).map(value => [...leg, value]))
  const axes = matrix.map(([axis]) => axis)
  return legs.map(leg => ({ ...base, name: legName(name, axes, leg, matrixName).slice(0, 255) }))
}

function legName(
  name: string,
  axes: readonly string[],
  leg: readonly string[],
  matrixName: MatrixName,
): string {
  if (matrixName === 'append' || !name.includes('${{')) return `${name} (${leg.join(', ')})`
  return name.replace(
    /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g,
    (_, axis: string) => leg[axes.indexOf(axis)] ?? '',
  )
}

function eventsOf(on: unknown): Record<string, EventFilter> {
  if (typeof on === 'string' || Array.isArray(on))
    return Object.fromEntries(
      asList(on).map(event => [event, { types: [], branches: [], ignored: [] }]),
    )
  return Object.fromEntries(
    Object.entries(asMap(on)).map(([event, filter]) => [
      event,
      {
        types: asList(asMap(filter)['types']),
        branches: asList(asMap(filter)['branches']),
        ignored: asList(asMap(filter)['branches-ignore']),
      },
    ]),
  )
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

function asMaps(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(asMap) : []
}

function asList(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(asText)
  return value === undefined || value === null ? [] : [asText(value)]
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}
