import type { Clock } from './clock.js'
import { clockOf, timeOf } from './clock.js'
import type { Snapshot } from './engine.js'
import type { PullAction, Push } from './events.js'
import type { Gate } from './gate.js'
import type { Profile, ProfileName } from './profile.js'
import type { OpenPull } from './pull-script.js'
import { pullScript } from './pull-script.js'
import { repositoryScript } from './repository-script.js'
import type { Rights } from './rights.js'
import { addToken } from './rights.js'
import type { Outcome, Ref } from './run-script.js'
import { runScript } from './run-script.js'
import type { Ending } from './run-state.js'
import type { ForgeOptions } from './setup.js'
import { setUp } from './setup.js'
import type { MergeHolds, MergeWishes } from './merge-state.js'
import type { ForgeState, Job, Pull, Run, StatusRow } from './state.js'
import { ACTIONS_USER } from './state.js'
import { historyRows, latestRows, writeRow } from './statuses.js'

/**
 * An outside writer's row. `person` is the owner's token, `job-token` a workflow's own (creator
 * `null`).
 */
interface OutsidePost {
  readonly context: string
  readonly state: string
  readonly description?: string
  readonly target_url?: string
  readonly as?: 'person' | 'job-token'
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
  /** A branch that comes to stand on a known commit, and the runs that its push starts there. */
  pushKnown(branch: string, sha: string): readonly Readonly<Run>[]
  openPull(pull: OpenPull): number
  /** A tag, which may have the name of a branch. */
  tag(name: string, sha: string): void
  closePull(number: number): void
  reopenPull(number: number): void
  /** Its base becomes another branch: `edited`, which the usual workflows do not listen to. */
  retargetPull(number: number, base: string): void
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
  /** The API calls the event of this run by another name from now on; its rows do not change. */
  nameEvent(run: Ref, event: string): void
  /** Work of elsewhere: so many task rows of pushes to the default branch, now. */
  fillTasks(count: number): void
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
  protect(branch: string, contexts: readonly string[], asks?: MergeWishes): void
  /** What reviews, conflicts and dependencies say of a pull request. */
  holdBack(number: number, held: MergeHolds): void
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
    ...repositoryScript(state),
    ...statusScript(state),
    clone: () => forgeOf(structuredClone(state)),
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
    protect: (branch: string, contexts: readonly string[], asks?: MergeWishes) => {
      const kept = state.protections.filter(rule => rule.rule !== branch)
      state.protections.splice(0, state.protections.length, ...kept, {
        rule: branch,
        checks: true,
        contexts,
        created: timeOf(state.clock),
        ...(asks === undefined ? {} : { asks }),
      })
    },
    addToken: (name: string, rights: Rights) => {
      addToken(state, name, rights)
    },
  }
}
