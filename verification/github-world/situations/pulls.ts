import type { Situation } from '../situation.js'
import { CI, GREEN, LOST, NEEDS, ciWith, withCi } from './files.js'

const RERUN = ['rerun all-required in run 1']
const E2E = '  e2e: { runs-on: ubuntu-latest, steps: [{ run: make e2e }] }\n'

/** The gate needs one more job. */
const withE2e = ciWith({ jobs: E2E }).replace('[lint, test]', '[lint, test, e2e]')
/** The gate needs one job less. */
const dropped = CI.replace('[lint, test]', '[lint]')

/** Pull requests: what they change, where they come from, and who else stands on their commit. */
export const PULLS: readonly Situation[] = [
  {
    name: 'pulls: a draft',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1, { draft: true }), { ago: 60, jobs: LOST })
    },
    pulls: { 1: 'stale' },
    wrote: RERUN,
  },
  {
    name: 'pulls: one that is closed is not judged',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1, { state: 'closed' }), { ago: 60, jobs: LOST })
      w.run('ci.yml', w.pull(2), { ago: 60, jobs: GREEN })
    },
    pulls: { 1: 'nothing', 2: 'umbrella-green' },
  },
  {
    name: 'pulls: one that is merged is not judged',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1, { state: 'merged' }), { ago: 60, jobs: LOST })
    },
    pulls: { 1: 'nothing' },
  },
  {
    name: 'pulls: one of a fork, whose runs name no pull request',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1, { fork: 'bob/widgets' }), { ago: 60, jobs: LOST })
    },
    pulls: { 1: 'stale' },
    wrote: RERUN,
  },
  {
    name: 'pulls: one into a branch that is not swept',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.files({}, 'release')
      w.run('ci.yml', w.pull(1, { base: 'release' }), { ago: 60, jobs: LOST })
    },
    inputs: { ...NEEDS, 'base-branches': 'main' },
    pulls: { 1: 'nothing' },
  },
  {
    name: 'pulls: one into a branch that has no such workflow',
    world: w => {
      w.files({}, 'legacy')
      const one = w.pull(1, { base: 'legacy', files: { 'ci.yml': CI } })
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
    },
    pulls: { 1: 'nothing-required' },
  },
  {
    name: 'pulls: it drops a job that the gate must need',
    world: w => {
      w.files({ 'ci.yml': CI })
      const one = w.pull(1, { files: { 'ci.yml': dropped } })
      w.run('ci.yml', one, { ago: 60, jobs: { lint: 'success', 'all-required': 'lost' } })
    },
    pulls: { 1: 'required-missing' },
  },
  {
    name: 'pulls: it drops a failed job from what the gate needs',
    world: w => {
      w.files({ 'ci.yml': CI })
      const one = w.pull(1, { files: { 'ci.yml': dropped } })
      w.run('ci.yml', one, { ago: 60, jobs: { ...LOST, test: 'failure' } })
    },
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'pulls: it adds a job to the gate, which failed',
    world: w => {
      w.files({ 'ci.yml': CI })
      const one = w.pull(1, { files: { 'ci.yml': withE2e } })
      w.run('ci.yml', one, { ago: 60, jobs: { e2e: 'failure', ...LOST } })
    },
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'pulls: it adds a job to the gate, which is green',
    world: w => {
      w.files({ 'ci.yml': CI })
      const one = w.pull(1, { files: { 'ci.yml': withE2e } })
      w.run('ci.yml', one, { ago: 60, jobs: { e2e: 'success', ...LOST } })
    },
    pulls: { 1: 'stale' },
    wrote: RERUN,
  },
  {
    name: 'pulls: the base has gained a job since, which never ran here',
    world: withCi((w, one) => {
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
      w.files({ 'ci.yml': withE2e })
    }),
    pulls: { 1: 'required-missing' },
  },
  {
    name: 'pulls: it renames the workflow file',
    world: w => {
      w.files({ 'ci.yml': CI })
      const one = w.pull(1, { files: { 'ci.yml': null, 'pipeline.yml': CI } })
      w.run('pipeline.yml', one, { ago: 60, jobs: LOST })
    },
    pulls: { 1: 'stale' },
    wrote: RERUN,
  },
  {
    name: 'pulls: two on one commit, both proven',
    world: withCi((w, one) => {
      w.pull(2, { at: one.head })
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
    }),
    pulls: { 1: 'stale', 2: 'stale' },
    wrote: RERUN,
  },
  {
    name: 'pulls: two on one commit, and the base of one needs more',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.files({ 'ci.yml': withE2e }, 'release')
      const one = w.pull(1)
      w.pull(2, { at: one.head, base: 'release' })
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
    },
    pulls: { 1: 'superseded-evidence', 2: 'required-missing' },
  },
  {
    name: 'pulls: two on one commit, and one of them is not to be touched',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.files({}, 'release')
      const one = w.pull(1)
      w.pull(2, { at: one.head, base: 'release' })
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
    },
    inputs: { ...NEEDS, 'base-branches': 'main' },
    pulls: { 1: 'superseded-evidence' },
  },
  {
    name: 'pulls: two on one commit, and the run of one of them failed',
    world: withCi((w, one) => {
      const two = w.pull(2, { at: one.head })
      w.run('ci.yml', two, { ago: 90, jobs: { ...GREEN, lint: 'failure' } })
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
    }),
    pulls: { 1: /^(?!stale$)/, 2: /^(?!stale$)/ },
  },
  {
    name: 'pulls: a closed one on the same commit has a newer run that failed',
    world: withCi((w, one) => {
      const two = w.pull(2, { at: one.head, state: 'closed' })
      w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.run('ci.yml', two, { ago: 60, jobs: { ...GREEN, lint: 'failure' } })
    }),
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'pulls: one alone is asked for',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
      w.run('ci.yml', w.pull(2), { ago: 60, jobs: LOST })
    },
    inputs: { ...NEEDS, 'pull-request': '2' },
    pulls: { 1: 'nothing', 2: 'stale' },
    wrote: ['rerun all-required in run 2'],
  },
  {
    name: 'pulls: one that is not there is asked for',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    },
    inputs: { ...NEEDS, 'pull-request': '77' },
    says: ['77'],
    exit: 1,
  },
  {
    name: 'pulls: none at all',
    world: w => {
      w.files({ 'ci.yml': CI })
    },
  },
]
