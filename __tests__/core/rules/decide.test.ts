import { describe, expect, it } from '@jest/globals'
import { REASONS } from '../../../src/core/rules/verdict.js'
import { age, contextOf, head, judge, policy, pull, STALE } from '../../support/builders.js'
import { reasonsKept, stale } from '../../support/verdicts.js'

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
})
