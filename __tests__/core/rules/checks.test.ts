import { describe, expect, it } from '@jest/globals'
import { readsLeft } from '../../../src/core/triage/reads-left.js'
import { triage } from '../../../src/core/triage/triage.js'
import { judgeHead } from '../../../src/core/rules/decide.js'
import type { CheckRun } from '../../../src/core/model/check.js'
import type { Policy } from '../../../src/core/model/policy.js'
import { blockersOf } from '../../../src/core/view/gate.js'
import { viewOf } from '../../../src/core/view/read.js'
import type { Instant } from '../../../src/core/model/time.js'
import { hours, minutes } from '../../../src/core/model/time.js'
import { EVERY_JOB, gap, pull } from '../../support/builders.js'
import type { ChecksChange } from '../../support/check-builders.js'
import { checkPolicy, checksHead, GATE } from '../../support/check-builders.js'
import { alarm, keepVerdicts, leave, refuse, stale, wait } from '../../support/verdicts.js'

interface CheckCase {
  readonly rule: string
  readonly seen: ChecksChange
  readonly policy?: Partial<Policy>
  readonly verdict: object
}

const GREEN = ['R1 Lint success', 'R1 Test success']
const STALE = [...GREEN, `R1 ${GATE} failure`]
/** A gate in a workflow of its own that polled while the inputs were still red. */
const POLL: ChecksChange = {
  legs: ['R1 Lint failure', `R2 ${GATE} failure`, 'R3 Lint success', 'R3 Test success'],
  runs: { 2: { workflow: 2, path: 'gate.yml' } },
}

/** A run of another workflow that waits for the approval of a deployment. */
const deploys = (waitsWith: readonly string[] | null) =>
  ({ workflow: 2, path: 'preview.yml', state: 'open', waitsWith }) as const

const CI_FILE = { kind: 'file', path: '.github/workflows/ci.yml', filters: '' } as const

const CASES: readonly CheckCase[] = [
  {
    rule: 'stale: a gate over green needs, in one run',
    seen: { legs: STALE },
    verdict: stale({ stands: 'check-run', wholeRun: false, cause: 'unknown', run: 1 }),
  },
  {
    rule: 'stale: a gate that polled, over a newer green run of its inputs',
    seen: POLL,
    verdict: stale({ stands: 'check-run', wholeRun: false, run: 2 }),
  },
  {
    rule: 'stale: a red leg of an older run under a green newest one',
    seen: {
      legs: [
        ...['R1 Lint success', 'R1 Test success', `R1 ${GATE} failure`],
        ...['R2 Lint success', 'R2 Test success', `R2 ${GATE} success`],
      ],
    },
    verdict: stale({ cause: 'superseded-leg', wholeRun: false, umbrellaJob: { run: 1 } }),
  },
  {
    rule: 'stale: the older run was cancelled, so that only the whole of it can turn green',
    seen: {
      legs: [
        ...['R1 Lint cancelled', 'R1 Test cancelled', `R1 ${GATE} failure`],
        ...['R2 Lint success', 'R2 Test success', `R2 ${GATE} success`],
      ],
    },
    verdict: stale({ cause: 'superseded-leg', wholeRun: true, umbrellaJob: { run: 1 } }),
  },
  {
    rule: 'stale: a red status that a run of this pull request posted before its jobs started',
    seen: { legs: GREEN, statuses: [`before:R1 ${GATE} failure`] },
    verdict: stale({ stands: 'row', umbrellaJob: null, umbrella: { row: 100, state: 'failure' } }),
  },
  {
    rule: 'a red status posted while every required job ran, or after, has a reason of its own',
    seen: { legs: GREEN, statuses: [`R1 ${GATE} failure`] },
    verdict: refuse('own-verdict'),
  },
  {
    rule: 'the newest red status counts, not an older one from before the jobs',
    seen: { legs: GREEN, statuses: [`before:R1 ${GATE} failure`, `R1 ${GATE} failure`] },
    verdict: refuse('own-verdict'),
  },
  {
    rule: 'a red status under a success of ours that was taken back is still the one asked',
    seen: {
      legs: [...GREEN, 'R1 Docs success', 'R1 Wiki success'],
      statuses: [`R1 ${GATE} failure`, `us ${GATE} pending [ur-undo 100 1 abcdef]`],
    },
    verdict: refuse('own-verdict'),
  },
  {
    rule: 'the start of a job that another app reports is not believed',
    seen: {
      legs: ['codecov Lint success'],
      statuses: [`before:R1 ${GATE} failure`],
      runs: { 1: {} },
    },
    policy: { required: [], external: ['Lint'] },
    verdict: refuse('own-verdict'),
  },
  {
    rule: 'stale: a status is the same context in any case',
    seen: { legs: GREEN, statuses: ['before:R1 All-Required failure'] },
    verdict: stale({ stands: 'row' }),
  },
  {
    rule: 'stale: a dispatched run counts neither as red nor as green',
    seen: {
      legs: [...STALE, 'R2 Lint failure', 'R3 Test failure', 'R4 Lint failure'],
      runs: {
        2: { event: 'workflow_dispatch' },
        3: { event: 'schedule' },
        4: { event: 'repository_dispatch' },
      },
    },
    verdict: stale({ run: 1 }),
  },
  {
    rule: 'a green of a dispatched run proves nothing',
    seen: {
      legs: ['R1 Lint success', `R1 ${GATE} failure`, 'R2 Test success'],
      runs: { 2: { event: 'workflow_dispatch' } },
    },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'a red of pull_request_target on the head counts as its own producer',
    seen: { legs: [...STALE, 'R2 Lint failure'], runs: { 2: { event: 'pull_request_target' } } },
    verdict: refuse('required-failed', { holder: { context: 'Lint', run: 2 } }),
  },
  {
    rule: 'the newest run of every producer must be green: push and pull_request are two',
    seen: {
      legs: [...STALE, 'R2 Lint failure', 'R3 Lint success', 'R3 Test success'],
      runs: { 2: { event: 'push' }, 3: { event: 'push' } },
    },
    verdict: stale(),
  },
  {
    rule: 'order is the run id, not the id or the time of a check run',
    seen: { legs: ['R2 Lint failure', 'R2 Test success', ...STALE] },
    verdict: refuse('required-failed', { holder: { context: 'Lint', run: 2 } }),
  },
  {
    rule: 'a newest run that attests nothing proves nothing',
    seen: { legs: STALE, runs: { 2: {} } },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: 'a newest run that has not come to its jobs is waited for',
    seen: { legs: STALE, runs: { 2: { state: 'open' } } },
    verdict: wait('required-open'),
  },
  {
    rule: 'a newest run of a polling gate that never came to the gate proves nothing',
    seen: { ...POLL, runs: { ...POLL.runs, 4: { workflow: 2, path: 'gate.yml' } } },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: 'a skipped matrix job is one check run under its unexpanded name: skipped, not missing',
    seen: { legs: ['R1 Lint success', 'R1 Test (${{ matrix.os }}) skipped', `R1 ${GATE} failure`] },
    policy: { required: ['Lint', 'Test (linux)', 'Test (mac)'] },
    verdict: refuse('required-skipped', { holder: { context: 'Test (${{ matrix.os }})', run: 1 } }),
  },
  {
    rule: 'a skipped matrix job without a name is one check run under its id',
    seen: { legs: ['R1 Lint success', 'R1 test skipped', `R1 ${GATE} failure`] },
    policy: { required: ['Lint', 'test (linux)'] },
    verdict: refuse('required-skipped', { holder: { context: 'test', run: 1 } }),
  },
  {
    rule: 'stale: a matrix job whose legs may be skipped, and was',
    seen: { legs: ['R1 Lint success', 'R1 Test (${{ matrix.os }}) skipped', `R1 ${GATE} failure`] },
    policy: { required: ['Lint', 'Test (linux)'], skippable: ['Test (*)'] },
    verdict: stale(),
  },
  {
    rule: 'stale: a matrix job called by its id that may be skipped by that id',
    seen: { legs: ['R1 Lint success', 'R1 test skipped', `R1 ${GATE} failure`] },
    policy: { required: ['Lint', 'test (linux)'], skippable: ['test'] },
    verdict: stale(),
  },
  {
    rule: 'a leg that may be skipped is no word about a job that only begins like it',
    seen: { legs: ['R1 Lint success', 'R1 test skipped', `R1 ${GATE} failure`] },
    policy: { required: ['Lint', 'test (linux)'], skippable: ['test (linux)'] },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'a matrix job that was skipped in an older run alone is not done with',
    seen: {
      legs: ['R1 Test (${{ matrix.os }}) skipped', 'R2 Lint success', `R2 ${GATE} failure`],
    },
    policy: { required: ['Lint', 'Test (linux)'], skippable: ['Test (*)'] },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: 'a green job that the jobs of its run do not name proves nothing, whatever it links to',
    seen: { legs: STALE, unlisted: ['Test'] },
    verdict: refuse('evidence-incomplete', { holder: { context: 'Test', run: 1 } }),
  },
  {
    rule: 'stale: a run of a workflow of its own waits for somebody to approve a deployment',
    seen: { legs: STALE, runs: { 2: deploys(['Preview']) } },
    verdict: stale(),
  },
  {
    rule: 'a run that waits for a deployment and may still write what counts is waited for',
    seen: { legs: STALE, runs: { 2: deploys(['Preview', 'lint']) } },
    verdict: wait('run-open'),
  },
  {
    rule: 'a run that waits for a deployment and whose jobs are not known is waited for',
    seen: { legs: STALE, runs: { 2: deploys(null) } },
    verdict: wait('run-open'),
  },
  {
    rule: 'awaiting-approval: nothing carries the umbrella, and its run is held',
    seen: { writer: CI_FILE, runs: { 1: { state: 'action-required' } } },
    verdict: refuse('awaiting-approval', { holder: { context: GATE, run: 1 } }),
  },
  {
    rule: 'run-open: nothing carries the umbrella, and its run has not come to it',
    seen: { writer: CI_FILE, legs: ['R1 Lint open'] },
    verdict: wait('run-open'),
  },
  {
    rule: 'never-started: nothing carries the umbrella, for its run could not start',
    seen: { writer: CI_FILE, runs: { 1: { state: 'failure', neverStarted: true } } },
    verdict: refuse('never-started'),
  },
  {
    rule: 'never-run: nothing carries the umbrella, and no run of its file began',
    seen: { writer: CI_FILE, runs: { 1: { workflow: 2, path: 'docs.yml', state: 'open' } } },
    verdict: refuse('never-run'),
  },
  {
    rule: 'filtered: nothing carries the umbrella, and its file is filtered',
    seen: { writer: { ...CI_FILE, filters: 'paths: src/**' } },
    verdict: refuse('filtered'),
  },
  {
    rule: 'no-writer: nothing carries the umbrella, and no file has a job of its name',
    seen: { writer: { kind: 'nobody', branch: 'main' }, legs: ['R1 all-require success'] },
    verdict: refuse('no-writer', { detail: expect.stringContaining('"all-require"') }),
  },
  {
    rule: 'not-written: its run ended without it',
    seen: { writer: CI_FILE, legs: ['R1 Lint success'] },
    verdict: refuse('not-written', { holder: expect.objectContaining({ context: GATE }) }),
  },
  {
    rule: 'umbrella-missing: which file writes it cannot be read',
    seen: { writer: { kind: 'unreadable', why: 'no' }, legs: ['R1 Lint open'] },
    verdict: leave('umbrella-missing'),
  },
  {
    rule: 'a status of an older run proves nothing where the newest run posted none',
    seen: {
      legs: ['R1 Lint success', 'R2 Lint success', `R1 ${GATE} failure`, `R2 ${GATE} failure`],
      statuses: ['R1 docs success'],
    },
    policy: { required: ['Lint', 'docs'] },
    verdict: refuse('superseded-evidence', { holder: { context: 'docs', run: 2 } }),
  },
  {
    rule: 'required-failed: a run that never started ran none of its jobs',
    seen: {
      legs: [...STALE, 'R2 Docs success'],
      runs: { 3: { state: 'failure', neverStarted: true } },
    },
    verdict: refuse('required-failed', {
      detail: 'Lint did not run: run 3 never started: its workflow file is not valid',
    }),
  },
  {
    rule: 'pinned-source: a green job of another app than the merge wants opens nothing',
    seen: { legs: [...GREEN, `R1 ${GATE} success`], required: [{ context: GATE, app: 99 }] },
    verdict: refuse('pinned-source'),
  },
  {
    rule: 'in-merge-queue: what stands in the queue is never run again',
    seen: { legs: STALE, queue: { queued: [7], stalls: [] } },
    verdict: wait('in-merge-queue'),
  },
  {
    rule: 'stale: another pull request stands in the queue',
    seen: { legs: STALE, queue: { queued: [9], stalls: ['main'] } },
    verdict: stale(),
  },
  {
    rule: 'evidence-incomplete: whether it stands in the queue could not be read',
    seen: { legs: STALE, queue: { queued: null, stalls: [] } },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'false-green: required jobs were skipped for one that failed',
    seen: {
      legs: ['R1 Build failure', 'R1 Lint skipped', 'R1 Test skipped', `R1 ${GATE} success`],
      skippedFor: { Lint: 'Build' },
    },
    verdict: alarm({ holder: { context: 'Build', run: 1 } }),
  },
  {
    rule: 'no alarm over a skip for a job that may fail',
    seen: {
      legs: ['R1 Build failure', 'R1 Lint skipped', 'R1 Test success', `R1 ${GATE} success`],
      skippedFor: { Lint: 'Build' },
    },
    policy: { optional: ['Build'] },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'stale: a job that failed as its workflow lets it holds nothing back',
    seen: { legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} failure`], mayFail: 'yes' },
    verdict: stale({ proof: [{ context: 'Lint' }] }),
  },
  {
    rule: "a person's red on a job that may fail is a veto all the same",
    seen: {
      legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} failure`],
      statuses: ['@ann test failure'],
      mayFail: 'yes',
    },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'a job that may fail, and a run of another event that failed before it came to it',
    seen: {
      legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} failure`, 'R2 Lint success'],
      runs: { 2: { event: 'push', state: 'failure' } },
      mayFail: 'yes',
    },
    verdict: refuse('required-failed', { holder: { context: 'Test' } }),
  },
  {
    rule: 'an unlisted green of one run is not covered by a listed one of another event',
    seen: {
      legs: [...STALE, 'R2 Lint success', 'R2 Test success'],
      runs: { 2: { event: 'push' } },
      unlistedIn: 1,
    },
    verdict: refuse('evidence-incomplete', { holder: { run: 1 } }),
  },
  {
    rule: 'a success of ours that fits no more is told before the merge queue',
    seen: {
      legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} failure`],
      queue: { queued: [7], stalls: [] },
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'what may fail proves nothing where nothing else is required',
    seen: { legs: ['R1 Test failure', `R1 ${GATE} failure`], mayFail: 'yes' },
    policy: { required: ['Test'] },
    verdict: refuse('nothing-required'),
  },
  {
    rule: 'a job that failed, and only a run tells whether it may, is not known',
    seen: {
      legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} failure`],
      mayFail: 'unknown',
    },
    verdict: refuse('superseded-evidence', { holder: { context: 'Test', run: 1 } }),
  },
  {
    rule: 'a job that may fail and was cancelled holds back',
    seen: { legs: ['R1 Lint success', 'R1 Test cancelled', `R1 ${GATE} failure`], mayFail: 'yes' },
    verdict: refuse('required-cancelled'),
  },
  {
    rule: 'no alarm over a job that failed as its workflow lets it',
    seen: { legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} success`], mayFail: 'yes' },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'no alarm over a job that failed, where only a run tells whether it may',
    seen: {
      legs: ['R1 Lint success', 'R1 Test failure', `R1 ${GATE} success`],
      mayFail: 'unknown',
    },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'another run of the umbrella workflow that is open is waited for',
    seen: { legs: STALE, runs: { 2: { event: 'push', state: 'open' } } },
    verdict: wait('required-open'),
  },
  {
    rule: 'an open run of any workflow may still come to a required job',
    seen: { legs: STALE, runs: { 2: { workflow: 7, state: 'open' } } },
    verdict: wait('run-open'),
  },
  {
    rule: 'another event of the workflow that ended without the job proves nothing',
    seen: { legs: STALE, runs: { 2: { event: 'push', state: 'cancelled' } } },
    verdict: refuse('required-cancelled'),
  },
  {
    rule: 'skipped is not green',
    seen: { legs: ['R1 Lint success', 'R1 Test skipped', `R1 ${GATE} failure`] },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'stale: a skip that the policy allows',
    seen: { legs: ['R1 Lint success', 'R1 Test skipped', `R1 ${GATE} failure`] },
    policy: { skippable: ['Test'] },
    verdict: stale(),
  },
  {
    rule: 'cancelled is not green',
    seen: { legs: ['R1 Lint success', 'R1 Test cancelled', `R1 ${GATE} failure`] },
    verdict: refuse('required-cancelled'),
  },
  {
    rule: 'an end nobody knows is not green',
    seen: { legs: ['R1 Lint success', 'R1 Test unknown', `R1 ${GATE} failure`] },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: 'a job no list names that failed may be one of its needs',
    seen: { legs: [...STALE, 'R1 Build failure'] },
    verdict: refuse('run-failed'),
  },
  {
    rule: 'stale: an optional job may fail',
    seen: { legs: [...STALE, 'R1 Build failure'] },
    policy: { optional: ['Build'] },
    verdict: stale(),
  },
  {
    rule: 'nothing is required where no list and no file says what',
    seen: { legs: STALE },
    policy: { required: [] },
    verdict: refuse('nothing-required'),
  },
  {
    rule: 'stale: what the umbrella needs, where no list says',
    seen: { legs: STALE, needs: { kind: 'contexts', contexts: ['Lint', 'Test'], from: 'ci.yml' } },
    policy: { required: [] },
    verdict: stale(),
  },
  {
    rule: 'every other job counts where the needs cannot be told',
    seen: {
      legs: [...STALE, 'R1 call / build failure'],
      needs: EVERY_JOB,
    },
    policy: { required: [] },
    verdict: refuse('required-failed', { holder: { context: 'call / build' } }),
  },
  {
    rule: 'awaiting-approval: a run that waits for one is never run again',
    seen: { legs: STALE, runs: { 2: { state: 'action-required', workflow: 5 } } },
    verdict: refuse('awaiting-approval'),
  },
  {
    rule: 'pinned-source: a merge that wants another app',
    seen: { legs: STALE, required: [{ context: GATE, app: 99 }] },
    verdict: refuse('pinned-source'),
  },
  {
    rule: 'stale: a merge that wants the app that wrote it',
    seen: { legs: STALE, required: [{ context: GATE, app: 15368 }] },
    verdict: stale(),
  },
  {
    rule: 'a posted status may not satisfy any pin',
    seen: {
      legs: GREEN,
      statuses: [`R1 ${GATE} failure`],
      required: [{ context: 'ALL-REQUIRED', app: 15368 }],
    },
    verdict: refuse('pinned-source'),
  },
  ...(
    [
      ['it never started', { neverStarted: true }],
      ['its workflow is disabled', { disabled: true }],
      ['it is older than 30 days', { created: 31 * 24 * 60 }],
      ['it was started 40 times', { attempt: 40 }],
    ] as const
  ).map(([why, run]): CheckCase => ({
    rule: `not-rerunnable: ${why}`,
    seen: { legs: STALE, runs: { 1: run } },
    verdict: refuse('not-rerunnable'),
  })),
  {
    rule: 'a check run that a token made is nobody known: red is a veto',
    seen: { legs: [...GREEN, `token:R1 ${GATE} failure`] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'the red of another app of the same name is a veto',
    seen: { legs: [...STALE, `codecov ${GATE} failure`] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'another app may veto a required context',
    seen: { legs: [...STALE, 'codecov Lint failure'] },
    verdict: refuse('foreign-red', { holder: { context: 'Lint' } }),
  },
  {
    rule: 'another app may veto it under a name that differs in case alone',
    seen: { legs: [...STALE, 'codecov lint failure'] },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'so may a job of another workflow',
    seen: { legs: [...STALE, 'R2 lint failure'], runs: { 2: { workflow: 2, path: 'b.yml' } } },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'a job under such a name proves nothing',
    seen: { legs: ['R1 lint success', 'R1 Test success', `R1 ${GATE} failure`] },
    verdict: { kind: 'refuse' },
  },
  {
    rule: 'too young: the check of another app is an end too',
    seen: { legs: [...STALE, 'codecov Lint success'] },
    policy: { minAge: minutes(32) },
    verdict: wait('too-young'),
  },
  {
    rule: 'a red status of a person over a green job is a veto',
    seen: { legs: STALE, statuses: ['@ann lint failure'] },
    verdict: refuse('foreign-red', { holder: { context: 'Lint' } }),
  },
  {
    rule: 'the red of a person on a status umbrella is a veto',
    seen: { legs: GREEN, statuses: [`R1 ${GATE} failure`, `@ann ${GATE} failure`] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'a check run and a red status of one name cannot both be mended',
    seen: { legs: STALE, statuses: [`R1 ${GATE} failure`] },
    verdict: refuse('umbrella-ambiguous'),
  },
  {
    rule: 'a green of another app alone has no known writer',
    seen: { legs: ['R1 Lint success', `R1 ${GATE} failure`, 'codecov Test success'] },
    verdict: refuse('unproven-writer'),
  },
  {
    rule: 'stale: another app that is named may write it',
    seen: { legs: ['R1 Lint success', `R1 ${GATE} failure`, 'codecov Test success'] },
    policy: { required: ['Lint'], external: ['Test'] },
    verdict: stale(),
  },
  {
    rule: 'nothing carries the umbrella',
    seen: { legs: GREEN },
    verdict: leave('umbrella-missing'),
  },
  {
    rule: 'every leg is green',
    seen: { legs: [...GREEN, `R1 ${GATE} success`] },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'its job is going',
    seen: { legs: [...GREEN, `R1 ${GATE} open`] },
    verdict: leave('umbrella-pending'),
  },
  {
    rule: 'green over a failed newest run is an alarm',
    seen: { legs: ['R1 Lint failure', 'R1 Test success', `R1 ${GATE} success`] },
    verdict: alarm({ holder: { context: 'Lint', run: 1 } }),
  },
  {
    rule: 'a green that is not read whole raises none',
    seen: {
      legs: ['R1 Lint failure', `R1 ${GATE} success`],
      studied: false,
    },
    verdict: leave('umbrella-green'),
  },
  {
    rule: 'a first look proves nothing',
    seen: { legs: STALE, studied: false },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'a gap of the head',
    seen: { legs: STALE, gaps: [gap(null, 'incomplete')] },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'stale: the newest execution of a job counts',
    seen: {
      legs: [
        'R1 Lint failure',
        ...GREEN.map(line => line.replace('R1', 'R1.2')),
        `R1 ${GATE} failure`,
      ],
    },
    verdict: stale({ proof: [{ context: 'Lint', attempt: 2 }, { context: 'Test' }] }),
  },
  {
    rule: 'without attempts nobody knows which execution is the newest',
    seen: { legs: ['R1 Lint failure', ...STALE], attempts: 'not-read' },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: 'two jobs of one name in one run cannot be told apart',
    seen: { legs: ['R1 Lint failure', ...STALE] },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: 'a success of ours that fell is not repeated',
    seen: {
      legs: GREEN,
      statuses: [
        `R1 ${GATE} failure`,
        `us ${GATE} success [ur-green 100 1 abcd]`,
        `R1 ${GATE} failure`,
      ],
    },
    verdict: refuse('relapsed'),
  },
  {
    rule: 'a success of ours over an unseen red of a person',
    seen: {
      legs: GREEN,
      statuses: [
        `R1 ${GATE} failure`,
        `@ann ${GATE} failure`,
        `us ${GATE} success [ur-green 100 1 abcd]`,
      ],
    },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'a success of ours over something that is going',
    seen: {
      legs: ['R1 Lint open', 'R1 Test success'],
      statuses: [`R1 ${GATE} failure`, `us ${GATE} success [ur-green 100 1 abcd]`],
    },
    verdict: wait('required-open'),
  },
  {
    rule: 'too young: the newest end is fresher than the policy allows',
    seen: { legs: STALE },
    policy: { minAge: hours(2) },
    verdict: wait('too-young'),
  },
  {
    rule: 'a status that links to a run of another pull request is a veto',
    seen: { legs: GREEN, statuses: [`@mallory ${GATE} failure`] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'where runs post statuses none supersedes another: it may be of a closed pull request',
    seen: {
      legs: ['R1 Lint failure', 'R1 Test success', 'R2 Lint success', 'R2 Test success'],
      statuses: [`R1 ${GATE} failure`],
    },
    verdict: refuse('required-failed', { holder: { context: 'Lint', run: 1 } }),
  },
  {
    rule: 'a required context that two runs post as statuses must be green in both',
    seen: {
      legs: ['R2 Test success'],
      statuses: ['R1 Lint failure', 'R2 Lint success', `R2 ${GATE} failure`],
      runs: { 1: { event: 'push' }, 2: {} },
    },
    verdict: refuse('required-failed', { holder: { context: 'Lint', run: 1 } }),
  },
  {
    rule: 'two pulls on one head: no run supersedes another, for nothing tells whose it is',
    seen: {
      legs: ['R1 Lint failure', 'R1 Test success', `R1 ${GATE} failure`, 'R2 Lint success'],
      pulls: [pull(7), pull(8)],
    },
    verdict: refuse('required-failed', { holder: { context: 'Lint', run: 1 } }),
  },
]

describe('the rules for check runs', () => {
  keepVerdicts('checks', CASES, ({ seen, policy }) => {
    const judgement = judgeHead(checkPolicy(policy), [], checksHead(seen)).get(7)
    if (judgement === undefined) throw new Error('pull request 7 was not judged')
    return judgement
  })

  it('judges the same in whatever order check runs and suites come', () => {
    for (const { seen, policy } of CASES) {
      const head = checksHead(seen)
      const turned = {
        ...head,
        checks: [...head.checks].reverse(),
        suites: [...head.suites].reverse(),
        latest: [...head.latest].reverse(),
        history: head.history === null ? null : [...head.history].reverse(),
      }
      const asked = checkPolicy(policy)
      const verdictOf = (one: typeof head) => judgeHead(asked, [], one).get(7)?.verdict
      expect(verdictOf(turned)).toEqual(verdictOf(head))
    }
  })
})

describe('a posted red over jobs that ran again since', () => {
  const seen = checksHead({
    legs: [...GREEN, 'R2 Lint success', 'R2 Test success'],
    runs: { 2: { event: 'schedule' } },
    statuses: [`before:R1 ${GATE} failure`],
  })
  const scheduled = seen.suites.find(({ run }) => run?.event === 'schedule')?.id
  const red = seen.latest[0]?.createdAt ?? seen.observedAt
  const reasonWhere = (earlier: Partial<CheckRun>): string | undefined => {
    const checks = seen.checks.map(one => (one.suite === scheduled ? { ...one, ...earlier } : one))
    return judgeHead(checkPolicy(), [], { ...seen, checks }).get(7)?.verdict.reason
  }
  const later = (red + 1) as Instant

  it.each<{ rule: string; earlier: Partial<CheckRun>; reason: string }>([
    {
      rule: 'is its own where they were green by then',
      earlier: { startedAt: red, completedAt: red },
      reason: 'own-verdict',
    },
    {
      rule: 'is its own where they began before it and their end is not told',
      earlier: { startedAt: red, completedAt: null },
      reason: 'own-verdict',
    },
    {
      rule: 'is its own where nothing tells when they were green',
      earlier: { startedAt: null, completedAt: null },
      reason: 'own-verdict',
    },
    {
      rule: 'is stale where they became green after it',
      earlier: { startedAt: red, completedAt: later },
      reason: 'stale',
    },
    {
      rule: 'is stale where they had failed before it',
      earlier: { startedAt: red, completedAt: red, state: 'failure' },
      reason: 'stale',
    },
  ])('$rule', ({ earlier, reason }) => {
    expect(reasonWhere(earlier)).toBe(reason)
  })
})

describe('the umbrella of a head', () => {
  it.each([
    { rule: 'nothing carries it', seen: {}, is: false },
    { rule: 'an app alone says success', seen: { legs: [`codecov ${GATE} success`] }, is: true },
    { rule: 'a job says success', seen: { legs: [`R1 ${GATE} success`] }, is: true },
    { rule: 'a status says success', seen: { statuses: [`@ann ${GATE} success`] }, is: true },
  ])('is green: $is, where $rule', ({ seen, is }) => {
    expect(viewOf(checkPolicy(), checksHead(seen), 7).isGreen).toBe(is)
  })
})

describe('which heads of check runs need study', () => {
  it.each([
    { seen: { legs: STALE, studied: false }, is: true, rule: 'a red leg' },
    { seen: POLL, is: true, rule: 'a red leg in a workflow of its own' },
    {
      seen: { legs: [`R1 ${GATE} failure`, `R2 ${GATE} success`] },
      is: true,
      rule: 'an older red one under a green newest one',
    },
    { seen: { legs: [`R1 ${GATE} success`] }, is: false, rule: 'a green leg' },
    { seen: { legs: [`R1 ${GATE} open`] }, is: false, rule: 'a leg that is going' },
    { seen: { legs: [`R1 ${GATE} skipped`] }, is: false, rule: 'a skipped leg' },
    { seen: { legs: ['R1 Lint failure'] }, is: false, rule: 'none of the umbrella' },
    { seen: { legs: [`codecov ${GATE} failure`] }, is: false, rule: 'a red of another app' },
    { seen: { statuses: [`R1 ${GATE} failure`] }, is: true, rule: 'a red status of a run' },
    { seen: { statuses: [`@ann ${GATE} failure`] }, is: false, rule: 'a red status of a person' },
    {
      seen: { statuses: [`us ${GATE} success [ur-green 100 1 abcd]`] },
      is: true,
      rule: 'a success of ours',
    },
    {
      seen: { legs: [`R1 ${GATE} success`], gaps: [gap(null, 'incomplete')] },
      is: true,
      rule: 'a page that did not show all',
    },
    {
      seen: { legs: [`R1 ${GATE} success`], gaps: [gap(null, 'no-clock')] },
      is: false,
      rule: 'a page without a time',
    },
  ])('$rule: $is', ({ seen, is }) => {
    const { kind } = triage(checkPolicy(), { evidence: checksHead(seen), rows: null })
    expect(kind === 'study').toBe(is)
  })

  it.each([
    { rule: 'green', seen: { legs: [`R1 ${GATE} success`] } },
    { rule: 'green by an app', seen: { legs: [`codecov ${GATE} success`] } },
    { rule: 'green by a person', seen: { statuses: [`@ann ${GATE} success`] } },
    { rule: 'pending', seen: { legs: [`R1 ${GATE} open`] } },
    { rule: 'pending by a person', seen: { statuses: [`@ann ${GATE} pending`] } },
    {
      rule: 'pending beside a red of another app',
      seen: { legs: [`R1 ${GATE} open`, `codecov ${GATE} failure`] },
    },
    { rule: 'without the umbrella', seen: { legs: ['R1 Lint success'] } },
    { rule: 'red by an app', seen: { legs: [`codecov ${GATE} failure`] } },
    { rule: 'red by a person', seen: { statuses: [`@ann ${GATE} failure`] } },
    {
      rule: 'a green job and a red status',
      seen: { legs: [`R1 ${GATE} success`], statuses: [`@ann ${GATE} failure`] },
    },
    {
      rule: 'an open job and a green status',
      seen: { legs: [`R1 ${GATE} open`], statuses: [`@ann ${GATE} success`] },
    },
  ])('what is skipped the rules leave for the same reason, and nothing else: $rule', ({ seen }) => {
    const evidence = checksHead({ ...seen, studied: false })
    const decided = triage(checkPolicy(), { evidence, rows: null })
    const verdict = judgeHead(checkPolicy(), [], evidence).get(7)?.verdict
    expect(decided.kind === 'skip' ? decided.reason : null).toBe(
      verdict?.kind === 'leave' ? verdict.reason : null,
    )
  })

  it('no base commit explains a refusal there', () => {
    const seen = checksHead({ legs: ['R1 Lint failure', `R1 ${GATE} failure`] })
    expect(readsLeft(checkPolicy(), seen).bases).toEqual([])
  })
})

describe('what stands beside the umbrella', () => {
  it('is every context that is not green in any leg, app or status', () => {
    const head = checksHead({
      legs: ['R1 Lint failure', 'R2 Lint success', 'codecov cover failure', ...STALE],
      statuses: ['@ann deploy pending', '@ann docs success'],
    })
    expect(blockersOf(head, GATE).map(({ context }) => context)).toEqual([
      'Lint',
      'cover',
      'deploy',
    ])
  })
})
