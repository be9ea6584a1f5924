import { describe, expect, it } from '@jest/globals'
import { REASONS } from '../../../src/core/rules/verdict.js'
import { age, contextOf, head, judge, policy, pull, run, STALE } from '../../support/builders.js'
import { reasonsKept, refuse, stale } from '../../support/verdicts.js'

/** The needs of an umbrella that needs Lint alone. */
const LINT_ALONE = {
  kind: 'contexts',
  contexts: [contextOf('Lint')],
  from: 'ci.yml on main',
} as const

const GRADES = ['statuses', 'tasks', 'jobs'] as const

describe('the rules', () => {
  it.each(GRADES.map(grade => ({ grade })))(
    'stale: the good case on grade $grade carries its whole proof',
    ({ grade }) => {
      expect(judge(head({ grade, rows: STALE }))).toMatchObject(
        stale({
          grade,
          run: 1,
          umbrella: { row: 9, state: 'failure', age: age('59m') + 51_000 },
          proof: ['Lint', 'Test'].map(name => ({
            context: contextOf(name),
            state: 'success',
            run: 1,
            source: grade === 'jobs' ? 'job' : 'own-row',
          })),
          counted: ['Lint', 'Test', 'umbrella'].map(contextOf),
          umbrellaJob: grade === 'jobs' ? { run: 1, job: 104 } : null,
        }),
      )
    },
  )

  it('every reason code is the verdict of a case', () => {
    expect([...reasonsKept()].sort()).toEqual(Object.values(REASONS).flat().sort())
  })

  it('judges every pull of a head once, and no other', () => {
    const evidence = head({ rows: STALE, pulls: [pull(7), pull(9)] })
    expect(judge(evidence, policy(), [], 9).kind).toBe('repair')
    expect(() => judge(evidence, policy(), [], 8)).toThrow('not judged')
  })

  it('a pull request that needs nothing holds another back, whatever was not read', () => {
    const writers = { kind: 'not-read' } as const
    const seen = head({ rows: STALE, pulls: [pull(7), pull(8)], writers, needs: LINT_ALONE })
    const nothing = { kind: 'no-such-job', branch: 'main', calls: null } as const
    const evidence = { ...seen, needs: new Map([...seen.needs, [8, nothing] as const]) }
    expect(judge(evidence, policy({ required: [] }))).toMatchObject(
      refuse('superseded-evidence', {
        detail: 'pull request #8 shares this head and is not proven: nothing-required',
      }),
    )
  })

  it('what was not read around both is no reason of one against the other', () => {
    const writers = { kind: 'not-read' } as const
    const seen = head({ rows: STALE, pulls: [pull(7), pull(8)], writers })
    expect(judge(seen)).toMatchObject(
      refuse('evidence-incomplete', { detail: 'the workflow files were not read' }),
    )
  })

  it('a re-run for one pull request opens no gate of another that nobody vouches for', () => {
    const jobs = ['Lint success', 'Test success', 'umbrella failure']
    const evidence = head({
      grade: 'jobs',
      rows: [...STALE, 'R2 Lint success', 'R2 Test success', 'R2 umbrella failure'],
      runs: [run(1, jobs, { pull: 8 }), run(2, jobs, { pull: 7 })],
      pulls: [pull(7), pull(8)],
      work: { kind: 'other-work', why: 'it deploys' },
    })
    const asked = policy({ userVouches: false })
    const refused = refuse('superseded-evidence', {
      detail:
        'the umbrella of pull request #8, which shares this head, is red over green needs, and a ' +
        're-run for another pull request says nothing of it',
    })
    expect(judge(evidence, asked)).toMatchObject(refused)
    expect(judge(evidence, asked, [], 8)).toMatchObject(refused)
    expect(judge(evidence, policy())).toMatchObject(stale())
  })
})
