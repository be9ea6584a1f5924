// Greens that another run, attempt, event or file has, where the umbrella's red is true.
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, GREEN, JOBS, NEEDS, POLLED, POSTS } from './files.js'

/** Whatever the reason is: it is not called stale, and nothing is written. */
const REFUSED = { pulls: { 1: /^(?!stale$)/ }, exit: null } as const

const BOTH = { lint: 'success', test: 'success' } as const
const CHANGES = 'changes requested by alice'

/** A job that waits for another, so that a cancelled attempt does not come to it. */
const WAITS = (file: string): string =>
  file.replace('test: { runs-on', 'test: { needs: lint, runs-on')
const LINT_MAY_FAIL = JOBS.replace('lint: { runs-on', 'lint: { continue-on-error: true, runs-on')

/** Another file with one of the two jobs. */
const STYLE = JOBS.replace('name: CI', 'name: Style')
const STYLE_LINT = STYLE.replace(/ {2}test:.*\n/, '')
const STYLE_TEST = STYLE.replace(/ {2}lint:.*\n/, '')

/** A gate that a run posts, beside the jobs it asks for. */
function posted(w: World, ci: string, more: Readonly<Record<string, string>> = {}): void {
  w.files({ 'ci.yml': ci, 'gate.yml': POSTS, ...more })
  w.require('main', ['merge-gate'])
}

/** The newest run of `gate.yml` posted green, and then a run of this file and event posted red. */
function reviewed(w: World, file: string, event: string): void {
  const one = w.pull(1)
  w.run('ci.yml', one, { ago: 120, jobs: BOTH })
  const jobs = { decide: 'success' } as const
  const review = w.run(file, one, { ago: 100, event, jobs })
  const newest = w.run('gate.yml', one, { ago: 99, jobs })
  w.status(one, 'merge-gate', 'success', { ago: 98, run: newest })
  w.status(one, 'merge-gate', 'failure', { ago: 95, run: review, description: CHANGES })
}

/** A gate that is a job. */
function needed(w: World, files: Readonly<Record<string, string>>): void {
  w.files(files)
  w.require('main', ['all-required'])
}

export const CLAIMS: readonly Situation[] = [
  {
    name: 'a posted gate was red over green jobs, and they ran once more',
    world: w => {
      posted(w, JOBS)
      const one = w.pull(1)
      w.run('ci.yml', one, { ago: 180, jobs: BOTH })
      const run = w.run('gate.yml', one, { ago: 101, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 100, run, description: CHANGES })
      w.run('ci.yml', one, { ago: 60, jobs: BOTH })
    },
    inputs: POLLED,
    ...REFUSED,
  },
  {
    name: 'a posted gate was red over green jobs, and one of them was run again',
    world: w => {
      posted(w, JOBS)
      const one = w.pull(1)
      const ci = w.run('ci.yml', one, { ago: 180, jobs: BOTH })
      const run = w.run('gate.yml', one, { ago: 101, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 100, run, description: CHANGES })
      w.again(ci, { ago: 60, jobs: { test: 'success' } })
    },
    inputs: POLLED,
    ...REFUSED,
  },
  {
    name: 'a run of another event posted the gate red, beside a newer green of a push of commits',
    world: w => {
      const events = POSTS.replace('on: pull_request', 'on: [pull_request, pull_request_review]')
      posted(w, JOBS, { 'gate.yml': events })
      reviewed(w, 'gate.yml', 'pull_request_review')
    },
    inputs: POLLED,
    ...REFUSED,
  },
  {
    name: 'a run of another file posted the gate red, beside a newer green of the first',
    world: w => {
      posted(w, JOBS, { 'review.yml': POSTS.replace('name: Gate', 'name: Review') })
      reviewed(w, 'review.yml', 'pull_request')
    },
    inputs: POLLED,
    ...REFUSED,
  },
  {
    name: 'a pull adds a second file with the gate, which is red for a need of its own',
    world: w => {
      needed(w, { 'ci.yml': CI })
      const other = `name: Other
on: pull_request
jobs:
  audit: { if: false, runs-on: ubuntu-latest, steps: [{ run: make audit }] }
  all-required:
    needs: audit
    if: always()
    runs-on: ubuntu-latest
    steps: [{ run: 'test "\${{ needs.audit.result }}" = success' }]
`
      const one = w.pull(1, { files: { 'other.yml': other } })
      w.run('ci.yml', one, { ago: 60, jobs: GREEN })
      w.run('other.yml', one, {
        ago: 59,
        jobs: { audit: 'skipped', 'all-required': 'failure' },
        then: { 'all-required': 'failure' },
      })
    },
    ...REFUSED,
  },
  {
    name: 'a required job failed as its file lets it, and nothing of its run needs it',
    world: w => {
      posted(w, LINT_MAY_FAIL)
      const one = w.pull(1)
      const run = w.run('gate.yml', one, { ago: 62, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 61, run })
      w.run('ci.yml', one, { ago: 60, jobs: { lint: 'failure', test: 'success' } })
    },
    inputs: POLLED,
    ...REFUSED,
  },
  {
    name: 'the newest attempt of a run was cancelled before a job that was green in the first',
    world: w => {
      needed(w, { 'ci.yml': WAITS(CI) })
      const run = w.run('ci.yml', w.pull(1), { ago: 90, jobs: GREEN })
      w.again(run, { ago: 60, whole: true, jobs: { lint: 'success', 'all-required': 'cancelled' } })
      run.word = { status: 'completed', conclusion: 'cancelled' }
    },
    inputs: NEEDS,
    ...REFUSED,
  },
  {
    name: 'the same under a gate that is posted',
    world: w => {
      posted(w, WAITS(JOBS))
      const one = w.pull(1)
      const gate = w.run('gate.yml', one, { ago: 62, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 61, run: gate })
      const run = w.run('ci.yml', one, { ago: 90, jobs: BOTH })
      w.again(run, { ago: 50, whole: true, jobs: { lint: 'success' } })
      run.word = { status: 'completed', conclusion: 'cancelled' }
    },
    inputs: POLLED,
    ...REFUSED,
  },
  {
    name: 'a required status of the first attempt, whose run ended red in the second',
    world: w => {
      posted(w, JOBS.replace('test:', 'e2e:'))
      const one = w.pull(1)
      const gate = w.run('gate.yml', one, { ago: 62, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 61, run: gate })
      const run = w.run('ci.yml', one, { ago: 90, jobs: { lint: 'success', e2e: 'success' } })
      w.status(one, 'ci/e2e', 'success', { ago: 87, run })
      w.again(run, { ago: 50, whole: true, jobs: { lint: 'success', e2e: 'failure' } })
    },
    inputs: { 'umbrella-context': 'merge-gate', 'required-contexts': 'lint\nci/e2e' },
    ...REFUSED,
  },
  {
    name: 'a pull drops a job that the gate needs, and another file has a green one of its name',
    world: w => {
      needed(w, { 'ci.yml': CI, 'style.yml': STYLE_LINT })
      const dropped = CI.replace(/ {2}lint:.*\n/, '').replace('[lint, test]', '[test]')
      const one = w.pull(1, { files: { 'ci.yml': dropped } })
      w.run('ci.yml', one, { ago: 60, jobs: { test: 'success', 'all-required': 'lost' } })
      w.run('style.yml', one, { ago: 60, jobs: { lint: 'success' } })
    },
    ...REFUSED,
  },
  {
    name: 'a run was cancelled before a matrix, and another file skipped a job of its name',
    world: w => {
      const matrix = 'test: { strategy: { matrix: { part: [a] } }, runs-on: ubuntu-latest,'
      const file = CI.replace('test: { runs-on: ubuntu-latest,', matrix)
      needed(w, { 'ci.yml': file, 'style.yml': STYLE_TEST })
      const one = w.pull(1)
      const jobs = { lint: 'success', 'all-required': 'failure' } as const
      const run = w.run('ci.yml', one, { ago: 60, jobs })
      run.word = { status: 'completed', conclusion: 'cancelled' }
      w.run('style.yml', one, { ago: 60, jobs: { test: 'skipped' } })
    },
    inputs: { ...NEEDS, 'skippable-contexts': 'test' },
    ...REFUSED,
  },
]
