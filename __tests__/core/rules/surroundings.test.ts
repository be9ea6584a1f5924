import { describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../src/core/model/evidence.js'
import type { Policy } from '../../../src/core/model/policy.js'
import { judgeHead, surroundingsAsked } from '../../../src/core/rules/decide.js'
import { ruleInput } from '../../../src/core/rules/input.js'
import { askedAround, isUnread } from '../../../src/core/rules/surroundings.js'
import type { HeadChange } from '../../support/builders.js'
import { contextOf, head, policy, pull, run, STALE } from '../../support/builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

const UNREAD_FILES = 'the workflow files were not read'

describe('a pull request that is refused for nothing but what was not read around its head', () => {
  it.each([
    { reason: 'evidence-incomplete', detail: UNREAD_FILES, is: true },
    { reason: 'evidence-incomplete', detail: 'history: lost', is: false },
    { reason: 'own-verdict', detail: UNREAD_FILES, is: false },
  ] as const)('$reason, $detail: $is', ({ reason, detail, is }) => {
    expect(isUnread({ reason, detail })).toBe(is)
  })
})

const NOT_VOUCHED = { userVouches: false }
/** The newest run is green, and an older one landed on top. */
const SHOWN = ['R2 Lint success', 'R2 Test success', 'R2 umbrella success', 'R1 umbrella failure']

describe('whether it is asked what the job of the umbrella does', () => {
  const asks = (evidence: Evidence, asked: Policy): boolean =>
    askedAround(ruleInput(asked, evidence, pull())).work

  it.each<{ rule: string; seen: HeadChange; asked?: Partial<Policy>; is: boolean }>([
    {
      rule: 'not where a list vouches and the job can be run again',
      seen: { grade: 'jobs', rows: STALE },
      is: false,
    },
    { rule: 'where a list vouches and it cannot', seen: { rows: STALE }, is: true },
    {
      rule: 'where it can be run again and no list vouches',
      seen: { grade: 'jobs', rows: STALE },
      asked: NOT_VOUCHED,
      is: true,
    },
    {
      rule: 'not where its red is shown stale',
      seen: { rows: SHOWN },
      asked: NOT_VOUCHED,
      is: false,
    },
  ])('$rule', ({ seen, asked, is }) => {
    expect(asks(head(seen), policy(asked))).toBe(is)
  })

  it('never of check runs', () => {
    const legs = ['R1 Lint success', 'R1 Test success', `R1 ${GATE} failure`]
    expect(asks(checksHead({ legs }), checkPolicy(NOT_VOUCHED))).toBe(false)
  })
})

const NOTHING = { isProven: false, writers: false, others: false, work: false }
const PULLS = [pull(7), pull(8)] as const

describe('what is asked around a head', () => {
  const asked = (seen: HeadChange, change: Partial<Policy> = {}): object =>
    surroundingsAsked(policy(change), head(seen))

  it('everything where rows alone prove a red over green needs', () => {
    expect(asked({ rows: STALE })).toEqual({
      isProven: true,
      writers: true,
      others: true,
      work: true,
    })
  })

  it('nothing where runs tell all of it', () => {
    expect(asked({ grade: 'jobs', rows: STALE })).toEqual({ ...NOTHING, isProven: true })
  })

  it('nothing where the history was not read', () => {
    expect(asked({ grade: 'jobs', rows: STALE, history: null })).toEqual(NOTHING)
  })

  it('nothing around check runs, proven or not', () => {
    const legs = ['R1 Lint success', 'R1 Test success', `R1 ${GATE} failure`]
    expect(surroundingsAsked(checkPolicy(), checksHead({ legs }))).toEqual(NOTHING)
  })

  it('nothing where one of two pull requests is not proven', () => {
    const rows = ['R2 Lint success', 'R2 Test failure', 'R2 umbrella failure', ...STALE]
    const runs = [
      run(1, ['Lint success', 'Test success', 'umbrella failure'], { pull: 7 }),
      run(2, ['Lint success', 'Test failure', 'umbrella failure'], { pull: 8 }),
    ]
    expect(asked({ grade: 'jobs', rows, runs, pulls: PULLS })).toEqual(NOTHING)
  })

  it('the work of the job, where one of two pull requests is not shown stale', () => {
    const rows = [...STALE, ...SHOWN]
    const runs = [
      run(1, ['Lint success', 'Test success', 'umbrella failure'], { pull: 8 }),
      run(2, ['Lint success', 'Test success', 'umbrella success'], { pull: 7 }),
    ]
    expect(asked({ grade: 'jobs', rows, runs, pulls: PULLS }, NOT_VOUCHED)).toEqual({
      ...NOTHING,
      isProven: true,
      work: true,
    })
  })

  it('the files, where a run of one of two pull requests has not shown what it writes', () => {
    const green = ['Lint success', 'Test success', 'umbrella failure']
    const rows = [...STALE, 'R2 Lint success', 'R2 Test success', 'R2 umbrella failure']
    const runs = [
      run(1, green, { pull: 8 }),
      run(2, green, { pull: 7 }),
      run(3, ['x success'], { pull: 8, file: 'other.yml' }),
    ]
    expect(asked({ grade: 'jobs', rows, runs, pulls: PULLS })).toEqual({
      ...NOTHING,
      isProven: true,
      writers: true,
    })
  })
})

const DOUBLE = {
  kind: 'read',
  doubles: [{ context: contextOf('Test'), where: 'on main', paths: ['a.yml', 'b.yml'] }],
} as const
const OWN_RED = ['R1 Lint success', 'R1 Test success', `R1 ${GATE} failure`]

/** The verdict and what the last question that was asked saw. */
const judged = (evidence: Evidence, asked: Policy): readonly string[] => {
  const judgement = judgeHead(asked, [], evidence).get(7)
  if (judgement === undefined) throw new Error('#7 was not judged')
  const { verdict, trace } = judgement
  const before = trace().steps.at(-2)?.saw ?? ''
  return [`${verdict.kind} ${verdict.reason}`, verdict.kind === 'repair' ? before : verdict.detail]
}

interface Scene {
  readonly rule: string
  readonly seen: HeadChange
  readonly asked?: Partial<Policy>
  readonly is: readonly [verdict: string, says: string]
}

const AROUND: readonly Scene[] = [
  {
    rule: 'a run of another file has not shown what it writes, and two files write one context',
    seen: {
      grade: 'jobs',
      rows: STALE,
      writers: DOUBLE,
      runs: [
        run(1, ['Lint success', 'Test success', 'umbrella failure']),
        run(3, ['Lint success'], { file: 'b.yml' }),
      ],
    },
    is: [
      'refuse superseded-evidence',
      `${contextOf('Test')} may be written by a.yml and b.yml (on main), and run 3 of b.yml has ` +
        'not shown what it writes',
    ],
  },
  {
    rule: 'the red is shown stale: nobody need vouch for it',
    seen: { grade: 'jobs', version: '1.25.5', rows: SHOWN },
    asked: NOT_VOUCHED,
    is: ['repair stale', 'shown stale: the umbrella of run 2 is green'],
  },
  {
    rule: 'its job only judges its needs',
    seen: { rows: STALE, work: { kind: 'only-judges' } },
    asked: NOT_VOUCHED,
    is: ['repair stale', 'red over green needs; its job only judges its needs'],
  },
  {
    rule: 'its job can be run again, and what it does was read',
    seen: { grade: 'jobs', rows: STALE, work: { kind: 'other-work', why: 'it deploys' } },
    asked: NOT_VOUCHED,
    is: ['repair stale', 'red over green needs; its job can be run again'],
  },
  {
    rule: 'what its job does was not read, and no list vouches',
    seen: { rows: STALE },
    asked: NOT_VOUCHED,
    is: ['refuse evidence-incomplete', "what the umbrella's job does was not read"],
  },
  {
    rule: 'a list vouches, and what its job does was not read',
    seen: { rows: STALE },
    is: ['repair stale', 'red over green needs; required-contexts vouches for it'],
  },
  {
    rule: 'its job does other work, and nobody can run it again',
    seen: { rows: STALE, work: { kind: 'other-work', why: 'it deploys' } },
    asked: NOT_VOUCHED,
    is: [
      'refuse own-verdict',
      `all that ${contextOf('umbrella')} needs is green, but its own job is not green in run 1, ` +
        'and it may have a reason of its own: it deploys',
    ],
  },
  {
    rule: 'it was run again on a server that can, and ended red again: no list helps',
    seen: {
      version: '1.26.4',
      rows: [...STALE, 'R1 umbrella running', 'R1 umbrella failure'],
    },
    is: [
      'refuse own-verdict',
      'the umbrella of run 1 was run again and ended red again, over green needs',
    ],
  },
  {
    rule: 'on a server that cannot, a second red end is one that its own list vouches for',
    seen: { rows: [...STALE, 'R1 umbrella running', 'R1 umbrella failure'] },
    is: ['repair stale', 'red over green needs; required-contexts vouches for it'],
  },
]

describe('what stands around a proven head', () => {
  it.each(AROUND)('$rule', ({ seen, asked, is }) => {
    expect(judged(head(seen), policy(asked))).toEqual(is)
  })

  it('a red status of its own is left alone, and it is said what it may be', () => {
    const seen = checksHead({ legs: OWN_RED.slice(0, 2), statuses: [`R1 ${GATE} failure`] })
    expect(judged(seen, checkPolicy())).toEqual([
      'refuse own-verdict',
      'all that all-required needs is green, but its red was posted after every required job had ' +
        'started, so that it may have a reason of its own: a missing review, say',
    ])
    expect(judged(seen, checkPolicy(NOT_VOUCHED))).toEqual([
      'refuse own-verdict',
      'all that all-required needs is green, but the newest run did not post it green, and it ' +
        'may have a reason of its own: a posted status does not tell what it stands for',
    ])
  })

  it('a red check run over green needs is left to a re-run', () => {
    expect(judged(checksHead({ legs: OWN_RED }), checkPolicy(NOT_VOUCHED))).toEqual([
      'repair stale',
      'red over green needs; its job can be run again',
    ])
  })
})
