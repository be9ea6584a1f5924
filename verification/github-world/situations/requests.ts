import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, JOBS, LOST, NEEDS, POLLED, POSTS } from './files.js'

/** So many pull requests, each with a lost gate that takes three minutes when it runs again. */
const slow =
  (count: number) =>
  (w: World): void => {
    w.files({ 'ci.yml': CI })
    w.require('main', ['all-required'])
    w.actions.lasting = 180_000
    for (let number = 1; number <= count; number += 1)
      w.run('ci.yml', w.pull(number), { ago: 60 + number, jobs: LOST })
  }

const reruns = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => `rerun all-required in run ${count - at}`)

/** Was a file at a commit, which nobody can change, read more than once? */
function readTwice(_: World, log: readonly string[]): string | null {
  const files = log.filter(line => /^GET \/contents\/.*\?.*ref=[0-9a-f]{40}/.test(line))
  const twice = files.filter((line, at) => files.indexOf(line) !== at)
  return twice.length === 0 ? null : `${twice.length} reads of files were not the first`
}

const SECONDARY = {
  status: 403,
  headers: { 'retry-after': '60' },
  body: {
    message:
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api',
  },
} as const

const onePost =
  (path: string) =>
  (_: World, log: readonly string[]): string | null => {
    const count = log.filter(line => line.startsWith(`POST ${path}`)).length
    return count === 1 ? null : `${count} writes were sent under the limit`
  }

/** What a sweep costs, and what it does where it costs too much. */
export const REQUESTS: readonly Situation[] = [
  {
    name: 'requests: a quiet sweep',
    world: w => {
      w.files({ 'ci.yml': CI })
      for (let number = 1; number <= 20; number += 1)
        w.run('ci.yml', w.pull(number), { ago: 60, jobs: { ...LOST, 'all-required': 'success' } })
    },
    pulls: { 1: 'umbrella-green', 20: 'umbrella-green' },
    requests: 3,
  },
  {
    name: 'requests: one slow gate',
    world: slow(1),
    outcomes: { 1: 'rerun-pending' },
    wrote: reruns(1),
    requests: 40,
  },
  {
    name: 'requests: ten slow gates',
    world: slow(10),
    outcomes: { 1: 'rerun-pending', 10: 'rerun-pending' },
    wrote: Array.from({ length: 10 }, () => /^rerun all-required in run \d+$/),
    requests: 120,
  },
  {
    name: 'requests: a file at a commit is read once',
    world: slow(2),
    wrote: reruns(2),
    also: readTwice,
  },
  {
    name: 'requests: a secondary limit ends the re-runs of a sweep',
    world: w => {
      slow(5)(w)
      w.failures.add(/^POST .*rerun/, SECONDARY)
    },
    inputs: { ...NEEDS, 'fail-on': 'never' },
    outcomes: { 1: 'held', 2: 'held', 3: 'held', 4: 'held' },
    also: onePost('/actions'),
  },
  {
    name: 'requests: a secondary limit ends the posts of a sweep',
    world: w => {
      w.files({ 'ci.yml': JOBS, 'gate.yml': POSTS })
      for (let number = 1; number <= 4; number += 1) {
        const one = w.pull(number)
        const gate = w.run('gate.yml', one, { ago: 300 + number, jobs: { decide: 'success' } })
        w.status(one, 'merge-gate', 'failure', { ago: 299 + number, run: gate })
        w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
      }
      w.failures.add(/^POST \/statuses/, SECONDARY)
    },
    inputs: { ...POLLED, 'fail-on': 'never' },
    outcomes: { 1: 'held', 2: 'held', 3: 'held' },
    also: onePost('/statuses'),
  },
  {
    name: 'requests: so few are left that the next sweep must go on',
    world: w => {
      slow(1)(w)
      w.left.core = 40
    },
    pulls: { 1: 'evidence-incomplete' },
    says: [/requests are left/],
    exit: 1,
  },
  {
    name: 'requests: no more repairs than are allowed',
    world: slow(4),
    inputs: { ...NEEDS, 'max-repairs': '2' },
    pulls: { 1: 'stale', 4: 'stale' },
    wrote: ['rerun all-required in run 4', 'rerun all-required in run 3'],
    outcomes: { 1: 'held', 2: 'held' },
  },
]
