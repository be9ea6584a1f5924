import type { Job, Pull, Run } from '../simulator/index.js'
import { contextOf } from '../simulator/job-status.js'
import { isDone, jobsOf, runStatus } from '../simulator/run-state.js'
import type { Chance } from './chance.js'
import type { FileSpec, JobSpec } from './files.js'
import { contextFor } from './files.js'
import { finishRun, isOpenRun, umbrellaOf, work } from './runner.js'
import type { World } from './world.js'

/** Does something to the world; answers what, or `null` where there is nothing to do it to. */
type Act = (world: World, chance: Chance) => string | null

const runsOf = (world: World, pull: Readonly<Pull>): Run[] =>
  world.state.runs.filter(
    ({ pull: number, statusSha }) =>
      number === pull.number && statusSha === world.forge.head(pull.number),
  )

const anyRun = (world: World, chance: Chance, test: (run: Run) => boolean): Run | null =>
  chance.maybe(world.state.runs.filter(run => run.pull !== null && test(run)))

const named = (run: Readonly<Run>): string => `run ${run.index} (#${run.pull ?? '?'}, ${run.file})`

const openPull: Act = (world, chance) => {
  const branch = `topic-${world.state.next.number}`
  const base = chance.is(0.75) ? 'main' : 'release'
  world.state.branches[branch] = world.state.branches[base] ?? ''
  world.forge.push({ branch, files: { change: branch } })
  return `#${world.forge.openPull({ branch, base })} opened into ${base}`
}

const push: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  world.forge.push({ branch: pull.branch, files: { change: `${chance.seed()}` } })
  return `pushed to #${pull.number}`
}

const workSome: Act = (world, chance) => {
  const run = anyRun(world, chance, one => isOpenRun(world, one))
  if (run === null) return null
  work(world, run, 1 + chance.below(6), chance)
  return `some jobs of ${named(run)} went on`
}

const finish: Act = (world, chance) => {
  const run = anyRun(world, chance, one => isOpenRun(world, one))
  if (run === null) return null
  finishRun(world, run, chance.of([1, 1, 0.8, 0]), chance)
  return `${named(run)} ended ${runStatus(world.state, run)}`
}

const finishAll: Act = (world, chance) => {
  const runs = world.state.runs.filter(one => one.pull !== null && isOpenRun(world, one))
  for (const run of runs) finishRun(world, run, 0.9, chance)
  return runs.length === 0 ? null : `${runs.map(named).join(', ')} ended`
}

/** The run of a new commit. */
function freshRun(world: World, chance: Chance): Run | null {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  world.forge.push({ branch: pull.branch, files: { change: `${chance.seed()}` } })
  return runsOf(world, pull).at(-1) ?? null
}

/** All that an umbrella needs ends green, and the umbrella itself is lost or cancelled. */
const loseUmbrella: Act = (world, chance) => {
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
const lateRun: Act = (world, chance) => {
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

const rerunJob: Act = (world, chance) => {
  const run = anyRun(world, chance, one => isDone(runStatus(world.state, one)))
  const job = run === null ? null : chance.maybe(jobsOf(world.state, run))
  if (run === null || job === null || isOpenRun(world, run)) return null
  world.forge.rerun(job)
  return `a person ran ${job.name} of ${named(run)} again`
}

const rerunRun: Act = (world, chance) => {
  const run = anyRun(world, chance, one => !isOpenRun(world, one))
  if (run === null) return null
  const failedOnly = chance.is(0.5)
  if (failedOnly) world.forge.rerunFailed(run)
  else world.forge.rerunAll(run)
  return `a person ran ${failedOnly ? 'the failed jobs' : 'all'} of ${named(run)} again`
}

const cancel: Act = (world, chance) => {
  const run = anyRun(world, chance, one => isOpenRun(world, one))
  if (run === null) return null
  world.forge.cancel(run)
  return `${named(run)} was cancelled`
}

const close: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  world.forge.closePull(pull.number)
  return `#${pull.number} closed`
}

const reopen: Act = (world, chance) => {
  const pull = chance.maybe(world.pulls.filter(({ open }) => !open))
  if (pull === null) return null
  world.forge.reopenPull(pull.number)
  return `#${pull.number} reopened`
}

const retarget: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  if (pull === null) return null
  const base = pull.base === 'main' ? 'release' : 'main'
  world.forge.retargetPull(pull.number, base)
  return `#${pull.number} re-targeted to ${base}`
}

/** Another pull on the same commit; it may close at once, or after its run. */
const second: Act = (world, chance) => {
  const pull = chance.maybe(world.pulls)
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
  return `${said}, and closed${run === undefined ? '' : `; ${named(run)} ${runStatus(world.state, run)}`}`
}

const EXTRA: JobSpec = { key: 'audit', name: 'Audit' }

/** The umbrella needs a job more, or one less. */
function otherNeeds(spec: FileSpec, chance: Chance): FileSpec {
  const { umbrella, jobs } = spec
  if (umbrella === null) return spec
  const needs = umbrella.needs ?? []
  if (chance.is(0.5) && needs.length > 1) {
    const gone = chance.of(needs)
    return {
      ...spec,
      jobs: chance.is(0.7) ? jobs.filter(({ key }) => key !== gone) : jobs,
      umbrella: { ...umbrella, needs: needs.filter(key => key !== gone) },
    }
  }
  if (umbrella.needs === null || needs.includes(EXTRA.key)) return spec
  return {
    ...spec,
    jobs: [...jobs.filter(({ key }) => key !== EXTRA.key), EXTRA],
    umbrella: { ...umbrella, needs: [...needs, EXTRA.key] },
  }
}

/** A second file of the same workflow name, which writes some of the same contexts. */
const twinOf = (spec: FileSpec, chance: Chance): FileSpec => ({
  ...spec,
  path: chance.of(['twin.yml', 'mac/ci.yml']),
  event: chance.is(0.8) ? 'pull_request' : 'pull_request_target',
  jobs: chance.is(0.6) ? spec.jobs : spec.jobs.slice(0, 1),
  umbrella: chance.is(0.4) && spec.umbrella?.kind !== 'own' ? spec.umbrella : null,
})

function wholeNeeds(spec: FileSpec): FileSpec {
  const { umbrella, jobs } = spec
  if (umbrella === null || umbrella.needs === null) return spec
  const there = jobs.map(({ key }) => key)
  return {
    ...spec,
    umbrella: { ...umbrella, needs: umbrella.needs.filter(key => there.includes(key)) },
  }
}

const edited = (world: World, sha: string, chance: Chance): FileSpec | null => {
  const file = world.files(sha).find(({ path }) => path === 'ci.yml')
  if (file === undefined) return null
  return chance.is(0.4) ? wholeNeeds(twinOf(file, chance)) : otherNeeds(file, chance)
}

const editBase: Act = (world, chance) => {
  const branch = chance.is(0.7) ? 'main' : 'release'
  const spec = edited(world, world.state.branches[branch] ?? '', chance)
  if (spec === null) return null
  world.write(branch, [spec])
  return `${branch}: ${spec.path} (${spec.event}) now needs ${(spec.umbrella?.needs ?? []).join('+')}`
}

const editHead: Act = (world, chance) => {
  const pull = chance.maybe(world.open)
  const spec = pull === null ? null : edited(world, world.forge.head(pull.number), chance)
  if (pull === null || spec === null) return null
  world.write(pull.branch, [spec])
  return `#${pull.number} changes ${spec.path}: needs ${(spec.umbrella?.needs ?? []).join('+')}`
}

/** The newest run of a pull, or one more, is of an event that no client knows yet. */
const unknownEvent: Act = (world, chance) => {
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

/** A row that somebody else writes: with words of its own, or copied from Actions or from us. */
const forge: Act = (world, chance) => {
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
const loseRow: Act = (world, chance) => {
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
const readLate: Act = (world, chance) => {
  const run = anyRun(world, chance, () => true)
  if (run === null) return null
  world.held.push(world.forge.readForEmission(run))
  return `the emitter read ${named(run)}`
}

const postLate: Act = world => {
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
const fillTasks: Act = world => {
  if (!world.state.profile.actions.tasks || world.state.tasks.length > 1000) return null
  world.forge.fillTasks(2100)
  return '2100 tasks of other commits ran'
}

const pass: Act = (world, chance) => {
  const seconds = chance.of([15, 40, 400, 1500])
  world.state.clock.now += seconds * 1000
  return `${seconds} s went by`
}

export const ACTIONS = {
  ...{ openPull, push, workSome, finish, finishAll, loseUmbrella, lateRun, rerunJob, rerunRun },
  ...{ cancel, close, reopen, retarget, second, editBase, editHead, unknownEvent, forge, loseRow },
  ...{ readLate, postLate, fillTasks, pass },
}
export type ActionName = keyof typeof ACTIONS
