import { createHash } from 'node:crypto'
import type { Ending, Job, Run } from '../simulator/index.js'
import { contextOf } from '../simulator/job-status.js'
import { isDone, jobsOf } from '../simulator/run-state.js'
import type { Chance } from './chance.js'
import type { UmbrellaSpec } from './files.js'
import type { World } from './world.js'

/** How likely the jobs of a run end green, from 0 to 1. */
type Luck = number

/** An umbrella with a verdict of its own keeps it for a commit, however often it is asked. */
const ownVerdict = (sha: string): boolean =>
  (createHash('sha1').update(`verdict ${sha}`).digest()[0] ?? 0) % 2 === 0

/** What an umbrella says when its script runs. */
function umbrellaEnding(world: World, run: Run, job: Job, { kind }: UmbrellaSpec): Ending {
  const green = Object.values(world.forge.needs(job)).every(result => result === 'success')
  switch (kind) {
    case 'judges':
      return green ? 'success' : 'failure'
    case 'nothing':
      return 'success'
    case 'own':
      return green && ownVerdict(run.statusSha) ? 'success' : 'failure'
    case 'polls': {
      const others = jobsOf(world.state, run).filter(({ id }) => id !== job.id)
      const contexts = others.map(other => contextOf(world.state, run, other))
      const rows = contexts.flatMap(context => world.latest(run.statusSha, context).at(-1) ?? [])
      return rows.every(({ state }) => state === 'success') ? 'success' : 'failure'
    }
    default:
      return kind satisfies never
  }
}

export function umbrellaOf(world: World, run: Readonly<Run>, job: Job): UmbrellaSpec | null {
  const umbrella = world.specOf(run)?.umbrella ?? null
  return umbrella?.key === job.key ? umbrella : null
}

function endingOf(world: World, run: Run, job: Job, luck: Luck, chance: Chance): Ending {
  const umbrella = umbrellaOf(world, run, job)
  if (umbrella !== null) return umbrellaEnding(world, run, job, umbrella)
  if (chance.is(luck)) return 'success'
  return chance.weighted({ failure: 80, skipped: 10, cancelled: 10 })
}

/** One job goes one step on: it is taken, or it ends. False where it cannot. */
function step(world: World, run: Run, job: Job, luck: Luck, chance: Chance): boolean {
  if (job.status === 'waiting') {
    world.forge.pick(job)
    return true
  }
  if (job.status !== 'running') return false
  world.forge.finish(job, endingOf(world, run, job, luck, chance))
  return true
}

/** Jobs that a runner has, or could take. */
const movable = (world: World, run: Run): Job[] =>
  jobsOf(world.state, run).filter(({ status }) => status === 'waiting' || status === 'running')

/** Some steps of some jobs of a run; the emitter follows a job's end, mostly. */
export function work(world: World, run: Run, steps: number, chance: Chance): void {
  for (let left = steps; left > 0; left -= 1) {
    const job = chance.maybe(movable(world, run))
    if (job === null) return
    world.state.clock.now += 1000
    if (step(world, run, job, 0.8, chance) && isDone(job.status) && chance.is(0.9))
      world.forge.emit(run)
  }
}

/** A run goes to its end; jobs for which `until` is true are left where they are. */
export function finishRun(
  world: World,
  run: Run,
  luck: Luck,
  chance: Chance,
  until: (job: Job) => boolean = () => false,
): void {
  for (let left = 100; left > 0; left -= 1) {
    const job = chance.maybe(movable(world, run).filter(one => !until(one)))
    if (job === null) return
    world.state.clock.now += 1000
    step(world, run, job, luck, chance)
    world.forge.emit(run)
  }
}

/** A run of which a job has not ended. */
export const isOpenRun = (world: World, run: Run): boolean =>
  jobsOf(world.state, run).some(({ status }) => !isDone(status))
