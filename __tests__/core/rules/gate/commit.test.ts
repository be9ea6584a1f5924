import { expect, it } from '@jest/globals'
import type { Evidence } from '../../../../src/core/model/evidence.js'
import { judgeCommit } from '../../../../src/core/rules/gate/commit.js'
import { head, policy, run } from '../../../support/builders.js'
import { checksHead } from '../../../support/check-builders.js'

const told = (evidence: Evidence): readonly string[] =>
  judgeCommit(policy(), evidence).map(
    ({ context, state, class: as }) => `${context}: ${state}, ${as}`,
  )

it('judges what a push wrote, and leaves what pull requests wrote to them', () => {
  const rows = [
    'R2 CI / Test (push) success',
    'R3 CI / Test (pull_request) failure',
    'R1 CI / Test (push) failure',
    'R2 CI / Lint (push) success',
    '@ann deploy (push) failure',
  ]
  const runs = [
    run(1, ['Test failure'], { suffix: ' (push)', pull: null }),
    run(2, ['Lint success', 'Test success'], { suffix: ' (push)', pull: null }),
    run(3, ['Test failure']),
  ]
  expect(told(head({ grade: 'jobs', rows, runs }))).toEqual([
    'CI / Lint (push): green, green',
    'CI / Test (push): stale, overwritten',
  ])
})

it('judges every job of check runs once, by its name', () => {
  const legs = ['R1 Test failure', 'R2 Test success', 'R2 Lint failure', 'codecov Cover failure']
  expect(told(checksHead({ legs }))).toEqual(['Lint: red, job-failed', 'Test: stale, overwritten'])
})

it('judges nothing where a push wrote nothing', () => {
  expect(told(head({ rows: ['R3 Test failure'] }))).toEqual([])
})
