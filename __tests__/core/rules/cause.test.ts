import { expect, it } from '@jest/globals'
import { causeOf } from '../../../src/core/rules/cause.js'
import { viewOf } from '../../../src/core/view/read.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

const cause = (seen: ChecksChange): string => causeOf(viewOf(checkPolicy(), checksHead(seen), 7))

it.each<{ rule: string; seen: ChecksChange; is: string }>([
  {
    rule: 'a red leg under a green newer one of its workflow and event',
    seen: { legs: [`R1 ${GATE} failure`, `R2 ${GATE} success`] },
    is: 'superseded-leg',
  },
  {
    rule: 'a green leg of another event supersedes nothing',
    seen: { legs: [`R1 ${GATE} failure`, `R2 ${GATE} success`], runs: { 2: { event: 'push' } } },
    is: 'unknown',
  },
  {
    rule: 'nor does a newer run that has not ended',
    seen: { legs: [`R1 ${GATE} failure`, `R2 ${GATE} open`] },
    is: 'unknown',
  },
  {
    rule: 'nor does a newer run without such a job, whatever a run of another event says',
    seen: {
      legs: [`R1 ${GATE} failure`, 'R2 Lint success', `R3 ${GATE} success`],
      runs: { 3: { event: 'push' } },
    },
    is: 'unknown',
  },
  {
    rule: 'its newest leg was cancelled',
    seen: { legs: [`R1 ${GATE} cancelled`] },
    is: 'cancelled-umbrella',
  },
  {
    rule: 'a status of one of several newest runs',
    seen: { legs: ['R1 Lint success', 'R2 Lint success'], statuses: [`R1 ${GATE} failure`] },
    is: 'unknown',
  },
  {
    rule: 'a status of a run that is no newest one',
    seen: { legs: ['R1 Lint success'], statuses: [`R9 ${GATE} failure`] },
    is: 'older-run-landed-late',
  },
  {
    rule: 'a status that we wrote',
    seen: { legs: ['R1 Lint success'], statuses: [`us ${GATE} pending [ur-undo 1 1 abcdef]`] },
    is: 'closed-by-us',
  },
])('why check runs or a status are red: $rule is $is', ({ seen, is }) => {
  expect(cause(seen)).toBe(is)
})

it('a red leg that no runner ever took lost its runner', () => {
  const evidence = checksHead({ legs: [`R1 ${GATE} failure`] })
  const checks = evidence.checks.map(check => ({ ...check, taken: false }))
  expect(causeOf(viewOf(checkPolicy(), { ...evidence, checks }, 7))).toBe('lost-runner')
})
