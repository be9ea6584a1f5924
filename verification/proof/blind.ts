import { readMarker } from '../../src/core/model/marker.js'
import type { Row } from './log.js'
import { rowsAbove } from './log.js'
import type { Run, State, World } from './model.js'
import { culprits, isOver, newestRun } from './model.js'

/** The closed list of what a client of statuses and of re-runs cannot exclude. */
export const BLIND_SPOTS = [
  'snapshot',
  'unseen-run',
  'lost-write',
  'post-window',
  'rerun-window',
] as const
export type BlindSpot = (typeof BLIND_SPOTS)[number]

/**
 * How one job is hidden from whoever reads rows: its newest row says a better end than the truth,
 * since it is an older snapshot's or the row it is owed is not there. A row that says `pending`, or
 * a failure of a job that must be green, hides nothing.
 */
function hiddenJob(
  world: World,
  state: State,
  at: number,
  run: Run,
  job: number,
): BlindSpot | null {
  const own = rowsAbove(state.log, 0).find(
    row => row.by === 'actions' && row.run === at + 1 && row.job === job,
  )
  if (own?.state === 'pending' || (job !== world.umbrella && own?.state === 'failure')) return null
  if (own?.stale === true) return 'snapshot'
  return (run.missing & (1 << job)) === 0 ? null : 'lost-write'
}

/**
 * Why nothing that is not green could be seen at this instant, or `''` when something could: every
 * job that forbids a success must be hidden. Job rows hide nothing; a list of runs shows a run that
 * wrote nothing.
 */
export function hiddenBy(world: World, state: State): BlindSpot | '' {
  if (world.profile.grade === 'jobs') return ''
  const names = new Set<BlindSpot>()
  for (let pull = 1; pull <= world.bound.pulls; pull += 1) {
    const at = newestRun(state, pull)
    const run = state.runs[at]
    if (run === undefined) continue
    const guilty = culprits(world, run)
    if (guilty.length === 0) continue
    if (!rowsAbove(state.log, 0).some(row => row.by === 'actions' && row.run === at + 1)) {
      if (world.profile.listsRuns) return ''
      names.add('unseen-run')
      continue
    }
    for (const job of guilty) {
      const how = hiddenJob(world, state, at, run, job)
      if (how === null) return ''
      names.add(how)
    }
  }
  return BLIND_SPOTS.find(spot => names.has(spot)) ?? ''
}

/**
 * Does this read show a job that forbids a success: a task that goes or failed, a run that is not
 * over (docs/forge-facts.md, 4.2, 4.4)?
 */
export function isShown(world: World, state: State, kind: 'tasks' | 'runs'): boolean {
  for (let pull = 1; pull <= world.bound.pulls; pull += 1) {
    const run = state.runs[newestRun(state, pull)]
    if (run === undefined) continue
    const guilty = culprits(world, run)
    const shows = (job: number): boolean =>
      kind === 'runs'
        ? run.held || !isOver(run.jobs.charAt(job))
        : job !== world.umbrella && 'RFC'.includes(run.tasks.charAt(job))
    if (guilty.some(shows)) return true
  }
  return false
}

/**
 * Does the row by which we took a success back cover this one, unseen? A row above our success that
 * we had seen would have kept our hands off (docs/acting.md, The protocol), so whatever lies
 * between the two came in after the look that asked for the second.
 */
export function coveredUnseen(
  state: State,
  umbrella: number,
  covered: Row & { readonly id: number },
): BlindSpot | '' {
  const [undo, ...below] = rowsAbove(state.log, 0).filter(({ context }) => context === umbrella)
  const mark = readMarker(undo?.description ?? '')
  if (undo?.by !== 'us' || mark?.kind !== 'undo') return ''
  // Another instance may have taken the same success back too: the success itself carries the nonce
  // as well.
  const green = below.find(
    row =>
      row.by === 'us' &&
      row.state === 'success' &&
      readMarker(row.description)?.nonce === mark.nonce,
  )
  return green !== undefined && covered.id > green.id && covered.id < undo.id ? 'post-window' : ''
}
