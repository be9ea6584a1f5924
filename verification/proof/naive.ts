import type { Bound } from './bound.js'
import { boundOf } from './bound.js'
import type { Missing } from './asking.js'
import type { ProfileName } from './profile.js'

/**
 * A simpler design: our real code with one organ taken away, and the smallest bound in which it
 * opens the gate wrongly.
 */
export interface Naive {
  readonly name: string
  /** What a reader of `docs/why.md` is told about it. */
  readonly why: string
  readonly missing: Missing
  readonly profile: ProfileName
  readonly bound: Bound
}

/** Simpler designs. For each the same explorer finds a false green. */
export const NAIVES: readonly Naive[] = [
  {
    name: 'the latest rows only',
    missing: 'history',
    profile: 'gitea-1.22',
    why:
      'It judges by the newest row of each context, as the merge page shows them. Rows of two ' +
      'runs then stand side by side, and an ' +
      'older run that ends last hides the newer one.',
    bound: boundOf('two runs', { runs: 2, may: { lie: 1 } }),
  },
  {
    name: 'no second look',
    missing: 'second-look',
    profile: 'gitea-1.22',
    why:
      'It decides once and writes after whatever else it has to ask. What the rows say by ' +
      'then is not asked again.',
    bound: boundOf('a re-run', { start: 'stale', may: { rerun: 1 } }),
  },
  {
    name: 'no read-back',
    missing: 'read-back',
    profile: 'gitea-1.22',
    why:
      'It looks twice and writes, but does not look at what came in between its last look and ' +
      'its write. Nothing ever uncovers the row ' +
      'below.',
    bound: boundOf('a person', { start: 'stale', may: { person: 1 } }),
  },
  {
    name: 'one list of pull requests',
    missing: 'one-list',
    profile: 'gitea-1.26.4',
    why:
      'It lists the open pull requests once, at its start, and takes a run of a pull request it ' +
      "did not list for nobody's. One that is " +
      'opened on the same commit a moment later is opened without a proof of its own.',
    bound: boundOf('a second pull request', {
      start: 'stale',
      runs: 2,
      pulls: 2,
      may: { open: 1 },
    }),
  },
  {
    name: 'a re-run whatever else runs',
    missing: 'newer-run',
    profile: 'gitea-1.27',
    why:
      'It finds a red umbrella over green jobs and runs it again, and does not ask whether a ' +
      'newer run is going. On Gitea 1.27 a re-run writes every context of its run at once: the ' +
      'old greens stand over the rows of the newer run.',
    bound: boundOf('a second run', { start: 'stale', runs: 2, atOnce: true, wholeEmitter: true }),
  },
  {
    name: 'a re-run of everything',
    missing: 'one-job',
    profile: 'gitea-1.27',
    why:
      'It runs the whole run again, or asks for the failed jobs of a run in which none failed, ' +
      'which on Gitea 1.27 is the same. Jobs that were green run again, and with them goes the ' +
      'proof.',
    bound: boundOf('nothing else happens', { start: 'stale', may: {} }),
  },
  {
    name: 'a re-run that is sent again',
    missing: 'once',
    profile: 'gitea-1.26.4, remedy: rerun',
    why:
      'The answer to its request is lost, and it sends the request again. The first one had been ' +
      'carried out.',
    bound: boundOf('a lost answer', { start: 'stale', may: { fault: 1 } }),
  },
  {
    name: 'a required list from the base branch',
    missing: null,
    profile: 'gitea-1.26.4',
    why:
      'It asks for the jobs the base branch names and takes every other job for optional. A pull ' +
      'request that adds a job to the ' +
      "umbrella's `needs` is judged without it.",
    bound: boundOf('a job the list does not name', {
      jobs: ['a', 'b'],
      required: ['a'],
      optional: ['*'],
      may: {},
    }),
  },
  {
    name: 'open pull requests only',
    missing: 'closed-pulls',
    profile: 'gitea-1.22',
    why:
      'It asks which open pull requests share the commit, and takes the run of a closed one for ' +
      'the newest of the one that is left. Where runs tell no pull request, that run says ' +
      'nothing of it.',
    bound: boundOf('a failed run beside the green one of a pull request that closes', {
      start: 'older-failed',
      runs: 2,
      pulls: 2,
      may: { close: 1 },
    }),
  },
  {
    name: 'green needs prove it',
    missing: 'own-verdict',
    profile: 'gitea-1.22',
    why:
      'It finds every job that the umbrella needs green, and takes its red for a stale one. But ' +
      'the job of this umbrella measures something by itself, and it failed.',
    bound: boundOf('an umbrella with a verdict of its own', {
      start: 'stale',
      umbrella: 'own-verdict',
      may: {},
    }),
  },
  {
    name: 'nothing is asked behind the write',
    missing: 'look-around',
    profile: 'gitea-1.26.4',
    why:
      'It lists the pull requests before its last look and its write, looks back at rows alone, ' +
      'and does not ask again who stands there, into which base and what the umbrella needs now.',
    bound: boundOf('a pull request is opened', { start: 'stale', pulls: 2, may: { open: 1 } }),
  },
]
