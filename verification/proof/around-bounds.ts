import type { Bound } from './bound.js'
import { boundOf } from './bound.js'
import { stale, whole } from './starts.js'

/**
 * What stands around the head, one dimension each: other pull requests, files, bases, and an
 * umbrella that judges by more than its needs.
 */
export const AROUND_TEST: readonly Bound[] = [
  boundOf('failed beside a green run of a pull request that closes or moves on', {
    ...whole,
    start: 'older-failed',
    runs: 2,
    pulls: 2,
    standing: 'OO',
    may: { open: 1, close: 1, move: 1 },
  }),
  boundOf('the only run is of another pull request, which closes or moves on', {
    ...whole,
    start: 'sibling',
    runs: 1,
    pulls: 2,
    standing: 'OO',
    may: { open: 1, close: 1, move: 1 },
  }),
  boundOf('two files, the older run failed', {
    ...whole,
    start: 'twin-failed',
    runs: 2,
    twin: true,
    may: { rerun: 1 },
  }),
  boundOf('stale, the base changes what the umbrella needs; two sweeps', {
    ...stale,
    sweeps: [2],
    may: { needs: 2 },
  }),
  boundOf('stale, another base; two sweeps', {
    ...stale,
    sweeps: [2],
    may: { retarget: 2 },
  }),
  boundOf('an umbrella with a verdict of its own, a re-run; looks whole', {
    ...whole,
    start: 'stale',
    umbrella: 'own-verdict',
    sweeps: [2],
    may: { lie: 1, rerun: 1 },
  }),
  boundOf("an older run's red over such an umbrella's green", {
    ...whole,
    start: 'overwritten',
    runs: 2,
    umbrella: 'own-verdict',
    may: { lie: 1, rerun: 1 },
  }),
  boundOf('such an umbrella, and a list that vouches for it', {
    ...whole,
    start: 'stale',
    umbrella: 'own-verdict',
    required: ['a'],
    may: { lie: 1 },
  }),
]
export const AROUND_CI: readonly Bound[] = [
  boundOf('stale, pull requests come, close and move on; looks whole', {
    ...stale,
    ...whole,
    runs: 2,
    pulls: 2,
    may: { open: 1, close: 1, move: 1 },
  }),
  boundOf('stale, a pull request comes and closes', {
    ...stale,
    pulls: 2,
    may: { open: 1, close: 1 },
  }),
  boundOf('stale, two files', { ...stale, ...whole, runs: 2, twin: true }),
  boundOf('stale, the base gets a second file', { ...stale, ...whole, runs: 2, may: { twin: 1 } }),
  boundOf('stale, two instances, the base changes what the umbrella needs', {
    ...stale,
    ...whole,
    sweeps: [2, 1],
    may: { needs: 2 },
  }),
  boundOf('stale, the base changes what the umbrella needs, a death; two sweeps', {
    ...stale,
    ...whole,
    sweeps: [2],
    may: { needs: 1, die: 1 },
  }),
  boundOf('stale, two pull requests, another base, one closes; looks whole', {
    ...stale,
    ...whole,
    runs: 2,
    pulls: 2,
    may: { retarget: 1, close: 1 },
  }),
]
export const AROUND_FULL: readonly Bound[] = [
  boundOf('pull requests come, close and move on, from the start', {
    ...whole,
    runs: 2,
    pulls: 2,
    may: { open: 1, close: 1, move: 1 },
  }),
  boundOf('stale, pull requests come, close and move on', {
    ...stale,
    wholeEmitter: true,
    runs: 2,
    pulls: 2,
    may: { open: 1, close: 1, move: 1 },
  }),
  boundOf('two files from the start', { ...whole, runs: 2, twin: true, may: { lie: 1 } }),
  boundOf('stale, two instances, other bases', {
    ...stale,
    sweeps: [1, 1],
    may: { needs: 1, retarget: 1 },
  }),
  boundOf('an umbrella with a verdict of its own, two runs from the start', {
    ...whole,
    runs: 2,
    umbrella: 'own-verdict',
    may: { lie: 1 },
  }),
]
