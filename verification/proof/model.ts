import type { Policy } from '../../src/core/model/policy.js'
import { minutes } from '../../src/core/model/time.js'
import type { Bound, Budget } from './bound.js'
import { BUDGETS } from './bound.js'
import type { Log } from './log.js'
import type { Profile } from './profile.js'

/**
 * A job as its row in the server's database says it: waiting, blocked, running, success, failure, a
 * zombie's failure, cancelled, skipped (docs/forge-facts.md, 2.2, 3 M7).
 */
export type JobChar = 'W' | 'B' | 'R' | 'S' | 'F' | 'Z' | 'C' | 'K'

/** The one workflow file, and a second one of the same name whose runs write the same contexts. */
export type WorkflowFile = 'ci.yml' | 'mac/ci.yml'

/** A workflow run: its jobs by position, the umbrella last. */
export interface Run {
  readonly pull: number
  /** The workflow file it is of; rows do not tell. */
  readonly file: WorkflowFile
  /** Waits for a person's approval: it exists, and wrote nothing. */
  readonly held: boolean
  /** How often jobs of it were re-run. */
  readonly attempt: number
  /** One {@link JobChar} per job. */
  readonly jobs: string
  /**
   * The newest task of each job, `-` for none: only a picked job has one (docs/forge-facts.md,
   * 4.2).
   */
  readonly tasks: string
  /** Ghost: the last re-run of it was ours. */
  readonly ours: boolean
  /** Ghost: jobs whose present state no row was written for, as bits. */
  readonly missing: number
  /** The emitter has been asked to run. */
  readonly due: boolean
  /**
   * What the emitter read and has not posted yet; `''` when it does not run (docs/forge-facts.md, 3
   * M2).
   */
  readonly snap: string
}

/**
 * Status writes a server's action still owes after its commit, in order (docs/forge-facts.md, 3
 * M1).
 */
export interface Batch {
  readonly run: number
  readonly posts: readonly (readonly [job: number, was: JobChar])[]
  /** A runner's report: the emitter is asked to run after it. */
  readonly report: boolean
}

/**
 * What runs prove at an instant: `0`, not all that is required is green; `1`, it is, but a newest
 * run's umbrella judged red by a reason of its own for which nobody vouches; `2`, all of it.
 */
export type Level = 0 | 1 | 2

/**
 * How far everything fits at an instant: 0, something does not that can be seen; 1, only what
 * nobody can see does not; 2, all of it does.
 */
export type Fit = 0 | 1 | 2

/** One instance of us: where its program stands, and what the checker knows of it beside. */
export interface Client {
  /** Node of the program's answers; 0 when no sweep is left. */
  readonly node: number
  readonly sweep: number
  /** Ghost: the most that was proven at some instant since the first look. */
  readonly okFirst: Level
  /**
   * Ghost: of the requests now under way, was one answered already, and what is the most that was
   * proven at some instant since?
   */
  readonly begun: boolean
  readonly okBatch: Level
  /** Ghost: the same for the requests that were under way before these. */
  readonly okLast: Level
  /**
   * Ghost: did everything fit who stands there, their bases and their needs, at some instant since
   * the list before the write, or, once it is written, since the write? The best of these instants.
   */
  readonly fits: Fit
  /** Ghost: who stood there by the last list before the write. */
  readonly listed: string
  /**
   * Ghost: why what is not green could not be seen when rows were last read; `''` when it could.
   */
  readonly hidden: string
  /** Ghost: did the last read of tasks (1), of runs (2) show it? */
  readonly shown: number
  /** Ghost: rows there were at the last look before the write. */
  readonly looked: number
  /** Ghost: re-runs of this sweep, and the attempts of all runs as they were last read. */
  readonly reruns: number
  readonly attempts: string
  /** Ghost: rows of this sweep: success, then what was put back. */
  readonly greens: number
  readonly undos: number
  /** Ghost: id of the last success. */
  readonly green: number
  /** Ghost: an answer was an error. */
  readonly gapped: boolean
}

/** Everything there is, as a plain value. Steps make new ones. */
export interface State {
  readonly now: number
  readonly runs: readonly Run[]
  readonly log: Log
  readonly outbox: readonly Batch[]
  /** Where each pull request is, its base branch, and what the bases have now (comings.ts). */
  readonly standing: string
  readonly targets: string
  readonly bases: string
  /** Ghost: how much of each budget is used, one digit each. */
  readonly spent: string
  readonly clients: readonly Client[]
}

/** What never changes during an exploration. */
export interface World {
  readonly profile: Profile
  readonly bound: Bound
  readonly policy: Policy
  /** Names of the contexts; the umbrella's is the last. */
  readonly contexts: readonly string[]
  /** The context each job position writes. */
  readonly contextOf: readonly number[]
  /** Position of the umbrella among the jobs. */
  readonly umbrella: number
}

const contextName = (job: string): string => `CI / ${job} (pull_request)`

/** The world of one profile and bound. */
export function worldOf(profile: Profile, bound: Bound): World {
  const names = [...new Set(bound.jobs), 'all-required']
  const contexts = names.map(contextName)
  const policy: Policy = {
    umbrella: contextName('all-required'),
    required: bound.required.map(contextName),
    optional: bound.optional,
    skippable: [],
    external: [],
    minAge: minutes(5),
    minGrade: 'statuses',
    userVouches: bound.required.length > 0,
    mayRerun: profile.remedy !== 'status',
  }
  const contextOf = [...bound.jobs.map(job => names.indexOf(job)), names.length - 1]
  return { profile, bound, policy, contexts, contextOf, umbrella: bound.jobs.length }
}

/** A job that has ended. */
export function isOver(job: string): boolean {
  return job !== 'W' && job !== 'B' && job !== 'R'
}

/** The name of a job in a trace. */
export function jobName({ bound }: World, job: number): string {
  return bound.jobs[job] ?? 'umbrella'
}

/** How much of a budget is left. */
export function left({ bound }: World, state: State, budget: Budget): number {
  return (bound.may[budget] ?? 0) - Number(state.spent.charAt(BUDGETS.indexOf(budget)))
}

/** The state with one of a budget used. */
export function spend(state: State, budget: Budget): State {
  const at = BUDGETS.indexOf(budget)
  const used = Number(state.spent.charAt(at))
  return {
    ...state,
    spent: state.spent.slice(0, at) + String(used + 1) + state.spent.slice(at + 1),
  }
}

/** A text that two states share only when they are the same. */
export function keyOf(state: State): string {
  const { now, runs, log, outbox, spent, clients } = state
  let key = `${now}.${log.id}.${spent}.${state.standing}${state.targets}${state.bases}`
  for (const { pull, file, held, due, attempt, jobs, tasks, missing, snap, ours } of runs) {
    const twin = file === 'ci.yml' ? '' : 't'
    const flags = `${twin}${held ? 'h' : ''}${ours ? 'o' : ''}${due ? 'd' : ''}`
    key += `/${pull}${flags}${attempt}${jobs}${tasks}${missing}${snap}`
  }
  for (const { run, posts, report } of outbox)
    key += `>${run}${report ? 'r' : ''}${posts.map(([job, was]) => `${job}${was}`).join('')}`
  for (const c of clients) {
    key += `;${c.node}`
    if (c.node === 0) continue
    const bits = (c.gapped ? 2 : 0) + (c.begun ? 4 : 0)
    key += `,${c.okFirst}${c.okBatch}${c.okLast}${c.listed}`
    key += `,${c.fits}${bits},${c.hidden}${c.shown},${c.looked},${c.greens}${c.undos},${c.green}`
    key += `,${c.reruns}${c.attempts}`
  }
  return key
}
