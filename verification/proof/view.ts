import type { Pull } from '../../src/core/model/evidence.js'
import { asJobId, asRowId, asRunId, asRunKey } from '../../src/core/model/ids.js'
import type { Job, JobState, Run as RunSeen, Task } from '../../src/core/model/job.js'
import type { StatusRow } from '../../src/core/model/status.js'
import type { Instant } from '../../src/core/model/time.js'
import { hours, minutes } from '../../src/core/model/time.js'
import { keyed } from '../../src/forge/gitea/signing.js'
import type { OpenPulls, PullNow, Reading } from '../../src/forge/port.js'
import { baseOf, commitOf, hasMoved, isOpenPull, openPulls, pullsByRef } from './comings.js'
import type { Row } from './log.js'
import { latestBy, rowAt, rowsAbove } from './log.js'
import { jobCode } from './rows.js'
import type { Run, State, World } from './model.js'
import { isOver, jobName } from './model.js'

/** The one head there is. */
const SHA = 'a'.repeat(40)
/** Where a pull request stands that was pushed on. */
const ELSEWHERE = 'b'.repeat(40)
const START = Date.UTC(2026, 0, 1)
const TICK = minutes(25)

/** When a row of this tick was written. */
const instant = (tick: number): Instant => (START + tick * TICK) as Instant

/**
 * The server's clock: every row looks old where time is no step of its own; `late` is far beyond
 * every wait.
 */
function clock({ bound }: World, { now }: State, late: boolean): Instant {
  if (late) return (instant(now) + hours(30)) as Instant
  return bound.ticks === null ? ((START + minutes(30)) as Instant) : instant(now)
}

/** The open pull requests on the one head. */
function pullsOf(state: State): readonly Pull[] {
  return openPulls(state).map(number => ({
    number,
    title: `pull ${number}`,
    head: SHA,
    base: baseOf(state, number),
    baseSha: null,
    draft: false,
  }))
}

/** A row as the API shows it (docs/forge-facts.md, 1.2, 2.6). */
export function shownRow({ contexts, profile }: World, id: number, row: Row): StatusRow {
  const ids = profile.dialect.jobInTargetUrl === 'id'
  const target =
    row.by === 'actions'
      ? `/o/r/actions/runs/${row.run}/jobs/${ids ? row.run * 100 + row.job : row.job}`
      : row.by === 'echo'
        ? '/o/r/actions/runs/1/jobs/0'
        : ''
  const creator = row.by === 'person' ? 'ann' : row.by === 'pat' ? 'bot' : null
  return {
    id: asRowId(id),
    context: contexts[row.context] ?? '',
    state: row.state,
    description: row.description,
    targetUrl: target,
    creator,
    createdAt: instant(row.at),
  }
}

const CONCLUSION: Readonly<Record<string, JobState>> = {
  S: 'success',
  F: 'failure',
  Z: 'failure',
  C: 'cancelled',
  K: 'skipped',
}
const jobState = (job: string): JobState => CONCLUSION[job] ?? 'open'

const apiName = (world: World, job: number): string =>
  job === world.umbrella ? 'all-required' : jobName(world, job)

function shownRun(world: World, run: Run, at: number): RunSeen {
  const jobs = Array.from(run.jobs, (state, job): Omit<Job, 'key'> => ({
    id: asJobId((at + 1) * 100 + jobCode(world, run, job)),
    name: apiName(world, job),
    state: jobState(state),
    attempt: run.attempt,
  }))
  return {
    key: asRunKey(at + 1),
    id: asRunId(world.profile.dialect.jobInTargetUrl === 'id' ? at + 1 : at + 101),
    file: run.file,
    suffix: ' (pull_request)',
    pull: run.pull,
    completed: !run.held && Array.from(run.jobs).every(isOver),
    jobs: world.profile.grade === 'jobs' ? keyed(jobs, world.profile.dialect) : [],
  }
}

/** The latest rows: one of a context, or two where a posted row stands beside Actions' own. */
function latestIds({ profile, contexts }: World, { log }: State): readonly number[] {
  if (profile.traits.postedStatusWins) return log.latest.filter(id => id > 0)
  return contexts.flatMap((_, context) =>
    [true, false].flatMap(actions => latestBy(log, context, actions)?.id ?? []),
  )
}

/** What the forge answers to each read, at the instant it answers. */
export const READ = {
  openPulls: (_: World, state: State): OpenPulls => ({ pulls: pullsOf(state) }),
  pull: (state: State, number: number): PullNow => ({
    open: isOpenPull(state, number),
    head: hasMoved(state, number) ? ELSEWHERE : SHA,
  }),
  refs: (state: State): ReadonlyMap<string, readonly number[]> =>
    new Map([[SHA, pullsByRef(state)]]),
  commitOf: (state: State, branch: string): string => commitOf(state, branch),
  latestRows: (world: World, state: State, late = false): Reading<readonly StatusRow[]> => ({
    value: latestIds(world, state).map(id => shownRow(world, id, rowAt(state.log, id))),
    gaps: [],
    at: clock(world, state, late),
  }),
  history: (
    world: World,
    state: State,
    above: number,
    late = false,
  ): Reading<readonly StatusRow[]> => ({
    value: rowsAbove(state.log, above).map(row => shownRow(world, row.id, row)),
    gaps: [],
    at: clock(world, state, late),
  }),
  runs: (world: World, state: State, late = false): Reading<readonly RunSeen[]> => ({
    value: state.runs.map((run, at) => shownRun(world, run, at)),
    gaps: [],
    at: clock(world, state, late),
  }),
  failedHeads: (world: World, state: State, late = false): Reading<readonly string[]> => ({
    value: state.runs.some(({ jobs }) => /[FZC]/.test(jobs)) ? [SHA] : [],
    gaps: [],
    at: clock(world, state, late),
  }),
  tasks: (world: World, state: State, late = false): Reading<readonly Task[]> => ({
    value: state.runs.flatMap((run, at) =>
      Array.from(run.tasks).flatMap((task, job): Task[] =>
        task === '-'
          ? []
          : [
              {
                id: run.attempt * 1000 + (at + 1) * 10 + job,
                run: asRunKey(at + 1),
                name: apiName(world, job),
                file: run.file,
                suffix: ' (pull_request)',
                pull: run.pull,
                sha: SHA,
                state: jobState(task),
                createdAt: instant(0),
              },
            ],
      ),
    ),
    gaps: [],
    at: clock(world, state, late),
  }),
}

/** What is read of runs and rows, which two answers share only when they are the same. */
type KeyedKind = 'latestRows' | 'history' | 'runs' | 'tasks' | 'failedHeads'

/**
 * A text that two answers to a read share only when they are the same, so that equal answers lead
 * to one place.
 */
export function answerKey(kind: KeyedKind, { log, runs, now }: State): string {
  if (kind === 'latestRows' || kind === 'history') return `${now}.${log.id}`
  const parts = runs.map(
    ({ pull, file, jobs, tasks, attempt, held }) =>
      `${pull}${file === 'ci.yml' ? '' : 't'}${kind === 'tasks' ? tasks : jobs}${attempt}` +
      (held ? 'h' : ''),
  )
  return `${now}.${parts.join('/')}`
}
