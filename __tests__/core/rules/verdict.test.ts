import { expect, it } from '@jest/globals'
import { asRunKey } from '../../../src/core/model/ids.js'
import type { Proof } from '../../../src/core/rules/verdict.js'
import { sayRuns } from '../../../src/core/rules/verdict.js'

const proofIn = (run: number | null, source: Proof['source'] = 'job'): Proof => ({
  context: 'Test',
  state: 'success',
  run: run === null ? null : asRunKey(run),
  job: null,
  attempt: null,
  source,
})

it.each<{ rule: string; proof: () => readonly Proof[]; says: string }>([
  { rule: 'one run, however often', proof: () => [proofIn(3), proofIn(3)], says: 'run 3' },
  {
    rule: 'two runs, the older first',
    proof: () => [proofIn(10), proofIn(9)],
    says: 'runs 9 and 10',
  },
  {
    rule: 'of more their number',
    proof: () => [proofIn(10), proofIn(9), proofIn(8), proofIn(9)],
    says: '3 runs',
  },
  {
    rule: 'a row that the newest run left as it was is its own word',
    proof: () => [proofIn(1, 'equal-row')],
    says: 'run 5',
  },
  {
    rule: 'what another system says is of no run',
    proof: () => [proofIn(null, 'external'), proofIn(4)],
    says: 'run 4',
  },
  {
    rule: 'where no run says it, the one that is judged',
    proof: () => [proofIn(null, 'external')],
    says: 'run 5',
  },
])('in which runs a proof was seen: $rule', ({ proof, says }) => {
  expect(sayRuns(proof(), asRunKey(5))).toBe(says)
})
