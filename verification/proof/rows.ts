import type { Log, Row, Writer } from './log.js'
import { append, latestBy, latestRow } from './log.js'
import type { JobChar, Run, State, World } from './model.js'

/** State and description of a job's row (docs/forge-facts.md, 2.2). */
function shown(job: JobChar, skipped: 'success' | 'skipped'): Pick<Row, 'state' | 'description'> {
  switch (job) {
    case 'W':
      return { state: 'pending', description: 'Waiting to run' }
    case 'B':
      return { state: 'pending', description: 'Blocked by required conditions' }
    case 'R':
      return { state: 'pending', description: 'Has started running' }
    case 'S':
      return { state: 'success', description: 'Successful in 2s' }
    case 'F':
      return { state: 'failure', description: 'Failing after 2s' }
    case 'Z':
      return { state: 'failure', description: 'Failing after 10m5s' }
    case 'C':
      return { state: 'failure', description: 'Has been cancelled' }
    case 'K':
      return { state: skipped, description: 'Has been skipped' }
  }
}

/** The run at this place, which must exist. */
export function runAt(state: State, run: number): Run {
  const found = state.runs[run]
  if (found === undefined) throw new Error(`no run ${run + 1}`)
  return found
}

/** The state with one run changed. */
export function withRun(state: State, run: number, change: Partial<Run>): State {
  return { ...state, runs: state.runs.map((old, at) => (at === run ? { ...old, ...change } : old)) }
}

/**
 * Would the server skip this row because the latest of its context equals it (docs/forge-facts.md,
 * 2.3)? Whoever wrote that one.
 */
function isEqual({ profile: { dedupe } }: World, before: Row | null, row: Row): boolean {
  if (before?.state !== row.state) return false
  if (dedupe === 'state') return true
  if (before.description !== row.description) return false
  return (
    dedupe === 'state+description' ||
    (before.by === 'actions' && before.run === row.run && before.job === row.job)
  )
}

/** What a row calls a job: its place, and where every attempt has ids of its own, that too. */
export const jobCode = ({ profile }: World, { attempt }: Run, job: number): number =>
  profile.reruns === 'new' ? attempt * 10 + job : job

/**
 * `CreateCommitStatus` for one job, with the state its caller holds: compare with the latest row,
 * then write (docs/forge-facts.md, 2.3).
 */
export function postJob(world: World, state: State, run: number, job: number, was: JobChar): State {
  const { jobs, missing } = runAt(state, run)
  const current = jobs.charAt(job) === was
  const context = world.contextOf[job] ?? 0
  const row: Row = {
    context,
    by: 'actions',
    run: run + 1,
    job: jobCode(world, runAt(state, run), job),
    at: state.now,
    stale: !current,
    ...shown(was, world.profile.skipped),
  }
  const before = world.profile.traits.postedStatusWins
    ? latestRow(state.log, context)
    : latestBy(state.log, context, true)
  const log = isEqual(world, before, row) ? state.log : append(state.log, row)
  return { ...withRun(state, run, current ? { missing: missing & ~(1 << job) } : {}), log }
}

/** A row somebody else posts through the API: it is always written (docs/forge-facts.md, 1.1). */
export function postRow(
  state: State,
  context: number,
  by: Writer,
  shownAs: Pick<Row, 'state' | 'description'>,
): State {
  const log: Log = append(state.log, {
    context,
    by,
    run: 0,
    job: 0,
    at: state.now,
    stale: false,
    ...shownAs,
  })
  return { ...state, log }
}

/** The state with the present rows of some jobs still to be written. */
export function owing(state: State, run: number, jobs: readonly number[]): State {
  return withRun(state, run, {
    missing: jobs.reduce((bits, job) => bits | (1 << job), runAt(state, run).missing),
  })
}
