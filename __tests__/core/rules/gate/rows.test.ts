import { expect, it } from '@jest/globals'
import type { Evidence } from '../../../../src/core/model/evidence.js'
import { judgeContext } from '../../../../src/core/rules/gate/context.js'
import type { RequiredContext } from '../../../../src/core/rules/gate/finding.js'
import type { HeadChange } from '../../../support/builders.js'
import { contextOf, head, policy, pull, run } from '../../../support/builders.js'

const TEST = contextOf('Test')
const RACE = ['R2 Test success', 'R1 Test failure']
/** A run whose Test is green and wrote no row. */
const LOST_TEST = [run(2, ['Lint success', 'Test success'])]

const judged = (evidence: Evidence, context = TEST): RequiredContext =>
  judgeContext({ policy: policy(), evidence, pull: pull(), context })

interface Scene {
  readonly rule: string
  readonly seen: HeadChange
  readonly is: string
  readonly says: string
}

const STANDS: readonly Scene[] = [
  {
    rule: 'the files need not be read where every run is told with its file',
    seen: { grade: 'jobs', rows: RACE, writers: { kind: 'not-read' } },
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; run 1 wrote over it (row 2, failure)',
  },
  {
    rule: 'a red that we wrote: nothing is known by it',
    seen: {
      grade: 'jobs',
      rows: ['R2 Test success', { line: 'us undo 1 2 aaaa failure', context: TEST }],
    },
    is: 'unknown: not-known',
    says: 'row 2 says failure, and we wrote it',
  },
  {
    rule: 'a green of ours is told as ours',
    seen: {
      grade: 'jobs',
      rows: ['R2 Test failure', { line: 'us green 1 2 aaaa', context: TEST }],
    },
    is: 'green: set-green',
    says: 'row 2 is ours',
  },
  {
    rule: 'a row of a job that its run does not have is a mistake of the server',
    seen: {
      grade: 'jobs',
      rows: ['R2 Test success', 'R2.999 Test failure'],
      runs: [run(2, ['Test success'])],
    },
    is: 'unknown: not-known',
    says: 'row 2 names a job that its run does not have: a mistake of the server',
  },
  {
    rule: 'green by an older run over a cancelled newest one',
    seen: { grade: 'jobs', rows: ['R2 Test cancelled', 'R1 Test success'] },
    is: 'false-green: older-green',
    says: 'green by run 1 (row 2), but its job was cancelled in run 2, the newest',
  },
  {
    rule: 'green by an older run, which may be the newest of another pull request',
    seen: { rows: ['R2 Test failure', 'R1 Test success'], others: { kind: 'read', numbers: [9] } },
    is: 'unknown: not-known',
    says:
      'green by run 1 (row 2), but its job failed in run 2, the newest; other pull requests ' +
      'stand here',
  },
  {
    rule: 'skipped, on a server that writes it as a state of its own',
    seen: { grade: 'jobs', rows: ['R1 Test skipped'] },
    is: 'green: skipped',
    says: 'skipped in run 1, which the server lets pass',
  },
  {
    rule: 'skipped, on a server that writes it as a success',
    seen: { grade: 'statuses', rows: ['R1 Test skipped'] },
    is: 'green: skipped',
    says: 'skipped in run 1, which the server lets pass',
  },
  {
    rule: 'only runs of another pull request wrote it',
    seen: {
      grade: 'jobs',
      rows: ['R1 Test failure'],
      runs: [run(1, ['Test failure'], { pull: 9 })],
    },
    is: 'unknown: not-known',
    says: 'no run that is known wrote it',
  },
  {
    rule: 'a red that is as old as it must be may be called stale',
    seen: { grade: 'jobs', rows: ['R2 Test success', 'R1 Test failure @5m'] },
    is: 'stale: overwritten',
    says: 'its job is green in run 2, the newest; run 1 wrote over it (row 2, failure)',
  },
]

const FORGEJO = '15.0.0+gitea-1.22.0'

const PENDING: readonly Scene[] = [
  {
    rule: 'its run has ended by its own word, and its row is still pending',
    seen: { grade: 'tasks', version: FORGEJO, rows: ['R1 Test running'], runs: [run(1, [])] },
    is: 'unknown: run-ended',
    says: 'run 1 has ended, and its row is still pending: what its job said is not told here',
  },
  {
    rule: 'its run goes on by its own word',
    seen: {
      grade: 'tasks',
      version: FORGEJO,
      rows: ['R1 Test running'],
      runs: [run(1, [], { completed: false })],
    },
    is: 'pending: job-open',
    says: 'a task of run 1 is still going',
  },
  {
    rule: 'where its job can be read, that it goes on counts, whatever its run says of itself',
    seen: {
      grade: 'jobs',
      rows: ['R1 Test running'],
      runs: [run(1, ['Test open'], { completed: true })],
    },
    is: 'pending: job-open',
    says: 'a job of run 1 is still going',
  },
  {
    rule: 'its newest run wrote it as blocked',
    seen: { grade: 'jobs', rows: ['R1 Test blocked'] },
    is: 'pending: job-blocked',
    says:
      'run 1 wrote it as blocked: by jobs that it needs, by its concurrency group, or by an ' +
      'approval that is missing',
  },
  {
    rule: 'an older run wrote it as blocked: the newest goes on',
    seen: { grade: 'jobs', rows: ['R2 Test running', 'R1 Test blocked'] },
    is: 'pending: job-open',
    says: 'a job of run 2 is still going',
  },
]

const LOST: readonly Scene[] = [
  {
    rule: 'no row, and its job was skipped: no row would have been a red one',
    seen: {
      grade: 'jobs',
      rows: ['R2 Lint success'],
      runs: [run(2, ['Lint success', 'Test skipped'])],
    },
    is: 'unknown: not-known',
    says: `${TEST} was skipped in run 2, and no row of it was written`,
  },
  {
    rule: 'no row, and two files write what is beside it: no job speaks for it',
    seen: {
      grade: 'jobs',
      rows: ['R1 Lint success', 'R2 Lint success'],
      runs: [
        run(1, ['Lint success', 'Test success'], { file: 'a.yml' }),
        run(2, ['Lint success', 'Test success'], { file: 'b.yml' }),
      ],
    },
    is: 'unknown: not-known',
    says: `nobody wrote ${TEST} on this commit; its workflow file was not read`,
  },
  {
    rule: 'no row: what a person wrote a minute ago beside it makes it no younger',
    seen: { grade: 'jobs', rows: ['R2 Lint success', '@ann Lint success @1m'], runs: LOST_TEST },
    is: 'stale: row-lost',
    says: 'its job is green in run 2, the newest, and no row of it was written',
  },
  {
    rule: 'no row: nor does what a run of another workflow wrote a minute ago',
    seen: {
      grade: 'jobs',
      rows: ['R2 Lint success', 'R3 Deploy / x (pull_request) success @1m'],
      runs: [...LOST_TEST, run(3, ['x success'], { file: 'deploy.yml' })],
    },
    is: 'stale: row-lost',
    says: 'its job is green in run 2, the newest, and no row of it was written',
  },
]

it.each([...STANDS, ...PENDING, ...LOST])('$rule', ({ seen, is, says }) => {
  const { state, class: as, detail } = judged(head(seen))
  expect([`${state}: ${as}`, detail]).toEqual([is, says])
})

it('asks for the workflow files where it was not read who would write it', () => {
  expect(judged(head({ grade: 'jobs', rows: [] })).unread).toBe('files')
})

it('names the row, the run and the job of what it found', () => {
  expect(judged(head({ grade: 'jobs', rows: RACE }))).toMatchObject({
    context: TEST,
    row: 2,
    run: 2,
    job: { key: 201, id: 201 },
  })
})

it('names no job where two of the newest run have the name', () => {
  const runs = [run(2, ['Test success', 'Test failure #77']), run(1, ['Test failure'])]
  expect(judged(head({ grade: 'jobs', rows: RACE, runs })).job).toBeNull()
})

it('names the run and the job of a lost row', () => {
  const seen = head({ grade: 'jobs', rows: ['R2 Lint success'], runs: LOST_TEST })
  expect(judged(seen)).toMatchObject({ row: null, run: 2, job: { key: 201, id: 201 } })
})
