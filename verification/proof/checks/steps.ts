import type { Bound, Chance, Row, Run, World } from './world.js'
import { clockOf, endIn, endOf, GATE, isOpen, jobsOf, newestOf } from './world.js'

/** What is left of what may happen. */
export type Budget = Readonly<Record<Chance | 'runs', number>>

/** One thing that the server or a person does. */
export interface Step {
  readonly say: string
  readonly world: World
  readonly budget: Budget
}

const replaced = <T>(list: readonly T[], at: number, item: T): readonly T[] =>
  list.map((one, index) => (index === at ? item : one))

const withRun = (world: World, at: number, run: Run): World => ({
  ...world,
  runs: replaced(world.runs, at, run),
})

const ended = (run: Run, job: number, end: string): Run => ({
  ...run,
  jobs: replaced(run.jobs, job, `${(run.jobs[job] ?? '').slice(0, -1)}${end}`),
})

/** What a gate says that runs now: by its own run, or by the newest run of what it polls. */
function verdictOf(bound: Bound, world: World, run: Run): 'S' | 'F' {
  const read = bound.shape === 'needs' ? run : world.runs[newestOf(world, 0)]
  return endIn(bound, read, 'test') === 'S' ? 'S' : 'F'
}

/** A run with every job queued; what it cancels of older ones is cancelled. */
function created(
  bound: Bound,
  world: World,
  workflow: number,
  kind: 'whole' | 'held' | 'gateless',
): World {
  const names = jobsOf(bound, workflow).filter(name => kind !== 'gateless' || name !== GATE)
  const jobs = kind === 'held' ? [] : names.map(() => '-')
  const runs = world.runs.map(run =>
    bound.cancels && run.workflow === workflow
      ? { ...run, jobs: run.jobs.map(job => (endOf(job) === '-' ? `${job.slice(0, -1)}C` : job)) }
      : run,
  )
  return { ...world, runs: [...runs, { workflow, attempt: 1, held: kind === 'held', jobs }] }
}

/** Ends of one job that are possible now. */
function endsOf(bound: Bound, world: World, at: number, job: number): readonly string[] {
  const run = world.runs[at]
  if (run === undefined) return []
  const name = jobsOf(bound, run.workflow)[job]
  if (name !== GATE) return ['S', 'F']
  // A gate waits until what it needs is over.
  if (bound.shape === 'needs' && endIn(bound, run, 'test') === '-') return []
  return [verdictOf(bound, world, run)]
}

/** Runs jobs of a run again, as GitHub does: the other jobs keep their ends. */
export function again(run: Run, jobs: readonly number[]): Run {
  return {
    ...run,
    attempt: run.attempt + 1,
    jobs: run.jobs.map((job, at) => (jobs.includes(at) ? `${job}-` : job)),
  }
}

/** A run whose gate is a status posts it once its job is over. */
function posts(bound: Bound, world: World, at: number): World | null {
  const run = world.runs[at]
  if (bound.shape !== 'posts' || run === undefined || run.held || isOpen(run)) return null
  const mark = `of ${at}.${run.attempt}`
  if (world.rows.some(({ description }) => description === mark)) return null
  const state = endIn(bound, run, 'test') === 'S' ? 'success' : 'failure'
  return withPosted(world, { state, run: at, description: mark })
}

/** A status that a run posts now. */
const withPosted = (world: World, row: Pick<Row, 'state' | 'run' | 'description'>): World => ({
  ...world,
  rows: [
    ...world.rows,
    { ...row, by: 'actions', posted: row.state === 'failure' ? clockOf(world) : null },
  ],
})

/** Everything that the server and people may do next. */
export function* stepsOf(bound: Bound, world: World, budget: Budget): Generator<Step> {
  const workflows = bound.shape === 'polls' ? [0, 1] : [0]
  if (budget.runs > 0)
    for (const workflow of workflows) {
      const less = { ...budget, runs: budget.runs - 1 }
      const say = `a run of workflow ${workflow} begins`
      yield { say, world: created(bound, world, workflow, 'whole'), budget: less }
      if (budget.hold > 0)
        yield {
          say: `${say} and waits for an approval`,
          world: created(bound, world, workflow, 'held'),
          budget: { ...less, hold: budget.hold - 1 },
        }
      if (budget.gateless > 0 && jobsOf(bound, workflow).includes(GATE))
        yield {
          say: `${say}, whose file has no gate`,
          world: created(bound, world, workflow, 'gateless'),
          budget: { ...less, gateless: budget.gateless - 1 },
        }
    }
  for (const [at, run] of world.runs.entries()) {
    yield* stepsOfRun(bound, world, budget, { at, run })
    const posted = posts(bound, world, at)
    if (posted !== null) yield { say: `run ${at} posts its status`, world: posted, budget }
    if (budget.own > 0 && bound.shape === 'posts' && !run.held)
      yield {
        say: `run ${at} posts a red for a reason of its own`,
        world: withPosted(world, { state: 'failure', run: at, description: 'review missing' }),
        budget: { ...budget, own: budget.own - 1 },
      }
  }
  if (budget.person > 0 && bound.shape === 'posts') {
    const row = {
      by: 'person',
      state: 'failure',
      run: -1,
      description: 'no',
      posted: null,
    } as const
    const rows = [...world.rows, row]
    const less = { ...budget, person: budget.person - 1 }
    yield { say: 'a person posts a red', world: { ...world, rows }, budget: less }
  }
}

function* stepsOfRun(
  bound: Bound,
  world: World,
  budget: Budget,
  { at, run }: { readonly at: number; readonly run: Run },
): Generator<Step> {
  if (run.held) {
    const jobs = jobsOf(bound, run.workflow).map(() => '-')
    yield {
      say: `run ${at} is approved`,
      world: withRun(world, at, { ...run, held: false, jobs }),
      budget,
    }
    return
  }
  for (const [job, executions] of run.jobs.entries()) {
    if (endOf(executions) !== '-') continue
    const name = jobsOf(bound, run.workflow)[job] ?? ''
    for (const end of endsOf(bound, world, at, job))
      yield {
        say: `${name} of run ${at} ends ${end}`,
        world: withRun(world, at, ended(run, job, end)),
        budget,
      }
    if (name === GATE && budget.lose > 0 && endsOf(bound, world, at, job).length > 0)
      yield {
        say: `run ${at} loses the runner of its gate`,
        world: withRun(world, at, ended(run, job, 'F')),
        budget: { ...budget, lose: budget.lose - 1 },
      }
  }
  if (budget.rerun > 0 && !isOpen(run))
    yield {
      say: `a person runs all of run ${at} again`,
      world: withRun(
        world,
        at,
        again(
          run,
          run.jobs.map((_, job) => job),
        ),
      ),
      budget: { ...budget, rerun: budget.rerun - 1 },
    }
}
