import { ACTIONS } from '../model.js'
import type { Rights } from '../model.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { WRITE_ALL } from '../world.js'
import { CI, JOBS, LOST, NEEDS, POLLED, POSTS, REPAIRED, withCi } from './files.js'

const withRights =
  (change: Partial<Rights>) =>
  (w: World): void => {
    w.files({ 'ci.yml': CI })
    w.require('main', ['all-required'])
    w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    w.rights = { ...WRITE_ALL, ...change }
  }

const LEAST: Rights = {
  actions: 'write',
  checks: 'read',
  contents: 'read',
  'pull-requests': 'read',
  statuses: 'write',
}

/** A missing permission is something to fix, and is named. */
const missing = { pulls: { 1: /^(?!stale$)/ }, neverSays: [/nothing to fix/], exit: 1 } as const

/** What a token may do, and who made what stands on a commit. */
export const RIGHTS: readonly Situation[] = [
  {
    name: 'rights: those the documentation asks for are enough',
    world: withRights(LEAST),
    ...REPAIRED,
  },
  {
    name: 'rights: checks may not be read',
    world: withRights({ checks: 'none' }),
    ...missing,
    says: [/checks: read/],
  },
  {
    name: 'rights: actions may not be read',
    world: withRights({ actions: 'none' }),
    ...missing,
    says: [/actions: (?:read|write)/],
  },
  {
    name: 'rights: contents may not be read',
    world: withRights({ contents: 'none' }),
    ...missing,
    says: [/contents: read/],
  },
  {
    name: 'rights: pull requests may not be read',
    world: withRights({ 'pull-requests': 'none' }),
    says: [/pull-requests: read/],
    neverSays: [/nothing to fix/],
    exit: 1,
  },
  {
    name: 'rights: nothing may be run again',
    world: withRights({ actions: 'read' }),
    pulls: { 1: 'stale' },
    outcomes: { 1: 'no-right' },
    says: [/actions: write/],
    exit: 1,
  },
  {
    name: 'rights: no status may be posted',
    world: w => {
      w.files({ 'ci.yml': JOBS, 'gate.yml': POSTS })
      const one = w.pull(1)
      const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
      w.rights = { ...LEAST, statuses: 'read' }
    },
    inputs: POLLED,
    pulls: { 1: 'stale' },
    outcomes: { 1: 'no-right' },
    says: [/statuses: write/],
    exit: 1,
  },
  {
    name: 'rights: a token nobody knows',
    world: withRights({}),
    token: 'ghs_anotherone',
    says: [/401|Bad credentials/],
    exit: 1,
  },
  {
    name: 'writers: a job with a link of the old form is a job',
    world: w => {
      w.files({ 'ci.yml': CI })
      const run = w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
      for (const check of run.suite.checks)
        Object.assign(check, { link: `https://github.example/acme/widgets/runs/${check.id}` })
    },
    pulls: { 1: 'stale' },
    wrote: ['rerun all-required in run 1'],
    neverSays: [/token/],
  },
  {
    name: 'writers: a check of a token stands among the jobs, and links like one of them',
    world: w => {
      w.files({ 'ci.yml': CI })
      const jobs = { lint: { is: 'success', listed: false }, test: 'success' } as const
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: { ...jobs, 'all-required': 'lost' } })
    },
    pulls: { 1: /^(?!stale$)/ },
  },
  {
    name: 'writers: a token made a green check of a required name in another suite',
    world: withCi((w, one) => {
      const run = w.run('ci.yml', one, { ago: 60, jobs: { test: 'success' } })
      w.check(one, { name: 'lint', app: ACTIONS, is: 'success', ago: 50, suite: run.suite })
      w.actions.tell(run, { 'all-required': 'lost' }, run.createdAt)
    }),
    pulls: { 1: /^(?!stale$)/ },
  },
  {
    name: 'writers: a person posted a green status of a required name, whose job failed',
    world: withCi((w, one) => {
      w.run('ci.yml', one, { ago: 60, jobs: { ...LOST, test: 'failure' } })
      w.status(one, 'test', 'success', { ago: 30, by: { login: 'mallory' } })
    }),
    pulls: { 1: 'required-failed' },
  },
  {
    name: 'writers: a person posted a red status of a required name, whose job is green',
    world: withCi((w, one) => {
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
      w.status(one, 'test', 'failure', { ago: 30, by: { login: 'alice' } })
    }),
    pulls: { 1: 'foreign-red' },
  },
  {
    name: 'writers: a person posted the gate red, beside a lost job of it',
    world: withCi((w, one) => {
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
      w.status(one, 'all-required', 'failure', { ago: 30, by: { login: 'alice' } })
    }),
    pulls: { 1: /^(?:foreign-red|umbrella-ambiguous)$/ },
  },
  {
    name: 'writers: an app wrote the external context red',
    world: withCi((w, one) => {
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
      w.check(one, {
        name: 'license',
        app: { id: 4242, slug: 'license-bot', name: 'License' },
        is: 'failure',
        ago: 40,
      })
    }),
    inputs: { ...NEEDS, 'external-contexts': 'license' },
    pulls: { 1: /^(?:foreign-red|required-failed)$/ },
  },
  {
    name: 'writers: an app wrote the external context green',
    world: withCi((w, one) => {
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
      w.status(one, 'license', 'success', { ago: 40, by: { login: 'license[bot]', type: 'Bot' } })
    }),
    inputs: { ...NEEDS, 'external-contexts': 'license' },
    pulls: { 1: 'stale' },
    wrote: ['rerun all-required in run 1'],
  },
  {
    name: 'pins: the ruleset wants the gate from Actions, and a job writes it',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.require('main', [{ context: 'all-required', integration_id: ACTIONS.id }])
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    },
    pulls: { 1: 'stale' },
    wrote: ['rerun all-required in run 1'],
    gate: { 1: 'open' },
  },
  {
    name: 'pins: the ruleset wants the gate from another app',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.require('main', [{ context: 'all-required', integration_id: 9999 }])
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    },
    pulls: { 1: 'pinned-source' },
  },
  {
    name: 'pins: classic protection wants a posted gate from another app',
    world: w => {
      w.files({ 'ci.yml': JOBS, 'gate.yml': POSTS })
      w.protect('main', [{ context: 'merge-gate', app: 9999 }])
      const one = w.pull(1)
      const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
    },
    inputs: POLLED,
    pulls: { 1: 'pinned-source' },
  },
]
