import { expect, it } from '@jest/globals'
import { rerunEnd } from '../../src/apply/rerun-end.js'
import type { Job } from '../../src/core/model/job.js'
import type { HeadChange, Line } from '../support/builders.js'
import { contextOf, gap, pull, run, UMBRELLA } from '../support/builders.js'
import type { ChecksChange } from '../support/check-builders.js'
import { checksHead, GATE } from '../support/check-builders.js'
import { judged, ranAgain, rowsAfter, sentOnChecks, sentOnRows } from '../support/started-reruns.js'

interface RowEnd {
  readonly rule: string
  /** Rows above those of the good case, whose last one is row 9. */
  readonly rows: readonly Line[]
  /** What is shown of the umbrella job of run 1. */
  readonly job: Partial<Job>
  readonly more?: Partial<HeadChange>
  /** `null`: it is not over. */
  readonly end: object | null
}

const AGAIN = ['R1 umbrella waiting', 'R1 umbrella running']
const ENDED = [...AGAIN, 'R1 umbrella success']
const TEST = contextOf('Test')
const LINK = ': https://git.example.org/o/r/actions/runs/1/jobs/104'
const RED = [...AGAIN, 'R1 umbrella failure']

const BY_ROW: readonly RowEnd[] = [
  {
    rule: 'green: the new execution and its row are green',
    rows: ENDED,
    job: { state: 'success' },
    end: { code: 'rerun', detail: 'attempt 2 is green (row 12)', gate: [] },
  },
  {
    rule: 'green, and what else closes the gate is told',
    rows: [...ENDED, '@ann chat/bot failure'],
    job: { state: 'success' },
    end: {
      code: 'rerun',
      detail: 'attempt 2 is green (row 12)',
      gate: [{ context: 'chat/bot', state: 'failure' }],
    },
  },
  {
    rule: 'green: a new execution whose attempt is not told',
    rows: ENDED,
    job: { state: 'success', attempt: null },
    end: { code: 'rerun', detail: 'attempt ? is green (row 12)', gate: [] },
  },
  {
    rule: 'green: a new row of the run tells of a new execution that the jobs do not show yet',
    rows: ENDED,
    job: { state: 'success', attempt: 1 },
    end: { code: 'rerun', detail: 'attempt 1 is green (row 12)', gate: [] },
  },
  {
    rule: 'not over: nothing has begun',
    rows: [],
    job: { state: 'failure', attempt: 1 },
    end: null,
  },
  {
    rule: 'not over: a row of another run is no new execution',
    rows: ['R0 umbrella failure'],
    job: { state: 'failure', attempt: 1 },
    more: { runs: [run(0, ['umbrella failure']), ranAgain({ state: 'failure', attempt: 1 })] },
    end: null,
  },
  { rule: 'not over: its row is pending', rows: AGAIN, job: { state: 'success' }, end: null },
  { rule: 'not over: its job is going', rows: ENDED, job: { state: 'open' }, end: null },
  {
    rule: 'not over: what counts was not seen',
    rows: ENDED,
    job: { state: 'success' },
    more: { gaps: [gap(UMBRELLA)] },
    end: null,
  },
  {
    rule: 'overtaken: a skipped umbrella is green on the gate and proves nothing',
    rows: [...AGAIN, 'R1 umbrella skipped'],
    job: { state: 'skipped' },
    end: { code: 'overtaken', detail: 'row 12 says that the umbrella was skipped' },
  },
  {
    rule: 'overtaken: green over a required job that is red is no repair',
    rows: ['R1 Test failure', ...ENDED],
    job: { state: 'success' },
    more: { runs: [ranAgain({ state: 'success' }, 'failure')] },
    end: {
      code: 'overtaken',
      detail:
        '#7 is now false-green: ' +
        `the umbrella is green, but ${TEST} failed in run 1, the newest`,
    },
  },
  {
    rule: 'overtaken: the job is green, and a red row of its run landed on top',
    rows: [...ENDED, 'R1 umbrella failure'],
    job: { state: 'success' },
    end: {
      code: 'overtaken',
      detail: 'attempt 2 is green, but row 13 (failure) stands over it',
    },
  },
  {
    rule: 'overtaken: the same of an attempt that is not told',
    rows: [...ENDED, 'R1 umbrella failure'],
    job: { state: 'success', attempt: null },
    end: {
      code: 'overtaken',
      detail: 'attempt ? is green, but row 13 (failure) stands over it',
    },
  },
  {
    rule: 'overtaken: a person wrote over it',
    rows: [...ENDED, '@ann umbrella failure'],
    job: { state: 'success' },
    end: { code: 'overtaken', detail: 'row 13 (failure) was written by somebody else' },
  },
  {
    rule: 'overtaken: another pull request of the head has a newer run',
    rows: ['R2 Lint success', 'R2 Test success', 'R2 umbrella waiting', ...RED],
    job: { state: 'failure' },
    more: {
      pulls: [pull(7), pull(9)],
      runs: [
        ranAgain({ state: 'failure' }),
        run(2, ['Lint success', 'Test success', 'umbrella open'], { pull: 9 }),
      ],
    },
    end: {
      code: 'overtaken',
      detail:
        'run 2 began meanwhile; rows of run 1, which was run again, may stand over its own ' +
        'until its jobs end',
    },
  },
  {
    rule: 'still red: the new execution ended red as well',
    rows: RED,
    job: { state: 'failure' },
    end: {
      code: 'still-red',
      detail: `the umbrella job ended failure again in attempt 2, over green jobs${LINK}`,
      command: null,
    },
  },
]

it.each(BY_ROW)('by rows: $rule', ({ rows, job, more = {}, end }) => {
  const { one, bench } = sentOnRows()
  const after = rowsAfter(rows, { runs: [ranAgain(job)], ...more })
  expect(rerunEnd(bench, one, judged(bench, after))).toEqual(end && { ...end, rerun: one.write })
})

it('by rows: where a server has no page of a job, none is named', () => {
  const { one, bench } = sentOnRows()
  const unlinked = { ...bench, forge: { ...bench.forge, addressOf: () => '' } }
  const after = rowsAfter(RED, { runs: [ranAgain({ state: 'cancelled', attempt: null })] })
  expect(rerunEnd(unlinked, one, judged(bench, after))?.detail).toBe(
    'the umbrella job ended cancelled again in attempt ?, over green jobs',
  )
})

interface CheckEnd {
  readonly rule: string
  readonly seen: ChecksChange
  readonly end: object | null
}

const GREEN = ['R2 Lint success', 'R2 Test success']

const FIRST = [...GREEN, `R2 ${GATE} failure`]
const AGAIN_GREEN = [...FIRST, `R2.2 ${GATE} success`]
const IS_GREEN = 'execution 2 of the umbrella job in run 2 is green'
const HINTS =
  'its event may be frozen in the payload it reads, the jobs it needs may be cancelled in its ' +
  'own run, or its script may count older runs'
/** A run of another workflow that carries the umbrella too. */
const OTHER = { workflow: 2, path: 'gate.yml' } as const

const BY_CHECK: readonly CheckEnd[] = [
  {
    rule: 'green: the new execution is green',
    seen: { legs: AGAIN_GREEN },
    end: { code: 'rerun', detail: IS_GREEN, gate: [] },
  },
  {
    rule: 'green, though its run has not ended: nothing is in doubt',
    seen: { legs: AGAIN_GREEN, runs: { 2: { state: 'open' } } },
    end: { code: 'rerun', detail: IS_GREEN, gate: [] },
  },
  {
    rule: 'green, and another run of the umbrella is still red',
    seen: {
      legs: [...GREEN, `R1 ${GATE} failure`, `R2 ${GATE} failure`, `R2.2 ${GATE} success`],
      runs: { 1: OTHER },
    },
    end: {
      code: 'rerun',
      detail: `${IS_GREEN}; another run of it is still red, and the next sweep goes on`,
      gate: [],
    },
  },
  {
    rule: 'not over: it is shown again with its old start',
    seen: { legs: FIRST },
    end: null,
  },
  {
    rule: 'not over: its job is going, whatever its run says',
    seen: { legs: [...FIRST, `R2.2 ${GATE} open`], runs: { 2: { state: 'success' } } },
    end: null,
  },
  {
    rule: 'not over: its run is open, and something is in doubt',
    seen: {
      legs: [...GREEN, `R1 ${GATE} failure`, `R2 ${GATE} failure`, `R2.2 ${GATE} success`],
      runs: { 2: { state: 'open' }, 1: OTHER },
    },
    end: null,
  },
  {
    rule: 'overtaken: in doubt, and the run that is open is another one',
    seen: { legs: [...AGAIN_GREEN, `R1 ${GATE} open`], runs: { 1: OTHER } },
    end: {
      code: 'overtaken',
      detail: 'execution 2 of the umbrella job in run 2 ended success: #7 is now umbrella-pending',
    },
  },
  {
    rule: 'overtaken: green, and a required job failed meanwhile',
    seen: { legs: [...AGAIN_GREEN, 'R2.2 Test failure'] },
    end: {
      code: 'overtaken',
      detail: 'execution 2 of the umbrella job in run 2 ended success: #7 is now false-green',
    },
  },
  {
    rule: 'overtaken: a skipped job is not a green one',
    seen: { legs: [...FIRST, `R2.2 ${GATE} skipped`] },
    end: { code: 'overtaken', detail: 'execution 2 of the umbrella job in run 2 ended skipped' },
  },
  ...(['failure', 'cancelled'] as const).map(state => ({
    rule: `still red: it ended ${state} again`,
    seen: { legs: [...FIRST, `R2.2 ${GATE} ${state}`] },
    end: {
      code: 'still-red',
      detail:
        `execution 2 of the umbrella job in run 2 ended ${state} again, over green jobs; ` + HINTS,
      command: null,
    },
  })),
]

it.each(BY_CHECK)('by check runs: $rule', ({ seen, end }) => {
  const { one, bench } = sentOnChecks()
  const after = checksHead(seen)
  expect(rerunEnd(bench, one, judged(bench, after))).toEqual(end && { ...end, rerun: one.write })
})

it('by check runs: it is enough that one pull request of several sees another red run', () => {
  const { one, bench } = sentOnChecks()
  const after = checksHead({ legs: AGAIN_GREEN })
  const stillRed = judged(
    bench,
    checksHead({ legs: [...AGAIN_GREEN, `R1 ${GATE} failure`], runs: { 1: OTHER } }),
  )
  const [red] = stillRed.judgements.values()
  const { judgements } = judged(bench, after)
  if (red === undefined) throw new Error('nothing judged')
  const mixed = new Map([...judgements, [9, red]])
  expect(rerunEnd(bench, one, { evidence: after, judgements: mixed })?.detail).toBe(
    `${IS_GREEN}; another run of it is still red, and the next sweep goes on`,
  )
})
