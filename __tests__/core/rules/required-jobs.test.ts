import type { UmbrellaNeeds } from '../../../src/core/model/umbrella-files.js'
import { describe, expect } from '@jest/globals'
import type { DecideCase } from '../../support/builders.js'
import { contextOf, latestOf, run, STALE, staleBut } from '../../support/builders.js'
import { judges, refuse, stale, wait } from '../../support/verdicts.js'

/** An umbrella that needs these jobs. */
const needing = (first: string, ...rest: readonly string[]): UmbrellaNeeds => ({
  kind: 'contexts',
  contexts: [contextOf(first), ...rest.map(contextOf)],
  from: 'ci.yml on main',
})

/** The umbrella needs Lint, and Test, whose legs only a run tells. */
const DYNAMIC: UmbrellaNeeds = {
  kind: 'every-other-job',
  from: 'ci.yml on main',
  why: 'the matrix of test is dynamic',
  contexts: [contextOf('Lint')],
  dropped: [],
  legs: [{ prefix: 'CI / Test', suffix: ' (pull_request)' }],
}
const LINT_ALONE = ['R1 Lint success', 'R1 umbrella failure'] as const

const GREEN = ['Lint success', 'Test success', 'umbrella failure'] as const
const lists: readonly DecideCase[] = [
  {
    rule: 'required-missing: no run ever wrote it',
    asked: { required: ['Lint', 'Gone'] },
    seen: { rows: STALE },
    verdict: refuse('required-missing', {
      holder: { context: contextOf('Gone'), run: 1, job: null },
    }),
  },
  {
    rule: 'required-missing: a glob that matches nothing',
    asked: { required: ['Lint', 'Deploy / *'] },
    seen: { rows: STALE },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'required-missing: a glob never matches the umbrella',
    asked: { required: ['CI / all-* (pull_request)'] },
    seen: { rows: STALE },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'required-missing: a glob whose only match is optional',
    asked: { required: ['Lint', 'CI / Te* (pull_request)'], optional: ['Test'] },
    seen: { rows: STALE },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'required-missing: an external context nobody wrote',
    asked: { external: ['scan/deep'] },
    seen: { rows: STALE },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'stale: an entry is literal in everything but * and ?',
    asked: { required: ['CI / Test [x] {y} (pull_request)'] },
    seen: { rows: ['R1 CI / Test [x] {y} (pull_request) success', 'R1 umbrella failure'] },
    verdict: stale(),
  },
  {
    rule: 'stale: a glob spans slashes',
    asked: { required: ['CI*quest)'] },
    seen: { rows: ['R1 CI / a/b/c (pull_request) success', 'R1 umbrella failure'] },
    verdict: stale(),
  },
  {
    rule: 'stale: ? is one character',
    asked: { required: ['CI / Tes? (pull_request)'] },
    seen: { rows: STALE },
    verdict: stale(),
  },
  {
    rule: 'required-failed: named with job and run',
    seen: { rows: staleBut('R1 Test success', 'R1 Test failure') },
    verdict: refuse('required-failed', {
      holder: { context: contextOf('Test'), run: 1, job: { key: 1 } },
    }),
  },
  {
    rule: 'required-failed: only one of what a glob matches',
    asked: { required: ['CI / * (pull_request)'] },
    seen: { rows: ['R1 Docs failure', ...STALE] },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'required-failed: an external red',
    asked: { external: ['scan/deep'] },
    seen: { rows: [...STALE, '@scanner scan/deep failure'] },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'required-failed: error and warning of an external are red',
    asked: { external: ['scan/deep'] },
    seen: { rows: [...STALE, '@scanner scan/deep warning'] },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'foreign-red: a required context only a person wrote, red',
    asked: { required: ['Lint', 'audit/x'] },
    seen: { rows: [...STALE, '@alice audit/x failure'] },
    verdict: refuse('foreign-red', {
      detail:
        'audit/x: row 10 says failure, written by alice, not by Actions: set by a person or ' +
        'another system, so left alone',
    }),
  },
  {
    rule: 'required-cancelled: Has been cancelled',
    seen: { rows: staleBut('R1 Test success', 'R1 Test cancelled') },
    verdict: refuse('required-cancelled', {
      holder: { context: contextOf('Test'), run: 1, job: { key: 1 } },
    }),
  },
  {
    rule: 'required-skipped: a skip reads success on this server, and is none',
    seen: { rows: staleBut('R1 Test success', 'R1 Test skipped') },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'required-skipped: a skip that says so',
    seen: { rows: staleBut('R1 Test success', 'R1 Test skipped'), grade: 'jobs' },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'required-skipped: an external skip is no proof',
    asked: { external: ['scan/deep'] },
    seen: { rows: [...STALE, '@scanner scan/deep skipped'] },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'required-skipped: an empty list where no job ran',
    asked: { required: [] },
    seen: { rows: ['R1 Lint skipped', 'R1 Test skipped', 'R1 umbrella failure'] },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'required-skipped: an empty list with one green job and one skipped',
    asked: { required: [] },
    seen: { rows: ['R1 Lint success', 'R1 Test skipped', 'R1 umbrella failure'] },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'stale: one green job and one that may be skipped',
    asked: { required: [], skippable: ['Test'] },
    seen: { rows: ['R1 Lint success', 'R1 Test skipped', 'R1 umbrella failure'] },
    verdict: stale({
      detail:
        '1/2 required contexts green, 1 skipped in run 1; umbrella failure for 59m; ' +
        'red over green needs, vouched for by required-contexts',
    }),
  },
  {
    rule: 'stale: a listed job that may be skipped',
    asked: { required: ['Lint', 'Test'], skippable: ['CI / T*'] },
    seen: { rows: staleBut('R1 Test success', 'R1 Test skipped') },
    verdict: stale(),
  },
  ...(['failure', 'cancelled'] as const).map(word => ({
    rule:
      `required-${word === 'failure' ? 'failed' : word}: ` +
      `a job that may be skipped ended with ${word}`,
    asked: { skippable: ['Test'] },
    seen: { rows: staleBut('R1 Test success', `R1 Test ${word}`) },
    verdict: refuse(word === 'failure' ? 'required-failed' : 'required-cancelled'),
  })),
  {
    rule: 'required-missing: a job that may be skipped and is not there',
    asked: { required: ['Lint', 'gone'], skippable: ['gone'] },
    seen: { rows: STALE },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'required-skipped: every job was skipped and may be',
    asked: { required: [], skippable: ['*'] },
    seen: { rows: ['R1 Lint skipped', 'R1 Test skipped', 'R1 umbrella failure'] },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'required-skipped: what the umbrella needs was skipped',
    asked: { required: [] },
    seen: {
      rows: ['R1 Lint success', 'R1 Test skipped', 'R1 umbrella failure'],
      needs: needing('Lint', 'Test'),
    },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'required-missing: the pull dropped a job that the umbrella needs on its base branch',
    asked: { required: [] },
    seen: { rows: STALE, needs: needing('Lint', 'Test', 'sec') },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'required-missing: what the umbrella needs is taken literally, whatever it holds',
    asked: { required: [] },
    seen: {
      rows: ['R1 CI / T1 (pull_request) success', ...STALE],
      needs: needing('Lint', 'CI / T? (pull_request)'),
    },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'required-missing: the pull took off a job that only a run tells',
    asked: { required: [] },
    seen: { rows: STALE, needs: { ...DYNAMIC, dropped: ['test'] } },
    verdict: refuse('required-missing', {
      detail:
        'the umbrella of ci.yml on main needs test, and the file of the pull request dropped it: ' +
        'set required-contexts',
    }),
  },
  {
    rule: 'required-missing: no leg of a job that only a run tells is there',
    asked: { required: [] },
    seen: { rows: LINT_ALONE, needs: DYNAMIC },
    verdict: refuse('required-missing', {
      detail:
        'no leg of CI / Test (pull_request) in the newest run (ci.yml on main): set ' +
        'required-contexts',
    }),
  },
  {
    rule: 'required-missing: a job whose name only begins so is no leg',
    asked: { required: [] },
    seen: { rows: ['R1 Tests success', ...LINT_ALONE], needs: DYNAMIC },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'required-missing: what is known stays required beside what is not',
    asked: { required: [] },
    seen: { rows: ['R1 Test success', 'R1 umbrella failure'], needs: DYNAMIC },
    verdict: refuse('required-missing', {
      detail: `no run wrote ${contextOf('Lint')} on this commit`,
    }),
  },
  {
    rule: 'required-failed: a leg of a job that only a run tells',
    asked: { required: [] },
    seen: {
      rows: ['R1 CI / Test (a) (pull_request) success', 'R1 Test (b) failure', ...LINT_ALONE],
      needs: DYNAMIC,
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'stale: every leg of a job that only a run tells is green',
    asked: { required: [] },
    seen: {
      rows: ['R1 Test (a, b) success', 'R1 Test (c) success', ...LINT_ALONE],
      needs: DYNAMIC,
    },
    verdict: stale(),
  },
  {
    rule: 'stale: its own context, where its legs were never told apart',
    asked: { required: [] },
    seen: { rows: STALE, needs: DYNAMIC },
    verdict: stale(),
  },
  {
    rule: 'stale: the jobs of a workflow that it calls',
    asked: { required: [] },
    seen: { rows: ['R1 CI / Test / inner (pull_request) success', ...LINT_ALONE], needs: DYNAMIC },
    verdict: stale(),
  },
  {
    rule: 'stale: what the umbrella needs is green, and another job was skipped',
    asked: { required: [] },
    seen: { rows: ['R1 Docs skipped', ...STALE], needs: needing('Lint', 'Test') },
    verdict: stale(),
  },
  {
    rule: 'stale: what the user named as optional may fail, needed or not',
    asked: { required: [], optional: ['Docs'] },
    seen: { rows: ['R1 Docs failure', ...STALE], needs: needing('Lint', 'Test', 'Docs') },
    verdict: stale(),
  },
  {
    rule: 'nothing-required: all that the umbrella needs is optional',
    asked: { required: [], optional: ['Lint', 'Test'] },
    seen: { rows: STALE, needs: needing('Lint', 'Test') },
    verdict: refuse('nothing-required'),
  },
  {
    rule: 'nothing-required: no workflow of the base branch writes the umbrella',
    asked: { required: [] },
    seen: { rows: STALE, needs: { kind: 'no-such-job', branch: 'main', calls: null } },
    verdict: refuse('nothing-required', {
      detail: `no workflow file on main has a job that writes ${contextOf('umbrella')}`,
    }),
  },
  {
    rule: 'nothing-required: what the umbrella needs was never read',
    asked: { required: [] },
    seen: { rows: STALE, needs: { kind: 'not-read' } },
    verdict: refuse('nothing-required'),
  },
  {
    rule: 'required-failed: an empty list makes every job required',
    asked: { required: [] },
    seen: { rows: ['R1 Docs failure', ...STALE] },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'stale: an empty list, and a job that is optional failed',
    asked: { required: [], optional: ['Docs'] },
    seen: { rows: ['R1 Docs failure', ...STALE] },
    verdict: stale(),
  },
  {
    rule: 'run-failed: a job nobody listed failed',
    seen: { rows: ['R1 Docs failure', ...STALE] },
    verdict: refuse('run-failed', { holder: { context: contextOf('Docs'), run: 1 } }),
  },
  {
    rule: 'run-failed: a job nobody listed was cancelled',
    seen: { rows: ['R1 Docs cancelled', ...STALE] },
    verdict: refuse('run-failed'),
  },
  {
    rule: 'stale: a job nobody listed may be skipped',
    seen: { rows: ['R1 Docs skipped', ...STALE] },
    verdict: stale(),
  },
  ...['failure', 'cancelled', 'skipped', 'success'].map((word): DecideCase => ({
    rule: `stale: an optional job may end with ${word}`,
    asked: { optional: ['Docs'] },
    seen: { rows: [`R1 Docs ${word}`, ...STALE] },
    verdict: stale(),
  })),
  {
    rule: 'stale: an optional job may be missing',
    asked: { optional: ['Gone'] },
    seen: { rows: STALE },
    verdict: stale(),
  },
  {
    rule: 'run-open: an optional job must have ended',
    asked: { optional: ['Docs'] },
    seen: { rows: [...STALE, 'R1 Docs running'] },
    verdict: wait('run-open'),
  },
  {
    rule: 'run-open: a job nobody listed must have ended',
    seen: { rows: [...STALE, 'R1 Docs running'] },
    verdict: wait('run-open'),
  },
  {
    rule: 'stale: an exact required entry beats an optional glob',
    asked: { required: ['Test'], optional: ['CI / T* (pull_request)', 'Lint'] },
    seen: { rows: STALE },
    verdict: stale({ proof: [{ context: contextOf('Test') }] }),
  },
  {
    rule: 'required-failed: an exact required entry beats an optional glob',
    asked: { required: ['Test'], optional: ['CI / T* (pull_request)'] },
    seen: { rows: staleBut('R1 Test success', 'R1 Test failure') },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'required-failed: an entry of both lists is required',
    asked: { required: ['Test'], optional: ['Test', 'Lint'] },
    seen: { rows: staleBut('R1 Test success', 'R1 Test failure') },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'required-open: still going',
    seen: { rows: [...STALE, 'R1 Test running'] },
    verdict: wait('required-open', { holder: { context: contextOf('Test'), run: 1 } }),
  },
  {
    rule: 'required-open: still waiting for an external',
    asked: { external: ['scan/deep'] },
    seen: { rows: [...STALE, '@scanner scan/deep pending'] },
    verdict: wait('required-open'),
  },
  {
    rule: 'required-open: a required context that only a person wrote is pending',
    asked: { required: ['Lint', 'audit/x'] },
    seen: { rows: [...STALE, '@alice audit/x pending'] },
    verdict: wait('required-open', { holder: { context: 'audit/x', run: null } }),
  },
  {
    rule: "required-failed: no list makes the latest row of the umbrella's own run enough",
    asked: { external: ['Test'] },
    seen: { rows: [...staleBut('R1 Test success', 'R1 Test failure'), '@alice Test success'] },
    verdict: refuse('required-failed', { holder: { context: contextOf('Test'), run: 1 } }),
  },
  {
    rule: 'stale: an optional context of another workflow is not waited for',
    asked: { optional: ['Ops / Check (pull_request)'] },
    seen: { rows: [...STALE, 'R5 Ops / Check (pull_request) running'] },
    verdict: stale({ counted: ['Lint', 'Test', 'umbrella'].map(contextOf) }),
  },
  {
    rule: 'required-failed: of two jobs that failed and wrote no row yet the first by name holds',
    asked: { required: [] },
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint failure', 'Test success', 'Build failure', 'umbrella failure'])],
    },
    verdict: refuse('required-failed', { holder: { context: contextOf('Build'), run: 1 } }),
  },
  {
    rule: 'required-open: one of two jobs of one name is going',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', 'Test success', 'Test open #9', 'umbrella failure'])],
    },
    verdict: wait('required-open'),
  },
  {
    rule: 'superseded-evidence: one of two jobs of one name ended in a way nobody knows',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', 'Test success', 'Test unknown #9', 'umbrella failure'])],
    },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: 'run-open: the newest run has ended, left a context pending, and wrote no umbrella',
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R2 Lint success', 'R2 Docs running'],
      runs: [run(1, [...GREEN]), run(2, [...GREEN, 'Docs success'])],
    },
    verdict: wait('run-open', { detail: expect.stringContaining('has not written') }),
  },
  {
    rule: 'superseded-evidence: the newest run has ended, and what is pending is ours',
    seen: {
      grade: 'jobs',
      rows: [
        ...STALE,
        'us green 9 1 aaaa',
        'us undo 9 1 aaaa',
        'R2 Lint success',
        'R2 Test success',
      ],
      runs: [run(1, [...GREEN]), run(2, [...GREEN])],
    },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: 'run-open: the newest run has ended, and one of two latest rows is pending',
    seen: {
      grade: 'jobs',
      version: '1.27.0',
      rows: [...STALE, 'R2 Lint success', 'R2 Docs running', '@alice Docs success'],
      latest: rows => [
        ...latestOf(rows),
        ...rows.filter(({ description }) => description === 'Has started running').slice(-1),
      ],
      runs: [run(1, [...GREEN]), run(2, [...GREEN, 'Docs success'])],
    },
    verdict: wait('run-open'),
  },
  {
    rule: 'run-open: of two runs that are going the newest is told, by their jobs',
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R2 umbrella failure', 'R1 umbrella failure'],
      runs: [run(1, [...GREEN, 'Deploy open']), run(2, [...GREEN, 'Deploy open'])],
    },
    asked: { optional: ['CI / Deploy (pull_request)'] },
    verdict: wait('run-open'),
  },
  {
    rule: 'unproven-writer: green, but no run wrote it and no list names it',
    asked: { required: ['Lint', 'audit/x'] },
    seen: { rows: [...STALE, '@alice audit/x success'] },
    verdict: refuse('unproven-writer', { detail: expect.stringContaining('external-contexts') }),
  },
  {
    rule: "unproven-writer: a job token's green",
    asked: { required: ['Lint', 'audit/x'] },
    seen: { rows: [...STALE, 'token audit/x success'] },
    verdict: refuse('unproven-writer'),
  },
  {
    rule: 'unproven-writer: a forged mark of ours on a required context proves nothing',
    asked: { required: ['Lint', 'audit/x'] },
    seen: { rows: [...STALE, '@alice audit/x success "green [ur-green 1 1 aaaa]"'] },
    verdict: refuse('unproven-writer'),
  },
  {
    rule: 'stale: green by its latest row, where external-contexts names it',
    asked: { external: ['audit/x'] },
    seen: { rows: [...STALE, '@alice audit/x failure', '@alice audit/x success'] },
    verdict: stale({
      proof: expect.arrayContaining([
        expect.objectContaining({ context: 'audit/x', source: 'external', run: null }),
      ]) as unknown,
    }),
  },
]

describe('what the lists ask of the jobs', () => {
  judges('jobs', [...lists])
})
