import type { Situation } from '../situation.js'
import type { Pull, Run } from '../model.js'
import type { World } from '../world.js'
import { JOBS, POLLED, POSTS } from './files.js'

/** A gate that a workflow of its own posts as a status; lint and test are jobs of another. */
const posting =
  (build: (w: World, one: Pull) => void) =>
  (w: World): void => {
    w.files({ 'ci.yml': JOBS, 'gate.yml': POSTS })
    w.require('main', ['merge-gate'])
    build(w, w.pull(1))
  }

const POSTED = 'status success merge-gate on #1'

/** Does the newest status name this run as the one whose jobs are green? */
const neverNames =
  (run: (world: World) => Run | undefined) =>
  (world: World): string | null => {
    const text = world.statuses.at(-1)?.description ?? ''
    const named = run(world)
    return named !== undefined && text.includes(`in run ${named.id}`)
      ? `it names run ${named.number} for jobs of another: ${text}`
      : null
  }

/** A red status over green jobs: what it says depends on when it was posted. */
export const POSTED_GATES: readonly Situation[] = [
  {
    name: 'posted gate: red for a reason of its own, two hours after all was green',
    world: posting((w, one) => {
      w.run('ci.yml', one, { ago: 180, jobs: { lint: 'success', test: 'success' } })
      const gate = w.run('gate.yml', one, { ago: 61, jobs: { decide: 'success' } })
      const description = 'changes requested by alice'
      w.status(one, 'merge-gate', 'failure', { ago: 60, run: gate, description })
    }),
    inputs: POLLED,
    pulls: { 1: 'own-verdict' },
    gate: { 1: 'shut' },
  },
  {
    name: 'posted gate: red while the last required job still ran',
    world: posting((w, one) => {
      const gate = w.run('gate.yml', one, { ago: 185, jobs: { decide: 'success' } })
      w.run('ci.yml', one, {
        ago: 190,
        jobs: { lint: 'success', test: { is: 'success', takes: 30 } },
      })
      w.status(one, 'merge-gate', 'failure', { ago: 180, run: gate, description: 'too large' })
    }),
    inputs: POLLED,
    pulls: { 1: 'own-verdict' },
  },
  {
    name: 'posted gate: red, and a person ran the failed job again since',
    world: posting((w, one) => {
      const ci = w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'failure' } })
      const gate = w.run('gate.yml', one, { ago: 230, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 229, run: gate, description: 'test is red' })
      w.again(ci, { ago: 100, jobs: { test: 'success' } })
    }),
    inputs: POLLED,
    pulls: { 1: 'stale' },
    outcomes: { 1: 'compensated' },
    wrote: [POSTED],
    gate: { 1: 'open' },
    also: neverNames(w => w.actions.runs[1]),
  },
  {
    name: "posted gate: an older run's red came after the newest run's green",
    world: posting((w, one) => {
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
      const first = w.run('gate.yml', one, {
        ago: 120,
        jobs: { decide: { is: 'success', takes: 60 } },
      })
      const second = w.run('gate.yml', one, { ago: 110, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'success', { ago: 108, run: second })
      w.status(one, 'merge-gate', 'failure', { ago: 70, run: first })
    }),
    inputs: POLLED,
    pulls: { 1: 'stale' },
    outcomes: { 1: 'compensated' },
    wrote: [POSTED],
    gate: { 1: 'open' },
  },
  {
    name: 'posted gate: nobody says what it stands for',
    world: posting((w, one) => {
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
      const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
    }),
    inputs: { 'umbrella-context': 'merge-gate' },
    pulls: { 1: /^(?:nothing-required|own-verdict)$/ },
  },
  {
    name: 'posted gate: red before both jobs began',
    world: posting((w, one) => {
      const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate, description: 'no checks yet' })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
    }),
    inputs: POLLED,
    pulls: { 1: 'stale' },
    wrote: [POSTED],
    also: neverNames(w => w.actions.runs[0]),
  },
  {
    name: 'posted gate: a job is red now',
    world: posting((w, one) => {
      const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'failure' } })
    }),
    inputs: POLLED,
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'posted gate: a person posted the red',
    world: posting((w, one) => {
      w.status(one, 'merge-gate', 'failure', { ago: 299, by: { login: 'alice' } })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
    }),
    inputs: POLLED,
    pulls: { 1: 'foreign-red' },
    neverSays: [/\bstatus \**0\b/, /\brow \**0\b/],
  },
  {
    name: 'posted gate: another app posted the red',
    world: posting((w, one) => {
      const by = { login: 'policy-bot[bot]', type: 'Bot' as const }
      w.status(one, 'merge-gate', 'failure', { ago: 299, by })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
    }),
    inputs: POLLED,
    pulls: { 1: 'foreign-red' },
  },
  {
    name: 'posted gate: pending',
    world: posting((w, one) => {
      const gate = w.run('gate.yml', one, { ago: 30, jobs: { decide: 'going' } })
      w.status(one, 'merge-gate', 'pending', { ago: 29, run: gate })
      w.run('ci.yml', one, { ago: 30, jobs: { lint: 'success', test: 'success' } })
    }),
    inputs: POLLED,
    pulls: { 1: 'umbrella-pending' },
  },
  {
    name: 'posted gate: the red is posted under another case',
    world: posting((w, one) => {
      const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
      w.status(one, 'Merge-Gate', 'failure', { ago: 299, run: gate, description: 'no checks yet' })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
    }),
    inputs: POLLED,
    pulls: { 1: 'stale' },
    wrote: [/^status success merge-gate on #1$/i],
    gate: { 1: 'open' },
  },
]
