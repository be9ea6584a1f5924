import type { JobChar, Run, State, World } from './model.js'
import { jobName, left, spend } from './model.js'
import { owing, postJob, runAt, withRun } from './rows.js'
import type { Step } from './step.js'
import { writes } from './step.js'

/** A run changed by a commit of the server, which owes the rows of these jobs from then on. */
export const commit = (
  state: State,
  at: number,
  change: Partial<Run>,
  jobs: readonly number[],
): State => owing(withRun(state, at, change), at, jobs)

export const charAt = (text: string, at: number, char: string): string =>
  text.slice(0, at) + char + text.slice(at + 1)
export const places = (run: Run): readonly number[] => Array.from(run.jobs, (_, job) => job)

export const charOf = (run: Run, job: number): JobChar => run.jobs.charAt(job) as JobChar

/**
 * The results a runner can report. The umbrella's honest one follows from its needs; `lie` lets it
 * fail over green ones (docs/forge-facts.md, 3, class R).
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

export function* jobSteps(
  world: World,
  state: State,
  at: number,
  run: Run,
  job: number,
): Generator<Step> {
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
  yield* cleanUps(world, state, at, run, job)
}

/** What the server's own clean-ups make of a job nobody reports on. */
function* cleanUps(world: World, state: State, at: number, run: Run, job: number): Generator<Step> {
  const was = charOf(run, job)
  const name = `run ${at + 1}: ${jobName(world, job)}`
  const { picks } = world.bound
  const task = (to: string): string => charAt(run.tasks, job, to)
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

export const all = (state: State, at: number): (readonly [number, JobChar])[] =>
  Array.from(runAt(state, at).jobs, (was, job) => [job, was as JobChar] as const)
export function* rerun(
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
  const change = { jobs, attempt: run.attempt + 1, ours: false }
  const next = commit(spend(state, 'rerun'), at, change, set)
  const written = world.profile.reruns === 'new' ? places(run) : set
  const posts = written.map(job => [job, jobs.charAt(job) as JobChar] as const)
  yield* writes(world, next, { run: at, posts, report: false }, say, true)
}
