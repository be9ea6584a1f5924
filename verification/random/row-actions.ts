import { contextOf } from '../simulator/job-status.js'
import { jobsOf } from '../simulator/run-state.js'
import type { Act } from './act.js'
import { anyRun, named } from './act.js'
import { contextFor } from './files.js'
import { isOpenRun } from './runner.js'

/** A row that somebody else writes: with words of its own, or copied from Actions or from us. */
export const forge: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  const sha = world.forge.head(pull.number)
  const context = chance.is(0.5)
    ? world.umbrella
    : contextFor(chance.of(world.setup.main.jobs).name)
  const copied = chance.maybe(world.state.rows[sha] ?? [])
  const description = chance.weighted({ own: 1, copied: 2, ours: 1 })
  const last = world.state.rows[sha]?.at(-1)?.index ?? 0
  const row = world.forge.post(sha, {
    context,
    state: chance.of(['success', 'success', 'failure', 'pending', 'error']),
    description:
      description === 'own'
        ? 'all is well'
        : description === 'copied'
          ? (copied?.description ?? '')
          : `stale [ur-${chance.of(['green', 'undo'])} ${chance.below(last + 1)} 1 abcdef]`,
    target_url: chance.is(0.6) ? (copied?.targetUrl ?? '') : '',
    as: chance.of(['person', 'job-token'] as const),
  })
  return `somebody wrote ${row.state} to ${context} of #${pull.number} (row ${row.index})`
}

/** The server loses the newest row of a job. */
export const loseRow: Act = (world, chance) => {
  const run = anyRun(world, chance, one => isOpenRun(world, one))
  if (run === null) return null
  const rows = (world.state.rows[run.statusSha] ??= [])
  const before = rows.length
  const job = chance.maybe(jobsOf(world.state, run).filter(({ status }) => status === 'running'))
  if (job === null) return null
  world.forge.finish(job, 'failure')
  if (rows.length === before) return null
  rows.splice(before)
  world.lost.push({ sha: run.statusSha, run: run.id, job: job.id })
  return `${named(run)}: the row of ${contextOf(world.state, run, job)} was lost`
}

/** An emitter reads a run's jobs, and posts what it read when something else has happened. */
export const readLate: Act = (world, chance) => {
  const run = anyRun(world, chance, () => true)
  if (run === null) return null
  world.held.push(world.forge.readForEmission(run))
  return `the emitter read ${named(run)}`
}

export const postLate: Act = world => {
  const snapshot = world.held.shift()
  if (snapshot === undefined) return null
  const isOld = snapshot.seen.some(
    ({ id, status }) => world.state.jobs.find(job => job.id === id)?.status !== status,
  )
  if (isOld) world.outdated.add(snapshot.runId)
  world.forge.postSnapshot(snapshot)
  return `the emitter posted run ${snapshot.runId} as it was`
}

/** Work of elsewhere: the list of tasks, which is of the whole repository, grows long. */
export const fillTasks: Act = world => {
  if (!world.state.profile.actions.tasks || world.state.tasks.length > 1000) return null
  world.forge.fillTasks(2100)
  return '2100 tasks of other commits ran'
}

export const pass: Act = (world, chance) => {
  const seconds = chance.of([15, 40, 400, 1500])
  world.state.clock.now += seconds * 1000
  return `${seconds} s went by`
}
