import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RULES } from '../../../src/core/rules/decide.js'
import { stale } from '../../../src/core/rules/stale.js'
import { refuse, rule } from '../../../src/core/rules/rule.js'
import type { Reason } from '../../../src/core/rules/verdict.js'
import { REASONS } from '../../../src/core/rules/verdict.js'
import { ADVICE } from '../../../src/sweep/report/advice.js'
import { reasonsKept } from '../../support/verdicts.js'

const reasons = Object.values(REASONS).flat()
const decisions = readFileSync(join(import.meta.dirname, '../../../docs/decisions.md'), 'utf8')

describe('a reason has each of its places', () => {
  it.each(reasons)('%s: a rule, a row, an advice and a case', reason => {
    expect([...RULES, stale].flatMap(({ codes }) => codes)).toContain(reason)
    expect(decisions).toContain(`<a id="${reason}"></a>`)
    expect(ADVICE[reason]).not.toBe('')
    expect(reasonsKept()).toContain(reason)
  })

  it('a rule gives no reason beside its codes, and nobody one that is not listed', () => {
    rule({
      codes: ['inherited'],
      title: 'A rule that keeps its word',
      judge: it => refuse(it, 'inherited', 'why'),
    })
    rule({
      codes: ['inherited'],
      title: 'A rule that does not',
      // @ts-expect-error relapsed is none of its codes
      judge: it => refuse(it, 'relapsed', 'why'),
    })
    rule({
      // @ts-expect-error no list of reasons holds it
      codes: ['made-up'],
      title: 'A rule with a reason of its own',
      // @ts-expect-error nor may it be given
      judge: it => refuse(it, 'made-up', 'why'),
    })
    // @ts-expect-error every reason has its advice: the table names each of them
    const advice: Readonly<Record<Reason, string>> = {}
    expect(Object.keys(ADVICE).sort()).toEqual([...reasons].sort())
    expect(advice).toEqual({})
  })
})
