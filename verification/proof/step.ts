import type { Batch, JobChar, State, World } from './model.js'
import { jobName, left, spend } from './model.js'
import { postJob, withRun } from './rows.js'

/** One atomic step: what happened, in words, and what is then. */
export interface Step {
  readonly say: string
  readonly next: State
  /** Something only a person or a fault does: it need not happen for the forge to be at rest. */
  readonly willed: boolean
}

/** After a runner's last report the emitter of the run is asked to run. */
export function asked(state: State, { run, report }: Batch): State {
  return report ? withRun(state, run, { due: true }) : state
}

/**
 * The status writes of one action: at once, or each as a step of its own; and, while the budget
 * lasts, some of them lost for good.
 */
export function* writes(
  world: World,
  state: State,
  batch: Batch,
  say: string,
  willed: boolean,
): Generator<Step> {
  const { run, posts } = batch
  const deliver = (from: State, kept: readonly (readonly [number, JobChar])[]): State =>
    asked(
      kept.reduce((at, [job, was]) => postJob(world, at, run, job, was), from),
      batch,
    )
  if (world.bound.split) yield { say, willed, next: { ...state, outbox: [...state.outbox, batch] } }
  else yield { say, willed, next: deliver(state, posts) }
  if (left(world, state, 'lost') === 0) return
  const less = spend(state, 'lost')
  yield { say: `${say}; its status writes are lost`, willed: true, next: asked(less, batch) }
  if (posts.length < 2) return
  for (const [lost] of posts) {
    const kept = posts.filter(([job]) => job !== lost)
    yield {
      say: `${say}; the status write of ${jobName(world, lost)} is lost`,
      willed: true,
      next: deliver(less, kept),
    }
  }
}
