import { created } from './arrivals.js'
import type { Bound } from './bound.js'
import { BUDGETS } from './bound.js'
import type { Programs } from './client.js'
import { openPrograms } from './client.js'
import type { Explored, Limits } from './exploration.js'
import { Exploration } from './exploration.js'
import { fresh, remember } from './instance.js'
import { emptyLog } from './log.js'
import type { State, World } from './model.js'
import { worldOf } from './model.js'
import type { Missing } from './port.js'
import type { Profile } from './profile.js'
import { postJob } from './rows.js'
import { serverSteps } from './server.js'

/**
 * The first state: run 1 exists; with `stale` it has ended, its jobs green and its umbrella red.
 */
async function startOf(world: World, programs: Programs): Promise<State> {
  const clients = await Promise.all(
    world.bound.sweeps.map((_, at) => fresh(world, programs, at, 0)),
  )
  const log = emptyLog(world.contexts.length)
  const empty: State = {
    now: 0,
    runs: [],
    log,
    outbox: [],
    spent: '0'.repeat(BUDGETS.length),
    clients: [],
  }
  const [bare, batch] = created(world, empty, 1, false)
  let state = batch.posts.reduce((at, [job, was]) => postJob(world, at, 0, job, was), bare)
  if (world.bound.start === 'stale') {
    const bound: Bound = {
      ...world.bound,
      split: false,
      results: 'S',
      runs: 1,
      picks: false,
      may: { lie: 1 },
      ticks: null,
    }
    const calm: World = { ...world, bound }
    // Each job in its turn; the emitter after each; the umbrella fails, which is the second of its
    // two results.
    for (
      let steps = [...serverSteps(calm, state)];
      steps.length > 0;
      steps = [...serverSteps(calm, state)]
    ) {
      const step =
        steps.find(({ say }) => say.includes('emitter')) ??
        steps.find(({ say }) => say.includes('although')) ??
        steps[0]
      state = step?.next ?? state
    }
    state = { ...state, spent: empty.spent }
  }
  return { ...state, clients }
}

/**
 * Visits every state within a bound, breadth first, so that the first way to a finding is a
 * shortest one; checks the laws on every step and every state.
 */
export async function explore(
  profile: Profile,
  bound: Bound,
  missing: Missing = null,
  limits: Limits = {},
): Promise<Explored> {
  const began = performance.now()
  const world = worldOf(profile, bound)
  const programs = openPrograms(world, missing)
  const start = remember(world, programs, await startOf(world, programs))
  const exploration = new Exploration(world, programs, missing, start)
  await exploration.visit(limits)
  return exploration.told(bound, (performance.now() - began) / 1000)
}
