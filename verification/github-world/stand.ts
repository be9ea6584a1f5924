import type { Check, Conclusion, Run, Status, Suite } from './model.js'
import type { FileJob } from './workflow-file.js'

/** A status and what it ended with, as runs, suites and check runs have them. */
export interface Stand {
  readonly status: Status
  readonly conclusion: Conclusion | null
}

/** Where a check run stands at this time. */
export function standOf(check: Check, now: number): Stand {
  if (check.completedAt !== null && check.completedAt <= now)
    return { status: 'completed', conclusion: check.conclusion }
  if (check.status !== null) return { status: check.status, conclusion: null }
  const begun = check.startedAt !== null && check.startedAt <= now
  return { status: begun ? 'in_progress' : 'queued', conclusion: null }
}

export const seenIn = ({ checks }: Suite, now: number): readonly Check[] =>
  checks.filter(({ createdAt }) => createdAt <= now)

/** The newest check run of each name. */
export function latestOf(checks: readonly Check[]): readonly Check[] {
  const newest = new Map<string, Check>()
  for (const check of checks)
    if ((newest.get(check.name)?.id ?? 0) < check.id) newest.set(check.name, check)
  return [...newest.values()]
}

/** In the order in which one of them speaks for all. */
const WORST: readonly Conclusion[] = ['failure', 'timed_out', 'cancelled', 'action_required']

function together(ends: readonly (Conclusion | null)[]): Conclusion {
  const worst = WORST.find(word => ends.includes(word))
  if (worst !== undefined) return worst === 'timed_out' ? 'failure' : worst
  if (ends.length > 0 && ends.every(end => end === 'skipped')) return 'skipped'
  return ends.length > 0 && ends.every(end => end === 'neutral') ? 'neutral' : 'success'
}

/** Where checks stand together. */
function standOfAll(checks: readonly Check[], now: number, mayFail: Set<string>): Stand {
  const stands = checks.map(check => ({ check, stand: standOf(check, now) }))
  const open = stands.filter(({ stand }) => stand.status !== 'completed')
  if (open.length > 0) {
    const begun = open.length < stands.length || open.some(one => one.stand.status !== 'queued')
    const waits = open.every(({ stand }) => stand.status === 'waiting')
    return { status: waits ? 'waiting' : begun ? 'in_progress' : 'queued', conclusion: null }
  }
  const ends = stands.map(({ check, stand }) =>
    mayFail.has(check.execution?.key ?? '') ? 'success' : stand.conclusion,
  )
  return { status: 'completed', conclusion: together(ends) }
}

/** The jobs of a run in its present attempt, those with them that nobody sees yet. */
export const jobsOf = (run: Run): readonly Check[] =>
  run.suite.checks.filter(({ execution }) => execution?.attempt === run.attempt)

/** A run has not ended before every job of it has, whether it has a check run yet or not. */
export function standOfRun(run: Run, jobs: readonly FileJob[], now: number): Stand {
  if (run.word !== null) return run.word
  const mayFail = new Set(jobs.filter(job => job.mayFail).map(({ key }) => key))
  return standOfAll(jobsOf(run), now, mayFail)
}

export function standOfSuite(suite: Suite, jobs: readonly FileJob[], now: number): Stand {
  if (suite.run !== null) return standOfRun(suite.run, jobs, now)
  return suite.checks.length === 0
    ? { status: 'queued', conclusion: null }
    : standOfAll(latestOf(seenIn(suite, now)), now, new Set())
}

/** A required check passes by these [troubleshooting required status checks]. */
export const passes = ({ conclusion }: Stand): boolean =>
  conclusion === 'success' || conclusion === 'skipped' || conclusion === 'neutral'
