import type { Bound } from './bound.js'
import { boundOf } from './bound.js'
import type { Profile } from './profile.js'

/** How far an exploration goes: `test` is a part of `ci`, `ci` a part of `full`. */
export const SIZES = ['test', 'ci', 'full'] as const
export type Size = (typeof SIZES)[number]

/** Looks and emitter are one instant each: that lets more happen between them. */
const whole = { atOnce: true, wholeEmitter: true } as const

const stale = { start: 'stale', may: {} } as const

/**
 * What stands around the head, one dimension each: other pull requests, files, bases, and an
 * umbrella that judges by more than its needs.
 */
const AROUND_TEST: readonly Bound[] = [
  boundOf('failed beside a green run of a pull request that closes or moves on', {
    ...{ ...whole, start: 'older-failed', runs: 2, pulls: 2, standing: 'OO' },
    may: { open: 1, close: 1, move: 1 },
  }),
  boundOf('the only run is of another pull request, which closes or moves on', {
    ...{ ...whole, start: 'sibling', runs: 1, pulls: 2, standing: 'OO' },
    may: { open: 1, close: 1, move: 1 },
  }),
  boundOf('two files, the older run failed', {
    ...{ ...whole, start: 'twin-failed', runs: 2, twin: true },
    may: { rerun: 1 },
  }),
  boundOf('stale, the base changes what the umbrella needs; two sweeps', {
    ...{ ...stale, sweeps: [2], may: { needs: 2 } },
  }),
  boundOf('stale, another base; two sweeps', {
    ...{ ...stale, sweeps: [2], may: { retarget: 2 } },
  }),
  boundOf('an umbrella with a verdict of its own, a re-run; looks whole', {
    ...{ ...whole, start: 'stale', umbrella: 'own-verdict', sweeps: [2] },
    may: { lie: 1, rerun: 1 },
  }),
  boundOf("an older run's red over such an umbrella's green", {
    ...{ ...whole, start: 'overwritten', runs: 2, umbrella: 'own-verdict' },
    may: { lie: 1, rerun: 1 },
  }),
  boundOf('such an umbrella, and a list that vouches for it', {
    ...{ ...whole, start: 'stale', umbrella: 'own-verdict', required: ['a'] },
    may: { lie: 1 },
  }),
]
const AROUND_CI: readonly Bound[] = [
  boundOf('stale, pull requests come, close and move on; looks whole', {
    ...{ ...stale, ...whole, runs: 2, pulls: 2 },
    may: { open: 1, close: 1, move: 1 },
  }),
  boundOf('stale, a pull request comes and closes', {
    ...{ ...stale, pulls: 2, may: { open: 1, close: 1 } },
  }),
  boundOf('stale, two files', { ...stale, ...whole, runs: 2, twin: true }),
  boundOf('stale, the base gets a second file', { ...stale, ...whole, runs: 2, may: { twin: 1 } }),
  boundOf('stale, two instances, the base changes what the umbrella needs', {
    ...{ ...stale, ...whole, sweeps: [2, 1], may: { needs: 2 } },
  }),
  boundOf('stale, the base changes what the umbrella needs, a death; two sweeps', {
    ...{ ...stale, ...whole, sweeps: [2], may: { needs: 1, die: 1 } },
  }),
  boundOf('stale, two pull requests, another base, one closes; looks whole', {
    ...{ ...stale, ...whole, runs: 2, pulls: 2, may: { retarget: 1, close: 1 } },
  }),
]
const AROUND_FULL: readonly Bound[] = [
  boundOf('pull requests come, close and move on, from the start', {
    ...{ ...whole, runs: 2, pulls: 2, may: { open: 1, close: 1, move: 1, lie: 1 } },
  }),
  boundOf('stale, pull requests come, close and move on', {
    ...{ ...stale, wholeEmitter: true, runs: 2, pulls: 2, may: { open: 1, close: 1, move: 1 } },
  }),
  boundOf('two files from the start', { ...whole, runs: 2, twin: true, may: { lie: 1 } }),
  boundOf('stale, two instances, other bases', {
    ...{ ...stale, sweeps: [1, 1], may: { needs: 1, retarget: 1 } },
  }),
  boundOf('an umbrella with a verdict of its own, two runs from the start', {
    ...{ ...whole, runs: 2, umbrella: 'own-verdict', may: { lie: 1 } },
  }),
]

/** The same where the umbrella's job is run again. */
const RERUN_AROUND_TEST: readonly Bound[] = [
  boundOf('stale, the base changes what the umbrella needs, or another base', {
    ...{ ...stale, ...whole, sweeps: [2], may: { needs: 1, retarget: 1 } },
  }),
  boundOf('an umbrella with a verdict of its own', {
    ...{ ...stale, ...whole, sweeps: [2], umbrella: 'own-verdict', may: { lie: 1 } },
  }),
  boundOf("an older run's red over such an umbrella's green", {
    ...{ ...whole, start: 'overwritten', runs: 2, umbrella: 'own-verdict' },
    may: { lie: 1 },
  }),
  boundOf('two files, the older run failed', {
    ...{ ...whole, start: 'twin-failed', runs: 2, twin: true },
    may: { rerun: 1 },
  }),
]

/** Both remedies: which of them is taken depends on what proves the umbrella stale. */
const AUTO_TEST: readonly Bound[] = [
  boundOf("an older run's red over the green of an umbrella with a verdict of its own", {
    ...{ ...whole, start: 'overwritten', runs: 2, umbrella: 'own-verdict' },
    may: { lie: 1, rerun: 1 },
  }),
  boundOf('an umbrella with a verdict of its own, an error; two sweeps', {
    ...{ ...stale, ...whole, sweeps: [2], umbrella: 'own-verdict', may: { lie: 1, fault: 1 } },
  }),
]
const AUTO_CI: readonly Bound[] = [
  boundOf('stale, a second run, a person', { ...stale, ...whole, runs: 2, may: { person: 1 } }),
  boundOf("an older run's red; pull requests come and close", {
    ...{ ...whole, start: 'overwritten', runs: 2, pulls: 2, may: { open: 1, close: 1 } },
  }),
]

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
  boundOf('stale, a re-run, an error or a death; two sweeps', {
    ...stale,
    sweeps: [2],
    may: { rerun: 1, fault: 1, die: 1 },
  }),
  boundOf('stale, a re-run, lost writes', { ...stale, may: { rerun: 1, lost: 1 } }),
  boundOf('stale, a second run, held or not', { ...stale, runs: 2, may: { held: 1 } }),
  boundOf('stale, a second pull request on the head', { ...stale, runs: 2, pulls: 2 }),
  boundOf('stale, a second pull request is opened; two sweeps', {
    ...stale,
    runs: 2,
    pulls: 2,
    sweeps: [2],
    may: { open: 1 },
  }),
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

const FULL: readonly Bound[] = [
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
  boundOf('stale, a second pull request is opened, a re-run; looks and emitter whole', {
    ...stale,
    runs: 2,
    pulls: 2,
    may: { open: 1, rerun: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
]

/** What a re-run of ours may race with: people, runs, pulls, instances of us, faults. */
const RERUN_TEST: readonly Bound[] = [
  boundOf('stale, a re-run by a person; looks whole', {
    ...stale,
    may: { rerun: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
  boundOf('stale, the umbrella fails again; two sweeps', {
    ...stale,
    sweeps: [2],
    may: { lie: 1 },
    atOnce: true,
  }),
  boundOf('stale, a person', { ...stale, may: { person: 1 } }),
  boundOf('stale, an error or a lost answer', { ...stale, may: { fault: 1 } }),
]
const RERUN_CI: readonly Bound[] = [
  boundOf('stale, a pull request comes, closes or moves on; looks whole', {
    ...{ ...stale, ...whole, runs: 2, pulls: 2, may: { open: 1, close: 1 } },
  }),
  boundOf('stale, a person, another tool', { ...stale, may: { person: 1, pat: 1 } }),
  boundOf('stale, a second run', { ...stale, runs: 2, atOnce: true, wholeEmitter: true }),
  boundOf('stale, two instances', { ...stale, sweeps: [1, 1], atOnce: true }),
  boundOf('stale, two instances, the umbrella fails again', {
    ...stale,
    sweeps: [1, 1],
    may: { lie: 1 },
    atOnce: true,
  }),
  boundOf('stale, a cancel', { ...stale, picks: true, may: { cancel: 1 } }),
  boundOf('stale, a re-run by a person, a death; two sweeps', {
    ...stale,
    sweeps: [2],
    may: { rerun: 1, die: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
]
const RERUN_FULL: readonly Bound[] = [
  boundOf('stale, a second pull request is opened', {
    ...stale,
    runs: 2,
    pulls: 2,
    may: { open: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
  boundOf('two runs from their start', { runs: 2, atOnce: true, wholeEmitter: true }),
  boundOf('stale, a re-run by a person', { ...stale, may: { rerun: 1 } }),
  boundOf('stale, two instances with two sweeps each, a re-run by a person', {
    ...stale,
    sweeps: [2, 2],
    may: { rerun: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
  boundOf('stale, a second run, a re-run by a person', {
    ...stale,
    runs: 2,
    may: { rerun: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
  boundOf('stale, a second run, held or not, lost answers; two sweeps', {
    ...stale,
    runs: 2,
    sweeps: [2],
    may: { held: 1, fault: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
  boundOf('stale, lost writes of the server, a person', {
    ...stale,
    may: { lost: 1, person: 1 },
    atOnce: true,
  }),
]

/**
 * The bounds of a size for one profile. Where runs are listed before their jobs, one more makes
 * that two reads.
 */
export function boundsOf(size: Size, profile: Profile): readonly Bound[] {
  if (profile.remedy === 'auto' && profile.reruns !== 'none')
    return [...AUTO_TEST, ...(size === 'test' ? [] : AUTO_CI)]
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
  const ci = [...CI, ...AROUND_CI, ...split]
  return [
    ...[...TEST, ...AROUND_TEST],
    ...(size === 'test' ? [] : ci),
    ...(size === 'full' ? [...more, ...AROUND_FULL] : []),
  ]
}
