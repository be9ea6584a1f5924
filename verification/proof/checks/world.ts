/** How one execution of a job ended; `-` while it has not. */
export type End = '-' | 'S' | 'F' | 'C'

/** One run: the executions of each of its jobs, the newest last, such as `FS`. */
export interface Run {
  readonly workflow: number
  readonly attempt: number
  /** Waits for an approval: it has no jobs yet. */
  readonly held: boolean
  readonly jobs: readonly string[]
}

/** A status on the umbrella. */
export interface Row {
  readonly by: 'actions' | 'us' | 'person'
  readonly state: 'success' | 'failure' | 'error' | 'pending'
  /** Place of the run that posted it, where a run did. */
  readonly run: number
  readonly description: string
}

/** One commit on GitHub, as far as its umbrella goes. */
export interface World {
  readonly runs: readonly Run[]
  readonly rows: readonly Row[]
}

/** How the umbrella of a bound comes about. */
export type Shape = 'needs' | 'polls' | 'posts'

/** What exists, what may happen, and how often. */
export interface Bound {
  readonly name: string
  readonly shape: Shape
  readonly runs: number
  /** A newer run cancels what is open of an older one. */
  readonly cancels: boolean
  readonly instances: 1 | 2
  /** How often a runner loses the gate, a person re-runs or posts a red, a run is held. */
  readonly may: Readonly<Record<'lose' | 'rerun' | 'person' | 'hold', number>>
}

/** The jobs of a workflow, by name, in the order of `Run.jobs`. */
export const jobsOf = ({ shape }: Bound, workflow: number): readonly string[] =>
  shape === 'needs' ? ['test', GATE] : workflow === 0 ? ['test'] : [GATE]

export const GATE = 'all-required'

export const endOf = (executions: string | undefined): End =>
  executions === undefined || executions === '' ? '-' : (executions.at(-1) as End)

export const isOpen = ({ held, jobs }: Run): boolean =>
  !held && jobs.some(job => endOf(job) === '-')

/** The place of the newest run of a workflow; -1 where there is none. */
export const newestOf = ({ runs }: World, workflow: number): number =>
  runs.reduce((best, run, at) => (run.workflow === workflow ? at : best), -1)

/** The end of a job in a run; `null` where the run has no such job. */
export function endIn(bound: Bound, run: Run | undefined, name: string): End | null {
  if (run === undefined || run.held) return null
  const at = jobsOf(bound, run.workflow).indexOf(name)
  return at < 0 ? null : endOf(run.jobs[at])
}

/** Is the one required job green in the newest run of its workflow, which is over? */
export function isProven(bound: Bound, world: World): boolean {
  const run = world.runs[newestOf(world, 0)]
  return run !== undefined && !isOpen(run) && endIn(bound, run, 'test') === 'S'
}

/** Does the newest run of the required job say the contrary of green: red, open, or held? */
export const isContrary = (bound: Bound, world: World): boolean =>
  !isProven(bound, world) && newestOf(world, 0) >= 0

/** The umbrella by one reading of the gate: every run's counts, or only the newest's. */
export function isOpenGate(bound: Bound, world: World, reading: 'and' | 'newest'): boolean {
  const ends = world.runs.flatMap(run => endIn(bound, run, GATE) ?? [])
  const counted = reading === 'and' ? ends : ends.slice(-1)
  const top = world.rows.at(-1)
  if (counted.length === 0 && top === undefined) return false
  return counted.every(end => end === 'S') && (top === undefined || top.state === 'success')
}
