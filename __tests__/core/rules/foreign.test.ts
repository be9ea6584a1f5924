import { expect, it } from '@jest/globals'
import type { Evidence } from '../../../src/core/model/evidence.js'
import type { Policy } from '../../../src/core/model/policy.js'
import { foreignRed } from '../../../src/core/rules/foreign.js'
import { ruleInput } from '../../../src/core/rules/input.js'
import type { Line } from '../../support/builders.js'
import { head, policy, pull, STALE } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

const told = (evidence: Evidence, asked: Policy): string => {
  const ruling = foreignRed.judge(ruleInput(asked, evidence, pull()))
  return typeof ruling === 'function' ? ruling() : ruling.detail
}

const ALONE = 'set by a person or another system, so left alone'
const BY_ALICE = `row 10 says failure, written by alice, not by Actions: ${ALONE}`

it.each<{ rule: string; above: Line; says: string }>([
  {
    rule: 'what a person says with it is told without the space around it',
    above: '@alice umbrella failure "  ask ann  "',
    says: `${BY_ALICE}; it says "ask ann"`,
  },
  { rule: 'space alone says nothing', above: '@alice umbrella failure "  "', says: BY_ALICE },
  {
    rule: 'a red of Actions is no veto',
    above: 'R1 umbrella failure',
    says: "the umbrella's row 10 is failure, written by run 1",
  },
  {
    rule: 'a row of ours stands in for a red of Actions',
    above: 'us undo 9 1 aaaa failure',
    says: "the umbrella's row 10 is failure, written by us, over row 9 (failure) of Actions",
  },
])('a red row: $rule', ({ above, says }) => {
  expect(told(head({ rows: [...STALE, above] }), policy())).toBe(says)
})

it('a row of ours stands in for the veto of a person', () => {
  const rows = [...STALE, '@alice umbrella failure ""', 'us undo 10 1 aaaa failure']
  expect(told(head({ rows }), policy())).toBe(`${BY_ALICE}; our row 11 stands in for it`)
})

const RED = ['R1 Lint success', 'R1 Test success', `R1 ${GATE} failure`]

it.each<{ rule: string; seen: ChecksChange; says: string }>([
  {
    rule: 'another app that is green under its name is no veto',
    seen: { legs: [...RED, `codecov ${GATE} success`] },
    says: "the umbrella's check run 502 of run 1 is failure",
  },
  {
    rule: 'another app that is red is one',
    seen: { legs: [...RED, `codecov ${GATE} failure`] },
    says: `check run 503 says failure, made by the app codecov and no job of Actions: ${ALONE}`,
  },
  {
    rule: 'a red status of a person is one',
    seen: { legs: RED.slice(0, 2), statuses: [`@ann ${GATE} failure`] },
    says: `status 100 says failure, written by ann, not by a run of this pull request: ${ALONE}`,
  },
])('a red on GitHub: $rule', ({ seen, says }) => {
  expect(told(checksHead(seen), checkPolicy())).toBe(says)
})

it('a red status whose writer is not told is one too', () => {
  const evidence = checksHead({ legs: RED.slice(0, 2), statuses: [`@ann ${GATE} failure`] })
  const latest = evidence.latest.map(row => ({ ...row, creator: null }))
  expect(told({ ...evidence, latest, history: latest }, checkPolicy())).toBe(
    'status 100 says failure, written by an unknown writer, not by a run of this pull request: ' +
      ALONE,
  )
})
