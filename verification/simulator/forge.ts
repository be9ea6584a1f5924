import { clockOf, timeOf, type Clock } from './clock.js'
import { setUp } from './setup.js'
import type { ForgeOptions } from './setup.js'
import {
  abandon,
  approve,
  cancel,
  emit,
  endZombie,
  findJob,
  findRun,
  finish,
  heartbeat,
  isDone,
  jobsOf,
  needsOf,
  pick,
  postPhantom,
  postSnapshot,
  readForEmission,
  type Ending,
  type Snapshot,
} from './engine.js'
import { pullEvent, push, type PullAction, type Push } from './events.js'
import { gateOf, headSha, type Gate } from './gate.js'
import { type Profile, type ProfileName } from './profiles.js'
import { rerunFailed, rerunJob, rerunRun } from './reruns.js'
import { addToken, type Rights } from './rights.js'
import {
  ACTIONS_USER,
  type ForgeState,
  type Job,
  type Pull,
  type Run,
  type StatusRow,
} from './state.js'
import { historyRows, latestRows, writeRow } from './statuses.js'

/**
 * A run or job, or just its id: objects of an earlier clone of the state still name the same thing.
 */
export type Ref = number | { readonly id: number }

/**
 * How `runAll` lets a job end; `never` is a job no runner takes, `cancelled` one the runner reports
 * as cancelled.
 */
export type Outcome = Ending | 'never'

/**
 * An outside writer's row. `person` is the owner's token, `job-token` a workflow's own (creator
 * `null`).
 */
export interface OutsidePost {
  readonly context: string
  readonly state: string
  readonly description?: string
  readonly target_url?: string
  readonly as?: 'person' | 'job-token'
}

export interface OpenPull {
  readonly branch: string
  readonly base?: string
  readonly title?: string
  readonly draft?: boolean
  readonly fork?: boolean
  /** Overrides the profile: whether `synchronize` follows `opened` at once (forge-facts §0). */
  readonly doubleRun?: boolean
}

/**
 * The script's handle on a forge: every method is one event on the server and moves no clock,
 * unless it says so.
 */
export interface Forge {
  readonly state: ForgeState
  readonly profile: Profile
  readonly clock: Clock
  readonly owner: string
  readonly repo: string

  push(change: Push): string
  openPull(pull: OpenPull): number
  closePull(number: number): void
  reopenPull(number: number): void
  /** Any other activity on a pull, `edited` or `labeled`; starts the workflows that list it. */
  touchPull(number: number, action: PullAction): void
  retitlePull(number: number, title: string): void
  mergePull(number: number): void
  /** refs/pull/N/head catches up with the branch after a lagging push. */
  syncPullRef(number: number): void
  pull(number: number): Readonly<Pull>
  head(number: number): string

  runs(sha: string): readonly Readonly<Run>[]
  /** Jobs of a run's latest attempt, by id. */
  jobs(run: Ref): readonly Readonly<Job>[]
  job(run: Ref, name: string): Readonly<Job>
  /** What the job's script sees of its needs. */
  needs(job: Ref): Readonly<Record<string, string>>
  pick(job: Ref): void
  heartbeat(job: Ref): void
  /** The runner's last report: this job's own row. The emitter is then due, see `emit`. */
  finish(job: Ref, ending: Ending, took?: { readonly seconds?: number }): void
  /** `finish` and `emit` in one. */
  complete(job: Ref, ending: Ending, took?: { readonly seconds?: number }): void
  emit(run: Ref): void
  /** The two halves of `emit`, for what happens between them. */
  readForEmission(run: Ref): Snapshot
  postSnapshot(snapshot: Snapshot): void
  cancel(run: Ref): void
  approve(run: Ref): void
  endZombie(job: Ref): void
  abandon(job: Ref): void
  postPhantom(run: Ref, foreign: Ref): void
  rerun(job: Ref): Readonly<Job>
  rerunFailed(run: Ref): void
  rerunAll(run: Ref): void
  /**
   * Drive a run to its end as one runner would, a second of the clock per job. Jobs not named
   * succeed, skip when their `if:` is false, and fail when they have needs which did not all
   * succeed (an honest umbrella).
   */
  runAll(run: Ref, outcomes?: Readonly<Record<string, Outcome>>): void

  post(sha: string, row: OutsidePost): StatusRow
  latest(sha: string): readonly StatusRow[]
  /** All rows of a SHA, newest first by id. */
  history(sha: string): readonly StatusRow[]
  gate(number: number): Gate
  protect(branch: string, contexts: readonly string[]): void
  addToken(name: string, rights: Rights): void
  /** A forge on a copy of this state; the two know nothing of each other. */
  clone(): Forge
}

/** A forge with an empty repository whose default branch is `main`. */
export function createForge(profile: ProfileName | Profile, options: ForgeOptions = {}): Forge {
  return forgeOf(setUp(profile, options))
}

/** The script's handle on any state, for instance a clone. */
export function forgeOf(state: ForgeState): Forge {
  return {
    state,
    profile: state.profile,
    clock: clockOf(state.clock),
    owner: state.repository.owner,
    repo: state.repository.name,
    ...pullScript(state),
    ...runScript(state),
    ...statusScript(state),
    clone: () => forgeOf(structuredClone(state)),
  }
}

function pullScript(state: ForgeState) {
  const find = (number: number): Pull => {
    const pull = state.pulls.find(other => other.number === number)
    if (pull === undefined) throw new Error(`no pull ${number}`)
    return pull
  }
  const close = (pull: Pull) => {
    Object.assign(pull, { open: false, closed: timeOf(state.clock), updated: timeOf(state.clock) })
  }
  return {
    push: (change: Push) => push(state, change),
    openPull: (wish: OpenPull) => openPull(state, wish),
    closePull: (number: number) => {
      close(find(number))
      pullEvent(state, find(number), 'closed')
    },
    reopenPull: (number: number) => {
      Object.assign(find(number), { open: true, closed: 0, updated: timeOf(state.clock) })
      pullEvent(state, find(number), 'reopened')
    },
    touchPull: (number: number, action: PullAction) => {
      pullEvent(state, find(number), action)
    },
    retitlePull: (number: number, title: string) => {
      find(number).title = title
    },
    mergePull: (number: number) => {
      mergePull(state, find(number))
    },
    syncPullRef: (number: number) => {
      find(number).refSha = headSha(state, find(number))
    },
    pull: find,
    head: (number: number) => headSha(state, find(number)),
    gate: (number: number) => gateOf(state, find(number)),
  }
}

function runScript(state: ForgeState) {
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

function statusScript(state: ForgeState) {
  return {
    post: (sha: string, row: OutsidePost) =>
      writeRow(state, sha, {
        context: row.context,
        state: row.state,
        description: row.description ?? '',
        targetUrl: row.target_url ?? '',
        creator: row.as === 'job-token' ? ACTIONS_USER : 1,
      }),
    latest: (sha: string) => latestRows(state, sha),
    history: (sha: string) => historyRows(state, sha, 'leastindex'),
    protect: (branch: string, contexts: readonly string[]) => {
      const kept = state.protections.filter(rule => rule.rule !== branch)
      state.protections.splice(0, state.protections.length, ...kept, {
        rule: branch,
        checks: true,
        contexts,
        created: timeOf(state.clock),
      })
    },
    addToken: (name: string, rights: Rights) => {
      addToken(state, name, rights)
    },
  }
}

function openPull(state: ForgeState, wish: OpenPull): number {
  const base = wish.base ?? state.repository.defaultBranch
  const sha = state.branches[wish.branch]
  if (sha === undefined) throw new Error(`no branch ${wish.branch}`)
  if (state.branches[base] === undefined) throw new Error(`no branch ${base}`)
  const title = wish.title ?? wish.branch
  const now = timeOf(state.clock)
  const pull: Pull = {
    id: state.next.pull++,
    number: state.next.number++,
    title: wish.draft === true ? `WIP: ${title}` : title,
    branch: wish.branch,
    base,
    poster: 1,
    fork: wish.fork ?? false,
    open: true,
    merged: false,
    mergeSha: null,
    refSha: sha,
    mergeBase: state.branches[base],
    additions: 1,
    deletions: 0,
    comments: 0,
    created: now,
    updated: now,
    closed: 0,
  }
  state.pulls.push(pull)
  pullEvent(state, pull, 'opened')
  if (wish.doubleRun ?? state.profile.doubleRunOnOpen) pullEvent(state, pull, 'synchronize')
  return pull.number
}

/** Merge without asking the gate; the API asks it first. */
export function mergePull(state: ForgeState, pull: Pull): void {
  const now = timeOf(state.clock)
  const sha = push(state, {
    branch: pull.base,
    files: state.commits[headSha(state, pull)]?.files ?? {},
    message: `Merge pull request '${pull.title}'`,
  })
  Object.assign(pull, { open: false, merged: true, mergeSha: sha, closed: now, updated: now })
}

function runAll(state: ForgeState, run: Run, outcomes: Readonly<Record<string, Outcome>>): void {
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
