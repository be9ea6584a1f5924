import type { Run } from '../model.js'
import { ACTIONS } from '../model.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, JOBS, POLLED, POLLS, POSTS } from './files.js'

const GREEN = { lint: 'success', test: 'success' } as const
const LOST = { ...GREEN, 'all-required': 'lost' } as const
const FAILED = { lint: 'success', test: 'failure' } as const

/** A posted gate whose red is older than what else is on the commit. */
const posted =
  (then: (w: World, one: ReturnType<World['pull']>) => void, ci = JOBS) =>
  (w: World): void => {
    w.files({ 'ci.yml': ci, 'gate.yml': POSTS })
    w.require('main', ['merge-gate'])
    const one = w.pull(1)
    const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
    w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
    then(w, one)
  }

const shut = { inputs: POLLED, pulls: { 1: /^(?!stale$)/ }, gate: { 1: 'shut' } } as const

const WAITING: Run['word'] = { status: 'completed', conclusion: 'action_required' }

/** What stands behind a green and is easily not seen. */
export const HIDDEN: readonly Situation[] = [
  {
    name: 'hidden: the green jobs are those of a dispatched run alone',
    world: posted((w, one) => {
      w.run('ci.yml', one, { ago: 240, event: 'workflow_dispatch', jobs: GREEN })
    }),
    ...shut,
  },
  {
    name: 'hidden: the green jobs are those of a nightly run alone',
    world: posted((w, one) => {
      w.run('ci.yml', one, { ago: 240, event: 'schedule', jobs: GREEN })
    }),
    ...shut,
  },
  {
    name: 'hidden: the green checks are made by an app with the names of the jobs',
    world: posted((w, one) => {
      const app = { id: 777, slug: 'helpful-bot', name: 'Helpful' }
      w.check(one, { name: 'lint', app, is: 'success', ago: 200 })
      w.check(one, { name: 'test', app, is: 'success', ago: 200 })
    }),
    ...shut,
  },
  {
    name: 'hidden: the green is a status of an older run, and the newest one posted none',
    world: posted((w, one) => {
      const run = w.run('more.yml', one, { ago: 250, jobs: { post: 'success' } })
      w.status(one, 'test', 'success', { ago: 200, run })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success' } })
      w.run('more.yml', one, { ago: 100, jobs: { post: 'failure' } })
    }),
    ...shut,
  },
  {
    name: 'hidden: the newest run posted red, and an older one green after it',
    world: posted((w, one) => {
      const older = w.run('more.yml', one, { ago: 250, jobs: { post: 'success' } })
      const newer = w.run('more.yml', one, { ago: 200, jobs: { post: 'success' } })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success' } })
      w.status(one, 'test', 'failure', { ago: 150, run: newer })
      w.status(one, 'test', 'success', { ago: 100, run: older })
    }),
    ...shut,
  },
  {
    name: 'hidden: a run posted green for a name that a job of another one has, which failed',
    world: posted((w, one) => {
      const run = w.run('more.yml', one, { ago: 250, jobs: { post: 'success' } })
      w.run('ci.yml', one, { ago: 240, jobs: FAILED })
      w.status(one, 'test', 'success', { ago: 100, run })
    }),
    ...shut,
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'hidden: the green checks of a token link to jobs of another run',
    world: posted((w, one) => {
      const run = w.run('ci.yml', one, { ago: 240, jobs: FAILED })
      const suite = w.actions.suite(one.head, ACTIONS, w.clock.ago(200))
      for (const name of ['lint', 'test']) {
        const check = w.check(one, { name, app: ACTIONS, is: 'success', ago: 200, suite })
        Object.assign(check, { link: w.actions.linkOf(run, check.id) })
      }
    }),
    ...shut,
    exit: null,
  },
  {
    name: 'hidden: a green check of a token stands in the run, and links like a job of it',
    world: posted((w, one) => {
      const run = w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success' } })
      const { suite } = run
      const check = w.check(one, { name: 'test', app: ACTIONS, is: 'success', ago: 200, suite })
      Object.assign(check, { link: w.actions.linkOf(run, check.id) })
    }),
    ...shut,
  },
  {
    name: 'hidden: a newer run of the jobs waits for approval',
    world: posted((w, one) => {
      w.run('ci.yml', one, { ago: 240, jobs: GREEN })
      w.run('ci.yml', one, { ago: 20, word: WAITING })
    }),
    ...shut,
  },
  {
    name: 'hidden: the newest run is told by its id, not by its check runs, which began later',
    world: posted((w, one) => {
      const first = w.run('ci.yml', one, { ago: 240, jobs: {} })
      w.run('ci.yml', one, { ago: 230, jobs: FAILED })
      w.actions.tell(
        first,
        { lint: 'success', test: { is: 'success', after: 60 } },
        first.createdAt,
      )
    }),
    ...shut,
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'hidden: a job failed in the newest attempt, which began before an older one ended',
    world: posted((w, one) => {
      const run = w.run('ci.yml', one, { ago: 240, jobs: GREEN })
      w.again(run, { ago: 200, jobs: { test: 'failure' } })
      w.again(run, { ago: 190, jobs: { lint: 'success' } })
    }),
    ...shut,
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'hidden: the gate was lost in the run of one event, and that of another is going',
    world: w => {
      w.files({ 'ci.yml': CI.replace('on: pull_request', 'on: [pull_request, push]') })
      w.require('main', ['all-required'])
      const one = w.pull(1)
      w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.run('ci.yml', one, { ago: 60, event: 'push', jobs: { lint: 'success', test: 'going' } })
    },
    pulls: { 1: /^(?:run|required)-open$/ },
  },
  {
    name: 'hidden: a poll gate would be run again while another file is going',
    world: w => {
      w.files({ 'ci.yml': JOBS, 'gate.yml': POLLS })
      w.require('main', ['merge-gate'])
      const one = w.pull(1)
      w.run('gate.yml', one, { ago: 240, jobs: { 'merge-gate': 'failure' } })
      w.run('ci.yml', one, { ago: 20, jobs: { lint: 'success', test: 'going' } })
    },
    inputs: POLLED,
    pulls: { 1: 'required-open' },
  },
  {
    name: 'hidden: a poll gate that is run again finds a job red that nobody listed',
    world: w => {
      w.files({ 'ci.yml': JOBS, 'gate.yml': POLLS })
      w.require('main', ['merge-gate'])
      const one = w.pull(1)
      const then = { 'merge-gate': 'failure' } as const
      w.run('gate.yml', one, { ago: 240, jobs: { 'merge-gate': 'failure' }, then })
      w.run('ci.yml', one, { ago: 180, jobs: GREEN })
    },
    inputs: POLLED,
    pulls: { 1: 'stale' },
    outcomes: { 1: 'still-red' },
    wrote: ['rerun merge-gate in run 1'],
    gate: { 1: 'shut' },
  },
  {
    name: 'hidden: the base requires a pattern of the name in capitals',
    world: posted((w, one) => {
      w.run('ci.yml', one, { ago: 240, jobs: FAILED })
      w.status(one, 'Test', 'success', { ago: 100, by: { login: 'mallory' } })
    }),
    ...shut,
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'hidden: a posted gate, pinned by the ruleset to Actions',
    world: w => {
      posted((on, one) => {
        on.run('ci.yml', one, { ago: 240, jobs: GREEN })
      })(w)
      w.repository.rules.clear()
      w.require('main', [{ context: 'merge-gate', integration_id: ACTIONS.id }])
    },
    inputs: POLLED,
    pulls: { 1: /^(?:pinned-source|stale)$/ },
    wrote: [],
  },
  {
    name: 'hidden: a personal token would post a gate that only Actions may',
    world: w => {
      posted((on, one) => {
        on.run('ci.yml', one, { ago: 240, jobs: GREEN })
      })(w)
      w.viewer = 'carol'
      w.repository.rules.clear()
      w.require('main', [{ context: 'merge-gate', integration_id: ACTIONS.id }])
    },
    inputs: POLLED,
    pulls: { 1: 'pinned-source' },
  },
  {
    name: 'hidden: two pull requests on one commit, and the newest run of the gate is of the other',
    world: posted((w, one) => {
      const two = w.pull(2, { at: one.head })
      w.run('ci.yml', one, { ago: 240, jobs: GREEN })
      w.run('ci.yml', two, { ago: 200, jobs: FAILED })
    }),
    ...shut,
    pulls: { 1: /^(?!stale$)/, 2: /^(?!stale$)/ },
  },
  {
    name: 'hidden: the older run of two pull requests on one commit failed',
    world: posted((w, one) => {
      const two = w.pull(2, { at: one.head })
      w.run('ci.yml', two, { ago: 240, jobs: FAILED })
      w.run('ci.yml', one, { ago: 200, jobs: GREEN })
    }),
    ...shut,
    pulls: { 1: /^(?!stale$)/, 2: /^(?!stale$)/ },
  },
]
