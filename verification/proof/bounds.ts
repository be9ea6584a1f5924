import type { Bound } from './bound.js'
import { boundOf } from './bound.js'
import { AROUND_CI, AROUND_FULL, AROUND_TEST } from './around-bounds.js'
import {
  AUTO_CI,
  AUTO_FULL,
  AUTO_TEST,
  RERUN_AROUND_TEST,
  RERUN_CI,
  RERUN_FULL,
  RERUN_TEST,
} from './rerun-bounds.js'
import { stale, whole } from './starts.js'
import type { Profile } from './profile.js'

/** How far an exploration goes: `test` is a part of `ci`, `ci` a part of `full`. */
export const SIZES = ['test', 'ci', 'full'] as const
export type Size = (typeof SIZES)[number]

const TEST: readonly Bound[] = [
  boundOf('stale, a re-run', { ...stale, may: { rerun: 1, lie: 1 } }),
  boundOf('stale, a person, another tool, another reaper; two sweeps', {
    ...stale,
    sweeps: [2],
    may: { person: 1, pat: 1, echo: 1 },
  }),
  boundOf('stale, two instances, a person', { ...stale, sweeps: [1, 1], may: { person: 1 } }),
  boundOf('stale, a second pull request is opened at any moment', {
    ...stale,
    runs: 2,
    pulls: 2,
    may: { open: 1 },
  }),
  boundOf('two jobs of one name', { jobs: ['a', 'a'], results: 'S', may: { lie: 1 } }),
]

const CI: readonly Bound[] = [
  boundOf('two jobs of one name, one fails', { jobs: ['a', 'a'], may: { lie: 1 } }),
  boundOf('stale, a re-run, an error or a death; two sweeps; looks whole', {
    ...stale,
    ...whole,
    sweeps: [2],
    may: { rerun: 1, fault: 1, die: 1 },
  }),
  boundOf('stale, a second run, held or not', { ...stale, runs: 2, may: { held: 1 } }),
  boundOf('stale, a second pull request on the head', { ...stale, runs: 2, pulls: 2 }),
  boundOf('stale, two instances with two sweeps each, a person', {
    ...stale,
    sweeps: [2, 2],
    may: { person: 1 },
  }),
  boundOf('cancel, zombie, abandon', { picks: true, may: { cancel: 1, zombie: 1, abandon: 1 } }),
  boundOf('required list, one job not on it', {
    jobs: ['a', 'b'],
    required: ['a'],
    may: { lie: 1 },
  }),
]

/** The dearest: in ci where what they find is hidden best, which is by statuses alone. */
const DEAR: readonly Bound[] = [
  boundOf('stale, a re-run, lost writes', { ...stale, may: { rerun: 1, lost: 1 } }),
  boundOf('stale, a second pull request is opened; two sweeps', {
    ...stale,
    runs: 2,
    pulls: 2,
    sweeps: [2],
    may: { open: 1 },
  }),
]

const FULL: readonly Bound[] = [
  boundOf('stale, a re-run, an error or a death; two sweeps', {
    ...stale,
    sweeps: [2],
    may: { rerun: 1, fault: 1, die: 1 },
  }),
  boundOf('stale, two instances with two sweeps each, a person, another tool', {
    ...stale,
    sweeps: [2, 2],
    may: { person: 1, pat: 1 },
  }),
  boundOf('stale, a re-run, a person; two sweeps', {
    ...stale,
    sweeps: [2],
    may: { rerun: 1, person: 1 },
  }),
  boundOf('stale, a second pull request is opened, two instances', {
    ...stale,
    runs: 2,
    pulls: 2,
    sweeps: [1, 1],
    may: { open: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
  boundOf('a second pull request is opened, a second run, from the start', {
    runs: 2,
    pulls: 2,
    may: { open: 1, lie: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
  boundOf('three jobs, a skipped one', { jobs: ['a', 'b'], results: 'SFK', may: { lie: 1 } }),
  boundOf('time passes', { ticks: 2, may: { lie: 1 }, sweeps: [2] }),
  boundOf('lost writes from the start', { picks: true, may: { lie: 1, lost: 2 } }),
]

/**
 * Larger ones for servers without job rows, where the blind spots are. Job rows add reads, and with
 * them orders.
 */
const WITHOUT_JOBS: readonly Bound[] = [
  boundOf('one run from its start, a re-run', { may: { lie: 1, rerun: 1 } }),
  boundOf('two runs from their start', { runs: 2, may: {} }),
  boundOf('stale, a second run, a re-run; looks and emitter whole', {
    ...stale,
    runs: 2,
    may: { rerun: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
]
const STATUSES: readonly Bound[] = [
  boundOf('two runs from their start, an umbrella that fails over green jobs', {
    runs: 2,
    may: { lie: 1 },
  }),
  boundOf('stale, two instances, a re-run', { ...stale, sweeps: [1, 1], may: { rerun: 1 } }),
  boundOf('stale, a re-run, writes of their own', { ...stale, split: true, may: { rerun: 1 } }),
]

/** Where runs tell their pull, a re-run beside the second one. */
const WITH_JOBS: readonly Bound[] = [
  boundOf('stale, a second pull request is opened, a re-run, all green; looks whole', {
    ...stale,
    ...whole,
    runs: 2,
    pulls: 2,
    results: 'S',
    may: { open: 1, rerun: 1 },
  }),
]

/**
 * The bounds of a size for one profile. Where runs are listed before their jobs, one more makes
 * that two reads.
 */
export function boundsOf(size: Size, profile: Profile): readonly Bound[] {
  if (profile.remedy === 'auto' && profile.reruns !== 'none')
    return [
      ...AUTO_TEST,
      ...(size === 'test' ? [] : AUTO_CI),
      ...(size === 'full' ? AUTO_FULL : []),
    ]
  if (profile.byRerun)
    return [
      ...RERUN_TEST,
      ...RERUN_AROUND_TEST,
      ...(size === 'test' ? [] : RERUN_CI),
      ...(size === 'full' ? RERUN_FULL : []),
    ]
  const apart = boundOf('stale, a second run, runs and jobs read apart', {
    ...stale,
    runs: 2,
    splitRuns: true,
  })
  const split = profile.grade === 'jobs' ? [apart] : []
  const more = [
    ...FULL,
    ...(profile.grade === 'jobs' ? WITH_JOBS : WITHOUT_JOBS),
    ...(profile.grade === 'statuses' ? STATUSES : []),
  ]
  // 1.23 differs from Forgejo 15 by its list of runs, 1.26.0 from 1.26.4 by the rows it skips: in
  // ci either is only asked about what stands around a head, in full about all that ci asks others.
  const isTwin = profile.name === 'gitea-1.23' || profile.name === 'gitea-1.26.0'
  if (isTwin && size === 'ci') return [...TEST.slice(0, 1), ...AROUND_TEST]
  if (isTwin && size === 'full') return [...TEST, ...AROUND_TEST, ...CI, ...split, ...AROUND_CI]
  const dear = profile.grade === 'statuses' ? DEAR : []
  const ci = [...CI, ...dear, ...split]
  return [
    ...[...TEST, ...AROUND_TEST],
    ...(size === 'test' ? [] : size === 'ci' ? ci : [...CI, ...DEAR, ...split]),
    ...(size === 'full' ? [...more, ...AROUND_CI, ...AROUND_FULL] : []),
  ]
}
