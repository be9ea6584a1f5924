import { timeOf } from './clock.js'
import { createRun } from './engine.js'
import { pushKnown } from './events.js'
import type { Ref } from './run-script.js'
import { runAll } from './run-script.js'
import { findRun } from './run-state.js'
import type { ForgeState } from './state.js'
import { parseWorkflow } from './workflow.js'

/** What a script does to the repository beside its pulls and their runs. */
export function repositoryScript(state: ForgeState) {
  return {
    pushKnown: (branch: string, sha: string) => pushKnown(state, branch, sha),
    tag: (name: string, sha: string) => {
      state.tags[name] = sha
    },
    nameEvent: (ref: Ref, event: string) => {
      findRun(state, ref).shownEvent = event
    },
    fillTasks: (count: number) => {
      fillTasks(state, count)
    },
  }
}

/** One job after the other on the tip of the default branch, all green, each a row of the list. */
function fillTasks(state: ForgeState, count: number): void {
  const branch = state.repository.defaultBranch
  const sha = state.branches[branch] ?? ''
  const now = timeOf(state.clock)
  const run = createRun(state, parseWorkflow('name: Nightly\njobs: { night: {} }'), {
    title: 'nightly',
    file: 'nightly.yml',
    event: 'schedule',
    hookEvent: 'schedule',
    ref: `refs/heads/${branch}`,
    sha,
    statusSha: sha,
    pull: null,
    fork: false,
    actor: 1,
    needApproval: false,
  })
  runAll(state, run, {})
  const [done] = state.tasks.slice(-1)
  if (done === undefined) throw new Error('the nightly job left no task')
  for (let row = 1; row < count; row += 1)
    state.tasks.push({ ...done, id: state.next.task++, created: now, updated: now, started: now })
}
