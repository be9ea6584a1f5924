import { describe, expect } from '@jest/globals'
import type { DecideCase } from '../../support/builders.js'
import { BASE_SHA, contextOf, rowsOf, staleBut, traits } from '../../support/builders.js'
import { judges, refuse } from '../../support/verdicts.js'

const base = (...lines: readonly string[]) => ({ [BASE_SHA]: rowsOf(lines, traits('1.22.6')) })
const inherits: readonly DecideCase[] = [
  { rule: 'inherited: the same job fails on the base branch', seen: { rows: staleBut('R1 Test success', 'R1 Test failure'),
    bases: base('R9 CI / Test (push) failure') }, verdict: refuse('inherited', { holder: { context: contextOf('Test'), run: 1 },
    detail: expect.stringMatching(/runs\/1\/jobs\/1.*runs\/9\/jobs\/1/) }) },
  { rule: 'inherited: or the same context there', seen: { rows: staleBut('R1 Test success', 'R1 Test failure'),
    bases: base('R9 Test failure') },
    verdict: refuse('inherited') },
  { rule: 'required-failed: the base has recovered', seen: { rows: staleBut('R1 Test success', 'R1 Test failure'),
    bases: base('R8 CI / Test (push) failure', 'R9 CI / Test (push) success') }, verdict: refuse('required-failed') },
  { rule: 'required-failed: a person\'s red on the base explains nothing', seen: { rows: staleBut('R1 Test success', 'R1 Test failure'),
    bases: base('@alice CI / Test (push) failure') }, verdict: refuse('required-failed') },
  { rule: 'required-failed: two failures are not inherited',
    seen: { rows: [...staleBut('R1 Test success', 'R1 Test failure'), 'R1 Lint failure'],
    bases: base('R9 CI / Test (push) failure', 'R9 CI / Lint (push) failure') }, verdict: refuse('required-failed') },
  { rule: 'required-cancelled: is never inherited', seen: { rows: staleBut('R1 Test success', 'R1 Test cancelled'),
    bases: base('R9 CI / Test (push) failure') }, verdict: refuse('required-cancelled') },
]

describe('what fails on the base branch too', () => {
  judges('inherited', [...inherits])
})
