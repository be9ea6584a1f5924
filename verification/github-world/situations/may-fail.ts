import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI } from './files.js'

const mayFail = (value: string): string =>
  CI.replace('lint: { runs-on', `lint: { continue-on-error: ${value}, runs-on`)

const GREEN = { lint: 'failure', test: 'success', 'all-required': 'success' } as const
const LOST = { ...GREEN, 'all-required': 'lost' } as const

const withJobs =
  (file: string, jobs: typeof GREEN | typeof LOST, pulls?: string) =>
  (w: World): void => {
    w.files({ 'ci.yml': file })
    w.require('main', ['all-required'])
    const one = w.pull(1, pulls === undefined ? {} : { files: { 'ci.yml': pulls } })
    w.run('ci.yml', one, { ago: 60, jobs })
  }

/** A job that may fail: its check run is red, and what needs it sees a success. */
export const MAY_FAIL: readonly Situation[] = [
  {
    name: 'continue-on-error: the job failed and the gate is honestly green',
    world: withJobs(mayFail('true'), GREEN),
    explain: 1,
    pulls: { 1: 'umbrella-green' },
    neverSays: [/do not merge/i, 'false-green'],
  },
  {
    name: 'continue-on-error: the job failed and the gate lost its runner',
    world: withJobs(mayFail('true'), LOST),
    pulls: { 1: 'stale' },
    wrote: ['rerun all-required in run 1'],
    gate: { 1: 'open' },
  },
  {
    name: 'continue-on-error: an expression, which only the run knows, and a green gate',
    world: withJobs(mayFail("'${{ matrix.experimental }}'"), GREEN),
    explain: 1,
    neverSays: [/do not merge/i],
  },
  {
    name: 'continue-on-error: an expression, which only the run knows, and a lost gate',
    world: withJobs(mayFail("'${{ matrix.experimental }}'"), LOST),
    pulls: { 1: /^(?!stale$)/ },
  },
  {
    name: 'continue-on-error: false',
    world: withJobs(mayFail('false'), LOST),
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'continue-on-error: only the pull request itself says that its job may fail',
    world: withJobs(CI, LOST, mayFail('true')),
    pulls: { 1: /^(?!stale$)/ },
  },
  {
    name: 'continue-on-error: nothing of it, and a green gate over a failed job',
    world: withJobs(CI, GREEN),
    explain: 1,
    pulls: { 1: 'false-green' },
    exit: 1,
    says: [/lint/],
  },
]
