import { describe, expect, it } from '@jest/globals'
import { closingOf } from '../../../src/core/plan/withdrawal.js'
import type { Policy } from '../../../src/core/model/policy.js'
import type { SignedRow } from '../../../src/core/model/status.js'
import { pendingOver } from '../../../src/core/plan/withdrawal.js'
import type { HeadChange } from '../../support/builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'
import { contextOf, gap, head, policy, pull, run, STALE, UMBRELLA } from '../../support/builders.js'

const GREEN = [...STALE, 'us green 9 1 aaaa']
const PENDING = 'us undo 9 1 aaaa pending'
const FAILED = ['R1 Test running', 'R1 Test failure']

interface ClosingCase {
  readonly rule: string
  readonly seen: HeadChange
  readonly asked?: Policy
  /** What is written in the place of our row, and why; `null`: our row stays. */
  readonly put: { readonly state: string; readonly why: string } | null
}

const failed = { state: 'failure', why: `${contextOf('Test')} failed in run 1` }
const listless = policy({ required: [] })
const vetoed = (name: string, row = 10) => ({
  state: 'failure',
  why: `row ${row} of ${contextOf(name)} (failure) came in before our success`,
})
const MISFIT = [
  'R1 umbrella failure',
  'R2 Lint success',
  'R2 Test failure',
  'R2 umbrella failure',
  'us green 4 2 aaaa',
]
const TWO_FILES = () => [
  run(1, ['umbrella failure'], { file: 'other.yml' }),
  run(2, ['Lint success', 'Test failure', 'umbrella failure']),
]
const WRITE_IT = `two workflow files write ${UMBRELLA}: ci.yml, other.yml`

describe('our row is closed', () => {
  it.each<ClosingCase>([
    { rule: 'a required job failed', seen: { rows: [...GREEN, ...FAILED] }, put: failed },
    {
      rule: 'a required job was cancelled',
      seen: { rows: [...GREEN, 'R1 Test running', 'R1 Test cancelled'] },
      put: { state: 'failure', why: `${contextOf('Test')} was cancelled in run 1` },
    },
    {
      rule: 'a required job is going',
      seen: { rows: [...GREEN, 'R1 Test waiting'] },
      put: { state: 'pending', why: `${contextOf('Test')} is going in run 1` },
    },
    {
      rule: 'an implied job failed',
      asked: listless,
      seen: { rows: [...GREEN, ...FAILED] },
      put: failed,
    },
    {
      rule: 'the state that stood is put back: error',
      seen: { rows: [...STALE, '@alice umbrella error', 'us green 10 1 aaaa', ...FAILED] },
      put: { ...failed, state: 'error' },
    },
    {
      rule: 'what stood was pending: failure',
      seen: { rows: [...STALE, 'R1 umbrella running', 'us green 10 1 aaaa', ...FAILED] },
      put: failed,
    },
    {
      rule: 'no run wrote the umbrella',
      seen: { rows: [...GREEN.filter(line => !line.includes('umbrella')), ...FAILED] },
      put: null,
    },
    { rule: 'nothing speaks against it', seen: { rows: GREEN }, put: null },
    {
      rule: 'a gap in a required context',
      seen: { rows: [...GREEN, ...FAILED], gaps: [gap(contextOf('Test'))] },
      put: null,
    },
    {
      rule: 'a gap nobody knows the context of',
      seen: { rows: [...GREEN, ...FAILED], gaps: [gap(null)] },
      put: null,
    },
    {
      rule: 'a gap in the umbrella',
      seen: { rows: [...GREEN, ...FAILED], gaps: [gap(UMBRELLA)] },
      put: null,
    },
    {
      rule: 'a gap in a context that does not count',
      seen: { rows: [...GREEN, ...FAILED], gaps: [gap('chat/bot')] },
      put: failed,
    },
    {
      rule: 'a gap anywhere, with an empty list',
      asked: listless,
      seen: { rows: [...GREEN, ...FAILED], gaps: [gap('chat/bot')] },
      put: null,
    },
    {
      rule: 'more than one job writes the umbrella by now, which is no gap',
      asked: listless,
      seen: { rows: GREEN, gaps: [gap(null, 'ambiguous')] },
      put: { state: 'failure', why: 'history: lost' },
    },
    {
      rule: 'the same, and something else that could not be read',
      asked: listless,
      seen: { rows: GREEN, gaps: [gap(null, 'ambiguous'), gap(null)] },
      put: null,
    },
    { rule: 'no history', seen: { rows: [...GREEN, ...FAILED], history: null }, put: null },
    {
      rule: 'a row that no sweep had seen',
      seen: { rows: [...STALE, 'R1 umbrella running', 'us green 9 1 aaaa'] },
      put: { state: 'pending', why: 'row 10 (pending) came in before our success' },
    },
    {
      rule: "the green is Actions' own",
      seen: { rows: [...STALE, 'R1 umbrella success', ...FAILED] },
      put: null,
    },
    {
      rule: 'our pending over a red row',
      seen: { rows: [...GREEN, ...FAILED, '@alice umbrella error', PENDING] },
      put: { state: 'error', why: 'our pending covers row 13 (error), and nothing is going' },
    },
    {
      rule: "our pending over another's green over Actions' red",
      seen: { rows: [...GREEN, ...FAILED, '@alice umbrella success', PENDING] },
      put: { state: 'failure', why: 'our pending covers row 9 (failure), and nothing is going' },
    },
    {
      rule: "our pending over Actions' own green, a job failed",
      seen: { rows: [...GREEN, 'R1 umbrella success', PENDING, ...FAILED] },
      put: failed,
    },
    {
      rule: 'our pending over a veto, whatever is going',
      seen: { rows: [...GREEN, '@alice umbrella failure', PENDING, 'R1 Test waiting'] },
      put: { state: 'failure', why: 'our pending covers row 11 (failure), and nothing is going' },
    },
    {
      rule: "our pending over Actions' red, a job is going",
      seen: { rows: [...GREEN, PENDING, 'R1 Test waiting'] },
      put: null,
    },
    {
      rule: "an older run's late success came in before ours, over a newer run's red",
      seen: { rows: [...STALE, 'R2 umbrella failure', 'R1 umbrella success', 'us green 9 1 aaaa'] },
      put: { state: 'failure', why: 'row 10 (failure) came in before our success' },
    },
    {
      rule: 'our pending, and the head can be repaired',
      seen: { rows: [...STALE, PENDING] },
      put: null,
    },
    {
      rule: 'our pending and a gap',
      seen: { rows: [...GREEN, ...FAILED, PENDING], gaps: [gap(contextOf('Test'))] },
      put: null,
    },
    {
      rule: 'our pending and no history',
      seen: { rows: [...GREEN, ...FAILED, PENDING], history: null },
      put: null,
    },
    {
      rule: 'our pending, and one pull request of two still waits',
      seen: {
        grade: 'jobs',
        version: '1.26.4',
        pulls: [pull(7), pull(9)],
        rows: [
          ...GREEN,
          ...FAILED,
          PENDING,
          'R2 Lint waiting',
          'R2 Test waiting',
          'R2 umbrella blocked',
        ],
      },
      put: null,
    },
    {
      rule: 'our pending over a red row, and one pull request of two still waits',
      seen: {
        grade: 'jobs',
        pulls: [pull(7), pull(9)],
        rows: [
          'R2 Lint waiting',
          'R2 Test waiting',
          'R2 umbrella blocked',
          ...STALE,
          ...FAILED,
          'us undo 12 1 aaaa pending',
        ],
        runs: [
          run(1, ['Lint success', 'Test failure', 'umbrella failure']),
          run(2, ['Lint open', 'Test open', 'umbrella open'], { pull: 9 }),
        ],
      },
      put: null,
    },
    {
      rule: 'a success of ours over a success of another of us',
      seen: { rows: [...STALE, 'us undo 3 1 bbbb pending', 'us green 9 1 aaaa'] },
      put: null,
    },
    {
      rule: 'a success that carries the mark of a withdrawal',
      seen: { rows: [...STALE, 'us undo 9 1 aaaa success', ...FAILED] },
      put: null,
    },
    {
      rule: 'two workflows write the umbrella: such a success would not be written today',
      seen: {
        grade: 'jobs',
        rows: [
          'R1 umbrella failure',
          'R2 Lint success',
          'R2 Test failure',
          'R2 umbrella failure',
          'us green 4 2 aaaa',
        ],
        runs: [
          run(1, ['umbrella failure'], { file: 'other.yml' }),
          run(2, ['Lint success', 'Test failure', 'umbrella failure']),
        ],
      },
      put: {
        state: 'failure',
        why:
          '#7 is now superseded-evidence: two workflow files write ' +
          `${UMBRELLA}: ci.yml, other.yml`,
      },
    },
    {
      rule: 'the same under a red that somebody else set in another context',
      seen: {
        grade: 'jobs',
        rows: [
          'R1 umbrella failure',
          'R2 Lint success',
          'R2 Test failure',
          'R2 umbrella failure',
          'us green 4 2 aaaa',
          '@alice Lint failure',
        ],
        runs: [
          run(1, ['umbrella failure'], { file: 'other.yml' }),
          run(2, ['Lint success', 'Test failure', 'umbrella failure']),
        ],
      },
      put: {
        state: 'failure',
        why:
          '#7 is now superseded-evidence: two workflow files write ' +
          `${UMBRELLA}: ci.yml, other.yml`,
      },
    },
    {
      rule: 'no history, with job rows',
      seen: { grade: 'jobs', rows: [...GREEN, ...FAILED], history: null },
      put: null,
    },
    {
      rule: 'our pending and no history, with job rows',
      seen: { grade: 'jobs', rows: [...GREEN, ...FAILED, PENDING], history: null },
      put: null,
    },
    {
      rule: 'our red',
      seen: { rows: [...GREEN, ...FAILED, 'us undo 9 1 aaaa failure'] },
      put: null,
    },
    {
      rule: "Actions' pending over a red row",
      seen: { rows: [...STALE, 'R1 umbrella running', ...FAILED] },
      put: null,
    },
    {
      rule: 'no history, and more than one job writes the umbrella by now',
      seen: { rows: GREEN, history: null, gaps: [gap(null, 'ambiguous')] },
      put: null,
    },
    {
      rule: 'a pending row stands over the green of a required job, and may hide a re-run',
      seen: { rows: [...GREEN, '@alice Test pending'] },
      put: {
        state: 'pending',
        why:
          `${contextOf('Test')}: run 1 has no final row of ${contextOf('Test')} that nothing ` +
          'pending stands above',
      },
    },
    {
      rule: "a person's red on a required job came in before our success",
      seen: { rows: [...STALE, '@alice Test failure', 'us green 9 1 aaaa'] },
      put: vetoed('Test'),
    },
    {
      rule: 'the same after it: the next sweep says whose red it is',
      seen: { rows: [...GREEN, '@alice Test failure'] },
      put: null,
    },
    {
      rule: 'the same on a job that counts since no list says what does',
      asked: listless,
      seen: { rows: ['R1 Docs success', ...STALE, '@alice Docs failure', 'us green 10 1 aaaa'] },
      put: vetoed('Docs', 11),
    },
    {
      rule: 'the same on a job that may fail',
      asked: policy({ optional: ['Docs'] }),
      seen: { rows: ['R1 Docs success', ...STALE, '@alice Docs failure', 'us green 10 1 aaaa'] },
      put: null,
    },
    {
      rule: 'the same in the context of another system, which the umbrella does not stand for',
      asked: policy({ external: ['deploy/preview'] }),
      seen: { rows: [...STALE, '@bot deploy/preview failure', 'us green 9 1 aaaa'] },
      put: null,
    },
    {
      rule: 'nobody vouches for it any more: that its job could run again makes it no better',
      asked: policy({ userVouches: false }),
      seen: {
        grade: 'jobs',
        rows: GREEN,
        work: { kind: 'other-work', why: 'it posts a comment' },
      },
      put: {
        state: 'failure',
        why:
          `#7 is now own-verdict: all that ${UMBRELLA} needs is green, but its own job is not ` +
          'green in run 1, and it may have a reason of its own: it posts a comment',
      },
    },
    {
      rule: 'a misfit under a red that somebody else set on the umbrella itself is theirs to lift',
      seen: {
        grade: 'jobs',
        rows: [
          'R1 umbrella failure',
          'R2 Lint success',
          'R2 Test failure',
          'R2 umbrella failure',
          '@alice umbrella failure',
          'us green 5 2 aaaa',
          '@bob Lint failure',
        ],
        runs: TWO_FILES(),
      },
      put: null,
    },
    {
      rule: 'what another system writes is no run of this workflow, whatever pattern names it',
      asked: policy({ required: ['CI / *'], external: ['CI / deploy (pull_request)'] }),
      seen: {
        rows: [...STALE, '@bot CI / deploy (pull_request) success', 'us green 9 1 aaaa'],
      },
      put: null,
    },
    {
      rule: 'a misfit beside what another system writes',
      asked: policy({ external: ['deploy/preview'] }),
      seen: {
        grade: 'jobs',
        rows: [...MISFIT, '@bot deploy/preview success'],
        runs: TWO_FILES(),
      },
      put: { state: 'failure', why: `#7 is now superseded-evidence: ${WRITE_IT}` },
    },
    { rule: 'no umbrella', seen: { rows: ['R1 Lint success', 'R1 Test failure'] }, put: null },
  ])('$rule', ({ seen, asked = policy(), put }) => {
    const found = closingOf(asked, [], head(seen))
    expect(found === null ? null : { state: found.state, why: found.why }).toEqual(put)
  })
})

it('a pending that is not ours covers nothing', () => {
  expect(
    pendingOver(policy(), head({ rows: [...STALE, ...FAILED, '@alice umbrella pending'] })),
  ).toBeNull()
  expect(pendingOver(policy(), head({ rows: [...STALE, ...FAILED, PENDING] }))).not.toBeNull()
})

it('nothing is closed by the latest rows alone, which do not tell what our pending covers', () => {
  const seen = {
    version: '1.27.0',
    rows: [...STALE, ...FAILED, 'R1 umbrella success', 'us undo 9 1 aaaa pending'],
    latest: (rows: readonly SignedRow[]) => rows.slice(-3),
  }
  expect(pendingOver(policy(), head(seen))).not.toBeNull()
  expect(pendingOver(policy(), head({ ...seen, history: null }))).toBeNull()
})

it.each([
  ['Docs', 'skipped'],
  [contextOf('Docs'), 'skipped'],
  [contextOf('Docs'), 'failure'],
])(
  'what a run of one pull request wrote is asked of it, though a list calls it external: %s, %s',
  (external, end) => {
    const seen = head({
      pulls: [pull(7), pull(9)],
      rows: [
        ...['R1 Lint success', 'R1 Test success', 'R2 Lint success', 'R2 Test success'],
        ...[`R2 Docs ${end}`, 'R2 umbrella success', 'R1 umbrella failure', 'us green 7 2 aaaa'],
      ],
      runs: [
        run(1, ['Lint success', 'Test success', 'umbrella failure']),
        run(2, ['Lint success', 'Test success', `Docs ${end}`, 'umbrella success'], { pull: 9 }),
      ],
    })
    const asked = policy({ required: ['CI / *'], external: [external] })
    expect(closingOf(asked, [], seen)).toMatchObject({ state: 'failure' })
  },
)

it.each(['jobs', 'statuses'] as const)(
  'what one run of two wrote is not asked of the other pull request, by %s',
  grade => {
    const rows = [
      ...['R1 Lint success', 'R1 Test success', 'R2 Lint success', 'R2 Test success'],
      ...['R2 Docs success', 'R2 umbrella success', 'R1 umbrella failure'],
    ]
    const runs = [
      run(1, ['Lint success', 'Test success', 'umbrella failure']),
      run(2, ['Lint success', 'Test success', 'Docs success', 'umbrella success'], { pull: 9 }),
    ]
    const pulls = [pull(7), pull(9)] as const
    const asked = policy({ required: ['CI / *'], external: [contextOf('Docs')] })
    const withOurs = [...rows, 'us green 7 2 aaaa']
    expect(closingOf(asked, [], head({ grade, pulls, rows: withOurs, runs }))).toBeNull()
  },
)

it('beside check runs a red that is posted for a job of the run takes our success back', () => {
  const legs = ['R1 Lint success', 'R1 Test success', 'R1 Docs success']
  const statuses = [`before:R1 ${GATE} failure`, `us ${GATE} success [ur-green 100 1 abcdef]`]
  const closed = (...more: readonly string[]) =>
    closingOf(checkPolicy(), [], checksHead({ legs, statuses: [...statuses, ...more] }))
  expect(closed()).toBeNull()
  expect(closed('@ann chat success')).toBeNull()
  expect(closed('@ann Docs failure')).toMatchObject({
    state: 'failure',
    why: expect.stringMatching(/^#7 is now run-failed: Docs/),
  })
})
