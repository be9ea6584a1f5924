import { created } from './arrivals.js'
import type { Bound, Start } from './bound.js'
import type { State, World, WorkflowFile } from './model.js'
import { postJob } from './rows.js'
import { serverSteps } from './server.js'

/** A run that is over when an exploration begins. */
interface Past {
  /** Its place in the order of creation, from 1. */
  readonly run: number
  readonly pull: number
  readonly file: WorkflowFile
  /** How its jobs ended, and how its umbrella did. */
  readonly jobs: 'succeeds' | 'fails'
  readonly umbrella: 'umbrella succeeds' | 'although its needs' | 'umbrella fails' | 'not yet'
}

const past = (run: number, pull: number, change: Partial<Past> = {}): Past => ({
  run,
  pull,
  file: 'ci.yml',
  jobs: 'succeeds',
  umbrella: 'although its needs',
  ...change,
})

const FAILED = { jobs: 'fails', umbrella: 'umbrella fails' } as const

/** What happened, in the order in which runs ended. */
const PASTS: Readonly<Record<Exclude<Start, 'fresh'>, readonly Past[]>> = {
  stale: [past(1, 1)],
  sibling: [past(1, 2)],
  overwritten: [
    ...[past(1, 1, { umbrella: 'not yet' }), past(2, 1, { umbrella: 'umbrella succeeds' })],
    past(1, 1),
  ],
  'older-failed': [past(1, 1, FAILED), past(2, 2)],
  'twin-failed': [past(1, 1, FAILED), past(2, 1, { file: 'mac/ci.yml' })],
}

/** A run is created, and its first rows are written. */
function begun(world: World, state: State, { pull, file }: Past): State {
  const [next, { run, posts }] = created(world, state, { pull, file, held: false })
  return posts.reduce((at, [job, was]) => postJob(world, at, run, job, was), next)
}

/** Each job of a run in its turn, the emitter after each, until it is over. */
function ended(calm: World, state: State, { run, jobs, umbrella }: Past): State {
  for (let now = state; ;) {
    const steps = [...serverSteps(calm, now)].filter(({ say }) => say.startsWith(`run ${run}: `))
    const step =
      steps.find(({ say }) => say.includes('emitter')) ??
      steps.find(({ say }) => say.includes(umbrella)) ??
      steps.find(({ say }) => say.includes(jobs) && !say.includes('umbrella')) ??
      steps.find(({ say }) => say.includes('is picked'))
    if (step === undefined) return now
    now = step.next
  }
}

/** The forge as it is when an exploration begins. */
export function stateAfter(world: World, empty: State): State {
  const { start } = world.bound
  if (start === 'fresh') return begun(world, empty, past(1, 1))
  const bound: Bound = {
    ...world.bound,
    split: false,
    results: 'SF',
    ticks: null,
    wholeEmitter: false,
    // So that each run writes rows of its own, and not only what differs from the other's.
    picks: start === 'overwritten',
    may: { lie: 2 },
  }
  const calm: World = { ...world, bound }
  const runs = PASTS[start]
  const inOrder = [...new Map(runs.map(one => [one.run, one])).values()].sort(
    (a, b) => a.run - b.run,
  )
  const all = inOrder.reduce((now, one) => begun(calm, now, one), empty)
  const over = runs.reduce((now, one) => ended(calm, now, one), all)
  return { ...over, spent: empty.spent }
}
