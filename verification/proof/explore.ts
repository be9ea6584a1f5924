import type { Bound } from './bound.js'
import type { Programs } from './client.js'
import { openPrograms } from './client.js'
import type { Explored, Limits } from './exploration.js'
import { Exploration } from './exploration.js'
import { fresh, remember } from './instance.js'
import type { State, World } from './model.js'
import { worldOf } from './model.js'
import { emptyState } from './comings.js'
import { stateAfter } from './past.js'
import type { Missing } from './asking.js'
import type { Profile } from './profile.js'

/** The first state: what had happened before, and nobody of us has begun. */
async function startOf(world: World, programs: Programs): Promise<State> {
  const clients = await Promise.all(
    world.bound.sweeps.map((_, at) => fresh(world, programs, at, 0)),
  )
  return { ...stateAfter(world, emptyState(world)), clients }
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
