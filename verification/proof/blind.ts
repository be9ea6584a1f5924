import { readMarker } from '../../src/core/model/marker.js'
import type { Row } from './log.js'
import { rowsAbove } from './log.js'
import type { Fit, Run, State, World } from './model.js'
import { isOver } from './model.js'
import { movedPulls, openPulls, pullsByRef } from './comings.js'
import { culprits, judgedRed, misfitNow, newestRuns, runsThatCount } from './truth.js'

/** What stands for the list of pull requests where it cannot change. */
export const STATIC = '='

/** The closed list of what a client of statuses and of re-runs cannot exclude. */
export const BLIND_SPOTS = [
  'snapshot',
  'unseen-run',
  'lost-write',
  'moved-pull',
  'no-own-run',
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
  const forbids = job !== world.umbrella || judgedRed(world, run)
  if (own?.state === 'pending' || (forbids && own?.state === 'failure')) return null
  if (own?.stale === true) return 'snapshot'
  return (run.missing & (1 << job)) === 0 ? null : 'lost-write'
}

/**
 * May the run of a pull request that has moved on be taken for the newest of the one that stands
 * here? Nothing names it any more, and where no run tells its pull request nothing else does.
 */
function isBehindMoved({ profile }: World, state: State, at: number): boolean {
  if (profile.grade !== 'statuses' || pullsByRef(state).length !== 1) return false
  const moved = movedPulls(state)
  return state.runs.some(({ pull }, place) => place > at && moved.includes(pull))
}

/** The jobs of a run by which no success may stand. */
const guiltyOf = (world: World, run: Run): readonly number[] => [
  ...new Set([...culprits(world, run), ...(judgedRed(world, run) ? [world.umbrella] : [])]),
]

/** Why a run that forbids a success could not be seen; `null` when it could, or forbids none. */
function hiddenRun(world: World, state: State, at: number): readonly BlindSpot[] | null {
  const run = state.runs[at]
  if (run === undefined) return []
  const guilty = guiltyOf(world, run)
  if (guilty.length === 0) return []
  if (isBehindMoved(world, state, at)) return ['moved-pull']
  if (!rowsAbove(state.log, 0).some(row => row.by === 'actions' && row.run === at + 1))
    return world.profile.listsRuns ? null : ['unseen-run']
  const names = guilty.map(job => hiddenJob(world, state, at, run, job))
  return names.some(name => name === null) ? null : names.flatMap(name => name ?? [])
}

/** Pull requests on the head without a run of their own, where runs do not tell. */
const withoutRun = (state: State): readonly number[] =>
  openPulls(state).filter(pull => newestRuns(state, pull).length === 0)

/**
 * Why nothing that forbids a success could be seen at this instant, or `''` when something could:
 * all of it must be hidden. Job rows hide nothing; a list of runs shows a run that wrote nothing;
 * what a base needs can be read at any time.
 */
export function hiddenBy(world: World, state: State): BlindSpot | '' {
  const { grade } = world.profile
  if (grade === 'jobs' || misfitNow(world, state)?.kind === 'need') return ''
  const alone = withoutRun(state).length > 0
  if (alone && grade !== 'statuses') return ''
  const names = new Set<BlindSpot>(alone ? ['no-own-run'] : [])
  for (const at of runsThatCount(state)) {
    const hidden = hiddenRun(world, state, at)
    if (hidden === null) return ''
    for (const name of hidden) names.add(name)
  }
  return BLIND_SPOTS.find(spot => names.has(spot)) ?? ''
}

/**
 * How far does everything fit now? What cannot be seen is a pull request without a run of its own,
 * which was judged with the others, where runs do not tell whose they are: `no-own-run`.
 */
export function fitNow(world: World, state: State, listed: string): Fit {
  const misfit = misfitNow(world, state)
  if (misfit === null) return 2
  const judged = withoutRun(state).every(
    pull => listed === STATIC || listed.charAt(pull - 1) === 'O',
  )
  return misfit.kind === 'no-run' && world.profile.grade === 'statuses' && judged ? 1 : 0
}

/** By which blind spot a misfit was hidden that an instance met; `''`: it could be seen. */
export const misfitHidden = (fits: Fit): BlindSpot | '' => (fits === 1 ? 'no-own-run' : '')

/**
 * Does this read show a job that forbids a success: a task that goes or failed, a run that is not
 * over (docs/forge-facts.md, 4.2, 4.4)?
 */
export function isShown(world: World, state: State, kind: 'tasks' | 'runs'): boolean {
  for (const at of runsThatCount(state)) {
    const run = state.runs[at]
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
  const rows = rowsAbove(state.log, 0).filter(({ context }) => context === umbrella)
  // What a later sweep wrote and took back lies on top of the pair that covers it.
  for (const [at, undo] of rows.entries()) {
    if (undo.by !== 'us') return ''
    const mark = readMarker(undo.description)
    if (mark?.kind !== 'undo') continue
    // Another instance may have taken the same success back too: the success itself carries the
    // nonce as well.
    const green = rows
      .slice(at + 1)
      .find(
        row =>
          row.by === 'us' &&
          row.state === 'success' &&
          readMarker(row.description)?.nonce === mark.nonce,
      )
    if (green !== undefined && covered.id > green.id && covered.id < undo.id) return 'post-window'
  }
  return ''
}
