import { describe, expect, it } from '@jest/globals'
import { judgeContext } from '../../../src/core/rules/gate/context.js'
import type { GateFinding } from '../../../src/core/rules/gate/finding.js'
import { judgeRequired } from '../../../src/core/rules/gate/required.js'
import type { Evidence } from '../../../src/core/model/evidence.js'
import type { UmbrellaWriter } from '../../../src/core/model/umbrella-files.js'
import type { HeadChange } from '../../support/builders.js'
import { contextOf, gap, head, policy, pull, run, task } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checksHead } from '../../support/check-builders.js'

/** A race of two runs over one plain job: what the newest says, then what the older one wrote. */
const RACE = ['R1 Test running', 'R2 Test running', 'R2 Test success', 'R1 Test failure']
const TEST = contextOf('Test')
const NOBODY = { kind: 'read', numbers: [] } as const
const ONE_FILE = { kind: 'read', doubles: [] } as const
const UNREAD = { kind: 'not-read' } as const

interface RowCase {
  readonly rule: string
  readonly seen: HeadChange
  readonly context?: string
  readonly writer?: UmbrellaWriter
  readonly is: string
  /** The whole sentence: people act on the words. */
  readonly says: string
}

const told = ({ state, class: as }: GateFinding): string => `${state}: ${as}`

const judged = (evidence: Evidence, { context = 'Test', writer }: Partial<RowCase>): GateFinding =>
  judgeContext({
    policy: policy(),
    evidence,
    pull: pull(),
    context: contextOf(context),
    ...(writer === undefined ? {} : { writer }),
  })

const FILE: UmbrellaWriter = { kind: 'file', path: '.github/workflows/ci.yml', filters: '' }

const ROWS: readonly RowCase[] = [
  {
    rule: 'an older run wrote over a green newest one',
    seen: { grade: 'jobs', rows: RACE },
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; run 1 wrote over it (row 4, failure)',
  },
  {
    rule: 'the same by rows, where everything around was read',
    seen: { grade: 'statuses', rows: RACE, others: NOBODY, writers: ONE_FILE },
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; run 1 wrote over it (row 4, failure)',
  },
  {
    rule: 'the same by rows and tasks',
    seen: { grade: 'tasks', rows: RACE },
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; run 1 wrote over it (row 4, failure)',
  },
  {
    rule: 'by rows alone: which pull requests stood here was not read',
    seen: { grade: 'statuses', rows: RACE, writers: ONE_FILE, others: UNREAD },
    is: 'unknown: not-known',
    says: 'which other pull requests stood on this commit was not read',
  },
  {
    rule: 'by rows alone: the workflow files were not read',
    seen: { grade: 'statuses', rows: RACE, others: NOBODY, writers: UNREAD },
    is: 'unknown: not-known',
    says: 'this server does not tell which file a run is of, and the workflow files were not read',
  },
  {
    rule: 'by rows alone: a closed pull request stood here, and one of the runs may be its own',
    seen: {
      grade: 'statuses',
      rows: RACE,
      writers: ONE_FILE,
      others: { kind: 'read', numbers: [9] },
    },
    is: 'unknown: not-known',
    says: 'other pull requests stand on this commit, and not every run says it is green',
  },
  {
    rule: 'by rows alone: a second file may write the same context',
    seen: {
      grade: 'statuses',
      rows: RACE,
      others: NOBODY,
      writers: {
        kind: 'read',
        doubles: [{ context: contextOf('Test'), where: 'on main', paths: ['a.yml', 'b.yml'] }],
      },
    },
    is: 'unknown: not-known',
    says:
      `${TEST} may be written by a.yml and b.yml (on main), and this server does not tell ` +
      'which file a run is of',
  },
  {
    rule: 'the run that wrote the red is told to be of a closed pull request',
    seen: {
      grade: 'jobs',
      rows: RACE,
      runs: [run(2, ['Test success']), run(1, ['Test failure'], { pull: 9 })],
    },
    is: 'unknown: not-known',
    says: 'row 4 says failure, and it is of no older run of this pull request',
  },
  {
    rule: 'the newest run is told to be of a closed pull request: the other one counts',
    seen: {
      grade: 'jobs',
      rows: RACE,
      runs: [run(2, ['Test success'], { pull: 9 }), run(1, ['Test failure'])],
    },
    is: 'red: job-failed',
    says: `${TEST} failed in run 1, the newest`,
  },
  {
    rule: 'two open pull requests on the commit whose runs cannot be told apart',
    seen: {
      grade: 'statuses',
      rows: RACE,
      pulls: [pull(), pull(8)],
      others: NOBODY,
      writers: ONE_FILE,
    },
    is: 'unknown: not-known',
    says: 'other pull requests stand on this commit, and not every run says it is green',
  },
  {
    rule: 'two files are told to write it: neither speaks for the other',
    seen: {
      grade: 'jobs',
      rows: RACE,
      runs: [run(2, ['Test success'], { file: 'b.yml' }), run(1, ['Test failure'])],
    },
    is: 'unknown: not-known',
    says: `two workflow files write ${TEST}: b.yml, ci.yml`,
  },
  {
    rule: 'a run of another file has not shown what it writes, and the files were not read',
    seen: {
      grade: 'jobs',
      rows: RACE,
      writers: UNREAD,
      runs: [
        run(2, ['Test success']),
        run(1, ['Test failure']),
        run(3, ['Lint open'], { file: 'b.yml' }),
      ],
    },
    is: 'unknown: not-known',
    says: 'run 3 of b.yml has not shown what it writes, and the workflow files were not read',
  },
  {
    rule: 'the newest run is of an event that nobody knows',
    seen: {
      grade: 'jobs',
      rows: RACE,
      runs: [
        run(2, ['Test success'], { suffix: { unknownEvent: 'pull_approved' } }),
        run(1, ['Test failure']),
      ],
    },
    is: 'unknown: not-known',
    says: 'run 2 is of the event pull_approved, which this version does not know',
  },
  {
    rule: 'the newest run says it is red',
    seen: { grade: 'jobs', rows: ['R1 Test success', 'R2 Test failure'] },
    is: 'red: job-failed',
    says: `${TEST} failed in run 2, the newest`,
  },
  {
    rule: 'the newest run says it is red, and so does the older one above it',
    seen: { grade: 'jobs', rows: ['R2 Test failure', 'R1 Test failure'] },
    is: 'red: job-failed',
    says: `${TEST} failed in run 2, the newest`,
  },
  {
    rule: 'the newest run was cancelled',
    seen: { grade: 'jobs', rows: ['R1 Test success', 'R2 Test cancelled'] },
    is: 'red: job-cancelled',
    says: `${TEST} was cancelled in run 2, the newest`,
  },
  {
    rule: 'the newest run skipped it, and an older red stands: a skip is no success',
    seen: { grade: 'jobs', rows: ['R2 Test skipped', 'R1 Test failure'] },
    is: 'red: job-skipped',
    says: `${TEST} was skipped in run 2, the newest`,
  },
  {
    rule: 'the newest run is going',
    seen: { grade: 'jobs', rows: ['R1 Test failure', 'R2 Test running'] },
    is: 'pending: job-open',
    says: 'a job of run 2 is still going',
  },
  {
    rule: 'the newest run was started again: its green is of an older attempt',
    seen: {
      grade: 'jobs',
      rows: RACE,
      runs: [run(2, ['Test open']), run(1, ['Test failure'])],
    },
    is: 'pending: job-open',
    says: 'a job of run 2 is still going',
  },
  {
    rule: 'by rows: a pending row above the newest run may be its re-run',
    seen: {
      grade: 'statuses',
      rows: ['R2 Test success', 'R1 Test running', 'R1 Test failure'],
      others: NOBODY,
      writers: ONE_FILE,
    },
    is: 'unknown: not-known',
    says: `run 2 has no final row of ${TEST} that nothing pending stands above`,
  },
  {
    rule: 'the older run goes on, and will write again',
    seen: {
      grade: 'jobs',
      rows: RACE,
      runs: [run(2, ['Test success']), run(1, ['Test failure', 'Docs open'])],
    },
    is: 'pending: run-open',
    says: "its newest run's own job is green, and Docs of run 1 is still going",
  },
  {
    rule: 'the red is fresh: rows of the same moment may follow',
    seen: { grade: 'jobs', rows: [...RACE.slice(0, 3), 'R1 Test failure @2m'] },
    is: 'pending: settling',
    says: 'the newest row is 2m old; under 5m it may change',
  },
  {
    rule: 'a cancelled older run wrote over a newer success',
    seen: { grade: 'jobs', rows: ['R2 Test success', 'R1 Test cancelled'] },
    is: 'stale: cancelled-before',
    says:
      'its job is green in run 2, the newest; run 1 was cancelled and wrote over it (row 2, ' +
      'failure)',
  },
  {
    rule: "the newest run's own pending row stands, and its job ended green",
    seen: {
      grade: 'jobs',
      rows: ['R2 Lint success', 'R2 Test running'],
      runs: [run(2, ['Lint success', 'Test success'])],
    },
    is: 'stale: run-ended',
    says:
      'its job is green in run 2, the newest; run 2 has ended and left it pending (row 2, ' +
      'pending)',
  },
  {
    rule: 'an older pending row stands, and every run has ended',
    seen: {
      grade: 'jobs',
      rows: ['R2 Test success', 'R1 Test running'],
      runs: [run(2, ['Test success']), run(1, ['Test cancelled'])],
    },
    is: 'stale: run-ended',
    says:
      'its job is green in run 2, the newest; run 1 has ended and left it pending (row 2, ' +
      'pending)',
  },
  {
    rule: 'the same where the newest job failed: the red is right, and only its row is missing',
    seen: { grade: 'jobs', rows: ['R2 Test running'], runs: [run(2, ['Test failure'])] },
    is: 'red: job-failed',
    says: `${TEST} failed in run 2, the newest`,
  },
  {
    rule: 'no row of it, and the job of the newest run is green',
    seen: {
      grade: 'jobs',
      rows: ['R1 Lint failure', 'R2 Lint success'],
      runs: [run(1, ['Lint failure']), run(2, ['Lint success', 'Test success'])],
    },
    is: 'stale: row-lost',
    says: 'its job is green in run 2, the newest, and no row of it was written',
  },
  {
    rule: 'no row of it, and the newest run has no such job though an older one has',
    seen: {
      grade: 'jobs',
      rows: ['R1 Lint failure', 'R2 Lint success'],
      runs: [run(1, ['Lint failure', 'Test success']), run(2, ['Lint success'])],
    },
    writer: FILE,
    is: 'unknown: not-known',
    says:
      `nobody wrote ${TEST} on this commit; .github/workflows/ci.yml would; whether it ran ` +
      'here is not told',
  },
  {
    rule: 'no row of it, and its job ended this very minute',
    seen: {
      grade: 'jobs',
      rows: ['R2 Lint success @1m'],
      runs: [run(2, ['Lint success', 'Test success'])],
    },
    is: 'pending: settling',
    says: 'the newest row is 1m old; under 5m it may change',
  },
  {
    rule: 'no row of it, its job is green, and its run goes on',
    seen: {
      grade: 'jobs',
      rows: ['R2 Lint success'],
      runs: [run(2, ['Lint success', 'Test success', 'Docs open'])],
    },
    is: 'pending: run-open',
    says: "its newest run's own job is green, and run 2 is still going",
  },
  {
    rule: 'no row of it, its job is green, and the pull request of its run is not told',
    seen: {
      grade: 'jobs',
      rows: ['R2 Lint success'],
      runs: [run(2, ['Lint success', 'Test success'], { pull: null })],
    },
    is: 'unknown: not-known',
    says: 'its job is green in run 2, whose pull request is not told',
  },
  {
    rule: 'a matrix: every leg by its own name',
    seen: {
      grade: 'jobs',
      rows: ['R2 Test (a) success', 'R2 Test (b) failure', 'R1 Test (a) failure'],
    },
    context: 'Test (a)',
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; run 1 wrote over it (row 3, failure)',
  },
  {
    rule: 'a matrix whose legs share a name: one of them failed',
    seen: {
      grade: 'jobs',
      rows: ['R2 Test success', 'R1 Test failure'],
      runs: [run(2, ['Test success', 'Test failure #77']), run(1, ['Test failure'])],
    },
    is: 'red: job-failed',
    says: `${TEST} failed in run 2, the newest`,
  },
  {
    rule: 'a matrix whose legs share a name, by rows: two jobs are no answer',
    seen: {
      grade: 'statuses',
      rows: ['R2.1 Test success', 'R2.2 Test success', 'R1 Test failure'],
      others: NOBODY,
      writers: ONE_FILE,
    },
    is: 'unknown: not-known',
    says: `two jobs of run 2 write ${TEST}`,
  },
  {
    rule: 'a person set it red after both runs',
    seen: { grade: 'jobs', rows: ['R2 Test success', '@alice Test failure'] },
    is: 'red: set-red',
    says: 'row 2 says failure, written by alice, not by Actions',
  },
  {
    rule: 'a person set it red, and only an older run wrote after that',
    seen: { grade: 'jobs', rows: ['R2 Test success', '@alice Test failure', 'R1 Test failure'] },
    is: 'red: set-red',
    says: 'row 2 says failure, written by alice, not by Actions, and no run has answered it since',
  },
  {
    rule: 'a person set it red, and the newest run answered',
    seen: { grade: 'jobs', rows: ['@alice Test failure', 'R2 Test success', 'R1 Test failure'] },
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; run 1 wrote over it (row 3, failure)',
  },
  {
    rule: 'a person set it pending',
    seen: { grade: 'jobs', rows: ['R2 Test success', '@alice Test pending'] },
    is: 'pending: set-pending',
    says: 'row 2 says pending, written by alice, not by Actions',
  },
  {
    rule: 'a red that looks like Actions and has an author is a person',
    seen: {
      grade: 'jobs',
      rows: ['R2 Test success', 'echo R1 @alice Test failure "Failing after 3s"'],
    },
    is: 'red: set-red',
    says: 'row 2 says failure, written by alice, not by Actions',
  },
  {
    rule: 'a red that a workflow posted with its token',
    seen: { grade: 'jobs', rows: ['R2 Test success', 'token Test failure'] },
    is: 'red: set-red',
    says: 'row 2 says failure, written by a workflow token or an unknown writer, not by Actions',
  },
  {
    rule: 'green by an older run over a red newest one',
    seen: { grade: 'jobs', rows: ['R2 Test failure', 'R1 Test success'] },
    is: 'false-green: older-green',
    says: 'green by run 1 (row 2), but its job failed in run 2, the newest',
  },
  {
    rule: 'the same by rows',
    seen: { grade: 'statuses', rows: ['R2 Test failure', 'R1 Test success'] },
    is: 'false-green: older-green',
    says: 'green by run 1 (row 2), but its job failed in run 2, the newest',
  },
  {
    rule: 'green by an older run whose pending row may hide a re-run of the newest, by rows',
    seen: {
      grade: 'statuses',
      rows: ['R2 Test running', 'R2 Test failure', 'R1 Test running', 'R1 Test success'],
    },
    is: 'green: unproven',
    says: 'row 4 of run 1, and what run 2 says is not known',
  },
  {
    rule: 'a person set it green over a red newest run',
    seen: { grade: 'jobs', rows: ['R2 Test failure', '@alice Test success'] },
    is: 'green: set-green',
    says: 'row 2 says success, written by alice, not by Actions',
  },
  {
    rule: 'green, and its newest run says so',
    seen: { grade: 'jobs', rows: ['R1 Test failure', 'R2 Test success'] },
    is: 'green: green',
    says: 'row 2 of run 2',
  },
  {
    rule: 'green by the newest run, whose job may fail: nobody wrote over it',
    seen: { grade: 'jobs', rows: ['R2 Test success'], runs: [run(2, ['Test failure'])] },
    is: 'green: green',
    says: 'row 1 of run 2',
  },
  {
    rule: 'its job and its own row contradict each other',
    seen: {
      grade: 'jobs',
      rows: ['R2 Test failure'],
      runs: [run(2, ['Test success'])],
    },
    is: 'unknown: not-known',
    says: 'its status row 1 says failure, its job success',
  },
  {
    rule: 'a task says otherwise than its row',
    seen: { grade: 'tasks', rows: RACE, tasks: [task(2, 'Test failure'), task(1, 'Test failure')] },
    is: 'unknown: not-known',
    says: 'its status row says success, its task row 201 says failure',
  },
  {
    rule: 'a state nobody knows may be all there is of a newer run',
    seen: { grade: 'jobs', rows: ['R2 Test success', '@alice Test unknown', 'R1 Test failure'] },
    is: 'unknown: not-known',
    says: `row 2 of ${TEST} has a state this version does not know`,
  },
  {
    rule: 'something of the head could not be read',
    seen: { grade: 'jobs', rows: RACE, gaps: [gap(null)] },
    is: 'unknown: not-known',
    says: 'history: lost',
  },
  {
    rule: 'what the umbrella needs could not be read: that says nothing of a plain job',
    seen: {
      grade: 'jobs',
      rows: RACE,
      gaps: [{ ...gap(null), what: `what ${policy().umbrella} needs` }],
    },
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; run 1 wrote over it (row 4, failure)',
  },
  {
    rule: 'two latest rows stand, both red',
    seen: {
      grade: 'jobs',
      version: '1.27.0',
      rows: ['R2 Test failure', 'R1 Test failure'],
      latest: rows => rows,
    },
    is: 'unknown: not-known',
    says:
      `2 latest rows carry ${TEST}: row 2 failure by Actions, row 1 failure by Actions; two ` +
      'workflows write it, and the gate combines both',
  },
  {
    rule: 'its history was not read',
    seen: { grade: 'jobs', rows: RACE, history: null },
    is: 'unknown: not-known',
    says: `the history of ${TEST} was not read`,
  },
  {
    rule: 'nobody wrote it, and its run goes on',
    seen: { grade: 'jobs', rows: ['R2 Lint running'] },
    writer: FILE,
    is: 'never-reported: not-come-yet',
    says: `run 2 has not come to ${TEST} yet; a run of a fork waits for an approval`,
  },
  {
    rule: 'nobody wrote it, and its workflow is filtered',
    seen: { grade: 'jobs', rows: [] },
    writer: { ...FILE, filters: 'paths: src/**' },
    is: 'never-reported: filtered',
    says:
      'no run of .github/workflows/ci.yml began for this commit: it is filtered by paths: ' +
      'src/**',
  },
  {
    rule: 'nobody wrote it, and no run began',
    seen: { grade: 'jobs', rows: [] },
    writer: FILE,
    is: 'never-reported: never-run',
    says: 'no run of .github/workflows/ci.yml began for this commit',
  },
  {
    rule: 'nobody wrote it, and no file has such a job',
    seen: { grade: 'jobs', rows: ['R2 Tests success'] },
    writer: { kind: 'nobody', branch: 'main' },
    is: 'never-reported: no-writer',
    says:
      `no workflow file on main has a job that writes ${TEST}; did you mean "CI / Tests ` +
      '(pull_request)"?',
  },
  {
    rule: 'nobody wrote it, and the files cannot be read',
    seen: { grade: 'jobs', rows: ['R2 Tests success'] },
    writer: { kind: 'unreadable', why: 'no' },
    is: 'unknown: not-known',
    says: `nobody wrote ${TEST} on this commit; no`,
  },
  {
    rule: 'nobody wrote it by rows alone: another run says nothing of its workflow',
    seen: { grade: 'statuses', rows: ['R2 Lint success'] },
    writer: { ...FILE, filters: 'paths: src/**' },
    is: 'unknown: not-known',
    says:
      `nobody wrote ${TEST} on this commit; .github/workflows/ci.yml would, which is ` +
      'filtered by paths: src/**; whether it ran here is not told',
  },
  {
    rule: 'on a server where a job may have no row, rows alone show nothing',
    seen: { grade: 'statuses', version: '28.0.0', rows: RACE, others: NOBODY, writers: ONE_FILE },
    is: 'unknown: not-known',
    says: 'on this server a job may have no status row, and its jobs could not be read',
  },
]

describe('one required context by rows', () => {
  it.each(ROWS)('$rule', ({ seen, is, says, ...asked }) => {
    const found = judged(head(seen), asked)
    expect([told(found), found.detail]).toEqual([is, says])
  })

  it('has a scene for every class that rows can show', () => {
    const shown = new Set(ROWS.map(({ is }) => is))
    expect(shown.size).toBeGreaterThanOrEqual(18)
  })

  it('says the same, in whatever order rows come', () => {
    for (const { seen, is, ...asked } of ROWS) {
      const evidence = head(seen)
      const turned: Evidence = {
        ...evidence,
        latest: [...evidence.latest].reverse(),
        history: evidence.history === null ? null : [...evidence.history].reverse(),
      }
      expect(told(judged(turned, asked))).toBe(is)
    }
  })
})

interface CheckCase {
  readonly rule: string
  readonly seen: ChecksChange
  readonly context?: string
  readonly writer?: UmbrellaWriter
  readonly is: string
  readonly says: string
}

const CHECKS: readonly CheckCase[] = [
  {
    rule: 'an older run is red, the newest of its workflow and event green',
    seen: { legs: ['R1 Test failure', 'R2 Test success'] },
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; check run 500 of run 1, an older one, is failure',
  },
  {
    rule: 'an older run was cancelled',
    seen: { legs: ['R1 Test cancelled', 'R2 Test success'] },
    is: 'stale: cancelled-before',
    says:
      'its job is green in run 2, the newest; check run 500 of run 1, an older one, is ' +
      'cancelled',
  },
  {
    rule: 'an older run is pending, and has ended',
    seen: { legs: ['R1 Test open', 'R2 Test success'], runs: { 1: { state: 'cancelled' } } },
    is: 'stale: run-ended',
    says: 'its job is green in run 2, the newest; check run 500 of run 1, an older one, is open',
  },
  {
    rule: 'an older run is pending, and goes on',
    seen: { legs: ['R1 Test open', 'R2 Test success'] },
    is: 'pending: run-open',
    says: "its newest run's own job is green, and run 1 is still going",
  },
  {
    rule: 'the jobs of the newest run were not read: anybody may have made its check',
    seen: { legs: ['R1 Test failure', 'R2 Test success'], unlistedIn: 2 },
    is: 'unknown: not-known',
    says: 'Test is green, but the jobs of run 2 were not read',
  },
  {
    rule: "the newest run's check was made by a workflow's token",
    seen: { legs: ['R1 Test failure', 'R2 Lint success', 'token:R2 Test success'] },
    is: 'unknown: not-known',
    says: 'run 2, the newest of ci.yml (pull_request), has no job of this name',
  },
  {
    rule: 'two pull requests on the commit: no run supersedes another',
    seen: { legs: ['R1 Test failure', 'R2 Test success'], pulls: [pull(), pull(8)] },
    is: 'red: job-failed',
    says: 'Test failed in run 1, the newest',
  },
  {
    rule: 'another event of the same workflow is red',
    seen: {
      legs: ['R1 Test failure', 'R2 Test success'],
      runs: { 1: { event: 'pull_request_target' } },
    },
    is: 'red: job-failed',
    says: 'Test failed in run 1, the newest',
  },
  {
    rule: 'another workflow writes the same name, and is red',
    seen: {
      legs: ['R1 Test failure', 'R2 Test success', 'R3 Test failure'],
      runs: { 3: { workflow: 2, path: 'other.yml' } },
    },
    is: 'red: job-failed',
    says: 'Test failed in run 3, the newest',
  },
  {
    rule: 'the newest run failed',
    seen: { legs: ['R1 Test success', 'R2 Test failure'] },
    is: 'red: job-failed',
    says: 'Test failed in run 2, the newest',
  },
  {
    rule: 'the newest run has not come to it, and an older one was red',
    seen: { legs: ['R1 Test failure', 'R2 Lint open'], runs: { 2: { state: 'open' } } },
    is: 'pending: job-open',
    says: 'run 2, the newest of ci.yml (pull_request), has not come to it yet',
  },
  {
    rule: 'the newest run failed before it came to it: the older green stands',
    seen: { legs: ['R1 Test success', 'R2 Lint failure'], runs: { 2: { state: 'failure' } } },
    is: 'false-green: older-green',
    says: 'green by an older run, but run 2 failed before it came to it (run 2)',
  },
  {
    rule: 'two executions of the newest run, red then green',
    seen: { legs: ['R1 Test failure', 'R2 Test failure', 'R2.2 Test success'] },
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; check run 500 of run 1, an older one, is failure',
  },
  {
    rule: 'two executions of the newest run whose order was not read',
    seen: {
      legs: ['R1 Test failure', 'R2 Test failure', 'R2.2 Test success'],
      attempts: 'not-read',
    },
    is: 'unknown: not-known',
    says: 'which of its executions is the newest was not read',
  },
  {
    rule: 'another app says failure under this name',
    seen: { legs: ['R2 Test success', 'codecov Test failure'] },
    is: 'red: set-red',
    says: 'check run 501 of codecov says failure',
  },
  {
    rule: 'another app has not finished',
    seen: { legs: ['R2 Test success', 'codecov Test open'] },
    is: 'pending: set-pending',
    says: 'check run 501 of codecov says open',
  },
  {
    rule: 'a person posted a red status of this name',
    seen: { legs: ['R2 Test success'], statuses: ['@ann Test failure'] },
    is: 'red: set-red',
    says: 'status 100 says failure, written by ann',
  },
  {
    rule: 'a posted status: an older run posted red over the green of the newest',
    seen: {
      legs: ['R1 Lint success', 'R2 Lint success'],
      statuses: ['R2 Test success', 'R1 Test failure'],
    },
    is: 'stale: overwritten',
    says: 'run 2, the newest, posted it green; status 101 (failure) is of run 1',
  },
  {
    rule: 'a posted status: the newest run posted red',
    seen: {
      legs: ['R1 Lint success', 'R2 Lint success'],
      statuses: ['R1 Test success', 'R2 Test failure'],
    },
    is: 'red: job-failed',
    says: 'Test failed in run 2, the newest',
  },
  {
    rule: 'green, but a merge wants it from another app',
    seen: { legs: ['R1 Test success'], required: [{ context: 'Test', app: 99 }] },
    is: 'never-reported: other-app',
    says: 'a merge wants Test from app 99; a job of app 15368 may not count',
  },
  { rule: 'green', seen: { legs: ['R1 Test success'] }, is: 'green: green', says: 'by run 1' },
  {
    rule: 'green by an older run, and the newest ended without such a job',
    seen: { legs: ['R1 Test success', 'R2 Lint success'] },
    is: 'green: unproven',
    says:
      'green by an older run; run 2, the newest of ci.yml (pull_request), has no job of this ' +
      'name',
  },
  {
    rule: 'skipped',
    seen: { legs: ['R1 Test skipped'] },
    is: 'green: skipped',
    says: 'skipped in run 1, which a merge takes for a pass',
  },
  {
    rule: 'green, and nobody who is known wrote it',
    seen: { legs: ['codecov Test success'] },
    is: 'green: set-green',
    says: 'no run of Actions wrote it',
  },
  {
    rule: 'nobody wrote it: its run is held for an approval',
    seen: { legs: ['R1 Lint action-required'], runs: { 1: { state: 'action-required' } } },
    writer: { ...FILE, path: 'ci.yml' },
    is: 'never-reported: awaiting-approval',
    says: 'run 1 waits for an approval before it may start',
  },
  {
    rule: 'nobody wrote it: its run never started',
    seen: { legs: [], runs: { 1: { state: 'failure', neverStarted: true } } },
    writer: { ...FILE, path: 'ci.yml' },
    is: 'never-reported: never-started',
    says: 'run 1 never started: its workflow file is not valid',
  },
  {
    rule: 'nobody wrote it: it is filtered',
    seen: { legs: [] },
    writer: { ...FILE, filters: 'paths: src/**' },
    is: 'never-reported: filtered',
    says:
      'no run of .github/workflows/ci.yml began for this commit: it is filtered by paths: ' +
      'src/**',
  },
  {
    rule: 'nobody wrote it: no run began',
    seen: { legs: [] },
    writer: FILE,
    is: 'never-reported: never-run',
    says: 'no run of .github/workflows/ci.yml began for this commit',
  },
  {
    rule: 'nobody wrote it: no file has such a job',
    seen: { legs: ['R1 Tests success'] },
    writer: { kind: 'nobody', branch: 'main' },
    is: 'never-reported: no-writer',
    says: 'no workflow file on main has a job that writes Test; did you mean "Tests"?',
  },
  {
    rule: 'something of the head could not be read',
    seen: { legs: ['R1 Test failure', 'R2 Test success'], gaps: [gap(null)] },
    is: 'unknown: not-known',
    says: 'history: lost',
  },
]

describe('one required context by check runs', () => {
  it.each(CHECKS)('$rule', ({ seen, is, says, context = 'Test', writer }) => {
    const asked = { policy: policy(), evidence: checksHead(seen), pull: pull(), context }
    const found = judgeContext(writer === undefined ? asked : { ...asked, writer })
    expect([told(found), found.detail]).toEqual([is, says])
  })
})

describe('every required context', () => {
  const names = (required: readonly string[], evidence: Evidence): readonly string[] =>
    judgeRequired({
      policy: policy(),
      evidence,
      pull: pull(),
      required,
      writers: new Map(),
    }).map(({ context, ...one }) => `${context}: ${told(one)}`)

  it('leaves the umbrella to its verdict', () => {
    const evidence = head({ grade: 'jobs', rows: ['R2 Test success', 'R2 umbrella failure'] })
    expect(names([policy().umbrella, contextOf('Test')], evidence)).toEqual([
      `${contextOf('Test')}: green: green`,
    ])
  })

  it('expands patterns, and says which match nothing', () => {
    const evidence = head({
      grade: 'jobs',
      rows: [...RACE, 'R2 Lint success', 'R2 umbrella success'],
    })
    expect(names(['CI / *', 'deploy/*'], evidence)).toEqual([
      `${contextOf('Lint')}: green: green`,
      `${contextOf('Test')}: stale: overwritten`,
      'deploy/*: never-reported: no-match',
    ])
  })

  it('takes no name on GitHub for a pattern', () => {
    const evidence = checksHead({ legs: ['R1 Test success', 'R1 T* failure'] })
    expect(names(['T*'], evidence)).toEqual(['T*: red: job-failed'])
  })

  it('names a job without a row', () => {
    const evidence = head({
      grade: 'jobs',
      rows: ['R2 Lint success'],
      runs: [run(2, ['Lint success', 'Test success'])],
    })
    expect(names(['CI / *'], evidence)).toContain(`${contextOf('Test')}: stale: row-lost`)
  })

  it('says nothing where nothing is required', () => {
    expect(names([], head({ grade: 'jobs', rows: RACE }))).toEqual([])
  })
})
