import type { Run } from '../model.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, ciWith } from './files.js'

const WAITS: Run['word'] = { status: 'completed', conclusion: 'action_required' }
const NEVER_STARTED: Run['word'] = { status: 'completed', conclusion: 'startup_failure' }

/** That nothing is wrong is not true of a pull request that cannot be merged. */
const NOTHING = [/nothing to repair/i, /nothing: this commit has no umbrella/]

/** A reason is told, and not that there is no umbrella. */
const TOLD = /^(?!umbrella-missing$|umbrella-green$|nothing$)/

const stuck =
  (file: string, then: (w: World) => void) =>
  (w: World): void => {
    w.files({ 'ci.yml': file })
    w.require('main', ['all-required'])
    then(w)
  }

const forked = stuck(CI, w => {
  w.run('ci.yml', w.pull(1, { fork: 'bob/widgets' }), { ago: 60, word: WAITS })
})
const neverStarted = stuck(CI, w => {
  w.run('ci.yml', w.pull(1), { ago: 60, word: NEVER_STARTED })
})
const filtered = stuck(ciWith({ on: "{ pull_request: { paths: ['src/**'] } }" }), w => {
  w.pull(1, { files: { 'guide/index.md': 'words' } })
})
const otherBranches = stuck(ciWith({ on: '{ pull_request: { branches: [release] } }' }), w => {
  w.pull(1)
})
const noRun = stuck(CI, w => {
  w.pull(1)
})

const explained = { explain: 1, neverSays: NOTHING } as const

/** Why a pull request is blocked whose umbrella was never written. */
export const EXPLAINED: readonly Situation[] = [
  {
    name: 'explain: the run of a fork waits for approval',
    world: forked,
    ...explained,
    pulls: { 1: TOLD },
    says: [/approv/i],
  },
  {
    name: 'explain: the run could not start',
    world: neverStarted,
    ...explained,
    pulls: { 1: TOLD },
    says: [/never started|could not (?:be )?start|did not start|startup/i],
  },
  {
    name: 'explain: jobs still run, and the gate has no check run before they end',
    world: stuck(CI, w => {
      w.run('ci.yml', w.pull(1), {
        ago: 10,
        jobs: { lint: 'success', test: 'going', 'all-required': 'hidden' },
      })
    }),
    ...explained,
    pulls: { 1: TOLD },
    says: [/still (?:going|running)|has not (?:finished|ended|started)|not (?:written|begun) yet/i],
  },
  {
    name: 'explain: a filter by paths leaves the workflow out',
    world: filtered,
    ...explained,
    pulls: { 1: TOLD },
    says: [/paths|filter/i],
  },
  {
    name: 'explain: a filter by branches leaves the workflow out',
    world: otherBranches,
    ...explained,
    pulls: { 1: TOLD },
    says: [/branches|filter/i],
  },
  {
    name: 'explain: no run began, as after a push by a workflow token',
    world: noRun,
    ...explained,
    pulls: { 1: TOLD },
    says: [/no (?:workflow )?run\b/i],
  },
  {
    name: 'explain: the required context belongs to another app',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.require('main', [{ context: 'all-required', integration_id: 9999 }])
      w.run('ci.yml', w.pull(1), {
        ago: 60,
        jobs: { lint: 'success', test: 'success', 'all-required': 'success' },
      })
    },
    ...explained,
    pulls: { 1: TOLD },
    says: [/app 9999/],
    gate: { 1: 'shut' },
  },
  {
    name: 'explain: the required context is spelt otherwise',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.require('main', ['CI / all-required'])
      w.run('ci.yml', w.pull(1), {
        ago: 60,
        jobs: { lint: 'success', test: 'success', 'all-required': 'success' },
      })
    },
    ...explained,
    inputs: { 'umbrella-context': 'CI / all-required' },
    pulls: { 1: TOLD },
    exit: null,
    says: [/did you mean|spelt|no (?:workflow )?(?:file|job)|nobody writes|another name/i],
    gate: { 1: 'shut' },
  },
  {
    name: 'sweep: the run of a fork waits for approval',
    world: forked,
    pulls: { 1: TOLD },
    says: [/approv/i],
  },
  {
    name: 'sweep: the run could not start',
    world: neverStarted,
    pulls: { 1: TOLD },
    says: [/never started|could not (?:be )?start|did not start|startup/i],
  },
  {
    name: 'sweep: a filter leaves a required workflow out',
    world: filtered,
    pulls: { 1: TOLD },
    says: [/paths|filter/i],
  },
  {
    name: 'sweep: no run began, and a ruleset requires the gate',
    world: noRun,
    pulls: { 1: TOLD },
    says: [/no (?:workflow )?run\b/i],
  },
  {
    name: 'sweep: no run began, and nothing requires the gate',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.pull(1)
    },
    pulls: { 1: 'umbrella-missing' },
  },
]
