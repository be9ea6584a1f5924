import { expect, it } from '@jest/globals'
import type { Policy } from '../../../src/core/model/policy.js'
import { ruleInput } from '../../../src/core/rules/input.js'
import { needsWholeRun, notRerunnable, pinnedSource } from '../../../src/core/rules/rerunnable.js'
import type { Rule, RuleInput } from '../../../src/core/rules/rule.js'
import { pull } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

const inputOf = (seen: ChecksChange, asked: Partial<Policy> = {}): RuleInput =>
  ruleInput(checkPolicy(asked), checksHead(seen), pull())

const told = ({ judge }: Rule, seen: ChecksChange): string => {
  const ruling = judge(inputOf(seen))
  return typeof ruling === 'function' ? ruling() : `${ruling.reason}: ${ruling.detail}`
}

const GREEN_ABOVE = ['R2 Lint success', 'R2 Test success', `R2 ${GATE} success`]

it.each<{ rule: string; seen: ChecksChange; asked?: Partial<Policy>; is: boolean }>([
  {
    rule: 'what it needs is green in its own run',
    seen: { legs: ['R1 Lint success', 'R1 Test success', `R1 ${GATE} failure`] },
    is: false,
  },
  {
    rule: 'what it needs is cancelled in its own run',
    seen: { legs: ['R1 Lint success', 'R1 Test cancelled', `R1 ${GATE} failure`, ...GREEN_ABOVE] },
    is: true,
  },
  {
    rule: 'what it needs was skipped there, and may not be',
    seen: { legs: ['R1 Lint success', 'R1 Test skipped', `R1 ${GATE} failure`, ...GREEN_ABOVE] },
    is: true,
  },
  {
    rule: 'what it needs was skipped there as it may be',
    seen: { legs: ['R1 Lint success', 'R1 Test skipped', `R1 ${GATE} failure`, ...GREEN_ABOVE] },
    asked: { skippable: ['Test'] },
    is: false,
  },
  {
    rule: 'a job there failed that stands for another system: no re-run of it is asked',
    seen: { legs: ['R1 Cov failure', `R1 ${GATE} failure`, ...GREEN_ABOVE] },
    asked: { external: ['Cov'] },
    is: false,
  },
])('the whole run must run again, $is: $rule', ({ seen, asked, is }) => {
  expect(needsWholeRun(inputOf(seen, asked))).toBe(is)
})

const DAYS = 24 * 60
const ONE_RED = { legs: [`R1 ${GATE} failure`] } as const

it.each<{ rule: string; seen: ChecksChange; says: string }>([
  {
    rule: 'its run is just 30 days old',
    seen: { ...ONE_RED, runs: { 1: { created: 30 * DAYS } } },
    says: 'run 1 can be run again',
  },
  {
    rule: 'its run is older',
    seen: { ...ONE_RED, runs: { 1: { created: 31 * DAYS } } },
    says:
      'not-rerunnable: run 1 cannot be run again: it is 31d old, and nothing is run again after ' +
      '30 days',
  },
  {
    rule: 'it was started so often that few re-runs are left',
    seen: { ...ONE_RED, runs: { 1: { attempt: 40 } } },
    says:
      'not-rerunnable: run 1 cannot be run again: it was started 40 times, and only 50 are ' +
      'allowed',
  },
  {
    rule: 'one start less',
    seen: { ...ONE_RED, runs: { 1: { attempt: 39 } } },
    says: 'run 1 can be run again',
  },
  {
    rule: 'its workflow is disabled',
    seen: { ...ONE_RED, runs: { 1: { disabled: true } } },
    says: 'not-rerunnable: run 1 cannot be run again: its workflow is disabled',
  },
  {
    rule: 'no leg of it is red',
    seen: { legs: [`R1 ${GATE} open`] },
    says: 'no run has to be run again',
  },
])('can its run be run again: $rule', ({ seen, says }) => {
  expect(told(notRerunnable, seen)).toBe(says)
})

it.each<{ rule: string; seen: ChecksChange; says: string }>([
  { rule: 'any app may write it', seen: ONE_RED, says: 'any app may write it' },
  {
    rule: 'the app of Actions must',
    seen: { ...ONE_RED, required: [{ context: GATE, app: 15368 }] },
    says: 'only app 15368 may',
  },
  {
    rule: 'another app must',
    seen: { ...ONE_RED, required: [{ context: GATE, app: 99 }] },
    says: `pinned-source: a merge wants ${GATE} from app 99; a job of app 15368 may not count`,
  },
  {
    rule: 'another app must, and a status stands',
    seen: { statuses: [`R1 ${GATE} failure`], required: [{ context: GATE, app: 99 }] },
    says: `pinned-source: a merge wants ${GATE} from app 99; a posted status may not count`,
  },
])('from which app a merge wants it: $rule', ({ seen, says }) => {
  expect(told(pinnedSource, seen)).toBe(says)
})
