import { all } from './jobs.js'
import { filesOf, openPulls } from './comings.js'
import type { Batch, Run, State, World, WorkflowFile } from './model.js'
import { left, spend } from './model.js'
import type { Step } from './step.js'
import { writes } from './step.js'

/** What a run is created for. */
interface Origin {
  readonly pull: number
  readonly file: WorkflowFile
  readonly held: boolean
}

/** A run as its creation commits it, and the rows it owes (docs/forge-facts.md, 2.3). */
export function created(world: World, state: State, origin: Origin): [State, Batch] {
  const { pull, file, held } = origin
  const jobs = held ? 'B'.repeat(world.umbrella + 1) : `${'W'.repeat(world.umbrella)}B`
  const run: Run = {
    pull,
    file,
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
  for (const pull of openPulls(state))
    for (const file of filesOf(world, state, pull)) {
      const whose = world.bound.pulls > 1 ? ` for pull request ${pull}` : ''
      const what = file === 'ci.yml' ? '' : ` by ${file}`
      const say = `run ${state.runs.length + 1} is created${whose}${what}`
      yield* writes(world, ...created(world, state, { pull, file, held: false }), say, true)
      if (left(world, state, 'held') === 0) continue
      const [next] = created(world, spend(state, 'held'), { pull, file, held: true })
      yield { say: `${say} and held for approval: it writes nothing`, willed: true, next }
    }
}
