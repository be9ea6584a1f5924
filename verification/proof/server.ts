import { newRuns } from './arrivals.js'
import { aroundSteps } from './comings.js'
import { all, charAt, charOf, commit, jobSteps, places, rerun } from './jobs.js'
import type { Batch, JobChar, Run, State, World } from './model.js'
import { isOver, jobName, left, spend } from './model.js'
import { owing, postJob, postRow, withRun } from './rows.js'
import type { Step } from './step.js'
import { asked, writes } from './step.js'

/** Every step the server, its runners and its users can take next. */
export function* serverSteps(world: World, state: State): Generator<Step> {
  yield* owed(world, state)
  for (const [at, run] of state.runs.entries()) {
    yield* emitter(world, state, at, run)
    if (!run.held)
      for (const job of run.jobs.split('').keys()) yield* jobSteps(world, state, at, run, job)
    yield* commands(world, state, at, run)
  }
  yield* aroundSteps(world, state)
  yield* newRuns(world, state)
  yield* strangers(world, state)
  const { ticks } = world.bound
  if (ticks !== null && state.now < ticks)
    yield { say: '25 minutes pass', willed: true, next: { ...state, now: state.now + 1 } }
}

/** The next status write of every action that owes some (docs/forge-facts.md, 3 M1, M3). */
function* owed(world: World, state: State): Generator<Step> {
  for (const [at, batch] of state.outbox.entries()) {
    const [first, ...rest] = batch.posts
    if (first === undefined) continue
    const outbox = state.outbox.flatMap((other, place) =>
      place !== at ? [other] : rest.length > 0 ? [{ ...other, posts: rest }] : [],
    )
    const posted = postJob(world, { ...state, outbox }, batch.run, first[0], first[1])
    const say = `run ${batch.run + 1}: the status of ${jobName(world, first[0])} is written`
    yield { say, willed: false, next: rest.length === 0 ? asked(posted, batch) : posted }
  }
}

/**
 * The emitter: unblock what can go and read every job, then post them all as they were read
 * (docs/forge-facts.md, 2.3, 3 M2).
 */
function* emitter(world: World, state: State, at: number, run: Run): Generator<Step> {
  const batch = (snap: string): Batch => ({
    run: at,
    posts: Array.from(snap, (was, job) => [job, was as JobChar] as const),
    report: false,
  })
  if (run.snap !== '') {
    yield* writes(
      world,
      withRun(state, at, { snap: '' }),
      batch(run.snap),
      `run ${at + 1}: the emitter posts what it read (${run.snap})`,
      false,
    )
  } else if (run.due && !run.held) {
    const needs = run.jobs.slice(0, world.umbrella)
    const ready = charOf(run, world.umbrella) === 'B' && Array.from(needs).every(isOver)
    const jobs = ready ? charAt(run.jobs, world.umbrella, 'W') : run.jobs
    const next = withRun(state, at, { due: false, jobs, snap: jobs })
    const read = ready ? owing(next, at, [world.umbrella]) : next
    if (world.bound.wholeEmitter)
      yield* writes(
        world,
        withRun(read, at, { snap: '' }),
        batch(jobs),
        `run ${at + 1}: the emitter reads the jobs and posts them (${jobs})`,
        false,
      )
    else
      yield {
        say: `run ${at + 1}: the emitter reads the jobs (${jobs})`,
        willed: false,
        next: read,
      }
  }
}

/**
 * What a person can order: a re-run with its dependents or of all jobs, a cancel, an approval
 * (docs/forge-facts.md, 2.4, 4.5, 3 M9).
 */
function* commands(world: World, state: State, at: number, run: Run): Generator<Step> {
  const done = Array.from(run.jobs).every(isOver)
  if (run.held) {
    const next = commit(
      state,
      at,
      { held: false, jobs: `${'W'.repeat(world.umbrella)}B` },
      places(run),
    )
    yield* writes(
      world,
      next,
      { run: at, posts: all(next, at), report: false },
      `a person approves run ${at + 1}`,
      true,
    )
    return
  }
  if (left(world, state, 'rerun') > 0) {
    for (let job = 0; job <= world.umbrella; job += 1) {
      if (world.profile.rerunWhileRunning ? !isOver(charOf(run, job)) : !done) continue
      const set = [...new Set([job, world.umbrella])]
      yield* rerun(
        world,
        state,
        at,
        run,
        set,
        `a person re-runs ${jobName(world, job)} of run ${at + 1}`,
      )
    }
    if (done && world.umbrella > 1)
      yield* rerun(world, state, at, run, places(run), `a person re-runs run ${at + 1}`)
  }
  if (!done && left(world, state, 'cancel') > 0) yield* cancel(world, state, at, run)
}

/**
 * A running job's row is posted as it was; its own `cancelled` row comes with its runner's next
 * report.
 */
function* cancel(world: World, state: State, at: number, run: Run): Generator<Step> {
  const jobs = Array.from(run.jobs, job => (isOver(job) ? job : 'C')).join('')
  const tasks = Array.from(run.tasks, task => (task === 'R' ? 'C' : task)).join('')
  const next = commit(
    spend(state, 'cancel'),
    at,
    { jobs, tasks },
    places(run).filter(job => !isOver(charOf(run, job))),
  )
  const posts = all(state, at).map(
    ([job, was]) => [job, isOver(was) || was === 'R' ? was : 'C'] as const,
  )
  for (const step of writes(
    world,
    next,
    { run: at, posts, report: false },
    `a person cancels run ${at + 1}`,
    true,
  )) {
    const late = all(state, at)
      .filter(([, was]) => was === 'R')
      .map(([job]): Batch => ({ run: at, posts: [[job, 'C']], report: true }))
    yield { ...step, next: { ...step.next, outbox: [...step.next.outbox, ...late] } }
  }
}

/**
 * A person's veto, a row of another tool by its token, and another reaper that echoes the
 * target_url of what it covers.
 */
function* strangers(world: World, state: State): Generator<Step> {
  const umbrella = world.contexts.length - 1
  const post = (
    by: 'person' | 'pat' | 'echo',
    as: 'failure' | 'pending' | 'success',
    say: string,
  ): Step => ({
    say,
    willed: true,
    next: postRow(spend(state, by), umbrella, by, { state: as, description: `set by ${by}` }),
  })
  if (left(world, state, 'person') > 0)
    yield post('person', 'failure', 'a person sets the umbrella red')
  if (left(world, state, 'pat') > 0) {
    yield post('pat', 'pending', 'another tool sets the umbrella pending')
    yield post('pat', 'success', 'another tool sets the umbrella green')
  }
  if (left(world, state, 'echo') > 0)
    yield post(
      'echo',
      'success',
      'another reaper sets the umbrella green, with a target_url of Actions',
    )
}
