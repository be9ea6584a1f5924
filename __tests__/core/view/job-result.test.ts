import { describe, expect } from '@jest/globals'
import type { DecideCase } from '../../support/builders.js'
import { judges, refuse, stale, wait } from '../../support/verdicts.js'
import {
  contextOf,
  EQUAL,
  NATURAL,
  run,
  STALE,
  staleBut,
  task,
  tasksFrom,
  rowsOf,
} from '../../support/builders.js'
import { asRunKey } from '../../../src/core/model/ids.js'

const superseded = refuse('superseded-evidence')
const proves = (name: string, source: string, runOf = 2) =>
  stale({
    proof: expect.arrayContaining([
      expect.objectContaining({ context: contextOf(name), source, run: runOf }),
    ]) as unknown,
  })
const but = (
  lines: readonly string[],
  line: string,
  ...others: readonly string[]
): readonly string[] => {
  if (!lines.includes(line)) throw new Error(`not there: ${line}`)
  return lines.flatMap(row => (row === line ? others : [row]))
}
const words = (lines: readonly string[], grade: 'tasks' | 'jobs') =>
  rowsOf(lines, grade === 'tasks' ? '1.23.8' : '1.26.4')

const writers: readonly DecideCase[] = [
  {
    rule: "required-failed: a person who echoes link and words over Actions' failure",
    seen: {
      rows: [
        ...staleBut('R1 Test success', 'R1 Test failure'),
        'echo R1 @reaper Test success "Successful in 3s"',
      ],
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: "superseded-evidence: a person's echo in the place of Actions' green",
    seen: { rows: staleBut('R1 Test success', 'echo R1 @reaper Test success "Successful in 3s"') },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: a job token with a description of its own',
    seen: { rows: staleBut('R1 Test success', 'echo R1 token Test success "all good"') },
    verdict: superseded,
  },
  {
    rule: "superseded-evidence: a job token with Actions' words and no link",
    seen: { rows: staleBut('R1 Test success', 'token Test success "Successful in 3s"') },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: words that do not fit the state',
    seen: { rows: staleBut('R1 Test success', 'echo R1 token Test success "Failing after 3s"') },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: a success that wears our mark',
    seen: {
      rows: staleBut(
        'R1 Test success',
        'echo R1 token Test success "Successful in 3s [ur-green 1 1 aaaa]"',
      ),
    },
    verdict: superseded,
  },
  {
    rule: "foreign-red: words of a later server on an older one are nobody's of Actions",
    seen: { rows: staleBut('R1 Test success', 'echo R1 token Test failure "Canceled after 3s"') },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'required-cancelled: words of Gitea 1.27 on Gitea 1.27',
    seen: {
      version: '1.27.0',
      grade: 'jobs',
      rows: staleBut('R1 Test success', {
        line: 'R1 Test cancelled',
        description: 'Canceled after 3s',
      }),
      runs: [run(1, ['Lint success', 'Test cancelled', 'umbrella failure'])],
    },
    verdict: refuse('required-cancelled'),
  },
  {
    rule: "foreign-red: a person's red on a required context, whatever its job says",
    seen: { rows: [...STALE, '@alice Test failure'] },
    verdict: refuse('foreign-red'),
  },
  {
    rule: 'stale: a red of a person that Actions has written over',
    seen: { rows: ['@alice Test failure', ...STALE] },
    verdict: stale(),
  },
  {
    rule: "stale: a person's red on a job that is optional",
    asked: { optional: ['Docs'] },
    seen: { rows: [...STALE, '@alice Docs failure'] },
    verdict: stale(),
  },
  {
    rule: 'stale: a phantom row over a finished job says nothing',
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R1.9999 Test waiting'],
      runs: [run(1, ['Lint success', 'Test success', 'umbrella failure'])],
    },
    verdict: stale(),
  },
  {
    rule: 'stale: a phantom pending over the umbrella is a mistake of the server',
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R1.9999 umbrella waiting'],
      runs: [run(1, ['Lint success', 'Test success', 'umbrella failure'])],
    },
    verdict: stale({ umbrella: { row: 10, state: 'pending' } }),
  },
  {
    rule: "foreign-red: a red row of a job its run does not have is nobody's",
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R1.9999 umbrella failure'],
      runs: [run(1, ['Lint success', 'Test success', 'umbrella failure'])],
    },
    verdict: refuse('foreign-red'),
  },
]

const ownRows: readonly DecideCase[] = [
  {
    rule: 'stale: (a) own row is final',
    seen: { rows: STALE },
    verdict: proves('Test', 'own-row', 1),
  },
  {
    rule: "stale: (a) an older run's late red above it does not matter",
    seen: { version: '1.23.8', rows: NATURAL },
    verdict: proves('Test', 'own-row'),
  },
  {
    rule: "required-failed: (a) an older run's late green above it does not either",
    seen: {
      version: '1.23.8',
      rows: [...but(NATURAL, 'R2 Test success', 'R2 Test failure'), 'R1 Test success'],
    },
    verdict: refuse('required-failed', { holder: { run: 2 } }),
  },
  {
    rule: 'required-open: (a) a pending above it, by a person',
    seen: { rows: [...STALE, '@alice Test pending'] },
    verdict: wait('required-open'),
  },
  {
    rule: 'required-open: (a) a pending above it, by an older run',
    seen: { version: '1.23.8', rows: [...NATURAL, 'R1 Test running'] },
    verdict: wait('required-open'),
  },
  {
    rule: 'superseded-evidence: (a) a pending above it can hide a re-run, covered or not',
    seen: { version: '1.26.4', rows: [...STALE, 'token Test pending', '@alice Test success'] },
    verdict: superseded,
  },
  {
    rule: 'required-failed: (a) a pending above it is no help for a red one that stands on it',
    seen: { rows: [...STALE, 'R1 Test running', 'R1 Test failure'] },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'superseded-evidence: rows of the newest run at two job positions are two jobs',
    seen: { rows: [...STALE, 'R1.7 Test success'] },
    verdict: superseded,
  },
  {
    rule: 'stale: two positions in an older run do not matter',
    seen: { version: '1.23.8', rows: ['R1.7 Test success', ...NATURAL] },
    verdict: stale(),
  },
]

const equalRows: readonly DecideCase[] = [
  {
    rule: 'stale: (b) an equal row, own pending',
    seen: { rows: EQUAL },
    verdict: proves('Test', 'equal-row', 1),
  },
  {
    rule:
      'superseded-evidence: (b) own absent where skipped reads success: N may have ' +
      'skipped the job',
    seen: { rows: EQUAL.filter(row => row !== 'R2 Test running') },
    verdict: superseded,
  },
  {
    rule:
      'superseded-evidence: (b) own waiting where skipped reads success: N may have ' +
      'skipped the job',
    seen: { rows: but(EQUAL, 'R2 Test running', 'R2 Test waiting') },
    verdict: superseded,
  },
  {
    rule:
      'superseded-evidence: (b) run again and skipped; the green task row is that of the ' +
      'first attempt',
    seen: {
      grade: 'tasks',
      version: '1.23.8',
      rows: [
        'R1 Test waiting',
        'R1 umbrella blocked',
        'R2 Lint success',
        'R2 Test running',
        'R2 Test success',
        'R2 umbrella failure',
        'R2 Test waiting',
        'R2 umbrella blocked',
        'R1 Test success',
        'R2 umbrella failure',
      ],
      tasks: [task(2, 'Lint success #1'), task(2, 'Test success #2')],
    },
    verdict: superseded,
  },
  {
    rule:
      "superseded-evidence: (b) run again under another run's pending and skipped; the row " +
      "of its runner is older than N's first end",
    seen: {
      version: '1.23.8',
      rows: [
        'R1 Test waiting',
        'R1 umbrella blocked',
        'R2 Lint success',
        'R2 Test running',
        'R1 Test success',
        'R2 umbrella failure',
        'R1 Test waiting',
        'R1 umbrella blocked',
        'R1 Test success',
        'R2 umbrella failure',
      ],
    },
    verdict: superseded,
  },
  {
    rule: 'stale: (b) own absent where a skipped job has a state of its own',
    seen: { version: '16.0.0+gitea-1.22.0', rows: EQUAL.filter(row => row !== 'R2 Test running') },
    verdict: proves('Test', 'equal-row', 1),
  },
  {
    rule: 'stale: (b) on every Forgejo',
    seen: { version: '11.0.1+gitea-1.22.0', rows: EQUAL },
    verdict: proves('Test', 'equal-row', 1),
  },
  {
    rule: 'stale: (b) on Gitea 1.26.0',
    seen: { version: '1.26.0', rows: EQUAL },
    verdict: proves('Test', 'equal-row', 1),
  },
  {
    rule: 'superseded-evidence: (b) not on Gitea 1.26.1, which writes equal states',
    seen: { version: '1.26.1', rows: EQUAL },
    verdict: superseded,
  },
  {
    rule: 'stale: (b) F failing just under ten minutes',
    seen: { rows: but(EQUAL, 'R2 umbrella failure', 'R2 umbrella failure 9m59s') },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: (b) F failing after ten minutes may be a clean-up',
    seen: { rows: but(EQUAL, 'R2 umbrella failure', 'R2 umbrella failure 10m0s') },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: (b) F cancelled',
    seen: { rows: but(EQUAL, 'R2 umbrella failure', 'R2 umbrella cancelled') },
    verdict: superseded,
  },
  {
    rule: 'stale: (b) F success, however long it took',
    seen: {
      version: '1.23.8',
      rows: [
        ...but(EQUAL, 'R2 umbrella failure', 'R2 umbrella success 1h0m0s'),
        'R1 umbrella failure',
      ],
    },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: (b) F skipped',
    seen: {
      version: '1.23.8',
      rows: [...but(EQUAL, 'R2 umbrella failure', 'R2 umbrella skipped'), 'R1 umbrella failure'],
    },
    verdict: superseded,
  },
  {
    rule: "superseded-evidence: (b) S is a person's",
    seen: { rows: but(EQUAL, 'R1 Test success', 'R1 Test success', '@alice Test success') },
    verdict: superseded,
  },
  {
    rule: "superseded-evidence: (b) S is a job token's",
    seen: { rows: but(EQUAL, 'R1 Test success', 'echo R1 token Test success "all good"') },
    verdict: superseded,
  },
  {
    rule: 'required-open: (b) S is not final',
    seen: { rows: but(EQUAL, 'R1 Test success', 'R1 Test running') },
    verdict: wait('required-open'),
  },
  {
    rule: 'superseded-evidence: (b) S stands above F and proves nothing of N',
    seen: { rows: [...EQUAL.filter(row => row !== 'R1 Test success'), 'R1 Test success'] },
    verdict: superseded,
  },
  {
    rule: 'required-open: (b) own pending row stands above S',
    seen: { rows: but(EQUAL, 'R1 Test success', 'R1 Test success', 'R2 Test running') },
    verdict: wait('required-open'),
  },
  {
    rule: 'required-open: (b) a pending stands above S',
    seen: { rows: [...EQUAL, 'R1 Test running'] },
    verdict: wait('required-open'),
  },
  {
    rule: 'superseded-evidence: (b) a pending stands above S, covered again',
    seen: { rows: [...EQUAL, 'R1 Test running', 'R1 Test success'] },
    verdict: superseded,
  },
  {
    rule: 'required-failed: (b) S is a failure',
    seen: { version: '1.23.8', rows: but(EQUAL, 'R1 Test success', 'R1 Test failure') },
    verdict: refuse('required-failed'),
  },
  {
    rule: "required-failed: (b) a failure that stands is N's, even where skipped reads success",
    seen: {
      rows: but(but(EQUAL, 'R2 Test running'), 'R1 Test success', 'R1 Test failure'),
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'superseded-evidence: (b) N came to an end twice since a runner took the job',
    seen: {
      version: '1.23.8',
      rows: [
        'R1 Test waiting',
        'R1 umbrella blocked',
        'R2 Lint success',
        'R2 umbrella blocked',
        'R2 Test running',
        'R1 Test success',
        'R2 umbrella failure',
        'R2 umbrella blocked',
        'R2 umbrella failure',
      ],
    },
    verdict: superseded,
  },
  {
    rule: 'stale: (b) N came to an end before a runner took the job again',
    seen: {
      version: '1.23.8',
      rows: [
        'R1 Test waiting',
        'R1 umbrella blocked',
        'R2 Lint success',
        'R2 umbrella failure',
        'R2 umbrella blocked',
        'R2 Test running',
        'R1 Test success',
        'R2 umbrella failure',
      ],
    },
    verdict: stale(),
  },
  {
    rule: 'required-skipped: (b) S is a skip that reads success',
    seen: { rows: but(EQUAL, 'R1 Test success', 'R1 Test skipped') },
    verdict: refuse('required-skipped'),
  },
  {
    rule: 'stale: (b) own final, a pending of another run between it and S',
    seen: {
      version: '1.23.8',
      rows: [
        'R1 Lint success',
        'R2 Lint success',
        'R2 Test success',
        'R1 Test running',
        'R1 Test success',
        'R2 umbrella running',
        'R2 umbrella failure',
      ],
    },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: (b) own final and S say two things',
    seen: {
      version: '1.23.8',
      rows: [
        'R1 Lint success',
        'R2 Lint success',
        'R2 Test success',
        'R1 Test running',
        'R1 Test failure',
        'R2 umbrella running',
        'R2 umbrella failure',
      ],
    },
    verdict: superseded,
  },
  {
    rule: "superseded-evidence: (b) is for the umbrella's own group only",
    asked: { required: ['Test', 'Ops / Check (pull_request)'] },
    seen: {
      rows: [
        'R3 Ops / Other (pull_request) success',
        'R3 Ops / Check (pull_request) success',
        'R4 Ops / Check (pull_request) running',
        'R3 Ops / Check (pull_request) success',
        'R4 Ops / Other (pull_request) success',
        ...EQUAL,
      ],
    },
    verdict: superseded,
  },
]

const SAME = run(1, ['Lint success', 'Test success', 'Test failure #9', 'umbrella failure'])
const jobRows: readonly DecideCase[] = [
  ...(['failure', 'cancelled', 'skipped'] as const).map((state): DecideCase => ({
    rule:
      `required-${state === 'failure' ? 'failed' : state}: the job row says ${state} over a ` +
      'green status',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', `Test ${state}`, 'umbrella failure'])],
    },
    verdict: refuse(`required-${state === 'failure' ? 'failed' : state}`),
  })),
  {
    rule: 'required-open: the job row is open over a green status',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', 'Test open', 'umbrella failure'])],
    },
    verdict: wait('required-open'),
  },
  {
    rule: 'superseded-evidence: the job ended in a way nobody knows',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', 'Test unknown', 'umbrella failure'])],
    },
    verdict: superseded,
  },
  {
    rule: 'required-failed: two jobs of one name, one failed',
    seen: { grade: 'jobs', rows: STALE, runs: [SAME] },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'stale: two jobs of one name, both green',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', 'Test success', 'Test success #9', 'umbrella failure'])],
    },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: the newest run has no such job',
    seen: {
      grade: 'jobs',
      rows: NATURAL,
      runs: [
        run(1, ['Lint success', 'Test success', 'umbrella failure']),
        run(2, ['Lint success', 'umbrella success']),
      ],
    },
    verdict: superseded,
  },
  {
    rule: "unproven-writer: rows of a job its run does not have are nobody's",
    seen: { grade: 'jobs', rows: STALE, runs: [run(1, ['Lint success', 'umbrella failure'])] },
    verdict: refuse('unproven-writer'),
  },
  {
    rule: 'required-missing: neither a job nor a row',
    asked: { required: ['Gone'] },
    seen: { grade: 'jobs', rows: STALE },
    verdict: refuse('required-missing'),
  },
  {
    rule: 'run-failed: a job of the newest run that wrote no row yet',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', 'Test success', 'Docs failure', 'umbrella failure'])],
    },
    verdict: refuse('run-failed'),
  },
  {
    rule: 'sources-disagree: its own status row failed, its job row is green',
    seen: {
      grade: 'jobs',
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      runs: [run(1, ['Lint success', 'Test success', 'umbrella failure'])],
    },
    verdict: refuse('sources-disagree', { holder: { context: contextOf('Test') } }),
  },
  {
    rule: 'sources-disagree: its own status row is still pending on a server that writes every row',
    seen: {
      grade: 'jobs',
      rows: staleBut('R1 Test success'),
      runs: [run(1, ['Lint success', 'Test success', 'umbrella failure'])],
    },
    verdict: refuse('sources-disagree'),
  },
  {
    rule: 'stale: its own pending row is old news on a server that skips equal states',
    seen: {
      grade: 'jobs',
      version: '1.25.5',
      rows: ['R1.0 Lint success', 'R1.1 Test running', 'R1.4 umbrella failure'],
      runs: [run(1, ['Lint success #0', 'Test success #1', 'umbrella failure #4'])],
    },
    verdict: stale(),
  },
  {
    rule: 'stale: jobs are known by their place, in whatever order they are told',
    seen: {
      grade: 'jobs',
      version: '1.25.5',
      rows: ['R1.0 Lint success', 'R1.1 Test success', 'R1.2 umbrella failure'],
      runs: [run(1, ['umbrella failure #2', 'Test success #1', 'Lint success #0'])],
    },
    verdict: stale(),
  },
  {
    rule: 'sources-disagree: its own red row is not, on a server that skips equal states',
    seen: {
      grade: 'jobs',
      version: '1.25.5',
      rows: ['R1.0 Lint success', 'R1.1 Test failure', 'R1.2 umbrella failure'],
      runs: [run(1, ['Lint success #0', 'Test success #1', 'umbrella failure #2'])],
    },
    verdict: refuse('sources-disagree'),
  },
  {
    rule: 'sources-disagree: a job has its place by its id, not by its place in the list',
    seen: {
      grade: 'jobs',
      version: '1.25.5',
      rows: ['R1.0 Lint success', 'R1.1 Test failure', 'R1.2 umbrella failure'],
      runs: [run(1, ['Test success #1', 'umbrella failure #2', 'Lint success #0'])],
    },
    verdict: refuse('sources-disagree'),
  },
  {
    rule: 'superseded-evidence: a job that no list names has a red row and a green job row',
    seen: {
      grade: 'jobs',
      rows: ['R1 Docs failure', ...STALE],
      runs: [run(1, ['Lint success', 'Test success', 'Docs success', 'umbrella failure'])],
    },
    verdict: superseded,
  },
  {
    rule: 'stale: an optional job may have a red row and a green job row',
    asked: { optional: ['Docs'] },
    seen: {
      grade: 'jobs',
      rows: ['R1 Docs failure', ...STALE],
      runs: [run(1, ['Lint success', 'Test success', 'Docs success', 'umbrella failure'])],
    },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: rows that carry one job under two workflow names',
    seen: {
      grade: 'jobs',
      rows: ['R1.100 Old / Lint (pull_request) success', ...STALE],
      runs: [run(1, ['Lint success', 'Test success', 'umbrella failure'])],
    },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: rows that name no job of the run',
    seen: {
      grade: 'jobs',
      version: '1.25.5',
      rows: ['R1.7 Lint success', 'R1.8 Test success', 'R1.9 umbrella failure'],
      runs: [run(1, ['Lint success', 'Test success', 'umbrella failure'])],
    },
    verdict: superseded,
  },
  {
    rule: "stale: the umbrella's own difference is the symptom",
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, ['Lint success', 'Test success', 'umbrella success'])],
    },
    verdict: stale({ cause: 'lost-update' }),
  },
  {
    rule: "stale: an older run's red row does not contradict the newest run's job",
    seen: { grade: 'jobs', rows: NATURAL },
    verdict: stale({ run: 2 }),
  },
  {
    rule: 'evidence-incomplete: a gap in the runs',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [],
      gaps: [{ what: 'runs', cause: 'forbidden', context: null, detail: '403' }],
    },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'superseded-evidence: a run wrote rows but is not among the runs',
    seen: {
      grade: 'jobs',
      rows: NATURAL,
      runs: [run(1, ['Lint success', 'Test failure', 'umbrella failure'])],
    },
    verdict: superseded,
  },
]

const good = (grade: 'tasks') => tasksFrom(words(STALE, grade))
const taskRows: readonly DecideCase[] = [
  {
    rule: 'stale: status and task say success',
    seen: { grade: 'tasks', rows: STALE },
    verdict: stale({ grade: 'tasks' }),
  },
  ...(['failure', 'cancelled', 'skipped', 'unknown'] as const).map((state): DecideCase => ({
    rule: `sources-disagree: the newest task says ${state} over a green status`,
    seen: { grade: 'tasks', rows: STALE, tasks: [...good('tasks'), task(1, `Test ${state} #50`)] },
    verdict: refuse('sources-disagree'),
  })),
  {
    rule: 'required-open: the newest task is going',
    seen: { grade: 'tasks', rows: STALE, tasks: [...good('tasks'), task(1, 'Test open #50')] },
    verdict: wait('required-open'),
  },
  {
    rule: 'stale: an older task of that job failed',
    seen: {
      grade: 'tasks',
      rows: STALE,
      tasks: [task(0, 'Test failure #0', { run: asRunKey(1) }), ...good('tasks')],
    },
    verdict: stale(),
  },
  {
    rule: 'stale: an older task of that job failed, and is told after the newer one',
    seen: {
      grade: 'tasks',
      rows: STALE,
      tasks: [...good('tasks'), task(0, 'Test failure #0', { run: asRunKey(1) })],
    },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: no task names a job of the run',
    seen: { grade: 'tasks', rows: STALE, tasks: [task(1, 'Other success')] },
    verdict: superseded,
  },
  {
    rule: 'required-failed: no task names a job of the run, and its row is red',
    seen: {
      grade: 'tasks',
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      tasks: [task(1, 'Other success')],
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'stale: an optional job without a task',
    asked: { optional: ['Docs'] },
    seen: { grade: 'tasks', rows: ['R1 Docs success', ...STALE], tasks: good('tasks') },
    verdict: stale(),
  },
  {
    rule: 'stale: tasks of another commit',
    seen: {
      grade: 'tasks',
      rows: STALE,
      tasks: [
        ...good('tasks'),
        task(9, 'Lint open', { sha: 'f'.repeat(40) }),
        task(9, 'Test failure', { sha: 'f'.repeat(40) }),
      ],
    },
    verdict: stale({ run: 1 }),
  },
  {
    rule: 'required-open: the run itself says that it is going',
    seen: {
      grade: 'tasks',
      version: '12.0.0+gitea-1.22.0',
      rows: EQUAL.filter(row => row !== 'R2 Test running'),
      tasks: [],
      runs: [run(1, []), run(2, [], { completed: false })],
    },
    verdict: wait('required-open', { detail: expect.stringContaining('run 2 is still going') }),
  },
  {
    rule: "stale: a task's name may end another job's",
    asked: { required: ['Lint', 'Test', 'CI / Deploy / Test (pull_request)'] },
    seen: {
      grade: 'tasks',
      rows: ['R1 CI / Deploy / Test (pull_request) success', ...STALE],
      tasks: [...good('tasks'), task(1, 'Deploy / Test success #70')],
    },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: two prefixes fit all tasks of the run',
    asked: {
      umbrella: 'CI / x / all-required (pull_request)',
      required: ['CI / x / Test (pull_request)'],
    },
    seen: {
      grade: 'tasks',
      rows: [
        'R1 CI / x / Test (pull_request) success',
        'R1 CI / x / all-required (pull_request) failure',
      ],
      tasks: [task(1, 'x / Test success #1'), task(1, 'Test success #2')],
    },
    verdict: superseded,
  },
  {
    rule: 'stale: only the tasks of the run itself tell its prefix',
    asked: {
      umbrella: 'CI / x / all-required (pull_request)',
      required: ['CI / x / Test (pull_request)'],
    },
    seen: {
      grade: 'tasks',
      rows: [
        'R1 CI / x / Test (pull_request) success',
        'R1 CI / x / all-required (pull_request) failure',
      ],
      tasks: [task(1, 'x / Test success #1'), task(5, 'Test success #2', { file: 'other.yml' })],
    },
    verdict: stale(),
  },
  {
    rule: 'stale: a prefix ends where a name begins',
    asked: { umbrella: 'CI / X-all (pull_request)', required: ['CI / X-Test (pull_request)'] },
    seen: {
      grade: 'tasks',
      rows: ['R1 CI / X-Test (pull_request) success', 'R1 CI / X-all (pull_request) failure'],
      tasks: [task(1, 'X-Test success #1'), task(1, 'Test success #2')],
    },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: no task for a green status',
    seen: {
      grade: 'tasks',
      rows: STALE,
      tasks: good('tasks').filter(({ name }) => name !== 'Test'),
    },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: the task belongs to another head',
    seen: {
      grade: 'tasks',
      rows: STALE,
      tasks: good('tasks').map(row =>
        row.name === 'Test' ? { ...row, sha: 'c'.repeat(40) } : row,
      ),
    },
    verdict: superseded,
  },
  {
    rule: 'required-failed: a task only vetoes',
    seen: {
      grade: 'tasks',
      rows: staleBut('R1 Test success', 'R1 Test failure'),
      tasks: good('tasks'),
    },
    verdict: refuse('required-failed'),
  },
  {
    rule: 'required-open: a green task under a pending status is the attempt before',
    seen: { grade: 'tasks', rows: [...STALE, 'R1 Test waiting'], tasks: good('tasks') },
    verdict: wait('required-open'),
  },
  {
    rule: 'stale: tasks of another run do not veto',
    seen: { grade: 'tasks', rows: NATURAL },
    verdict: stale({ run: 2 }),
  },
  {
    rule: "superseded-evidence: the newest run's tasks all belong to another pull",
    seen: { grade: 'tasks', rows: STALE, tasks: good('tasks').map(row => ({ ...row, pull: 8 })) },
    verdict: superseded,
  },
  {
    rule: 'run-open: Forgejo 15 names the run, and it is going',
    seen: {
      version: '15.0.3+gitea-1.22.0',
      grade: 'tasks',
      rows: STALE,
      runs: [run(1, [], { completed: false })],
    },
    verdict: wait('run-open'),
  },
  {
    rule: 'stale: Forgejo 15 names the run, and it has ended',
    seen: {
      version: '15.0.3+gitea-1.22.0',
      grade: 'tasks',
      rows: STALE,
      runs: [run(1, [], { completed: true })],
    },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: Forgejo 15 names a newer run that never wrote',
    seen: {
      version: '15.0.3+gitea-1.22.0',
      grade: 'tasks',
      rows: STALE,
      runs: [run(1, []), run(2, [])],
    },
    verdict: superseded,
  },
]

describe('what the newest run says', () => {
  judges('answers', [...writers, ...ownRows, ...equalRows, ...jobRows, ...taskRows])
})
