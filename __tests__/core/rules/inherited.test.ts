import { describe, expect } from '@jest/globals'
import type { DecideCase } from '../../support/builders.js'
import { BASE_SHA, contextOf, rowsOf, run, STALE, staleBut } from '../../support/builders.js'
import { judges, refuse } from '../../support/verdicts.js'

const base = (...lines: readonly string[]) => ({ [BASE_SHA]: rowsOf(lines, '1.22.6') })
const inherits: readonly DecideCase[] = [
  {
    rule: 'inherited: the same job fails on the base branch',
    seen: {
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      bases: base('R9 CI / Test (push) failure'),
    },
    verdict: refuse('inherited', {
      holder: { context: contextOf('Test'), run: 1 },
      detail: expect.stringMatching(/runs\/1\/jobs\/1.*runs\/9\/jobs\/1/),
    }),
  },
  {
    rule: 'inherited: or the same context there',
    seen: { rows: staleBut('R1 Test success', 'R1 Test failure'), bases: base('R9 Test failure') },
    verdict: refuse('inherited'),
  },
  {
    rule: 'required-failed: the base has recovered',
    seen: {
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      bases: base('R8 CI / Test (push) failure', 'R9 CI / Test (push) success'),
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: "required-failed: a person's red on the base explains nothing",
    seen: {
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      bases: base('@alice CI / Test (push) failure'),
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'required-failed: two failures are not inherited',
    seen: {
      rows: [...staleBut('R1 Test success', 'R1 Test failure'), 'R1 Lint failure'],
      bases: base('R9 CI / Test (push) failure', 'R9 CI / Lint (push) failure'),
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'inherited: with an empty list, beside a job that may be skipped',
    asked: { required: [], skippable: ['Docs'] },
    seen: {
      rows: ['R1 Docs skipped', ...staleBut('R1 Test success', 'R1 Test failure')],
      bases: base('R9 CI / Test (push) failure'),
    },
    verdict: refuse('inherited'),
  },
  {
    rule: 'required-failed: a listed job that was skipped holds the pull too',
    asked: { required: ['Lint', 'Test', 'Docs'] },
    seen: {
      rows: ['R1 Docs skipped', ...staleBut('R1 Test success', 'R1 Test failure')],
      bases: base('R9 CI / Test (push) failure'),
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'required-missing: a failure that is inherited is not all',
    asked: { required: ['Test', 'Gone'] },
    seen: {
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      bases: base('R9 CI / Test (push) failure'),
    },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'required-failed: another job fails on the base branch',
    seen: {
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      bases: base('R9 CI / Test (push) success', 'R9 CI / Lint (push) failure'),
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'required-failed: only another job was seen on the base branch',
    seen: {
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      bases: base('R9 CI / Lint (push) failure'),
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'inherited: the job has no status row here yet',
    seen: {
      grade: 'jobs',
      rows: STALE.filter(row => !row.includes('Docs')),
      runs: [run(1, ['Lint success', 'Test success', 'Docs failure', 'umbrella failure'])],
      bases: base('R9 CI / Docs (push) failure'),
    },
    asked: { required: [] },
    verdict: refuse('inherited'),
  },
  {
    rule: 'required-failed: what another system says is never inherited',
    asked: { external: ['scan/deep'] },
    seen: { rows: [...STALE, '@scanner scan/deep failure'], bases: base('R9 scan/deep failure') },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'required-cancelled: is never inherited',
    seen: {
      rows: staleBut('R1 Test success', 'R1 Test cancelled'),
      bases: base('R9 CI / Test (push) failure'),
    },
    verdict: refuse('required-cancelled'),
  },
  {
    rule: 'required-missing: a failed job beside one that is missing and one without any leg',
    asked: { required: [] },
    seen: {
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      bases: base('R9 CI / Test (push) failure'),
      needs: {
        kind: 'every-other-job',
        contexts: [contextOf('Gone')],
        legs: [{ prefix: 'CI / Unit', suffix: ' (pull_request)' }],
        dropped: [],
        from: 'ci.yml on main',
        why: 'the matrix of unit is dynamic',
      },
    },
    verdict: refuse('required-missing'),
  },
]

describe('what fails on the base branch too', () => {
  judges('inherited', [...inherits])
})
