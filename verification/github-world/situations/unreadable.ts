import type { Run } from '../model.js'
import { ACTIONS } from '../model.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, LOST, NEEDS, POLLED, REPAIRED } from './files.js'

const called = (uses: string): string => `
name: CI
on: pull_request
jobs:
  ci: { uses: ${uses} }
`
const SHARED = CI.replace('on: pull_request', 'on: workflow_call')

const withLost =
  (then: (w: World, one: ReturnType<World['pull']>) => void) =>
  (w: World): void => {
    w.files({ 'ci.yml': CI })
    w.require('main', ['all-required'])
    const one = w.pull(1)
    w.run('ci.yml', one, { ago: 60, jobs: LOST })
    then(w, one)
  }

/** 61 workflow files, 60 of which have nothing to do with the gate. */
function many(w: World): void {
  const others = Array.from({ length: 60 }, (_, at) => [
    `other-${at}.yml`,
    `on: push\njobs: { job-${at}: { runs-on: x, steps: [{ run: make }] } }\n`,
  ])
  w.files({ ...(Object.fromEntries(others) as Record<string, string>), 'ci.yml': CI })
}

const INSIDE = {
  'ci / lint': 'success',
  'ci / test': 'success',
  'ci / all-required': 'lost',
} as const

const NO_RULES = {
  status: 403,
  body: {
    message: 'Upgrade to GitHub Pro or make this repository public to enable this feature.',
    documentation_url: 'https://docs.github.com/rest/repos/rules#get-rules-for-a-branch',
  },
} as const

const waiting: Run['word'] = { status: 'completed', conclusion: 'action_required' }

/** What cannot be read, and what need not be. */
export const UNREADABLE: readonly Situation[] = [
  {
    name: 'reusable: the gate stands in a workflow of the same repository that is called',
    world: w => {
      w.files({ 'ci.yml': called('./.github/workflows/checks.yml'), 'checks.yml': SHARED })
      w.require('main', ['ci / all-required'])
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: INSIDE })
    },
    ...REPAIRED,
    inputs: { 'umbrella-context': 'ci / all-required' },
    wrote: ['rerun ci / all-required in run 1'],
  },
  {
    name: 'reusable: a job of the called workflow failed',
    world: w => {
      w.files({ 'ci.yml': called('./.github/workflows/checks.yml'), 'checks.yml': SHARED })
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: { ...INSIDE, 'ci / test': 'failure' } })
    },
    inputs: { 'umbrella-context': 'ci / all-required' },
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'reusable: the gate stands in a workflow of another repository',
    world: w => {
      w.files({ 'ci.yml': called('acme/shared/.github/workflows/checks.yml@v1') })
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: INSIDE })
    },
    inputs: { 'umbrella-context': 'ci / all-required' },
    pulls: { 1: /^(?!stale$)/ },
    says: ['acme/shared/.github/workflows/checks.yml'],
  },
  {
    name: 'unreadable: 61 workflow files are not too many',
    world: w => {
      many(w)
      w.require('main', ['all-required'])
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    },
    ...REPAIRED,
  },
  {
    name: 'unreadable: 61 workflow files are not too many to find the umbrella in',
    world: w => {
      many(w)
      w.require('main', ['all-required'])
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    },
    ...REPAIRED,
    inputs: {},
  },
  {
    name: 'unreadable: rules that a free plan does not show',
    world: withLost(w => w.failures.add('/rules/branches/', NO_RULES)),
    ...REPAIRED,
  },
  {
    name: 'unreadable: rules fail, for the server is broken',
    world: withLost(w => w.failures.add('/rules/branches/', { status: 500, body: {} })),
    pulls: { 1: /^(?:stale|evidence-incomplete)$/ },
    wrote: [],
    exit: 1,
  },
  {
    name: 'unreadable: a neutral check of a token in a suite of Actions without a run',
    world: withLost((w, one) => {
      w.check(one, { name: 'coverage-report', app: ACTIONS, is: 'neutral', ago: 40 })
    }),
    ...REPAIRED,
  },
  {
    name: 'unreadable: a suite of Actions without a run, and a red check in it',
    world: withLost((w, one) => {
      w.check(one, { name: 'lint', app: ACTIONS, is: 'failure', ago: 40 })
    }),
    pulls: { 1: /^(?!stale$)/ },
  },
  {
    name: 'approval: a preview deployment waits for days for its environment',
    world: withLost((w, one) => {
      w.files({ 'preview.yml': 'name: Preview\non: pull_request\njobs: { preview: {} }\n' })
      w.run('preview.yml', one, { ago: 3000, jobs: { preview: 'waiting' } })
    }),
    ...REPAIRED,
  },
  {
    name: "approval: a run of the gate's own workflow waits for one",
    world: withLost((w, one) => {
      w.run('ci.yml', one, { ago: 30, word: waiting })
    }),
    pulls: { 1: 'awaiting-approval' },
  },
  {
    name: "approval: an environment of the gate's own run waits for one",
    world: withLost((w, one) => {
      w.run('ci.yml', one, { ago: 30, jobs: { lint: 'success', test: 'waiting' } })
    }),
    pulls: { 1: /^(?:awaiting-approval|required-open|run-open)$/ },
  },
  {
    name: 'words: a required job of a run that could not start did not fail',
    world: w => {
      w.files({ 'lint.yml': LINT, 'test.yml': TEST, 'gate.yml': GATE })
      const one = w.pull(1)
      w.run('lint.yml', one, { ago: 90, jobs: { lint: 'success' } })
      w.run('test.yml', one, { ago: 90, jobs: { test: 'success' } })
      w.run('gate.yml', one, { ago: 90, jobs: { 'merge-gate': 'failure' } })
      const word: Run['word'] = { status: 'completed', conclusion: 'startup_failure' }
      w.run('lint.yml', one, { ago: 30, word })
    },
    inputs: POLLED,
    pulls: { 1: /^(?!stale$)/ },
    says: [/never started|could not (?:be )?start|did not start|startup/i],
    neverSays: ['lint failed'],
  },
  {
    name: 'words: a neutral check passes',
    world: withLost((w, one) => {
      const app = { id: 57789, slug: 'github-advanced-security', name: 'GitHub Advanced Security' }
      w.check(one, { name: 'CodeQL', app, is: 'neutral', ago: 40 })
    }),
    ...REPAIRED,
    inputs: { ...NEEDS, 'external-contexts': 'CodeQL' },
    neverSays: ['CodeQL was skipped'],
  },
]

const single = (name: string, job: string): string =>
  `name: ${name}\non: pull_request\njobs: { ${job}: { runs-on: x, steps: [{ run: make }] } }\n`
const LINT = single('Lint', 'lint')
const TEST = single('Test', 'test')
const GATE = single('Gate', 'merge-gate')
