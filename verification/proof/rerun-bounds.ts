import type { Bound } from './bound.js'
import { boundOf } from './bound.js'
import { stale, whole } from './starts.js'

/** The same where the umbrella's job is run again. */
export const RERUN_AROUND_TEST: readonly Bound[] = [
  boundOf('stale, the base changes what the umbrella needs, or another base', {
    ...stale,
    ...whole,
    sweeps: [2],
    may: { needs: 1, retarget: 1 },
  }),
  boundOf('an umbrella with a verdict of its own', {
    ...stale,
    ...whole,
    sweeps: [2],
    umbrella: 'own-verdict',
    may: { lie: 1 },
  }),
  boundOf("an older run's red over such an umbrella's green", {
    ...whole,
    start: 'overwritten',
    runs: 2,
    umbrella: 'own-verdict',
    may: { lie: 1 },
  }),
  boundOf('two files, the older run failed', {
    ...whole,
    start: 'twin-failed',
    runs: 2,
    twin: true,
    may: { rerun: 1 },
  }),
]

/** Both remedies: which of them is taken depends on what proves the umbrella stale. */
export const AUTO_TEST: readonly Bound[] = [
  boundOf("an older run's red over the green of an umbrella with a verdict of its own", {
    ...whole,
    start: 'overwritten',
    runs: 2,
    umbrella: 'own-verdict',
    may: { lie: 1, rerun: 1 },
  }),
  boundOf('an umbrella with a verdict of its own, an error; two sweeps', {
    ...stale,
    ...whole,
    sweeps: [2],
    umbrella: 'own-verdict',
    may: { lie: 1, fault: 1 },
  }),
]
export const AUTO_CI: readonly Bound[] = [
  boundOf('stale, a person; looks whole', { ...stale, ...whole, may: { person: 1 } }),
  boundOf("an older run's red; pull requests come and close", {
    ...whole,
    start: 'overwritten',
    runs: 2,
    pulls: 2,
    may: { open: 1, close: 1 },
  }),
]

export const AUTO_FULL: readonly Bound[] = [
  boundOf('stale, a second run; looks whole', { ...stale, ...whole, runs: 2 }),
]

/** What a re-run of ours may race with: people, runs, pulls, instances of us, faults. */
export const RERUN_TEST: readonly Bound[] = [
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
export const RERUN_CI: readonly Bound[] = [
  boundOf('stale, a pull request comes or closes, without a run; looks whole', {
    ...stale,
    ...whole,
    pulls: 2,
    may: { open: 1, close: 1 },
  }),
  boundOf('stale, a person, another tool', { ...stale, may: { person: 1, pat: 1 } }),
  boundOf('stale, two instances; looks whole', { ...stale, ...whole, sweeps: [1, 1] }),
  boundOf('stale, a cancel', { ...stale, picks: true, may: { cancel: 1 } }),
  boundOf('stale, a re-run by a person, a death; two sweeps', {
    ...stale,
    sweeps: [2],
    may: { rerun: 1, die: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
]
export const RERUN_FULL: readonly Bound[] = [
  boundOf('stale, a pull request with a run of its own closes; looks whole', {
    ...stale,
    ...whole,
    runs: 2,
    pulls: 2,
    may: { close: 1 },
  }),
  boundOf('stale, two instances', { ...stale, sweeps: [1, 1], atOnce: true }),
  boundOf('stale, two instances, the umbrella fails again', {
    ...stale,
    sweeps: [1, 1],
    may: { lie: 1 },
    atOnce: true,
  }),
  boundOf('stale, a second run', { ...stale, runs: 2, atOnce: true, wholeEmitter: true }),
  boundOf('stale, a second pull request is opened', {
    ...stale,
    runs: 2,
    pulls: 2,
    may: { open: 1 },
    atOnce: true,
    wholeEmitter: true,
  }),
  boundOf('two runs from their start', { ...whole, runs: 2, may: {} }),
  boundOf('stale, a re-run by a person', { ...stale, may: { rerun: 1 }, atOnce: true }),
  boundOf('stale, a second run, held or not, lost answers', {
    ...stale,
    runs: 2,
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
