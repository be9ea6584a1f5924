import type { Pull, Run } from '../simulator/index.js'
import { targetUrlOf } from '../simulator/job-status.js'
import type { Flaw } from './truth.js'
import { runsOn, tellsJobs, tellsPulls } from './truth.js'
import type { World } from './world.js'

/** What no client of such a server can see, by the names of docs/limits.md. */
export const BLIND_SPOTS = [
  'snapshot',
  'unseen-run',
  'post-window',
  'lost-write',
  'rerun-window',
  'moved-pull',
  'no-own-run',
] as const
export type BlindSpot = (typeof BLIND_SPOTS)[number]

/** The newest row that links to the job of a flaw. */
function newestRow(world: World, { run, job }: Flaw) {
  if (run === null || job === null) return undefined
  const link = targetUrlOf(world.state, run, job)
  return (world.state.rows[run.statusSha] ?? []).filter(row => row.targetUrl === link).at(-1)
}

/** Has a run written any row of its own? */
function isSeen(world: World, { run }: Flaw): boolean {
  if (run === null) return true
  const { actions, targetUrl } = world.state.profile
  const key = targetUrl === 'id/id' ? run.id : run.index
  const rows = world.state.rows[run.statusSha] ?? []
  if (rows.some(row => row.targetUrl.includes(`/actions/runs/${key}/`))) return true
  if (world.setup.denied || world.blinded) return false
  if (actions.runs !== 'none') return true
  return actions.tasks && world.state.tasks.some(({ runId }) => runId === run.id)
}

/** Where the pull of a run stands now. */
const headOf = (world: World, run: Run): string | null =>
  run.pull === null ? null : world.forge.head(run.pull)

/** The blind spot in which a flaw lies by the state of the server, or `null`. */
export function blindSpotOf(world: World, pull: Readonly<Pull>, flaw: Flaw): BlindSpot | null {
  const { run, job } = flaw
  if (run === null || tellsJobs(world)) return null
  if (!isSeen(world, flaw)) return 'unseen-run'
  const row = newestRow(world, flaw)
  if (job !== null && row?.state !== 'failure' && world.lost.some(one => one.job === job.id))
    return 'lost-write'
  if (job !== null && row?.state === 'success' && world.outdated.has(run.id)) return 'snapshot'
  if (tellsPulls(world)) return null
  // Another pull stood here and has moved on: its run looks like one of this pull.
  const later = runsOn(world, run.statusSha, flaw.context).filter(({ index }) => index > run.index)
  const moved = later.some(
    other => other.pull !== pull.number && headOf(world, other) !== run.statusSha,
  )
  return moved ? 'moved-pull' : null
}
