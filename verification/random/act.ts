import type { Pull, Run } from '../simulator/index.js'
import type { Chance } from './chance.js'
import type { World } from './world.js'

/** Does something to the world; answers what, or `null` where there is nothing to do it to. */
export type Act = (world: World, chance: Chance) => string | null

export const runsOf = (world: World, pull: Readonly<Pull>): Run[] =>
  world.state.runs.filter(
    ({ pull: number, statusSha }) =>
      number === pull.number && statusSha === world.forge.head(pull.number),
  )

export const anyRun = (world: World, chance: Chance, test: (run: Run) => boolean): Run | null =>
  chance.maybe(world.state.runs.filter(run => run.pull !== null && test(run)))

export const named = (run: Readonly<Run>): string =>
  `run ${run.index} (#${run.pull ?? '?'}, ${run.file})`

/** The run of a new commit. */
export function freshRun(world: World, chance: Chance): Run | null {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  world.forge.push({ branch: pull.branch, files: { change: `${chance.seed()}` } })
  return runsOf(world, pull).at(-1) ?? null
}
