import { describe, expect, it } from '@jest/globals'
import type { Writers } from '../../../src/core/model/surroundings.js'
import { asRunKey } from '../../../src/core/model/ids.js'
import { headStatusesOf } from '../../../src/core/view/head-statuses.js'
import {
  foreignRun,
  runGroupOf,
  taskPrefix,
  tellsFiles,
  unshownRun,
} from '../../../src/core/view/run-group.js'
import type { DecideCase, HeadChange } from '../../support/builders.js'
import {
  contextOf,
  head,
  judge,
  NATURAL,
  policy,
  pull,
  run,
  STALE,
  task,
  UMBRELLA,
} from '../../support/builders.js'
import { judges, refuse, stale, wait } from '../../support/verdicts.js'

const superseded = refuse('superseded-evidence')
const GREEN = ['Lint success', 'Test success', 'umbrella failure']

const families: readonly DecideCase[] = [
  {
    rule: 'superseded-evidence: no run of Actions ever wrote the umbrella',
    seen: { rows: ['R1 Lint success', 'R1 Test success', 'us green 1 1 aaaa failure'] },
    verdict: superseded,
  },
  {
    rule: 'run-open: a newer run of the group wrote no umbrella yet and is going',
    seen: { rows: [...STALE, 'R2 Docs waiting', 'R2 Lint success'] },
    verdict: wait('run-open'),
  },
  {
    rule: 'superseded-evidence: a newer run of the group ended without an umbrella',
    seen: { rows: [...STALE, 'R2 Lint success', 'R2 Test success'] },
    verdict: superseded,
  },
  {
    rule: "superseded-evidence: linked by a context of the umbrella's writers alone",
    asked: { required: ['Test'] },
    seen: { rows: [...STALE, 'R2 Docs success', 'R2 Lint success'] },
    verdict: superseded,
  },
  {
    rule: "stale: a run that shares no context is another workflow's",
    seen: { rows: [...STALE, 'R2 Ops / Check (pull_request) failure'] },
    verdict: stale({ run: 1 }),
  },
  {
    rule: 'superseded-evidence: two workflow files write the umbrella',
    seen: {
      grade: 'jobs',
      rows: NATURAL,
      runs: [
        run(1, ['Lint success', 'Test failure', 'umbrella failure'], { file: 'old.yml' }),
        run(2, GREEN),
      ],
    },
    verdict: refuse('superseded-evidence', { detail: expect.stringContaining('old.yml') }),
  },
  {
    rule: 'superseded-evidence: another file writes a context of ours, though not the umbrella',
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R2 Lint success'],
      runs: [run(1, GREEN), run(2, ['Lint success'], { file: 'other.yml' })],
    },
    verdict: superseded,
  },
  {
    rule: 'run-open: a newer run of the same file that wrote nothing yet',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, GREEN), run(2, ['Lint open', 'Test open', 'umbrella open'])],
    },
    verdict: wait('required-open'),
  },
  {
    rule: 'superseded-evidence: a newer finished run of the same file that wrote nothing',
    seen: { grade: 'jobs', rows: STALE, runs: [run(1, GREEN), run(2, GREEN)] },
    verdict: superseded,
  },
  {
    rule: 'stale: a push run of the same file is no group',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [
        run(1, GREEN),
        run(2, ['Lint failure', 'Test failure', 'umbrella failure'], {
          suffix: ' (push)',
          pull: null,
        }),
      ],
    },
    verdict: stale({ run: 1 }),
  },
  {
    rule: 'required-failed: a run of another event that writes (pull_request) too',
    seen: {
      version: '1.25.5',
      grade: 'jobs',
      rows: [
        'R1.0 Lint success',
        'R1.1 Test success',
        'R1.2 umbrella failure',
        'R2.0 Lint success',
        'R2.1 Test failure',
        'R2.2 umbrella failure',
      ],
      runs: [run(1, GREEN), run(2, ['Lint success', 'Test failure', 'umbrella failure'])],
    },
    verdict: refuse('required-failed', { holder: { context: contextOf('Test'), run: 2 } }),
  },
  {
    rule: 'stale: pull_request_target writes another context',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, GREEN), run(2, ['Test failure'], { suffix: ' (pull_request_target)' })],
    },
    verdict: stale({ run: 1 }),
  },
  {
    rule:
      'superseded-evidence: a run of a pull that nobody judged: closed by now, or opened ' +
      'after the list was read',
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R2 Lint failure', 'R2 Test failure', 'R2 umbrella failure'],
      runs: [
        run(1, GREEN),
        run(2, ['Lint failure', 'Test failure', 'umbrella failure'], { pull: 8 }),
      ],
    },
    verdict: refuse('superseded-evidence', {
      detail: expect.stringContaining('run 2 on this commit ran for pull request #8'),
      holder: { run: 2 },
    }),
  },
  {
    rule: 'superseded-evidence: by its tasks, a run of a pull that nobody judged',
    seen: {
      version: '1.23.8',
      grade: 'tasks',
      rows: [...STALE, 'R2 Lint failure', 'R2 umbrella failure'],
      tasks: [
        task(1, 'Lint success'),
        task(1, 'Test success'),
        task(2, 'Lint failure', { pull: 8 }),
      ],
    },
    verdict: refuse('superseded-evidence', { detail: expect.stringContaining('pull request #8') }),
  },
  {
    rule: "superseded-evidence: the umbrella's row is the pending one of a pull that nobody judged",
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R2 Lint waiting', 'R2 Test waiting', 'R2 umbrella blocked'],
      runs: [run(1, GREEN), run(2, ['Lint open', 'Test open', 'umbrella open'], { pull: 8 })],
    },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: a run of a pull that nobody judged has written nothing yet',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, GREEN), run(2, ['Lint open', 'Test open', 'umbrella open'], { pull: 8 })],
    },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: an older run of a pull that nobody judged',
    seen: {
      grade: 'jobs',
      rows: STALE.map(row => row.replace('R1', 'R2')),
      runs: [run(1, GREEN, { pull: 8 }), run(2, GREEN)],
    },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: of two runs of pulls that nobody judged the highest is named',
    seen: {
      grade: 'jobs',
      rows: STALE,
      runs: [run(1, GREEN), run(3, GREEN, { pull: 9 }), run(2, GREEN, { pull: 8 })],
    },
    verdict: refuse('superseded-evidence', {
      detail: expect.stringContaining('run 3 on this commit ran for pull request #9'),
    }),
  },
  {
    rule: 'superseded-evidence: a run linked by a context counts, though only its file is known',
    seen: {
      version: '1.23.8',
      grade: 'tasks',
      rows: [...STALE, 'R2 Lint success', 'R2 Test success'],
      tasks: [task(2, 'Lint success'), task(2, 'Test success')],
    },
    verdict: superseded,
  },
  {
    rule: 'stale: an older run of the same file that wrote nothing',
    seen: {
      grade: 'jobs',
      rows: STALE.map(row => row.replace('R1', 'R2')),
      runs: [run(1, GREEN), run(2, GREEN)],
    },
    verdict: stale({ run: 2, counted: ['Lint', 'Test', 'umbrella'].map(contextOf) }),
  },
  {
    rule: 'superseded-evidence: a required context that only a run of another pull wrote',
    asked: { required: ['Test', 'Ops / Check (pull_request)'] },
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R5.500 Ops / Check (pull_request) success'],
      runs: [run(1, GREEN), run(5, ['Check success #0'], { pull: 9, file: 'ops.yml' })],
    },
    verdict: superseded,
  },
  {
    rule: 'required-open: a required context that only a run of another pull wrote is going',
    asked: { required: ['Test', 'Ops / Check (pull_request)'] },
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R5.500 Ops / Check (pull_request) running'],
      runs: [run(1, GREEN), run(5, ['Check open #0'], { pull: 9, file: 'ops.yml' })],
    },
    verdict: wait('required-open'),
  },
  {
    rule: 'required-failed: a run whose pull the server does not tell counts',
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R2 Lint success', 'R2 Test failure', 'R2 umbrella failure'],
      runs: [
        run(1, GREEN),
        run(2, ['Lint success', 'Test failure', 'umbrella failure'], { pull: null }),
      ],
    },
    verdict: refuse('required-failed'),
  },
]

const twice = (job: string): Writers => ({
  kind: 'read',
  doubles: [
    {
      context: contextOf(job),
      where: 'on main',
      paths: ['.gitea/workflows/ci.yml', '.gitea/workflows/mac/ci.yml'],
    },
  ],
})
const NOT_READ = { kind: 'not-read' } as const

const writers: readonly DecideCase[] = [
  {
    rule: 'evidence-incomplete: the files of runs are not told, and workflow files were not read',
    seen: { rows: NATURAL, writers: NOT_READ },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: 'superseded-evidence: two files of the base write a required context',
    seen: { rows: NATURAL, writers: twice('Test') },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: two files write the umbrella, whoever vouches for it',
    seen: { rows: STALE, writers: twice('all-required') },
    verdict: superseded,
  },
  {
    rule: 'stale: two files write a context that does not count',
    seen: { rows: NATURAL, writers: twice('Elsewhere') },
    verdict: stale({ run: 2 }),
  },
  {
    rule: 'superseded-evidence: two files, and the suffix of the event tells no more of them',
    seen: { version: '1.24.7', rows: NATURAL, writers: twice('Lint') },
    verdict: superseded,
  },
  {
    rule: 'stale: task rows tell the file of every run',
    seen: { grade: 'tasks', rows: NATURAL, writers: NOT_READ },
    verdict: stale({ run: 2 }),
  },
  {
    rule: 'stale: runs are listed with their files',
    seen: { grade: 'jobs', rows: NATURAL, writers: NOT_READ },
    verdict: stale({ run: 2 }),
  },
]

const sharers: readonly DecideCase[] = [
  {
    rule: 'evidence-incomplete: which other pull requests name the commit was not read',
    seen: { rows: NATURAL, others: NOT_READ },
    verdict: refuse('evidence-incomplete'),
  },
  {
    rule: "superseded-evidence: a closed pull's run may be the newest, and the other failed",
    seen: {
      rows: [
        'R1 Lint success',
        'R1 Test failure',
        'R2 Lint success',
        'R2 Test success',
        'R2 umbrella success',
        'R1 umbrella failure',
      ],
      others: { kind: 'read', numbers: [2] },
    },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: an open job of the other run is enough',
    seen: {
      rows: ['R1 Lint success', 'R1 Test waiting', ...STALE.map(row => row.replace('R1', 'R2'))],
      others: { kind: 'read', numbers: [2] },
    },
    verdict: superseded,
  },
  {
    rule: 'stale: every run on the commit is proven, and the list vouches for the umbrella',
    seen: {
      rows: [...STALE, 'R2 Lint success', 'R2 Test success', 'R2 umbrella failure'],
      others: { kind: 'read', numbers: [2] },
    },
    verdict: stale({ run: 2 }),
  },
  {
    rule: 'own-verdict: every run is proven, but one umbrella is red and nobody vouches for it',
    asked: { userVouches: false },
    seen: {
      rows: [
        'R1 Lint success',
        'R1 Test success',
        'R2 Lint success',
        'R2 Test success',
        'R2 umbrella success',
        'R1 umbrella failure',
      ],
      others: { kind: 'read', numbers: [2] },
      work: { kind: 'other-work', why: 'it checks out the code' },
    },
    verdict: refuse('own-verdict'),
  },
  {
    rule: 'stale: runs are told with their pull request, and nobody else is asked for',
    seen: { grade: 'jobs', rows: NATURAL, others: NOT_READ },
    verdict: stale({ run: 2 }),
  },
]

const at = (lines: readonly string[], text: string): readonly string[] =>
  lines.map(row => `${row} @${text}`)
const SILENT = [
  'R1 umbrella blocked',
  'R2 Lint success',
  'R2 Test success',
  'R2 umbrella blocked',
  'R1 umbrella failure',
]
const quiet: readonly DecideCase[] = [
  {
    rule: 'run-open: job rows, a job of an older run is still going',
    seen: {
      grade: 'jobs',
      rows: NATURAL,
      runs: [run(1, ['Lint success', 'Test open', 'umbrella failure']), run(2, GREEN)],
    },
    verdict: wait('run-open'),
  },
  {
    rule: 'run-open: job rows, the run says it is not completed',
    seen: { grade: 'jobs', rows: STALE, runs: [run(1, GREEN, { completed: false })] },
    verdict: wait('run-open'),
  },
  {
    rule: 'run-open: of two runs that say they are going the newest is told',
    seen: {
      grade: 'tasks',
      version: '12.0.0+gitea-1.22.0',
      rows: [...NATURAL],
      tasks: [task(2, 'Lint success'), task(2, 'Test success')],
      runs: [run(1, [], { completed: false }), run(2, [], { completed: false })],
    },
    verdict: wait('run-open', { detail: expect.stringContaining('run 2') }),
  },
  {
    rule: 'run-open: a context of the group has a pending latest row',
    seen: { rows: [...STALE, 'R1 Docs waiting'] },
    verdict: wait('run-open'),
  },
  {
    rule: 'stale: a pending of ours is excepted',
    seen: { rows: [...STALE, 'us green 9 1 aaaa', 'us undo 9 1 aaaa'] },
    verdict: stale(),
  },
  {
    rule: 'stale: a pending in a context outside the group',
    seen: { rows: [...STALE, '@bot chat/bot pending'] },
    verdict: stale(),
  },
  {
    rule: 'run-open: the newest run has not ended its umbrella, and wrote 19 minutes ago',
    seen: { version: '1.23.8', rows: at(SILENT, '19m') },
    verdict: wait('run-open'),
  },
  {
    rule: 'stale: twenty minutes of silence are an end',
    seen: { version: '1.23.8', rows: at(SILENT, '20m') },
    verdict: stale({ run: 2 }),
  },
]

const others: readonly DecideCase[] = [
  {
    rule: 'stale: another workflow, proven by its own newest run',
    asked: { required: ['Test', 'Ops / Check (pull_request)'] },
    seen: {
      rows: [
        ...STALE,
        'R2 Ops / Check (pull_request) failure',
        'R3 Ops / Check (pull_request) success',
      ],
    },
    verdict: stale({
      run: 1,
      proof: expect.arrayContaining([
        expect.objectContaining({
          context: 'Ops / Check (pull_request)',
          run: 3,
          source: 'own-row',
        }),
      ]) as unknown,
    }),
  },
  {
    rule: 'required-failed: another workflow, failed in its newest run',
    asked: { required: ['Test', 'Ops / Check (pull_request)'] },
    seen: {
      rows: [
        ...STALE,
        'R3 Ops / Check (pull_request) failure',
        'R2 Ops / Check (pull_request) success',
      ],
    },
    verdict: refuse('required-failed', { holder: { run: 3 } }),
  },
  {
    rule: 'required-open: another workflow is going',
    asked: { required: ['Test', 'Ops / Check (pull_request)'] },
    seen: { rows: [...STALE, 'R2 Ops / Check (pull_request) running'] },
    verdict: wait('required-open'),
  },
  {
    rule: 'stale: another event of the same workflow',
    asked: { required: ['Test', 'CI / Test (push)'] },
    seen: {
      grade: 'jobs',
      rows: [...STALE, 'R2.201 CI / Test (push) success'],
      runs: [run(1, GREEN), run(2, ['Test success'], { suffix: ' (push)', pull: null })],
    },
    verdict: stale(),
  },
]

describe('which run counts', () => {
  judges('runs', [...families, ...writers, ...sharers, ...quiet, ...others])
})

const PAIR = [pull(7), pull(9)] as const
const runsOf = (nine: readonly string[]) => [run(1, GREEN, { pull: 7 }), run(2, nine, { pull: 9 })]
const TWO = [...STALE, 'R2 Lint success', 'R2 Test success', 'R2 umbrella failure']
const OLD_RED = [
  'R1 Lint success',
  'R1 Test failure',
  'R1 umbrella failure',
  'R2 Lint success',
  'R2 Test success',
  'R2 umbrella failure',
  'R3 Lint success',
  'R3 Test success',
  'R3 umbrella failure',
]
const OLD_TASKS = [task(1, 'Lint success'), task(1, 'Test failure')]
const PAIR_TASKS = [
  task(2, 'Lint success'),
  task(2, 'Test success'),
  task(3, 'Lint success', { pull: 9 }),
  task(3, 'Test success', { pull: 9 }),
]
const shared: readonly DecideCase[] = [
  {
    rule: 'stale: both pulls proven by their own newest runs',
    seen: { grade: 'jobs', pulls: [...PAIR], rows: TWO, runs: runsOf(GREEN) },
    verdict: stale({ run: 1 }),
  },
  {
    rule: 'superseded-evidence: the other pull on the head failed',
    seen: {
      grade: 'jobs',
      pulls: [...PAIR],
      rows: TWO.map(row => row.replace('R2 Test success', 'R2 Test failure')),
      runs: runsOf(['Lint success', 'Test failure', 'umbrella failure']),
    },
    verdict: refuse('superseded-evidence', { detail: expect.stringContaining('#9') }),
  },
  {
    rule: 'superseded-evidence: the other pull has no run of its own',
    seen: { grade: 'jobs', pulls: [...PAIR], rows: STALE, runs: [run(1, GREEN)] },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: the other pull is outside base-branches',
    bases: ['main'],
    seen: {
      grade: 'jobs',
      pulls: [pull(7), pull(9, { base: 'release/1' })],
      rows: TWO,
      runs: runsOf(GREEN),
    },
    verdict: superseded,
  },
  {
    rule: 'stale: base-branches are globs',
    bases: ['main', 'release/*'],
    seen: {
      grade: 'jobs',
      pulls: [pull(7), pull(9, { base: 'release/1' })],
      rows: TWO,
      runs: runsOf(GREEN),
    },
    verdict: stale(),
  },
  {
    rule: 'stale: on tasks, both pulls proven',
    seen: {
      grade: 'tasks',
      pulls: [...PAIR],
      rows: TWO,
      tasks: [
        task(1, 'Lint success'),
        task(1, 'Test success'),
        task(2, 'Lint success', { pull: 9 }),
        task(2, 'Test success', { pull: 9 }),
      ],
    },
    verdict: stale(),
  },
  {
    rule: "superseded-evidence: on tasks, the other pull's task failed",
    seen: {
      grade: 'tasks',
      pulls: [...PAIR],
      rows: TWO,
      tasks: [
        task(1, 'Lint success'),
        task(1, 'Test success'),
        task(2, 'Lint success', { pull: 9 }),
        task(2, 'Test failure', { pull: 9 }),
      ],
    },
    verdict: superseded,
  },
  {
    rule: "stale: on tasks that tell their pulls, an older red of one pull's own is its own affair",
    seen: {
      grade: 'tasks',
      version: '1.23.8',
      pulls: [...PAIR],
      rows: OLD_RED,
      tasks: [...OLD_TASKS, ...PAIR_TASKS],
    },
    verdict: stale({ run: 2 }),
  },
  {
    rule: 'superseded-evidence: on tasks, an older red of a run whose pull is not told',
    seen: { grade: 'tasks', version: '1.23.8', pulls: [...PAIR], rows: OLD_RED, tasks: PAIR_TASKS },
    verdict: superseded,
  },
  {
    rule:
      'superseded-evidence: by job rows that do not tell their pulls, a red of any run may ' +
      "be the other pull's",
    seen: {
      grade: 'jobs',
      pulls: [...PAIR],
      rows: TWO.map(row => row.replace('R1 Test success', 'R1 Test failure')),
      runs: [
        run(1, ['Lint success', 'Test failure', 'umbrella failure'], { pull: null }),
        run(2, GREEN, { pull: null }),
      ],
    },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: on statuses, of two runs that are not proven the newest is told',
    seen: {
      version: '1.24.0',
      pulls: [...PAIR],
      rows: [
        'R1 Lint success',
        'R1 Test failure',
        'R2 Lint success',
        'R2 Test failure',
        'R3 Lint success',
        'R3 Test success',
        'R3 umbrella failure',
        'R1 umbrella failure',
      ],
    },
    verdict: refuse('superseded-evidence'),
  },
  {
    rule: 'stale: on statuses, an optional red of any run does not matter',
    asked: { optional: ['Docs'] },
    seen: {
      version: '1.24.0',
      pulls: [...PAIR],
      rows: ['R1 Docs failure', ...TWO, 'R2 Docs success'],
    },
    verdict: stale(),
  },
  {
    rule: 'stale: on statuses, what no run of the group writes is asked of nobody else',
    asked: { external: ['scan/deep'] },
    seen: { version: '1.24.0', pulls: [...PAIR], rows: [...TWO, '@scanner scan/deep success'] },
    verdict: stale(),
  },
  {
    rule: 'stale: on statuses, a job that no list names may be skipped by any run',
    seen: {
      version: '1.24.0',
      pulls: [...PAIR],
      rows: ['R1 Docs skipped', ...TWO, 'R2 Docs success'],
    },
    verdict: stale(),
  },
  {
    rule: 'superseded-evidence: on statuses, a listed job must not be skipped by any run',
    seen: {
      version: '1.24.0',
      pulls: [...PAIR],
      rows: TWO.map(row => row.replace('R1 Test success', 'R1 Test skipped')),
    },
    verdict: superseded,
  },
  {
    rule: 'stale: on statuses, runs cannot be told apart and none left red',
    seen: { version: '1.24.0', pulls: [...PAIR], rows: TWO },
    verdict: stale({ run: 2 }),
  },
  {
    rule: "superseded-evidence: on statuses, a red of any run may be the other pull's",
    seen: {
      version: '1.24.0',
      pulls: [...PAIR],
      rows: TWO.map(row => row.replace('R1 Test success', 'R1 Test failure')),
    },
    verdict: superseded,
  },
  {
    rule: 'superseded-evidence: on statuses, a red in an unlisted context of the group too',
    seen: {
      version: '1.24.0',
      pulls: [...PAIR],
      rows: ['R1 Docs failure', ...TWO, 'R2 Docs success'],
    },
    verdict: superseded,
  },
]

describe('shared heads', () => {
  judges('shared-heads', shared)

  it(
    'superseded-evidence: no pull of a head is repaired while one is not proven, ' +
      'whichever is asked',
    () => {
      const evidence = head({
        grade: 'jobs',
        pulls: [...PAIR],
        rows: TWO.map(row => row.replace('R2 Test success', 'R2 Test failure')),
        runs: runsOf(['Lint success', 'Test failure', 'umbrella failure']),
      })
      expect([7, 9].map(number => judge(evidence, policy(), [], number).reason)).toEqual([
        'superseded-evidence',
        'required-failed',
      ])
    },
  )
})

const NUMBERED = ['R1.0 Lint success', 'R1.2 umbrella failure']
const BY_ID = ['R900.90100 Lint success', 'R900.90104 umbrella failure']

interface DoubtCase {
  readonly rule: string
  readonly seen: HeadChange
  readonly doubt: string | null
}

describe('why the newest run is not known', () => {
  it.each<DoubtCase>([
    { rule: 'one run that is linked by its id', seen: { rows: BY_ID }, doubt: null },
    {
      rule: 'runs that are all linked by their number',
      seen: { rows: [...NUMBERED, 'R2.0 Lint success', 'R2.2 umbrella failure'] },
      doubt: null,
    },
    {
      rule: 'some by number, some by id: a server that was upgraded between them',
      seen: { rows: [...NUMBERED, ...BY_ID] },
      doubt: 'run 1 is linked by its number and others by their id, so their order is not known',
    },
    {
      rule: 'the same on a server that links numbers alone',
      seen: { version: '1.23.8', rows: [...NUMBERED, ...BY_ID] },
      doubt: null,
    },
    {
      rule: 'a run of an event that nobody knows',
      seen: {
        grade: 'jobs',
        rows: STALE,
        runs: [run(1, GREEN, { suffix: { unknownEvent: 'comet' } })],
      },
      doubt: 'run 1 is of the event comet, which this version does not know',
    },
    {
      rule: 'a run that wrote here and is not among those that are listed',
      seen: { rows: NATURAL, runs: [run(2, GREEN)] },
      doubt: 'run 1 wrote on this commit but is not among its runs',
    },
    { rule: 'no runs are listed at all', seen: { rows: NATURAL }, doubt: null },
  ])('$rule', ({ seen, doubt }) => {
    const statuses = headStatusesOf(head({ version: '1.26.4', ...seen }))
    expect(runGroupOf(statuses, UMBRELLA, 7).doubt).toBe(doubt)
  })
})

describe('a run that nobody judged, or that may still write', () => {
  const OTHER = { file: 'other.yml' }
  const unshown = (rows: readonly string[]) => {
    const runs = [run(1, GREEN), run(2, [], OTHER)]
    const seen = { grade: 'jobs', version: '1.25.5', rows: [...STALE, ...rows], runs } as const
    const statuses = headStatusesOf(head(seen))
    const group = runGroupOf(statuses, UMBRELLA, 7)
    return unshownRun(statuses, group, new Set(['Lint', 'Test'].map(contextOf)), 7)
  }

  it.each([
    { rule: 'it wrote nothing', rows: [], may: true },
    { rule: 'what it wrote has another beginning', rows: ['R2 Ops / a (pull_request) success'] },
    {
      rule: 'what it wrote begins alike',
      rows: ['R2 CI / more (pull_request) success'],
      may: true,
    },
    {
      rule: 'one of what it wrote does',
      rows: ['R2 Ops / a (pull_request) success', 'R2 CI / more (pull_request) success'],
      may: true,
    },
    { rule: 'a beginning counts as a whole', rows: ['R2 CInema / a (pull_request) success'] },
  ])('a run of another file may still write what counts: $rule', ({ rows, may = false }) => {
    expect(unshown(rows)).toEqual(may ? { run: 2, file: 'other.yml' } : null)
  })

  it('of runs for pull requests that nobody judged the highest is told, however listed', () => {
    const of = (key: number, number: number) => run(key, GREEN, { pull: number })
    const found = (...runs: readonly ReturnType<typeof of>[]) =>
      foreignRun(
        headStatusesOf(head({ grade: 'jobs', rows: STALE, runs: [run(1, GREEN), ...runs] })),
      )
    expect(found(of(2, 8), of(3, 9))).toEqual({ run: 3, pull: 9 })
    expect(found(of(3, 9), of(2, 8))).toEqual({ run: 3, pull: 9 })
    expect(found()).toBeNull()
  })

  it('files are not told where a run of no known file wrote one of these contexts', () => {
    const statuses = headStatusesOf(
      head({ rows: [...STALE, 'R2 Lint success', 'R2 Docs success'], runs: [run(1, GREEN)] }),
    )
    expect(tellsFiles(statuses, new Set([contextOf('Lint')]))).toBe(false)
    expect(tellsFiles(statuses, new Set([contextOf('Build')]))).toBe(true)
  })

  it('what stands before the jobs of a run is asked of each run for itself', () => {
    const statuses = headStatusesOf(
      head({
        grade: 'tasks',
        rows: [...STALE, 'R2 Ops / Lint (pull_request) success'],
        tasks: [task(1, 'Lint success'), task(2, 'Lint success')],
      }),
    )
    const group = runGroupOf(statuses, UMBRELLA, 7)
    const prefixes = [1, 2, 1, 3].map(key => taskPrefix(statuses, group, asRunKey(key)))
    expect(prefixes).toEqual(['CI / ', 'Ops / ', 'CI / ', null])
  })
})
