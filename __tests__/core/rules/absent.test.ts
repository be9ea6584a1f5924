import { expect, it } from '@jest/globals'
import type { Evidence } from '../../../src/core/model/evidence.js'
import type { Policy } from '../../../src/core/model/policy.js'
import type { UmbrellaWriter } from '../../../src/core/model/umbrella-files.js'
import { absentReason } from '../../../src/core/rules/absent.js'
import { ruleInput } from '../../../src/core/rules/input.js'
import type { HeadChange } from '../../support/builders.js'
import { contextOf, head, policy, pull, run } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'

const UMBRELLA = contextOf('umbrella')
const NOBODY: UmbrellaWriter = { kind: 'nobody', branch: 'main' }
const CI_FILE: UmbrellaWriter = { kind: 'file', path: '.gitea/workflows/ci.yml', filters: '' }

const told = (evidence: Evidence, asked: Policy, writer: UmbrellaWriter): string => {
  const known: Evidence = { ...evidence, umbrellaWriters: new Map([[7, writer]]) }
  const found = absentReason(ruleInput(asked, known, pull()))
  return found === null ? 'nothing' : `${found.reason}: ${found.detail}`
}

it.each<{ rule: string; seen: HeadChange; writer: UmbrellaWriter; says: string }>([
  {
    rule: 'no file writes it, and nothing on the commit could be meant',
    seen: { rows: [] },
    writer: NOBODY,
    says: `no-writer: no workflow file on main has a job that writes ${UMBRELLA}`,
  },
  {
    rule: 'no file writes it: the two names that are most like it are told, the likest first',
    seen: {
      grade: 'statuses',
      rows: [
        '@a security/scan success',
        '@a CI / all-require (pull_request) success',
        '@a CI / lint success',
      ],
    },
    writer: NOBODY,
    says:
      `no-writer: no workflow file on main has a job that writes ${UMBRELLA}; did you mean ` +
      '"CI / all-require (pull_request)" or "CI / lint"?',
  },
  {
    rule: 'a run of its file goes on, and may wait for an approval that is not told',
    seen: { grade: 'jobs', rows: ['R1 Lint running'] },
    writer: CI_FILE,
    says: `run-open: run 1 has not come to ${UMBRELLA} yet; a run of a fork waits for an approval`,
  },
  {
    rule: 'a run of another file goes on: it says nothing of it',
    seen: {
      grade: 'jobs',
      rows: ['R1 Lint running'],
      runs: [run(1, ['Lint open'], { file: 'docs.yml' })],
    },
    writer: CI_FILE,
    says: 'never-run: no run of .gitea/workflows/ci.yml began for this commit',
  },
  {
    rule: 'its run ended without it',
    seen: { grade: 'jobs', rows: ['R1 Lint success'] },
    writer: CI_FILE,
    says:
      `not-written: run 1 has no job that wrote ${UMBRELLA}; .gitea/workflows/ci.yml on the base ` +
      'branch has one',
  },
])('by rows: $rule', ({ seen, writer, says }) => {
  expect(told(head(seen), policy(), writer)).toBe(says)
})

it.each<{ rule: string; seen: ChecksChange; writer: UmbrellaWriter; says: string }>([
  {
    rule: 'no file writes it, and a job is called almost so',
    seen: { legs: ['R1 all-require success'], statuses: ['@ann all-requires success'] },
    writer: NOBODY,
    says:
      `no-writer: no workflow file on main has a job that writes ${GATE}; did you mean ` +
      '"all-requires" or "all-require"?',
  },
  {
    rule: 'a run of its file goes on, and an approval would be told',
    seen: { legs: ['R1 Lint open'] },
    writer: CI_FILE,
    says: `run-open: run 1 has not come to ${GATE} yet`,
  },
])('by check runs: $rule', ({ seen, writer, says }) => {
  expect(told(checksHead(seen), checkPolicy(), writer)).toBe(says)
})
