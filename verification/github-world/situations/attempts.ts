import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, GREEN, LOST, NEEDS, OPENED, REPAIRED, ciWith } from './files.js'

const ci =
  (build: (w: World, one: ReturnType<World['pull']>) => void, file = CI) =>
  (w: World): void => {
    w.files({ 'ci.yml': file })
    w.require('main', ['all-required'])
    build(w, w.pull(1))
  }

const TWO_EVENTS = ciWith({ on: '[pull_request, push]' })
const MONTH = 31 * 24 * 60

/** Several runs, several attempts, and people who run things again. */
export const ATTEMPTS: readonly Situation[] = [
  {
    name: 'attempts: a good re-run, and the leg of another event is still red',
    world: ci((w, one) => {
      w.run('ci.yml', one, { ago: 60, jobs: LOST, event: 'push' })
      w.run('ci.yml', one, { ago: 58, jobs: LOST })
    }, TWO_EVENTS),
    pulls: { 1: 'stale' },
    outcomes: { 1: /^(?:rerun|held)$/ },
    wrote: [/^rerun all-required in run [12]$/],
    neverSays: ['overtaken'],
    says: [/\b1 repaired/],
  },
  {
    name: 'attempts: the newest run never wrote the gate, an older one lost it',
    world: ci((w, one) => {
      w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.run('ci.yml', one, { ago: 60, jobs: { lint: 'success', test: 'success' } })
    }),
    pulls: { 1: 'superseded-evidence' },
  },
  {
    name: 'attempts: the newest run is going, and has no check run of the gate yet',
    world: ci((w, one) => {
      w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.run('ci.yml', one, {
        ago: 20,
        jobs: { lint: 'success', test: 'going', 'all-required': 'hidden' },
      })
    }),
    pulls: { 1: /^(?:required|run)-open$/ },
  },
  {
    name: 'attempts: an older run is going still',
    world: ci((w, one) => {
      w.run('ci.yml', one, {
        ago: 90,
        jobs: { lint: 'success', test: 'going', 'all-required': 'hidden' },
      })
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
    }),
    pulls: { 1: /^(?:required|run)-open$/ },
  },
  {
    name: 'attempts: a person ran the failed job again, and the gate was lost',
    world: ci((w, one) => {
      const run = w.run('ci.yml', one, {
        ago: 90,
        jobs: { lint: 'success', test: 'failure', 'all-required': 'failure' },
      })
      w.again(run, { ago: 60, jobs: { test: 'success', 'all-required': 'lost' } })
    }),
    ...OPENED,
  },
  {
    name: 'attempts: a person ran a green job again, and it failed',
    world: ci((w, one) => {
      const run = w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.again(run, { ago: 60, jobs: { test: 'failure', 'all-required': 'lost' } })
    }),
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'attempts: a person runs the job again right now',
    world: ci((w, one) => {
      const run = w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.again(run, { ago: 10, jobs: { test: 'going', 'all-required': 'hidden' } })
    }),
    pulls: { 1: /^(?:required-open|run-open|umbrella-pending)$/ },
  },
  {
    name: 'attempts: the whole run was run again, and is green but for the gate',
    world: ci((w, one) => {
      const run = w.run('ci.yml', one, {
        ago: 90,
        jobs: { lint: 'failure', test: 'success', 'all-required': 'failure' },
      })
      w.again(run, { ago: 60, jobs: LOST, whole: true })
    }),
    ...REPAIRED,
  },
  {
    name: 'attempts: the gate was run again and is red again, over green jobs',
    world: ci((w, one) => {
      const run = w.run('ci.yml', one, {
        ago: 90,
        jobs: { ...GREEN, 'all-required': 'failure' },
      })
      w.again(run, { ago: 60, jobs: { 'all-required': 'failure' } })
    }),
    pulls: { 1: /^(?:own-verdict|stale)$/ },
    outcomes: { 1: /^(?:none|still-red)$/ },
  },
  {
    name: 'attempts: the newest run is green, an older one landed its red late',
    world: ci((w, one) => {
      w.run('ci.yml', one, {
        ago: 90,
        jobs: { ...GREEN, 'all-required': { is: 'failure', after: 60 } },
      })
      w.run('ci.yml', one, { ago: 60, jobs: GREEN })
    }),
    ...OPENED,
  },
  {
    name: 'attempts: the older run was cancelled by its newer one, which is green',
    world: ci((w, one) => {
      w.run('ci.yml', one, {
        ago: 90,
        jobs: { lint: 'success', test: 'cancelled', 'all-required': 'failure' },
      })
      w.run('ci.yml', one, { ago: 89, jobs: GREEN })
    }),
    pulls: { 1: 'stale' },
    outcomes: { 1: 'none' },
    says: [/gh run rerun|rerun-whole-run/],
  },
  {
    name: 'attempts: the same, and the whole run may be run again',
    world: ci((w, one) => {
      w.run('ci.yml', one, {
        ago: 90,
        jobs: { lint: 'success', test: 'cancelled', 'all-required': 'failure' },
      })
      w.run('ci.yml', one, { ago: 89, jobs: GREEN })
    }),
    inputs: { ...NEEDS, remedy: 'rerun', 'rerun-whole-run': 'true' },
    ...REPAIRED,
    wrote: ['rerun run in run 1'],
    gate: { 1: 'open' },
  },
  {
    name: 'attempts: the newest run failed, an older one is green',
    world: ci((w, one) => {
      w.run('ci.yml', one, { ago: 90, jobs: GREEN })
      w.run('ci.yml', one, {
        ago: 60,
        jobs: { lint: 'success', test: 'failure', 'all-required': 'failure' },
      })
    }),
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'attempts: the run is older than a month',
    world: ci((w, one) => {
      w.run('ci.yml', one, { ago: MONTH, jobs: LOST })
    }),
    pulls: { 1: 'not-rerunnable' },
  },
  {
    name: 'attempts: the run was started as often as it may be',
    world: ci((w, one) => {
      const run = w.run('ci.yml', one, { ago: 90, jobs: LOST })
      run.attempt = 49
      w.again(run, { ago: 60, jobs: LOST, whole: true })
    }),
    pulls: { 1: 'not-rerunnable' },
  },
  {
    name: 'attempts: the workflow is disabled',
    world: ci((w, one) => {
      w.run('ci.yml', one, { ago: 90, jobs: LOST }).workflow.state = 'disabled_manually'
    }),
    pulls: { 1: 'not-rerunnable' },
  },
]
