import { describe, expect } from '@jest/globals'
import type { DecideCase } from '../../support/builders.js'
import {
  age,
  contextOf,
  gap,
  FOREIGN,
  latestOf,
  run,
  STALE,
  staleBut,
  UMBRELLA,
} from '../../support/builders.js'
import { alarm, judges, leave, refuse, stale, wait } from '../../support/verdicts.js'

const GRADES = ['statuses', 'tasks', 'jobs'] as const

const incomplete: readonly DecideCase[] = [
  {
    rule: 'evidence-incomplete: a gap of the whole head',
    seen: { rows: STALE, gaps: [gap(null)] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'evidence-incomplete: a gap in the umbrella',
    seen: { rows: STALE, gaps: [gap(UMBRELLA)] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'evidence-incomplete: a gap in a required context',
    seen: { rows: STALE, gaps: [gap(contextOf('Test'), 'malformed')] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'evidence-incomplete: a gap in an unlisted context of the group',
    seen: { rows: ['R1 Docs success', ...STALE], gaps: [gap(contextOf('Docs'))] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'evidence-incomplete: a gap in a required context that no good row carries',
    asked: { required: ['Lint', 'Test', 'Gone'] },
    seen: { rows: STALE, gaps: [gap(contextOf('Gone'))] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'evidence-incomplete: a gap in a context that a required glob could match',
    asked: { required: ['CI / * (pull_request)'] },
    seen: { rows: STALE, gaps: [gap(contextOf('Gone'))] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'evidence-incomplete: a gap in an external context',
    asked: { external: ['scan/deep'] },
    seen: { rows: [...STALE, '@scanner scan/deep success'], gaps: [gap('scan/deep')] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'stale: a gap in a context that does not count is ignored',
    seen: { rows: STALE, gaps: [gap('', 'malformed'), gap('chat/bot')] },
    verdict: stale(),
  },
  {
    rule: 'evidence-incomplete: a state nobody knows on a required context',
    seen: { rows: [...STALE, '@alice Test unknown'] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule:
      'evidence-incomplete: a state nobody knows under newer rows may be all there is ' +
      'of a newer run',
    seen: {
      rows: [
        ...staleBut(
          'R1 Lint running',
          { line: 'R2 Lint success', state: 'unknown', description: 'Queued', author: FOREIGN },
          'R1 Lint running',
        ),
      ],
    },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'evidence-incomplete: a state nobody knows on the umbrella',
    seen: { rows: [...STALE, '@alice umbrella unknown'] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'stale: a state nobody knows in a context that does not count',
    seen: { rows: [...STALE, '@alice chat/bot unknown'] },
    verdict: stale(),
  },
  {
    rule: 'evidence-incomplete: the history of a red umbrella was not read',
    seen: { rows: STALE, history: null },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'evidence-incomplete: statuses, where the policy asks for tasks',
    asked: { minGrade: 'tasks' },
    seen: { rows: STALE },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'evidence-incomplete: tasks, where the policy asks for jobs',
    asked: { minGrade: 'jobs' },
    seen: { rows: STALE, grade: 'tasks' },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'stale: a better grade than the policy asks for is enough',
    asked: { minGrade: 'tasks' },
    seen: { rows: STALE, grade: 'jobs' },
    verdict: stale(),
  },
  ...(['statuses', 'tasks'] as const).map(grade => ({
    rule: `evidence-incomplete: ${grade} alone, where a job may have no row at all (Gitea 28)`,
    seen: { rows: STALE, grade, version: '28.1.0' },
    verdict: refuse('evidence-incomplete'),
  })),
  {
    rule: 'stale: job rows, where a job may have no row at all (Gitea 28)',
    seen: { rows: STALE, grade: 'jobs', version: '28.1.0' },
    verdict: stale(),
  },
]

const umbrella: readonly DecideCase[] = [
  {
    rule: 'umbrella-missing: no row carries the context',
    seen: { rows: ['R1 Lint success', 'R1 Test success'] },
    verdict: leave('umbrella-missing'),
  },
  {
    rule: 'umbrella-missing: no rows at all',
    seen: { rows: [] },
    verdict: leave('umbrella-missing'),
  },
  {
    rule: 'umbrella-missing: case matters',
    asked: { umbrella: UMBRELLA.toUpperCase() },
    seen: { rows: STALE },
    verdict: leave('umbrella-missing'),
  },
  {
    rule: "umbrella-ambiguous: two latest rows, one red, one a person's",
    seen: { rows: [...STALE, '@alice umbrella success'], latest: rows => rows.slice(-2) },
    verdict: refuse('umbrella-ambiguous'),
  },
  {
    rule: 'umbrella-ambiguous: two latest rows, one red, one ours',
    seen: { rows: [...STALE, 'us green 9 1 aaaa'], latest: rows => rows.slice(-2) },
    verdict: refuse('umbrella-ambiguous'),
  },
  {
    rule: 'umbrella-ambiguous: two red ones of Actions',
    seen: { rows: [...STALE, 'R1 umbrella failure'], latest: rows => rows.slice(-2) },
    verdict: refuse('umbrella-ambiguous'),
  },
  {
    rule: 'umbrella-green: two latest rows, both green',
    seen: { rows: ['R1 umbrella success', '@alice umbrella success'], latest: rows => rows },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'stale: one red row of Actions beside a green one of Actions is the umbrella',
    seen: {
      version: '1.27.0',
      grade: 'jobs',
      rows: [...STALE, 'R1 umbrella success'],
      latest: rows => [...latestOf(rows), ...rows.filter(({ id }) => id === STALE.length)],
    },
    verdict: stale({ umbrella: { row: STALE.length, state: 'failure', age: age('59m') + 51_000 } }),
  },
  {
    rule: 'umbrella-green: success',
    seen: { rows: [...STALE, 'R1 umbrella success'] },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: a success that the history has and the page of latest rows not yet',
    seen: { rows: [...STALE, 'R1 umbrella success'], latest: rows => latestOf(rows.slice(0, -1)) },
    verdict: leave('umbrella-green'),
  },
  {
    rule: "umbrella-green: a success of a person is nobody's alarm",
    seen: { rows: [...STALE, '@alice umbrella success'] },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: a skipped umbrella counts as green',
    seen: {
      rows: STALE.slice(0, -1).concat('R1 umbrella skipped'),
      version: '1.26.4',
      grade: 'jobs',
    },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: says that a newer run is open',
    seen: { rows: [...STALE, 'R1 umbrella success', 'R2 Test running'] },
    verdict: leave('umbrella-green', { detail: expect.stringContaining('newer run open') }),
  },
  {
    rule: 'umbrella-pending: a running umbrella',
    seen: { rows: STALE.slice(0, -1) },
    verdict: leave('umbrella-pending'),
  },
  {
    rule: "umbrella-pending: a person's pending",
    seen: { rows: [...STALE, '@alice umbrella pending'] },
    verdict: leave('umbrella-pending'),
  },
  {
    rule: 'umbrella-pending: the job row says it is going',
    seen: { rows: STALE.slice(0, -1), grade: 'jobs' },
    verdict: leave('umbrella-pending'),
  },
  {
    rule: 'stale: pending although its job row is completed',
    seen: {
      rows: STALE.slice(0, -1),
      grade: 'jobs',
      runs: [run(1, ['Lint success', 'Test success', 'umbrella success'])],
    },
    verdict: stale({ cause: 'lost-update', umbrella: { row: 8, state: 'pending' } }),
  },
  {
    rule: 'stale: pending, its job row cancelled',
    seen: {
      rows: STALE.slice(0, -1),
      grade: 'jobs',
      runs: [run(1, ['Lint success', 'Test success', 'umbrella cancelled'])],
    },
    verdict: stale({ cause: 'cancelled-umbrella' }),
  },
  {
    rule: 'stale: a pending of ours is judged like a red one',
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'us undo 9 1 aaaa pending'] },
    verdict: stale({ cause: 'closed-by-us' }),
  },
  {
    rule: 'stale: a red of ours is never foreign',
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'us undo 9 1 aaaa failure'] },
    verdict: stale({ cause: 'closed-by-us', umbrella: { row: 11, state: 'failure' } }),
  },
  {
    rule: "foreign-red: a person's failure is a veto",
    seen: { rows: [...STALE, '@alice umbrella failure'] },
    verdict: refuse('foreign-red', { detail: expect.stringContaining('alice') }),
  },
  {
    rule: "foreign-red: a person's veto that our red stands in for",
    seen: {
      rows: [...STALE, '@alice umbrella failure', 'us green 9 1 aaaa', 'us undo 9 1 aaaa failure'],
    },
    verdict: refuse('foreign-red', {
      detail: expect.stringMatching(
        /row 10 says failure, written by alice.*; our row 12 stands in for it; it says /,
      ),
    }),
  },
  {
    rule: "foreign-red: a person's veto that our pending covers",
    seen: {
      rows: [...STALE, 'us green 9 1 aaaa', '@alice umbrella failure', 'us undo 9 1 aaaa pending'],
    },
    verdict: refuse('foreign-red'),
  },
  {
    rule: "foreign-red: another tool's success lifts no veto below our row",
    seen: {
      rows: [
        ...STALE,
        'us green 9 1 aaaa',
        '@alice umbrella failure',
        '@bot umbrella success',
        'us undo 9 1 aaaa failure',
      ],
    },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'stale: what Actions wrote after a veto lifts it, below our row too',
    seen: {
      rows: [
        ...STALE.slice(0, -1),
        '@alice umbrella failure',
        'R1 umbrella failure',
        'us green 10 1 aaaa',
        'us undo 10 1 aaaa failure',
      ],
    },
    verdict: stale({ cause: 'closed-by-us' }),
  },
  {
    rule: 'foreign-red: error and warning are red too',
    seen: { rows: [...STALE, '@alice umbrella warning'] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: "foreign-red: a job token's failure with a description of its own",
    seen: { rows: [...STALE, 'echo R1 token umbrella failure "broken"'] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: "foreign-red: a person who echoes Actions' link and words",
    seen: { rows: [...STALE, 'echo R1 @alice umbrella failure "Failing after 3s"'] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: "foreign-red: no creator, Actions' words, but no link to a run",
    seen: { rows: [...STALE, 'token umbrella failure "Failing after 3s"'] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'foreign-red: a link that goes on after the job',
    seen: {
      rows: [
        ...STALE,
        { line: 'R1 umbrella failure', targetUrl: '/o/r/actions/runs/1/jobs/4/x', author: FOREIGN },
      ],
    },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'foreign-red: a description that does not fit the state',
    seen: { rows: [...STALE, { line: 'R1 umbrella success', state: 'failure', author: FOREIGN }] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'foreign-red: comes before the jobs are looked at',
    seen: { rows: [...staleBut('R1 Test success', 'R1 Test failure'), '@alice umbrella failure'] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'nothing-required: an empty list and a run with no other job',
    asked: { required: [] },
    seen: { rows: ['R1 umbrella running', 'R1 umbrella failure'] },
    verdict: refuse('nothing-required'),
  },
  {
    rule: 'nothing-required: an empty list where every other job is optional',
    asked: { required: [], optional: ['Lint', 'Test'] },
    seen: { rows: STALE },
    verdict: refuse('nothing-required'),
  },
]

const REVERSE = [
  'R1 Lint success',
  'R1 umbrella blocked',
  'R2 Lint success',
  'R2 Test failure',
  'R2 umbrella failure',
  'R1 Test success',
  'R1 umbrella success',
]
const falseGreens: readonly DecideCase[] = [
  ...GRADES.map((grade): DecideCase => ({
    rule: `false-green: green by the older run, failed in the newest (${grade})`,
    seen: { grade, rows: REVERSE },
    verdict: alarm({ holder: { context: contextOf('Test'), run: 2 } }),
  })),
  {
    rule: 'false-green: cancelled in the newest run',
    seen: { rows: REVERSE.map(row => row.replace('R2 Test failure', 'R2 Test cancelled')) },
    verdict: alarm(),
  },
  {
    rule: 'false-green: our own success over a failure of the newest run',
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'R1 Test running', 'R1 Test failure'] },
    verdict: alarm(),
  },
  {
    rule: 'umbrella-green: without the history nothing is said of what is open',
    seen: { rows: [...STALE, 'R1 umbrella success', 'R1 Docs running'], history: null },
    verdict: leave('umbrella-green', { detail: 'the umbrella is green' }),
  },
  {
    rule: 'umbrella-green: never an alarm where two workflows write the umbrella',
    seen: {
      grade: 'jobs',
      rows: ['R1 umbrella failure', 'R2 Lint success', 'R2 Test failure', 'R2 umbrella success'],
      runs: [
        run(1, ['umbrella failure'], { file: 'other.yml' }),
        run(2, ['Lint success', 'Test failure', 'umbrella success']),
      ],
    },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: never an alarm for a job that is missing',
    asked: { required: ['Lint', 'Gone'] },
    seen: { rows: [...STALE, 'R1 umbrella success'] },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: never an alarm for an optional job',
    asked: { required: ['Lint'], optional: ['Test'] },
    seen: { rows: REVERSE },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: an external red is no false green',
    asked: { external: ['scan/deep'] },
    seen: { rows: [...STALE, 'R1 umbrella success', '@scanner scan/deep failure'] },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: an alarm needs the history',
    seen: { rows: REVERSE, history: null },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: an alarm needs the history, though the latest row of the job is red',
    seen: { rows: [...STALE, 'R1 umbrella success', 'R1 Test failure'], history: null },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: no alarm where no run ever wrote the umbrella',
    asked: { required: ['Ops / Check (pull_request)'] },
    seen: { rows: ['R5 Ops / Check (pull_request) failure', '@alice umbrella success'] },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: no alarm where the newest run is in doubt',
    asked: { required: ['Ops / Check (pull_request)'] },
    seen: {
      grade: 'jobs',
      rows: ['R5 Ops / Check (pull_request) failure', 'R1 umbrella failure', 'R2 umbrella success'],
      runs: [
        run(1, ['umbrella failure'], { file: 'old.yml' }),
        run(2, ['umbrella success']),
        run(5, ['Check failure'], { file: 'ops.yml' }),
      ],
    },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: young rows of no run say nothing of a newer run',
    seen: { rows: ['R1 Lint success @1m', '@alice umbrella success @1m'] },
    verdict: leave('umbrella-green', { detail: 'the umbrella is green' }),
  },
  {
    rule: 'umbrella-green: without the history nothing is said of a newer run',
    seen: { rows: [...STALE, 'R1 umbrella success', 'R2 Test running'], history: null },
    verdict: leave('umbrella-green', { detail: 'the umbrella is green' }),
  },
  {
    rule:
      'umbrella-green: without the history, our own success over a job that is going again ' +
      'is only green',
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'R1 Test running'], history: null },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'umbrella-green: of two contexts that are pending the first by name is told',
    seen: { rows: [...STALE, 'R1 umbrella success', 'R1 Lint running', 'R1 Test running'] },
    verdict: leave('umbrella-green', {
      detail: expect.stringContaining('CI / Lint (pull_request) is still pending'),
    }),
  },
  {
    rule: 'superseded-evidence: our success was written over a row that no sweep had seen',
    seen: { rows: [...STALE, 'R1 umbrella running', 'us green 9 1 aaaa'] },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: "foreign-red: our success was written over a person's veto that no sweep had seen",
    seen: { rows: [...STALE, '@alice umbrella failure', 'us green 9 1 aaaa'] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'umbrella-pending: job rows without a job of the umbrella do not say that it is over',
    seen: {
      rows: STALE.slice(0, -1),
      grade: 'jobs',
      version: '1.25.5',
      runs: [run(1, ['Lint success #0', 'Test success #1', 'Docs success #2'])],
    },
    verdict: leave('umbrella-pending'),
  },
  {
    rule: 'umbrella-pending: one of two umbrella jobs is going',
    seen: {
      rows: STALE.slice(0, -1),
      grade: 'jobs',
      runs: [run(1, ['Lint success', 'Test success', 'umbrella success', 'umbrella open #9'])],
    },
    verdict: leave('umbrella-pending'),
  },
  {
    rule: 'required-open: our own success over a job that is going again',
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'R1 Test running'] },
    verdict: wait('required-open'),
  },
]

describe('the umbrella, and what can be said of it at all', () => {
  judges('umbrella', [...incomplete, ...umbrella, ...falseGreens])
})
