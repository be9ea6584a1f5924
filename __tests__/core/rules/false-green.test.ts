import { expect, it } from '@jest/globals'
import type { Policy } from '../../../src/core/model/policy.js'
import { falseGreen } from '../../../src/core/rules/false-green.js'
import { ruleInput } from '../../../src/core/rules/input.js'
import { pull } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

const GREEN = ['R1 Lint success', 'R1 Test success', `R1 ${GATE} success`]
const OTHER = { workflow: 2, path: 'cov.yml' } as const
const MAY_FAIL = {
  kind: 'contexts',
  contexts: ['Lint', 'Test'],
  from: 'ci.yml on main',
  mayFail: ['Test'],
} as const

it.each<{ rule: string; seen: ChecksChange; asked?: Partial<Policy>; says: string }>([
  {
    rule: 'a required job failed',
    seen: { legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} success`] },
    says: 'alarm: the umbrella is green, but Test failed in run 1, the newest of its workflow',
  },
  {
    rule: 'a required job was cancelled',
    seen: { legs: ['R1 Lint success', 'R1 Test cancelled', `R1 ${GATE} success`] },
    says:
      'alarm: the umbrella is green, but Test was cancelled in run 1, the newest of its ' +
      'workflow',
  },
  {
    rule: 'a required job failed as its file lets it',
    seen: { legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} success`], needs: MAY_FAIL },
    says: 'green; no required job of run 1 failed',
  },
  {
    rule: 'a job of another workflow failed that stands for another system',
    seen: { legs: [...GREEN, 'R2 Cov failure'], runs: { 2: OTHER } },
    asked: { external: ['Cov'] },
    says: 'green; no required job of run 2, run 1 failed',
  },
  {
    rule: 'another app says red of what is required: that is no result of a run',
    seen: { legs: [...GREEN, 'codecov Cov failure'] },
    asked: { required: ['Lint', 'Test', 'Cov'] },
    says: 'green; no required job of run 1 failed',
  },
  {
    rule: 'a required job was skipped for one that failed',
    seen: {
      legs: ['R1 Build failure', 'R1 Lint success', 'R1 Test skipped', `R1 ${GATE} success`],
      skippedFor: { Test: 'Build' },
    },
    says:
      'alarm: the umbrella is green, but Build failed in run 1, so that Test was skipped, which ' +
      'a merge takes for a pass',
  },
  {
    rule: 'no run is known',
    seen: { statuses: [`@ann ${GATE} success`] },
    says: 'green; no run wrote it',
  },
  {
    rule: 'its history was not read',
    seen: { legs: GREEN, studied: false },
    says: 'green; the history was not read, so no run is known',
  },
  {
    rule: 'the umbrella is red',
    seen: { legs: [`R1 ${GATE} failure`] },
    says: 'the umbrella is not green',
  },
])('a green umbrella: $rule', ({ seen, asked, says }) => {
  const ruling = falseGreen.judge(ruleInput(checkPolicy(asked), checksHead(seen), pull()))
  const said = typeof ruling === 'function' ? ruling() : `${ruling.kind}: ${ruling.detail}`
  expect(said).toBe(says)
})
