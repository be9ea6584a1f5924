// Repositories of any size. The script's handle on a forge looks through all jobs for each of its
// steps, which takes hours for 10,000 pull requests: so one pull request of each kind is made by
// that script, and the others are copies of it under ids of their own. A test holds the two
// together: a small repository is the same, made by copies or by the script alone.
import type { Forge, ForgeState } from '../simulator/index.js'
import { createForge, forgeOf } from '../simulator/index.js'
import { commitId } from '../simulator/events.js'
import { workflow } from '../simulator/stories.js'
import type { TimedProfile } from './cost.js'

/** What a repository of the bench looks like. */
export interface WorldPlan {
  readonly profile: TimedProfile
  readonly pulls: number
  /** Contexts of each head, the umbrella among them. */
  readonly contexts: number
  /** Percent of the pulls whose umbrella is red; every other one of these is stale. */
  readonly red: number
}

/** How a pull request of the bench stands. */
type PullKind = 'green' | 'stale' | 'red'

export const PLACE = { owner: 'acme', repo: 'widgets' } as const
export const UMBRELLA = 'CI / all-required (pull_request)'

const START = Date.parse('2026-11-23T10:00:00Z')

/** Long enough for every age the inputs ask for. */
const AFTER = 20 * 60_000

const jobsOf = (contexts: number): readonly string[] =>
  Array.from({ length: contexts - 1 }, (_, at) => `job ${at + 1}`)

/** The contexts that must be green for the umbrella. */
export const requiredOf = ({ contexts }: Pick<WorldPlan, 'contexts'>): readonly string[] =>
  jobsOf(contexts).map(name => `CI / ${name} (pull_request)`)

/**
 * The kind of the pull at this place. The red ones are spread evenly; the first of them is stale,
 * the next really red, and so on.
 */
export function kindOf(at: number, red: number): PullKind {
  const before = Math.floor((at * red) / 100)
  if (Math.floor(((at + 1) * red) / 100) === before) return 'green'
  return before % 2 === 0 ? 'stale' : 'red'
}

/** How many pulls of a repository are of this kind. */
export const countOf = ({ pulls, red }: Pick<WorldPlan, 'pulls' | 'red'>, kind: PullKind): number =>
  Array.from({ length: pulls }, (_, at) => kindOf(at, red)).filter(each => each === kind).length

const branchOf = (at: number): string => `branch-${at}`
const filesOf = (at: number): Readonly<Record<string, string>> => ({ [`file-${at}`]: '' })

/** A repository with its workflow and no pull request. */
function emptyWorld({ profile, contexts }: WorldPlan): Forge {
  const forge = createForge(profile, PLACE)
  forge.push({ branch: 'main', workflow: workflow({ jobs: jobsOf(contexts) }) })
  return forge
}

/** One pull request by the script; all of them are as old as each other. */
function drive(forge: Forge, at: number, kind: PullKind): void {
  forge.clock.set(START)
  forge.push({ branch: branchOf(at), files: filesOf(at) })
  const number = forge.openPull({ branch: branchOf(at), doubleRun: false })
  const endings =
    kind === 'green'
      ? {}
      : { 'all-required': 'failure', ...(kind === 'red' ? { 'job 1': 'failure' } : {}) }
  for (const run of forge.runs(forge.head(number))) forge.runAll(run, endings)
}

/** The whole repository by the script alone: slow, and what copies are held to. */
export function scriptedWorld(plan: WorldPlan): Forge {
  const forge = emptyWorld(plan)
  for (let at = 0; at < plan.pulls; at += 1) drive(forge, at, kindOf(at, plan.red))
  forge.clock.set(START + AFTER)
  return forge
}

/** The whole repository: one pull request of each kind by the script, the rest as copies. */
export function world(plan: WorldPlan): Forge {
  const forge = emptyWorld(plan)
  const models = new Map<PullKind, ForgeState>()
  for (let at = 0; at < plan.pulls; at += 1) {
    const kind = kindOf(at, plan.red)
    const model = models.get(kind) ?? modelOf(plan, kind)
    models.set(kind, model)
    copyPull(forge.state, model, at)
  }
  forge.clock.set(START + AFTER)
  return forgeOf(forge.state)
}

/** A repository with one pull request of a kind: the one at place 0. */
function modelOf(plan: WorldPlan, kind: PullKind): ForgeState {
  const forge = emptyWorld(plan)
  drive(forge, 0, kind)
  return forge.state
}

/** Puts the one pull request of `model` into `state` once more, as the pull at this place. */
function copyPull(state: ForgeState, model: ForgeState, at: number): void {
  const { next } = state
  const [base] = model.pulls
  const parent = state.branches['main']
  const old = model.branches[branchOf(0)]
  if (base === undefined || parent === undefined || old === undefined)
    throw new Error('the model of a pull request has none')
  const branch = branchOf(at)
  const files = { ...state.commits[parent]?.files, ...filesOf(at) }
  const sha = commitId(next.commit, parent, branch, files)
  const commit = model.commits[old]
  if (commit === undefined) throw new Error(`no commit ${old}`)
  // Everything the model has besides its empty repository is this pull's, and ids start at 1.
  const [run, index, job, task] = [next.run - 1, next.index - 1, next.job - 1, next.task - 1]
  const number = next.number
  state.branches[branch] = sha
  state.commits[sha] = { ...commit, sha, message: `${branch}\n`, files }
  state.pulls.push({ ...base, id: next.pull, number, title: branch, branch, refSha: sha })
  for (const each of model.runs)
    state.runs.push({
      ...each,
      id: each.id + run,
      index: each.index + index,
      title: branch,
      ref: `refs/pull/${number}/head`,
      sha,
      statusSha: sha,
      pull: number,
    })
  for (const each of model.jobs)
    state.jobs.push({
      ...each,
      id: each.id + job,
      runId: each.runId + run,
      taskId: each.taskId + task,
    })
  for (const { steps, ...each } of model.tasks)
    state.tasks.push({
      ...each,
      id: each.id + task,
      jobId: each.jobId + job,
      runId: each.runId + run,
      steps: steps.map(step => ({ ...step })),
    })
  const ids = model.profile.targetUrl === 'id/id'
  const moved = (url: string): string =>
    url.replace(
      /runs\/(\d+)\/jobs\/(\d+)$/,
      (_, r: string, j: string) =>
        `runs/${Number(r) + (ids ? run : index)}/jobs/${Number(j) + (ids ? job : 0)}`,
    )
  state.rows[sha] = (model.rows[old] ?? []).map(row => ({
    ...row,
    targetUrl: moved(row.targetUrl),
  }))
  advance(next, model.next)
}

/** The next ids after one more pull request like the model's. */
function advance(next: ForgeState['next'], model: ForgeState['next']): void {
  next.commit += 1
  for (const kind of ['number', 'pull', 'run', 'index', 'job', 'task'] as const)
    next[kind] += model[kind] - 1
}
