import type { Jobs } from '../actions.js'
import { ACTIONS } from '../model.js'
import type { Situation } from '../situation.js'
import type { World } from '../world.js'
import { CI, JOBS, LOST, POLLED, POSTS, REPAIRED, withCi } from './files.js'

const count = <T>(many: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: many }, (_, at) => make(at))

const legs = (many: number) =>
  Object.fromEntries(count(many, at => [`test (${at})`, 'success' as const]))

function matrix(many: number): string {
  const strategy = `strategy: { matrix: { part: [${count(many, String).join()}] } }`
  return CI.replace('test: {', `test: { ${strategy},`)
}

const lostOf =
  (many: number) =>
  (w: World): void => {
    w.files({ 'ci.yml': matrix(many) })
    w.run('ci.yml', w.pull(1), {
      ago: 60,
      jobs: { lint: 'success', ...legs(many), 'all-required': 'lost' },
    })
  }

const crowded =
  (suites: number) =>
  (w: World): void => {
    w.files({ 'ci.yml': CI })
    const one = w.pull(1)
    w.run('ci.yml', one, { ago: 60, jobs: LOST })
    for (const at of count(suites, Number)) {
      const app = { id: 5000 + at, slug: `app-${at}`, name: `App ${at}` }
      w.check(one, { name: `app ${at}`, app, is: 'success', ago: 50 })
    }
  }

const TITLE =
  '\u001b[31m::error::pwned\n::warning::pwned\r\n| a | <img src=x> [x](javascript:1) ' +
  '#'.repeat(300)

/** A posted gate over a run of more than a page of jobs: these first, and those last. */
const crowdedRun =
  (first: Jobs, last: Jobs) =>
  (w: World): void => {
    w.files({ 'ci.yml': JOBS, 'gate.yml': POSTS })
    const one = w.pull(1)
    const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
    w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
    const run = w.run('ci.yml', one, { ago: 240, jobs: first })
    for (const at of count(120, Number))
      w.actions.tell(run, { [`part ${at}`]: 'success' }, run.createdAt)
    w.actions.tell(run, last, run.createdAt)
  }

/** Long lists, odd names, and how the umbrella is found. */
export const SIZES: readonly Situation[] = [
  {
    name: 'sizes: 250 pull requests, and the last of them is stale',
    world: w => {
      w.files({ 'ci.yml': CI })
      for (const at of count(249, Number)) w.pull(at + 1)
      w.run('ci.yml', w.pull(250), { ago: 60, jobs: LOST })
    },
    pulls: { 250: 'stale' },
    wrote: ['rerun all-required in run 1'],
  },
  { name: 'sizes: a matrix of 97 legs, one page with all jobs', world: lostOf(97), ...REPAIRED },
  {
    name: 'sizes: more than a hundred check runs in one run',
    world: lostOf(110),
    ...REPAIRED,
  },
  {
    name: 'sizes: the second page of check runs holds a failed job that nobody requires',
    world: crowdedRun({ lint: 'success', test: 'success' }, { 'part 121': 'failure' }),
    inputs: POLLED,
    pulls: { 1: 'stale' },
    wrote: ['status success merge-gate on #1'],
  },
  {
    name: 'sizes: the second page of check runs holds the failed job that is required',
    world: crowdedRun({ test: 'success' }, { lint: 'failure' }),
    inputs: POLLED,
    pulls: { 1: 'required-failed' },
    wrote: [],
  },
  { name: 'sizes: forty suites on one commit', world: crowded(40), ...REPAIRED },
  {
    name: 'sizes: more than a hundred suites on one commit, which is a limit',
    world: crowded(105),
    pulls: { 1: 'evidence-incomplete' },
    exit: 1,
  },
  {
    name: 'sizes: 150 statuses above the red one of the gate',
    world: w => {
      w.files({ 'ci.yml': JOBS, 'gate.yml': POSTS })
      const one = w.pull(1)
      const gate = w.run('gate.yml', one, { ago: 300, jobs: { decide: 'success' } })
      w.status(one, 'merge-gate', 'failure', { ago: 299, run: gate })
      w.run('ci.yml', one, { ago: 240, jobs: { lint: 'success', test: 'success' } })
      for (const at of count(150, Number))
        w.status(one, `bot/${at}`, 'success', { ago: 100, by: { login: 'bot' } })
    },
    inputs: POLLED,
    pulls: { 1: 'stale' },
    outcomes: { 1: 'compensated' },
    wrote: ['status success merge-gate on #1'],
  },
  {
    name: 'hostile: a title of commands, colours, tables and links',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1, { title: TITLE }), { ago: 60, jobs: LOST })
    },
    ...REPAIRED,
    neverSays: [/^::(?:error|warning)::pwned/m, '\u001b[31m', /^- .*<img src=x>/m],
  },
  {
    name: 'hostile: a job whose name is a command',
    world: withCi((w, one) => {
      const run = w.run('ci.yml', one, { ago: 60, jobs: { ...LOST, test: 'failure' } })
      w.check(one, {
        name: '\n::error::pwned',
        app: ACTIONS,
        is: 'failure',
        ago: 50,
        suite: run.suite,
      })
    }),
    pulls: { 1: /^(?!stale$)/ },
    neverSays: [/^::error::pwned/m],
    exit: null,
  },
  {
    name: 'hostile: a branch whose name is an address',
    world: w => {
      w.files({ 'ci.yml': CI })
      w.files({ 'ci.yml': CI }, 'release/1.x?ref=main#top')
      const one = w.pull(1, { base: 'release/1.x?ref=main#top' })
      w.run('ci.yml', one, { ago: 60, jobs: LOST })
    },
    ...REPAIRED,
  },
  {
    name: 'umbrella: a ruleset requires it, and nothing names it',
    inputs: {},
    world: w => {
      w.files({ 'ci.yml': CI.replaceAll('all-required', 'ci-ok') })
      w.require('main', ['ci-ok'])
      const jobs = { lint: 'success', test: 'success', 'ci-ok': 'lost' } as const
      w.run('ci.yml', w.pull(1), { ago: 60, jobs })
    },
    pulls: { 1: 'stale' },
    wrote: ['rerun ci-ok in run 1'],
    gate: { 1: 'open' },
  },
  {
    name: 'umbrella: classic protection requires it, and nothing names it',
    inputs: {},
    world: w => {
      w.files({ 'ci.yml': CI.replaceAll('all-required', 'ci-ok') })
      w.protect('main', ['ci-ok'])
      const jobs = { lint: 'success', test: 'success', 'ci-ok': 'lost' } as const
      w.run('ci.yml', w.pull(1), { ago: 60, jobs })
    },
    pulls: { 1: 'stale' },
    wrote: ['rerun ci-ok in run 1'],
    gate: { 1: 'open' },
  },
  {
    name: 'umbrella: nothing requires it, and nothing names it',
    inputs: {},
    world: w => {
      w.files({ 'ci.yml': CI })
      w.run('ci.yml', w.pull(1), { ago: 60, jobs: LOST })
    },
    pulls: { 1: 'stale' },
    wrote: ['rerun all-required in run 1'],
  },
  {
    name: 'umbrella: a deployment is required that needs others, which is none',
    inputs: {},
    world: w => {
      w.files({ 'ci.yml': JOBS + DEPLOY })
      w.require('main', ['deploy'])
      const jobs = { lint: 'success', test: 'success', deploy: 'failure' } as const
      w.run('ci.yml', w.pull(1), { ago: 60, jobs })
    },
    neverSays: [/\b1 repaired/],
    exit: null,
  },
]

const DEPLOY = `
  deploy:
    needs: [lint, test]
    runs-on: ubuntu-latest
    steps: [{ run: ./deploy.sh }]
`
