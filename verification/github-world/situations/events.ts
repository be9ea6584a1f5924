import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, GREEN, JOBS, LOST, OPENED, POLLED, POSTS, REPAIRED, ciWith } from './files.js'

const FAILED = { lint: 'success', test: 'failure', 'all-required': 'failure' } as const

/** A lost gate, and a run of another event on the same commit. */
const beside =
  (event: string, jobs: Parameters<World['run']>[2]['jobs'], file = 'ci.yml') =>
  (w: World): void => {
    w.files({ 'ci.yml': ciWith({ on: '[pull_request, push, workflow_dispatch]' }) })
    w.require('main', ['all-required'])
    const one = w.pull(1)
    w.run('ci.yml', one, { ago: 90, jobs: LOST })
    w.run(file, one, { ago: 60, event, ...(jobs === undefined ? {} : { jobs }) })
  }

const CODEQL = 'dynamic/github-code-scanning/codeql'

/** Runs of other events and other files on the commit of a pull request. */
export const EVENTS: readonly Situation[] = [
  {
    name: 'events: pull_request_target, whose run is of the base and stands on the head',
    world: w => {
      w.files({ 'ci.yml': ciWith({ on: 'pull_request_target' }) })
      w.require('main', ['all-required'])
      const headSha = w.repository.tip('main')
      w.run('ci.yml', w.pull(1), { ago: 60, event: 'pull_request_target', headSha, jobs: LOST })
    },
    ...OPENED,
  },
  {
    name: 'events: pull_request_target of a fork, whose file only the base tells',
    world: w => {
      const file = ciWith({ on: 'pull_request_target' })
      w.files({ 'ci.yml': file })
      const headSha = w.repository.tip('main')
      const weak = file.replace('[lint, test]', '[lint]')
      const one = w.pull(1, { fork: 'bob/widgets', files: { 'ci.yml': weak } })
      const jobs = { ...LOST, test: 'failure' } as const
      w.run('ci.yml', one, { ago: 60, event: 'pull_request_target', headSha, jobs })
    },
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'events: the run of the push failed on the same commit',
    world: beside('push', FAILED),
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'events: the run of the push is green on the same commit',
    world: beside('push', GREEN),
    ...OPENED,
  },
  {
    name: 'events: the run of the push is going on the same commit',
    world: beside('push', { lint: 'success', test: 'going' }),
    pulls: { 1: /^(?:required|run)-open$/ },
  },
  {
    name: 'events: somebody dispatched a run, which failed and never counts',
    world: beside('workflow_dispatch', FAILED),
    ...REPAIRED,
  },
  {
    name: 'events: somebody dispatched a run, whose green never counts either',
    world: w => {
      w.files({ 'ci.yml': ciWith({ on: '[pull_request, workflow_dispatch]' }) })
      const one = w.pull(1)
      w.run('ci.yml', one, { ago: 90, jobs: FAILED })
      w.run('ci.yml', one, { ago: 60, event: 'workflow_dispatch', jobs: GREEN })
    },
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'events: a nightly run failed on the same commit, and never counts',
    world: beside('schedule', FAILED),
    ...REPAIRED,
  },
  {
    name: 'events: an event that nobody knows yet, whose run failed',
    world: beside('pull_request_simulated', FAILED),
    pulls: { 1: /^(?!stale$)/ },
  },
  {
    name: 'events: code scanning by its default setup, which has no file',
    world: beside('dynamic', { 'Analyze (javascript)': 'success' }, CODEQL),
    ...REPAIRED,
  },
  {
    name: 'events: code scanning by its default setup failed, and nothing requires it',
    world: beside('dynamic', { 'Analyze (javascript)': 'failure' }, CODEQL),
    ...REPAIRED,
  },
  {
    name: 'events: a workflow_run posted the red, which stands on no commit of the pull request',
    world: w => {
      w.files({ 'ci.yml': JOBS, 'gate.yml': POSTS.replace('pull_request', 'workflow_run') })
      const one = w.pull(1)
      const main = w.repository.tip('main')
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
      const jobs = { decide: 'success' } as const
      const gate = w.run('gate.yml', main, { ago: 300, event: 'workflow_run', jobs })
      w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
    },
    inputs: POLLED,
    pulls: { 1: 'foreign-red' },
  },
  {
    name: 'files: another file has a job of the same name, which failed',
    world: w => {
      w.files({ 'ci.yml': CI, 'style.yml': JOBS.replace('name: CI', 'name: Style') })
      const one = w.pull(1)
      w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.run('style.yml', one, { ago: 90, jobs: { lint: 'failure', test: 'success' } })
    },
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'files: another file has a job of the same name, which is green',
    world: w => {
      w.files({ 'ci.yml': CI, 'style.yml': JOBS.replace('name: CI', 'name: Style') })
      const one = w.pull(1)
      w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.run('style.yml', one, { ago: 90, jobs: { lint: 'success', test: 'success' } })
    },
    ...REPAIRED,
  },
  {
    name: 'files: two files have the gate, and in the other one a job it needs failed',
    world: w => {
      w.files({ 'ci.yml': CI, 'other.yml': CI.replace('name: CI', 'name: Other') })
      const one = w.pull(1)
      w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.run('other.yml', one, { ago: 90, jobs: FAILED })
    },
    pulls: { 1: /^(?!stale$)/ },
    exit: null,
  },
  {
    name: 'files: another file failed, which has nothing to do with the gate',
    world: w => {
      w.files({ 'ci.yml': CI, 'docs.yml': DOCS })
      const one = w.pull(1)
      w.run('ci.yml', one, { ago: 90, jobs: LOST })
      w.run('docs.yml', one, { ago: 90, jobs: { docs: 'failure' } })
    },
    ...REPAIRED,
  },
  {
    name: 'files: the jobs have names of their own',
    world: w => {
      const file = CI.replace('all-required:', "all-required:\n    name: 'All ✅ checks'")
      w.files({ 'ci.yml': file.replace('lint: {', "lint: { name: 'Lint: code & docs',") })
      const jobs = { 'Lint: code & docs': 'success', test: 'success' } as const
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: { ...jobs, 'All ✅ checks': 'lost' } })
    },
    ...REPAIRED,
    inputs: { 'umbrella-context': 'All ✅ checks' },
    wrote: ['rerun All ✅ checks in run 1'],
  },
  {
    name: 'files: lines end as on Windows, and a mark stands before the first',
    world: w => {
      w.files({ 'ci.yml': `\uFEFF${CI.replaceAll('\n', '\r\n')}` })
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    },
    ...REPAIRED,
  },
  {
    name: 'files: a job is written by an anchor',
    world: w => {
      const anchored = CI.replace('lint: {', 'lint: &job {').replace(
        /test: \{.*\}\n/,
        'test: *job\n',
      )
      w.files({ 'ci.yml': anchored })
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    },
    ...REPAIRED,
  },
]

const DOCS =
  'name: Docs\non: pull_request\njobs: { docs: { runs-on: x, steps: [{ run: make }] } }\n'
