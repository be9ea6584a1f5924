/** How one execution of a job ended; `-` while it has not. */
export type End = '-' | 'S' | 'F' | 'C'

/** One run: the executions of each of its jobs, the newest last, such as `FS`. */
export interface Run {
  readonly workflow: number
  readonly attempt: number
  /** Waits for an approval: it has no jobs yet. */
  readonly held: boolean
  /** In the order of `jobsOf`. A run whose file had no gate ends before it. */
  readonly jobs: readonly string[]
}

/** A status on the umbrella. */
export interface Row {
  readonly by: 'actions' | 'us' | 'person'
  readonly state: 'success' | 'failure' | 'error' | 'pending'
  /** Place of the run that posted it, where a run did. */
  readonly run: number
  readonly description: string
  /** When a run posted a red, by `clockOf`; `null` of every other row, where nobody asks. */
  readonly posted: number | null
}

/** One commit on GitHub, as far as its umbrella goes. */
export interface World {
  readonly runs: readonly Run[]
  readonly rows: readonly Row[]
}

/** How the umbrella of a bound comes about. */
type Shape = 'needs' | 'polls' | 'posts'

/**
 * What may happen so often: a runner loses the gate, a person re-runs or posts a red, a run is
 * held, a run posts a red for a reason of its own, a run begins whose file has no gate.
 */
export type Chance = 'lose' | 'rerun' | 'person' | 'hold' | 'own' | 'gateless'

export const NOTHING: Readonly<Record<Chance, number>> = {
  lose: 0,
  rerun: 0,
  person: 0,
  hold: 0,
  own: 0,
  gateless: 0,
}

/** What exists, what may happen, and how often. */
export interface Bound {
  readonly name: string
  readonly shape: Shape
  readonly runs: number
  /** A newer run cancels what is open of an older one. */
  readonly cancels: boolean
  readonly instances: 1 | 2
  readonly may: Readonly<Record<Chance, number>>
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
  const executions = run.jobs[jobsOf(bound, run.workflow).indexOf(name)]
  return executions === undefined ? null : endOf(executions)
}

/** When an execution of a run's jobs started: the runs in order, and each from its first one. */
export const startOf = (at: number, executions: number): number => 100 * at + 10 * executions

/** Right after the start of the newest execution of the required job in its newest run. */
export function clockOf(world: World): number {
  const at = newestOf(world, 0)
  return startOf(at, world.runs[at]?.jobs[0]?.length ?? 0) + 5
}

/** Did a run post this when the required job, which is green by now, had started? */
export const isOfNow = (world: World, { by, posted }: Row): boolean =>
  by === 'actions' && posted === clockOf(world)

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
