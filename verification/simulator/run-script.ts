import type { Snapshot } from './engine.js'
import {
  approve,
  cancel,
  emit,
  finish,
  heartbeat,
  needsOf,
  pick,
  postPhantom,
  postSnapshot,
  readForEmission,
} from './engine.js'
import { abandon, endZombie } from './job-steps.js'
import { rerunFailed, rerunJob, rerunRun } from './reruns.js'
import type { Ending } from './run-state.js'
import { findJob, findRun, isDone, jobsOf } from './run-state.js'
import type { ForgeState, Job, Run } from './state.js'

export function runScript(state: ForgeState) {
  const run = (ref: Ref) => findRun(state, ref)
  const job = (ref: Ref) => findJob(state, ref)
  const jobNamed = (ref: Ref, name: string) => {
    const found = jobsOf(state, run(ref)).find(other => other.name === name)
    if (found === undefined) throw new Error(`run ${run(ref).id} has no job ${name}`)
    return found
  }
  return {
    runs: (sha: string) => state.runs.filter(other => other.statusSha === sha),
    jobs: (ref: Ref) => jobsOf(state, run(ref)),
    job: jobNamed,
    needs: (ref: Ref) => needsOf(state, job(ref)),
    pick: (ref: Ref) => {
      pick(state, job(ref))
    },
    heartbeat: (ref: Ref) => {
      heartbeat(state, job(ref))
    },
    finish: (ref: Ref, ending: Ending, took?: { readonly seconds?: number }) => {
      finish(state, job(ref), ending, took?.seconds)
    },
    complete: (ref: Ref, ending: Ending, took?: { readonly seconds?: number }) => {
      finish(state, job(ref), ending, took?.seconds)
      emit(state, run(job(ref).runId))
    },
    emit: (ref: Ref) => {
      emit(state, run(ref))
    },
    readForEmission: (ref: Ref) => readForEmission(state, run(ref)),
    postSnapshot: (snapshot: Snapshot) => {
      postSnapshot(state, snapshot)
    },
    cancel: (ref: Ref) => {
      cancel(state, run(ref))
    },
    approve: (ref: Ref) => {
      approve(state, run(ref))
    },
    endZombie: (ref: Ref) => {
      endZombie(state, job(ref))
    },
    abandon: (ref: Ref) => {
      abandon(state, job(ref))
    },
    postPhantom: (ref: Ref, foreign: Ref) => {
      postPhantom(state, run(ref), job(foreign))
    },
    rerun: (ref: Ref) => rerunJob(state, job(ref)),
    rerunFailed: (ref: Ref) => {
      rerunFailed(state, run(ref))
    },
    rerunAll: (ref: Ref) => {
      rerunRun(state, run(ref))
    },
    runAll: (ref: Ref, outcomes: Readonly<Record<string, Outcome>> = {}) => {
      runAll(state, run(ref), outcomes)
    },
  }
}

export function runAll(
  state: ForgeState,
  run: Run,
  outcomes: Readonly<Record<string, Outcome>>,
): void {
  for (const name of Object.keys(outcomes)) {
    if (!jobsOf(state, run).some(job => job.name === name))
      throw new Error(`run ${run.id} has no job ${name}`)
  }
  const endingOf = (job: Job): Outcome => outcomes[job.name] ?? usualEnding(state, job)
  for (;;) {
    const job = jobsOf(state, run).find(
      other =>
        other.status === 'running' || (other.status === 'waiting' && endingOf(other) !== 'never'),
    )
    if (job === undefined) return
    const ending = endingOf(job)
    if (ending === 'never') throw new Error(`job ${job.name} is running, it cannot be taken back`)
    if (job.status === 'waiting') pick(state, job)
    state.clock.now += 1000
    if (!isDone(job.status)) finish(state, job, ending)
    emit(state, run)
  }
}

function usualEnding(state: ForgeState, job: Job): Ending {
  if (job.condition === 'false') return 'skipped'
  return Object.values(needsOf(state, job)).every(result => result === 'success')
    ? 'success'
    : 'failure'
}

/**
 * A run or job, or just its id: objects of an earlier clone of the state still name the same thing.
 */
export type Ref = number | { readonly id: number }

/**
 * How `runAll` lets a job end; `never` is a job no runner takes, `cancelled` one the runner reports
 * as cancelled.
 */
export type Outcome = Ending | 'never'
