import type { BlindSpot } from './blind.js'
import type { Bound } from './bound.js'
import { boundOf } from './bound.js'
import type { Hit } from './exploration.js'
import { explore } from './explore.js'
import type { Law } from './laws.js'
import { LAWS } from './law-names.js'
import type { Naive } from './naive.js'
import { PROFILES, profileOf } from './profile.js'

/**
 * One way into a blind spot, in the words of `docs/why.md`: the law that does not hold, and the
 * bound its trace is looked for in.
 */
interface Way {
  readonly law: Law
  readonly words: string
  readonly bound: Bound
}

const SPOTS: Readonly<Record<BlindSpot, readonly Way[]>> = {
  snapshot: [
    {
      law: 'I1',
      words:
        'The emitter reads all jobs of a run and posts them later. When a job is re-run in ' +
        'between, the old result is written over the ' +
        'new `pending`, and the rows look as if nothing had been re-run.',
      bound: boundOf('one run from its start, a re-run', {
        results: 'S',
        may: { lie: 1, rerun: 1 },
      }),
    },
  ],
  'unseen-run': [
    {
      law: 'I1',
      words:
        'A newer run exists and has written no row: it waits for approval, or every row it would ' +
        'have written equalled the one that ' +
        'stood there.',
      bound: boundOf('stale, a second run, held or not', {
        start: 'stale',
        runs: 2,
        may: { held: 1 },
      }),
    },
  ],
  'lost-write': [
    {
      law: 'I1',
      words:
        "The server has committed a job's state, and its status row was not written: it is late, " +
        'or lost in an error that is only ' +
        'logged.',
      bound: boundOf('stale, a re-run, lost writes', {
        start: 'stale',
        may: { rerun: 1, lost: 1 },
      }),
    },
  ],
  'moved-pull': [
    {
      law: 'I1',
      words:
        'A pull request stood on this commit, its run is the newest, and it was pushed on since: ' +
        'its ref names another commit, so that nothing tells whose that run was. Where runs tell ' +
        'no pull request either, its green is taken for that of the one that stands here.',
      bound: boundOf('a pull request beside, pushed on', {
        start: 'older-failed',
        runs: 2,
        pulls: 2,
        atOnce: true,
        may: { move: 1 },
      }),
    },
  ],
  'no-own-run': [
    {
      law: 'I9',
      words:
        'A pull request on the head has no run of its own, since its base is filtered out or it ' +
        'was opened a moment ago, and another one on the same head has. Where runs tell no pull ' +
        'request, that one is taken for its own.',
      bound: boundOf('the only run is of another pull request', {
        start: 'sibling',
        pulls: 2,
        may: {},
        atOnce: true,
      }),
    },
  ],
  'rerun-window': [
    {
      law: 'I2',
      words:
        'A newer run begins between our last look and our request, or while the umbrella runs ' +
        'again. What the re-run writes stands over the rows of that run until its own jobs end, ' +
        'and nothing can be taken back: Actions wrote it. If the newer run failed meanwhile, the ' +
        'look back and every later sweep raise an alarm.',
      bound: boundOf('stale, a second run', {
        start: 'stale',
        runs: 2,
        may: {},
        atOnce: true,
        wholeEmitter: true,
      }),
    },
    {
      law: 'I5',
      words:
        "A person's row that comes after our last look is covered by what the re-run writes. " +
        'From Gitea 1.27 on it stands beside it.',
      bound: boundOf('stale, a person', { start: 'stale', may: { person: 1 } }),
    },
    {
      law: 'I3',
      words:
        'Somebody else runs the umbrella again and it ends, all between our last look and our ' +
        'request. Where a job keeps its id the server runs it once more.',
      bound: boundOf('stale, two instances', {
        start: 'stale',
        sweeps: [1, 1],
        may: {},
        atOnce: true,
      }),
    },
  ],
  'post-window': [
    {
      law: 'I2',
      words:
        'Something changes between our last look and our write. We see it when we look back and ' +
        'take our row back; until then the gate ' +
        'is open. No status has a compare-and-set.',
      bound: boundOf('stale, a re-run', { start: 'stale', may: { rerun: 1 } }),
    },
    {
      law: 'I7',
      words:
        'The row that takes our success back has a window of its own: what Actions writes in ' +
        'that moment ends up below our `pending`. If ' +
        'that is a success, and the rows can no longer prove it, the gate stays closed until ' +
        'somebody re-runs the workflow. A success ' +
        'that nothing proves is never copied, not even one of Actions.',
      bound: boundOf('stale, a second pull request on the head', {
        start: 'stale',
        runs: 2,
        pulls: 2,
        may: {},
      }),
    },
  ],
}

/**
 * The first false green a simpler design is caught in: the shortest trace the explorer knows.
 * `null`: there is none.
 */
export async function caught({ profile, bound, missing }: Naive): Promise<Hit | null> {
  const { hits } = await explore(profileOf(profile), bound, missing, { firstViolation: true })
  const [first] = hits
    .filter(({ name }) => name === '')
    .sort((a, b) => a.trace.length - b.trace.length)
  return first ?? null
}

const numbered = (trace: readonly string[]): string =>
  trace.map((line, at) => `${at + 1}. ${line}`).join('\n')

/** How a simpler design opens the gate, as `docs/why.md` tells it. */
export function naiveSection(naive: Naive, { law, what, trace }: Hit): string {
  const title = naive.name.charAt(0).toUpperCase() + naive.name.slice(1)
  return (
    `### ${title}\n\n${naive.why}\n\nOn ${naive.profile}, ${trace.length} ` +
    `steps:\n\n${numbered(trace)}\n\nSo ${what} (${law}).\n`
  )
}

async function wayInto(spot: BlindSpot, { law, words, bound }: Way): Promise<string> {
  const found: { readonly profile: string; readonly hit: Hit }[] = []
  for (const profile of PROFILES) {
    // Job rows hide nothing: there only the window is left.
    const { grade, byRerun } = profileOf(profile)
    if (byRerun !== (spot === 'rerun-window')) continue
    if (spot !== 'post-window' && spot !== 'rerun-window' && grade === 'jobs') continue
    const { hits } = await explore(profileOf(profile), bound, null, { until: { law, spot } })
    const hit = hits.find(one => one.name === spot && one.law === law)
    if (hit !== undefined) found.push({ profile, hit })
  }
  const [first] = found
  if (first === undefined) throw new Error(`${spot}: not met`)
  const {
    profile,
    hit: { trace },
  } = first
  const met = found.map(one => one.profile).join(', ')
  return (
    `${words}\n\nMet (${law}) on: ${met}. On ${profile}, ${trace.length} ` +
    `steps:\n\n${numbered(trace)}\n`
  )
}

export async function spotSection(spot: BlindSpot): Promise<string> {
  const ways: string[] = []
  for (const way of SPOTS[spot]) ways.push(await wayInto(spot, way))
  return `### ${spot}\n\n${ways.join('\n')}`
}

/** A simpler design, and what it was caught in. */
export interface Refuted {
  readonly naive: Naive
  readonly hit: Hit
}

/** `docs/why.md`, whole: of simpler designs, and of each blind spot its section. */
export function whyOf(refuted: readonly Refuted[], spots: readonly string[]): string {
  const naive = refuted.map(({ naive, hit }) => naiveSection(naive, hit))
  const laws = Object.entries(LAWS)
    .map(([law, words]) => `- **${law}**: ${words}`)
    .join('\n')
  return `# Why it looks twice, and back

Written by \`npm run proof -- --write-why\`; \`npm run proof\` writes it again and compares. Every
trace below was found by the same explorer that checks the real code: it runs that code against a
small model of a forge, in every order in which the server, its runners, people and we can act. "We"
are this action; row ids are the order of writing. In brackets after "the emitter": one letter a
job, the umbrella last (W waiting, B blocked, R running, S success, F failure).

What must hold:

${laws}

## Simpler designs, and how each opens the gate

Each is our own code with one organ taken away. A step is one thing the server, a person or we do.

${naive.join('\n')}
## What no client of statuses or re-runs can see

A closed list. A trace that ends in a success over a run that is not green and is none of these is a
violation, and the proof fails.

${spots.join('\n')}`
}
