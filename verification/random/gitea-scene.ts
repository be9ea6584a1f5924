import type { Run } from '../simulator/index.js'
import { contextOf } from '../simulator/job-status.js'
import { isDone, jobsOf } from '../simulator/run-state.js'
import { blindSpotOf } from './blind.js'
import type { Look, Rerun, Scene } from './asked.js'
import type { Request } from './server.js'
import { featuresOf } from './scene.js'
import { describeFlaw, flawsOf, isChosen, runsOn, tellsPulls } from './truth.js'
import type { World } from './world.js'

const STATUS = /\/statuses\/([0-9a-f]{40})$/
const RERUN = /\/actions\/runs\/(\d+)\/(?:jobs\/(\d+)\/)?rerun/

const runOf = (world: World, path: string): Run | undefined => {
  const id = RERUN.exec(path)?.[1]
  return world.state.runs.find(run => `${run.id}` === id)
}

/** Has a pull no run of its own on a server that tells of no run for which pull it ran? */
function isWithoutRun(world: World, number: number, context: string): boolean {
  if (tellsPulls(world)) return false
  return !runsOn(world, world.forge.head(number), context).some(run => run.pull === number)
}

function look(world: World, number: number, context: string): Look {
  const pull = world.forge.pull(number)
  const all = flawsOf(world, pull, context).map(flaw => ({
    flaw,
    spot: blindSpotOf(world, pull, flaw),
  }))
  const visible = all.filter(({ spot }) => spot === null).map(({ flaw }) => flaw)
  const ofJobs = visible.filter(({ code }) => code !== 'umbrella-red')
  const [hidden] = all.flatMap(({ spot }) => spot ?? [])
  return {
    flaws: visible.map(describeFlaw),
    ofJobs: ofJobs.map(describeFlaw),
    features: featuresOf(world, pull, visible),
    spot: hidden ?? (isWithoutRun(world, number, context) ? 'no-own-run' : null),
  }
}

function reran(world: World, { path }: Request): Rerun | null {
  const run = runOf(world, path)
  if (run === undefined) return null
  world.rerun.add(run.id)
  const job = world.state.jobs.find(({ id }) => `${id}` === RERUN.exec(path)?.[2])
  const context = job === undefined ? '' : contextOf(world.state, run, job)
  const newest = runsOn(world, run.statusSha, context).findLast(({ pull }) => pull === run.pull)
  return {
    sha: run.statusSha,
    what: `${path} (${context === '' ? 'a whole run' : context})`,
    fault: isChosen(world, context) ? null : 'that is no umbrella',
    run: run.id,
    newest: newest?.id ?? run.id,
    isGreen: () => {
      const status = jobsOf(world.state, run).find(({ key }) => key === job?.key)?.status
      return status === undefined || !isDone(status) ? null : status === 'success'
    },
  }
}

/** A simulated Gitea or Forgejo as a judge sees it. */
export function giteaScene(world: World): Scene {
  return {
    umbrella: world.umbrella,
    open: () => world.open.map(({ number }) => ({ number, head: world.forge.head(number) })),
    look: (number, context) => look(world, number, context),
    newest: number => {
      const runs = runsOn(world, world.forge.head(number), world.umbrella)
      return runs.findLast(({ pull }) => pull === number)?.id ?? null
    },
    listsPulls: ({ method, path }) => method === 'GET' && path.endsWith('/pulls'),
    writesTo: ({ method, path }) =>
      method === 'GET'
        ? null
        : (STATUS.exec(path)?.[1] ?? runOf(world, path)?.statusSha ?? 'nothing known'),
    posted: ({ sweep, path }) => {
      const sha = STATUS.exec(path)?.[1] ?? ''
      const row = world.state.rows[sha]?.at(-1)
      if (row === undefined) return null
      world.ours.push({ sha, index: row.index, sweep })
      return row.state === 'success' ? { sha, row: row.index, context: row.context } : null
    },
    reran: request => reran(world, request),
    standing: sha => {
      const row = world
        .latest(sha, world.umbrella)
        .find(one => one.state === 'success' && world.isOurs(sha, one))
      return row === undefined ? null : { sha, row: row.index, context: row.context }
    },
  }
}
