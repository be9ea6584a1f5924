import type { Batch, JobChar, Run, State, World } from './model.js'
import { isOver, jobName, left, openedPulls, spend } from './model.js'
import { owing, postJob, postRow, runAt, withRun } from './rows.js'

/** One atomic step: what happened, in words, and what is then. */
export interface Step {
  readonly say: string
  readonly next: State
  /** Something only a person or a fault does: it need not happen for the forge to be at rest. */
  readonly willed: boolean
}

/** A run changed by a commit of the server, which owes the rows of these jobs from then on. */
const commit = (state: State, at: number, change: Partial<Run>, jobs: readonly number[]): State =>
  owing(withRun(state, at, change), at, jobs)
const charAt = (text: string, at: number, char: string): string =>
  text.slice(0, at) + char + text.slice(at + 1)
const places = (run: Run): readonly number[] => Array.from(run.jobs, (_, job) => job)
const charOf = (run: Run, job: number): JobChar => run.jobs.charAt(job) as JobChar

/**
 * The status writes of one action: at once, or each as a step of its own; and, while the budget
 * lasts, some of them lost for good.
 */
function* writes(
  world: World,
  state: State,
  batch: Batch,
  say: string,
  willed: boolean,
): Generator<Step> {
  const { run, posts } = batch
  const deliver = (from: State, kept: readonly (readonly [number, JobChar])[]): State =>
    asked(
      kept.reduce((at, [job, was]) => postJob(world, at, run, job, was), from),
      batch,
    )
  if (world.bound.split) yield { say, willed, next: { ...state, outbox: [...state.outbox, batch] } }
  else yield { say, willed, next: deliver(state, posts) }
  if (left(world, state, 'lost') === 0) return
  const less = spend(state, 'lost')
  yield { say: `${say}; its status writes are lost`, willed: true, next: asked(less, batch) }
  if (posts.length < 2) return
  for (const [lost] of posts) {
    const kept = posts.filter(([job]) => job !== lost)
    yield {
      say: `${say}; the status write of ${jobName(world, lost)} is lost`,
      willed: true,
      next: deliver(less, kept),
    }
  }
}

/** After a runner's last report the emitter of the run is asked to run. */
function asked(state: State, { run, report }: Batch): State {
  return report ? withRun(state, run, { due: true }) : state
}

/** Every step the server, its runners and its users can take next. */
export function* serverSteps(world: World, state: State): Generator<Step> {
  yield* owed(world, state)
  for (const [at, run] of state.runs.entries()) {
    yield* emitter(world, state, at, run)
    if (!run.held)
      for (const job of run.jobs.split('').keys()) yield* jobSteps(world, state, at, run, job)
    yield* commands(world, state, at, run)
  }
  yield* newPulls(world, state)
  yield* newRuns(world, state)
  yield* strangers(world, state)
  const { ticks } = world.bound
  if (ticks !== null && state.now < ticks)
    yield { say: '25 minutes pass', willed: true, next: { ...state, now: state.now + 1 } }
}

/** The next status write of every action that owes some (forge-facts §3 M1, M3). */
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
 * (forge-facts §2.3, §3 M2).
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
 * The results a runner can report. The umbrella's honest one follows from its needs; `lie` lets it
 * fail over green ones (forge-facts §3, class R).
 */
function* results(
  world: World,
  state: State,
  run: Run,
  job: number,
): Generator<{ readonly to: JobChar; readonly lie: boolean }> {
  if (job !== world.umbrella) {
    for (const to of world.bound.results) yield { to: to as JobChar, lie: false }
    return
  }
  const good = Array.from(run.jobs.slice(0, job)).every(need => need === 'S' || need === 'K')
  yield { to: good ? 'S' : 'F', lie: false }
  if (good && left(world, state, 'lie') > 0) yield { to: 'F', lie: true }
}

function* jobSteps(world: World, state: State, at: number, run: Run, job: number): Generator<Step> {
  const was = charOf(run, job)
  const name = `run ${at + 1}: ${jobName(world, job)}`
  const { picks } = world.bound
  const task = (to: string): string => charAt(run.tasks, job, to)
  if (was === 'W' && picks) {
    const next = commit(state, at, { jobs: charAt(run.jobs, job, 'R'), tasks: task('R') }, [job])
    yield* writes(
      world,
      next,
      { run: at, posts: [[job, 'R']], report: false },
      `${name} is picked by a runner`,
      false,
    )
  }
  if (was === (picks ? 'R' : 'W')) {
    for (const { to, lie } of results(world, state, run, job)) {
      const from = lie ? spend(state, 'lie') : state
      const next = commit(from, at, { jobs: charAt(run.jobs, job, to), tasks: task(to) }, [job])
      const how = {
        S: 'succeeds',
        F: lie ? 'fails although its needs are green' : 'fails',
        K: 'is skipped',
      }[to as 'S' | 'F' | 'K']
      yield* writes(
        world,
        next,
        { run: at, posts: [[job, to]], report: true },
        `${name} ${how}`,
        false,
      )
    }
  }
  if (was === 'R') {
    const beat = postJob(world, state, at, job, 'R')
    if (beat.log !== state.log)
      yield { say: `${name}'s runner reports that it runs`, willed: false, next: beat }
  }
  if (was === (picks ? 'R' : 'W') && left(world, state, 'zombie') > 0) {
    const next = commit(
      spend(state, 'zombie'),
      at,
      { jobs: charAt(run.jobs, job, 'Z'), tasks: task('F') },
      [job],
    )
    const batch = { run: at, posts: [[job, 'Z']] as const, report: world.profile.zombieEmits }
    yield* writes(world, next, batch, `${name} is lost and failed by the zombie clean-up`, true)
  }
  if ((was === 'W' || was === 'B') && left(world, state, 'abandon') > 0) {
    const next = commit(spend(state, 'abandon'), at, { jobs: charAt(run.jobs, job, 'C') }, [job])
    yield* writes(
      world,
      next,
      { run: at, posts: [[job, 'C']], report: false },
      `${name} waited for a day and is abandoned`,
      true,
    )
  }
}

/**
 * What a person can order: a re-run with its dependents or of all jobs, a cancel, an approval
 * (forge-facts §2.4, §4.5, §3 M9).
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
  if (!done && left(world, state, 'cancel') > 0) {
    const jobs = Array.from(run.jobs, job => (isOver(job) ? job : 'C')).join('')
    const tasks = Array.from(run.tasks, task => (task === 'R' ? 'C' : task)).join('')
    const next = commit(
      spend(state, 'cancel'),
      at,
      { jobs, tasks },
      places(run).filter(job => !isOver(charOf(run, job))),
    )
    // A running job's row is posted as it was; its own `cancelled` row comes with its runner's next
    // report.
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
}

const all = (state: State, at: number): (readonly [number, JobChar])[] =>
  Array.from(runAt(state, at).jobs, (was, job) => [job, was as JobChar] as const)

function* rerun(
  world: World,
  state: State,
  at: number,
  run: Run,
  set: readonly number[],
  say: string,
): Generator<Step> {
  const alone = set.length === 1
  const jobs = Array.from(run.jobs, (was, job) =>
    !set.includes(job) ? was : job === world.umbrella && !alone ? 'B' : 'W',
  ).join('')
  const next = commit(spend(state, 'rerun'), at, { jobs, attempt: run.attempt + 1 }, set)
  yield* writes(
    world,
    next,
    { run: at, posts: set.map(job => [job, jobs.charAt(job) as JobChar] as const), report: false },
    say,
    true,
  )
}

/**
 * Another pull request comes to the head: opened, reopened, or pushed to the same commit. Its run
 * is created later, or never.
 */
function* newPulls(world: World, state: State): Generator<Step> {
  if (left(world, state, 'open') === 0) return
  const next = spend(state, 'open')
  yield {
    say: `pull request ${openedPulls(world, next)} is opened on the head`,
    willed: true,
    next,
  }
}

/** A run that an event starts; it may be held for approval and then writes nothing. */
function* newRuns(world: World, state: State): Generator<Step> {
  if (state.runs.length >= world.bound.runs) return
  for (let pull = 1; pull <= openedPulls(world, state); pull += 1) {
    const say =
      `run ${state.runs.length + 1} is ` +
      `created${world.bound.pulls > 1 ? ` for pull request ${pull}` : ''}`
    yield* writes(world, ...created(world, state, pull, false), say, true)
    if (left(world, state, 'held') === 0) continue
    const [next] = created(world, spend(state, 'held'), pull, true)
    yield { say: `${say} and held for approval: it writes nothing`, willed: true, next }
  }
}

/** A run as its creation commits it, and the rows it owes (forge-facts §2.3). */
export function created(world: World, state: State, pull: number, held: boolean): [State, Batch] {
  const jobs = held ? 'B'.repeat(world.umbrella + 1) : `${'W'.repeat(world.umbrella)}B`
  const run: Run = {
    pull,
    held,
    attempt: 1,
    jobs,
    tasks: '-'.repeat(jobs.length),
    missing: (1 << jobs.length) - 1,
    due: false,
    snap: '',
  }
  const next = { ...state, runs: [...state.runs, run] }
  return [next, { run: state.runs.length, posts: all(next, state.runs.length), report: false }]
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
