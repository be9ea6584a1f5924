import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, LOST, REPAIRED, ciWith } from './files.js'

const queued =
  (file: string, inQueue: boolean) =>
  (w: World): void => {
    w.files({ 'ci.yml': file })
    w.require('main', ['all-required'])
    w.rule('main', { type: 'merge_queue', parameters: { merge_method: 'SQUASH' } })
    w.run('ci.yml', w.pull(1, { inQueue }), { ago: 60, jobs: LOST })
  }

const BOTH = ciWith({ on: '[pull_request, merge_group]' })

/** A queue through which merges go. */
export const QUEUE: readonly Situation[] = [
  {
    name: 'queue: the required context is never produced for it, by the doctor',
    inputs: {},
    world: queued(CI, false),
    doctor: true,
    says: [/merge_group/],
    exit: 1,
  },
  {
    name: 'queue: the required context is never produced for it, explained',
    world: queued(CI, false),
    explain: 1,
    says: [/merge_group/],
  },
  {
    name: 'queue: the required context is produced for it',
    inputs: {},
    world: queued(BOTH, false),
    doctor: true,
    neverSays: [/merge_group/],
  },
  {
    name: 'queue: the pull request is in it, and nothing of it is run again',
    world: queued(BOTH, true),
    says: [/queue/i],
  },
  {
    name: 'queue: the pull request is not in it yet',
    world: queued(BOTH, false),
    ...REPAIRED,
  },
  {
    name: 'queue: a run of the queue on the commit of a pull request counts as its own event',
    world: w => {
      w.files({ 'ci.yml': BOTH })
      const one = w.pull(1)
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
      w.run('ci.yml', one, { ago: 50, event: 'merge_group', jobs: { ...LOST, test: 'failure' } })
    },
    pulls: { 1: 'required-failed' },
  },
]
