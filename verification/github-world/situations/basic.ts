import type { Jobs } from '../actions.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, GREEN, LOST, NEEDS, OPENED, POLLS, ciWith } from './files.js'

const RERUN = ['rerun all-required in run 1']

/** One pull request with one run. */
const one =
  (jobs: Jobs, given: Partial<Parameters<World['run']>[2]> & { file?: string } = {}) =>
  (w: World): void => {
    const { file = CI, ...run } = given
    w.files({ 'ci.yml': file })
    w.require('main', ['all-required'])
    w.run('ci.yml', w.pull(1), { ago: 60, ...run, jobs })
  }

const judged = (jobs: Jobs, reason: string): Omit<Situation, 'name'> => ({
  world: one(jobs),
  pulls: { 1: reason },
})

const MORE = '  preview: { runs-on: ubuntu-latest, steps: [{ run: make preview }] }\n'

/** A gate that needs the other jobs of its run. */
export const BASIC: readonly Situation[] = [
  { name: 'needs: the gate lost its runner over green jobs', world: one(LOST), ...OPENED },
  {
    name: 'needs: the gate was cancelled over green jobs',
    world: one({ ...GREEN, 'all-required': 'cancelled' }),
    ...OPENED,
  },
  {
    name: 'needs: the gate ran out of time over green jobs',
    world: one({ ...GREEN, 'all-required': 'timed_out' }),
    ...OPENED,
  },
  {
    name: 'needs: the gate failed over green jobs, and says the truth when it runs again',
    world: one({ ...GREEN, 'all-required': 'failure' }),
    ...OPENED,
  },
  {
    name: 'needs: the gate failed over green jobs, and fails again',
    world: one({ ...GREEN, 'all-required': 'failure' }, { then: { 'all-required': 'failure' } }),
    pulls: { 1: 'stale' },
    outcomes: { 1: 'still-red' },
    wrote: RERUN,
    gate: { 1: 'shut' },
  },
  { name: 'needs: everything is green', ...judged(GREEN, 'umbrella-green') },
  {
    name: 'needs: the gate runs',
    ...judged({ ...GREEN, 'all-required': 'going' }, 'umbrella-pending'),
  },
  {
    name: 'needs: the gate waits for a runner',
    ...judged({ ...GREEN, 'all-required': 'queued' }, 'umbrella-pending'),
  },
  {
    name: 'needs: a job failed',
    ...judged({ ...LOST, test: 'failure' }, 'required-failed'),
  },
  {
    name: 'needs: a job was cancelled',
    ...judged({ ...LOST, test: 'cancelled' }, 'required-cancelled'),
  },
  {
    name: 'needs: a job ran out of time',
    ...judged({ ...LOST, test: 'timed_out' }, 'required-failed'),
  },
  {
    name: 'needs: a job became stale after two weeks without an end',
    world: one({ ...LOST, test: 'stale' }),
    pulls: { 1: /^(?!stale$)/ },
    exit: null,
  },
  {
    name: 'needs: a job is not there',
    ...judged({ lint: 'success', 'all-required': 'lost' }, 'required-missing'),
  },
  {
    name: 'needs: the gate was lost two minutes ago',
    world: one({ ...GREEN, 'all-required': { is: 'lost', after: 56 } }),
    pulls: { 1: 'too-young' },
  },
  {
    name: 'needs: the clock of a proxy is ten minutes ahead',
    world: w => {
      one({ ...GREEN, 'all-required': { is: 'lost', after: 56 } })(w)
      w.dateAhead = 600_000
    },
    pulls: { 1: 'too-young' },
  },
  {
    name: 'needs: the clock of the server is ten minutes behind',
    world: w => {
      one({ ...GREEN, 'all-required': { is: 'lost', after: 50 } })(w)
      w.dateAhead = -600_000
    },
    pulls: { 1: 'too-young' },
  },
  {
    name: 'needs: a job that nothing needs failed beside them',
    world: one(
      { ...GREEN, preview: 'failure', 'all-required': 'lost' },
      {
        file: ciWith({ jobs: MORE }),
      },
    ),
    pulls: { 1: 'run-failed' },
  },
  {
    name: 'needs: a job that nothing needs failed beside them, and may',
    world: one(
      { ...GREEN, preview: 'failure', 'all-required': 'lost' },
      {
        file: ciWith({ jobs: MORE }),
      },
    ),
    ...OPENED,
    inputs: { ...NEEDS, 'optional-contexts': 'preview' },
  },
  {
    name: 'needs: a job that nothing needs is going beside them',
    world: one({ ...LOST, preview: 'going' }, { file: ciWith({ jobs: MORE }) }),
    pulls: { 1: 'run-open' },
  },
  {
    name: 'needs: dry run',
    world: one(LOST),
    inputs: { ...NEEDS, 'dry-run': 'true' },
    pulls: { 1: 'stale' },
    outcomes: { 1: 'dry-run' },
    gate: { 1: 'shut' },
  },
  {
    name: 'needs: nothing but a report is wanted',
    world: one(LOST),
    inputs: { ...NEEDS, remedy: 'report' },
    outcomes: { 1: 'none' },
    says: [/gh run rerun/],
  },
  {
    name: 'needs: a posted status is wanted, which cannot win over a check run',
    world: one(LOST),
    inputs: { ...NEEDS, remedy: 'status', 'required-contexts': 'lint\ntest' },
    outcomes: { 1: 'none' },
    gate: { 1: 'shut' },
  },
  {
    name: 'needs: what must be green is listed',
    world: one(LOST),
    ...OPENED,
    inputs: { ...NEEDS, 'required-contexts': 'lint\nte*' },
  },
  {
    name: 'needs: what must be green is listed, and one of it nobody writes',
    world: one(LOST),
    inputs: { ...NEEDS, 'required-contexts': 'lint\ntest\ne2e' },
    pulls: { 1: 'required-missing' },
  },
  {
    name: 'polls: the gate gave up before the jobs were green',
    world: w => {
      w.files({ 'ci.yml': CI, 'gate.yml': POLLS })
      w.require('main', ['merge-gate'])
      const pull = w.pull(1)
      w.run('gate.yml', pull, { ago: 240, jobs: { 'merge-gate': 'failure' } })
      w.run('ci.yml', pull, { ago: 180, jobs: GREEN })
    },
    inputs: { 'umbrella-context': 'merge-gate', 'required-contexts': 'lint\ntest' },
    pulls: { 1: 'stale' },
    outcomes: { 1: 'rerun' },
    wrote: ['rerun merge-gate in run 1'],
    gate: { 1: 'open' },
  },
  {
    name: 'polls: a job is red',
    world: w => {
      w.files({ 'ci.yml': CI, 'gate.yml': POLLS })
      const pull = w.pull(1)
      w.run('gate.yml', pull, { ago: 240, jobs: { 'merge-gate': 'failure' } })
      w.run('ci.yml', pull, { ago: 180, jobs: { ...GREEN, test: 'failure' } })
    },
    inputs: { 'umbrella-context': 'merge-gate', 'required-contexts': 'lint\ntest' },
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'polls: nobody says what the gate stands for',
    world: w => {
      w.files({ 'ci.yml': CI, 'gate.yml': POLLS })
      const pull = w.pull(1)
      w.run('gate.yml', pull, { ago: 240, jobs: { 'merge-gate': 'failure' } })
      w.run('ci.yml', pull, { ago: 180, jobs: GREEN })
    },
    inputs: { 'umbrella-context': 'merge-gate' },
    pulls: { 1: 'nothing-required' },
  },
]
