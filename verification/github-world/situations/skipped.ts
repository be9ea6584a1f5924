import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, NEEDS } from './files.js'

const matrix = (name: string): string => `
name: CI
on: pull_request
jobs:
  changes: { runs-on: ubuntu-latest, steps: [{ run: ./changes }] }
  test:
    ${name}
    needs: changes
    if: needs.changes.outputs.code == 'true'
    strategy: { matrix: { os: [linux, mac] } }
    runs-on: ubuntu-latest
    steps: [{ run: make test }]
  all-required:
    needs: [changes, test]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: \${{ !contains(needs.*.result, 'failure') && !contains(needs.*.result, 'cancelled') }}
`

const BUILD = `
name: CI
on: pull_request
jobs:
  build: { runs-on: ubuntu-latest, steps: [{ run: make }] }
  lint: { needs: build, runs-on: ubuntu-latest, steps: [{ run: make lint }] }
  test: { needs: build, runs-on: ubuntu-latest, steps: [{ run: make test }] }
  all-required:
    needs: [lint, test]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: \${{ !contains(needs.*.result, 'failure') && !contains(needs.*.result, 'cancelled') }}
`

type Jobs = Parameters<World['run']>[2]['jobs']

const withJobs =
  (file: string, jobs: Jobs) =>
  (w: World): void => {
    w.files({ 'ci.yml': file })
    w.require('main', ['all-required'])
    w.run('ci.yml', w.pull(1), { ago: 60, ...(jobs === undefined ? {} : { jobs }) })
  }

const ODD = 'test (${{ matrix.os }})'
const NAMED = matrix(`name: '${ODD}'`)

/** Jobs that were skipped: they pass for GitHub, and prove nothing. */
export const SKIPPED: readonly Situation[] = [
  {
    name: 'skipped: a matrix leaves one check run under the name of its job',
    world: withJobs(matrix(''), { changes: 'success', test: 'skipped', 'all-required': 'lost' }),
    pulls: { 1: 'required-skipped' },
  },
  {
    name: 'skipped: a matrix leaves one check run under its name as it is written',
    world: withJobs(NAMED, { changes: 'success', [ODD]: 'skipped', 'all-required': 'lost' }),
    pulls: { 1: 'required-skipped' },
    neverSays: ['no run wrote test (linux)'],
  },
  {
    name: 'skipped: a matrix that may be skipped, by the name of its job',
    world: withJobs(matrix(''), { changes: 'success', test: 'skipped', 'all-required': 'lost' }),
    inputs: { ...NEEDS, 'skippable-contexts': 'test' },
    pulls: { 1: 'stale' },
    wrote: ['rerun all-required in run 1'],
  },
  {
    name: 'skipped: a matrix that may be skipped, by a pattern',
    world: withJobs(NAMED, { changes: 'success', [ODD]: 'skipped', 'all-required': 'lost' }),
    inputs: { ...NEEDS, 'skippable-contexts': 'test (*)' },
    pulls: { 1: 'stale' },
    wrote: ['rerun all-required in run 1'],
  },
  {
    name: 'skipped: both legs of a matrix ran',
    world: withJobs(NAMED, {
      changes: 'success',
      'test (linux)': 'success',
      'test (mac)': 'success',
      'all-required': 'lost',
    }),
    pulls: { 1: 'stale' },
    wrote: ['rerun all-required in run 1'],
  },
  {
    name: 'skipped: one leg of a matrix failed',
    world: withJobs(NAMED, {
      changes: 'success',
      'test (linux)': 'success',
      'test (mac)': 'failure',
      'all-required': 'failure',
    }),
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'skipped: one leg of a matrix was cancelled',
    world: withJobs(NAMED, {
      changes: 'success',
      'test (linux)': 'success',
      'test (mac)': 'cancelled',
      'all-required': 'failure',
    }),
    pulls: { 1: 'required-cancelled' },
  },
  {
    name: 'skipped: one leg of a matrix has no check run',
    world: withJobs(NAMED, {
      changes: 'success',
      'test (linux)': 'success',
      'all-required': 'lost',
    }),
    pulls: { 1: 'required-missing' },
  },
  {
    name: 'skipped: a required job',
    world: withJobs(CI, { lint: 'success', test: 'skipped', 'all-required': 'lost' }),
    pulls: { 1: 'required-skipped' },
  },
  {
    name: 'skipped: a required job that may be',
    world: withJobs(CI, { lint: 'success', test: 'skipped', 'all-required': 'lost' }),
    inputs: { ...NEEDS, 'skippable-contexts': 'test' },
    pulls: { 1: 'stale' },
    wrote: [/^rerun all-required in run 1$/],
  },
  {
    name: 'skipped: every required job, though each may be',
    world: withJobs(CI, { lint: 'skipped', test: 'skipped', 'all-required': 'lost' }),
    inputs: { ...NEEDS, 'skippable-contexts': 'lint\ntest' },
    pulls: { 1: 'required-skipped' },
  },
  {
    name: 'skipped: the gate itself',
    world: withJobs(CI, { lint: 'success', test: 'success', 'all-required': 'skipped' }),
    pulls: { 1: 'umbrella-green' },
    gate: { 1: 'open' },
  },
  {
    name: 'skipped: the jobs the gate needs, because what they need failed',
    world: withJobs(BUILD, {
      build: 'failure',
      lint: 'skipped',
      test: 'skipped',
      'all-required': 'success',
    }),
    explain: 1,
    pulls: { 1: 'false-green' },
    exit: 1,
    says: [/build/],
    gate: { 1: 'open' },
  },
  {
    name: 'skipped: the jobs the gate needs, because a condition said so',
    world: withJobs(BUILD, {
      build: 'success',
      lint: 'skipped',
      test: 'skipped',
      'all-required': 'success',
    }),
    explain: 1,
    pulls: { 1: 'umbrella-green' },
  },
]
