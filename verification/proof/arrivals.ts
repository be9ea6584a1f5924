import { all } from './jobs.js'
import type { Batch, Run, State, World } from './model.js'
import { left, openedPulls, spend } from './model.js'
import type { Step } from './step.js'
import { writes } from './step.js'

/** A run as its creation commits it, and the rows it owes (docs/forge-facts.md, 2.3). */
export function created(world: World, state: State, pull: number, held: boolean): [State, Batch] {
  const jobs = held ? 'B'.repeat(world.umbrella + 1) : `${'W'.repeat(world.umbrella)}B`
  const run: Run = {
    pull,
    held,
    attempt: 1,
    ours: false,
    jobs,
    tasks: '-'.repeat(jobs.length),
    missing: (1 << jobs.length) - 1,
    due: false,
    snap: '',
  }
  const next = { ...state, runs: [...state.runs, run] }
  return [next, { run: state.runs.length, posts: all(next, state.runs.length), report: false }]
}

/** A run that an event starts; it may be held for approval and then writes nothing. */
export function* newRuns(world: World, state: State): Generator<Step> {
  if (state.runs.length >= world.bound.runs) return
  for (let pull = 1; pull <= openedPulls(world, state); pull += 1) {
    const say =
      `run ${state.runs.length + 1} is ` +
      `created${world.bound.pulls > 1 ? ` for pull request ${pull}` : ''}`
    yield* writes(world, ...created(world, state, pull, false), say, true)
    if (left(world, state, 'held') === 0) continue
    const [next] = created(world, spend(state, 'held'), pull, true)
    yield { say: `${say} and held for approval: it writes nothing`, willed: true, next }
  }
}

/**
 * Another pull request comes to the head: opened, reopened, or pushed to the same commit. Its run
 * is created later, or never.
 */
export function* newPulls(world: World, state: State): Generator<Step> {
  if (left(world, state, 'open') === 0) return
  const next = spend(state, 'open')
  yield {
    say: `pull request ${openedPulls(world, next)} is opened on the head`,
    willed: true,
    next,
  }
}
