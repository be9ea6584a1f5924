import { matches } from '../core/model/context.js'
import type { Workflow, WorkflowJob } from './parse.js'

/** This action, wherever it was copied to, and what only fetches files. */
const SWEEPS = /(?:^|\/)(?:umbrella-reaper(?:\/[\w.-]+)*|actions\/checkout)@[\w./-]+$/i

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
const namesOf = ({ name, path }: Workflow): readonly string[] =>
  name === '' ? [path, path.split('/').at(-1) ?? path] : [name]

/**
 * Does this workflow start when that one has run, by `on: workflow_run`? Whatever types and
 * branches it asks for: a re-run may be of them. Without a list it starts after every workflow; a
 * list that cannot be read may hold anything.
 */
export function startsAfter(listener: Workflow, workflow: Workflow): boolean {
  const { follows } = listener
  if (follows === null || onlySweeps(listener)) return false
  if (follows === 'any') return true
  return follows.some(entry => namesOf(workflow).some(name => matches(entry, name)))
}
