import { matches } from '../core/model/context.js'
import type { Workflow, WorkflowJob } from './parse.js'

/** This action, wherever it was copied to, and what only fetches files. */
const SWEEPS = /(?:(?:^|\/)umbrella-reaper(?:\/[\w.-]+)*|^actions\/checkout)@[\w./-]+$/i

/** Does a workflow do nothing but sweep? Then it may start once more. */
function onlySweeps({ jobs }: Workflow): boolean {
  const sweeps = ({ reusable, body: { steps } }: WorkflowJob): boolean =>
    !reusable &&
    steps !== null &&
    steps.some(({ uses }) => /umbrella-reaper/i.test(uses ?? '')) &&
    steps.every(({ uses, run }) => run === null && uses !== null && SWEEPS.test(uses))
  return jobs.length > 0 && jobs.every(sweeps)
}

/** The names by which a list of workflows may mean this one: without a name it is its file. */
const workflowNames = ({ name, path }: Workflow): readonly string[] =>
  name === '' ? [path, path.split('/').at(-1) ?? path] : [name]

/** What is known of the run after which another workflow may start. */
export interface FollowedRun {
  readonly workflow: Workflow
  /** Its head branch; `null` where the server does not tell. */
  readonly branch: string | null
  /** Is it told that a run which starts again is `requested` anew? GitHub's are not. */
  readonly requestsAnew: boolean
}

/** May this list of branches mean this one? What is no plain name or `*` may mean any. */
function mayMean(branches: readonly string[], branch: string): boolean {
  return branches.some(entry => /[?+[\]!]/.test(entry) || matches(entry, branch))
}

/**
 * Does this workflow start when that run is started again, by `on: workflow_run`? Without a list of
 * workflows it starts after every one; a list that cannot be read may hold anything.
 */
export function startsAfter(
  listener: Workflow,
  { workflow, branch, requestsAnew }: FollowedRun,
): boolean {
  const { follows } = listener
  if (follows === null || onlySweeps(listener)) return false
  const { workflows, branches, types } = follows
  if (branch !== null && branches !== null && !mayMean(branches, branch)) return false
  if (!requestsAnew && types?.every(type => type === 'requested') === true) return false
  if (workflows === 'any') return true
  return workflows.some(entry => workflowNames(workflow).some(name => matches(entry, name)))
}
