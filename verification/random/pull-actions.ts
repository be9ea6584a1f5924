import { runStatus } from '../simulator/run-state.js'
import type { Act } from './act.js'
import { freshRun, named, runsOf } from './act.js'
import { finishRun, isOpenRun } from './runner.js'

export const openPull: Act = (world, chance) => {
  const branch = `topic-${world.state.next.number}`
  const base = chance.is(0.75) ? 'main' : 'release'
  world.state.branches[branch] = world.state.branches[base] ?? ''
  world.forge.push({ branch, files: { change: branch } })
  return `#${world.forge.openPull({ branch, base })} opened into ${base}`
}

export const push: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  world.forge.push({ branch: pull.branch, files: { change: `${chance.seed()}` } })
  return `pushed to #${pull.number}`
}

export const close: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  world.forge.closePull(pull.number)
  return `#${pull.number} closed`
}

export const reopen: Act = (world, chance) => {
  const pull = chance.maybe(world.pulls.filter(({ open }) => !open))
  if (pull === null) return null
  world.forge.reopenPull(pull.number)
  return `#${pull.number} reopened`
}

export const retarget: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  const base = pull.base === 'main' ? 'release' : 'main'
  world.forge.retargetPull(pull.number, base)
  return `#${pull.number} re-targeted to ${base}`
}

/** Another pull on the same commit; it may close at once, or after its run. */
export const second: Act = (world, chance) => {
  const fresh = chance.is(0.5) ? freshRun(world, chance) : null
  const pull = world.pulls.find(({ number }) => number === fresh?.pull) ?? chance.maybe(world.pulls)
  if (pull === null) return null
  const base = pull.base === 'main' ? 'release' : 'main'
  const branch = chance.is(0.5) ? pull.branch : `copy-${world.state.next.number}`
  world.state.branches[branch] ??= world.forge.head(pull.number)
  const made = world.forge.openPull({ branch, base: chance.is(0.8) ? base : pull.base })
  const run = runsOf(world, world.forge.pull(made)).at(-1)
  const said = `#${made} opened on the commit of #${pull.number}`
  if (run !== undefined && chance.is(0.6)) finishRun(world, run, chance.of([1, 1, 0]), chance)
  const older = runsOf(world, pull).filter(one => one !== run && isOpenRun(world, one))
  if (chance.is(0.4)) for (const one of older) finishRun(world, one, chance.of([0, 0.7]), chance)
  if (chance.is(0.5)) return said
  world.forge.closePull(made)
  const end = run === undefined ? '' : `; ${named(run)} ${runStatus(world.state, run)}`
  return `${said}, and closed${end}`
}
