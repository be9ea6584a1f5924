import { expect, it } from '@jest/globals'
import type { Evidence } from '../../../src/core/model/evidence.js'
import { asRowId } from '../../../src/core/model/ids.js'
import type { Policy } from '../../../src/core/model/policy.js'
import { sourcesDisagree } from '../../../src/core/rules/doubtful.js'
import { ruleInput } from '../../../src/core/rules/input.js'
import type { Rule } from '../../../src/core/rules/rule.js'
import {
  evidenceTooWeak,
  nothingRequired,
  nothingToRepair,
  umbrellaWords,
} from '../../../src/core/rules/umbrella.js'
import { viewOf } from '../../../src/core/view/read.js'
import { head, policy, pull, STALE } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

const told = ({ judge }: Rule, evidence: Evidence, asked: Policy = checkPolicy()): string => {
  const ruling = judge(ruleInput(asked, evidence, pull()))
  return typeof ruling === 'function' ? ruling() : `${ruling.reason}: ${ruling.detail}`
}

const GREEN = ['R1 Lint success', 'R1 Test success', `R1 ${GATE} success`]
const IS_GREEN = 'umbrella-green: the umbrella is green'

it.each<{ rule: string; seen: ChecksChange; says: string }>([
  {
    rule: 'by the app that a merge wants it from',
    seen: { legs: GREEN, required: [{ context: GATE, app: 15368 }] },
    says: IS_GREEN,
  },
  {
    rule: 'by another app than a merge wants it from',
    seen: {
      legs: GREEN,
      required: [
        { context: GATE, app: 15368 },
        { context: GATE, app: 99 },
      ],
    },
    says: `pinned-source: a merge wants ${GATE} from app 99, and app 15368 wrote it`,
  },
  {
    rule: 'by a status, of which no app is told',
    seen: { statuses: [`@ann ${GATE} success`], required: [{ context: GATE, app: 99 }] },
    says: IS_GREEN,
  },
  {
    rule: 'while a run of another workflow goes on, which need not write it',
    seen: {
      legs: [...GREEN, 'R2 Docs open'],
      runs: { 2: { workflow: 2, path: 'docs.yml', state: 'open' } },
    },
    says: IS_GREEN,
  },
])('a green umbrella on GitHub: $rule', ({ seen, says }) => {
  expect(told(nothingToRepair, checksHead(seen))).toBe(says)
})

it('a green umbrella of rows tells which newer run is open', () => {
  const rows = ['R1 Lint success', 'R1 umbrella success', 'R2 Lint running']
  expect(told(nothingToRepair, head({ grade: 'jobs', rows }), policy())).toBe(
    'umbrella-green: green; newer run open: Lint of run 2 is still going',
  )
})

it('a red umbrella whose check runs were not all read is not judged', () => {
  const evidence = checksHead({ legs: [`R1 ${GATE} failure`] })
  const says = 'evidence-incomplete: the check runs of this commit were not read'
  expect(told(evidenceTooWeak, { ...evidence, history: null })).toBe(says)
  expect(told(evidenceTooWeak, { ...evidence, studied: false })).toBe(says)
  expect(told(evidenceTooWeak, evidence)).toBe('checks; asked for is statuses or better')
})

it('an umbrella that may be a job of a workflow elsewhere needs a list', () => {
  const needs = { kind: 'no-such-job', branch: 'main', calls: 'acme/ci/gate.yml' } as const
  const asked = policy({ required: [] })
  expect(told(nothingRequired, head({ rows: STALE, needs }), asked)).toBe(
    `nothing-required: ${asked.umbrella} is a job of acme/ci/gate.yml, a workflow elsewhere that ` +
      'cannot be read: set required-contexts',
  )
})

it('a status is named by its id where it has one', () => {
  const evidence = checksHead({ statuses: [`@ann ${GATE} failure`] })
  const latest = evidence.latest.map(row => ({ ...row, id: asRowId(0) }))
  const wordsOf = (seen: Evidence): string => umbrellaWords(viewOf(checkPolicy(), seen, 7))
  expect(wordsOf(evidence)).toBe("the umbrella's status 100 is failure")
  expect(wordsOf({ ...evidence, latest, history: latest })).toBe("the umbrella's status is failure")
})

it('a question about rows alone is none for check runs', () => {
  expect(told(sourcesDisagree, checksHead({ legs: GREEN }))).toBe('there are no rows')
})
