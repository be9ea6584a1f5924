import type { Workflow, WorkflowJob } from './parse.js'

/** How a forge names the context of a job. */
export interface Naming {
  /** What stands before the job's name, with the blank and slash: `CI / `. */
  readonly prefix: (workflow: Pick<Workflow, 'name' | 'path'>) => string
  /** Where a leg's values go if the job's name holds an expression; `null`: not known. */
  readonly matrixName: 'append' | 'interpolate' | null
  /**
   * Is an expression outside a matrix written as it stands? `false`: what it becomes is unknown.
   */
  readonly expressionStands: boolean
  /** Does a job that calls another workflow write one context, under its own name? */
  readonly callerWrites: boolean
  /** Does a context end in its event, ` (pull_request)`? GitHub's are names of jobs alone. */
  readonly eventSuffix: boolean
  /** In which order a leg's values stand behind the job's name: of the axes' names, or as given. */
  readonly matrixOrder: 'name' | 'given'
}

/** The names of a job's legs, or why they cannot be told from the file. */
export type Names =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'unresolvable'; readonly why: string }

type MatrixLeg = Readonly<Record<string, unknown>>
type Literal = Extract<WorkflowJob['matrix'], { kind: 'literal' }>

/**
 * A name that is cut by the server cannot be told apart from another (docs/forge-facts.md, 2.1).
 */
const MAX_NAME_BYTES = 255

const axisText = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'boolean'
    ? String(value)
    : typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 1e15
      ? String(value)
      : null

const legMatches = (leg: MatrixLeg, entry: MatrixLeg): boolean =>
  Object.entries(entry).every(([axis, value]) => axisText(leg[axis]) === axisText(value))

/** Every combination of the axes. */
function productOf(axes: Readonly<Record<string, readonly unknown[]>>): readonly MatrixLeg[] {
  return Object.entries(axes).reduce<readonly MatrixLeg[]>(
    (legs, [axis, values]) => legs.flatMap(leg => values.map(value => ({ ...leg, [axis]: value }))),
    [{}],
  )
}

/**
 * The legs of a matrix: `exclude` takes combinations away; an entry of `include` joins each leg
 * whose own axes it does not contradict, or becomes a leg of its own.
 */
function matrixLegs(matrix: Literal): readonly MatrixLeg[] {
  const { axes, include, exclude } = matrix
  const names = new Set(Object.keys(axes))
  const product = names.size === 0 ? [] : productOf(axes)
  let legs = product.filter(leg => !exclude.some(entry => legMatches(leg, entry)))
  const alone: MatrixLeg[] = []
  for (const entry of include) {
    const shared = Object.fromEntries(Object.entries(entry).filter(([axis]) => names.has(axis)))
    const joined = legs.map(leg => legMatches(leg, shared))
    if (joined.includes(true))
      legs = legs.map((leg, at) => (joined[at] ? { ...leg, ...entry } : leg))
    else alone.push(entry)
  }
  return [...legs, ...alone]
}

/** GitHub takes 256 jobs of a matrix; more lists than this name, nobody wrote by hand. */
const MOST_LEGS = 1_000

/** May every leg be written down? A few lines can ask for more than there is room for. */
function areFew({ axes, include, exclude }: Literal): boolean {
  const product = Object.values(axes).reduce((legs, values) => legs * values.length, 1)
  return [product, include.length, exclude.length].every(count => count <= MOST_LEGS)
}

const EXPRESSION = /\$\{\{/
const OF_MATRIX = /\$\{\{\s*matrix\.([\w-]+)\s*\}\}/g

/** The name of one leg, or `null` when it cannot be told. */
function nameOfLeg(
  base: string,
  leg: MatrixLeg,
  { matrixName, matrixOrder }: Naming,
): string | null {
  const given = Object.entries(leg)
  const values = matrixOrder === 'given' ? given : given.sort(([a], [b]) => (a < b ? -1 : 1))
  const texts = values.map(([, value]) => axisText(value))
  if (texts.includes(null)) return null
  if (!EXPRESSION.test(base) || matrixName === 'append') return `${base} (${texts.join(', ')})`
  if (matrixName === null) return null
  const axes = [...base.matchAll(OF_MATRIX)].map(([, axis = '']) => axis)
  if (axes.some(axis => axisText(leg[axis]) === null)) return null
  const name = base.replaceAll(OF_MATRIX, (_, axis: string) => axisText(leg[axis]) ?? '')
  return EXPRESSION.test(name) ? null : name
}

/** The name of a job, if that much of it is told by the file. */
export function literalNameOf({ id, name }: WorkflowJob): string | null {
  const base = name ?? id
  return EXPRESSION.test(base) || Buffer.byteLength(base) > MAX_NAME_BYTES ? null : base
}

/** The names under which a job appears. */
export function jobNames(job: WorkflowJob, naming: Naming): Names {
  const base = job.name ?? job.id
  const unresolvable = (why: string): Names => ({ kind: 'unresolvable', why })
  if (job.reusable && !naming.callerWrites)
    return unresolvable(`${job.id} calls another workflow, whose jobs are not in this file`)
  if (job.matrix.kind === 'expression')
    return unresolvable(`the matrix of ${job.id} is known only to a run`)
  if (job.matrix.kind === 'literal' && !areFew(job.matrix))
    return unresolvable(`the matrix of ${job.id} has more than ${MOST_LEGS} legs`)
  const names =
    job.matrix.kind === 'none'
      ? [EXPRESSION.test(base) && !naming.expressionStands ? null : base]
      : matrixLegs(job.matrix).map(leg => nameOfLeg(base, leg, naming))
  const told = names.flatMap(name => name ?? [])
  if (told.length < names.length)
    return unresolvable(`the name of ${job.id} is known only to a run`)
  if (told.length === 0) return unresolvable(`the matrix of ${job.id} is empty`)
  if (told.some(name => Buffer.byteLength(name) > MAX_NAME_BYTES))
    return unresolvable(`the name of ${job.id} is longer than ${MAX_NAME_BYTES} bytes`)
  return { kind: 'names', names: [...new Set(told)] }
}
