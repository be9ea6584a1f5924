import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, JOBS, LOST, POLLED, POSTS, ciWith, withCi } from './files.js'

const FAILED = { lint: 'success', test: 'failure', 'all-required': 'failure' } as const

/** A lost gate, and what happens before it is looked at a second time. */
const then =
  (happens: (w: World) => void) =>
  (w: World): void => {
    w.files({ 'ci.yml': CI })
    w.require('main', ['all-required'])
    w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    w.failures.before(
      /^POST \/graphql candidates/,
      () => {
        happens(w)
      },
      1,
    )
  }

function posted(w: World): void {
  w.files({ 'ci.yml': JOBS, 'gate.yml': POSTS })
  w.require('main', ['merge-gate'])
  const one = w.pull(1)
  const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
  w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
  w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
}

const firstPull = (w: World): ReturnType<World['pull']> => {
  const pull = w.repository.pull(1)
  if (pull === undefined) throw new Error('there is no pull request')
  return pull
}

const firstRun = (w: World) => {
  const run = w.actions.runs[0]
  if (run === undefined) throw new Error('there is no run')
  return run
}

const SUCCESS = 'status success merge-gate on #1'
const TAKEN_BACK = /^status (?:error|failure|pending) merge-gate on #1$/

/** Of a success of ours: which red row it answers, and in which run. */
const MARK = (red: number, run: number): string =>
  `umbrella-reaper run 9: 2/2 required green in run ${run} (jobs) [ur-green ${red} ${run} abc123]`

/** Our success stands over an older red of the gate. */
function compensated(w: World): void {
  posted(w)
  const [red] = w.statuses
  const run = w.actions.runs[1]
  w.status(firstPull(w), 'merge-gate', 'success', {
    ago: 120,
    description: MARK(red?.id ?? 0, run?.id ?? 0),
  })
}

/** What changes while a sweep is at work, or since an earlier one. */
export const MEANWHILE: readonly Situation[] = [
  {
    name: 'meanwhile: a new commit was pushed',
    world: then(w => {
      firstPull(w).head = w.files({ 'src/a.ts': '' }, 'change-1')
    }),
    outcomes: { 1: /^(?:head-moved|changed-meanwhile)$/ },
  },
  {
    name: 'meanwhile: the pull request was closed',
    world: then(w => {
      firstPull(w).state = 'closed'
    }),
    // Its own look, or the list without it: whichever comes first.
    outcomes: { 1: /^(?:closed|changed-meanwhile)$/ },
  },
  {
    name: 'meanwhile: a newer run began',
    world: then(w => {
      w.run('ci.yml', firstPull(w), { ago: 0, jobs: { lint: 'going', test: 'queued' } })
    }),
    outcomes: { 1: 'changed-meanwhile' },
  },
  {
    name: 'meanwhile: a person runs a job again',
    world: then(w => {
      w.again(firstRun(w), { ago: 0, jobs: { test: 'going', 'all-required': 'hidden' } })
    }),
    outcomes: { 1: 'changed-meanwhile' },
  },
  {
    name: 'meanwhile: a person posted a veto',
    world: then(w => {
      w.status(firstPull(w), 'test', 'failure', { by: { login: 'alice' } })
    }),
    outcomes: { 1: 'changed-meanwhile' },
  },
  {
    name: 'meanwhile: the base needs one more job',
    world: then(w => {
      const jobs = '  e2e: { runs-on: ubuntu-latest, steps: [{ run: make e2e }] }\n'
      w.files({ 'ci.yml': ciWith({ jobs }).replace('[lint, test]', '[lint, test, e2e]') })
    }),
    outcomes: { 1: 'changed-meanwhile' },
  },
  {
    name: 'meanwhile: another pull request was opened on the commit, into another base',
    world: then(w => {
      w.files({ 'ci.yml': CI.replace('[lint, test]', '[lint, test, deploy]') }, 'release')
      w.pull(2, { at: firstPull(w).head, base: 'release' })
    }),
    outcomes: { 1: 'changed-meanwhile' },
  },
  {
    name: 'meanwhile: a newer run failed between the last look and the post',
    world: w => {
      posted(w)
      w.failures.before(/^POST \/statuses/, () => {
        w.run('ci.yml', firstPull(w), { ago: 2, jobs: { lint: 'success', test: 'failure' } })
        w.clock.slept(180_000)
      })
    },
    inputs: POLLED,
    outcomes: { 1: 'withdrawn' },
    wrote: [SUCCESS, TAKEN_BACK],
    gate: { 1: 'shut' },
    exit: null,
  },
  {
    name: 'meanwhile: a person posted red right after our post',
    world: w => {
      posted(w)
      w.failures.before(
        /^GET \/commits\/\w+\/statuses/,
        () => {
          if (w.wrote.length > 0)
            w.status(firstPull(w), 'merge-gate', 'failure', { by: { login: 'alice' } })
        },
        2,
      )
    },
    inputs: POLLED,
    outcomes: { 1: /^(?:superseded|withdrawn)$/ },
    wrote: [SUCCESS],
    gate: { 1: 'shut' },
    exit: null,
  },
  {
    name: 'since: our success stands, and nothing has changed',
    world: compensated,
    inputs: POLLED,
    pulls: { 1: 'umbrella-green' },
    gate: { 1: 'open' },
  },
  {
    name: 'since: our success stands, and a required job was run again and failed',
    world: w => {
      compensated(w)
      const ci = w.actions.runs[1]
      if (ci !== undefined) w.again(ci, { ago: 60, jobs: { test: 'failure' } })
    },
    inputs: POLLED,
    wrote: [TAKEN_BACK],
    gate: { 1: 'shut' },
    exit: 1,
  },
  {
    name: 'since: our success stands, and a required job is being run again',
    world: w => {
      compensated(w)
      const ci = w.actions.runs[1]
      if (ci !== undefined) w.again(ci, { ago: 10, jobs: { test: 'going' } })
    },
    inputs: POLLED,
    wrote: [TAKEN_BACK],
    gate: { 1: 'shut' },
  },
  {
    name: 'since: the gate posted red again over our success, and no job ran since',
    world: w => {
      compensated(w)
      const gate = w.run('gate.yml', firstPull(w), { ago: 61, jobs: { decide: 'success' } })
      w.status(firstPull(w), 'merge-gate', 'failure', { ago: 60, run: gate })
    },
    inputs: POLLED,
    pulls: { 1: /^(?:own-verdict|relapsed)$/ },
  },
  {
    name: 'since: a newer run is green but for its gate, and another one failed on the base',
    world: withCi((w, one) => {
      w.run('ci.yml', w.repository.tip('main'), { ago: 90, event: 'push', jobs: FAILED })
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
    }),
    pulls: { 1: 'stale' },
    wrote: ['rerun all-required in run 2'],
  },
]
