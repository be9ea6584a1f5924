import { describe, expect, it } from '@jest/globals'
import { contextOn, readChecks } from '../../../../src/core/view/checks/result.js'
import type { JobResult } from '../../../../src/core/view/job-result.js'
import type { ChecksChange } from '../../../support/check-builders.js'
import { checksHead } from '../../../support/check-builders.js'

interface ResultCase {
  readonly rule: string
  readonly seen: ChecksChange
  readonly isExternal?: boolean
  readonly is: JobResult | Readonly<Record<string, unknown>>
}

const ended = (kind: string, change: Readonly<Record<string, unknown>>) => ({
  kind,
  run: null,
  job: null,
  attempt: null,
  row: null,
  ...change,
})
const byJob = (kind: string, run: number, id: number, attempt = 1) =>
  ended(kind, { source: 'job', run, job: { key: id, id }, attempt })
const unknown = (run: number, why: string) => ({ kind: 'unknown', run, pending: false, why })
const PUSH = { 2: { event: 'push' } } as const
/** Two workflows, of which the second says nothing of what the first posts. */
const TWO = { 1: {}, 2: { workflow: 2, path: 'docs.yml' } } as const

/** What counts for `Docs`. */
const CASES: readonly ResultCase[] = [
  { rule: 'a job', seen: { legs: ['R1 Docs success'] }, is: byJob('success', 1, 500) },
  {
    rule: 'a job in its second execution',
    seen: { legs: ['R1 Docs failure', 'R1.2 Docs success'] },
    is: byJob('success', 1, 501, 2),
  },
  {
    rule: 'a failed job of which only a run tells whether it may fail',
    seen: { legs: ['R1 Docs failure'], mayFail: 'unknown' },
    is: unknown(1, 'Docs of run 1 failed, and only a run tells whether it may'),
  },
  {
    rule: 'a job that goes on',
    seen: { legs: ['R1 Docs open'] },
    is: { kind: 'open', run: 1, why: 'a job of run 1 is still going' },
  },
  {
    rule: 'an end that nobody knows',
    seen: { legs: ['R1 Docs unknown'] },
    is: unknown(1, 'Docs of run 1 ended in a way nobody knows'),
  },
  {
    rule: 'two jobs of one name',
    seen: { legs: ['R1 Docs success', 'R1 Docs failure'] },
    is: unknown(1, 'two jobs of one run carry this name'),
  },
  {
    rule: 'the newest run of another event that waits for an approval',
    seen: { legs: ['R1 Docs success'], runs: { 2: { event: 'push', state: 'action-required' } } },
    is: {
      kind: 'open',
      run: 2,
      why: 'run 2, the newest of ci.yml (push), waits for an approval',
    },
  },
  {
    rule: 'one that has not come to it',
    seen: { legs: ['R1 Docs success'], runs: { 2: { event: 'push', state: 'open' } } },
    is: { kind: 'open', run: 2, why: 'run 2, the newest of ci.yml (push), has not come to it yet' },
  },
  {
    rule: 'one that ended without it',
    seen: { legs: ['R1 Docs success'], runs: PUSH },
    is: unknown(2, 'run 2, the newest of ci.yml (push), has no job of this name'),
  },
  {
    rule: 'one that failed before it came to it',
    seen: { legs: ['R1 Docs success'], runs: { 2: { event: 'push', state: 'failure' } } },
    is: ended('failure', { source: 'job', run: 2, never: 'run 2 failed before it came to it' }),
  },
  {
    rule: 'one that was cancelled before it came to it',
    seen: { legs: ['R1 Docs success'], runs: { 2: { event: 'push', state: 'cancelled' } } },
    is: ended('cancelled', {
      source: 'job',
      run: 2,
      never: 'run 2 was cancelled before it came to it',
    }),
  },
  {
    rule: 'the strictest of two runs of one workflow',
    seen: { legs: ['R1 Docs failure', 'R2 Docs success'], runs: PUSH },
    is: byJob('failure', 1, 500),
  },
  { rule: 'nothing', seen: {}, is: { kind: 'missing' } },
  {
    rule: 'a job of that name in another case proves nothing',
    seen: { legs: ['R1 docs success'] },
    is: { kind: 'missing' },
  },
  {
    rule: 'nor does one that was skipped',
    seen: { legs: ['R1 docs skipped'] },
    is: { kind: 'missing' },
  },
  {
    rule: 'but what it says against it counts',
    seen: { legs: ['R1 Docs success', 'R1 docs cancelled'] },
    is: byJob('cancelled', 1, 501),
  },
  {
    rule: 'another app that has not finished',
    seen: { legs: ['R1 Docs success', 'codecov Docs open'] },
    is: { kind: 'open', run: null, why: 'codecov has not finished' },
  },
  {
    rule: 'another app that skipped it, where that app is known to write it',
    seen: { legs: ['codecov Docs skipped'] },
    isExternal: true,
    is: ended('skipped', { source: 'external' }),
  },
  {
    rule: 'another app that ended it in a way nobody knows, where it is known to write it',
    seen: { legs: ['codecov Docs unknown'] },
    isExternal: true,
    is: ended('failure', { source: 'external' }),
  },
  {
    rule: 'green by another app that is not known to write it',
    seen: { legs: ['codecov Docs success'] },
    is: { kind: 'stranger', state: 'success', row: 500 },
  },
  {
    rule: 'skipped by such an app',
    seen: { legs: ['codecov Docs skipped'] },
    is: { kind: 'stranger', state: 'success', row: 500 },
  },
  {
    rule: 'red by such an app',
    seen: { legs: ['codecov Docs failure'] },
    is: ended('failure', { source: 'external' }),
  },
  {
    rule: 'green by a person who is not known to write it',
    seen: { statuses: ['@ann Docs success'] },
    is: { kind: 'stranger', state: 'success', row: 100 },
  },
  {
    rule: 'green by a person who is',
    seen: { statuses: ['@ann Docs success'] },
    isExternal: true,
    is: ended('success', { source: 'external', row: 100 }),
  },
  {
    rule: 'the status of a run',
    seen: { runs: { 1: {} }, statuses: ['R1 Docs success'] },
    is: ended('success', { source: 'own-row', run: 1, row: 100 }),
  },
  {
    rule: 'whatever a run of another workflow, which never posted it, goes on to do',
    seen: { runs: { ...TWO, 2: { ...TWO[2], state: 'open' } }, statuses: ['R1 Docs success'] },
    is: ended('success', { source: 'own-row', run: 1, row: 100 }),
  },
  {
    rule: 'or ended without posting',
    seen: { runs: TWO, statuses: ['R1 Docs success'] },
    is: ended('success', { source: 'own-row', run: 1, row: 100 }),
  },
  {
    rule: 'the red status of a run',
    seen: { runs: { 1: {} }, statuses: ['R1 Docs error'] },
    is: ended('failure', { source: 'own-row', run: 1, row: 100 }),
  },
  {
    rule: 'the status of a run that goes on',
    seen: { runs: { 1: { state: 'open' } }, statuses: ['R1 Docs success'] },
    is: { kind: 'open', run: 1, why: 'run 1 is going' },
  },
  {
    rule: 'a pending status of a run that has ended says nothing',
    seen: { runs: { 1: {} }, statuses: ['R1 Docs pending'] },
    is: unknown(1, 'status 100 says pending'),
  },
  {
    rule: 'the status of a run that does not count',
    seen: { runs: { 1: { event: 'schedule' } }, statuses: ['R1 Docs success'] },
    is: unknown(1, 'status 100 was written by run 1, not the newest'),
  },
  {
    rule: 'a newer run of the workflow that has not posted it',
    seen: { runs: { 1: {}, 2: { state: 'open' } }, statuses: ['R1 Docs success'] },
    is: { kind: 'open', run: 2, why: 'run 2 has not posted it yet' },
  },
  {
    rule: 'a newer run of the workflow that did not post it',
    seen: { runs: { 1: {}, 2: {} }, statuses: ['R1 Docs success'] },
    is: unknown(2, 'run 2, the newest of ci.yml (pull_request), did not post Docs'),
  },
  {
    rule: 'a newer run of another event that did not',
    seen: { runs: { 1: {}, ...PUSH }, statuses: ['R1 Docs success'] },
    is: ended('success', { source: 'own-row', run: 1, row: 100 }),
  },
]

describe('what counts for a context of check runs and statuses', () => {
  it.each(CASES)('$rule', ({ seen, isExternal = false, is }) => {
    expect(contextOn(readChecks(checksHead(seen)), 'Docs', isExternal).result).toEqual(is)
  })
})
