import type { Forge } from './forge.js'

/** The umbrella every pull request of the demo stands or falls by. */
export const UMBRELLA = 'CI / all-required (pull_request)'

const JOBS = [
  'Detect changes',
  'Platform (Go)',
  'Canvas (Next.js)',
  'Shellcheck (E2E scripts)',
  'Python Lint & Test',
] as const
export const REQUIRED: readonly string[] = JOBS.map(name => `CI / ${name} (pull_request)`)

/** A workflow of the five jobs and their umbrella, with changes for one story. */
export function workflow({
  jobs = JOBS,
  skip = '',
  umbrella = true,
  extra = '',
  without = '',
}: {
  jobs?: readonly string[]
  skip?: string
  umbrella?: boolean
  extra?: string
  without?: string
} = {}): string {
  const keys = jobs.flatMap((name, index) => (name === without ? [] : [`job${index}`]))
  return [
    'name: CI',
    'on: [pull_request]',
    'jobs:',
    ...jobs.flatMap((name, index) => [
      `  job${index}:`,
      `    name: "${name}"`,
      ...(name === skip ? ['    if: false'] : []),
      '    runs-on: ubuntu-latest',
      '    steps: [{ run: echo ok }]',
    ]),
    extra,
    ...(umbrella
      ? [
          '  all-required:',
          '    name: all-required',
          '    if: always()',
          `    needs: [${keys.join(', ')}]`,
          '    runs-on: ubuntu-latest',
          '    steps:',
          '      - run: |',
          ...keys.map(key => `          [ "\${{ needs.${key}.result }}" = success ]`),
        ]
      : []),
  ].join('\n')
}

/** One pull request of the demo: what makes it, and what it is there to show. */
export interface Story {
  readonly name: string
  readonly shows: string
  readonly make: (forge: Forge) => number
}

/**
 * Changes to the usual workflow: which jobs, one that is skipped, one the umbrella does not wait
 * for, more jobs, no umbrella at all.
 */
export type Setup = Parameters<typeof workflow>[0]

/**
 * A branch with its workflow and an open pull request for it; nothing has run yet. Answers the
 * pull's number.
 */
export function open(
  forge: Forge,
  name: string,
  setup: Setup = {},
  pull: { doubleRun?: boolean; draft?: boolean } = {},
): number {
  forge.push({ branch: name, workflow: workflow(setup) })
  return forge.openPull({ branch: name, title: name, ...pull })
}

/** The runs on a pull's head, oldest first. */
export const runsOf = (forge: Forge, number: number) =>
  [...forge.runs(forge.head(number))].sort((a, b) => a.id - b.id)

/** Every run of a pull, in order, each with these endings. */
export function drive(
  forge: Forge,
  number: number,
  endings: Parameters<Forge['runAll']>[1] = {},
): number {
  for (const run of runsOf(forge, number)) forge.runAll(run, endings)
  return number
}

/** Two runs of one push; the older one's umbrella ends after everything of the newer one. */
export function race(
  forge: Forge,
  name: string,
  older: Parameters<Forge['runAll']>[1],
  newer: Parameters<Forge['runAll']>[1],
  late: 'success' | 'failure',
): number {
  const number = open(forge, name, {}, { doubleRun: true })
  const [first, second] = runsOf(forge, number)
  if (first === undefined || second === undefined) throw new Error('a race needs two runs')
  forge.runAll(first, { ...older, 'all-required': 'never' })
  forge.runAll(second, newer)
  const umbrella = forge.job(first, 'all-required')
  forge.pick(umbrella)
  forge.complete(umbrella, late, { seconds: 40 })
  return number
}

/** Pull requests of every kind, in this order: two are of one commit. */
export const STORIES: readonly Story[] = [
  {
    name: 'green',
    shows: 'all green',
    make: forge => drive(forge, open(forge, 'green')),
  },
  {
    name: 'stale',
    shows: 'all jobs green, umbrella red',
    make: forge => drive(forge, open(forge, 'stale'), { 'all-required': 'failure' }),
  },
  {
    name: 'natural-race',
    shows: 'newest run green, older red came late',
    make: forge => race(forge, 'natural-race', { 'Platform (Go)': 'failure' }, {}, 'failure'),
  },
  {
    name: 'reverse-race',
    shows: 'newest run red, older green came late',
    make: forge => race(forge, 'reverse-race', {}, { 'Platform (Go)': 'failure' }, 'failure'),
  },
  {
    name: 'false-green',
    shows: 'umbrella green over a red newest run',
    make: forge => race(forge, 'false-green', {}, { 'Platform (Go)': 'failure' }, 'success'),
  },
  {
    name: 'red',
    shows: 'a required job failed',
    make: forge => drive(forge, open(forge, 'red'), { 'Platform (Go)': 'failure' }),
  },
  {
    name: 'skipped',
    shows: 'a required job was skipped',
    make: forge =>
      drive(forge, open(forge, 'skipped', { skip: 'Canvas (Next.js)' }), {
        'all-required': 'failure',
      }),
  },
  {
    name: 'open',
    shows: 'a required job has no runner yet',
    make: forge =>
      drive(forge, open(forge, 'open', { without: 'Python Lint & Test' }), {
        'Python Lint & Test': 'never',
        'all-required': 'failure',
      }),
  },
  {
    name: 'missing',
    shows: 'a required job is missing',
    make: forge =>
      drive(
        forge,
        open(forge, 'missing', { jobs: JOBS.filter(name => !name.startsWith('Shellcheck')) }),
        { 'all-required': 'failure' },
      ),
  },
  {
    name: 'many-contexts',
    shows: '66 statuses, umbrella red',
    make: forge => {
      const legs = Array.from(
        { length: 60 },
        (_, index) => `a${String(index).padStart(2, '0')}`,
      ).join(', ')
      const matrix =
        `  matrix:\n    name: M\n    strategy: { matrix: { i: [${legs}] } }\n    ` +
        `runs-on: ubuntu-latest\n    steps: [{ run: echo ok }]`
      return drive(forge, open(forge, 'many-contexts', { extra: matrix }), {
        'all-required': 'failure',
      })
    },
  },
  {
    name: 'shared-head',
    shows: 'two pull requests on one commit',
    make: forge => open(forge, 'shared-head'),
  },
  {
    name: 'shared-head-release',
    shows: 'the same commit, into another branch',
    make: forge =>
      drive(
        forge,
        forge.openPull({ branch: 'shared-head', base: 'release', title: 'shared-head to release' }),
        { 'all-required': 'failure' },
      ),
  },
  {
    name: 'foreign-red',
    shows: 'a person set the umbrella red',
    make: forge => {
      const number = drive(forge, open(forge, 'foreign-red'))
      forge.post(forge.head(number), {
        context: UMBRELLA,
        state: 'error',
        description: 'please wait for legal',
        as: 'person',
      })
      return number
    },
  },
  {
    name: 'no-umbrella',
    shows: 'no umbrella job on this branch',
    make: forge => drive(forge, open(forge, 'no-umbrella', { umbrella: false })),
  },
  {
    name: 'draft',
    shows: 'a draft, umbrella red',
    make: forge =>
      drive(forge, open(forge, 'draft', {}, { draft: true }), { 'all-required': 'failure' }),
  },
  {
    name: 'rerun-going',
    shows: 'the failed job runs again right now',
    make: forge => {
      const number = drive(forge, open(forge, 'rerun-going'), { 'Platform (Go)': 'failure' })
      const run = runsOf(forge, number).at(-1)
      if (run !== undefined) forge.rerun(forge.job(run, 'Platform (Go)'))
      return number
    },
  },
]
