import type { Jobs } from '../actions.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { OPENED } from './files.js'

const gate = (needs: string): string => `
  all-required:
    needs: [${needs}]
    if: always()
    runs-on: ubuntu-latest
    steps:
      - run: \${{ !contains(needs.*.result, 'failure') && !contains(needs.*.result, 'cancelled') }}
`
const file = (jobs: string, needs: string): string =>
  `name: CI\non: pull_request\njobs:\n${jobs}${gate(needs)}`

const CHECKS = `
on: workflow_call
jobs:
  unit: { runs-on: ubuntu-latest, steps: [{ run: make unit }] }
  e2e: { runs-on: ubuntu-latest, steps: [{ run: make e2e }] }
`
const LOCAL = file('  checks: { uses: ./.github/workflows/checks.yml }\n', 'checks')
const AWAY = file('  checks: { uses: acme/shared/.github/workflows/c.yml@v1 }\n', 'checks')
const NESTED = file('  checks: { uses: ./.github/workflows/outer.yml }\n', 'checks')
const OUTER = 'on: workflow_call\njobs: { inner: { uses: ./.github/workflows/checks.yml } }\n'
const DYNAMIC = file(
  '  plan: { runs-on: x, steps: [{ run: ./plan }] }\n' +
    '  test:\n    needs: plan\n    runs-on: x\n    strategy:\n' +
    '      matrix: { part: "${{ fromJSON(needs.plan.outputs.parts) }}" }\n' +
    '    steps: [{ run: make test }]\n',
  'plan, test',
)

const withJobs =
  (text: string, jobs: Jobs) =>
  (w: World): void => {
    w.files({ 'ci.yml': text, 'checks.yml': CHECKS, 'outer.yml': OUTER })
    w.require('main', ['all-required'])
    w.run('ci.yml', w.pull(1), { ago: 60, jobs })
  }

const UNIT = { 'checks / unit': 'success' } as const
const BOTH = { ...UNIT, 'checks / e2e': 'success' } as const

/** A gate over jobs whose names only another file, or only the run, tells. */
export const CALLED: readonly Situation[] = [
  {
    name: 'called: a workflow of the same repository, all green',
    world: withJobs(LOCAL, { ...BOTH, 'all-required': 'lost' }),
    ...OPENED,
  },
  {
    name: 'called: a workflow of the same repository, one job of it failed',
    world: withJobs(LOCAL, { ...UNIT, 'checks / e2e': 'failure', 'all-required': 'failure' }),
    pulls: { 1: /^(?:required|run)-failed$/ },
  },
  {
    name: 'called: a workflow of the same repository, one job of it has no check run',
    world: withJobs(LOCAL, { ...UNIT, 'all-required': 'lost' }),
    pulls: { 1: /^(?:required-missing|superseded-evidence)$/ },
  },
  {
    name: 'called: a workflow of the same repository, skipped as a whole',
    world: withJobs(LOCAL, { checks: 'skipped', 'all-required': 'lost' }),
    pulls: { 1: /^required-(?:missing|skipped)$/ },
  },
  {
    name: 'called: a workflow that calls another one, all green',
    world: withJobs(NESTED, {
      'checks / inner / unit': 'success',
      'checks / inner / e2e': 'success',
      'all-required': 'lost',
    }),
    ...OPENED,
  },
  {
    name: 'called: a workflow of another repository, all green',
    world: withJobs(AWAY, { ...BOTH, 'all-required': 'lost' }),
    ...OPENED,
  },
  {
    name: 'called: a workflow of another repository, one job of it failed',
    world: withJobs(AWAY, { ...UNIT, 'checks / e2e': 'failure', 'all-required': 'failure' }),
    pulls: { 1: /^(?:required|run)-failed$/ },
  },
  {
    name: 'called: a matrix that only the run knows, all green',
    world: withJobs(DYNAMIC, {
      plan: 'success',
      'test (a)': 'success',
      'test (b)': 'success',
      'all-required': 'lost',
    }),
    ...OPENED,
  },
  {
    name: 'called: a matrix that only the run knows, one leg failed',
    world: withJobs(DYNAMIC, {
      plan: 'success',
      'test (a)': 'success',
      'test (b)': 'failure',
      'all-required': 'failure',
    }),
    pulls: { 1: /^(?:required|run)-failed$/ },
  },
  {
    name: 'called: a matrix that only the run knows, skipped as a whole',
    world: withJobs(DYNAMIC, { plan: 'success', test: 'skipped', 'all-required': 'lost' }),
    pulls: { 1: /^(?:required-skipped|required-missing)$/ },
  },
]
