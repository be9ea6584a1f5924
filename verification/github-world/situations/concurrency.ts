import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { LOST, REPAIRED, ciWith } from './files.js'

const GOING = { lint: 'success', test: 'going', 'all-required': 'hidden' } as const

const group = (name: string, more = ', cancel-in-progress: true'): string =>
  ciWith({ top: `concurrency: { group: '${name}'${more} }` })

interface Given {
  readonly file: string
  readonly groups: readonly [string, string]
  /** Both pull requests come from a branch of this name, in two forks. */
  readonly branch?: string
  readonly other?: typeof GOING | typeof LOST
}

/** Pull request 1 has a lost gate, and a run of pull request 2 is still going. */
const two =
  ({ file, groups, branch, other = GOING }: Given) =>
  (w: World): void => {
    w.files({ 'ci.yml': file })
    w.require('main', ['all-required'])
    const fork = (owner: string) =>
      branch === undefined ? {} : { fork: `${owner}/widgets`, headRef: branch }
    const [one, second] = [w.pull(1, fork('ann')), w.pull(2, fork('bob'))]
    w.run('ci.yml', one, { ago: 60, jobs: LOST, group: groups[0] })
    w.run('ci.yml', second, { ago: 30, jobs: other, group: groups[1] })
  }

const HELD_BACK = { pulls: { 1: 'stale' }, outcomes: { 1: 'none' } } as const

/** Groups of runs that cancel one another, and whether a re-run would. */
export const CONCURRENCY: readonly Situation[] = [
  {
    name: 'concurrency: by number or commit, which is of the pull request alone',
    world: two({
      file: group('${{ github.workflow }}-${{ github.event.pull_request.number || github.sha }}'),
      groups: ['CI-1', 'CI-2'],
    }),
    ...REPAIRED,
  },
  {
    name: 'concurrency: by head branch or run, and the other run is of another branch',
    world: two({
      file: group('${{ github.head_ref || github.run_id }}'),
      groups: ['change-1', 'change-2'],
    }),
    ...REPAIRED,
  },
  {
    name: 'concurrency: by head branch or run, and two forks have a branch of one name',
    world: two({
      file: group('${{ github.head_ref || github.run_id }}'),
      groups: ['patch-1', 'patch-1'],
      branch: 'patch-1',
    }),
    ...HELD_BACK,
  },
  {
    name: 'concurrency: by ref, which is of the pull request alone',
    world: two({
      file: group('${{ github.workflow }}-${{ github.ref }}'),
      groups: ['CI-refs/pull/1/merge', 'CI-refs/pull/2/merge'],
    }),
    ...REPAIRED,
  },
  {
    name: 'concurrency: by number alone',
    world: two({
      file: group('ci-${{ github.event.number }}'),
      groups: ['ci-1', 'ci-2'],
    }),
    ...REPAIRED,
  },
  {
    name: 'concurrency: one group for all',
    world: two({ file: group('ci'), groups: ['ci', 'ci'] }),
    ...HELD_BACK,
    says: [/concurrency/],
  },
  {
    name: 'concurrency: one group for all, and nothing else goes',
    world: w => {
      w.files({ 'ci.yml': group('ci') })
      w.require('main', ['all-required'])
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST, group: 'ci' })
    },
    ...REPAIRED,
  },
  {
    name: 'concurrency: one group for all, where a second one waits in place of a third',
    world: two({ file: group('ci', ''), groups: ['ci', 'ci'] }),
    ...HELD_BACK,
  },
  {
    name: 'concurrency: by base branch, which is shared',
    world: two({ file: group('${{ github.base_ref || github.ref }}'), groups: ['main', 'main'] }),
    ...HELD_BACK,
  },
  {
    name: 'concurrency: two lost gates in one group, one of them at a time',
    world: two({ file: group('ci'), groups: ['ci', 'ci'], other: LOST }),
    pulls: { 1: 'stale', 2: 'stale' },
    wrote: [/^rerun all-required in run [12]$/],
  },
]
