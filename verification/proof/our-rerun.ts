import { commit, places } from './jobs.js'
import type { JobChar, Run, State, World } from './model.js'
import { isOver } from './model.js'
import type { Answer } from './asking.js'
import { jobCode, postJob } from './rows.js'

/** What a re-run of ours names, and whether a naive client asks for the whole run. */
export interface RerunRequest {
  readonly run: number
  readonly job: number
  readonly whole: boolean
}

/**
 * The server's answer to a re-run by the API: refused while the run goes and for the job of an
 * older attempt (docs/forge-facts.md, 4.5, 11); else the umbrella waits again, and the rows that
 * version writes at once are there.
 */
export function rerunByUs(
  world: World,
  state: State,
  { run: id, job, whole }: RerunRequest,
): { readonly next: State; readonly answer: Answer } {
  const at = id - 1
  const run = state.runs[at]
  if (run === undefined) return { next: state, answer: { error: 'not-found' } }
  if (run.held || !Array.from(run.jobs).every(isOver))
    return { next: state, answer: { error: 'rejected' } }
  if (job - id * 100 !== jobCode(world, run, world.umbrella))
    return { next: state, answer: { error: 'not-found' } }
  return { next: restarted(world, state, { at, run, whole }), answer: { value: null } }
}

function restarted(
  world: World,
  state: State,
  { at, run, whole }: { readonly at: number; readonly run: Run; readonly whole: boolean },
): State {
  const set = whole ? places(run) : [world.umbrella]
  const jobs = Array.from(run.jobs, (was, job) =>
    !set.includes(job) ? was : whole && job === world.umbrella ? 'B' : 'W',
  ).join('')
  const change = { jobs, attempt: run.attempt + 1, ours: true }
  const begun = commit(state, at, change, set)
  const written = world.profile.reruns === 'new' ? places(run) : set
  return written.reduce(
    (now, job) => postJob(world, now, at, job, jobs.charAt(job) as JobChar),
    begun,
  )
}
