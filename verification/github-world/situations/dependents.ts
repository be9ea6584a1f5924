import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, LOST, NEEDS, REPAIRED, ciWith } from './files.js'

const RERUN = 'rerun all-required in run 1'

/** A gate that lost its runner, beside other files of the default branch. */
const beside =
  (files: Readonly<Record<string, string>>) =>
  (w: World): void => {
    w.files({ 'ci.yml': CI, ...files })
    w.require('main', ['all-required'])
    w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
  }

const listening = (more = '', workflows = '[CI]'): string => `
name: Deploy
on:
  workflow_run:
    workflows: ${workflows}
${more}
jobs:
  deploy: { runs-on: ubuntu-latest, steps: [{ run: make deploy }] }
`

const COMPLETED = '    types: [completed]'

/** Only this action, and nothing else. */
const SWEEPS = `
on: { workflow_run: { workflows: [CI], types: [completed] } }
permissions: { actions: write, checks: read, pull-requests: read, contents: read }
jobs:
  sweep:
    runs-on: ubuntu-latest
    steps:
      - uses: owner/umbrella-reaper/node24@v1
        with: { umbrella-context: all-required }
`

/** What a re-run starts beside the job. */
export const DEPENDENTS: readonly Situation[] = [
  {
    name: 'dependents: a deployment listens to the workflow',
    world: beside({ 'deploy.yml': listening(COMPLETED) }),
    pulls: { 1: 'stale' },
    outcomes: { 1: 'none' },
    says: ['deploy.yml', 'rerun-dependents'],
  },
  {
    name: 'dependents: a deployment listens without naming types',
    world: beside({ 'deploy.yml': listening() }),
    outcomes: { 1: 'none' },
    says: ['deploy.yml'],
  },
  {
    name: 'dependents: a deployment listens, and may run again',
    world: beside({ 'deploy.yml': listening(COMPLETED) }),
    inputs: { ...NEEDS, 'rerun-dependents': 'true' },
    ...REPAIRED,
    wrote: [RERUN, 'also started .github/workflows/deploy.yml'],
  },
  {
    name: 'dependents: the workflow of this sweep listens',
    world: beside({ 'umbrella-reaper.yml': `name: umbrella-reaper${SWEEPS}` }),
    ...REPAIRED,
    wrote: [RERUN, 'also started .github/workflows/umbrella-reaper.yml'],
  },
  {
    name: 'dependents: another file that only sweeps listens',
    world: beside({ 'after-ci.yml': `name: after CI${SWEEPS}` }),
    ...REPAIRED,
    wrote: [RERUN, 'also started .github/workflows/after-ci.yml'],
  },
  {
    name: 'dependents: a deployment listens to another workflow',
    world: beside({ 'deploy.yml': listening(COMPLETED, '[Release]') }),
    ...REPAIRED,
    wrote: [RERUN],
  },
  {
    name: 'dependents: a listener is asked for runs of main alone',
    world: beside({ 'deploy.yml': listening(`${COMPLETED}\n    branches: [main]`) }),
    ...REPAIRED,
    wrote: [RERUN],
  },
  {
    name: 'dependents: a listener is told of requested runs alone, which a re-run is not',
    world: beside({ 'deploy.yml': listening('    types: [requested]') }),
    ...REPAIRED,
    wrote: [RERUN],
  },
  {
    name: 'dependents: a listener stands on the pull request alone, where it hears nothing',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.require('main', ['all-required'])
      const one = w.pull(1, { files: { 'deploy.yml': listening(COMPLETED) } })
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
    },
    ...REPAIRED,
    wrote: [RERUN],
  },
  {
    name: 'dependents: a deployment needs the gate',
    world: w => {
      const deploy =
        '  deploy: { needs: all-required, runs-on: x, steps: [{ run: make deploy }] }\n'
      w.files({ 'ci.yml': ciWith({ jobs: deploy }) })
      w.require('main', ['all-required'])
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: { ...LOST, deploy: 'skipped' } })
    },
    pulls: { 1: 'stale' },
    outcomes: { 1: 'none' },
    says: ['deploy', 'rerun-dependents'],
  },
  {
    name: 'dependents: a deployment needs the gate, and may run again',
    world: w => {
      const deploy =
        '  deploy: { needs: all-required, runs-on: x, steps: [{ run: make deploy }] }\n'
      w.files({ 'ci.yml': ciWith({ jobs: deploy }) })
      w.require('main', ['all-required'])
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: { ...LOST, deploy: 'skipped' } })
    },
    inputs: { ...NEEDS, 'rerun-dependents': 'true' },
    ...REPAIRED,
    wrote: [RERUN, 'also ran deploy'],
  },
]
