import { matchesAny } from '../../src/core/model/context.js'
import { needsMore, openPulls, requiresByFile } from './comings.js'
import type { Level, Run, State, World } from './model.js'
import { isOver } from './model.js'

/**
 * Does this job allow a success of the umbrella? What the policy requires must be green; what it
 * does not name may be skipped.
 */
function allows({ policy, contexts, contextOf }: World, job: number, state: string): boolean {
  const context = contexts[contextOf[job] ?? 0] ?? ''
  if (state === 'S') return true
  if (matchesAny(policy.required, context)) return false
  return state === 'K'
}

/** Places of a pull's newest runs, one of each file: each must be green by itself. */
export function newestRuns(state: State, pull: number): readonly number[] {
  const newest = new Map<string, number>()
  for (const [at, run] of state.runs.entries()) if (run.pull === pull) newest.set(run.file, at)
  return [...newest.values()]
}

/** The newest runs of all pull requests that stand on the head now. */
export function runsThatCount(state: State): readonly number[] {
  return openPulls(state).flatMap(pull => newestRuns(state, pull))
}

/**
 * The jobs of a run that forbid a success: those not over, and those the policy asks for that are
 * not green.
 */
export function culprits(world: World, run: Run): readonly number[] {
  const held = Array.from(run.jobs, (state, job) => ({ state, job }))
    .filter(
      ({ state, job }) => !isOver(state) || (job !== world.umbrella && !allows(world, job, state)),
    )
    .map(({ job }) => job)
  if (held.length > 0) return held
  return Array.from(run.jobs).some((state, job) => job !== world.umbrella && state === 'S')
    ? []
    : [world.umbrella]
}

/** Did the umbrella of this run end red by a reason of its own, which nobody vouches against? */
export function judgedRed({ bound, umbrella, policy }: World, { jobs }: Run): boolean {
  const vouched = bound.umbrella === 'judges' || policy.userVouches
  return !vouched && 'FZC'.includes(jobs.charAt(umbrella))
}

/** What the newest runs of everybody who stands on the head prove now, by their own jobs. */
export function levelNow(world: World, state: State): Level {
  let level: Level = 2
  for (const at of runsThatCount(state)) {
    const run = state.runs[at]
    if (run === undefined) continue
    if (culprits(world, run).length > 0) return 0
    if (judgedRed(world, run)) level = 1
  }
  return level
}

/**
 * What does not fit somebody who stands on the head: a pull request has no run of its own, or one
 * without a job that the umbrella needs on its base. `null`: all of it fits.
 */
type Misfit = { readonly pull: number; readonly kind: 'no-run' | 'need' } | null

/** The first of them; what cannot be seen anywhere comes last. */
export function misfitNow(world: World, state: State): Misfit {
  const pulls = openPulls(state)
  const need = pulls.find(pull => requiresByFile(world) && needsMore(state, pull))
  if (need !== undefined) return { pull: need, kind: 'need' }
  const alone = pulls.find(pull => newestRuns(state, pull).length === 0)
  return alone === undefined ? null : { pull: alone, kind: 'no-run' }
}

/** The whole truth: a success may stand here. */
export function mayStand(world: World, state: State): boolean {
  return levelNow(world, state) === 2 && misfitNow(world, state) === null
}

/** Is everything that runs can prove proven, whatever the umbrella's own job says? */
export function isGreen(world: World, state: State): boolean {
  return levelNow(world, state) > 0
}
