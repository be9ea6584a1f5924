import type { Job } from '../simulator/index.js'
import { isDone, jobsOf, runStatus } from '../simulator/run-state.js'
import type { Act } from './act.js'
import { anyRun, freshRun, named, runsOf } from './act.js'
import { finishRun, isOpenRun, umbrellaOf, work } from './runner.js'

export const workSome: Act = (world, chance) => {
  const run = anyRun(world, chance, one => isOpenRun(world, one))
  if (run === null) return null
  work(world, run, 1 + chance.below(6), chance)
  return `some jobs of ${named(run)} went on`
}

export const finish: Act = (world, chance) => {
  const run = anyRun(world, chance, one => isOpenRun(world, one))
  if (run === null) return null
  finishRun(world, run, chance.of([1, 1, 0.8, 0]), chance)
  return `${named(run)} ended ${runStatus(world.state, run)}`
}

export const finishAll: Act = (world, chance) => {
  const runs = world.state.runs.filter(one => one.pull !== null && isOpenRun(world, one))
  for (const run of runs) finishRun(world, run, 0.9, chance)
  return runs.length === 0 ? null : `${runs.map(named).join(', ')} ended`
}

/** All that an umbrella needs ends green, and the umbrella itself is lost or cancelled. */
export const loseUmbrella: Act = (world, chance) => {
  const run = chance.is(0.6)
    ? freshRun(world, chance)
    : anyRun(world, chance, one => isOpenRun(world, one))
  if (run === null) return null
  const isUmbrella = (job: Job): boolean => umbrellaOf(world, run, job) !== null
  finishRun(world, run, 1, chance, isUmbrella)
  const job = jobsOf(world.state, run).find(isUmbrella)
  if (job === undefined || isDone(job.status)) return `${named(run)} went on`
  if (job.status === 'waiting' && chance.is(0.7)) {
    world.forge.pick(job)
    world.state.clock.now += 700_000
    world.forge.endZombie(job)
    return `${named(run)}: the umbrella's runner was lost`
  }
  world.forge.cancel(run)
  if (job.taskId !== 0 && chance.is(0.5)) world.forge.heartbeat(job)
  return `${named(run)}: cancelled before its umbrella`
}

/** Two runs of one pull: the newer one ends first, green, and the older one red. */
export const lateRun: Act = (world, chance) => {
  const fresh = freshRun(world, chance)
  const pull = world.pulls.find(({ number }) => number === fresh?.pull)
  if (pull === undefined || fresh === null) return null
  work(world, fresh, 1 + chance.below(5), chance)
  if (runsOf(world, pull).every(run => !isOpenRun(world, run))) world.forge.reopenPull(pull.number)
  world.forge.closePull(pull.number)
  world.forge.reopenPull(pull.number)
  const [newest, ...older] = runsOf(world, pull).reverse()
  if (newest === undefined) return null
  finishRun(world, newest, chance.of([1, 1, 0.7, 0]), chance)
  for (const run of older) if (chance.is(0.8)) finishRun(world, run, chance.of([0, 0.7, 1]), chance)
  return `#${pull.number} reopened; ${named(newest)} ended before older runs`
}

export const rerunJob: Act = (world, chance) => {
  const run = anyRun(world, chance, one => isDone(runStatus(world.state, one)))
  const job = run === null ? null : chance.maybe(jobsOf(world.state, run))
  if (run === null || job === null || isOpenRun(world, run)) return null
  world.forge.rerun(job)
  return `a person ran ${job.name} of ${named(run)} again`
}

export const rerunRun: Act = (world, chance) => {
  const run = anyRun(world, chance, one => !isOpenRun(world, one))
  if (run === null) return null
  const failedOnly = chance.is(0.5)
  if (failedOnly) world.forge.rerunFailed(run)
  else world.forge.rerunAll(run)
  return `a person ran ${failedOnly ? 'the failed jobs' : 'all'} of ${named(run)} again`
}

export const cancel: Act = (world, chance) => {
  const run = anyRun(world, chance, one => isOpenRun(world, one))
  if (run === null) return null
  world.forge.cancel(run)
  return `${named(run)} was cancelled`
}

/** The newest run of a pull, or one more, is of an event that no client knows yet. */
export const unknownEvent: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  const isMore = chance.is(0.6)
  if (isMore) {
    for (const one of runsOf(world, pull)) finishRun(world, one, 1, chance)
    world.forge.closePull(pull.number)
    world.forge.reopenPull(pull.number)
  }
  const run = runsOf(world, pull).at(-1)
  if (run === undefined) return null
  if (isMore) finishRun(world, run, chance.of([0, 0.7, 1]), chance)
  world.forge.nameEvent(run, 'merge_request_v2')
  return `${named(run)} has an event nobody knows`
}
