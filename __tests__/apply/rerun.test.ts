import { describe, expect, it } from '@jest/globals'
import type { OutcomeCode } from '../../src/core/plan/outcome.js'
import type { ForgeErrorCode } from '../../src/forge/port.js'
import { ForgeError } from '../../src/forge/port.js'
import { fails } from '../support/acting.js'
import { asJobId, asJobKey, asRunId } from '../../src/core/model/ids.js'
import type { Job } from '../../src/core/model/job.js'
import { repair } from '../../src/apply/repair.js'
import { isNewExecution } from '../../src/apply/rerun.js'
import { contextOf, gap, pull, run, SHA, UMBRELLA } from '../support/builders.js'
import type { FakeForge } from '../support/fake-forge.js'
import type { RerunStart } from '../support/fake-reruns.js'
import { ends, rerun, runsAgain, VERSIONS, workflow } from '../support/fake-reruns.js'
import { sentOnRows } from '../support/started-reruns.js'

type Act = (fake: FakeForge) => void

interface RerunCase {
  readonly rule: string
  readonly start?: RerunStart
  readonly meanwhile?: Act
  readonly pauses?: readonly Act[]
  readonly outcome: OutcomeCode
  /** What the outcome says, in part. */
  readonly says?: string
  /** Re-runs that were sent. */
  readonly sent: 0 | 1
}

const before =
  (act: Act): Act =>
  fake => {
    fake.before('rerun', 1, () => {
      act(fake)
    })
  }
const refuses =
  (code: ForgeErrorCode): Act =>
  fake => {
    fake.before('rerun', 1, fails(code))
  }
const answers =
  (code: ForgeErrorCode): Act =>
  fake => {
    fake.after('rerun', 1, fails(code))
  }

/** Another instance was faster, by a second. */
const faster = (version: string): Act => before(runsAgain(version))

const NOTHING_SENT: readonly RerunCase[] = [
  {
    rule: 'closed: a pull was closed',
    meanwhile: fake => fake.pulls.set(7, { open: false, head: SHA }),
    outcome: 'closed',
    sent: 0,
  },
  {
    rule: 'head-moved: a new push',
    meanwhile: fake => fake.pulls.set(7, { open: true, head: 'c'.repeat(40) }),
    outcome: 'head-moved',
    sent: 0,
  },
  {
    rule: 'changed-meanwhile: a second pull stands on the head',
    meanwhile: fake => {
      fake.listed.push(pull(9))
    },
    outcome: 'changed-meanwhile',
    sent: 0,
  },
  {
    rule: 'changed-meanwhile: a newer run began',
    meanwhile: fake => {
      fake.write('R2 Lint waiting')
      fake.write('R2 umbrella blocked')
      fake.setRuns(runs => [...runs, run(2, ['Lint open', 'umbrella open'])])
    },
    outcome: 'changed-meanwhile',
    sent: 0,
  },
  {
    rule: 'changed-meanwhile: another instance runs it again already',
    meanwhile: runsAgain('1.27.0'),
    outcome: 'changed-meanwhile',
    sent: 0,
  },
  {
    rule: 'changed-meanwhile: it was run again and ended red in between',
    meanwhile: fake => {
      runsAgain('1.27.0')(fake)
      ends(fake, 'failure')
    },
    outcome: 'changed-meanwhile',
    sent: 0,
  },
  {
    rule: 'changed-meanwhile: the same job has another attempt, though its row is the old one',
    meanwhile: fake => {
      fake.setRuns(runs =>
        runs.map(one => ({ ...one, jobs: one.jobs.map(job => ({ ...job, attempt: 2 })) })),
      )
    },
    outcome: 'changed-meanwhile',
    says: 'was run again meanwhile',
    sent: 0,
  },
  {
    rule: 'changed-meanwhile: a person vetoed a context of the run that no merge requires',
    start: { version: '1.26.4' },
    meanwhile: fake => {
      fake.write('@ann Docs failure')
      fake.setRuns(runs =>
        runs.map(one => ({
          ...one,
          jobs: [
            ...one.jobs,
            { id: asJobId(103), name: 'Docs', state: 'success' as const, attempt: 1 },
          ],
        })),
      )
    },
    outcome: 'changed-meanwhile',
    says: 'which ann wrote',
    sent: 0,
  },
  {
    rule: 'changed-meanwhile: a run began that the concurrency group may cancel',
    start: {
      file: workflow({ concurrency: 'ci' }),
      openRuns: () => [{ run: run(9, []).key, file: 'ci.yml', head: null }],
    },
    outcome: 'changed-meanwhile',
    says: 'run 9 of ci.yml is still going',
    sent: 0,
  },
  {
    rule: 'changed-meanwhile: the second look has a gap',
    meanwhile: fake => {
      fake.gap('runs', gap(null))
    },
    outcome: 'changed-meanwhile',
    sent: 0,
  },
]

const ANSWERS: readonly RerunCase[] = [
  { rule: 'rerun: 201, and the umbrella ends green', outcome: 'rerun', sent: 1 },
  {
    rule: 'still-red: 201, and the umbrella ends red again',
    pauses: [fake => ends(fake, 'failure')],
    outcome: 'still-red',
    says: 'ended failure again in attempt 2',
    sent: 1,
  },
  {
    rule: 'still-red: 201, and the new execution is cancelled',
    pauses: [fake => ends(fake, 'cancelled')],
    outcome: 'still-red',
    says: 'ended cancelled again in attempt 2',
    sent: 1,
  },
  {
    rule: 'rerun-pending: 201, and no runner takes it within a minute',
    pauses: [],
    outcome: 'rerun-pending',
    says: 'has not ended',
    sent: 1,
  },
  {
    rule: 'changed-meanwhile: 400, another instance was faster',
    meanwhile: fake => {
      faster('1.27.0')(fake)
      refuses('rejected')(fake)
    },
    outcome: 'changed-meanwhile',
    says: 'by somebody else',
    sent: 1,
  },
  {
    rule: 'failed: 400, and nothing runs: the workflow is disabled, or too many attempts',
    meanwhile: refuses('rejected'),
    outcome: 'failed',
    says: 'was refused',
    sent: 1,
  },
  { rule: 'no-right: 401', meanwhile: refuses('unauthorized'), outcome: 'no-right', sent: 1 },
  {
    rule: 'no-right: 403, with the block that a workflow needs',
    meanwhile: refuses('forbidden'),
    outcome: 'no-right',
    says: 'permissions: {actions: write,',
    sent: 1,
  },
  {
    rule: 'changed-meanwhile: 404, the job id is that of an older attempt',
    meanwhile: fake => {
      faster('1.27.0')(fake)
      refuses('not-found')(fake)
    },
    outcome: 'changed-meanwhile',
    sent: 1,
  },
  {
    rule: 'failed: 404, and the run is as it was',
    meanwhile: refuses('not-found'),
    outcome: 'failed',
    sent: 1,
  },
  {
    rule: 'rerun: 500 after the work was done, its effect is found',
    meanwhile: answers('server-error'),
    outcome: 'rerun',
    sent: 1,
  },
  {
    rule: 'still-red: the answer is lost, its effect is found',
    meanwhile: answers('timeout'),
    pauses: [fake => ends(fake, 'failure')],
    outcome: 'still-red',
    sent: 1,
  },
  {
    rule: 'rerun-pending: the answer is lost, a new execution is there and goes on',
    meanwhile: answers('unreachable'),
    pauses: [],
    outcome: 'rerun-pending',
    sent: 1,
  },
  {
    rule: 'failed: 500 before anything was done',
    meanwhile: refuses('server-error'),
    pauses: [],
    outcome: 'failed',
    says: 'no new execution',
    sent: 1,
  },
  {
    rule: 'failed: the request is lost, and what became of it cannot be read',
    meanwhile: fake => {
      fake.before('rerun', 1, () => {
        fake.gap('runs', gap(null))
      })
      refuses('timeout')(fake)
    },
    pauses: [],
    outcome: 'failed',
    says: 'could not look back',
    sent: 1,
  },
  {
    rule: 'rerun: an answer that is no JSON may have been carried out',
    meanwhile: answers('not-json'),
    outcome: 'rerun',
    sent: 1,
  },
  {
    rule: 'rerun: the request is lost on its way, and somebody else runs the job again',
    meanwhile: fake => {
      fake.before('rerun', 1, () => {
        runsAgain('1.27.0')(fake)
        fails('timeout')()
      })
    },
    outcome: 'rerun',
    says: "the answer to the re-run was lost, and what ran may be somebody else's re-run",
    sent: 1,
  },
  {
    rule: 'failed: a limit says nothing of the run, and is not asked about it',
    meanwhile: fake => {
      faster('1.27.0')(fake)
      refuses('rate-limited')(fake)
    },
    outcome: 'failed',
    says: 'the re-run of run 1 was refused: the server said rate-limited',
    sent: 1,
  },
  {
    rule: 'failed: a redirect is not followed, nothing was done',
    meanwhile: refuses('redirected'),
    outcome: 'failed',
    sent: 1,
  },
]

const WHILE_WAITING: readonly RerunCase[] = [
  {
    rule: 'overtaken: a newer run began between the last look and the request',
    meanwhile: before(fake => {
      fake.write('R2 Lint waiting')
      fake.write('R2 umbrella blocked')
      fake.setRuns(runs => [...runs, run(2, ['Lint open', 'umbrella open'])])
    }),
    outcome: 'overtaken',
    says: 'run 2 began meanwhile',
    sent: 1,
  },
  {
    rule: 'overtaken: a person writes over the umbrella while it runs',
    start: { version: '1.26.4' },
    pauses: [
      fake => {
        ends(fake, 'success')
        fake.write('@ann umbrella failure')
      },
    ],
    outcome: 'overtaken',
    says: 'somebody else',
    sent: 1,
  },
  {
    rule: 'overtaken: the green is not of the run that was run again',
    start: {
      version: '1.26.4',
      runs: [
        run(0, ['umbrella success']),
        run(1, ['Lint success', 'Test success', 'umbrella failure']),
      ],
    },
    pauses: [
      fake => {
        ends(fake, 'success')
        fake.write('R0 umbrella success')
      },
    ],
    outcome: 'overtaken',
    says: 'somebody else',
    sent: 1,
  },
  {
    rule: 'overtaken: the umbrella ends green, but an older run writes red over it',
    start: { version: '1.26.4' },
    pauses: [
      fake => {
        ends(fake, 'success')
        fake.write('R1 umbrella failure')
      },
    ],
    outcome: 'overtaken',
    says: 'stands over it',
    sent: 1,
  },
  {
    rule: 'rerun: it ends in the third look, and a look in between could not be read',
    meanwhile: fake => {
      fake.before('history', 3, fails('server-error'))
    },
    pauses: [() => undefined, () => undefined, fake => ends(fake, 'success')],
    outcome: 'rerun',
    sent: 1,
  },
  {
    rule: 'rerun-pending: the run is completed, and the row still pending',
    pauses: [
      fake => {
        fake.setRuns(runs =>
          runs.map(one => ({
            ...one,
            completed: true,
            jobs: one.jobs.map(job => ({ ...job, state: 'success' as const })),
          })),
        )
      },
    ],
    outcome: 'rerun-pending',
    sent: 1,
  },
]

describe.each([
  { about: 'before a re-run', cases: NOTHING_SENT },
  { about: 'the answer to a re-run', cases: ANSWERS },
  { about: 'while a re-run is waited for', cases: WHILE_WAITING },
])('$about', ({ cases }) => {
  it.each(cases)('$rule', async ({ start = {}, meanwhile, pauses, outcome, says = '', sent }) => {
    const { outcome: end, fake } = await rerun(start, meanwhile, pauses)
    expect({ code: end.code, detail: end.detail }).toEqual({
      code: outcome,
      detail: expect.stringContaining(says),
    })
    expect(fake.calls.filter(call => call === 'rerun')).toHaveLength(sent)
    expect(fake.calls).not.toContain('post')
  })
})

describe.each(VERSIONS)('a re-run on %s', version => {
  it('looks, reads what it would touch, looks again, sends, looks back', async () => {
    const { fake, outcome } = await rerun({ version })
    expect(outcome.code).toBe('rerun')
    const from = fake.calls.indexOf('pull')
    expect(fake.calls.slice(from)).toEqual([
      ...['pull', 'openPulls', 'workflow', 'defaultBranch', 'commitOf', 'workflows'],
      ...['changedOffer', 'latestRows', 'history', 'runs', 'rerun'],
      ...['history', 'changedOffer', 'latestRows', 'history', 'runs'],
    ])
  })

  it('leaves nothing red: the umbrella ends green by its own hand', async () => {
    const { fake } = await rerun({ version })
    const last = fake
      .rows()
      .filter(({ context }) => context === UMBRELLA)
      .at(-1)
    expect([last?.state, last?.creator]).toEqual(['success', null])
  })

  it('waits no longer than a minute for all re-runs together', async () => {
    let paused = 0
    const count = (): void => {
      paused += 1
    }
    const { bench } = await rerun({ version }, undefined, Array<Act>(40).fill(count))
    expect(bench.clock.now()).toBe(60_000)
    expect(paused).toBeLessThanOrEqual(14)
  })

  it('does not look once more for what a timer that fires early leaves of the minute', async () => {
    const looks = { exact: 0, early: 0 }
    const counting = (which: keyof typeof looks): Act[] =>
      Array<Act>(40).fill(() => {
        looks[which] += 1
      })
    await rerun({ version }, undefined, counting('exact'))
    await rerun({ version, early: 0.5 }, undefined, counting('early'))
    expect(looks.early).toBe(looks.exact)
  })
})

describe('a lost re-run', () => {
  it('is given up after ten seconds without a sign', async () => {
    const { bench, outcome } = await rerun({}, refuses('timeout'), [])
    expect(outcome.code).toBe('failed')
    expect(bench.clock.now()).toBeLessThanOrEqual(11_000)
  })

  it('an error that is no trouble of a forge is not swallowed', async () => {
    const bug = new TypeError('a bug')
    const throws: Act = fake => {
      fake.before('rerun', 1, () => {
        throw bug
      })
    }
    await expect(rerun({}, throws)).rejects.toBe(bug)
    expect(bug).not.toBeInstanceOf(ForgeError)
  })
})

it('changed-meanwhile: where nothing is proven, nothing is sent', async () => {
  const { one, bench } = sentOnRows()
  expect(await repair(bench, { evidence: one.evidence, verdicts: new Map() }, one.write)).toEqual({
    code: 'changed-meanwhile',
    detail: 'nothing is proven',
  })
})

it('a context of the run that nobody wrote has nothing to cover', async () => {
  const start: RerunStart = {
    runs: [run(1, ['Lint success', 'Test success', 'Docs success', 'umbrella failure'])],
  }
  const { outcome, fake } = await rerun(start)
  expect(fake.rows().some(({ context }) => context === contextOf('Docs'))).toBe(true)
  expect(outcome.code).toBe('rerun')
})

describe('another execution than the one that was decided on', () => {
  const was = { run: asRunId(1), job: asJobId(104), state: 'failure', attempt: 1 } as const
  const now = (change: Partial<Job> = {}): Job => ({
    id: was.job,
    key: asJobKey(was.job),
    name: 'all-required',
    state: 'failure',
    attempt: was.attempt,
    ...change,
  })

  it.each<{
    readonly rule: string
    readonly stands: 'row' | 'check-run'
    readonly job: Job | null
    readonly before?: null
    readonly isNew: boolean
  }>([
    { rule: 'the same job', stands: 'row', job: now(), isNew: false },
    { rule: 'it is going', stands: 'row', job: now({ state: 'open' }), isNew: true },
    { rule: 'its next attempt', stands: 'row', job: now({ attempt: 2 }), isNew: true },
    { rule: 'another id', stands: 'row', job: now({ id: asJobId(1104) }), isNew: true },
    { rule: 'no job is shown', stands: 'row', job: null, isNew: false },
    { rule: 'none was known', stands: 'row', job: now({ attempt: 2 }), before: null, isNew: false },
    { rule: 'the same check run', stands: 'check-run', job: now(), isNew: false },
    { rule: 'a new id alone', stands: 'check-run', job: now({ id: asJobId(9) }), isNew: false },
    { rule: 'a new start', stands: 'check-run', job: now({ attempt: 2 }), isNew: true },
    { rule: 'it is going', stands: 'check-run', job: now({ state: 'open' }), isNew: true },
  ])('$stands: $rule: $isNew', ({ stands, job, before: known, isNew }) => {
    const umbrellaJob = known === null ? null : was
    expect(isNewExecution(job, { umbrellaJob, stands })).toBe(isNew)
  })
})
