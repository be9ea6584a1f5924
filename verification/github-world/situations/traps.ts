import type { Jobs } from '../actions.js'
import type { Run } from '../model.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, JOBS, NEEDS, POLLED, POSTS, ciWith } from './files.js'

const GREEN = { lint: 'success', test: 'success' } as const
const LOST = { ...GREEN, 'all-required': 'lost' } as const

/** A posted gate whose red is older than the green jobs of run 2. */
const posted =
  (then: (w: World, one: ReturnType<World['pull']>, ci: Run) => void, file = JOBS) =>
  (w: World): void => {
    w.files({ 'ci.yml': file, 'gate.yml': POSTS })
    w.require('main', ['merge-gate'])
    const one = w.pull(1)
    const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
    w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
    const ci = w.run('ci.yml', one, { ago: 240, jobs: GREEN })
    then(w, one, ci)
  }

const refused = (reason: RegExp | string): Pick<Situation, 'gate' | 'inputs' | 'pulls'> => ({
  inputs: POLLED,
  pulls: { 1: reason },
  gate: { 1: 'shut' },
})

const newest = (word: Run['word'], jobs: Jobs = {}): ReturnType<typeof posted> =>
  posted((w, one) => {
    w.run('ci.yml', one, { ago: 60, word, jobs })
  })

const NEVER_ALWAYS = CI.replace('    if: always()\n', '')
const E2E = '  e2e: { needs: test, runs-on: ubuntu-latest, steps: [{ run: make e2e }] }\n'

/** What looks like a green that can be believed, and is none. */
export const TRAPS: readonly Situation[] = [
  {
    name: 'traps: the newest run was cancelled before it had a job',
    world: newest({ status: 'completed', conclusion: 'cancelled' }),
    ...refused(/^(?:superseded-evidence|required-cancelled|run-failed)$/),
  },
  {
    name: 'traps: the newest run waits for its concurrency group, without a job',
    world: newest({ status: 'pending', conclusion: null }),
    ...refused(/^(?:run|required)-open$/),
  },
  {
    name: 'traps: the newest run skipped everything',
    world: newest(null, { lint: 'skipped', test: 'skipped' }),
    ...refused('required-skipped'),
  },
  {
    name: 'traps: the newest run has one of the two jobs',
    world: newest(null, { lint: 'success' }),
    ...refused('superseded-evidence'),
  },
  {
    name: 'traps: a green job was queued again by a person',
    world: posted((w, _, ci) => {
      w.again(ci, { ago: 10, jobs: { test: 'queued' } })
    }),
    ...refused(/^(?:run|required)-open$/),
  },
  {
    name: 'traps: a job of the run that nothing lists has no check run yet',
    world: posted((w, _, ci) => {
      w.actions.tell(ci, { e2e: 'hidden' }, ci.createdAt)
    }, JOBS + E2E),
    ...refused('run-open'),
  },
  {
    name: 'traps: a person wrote a red status that differs from a job in case alone',
    world: posted((w, one) => {
      w.status(one, 'LINT', 'failure', { ago: 30, by: { login: 'alice' } })
    }),
    ...refused('foreign-red'),
  },
  {
    name: 'traps: two jobs of one run have one name, and one of them failed',
    world: posted((w, _, ci) => {
      w.actions.execute(
        ci,
        { key: 'lint-2', attempt: 1, taken: true },
        {
          name: 'lint',
          startedAt: ci.createdAt,
          completedAt: ci.createdAt + 60_000,
          conclusion: 'failure',
        },
      )
    }),
    ...refused(/^(?!stale$)/),
  },
  {
    name: 'traps: the red is an error and not a failure',
    world: w => {
      posted(() => undefined)(w)
      const [first] = w.statuses
      if (first !== undefined) w.statuses[0] = { ...first, state: 'error' }
    },
    inputs: POLLED,
    pulls: { 1: 'stale' },
    wrote: ['status success merge-gate on #1'],
    gate: { 1: 'open' },
  },
  {
    name: 'traps: two pull requests on the commit of a posted gate, and one base needs more',
    world: posted((w, one) => {
      w.files({}, 'release')
      w.require('release', ['merge-gate'])
      w.pull(2, { at: one.head, base: 'release' })
    }),
    inputs: { ...POLLED, 'base-branches': 'main' },
    pulls: { 1: 'superseded-evidence' },
    gate: { 1: 'shut' },
  },
  {
    name: 'traps: the gate does not run always, and is skipped over a failed job',
    world: w => {
      w.files({ 'ci.yml': NEVER_ALWAYS })
      w.require('main', ['all-required'])
      w.run('ci.yml', w.pull(1), {
        ago: 60,
        jobs: { lint: 'failure', test: 'success', 'all-required': 'skipped' },
      })
    },
    explain: 1,
    pulls: { 1: 'false-green' },
    exit: 1,
    says: [/lint/],
    gate: { 1: 'open' },
  },
  {
    name: 'traps: the gate is honestly red, for a job it needs lost its runner',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1), {
        ago: 60,
        jobs: { lint: 'lost', test: 'success', 'all-required': 'failure' },
      })
    },
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'traps: ten of ten gates failed for no cause that comes in waves',
    world: w => {
      w.files({ 'ci.yml': CI })
      for (let number = 1; number <= 10; number += 1)
        w.run('ci.yml', w.pull(number), { ago: 60, jobs: { ...GREEN, 'all-required': 'failure' } })
    },
    pulls: { 1: 'stale', 10: 'stale' },
    outcomes: { 1: 'held', 10: 'held' },
  },
  {
    name: 'traps: a whole run may be run again, and a deployment listens to it',
    world: w => {
      const deploy = 'name: Deploy\non: { workflow_run: { workflows: [CI] } }\njobs: { a: {} }\n'
      w.files({ 'ci.yml': CI, 'deploy.yml': deploy })
      w.require('main', ['all-required'])
      const one = w.pull(1)
      w.run('ci.yml', one, {
        ago: 90,
        jobs: { lint: 'success', test: 'cancelled', 'all-required': 'failure' },
      })
      w.run('ci.yml', one, { ago: 89, jobs: { ...GREEN, 'all-required': 'success' } })
    },
    inputs: { ...NEEDS, remedy: 'rerun', 'rerun-whole-run': 'true' },
    outcomes: { 1: 'none' },
    says: ['deploy.yml'],
  },
  {
    name: 'traps: a sweep that must end red where something is refused',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: { ...LOST, test: 'failure' } })
    },
    inputs: { ...NEEDS, 'fail-on': 'refused' },
    pulls: { 1: 'required-failed' },
    exit: 1,
  },
  {
    name: 'traps: the gate stands as a check run and as a status of the same token',
    world: w => {
      w.files({ 'ci.yml': ciWith({ top: 'permissions: { statuses: write }' }) })
      const one = w.pull(1)
      const run = w.run('ci.yml', one, { ago: 60, jobs: LOST })
      w.status(one, 'all-required', 'failure', { ago: 50, run })
    },
    pulls: { 1: /^(?:umbrella-ambiguous|stale)$/ },
    outcomes: { 1: 'none' },
  },
]
