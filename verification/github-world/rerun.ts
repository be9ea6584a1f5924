import type { Actions } from './actions.js'
import type { Check, Run } from './model.js'
import { jobsOf } from './stand.js'
import { readWorkflowText, withDependents } from './workflow-file.js'

/** What was asked to run again. */
export type Again =
  | { readonly kind: 'failed' }
  | { readonly kind: 'job'; readonly check: Check }
  | { readonly kind: 'run' }

const MONTH = 30 * 24 * 3_600_000
const SECOND = 1000

/** Why GitHub refuses to run this run again, with 403; `null` where it does not. */
export function refusalOf(actions: Actions, run: Run): string | null {
  const { status, conclusion } = actions.stand(run)
  if (status !== 'completed') return 'This workflow is already running'
  if (conclusion === 'startup_failure') return 'This workflow run cannot be retried'
  if (run.workflow.state !== 'active')
    return 'Unable to re-run this workflow run because the workflow is disabled'
  if (run.attempt > 50) return 'This workflow run cannot be retried'
  return actions.clock.now() - run.createdAt > MONTH
    ? 'Unable to retry this workflow run because it was created over a month ago'
    : null
}

/** The keys of the jobs that run again: what was asked for, and what depends on it. */
function keysOf(actions: Actions, run: Run, again: Again): ReadonlySet<string> {
  const jobs = jobsOf(run)
  const keys = (chosen: readonly Check[]): string[] =>
    chosen.flatMap(({ execution }) => (execution === null ? [] : [execution.key]))
  if (again.kind === 'run') return new Set(keys(jobs))
  const red = jobs.filter(({ conclusion }) => conclusion !== 'success' && conclusion !== 'skipped')
  return withDependents(actions.jobsOf(run), keys(again.kind === 'job' ? [again.check] : red))
}

/**
 * Begins the next attempt of a run: the same commit and the same file. A leg of a matrix runs again
 * alone. What does not run again is carried over: a new check run with the old times.
 */
export function runAgain(actions: Actions, run: Run, again: Again): readonly Check[] {
  const before = jobsOf(run)
  const keys = keysOf(actions, run, again)
  const isAgain = (check: Check): boolean => {
    if (again.kind === 'job' && check.execution?.key === again.check.execution?.key)
      return check === again.check
    return keys.has(check.execution?.key ?? '')
  }
  run.attempt += 1
  run.word = null
  const { attempt } = run
  for (const check of before.filter(one => !isAgain(one))) actions.carryOver(run, check)
  const file = actions.jobsOf(run)
  const done = new Map<string, number>()
  const order = [...before.filter(isAgain)].sort(
    (a, b) => depthOf(file, a.execution?.key ?? '') - depthOf(file, b.execution?.key ?? ''),
  )
  return order.map(check => {
    const key = check.execution?.key ?? ''
    const needs = file.find(job => job.key === key)?.needs ?? []
    const ready = Math.max(actions.clock.now(), ...needs.map(need => done.get(need) ?? 0))
    const startedAt = ready + 2 * SECOND
    const completedAt = startedAt + actions.lasting
    done.set(key, completedAt)
    const next = actions.nextOf(run, key, check.name)
    return actions.execute(
      run,
      { key, attempt, taken: true },
      {
        name: check.name,
        createdAt: ready,
        startedAt,
        completedAt,
        conclusion: null,
        decide: typeof next === 'string' ? () => next : next,
      },
    )
  })
}

type File = ReturnType<Actions['jobsOf']>

function depthOf(file: File, key: string): number {
  const needs = file.find(job => job.key === key)?.needs ?? []
  return needs.length === 0 ? 0 : 1 + Math.max(...needs.map(need => depthOf(file, need)))
}

/** The files of the default branch that listen to the runs of this workflow on this branch. */
export function listenersOf(
  { repository }: Actions,
  { workflow, headBranch }: Run,
): readonly string[] {
  const files = repository.commits.get(repository.tip(repository.defaultBranch))
  return [...(files ?? [])].flatMap(([path, text]) => {
    const { listensTo, listensOn } = readWorkflowText(text)
    const isOn = listensOn.length === 0 || listensOn.includes(headBranch)
    const listens = path.startsWith('.github/workflows/') && listensTo.includes(workflow.name)
    return listens && isOn ? [path] : []
  })
}
