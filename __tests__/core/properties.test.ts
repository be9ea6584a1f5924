import { afterAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { writeMarker } from '../../src/core/model/marker.js'
import { triage } from '../../src/core/triage/triage.js'
import { decide } from '../../src/core/rules/decide.js'

import { withdrawalOf } from '../../src/core/plan/withdrawal.js'
import type { Author, JobPhase, SignedRow, StatusRow } from '../../src/core/model/status.js'
import type { Instant } from '../../src/core/model/time.js'
import { seconds } from '../../src/core/model/time.js'
import type { Repair, Verdict } from '../../src/core/rules/verdict.js'
import { REASONS } from '../../src/core/rules/verdict.js'
import type { Play, Spoken } from '../support/arbitraries.js'
import { anyPolicy, anything, gap, play, row, spokenOf } from '../support/arbitraries.js'
import { contextOf, FOREIGN, latestOf, policy, UMBRELLA } from '../support/builders.js'
import { CASES, holds } from '../support/property.js'
import { spokenBy } from '../support/servers.js'
import { asJobKey, asRowId, asRunKey } from '../../src/core/model/ids.js'

const asked = policy()
const REQUIRED = ['Lint', 'Test'].map(contextOf)
const verdictOf = (evidence: Spoken, number = 7): Verdict => {
  const verdict = decide(asked, [], evidence).get(number)
  if (verdict === undefined) throw new Error('not judged')
  return verdict
}
const repairs = (evidence: Spoken): boolean => verdictOf(evidence).kind === 'repair'

/** The run a row of Actions is of; -1 for anybody else's. */
const numberOf = (row: StatusRow): number =>
  row.creator === null &&
  /^(Successful in|Failing after|Canceled after|Has |Waiting |Blocked )/.test(row.description)
    ? Number(/\/actions\/runs\/(\d+)\/jobs\/\d+$/.exec(row.targetUrl)?.[1] ?? -1)
    : -1

/** The same head with other rows. */
const withRows = (evidence: Spoken, history: readonly SignedRow[]): Spoken =>
  spokenOf({ ...evidence, history, latest: latestOf(history) })
const rowsOf = (evidence: Spoken): readonly SignedRow[] => evidence.history ?? []
const top = (evidence: Spoken): number => Math.max(0, ...rowsOf(evidence).map(({ id }) => id))
const added = (evidence: Spoken, row: Partial<SignedRow>): Spoken =>
  withRows(evidence, [
    ...rowsOf(evidence),
    {
      id: asRowId(top(evidence) + 1),
      context: UMBRELLA,
      state: 'pending',
      description: 'Waiting to run',
      targetUrl: '',
      creator: null,
      createdAt: (evidence.observedAt - 1_300_000) as Instant,
      author: FOREIGN,
      phantom: false,
      ...row,
    },
  ])

const counts = { plays: 0, repairs: 0, shared: 0 }

/** What is wrong with a repair by the rows alone, found without a line of the code under test. */
function wrongWith(evidence: Spoken, { proof, run, umbrella }: Repair): readonly string[] {
  const rows = [...rowsOf(evidence)].sort((a, b) => b.id - a.id)
  const of = (context: string): readonly StatusRow[] => rows.filter(row => row.context === context)
  const wrong: string[] = []
  const no = (fault: boolean, what: string): void => {
    if (fault) wrong.push(what)
  }
  no(
    proof.length === 0 || REQUIRED.some(context => !proof.some(one => one.context === context)),
    'the proof is not whole',
  )
  no(
    evidence.gaps.some(
      ({ context }) => context === null || context === UMBRELLA || REQUIRED.includes(context),
    ),
    'a gap that counts',
  )
  const red = of(UMBRELLA)[0]
  no(
    red === undefined ||
      red.id !== umbrella.row ||
      red.state === 'success' ||
      red.state === 'skipped',
    'the umbrella is not red or pending',
  )
  no(
    [UMBRELLA, ...REQUIRED].some(context => of(context).some(row => numberOf(row) > run)),
    'a newer run wrote',
  )
  no(
    [UMBRELLA, ...REQUIRED].some(context =>
      of(context).some(row => numberOf(row) > 0 && evidence.observedAt - row.createdAt < 300_000),
    ),
    'too young',
  )
  for (const context of REQUIRED) {
    const name = /\/ (.*) \(/.exec(context)?.[1]
    if (evidence.kind === 'jobs') {
      const ran = evidence.runs.find(({ key }) => key === run)
      const jobs = ran?.jobs.filter(job => job.name === name) ?? []
      no(
        ran?.completed !== true || jobs.length === 0 || jobs.some(job => job.state !== 'success'),
        `${context} by its jobs`,
      )
      continue
    }
    const end = of(UMBRELLA).find(row => numberOf(row) === run)
    const minutes =
      Number(/(?:(\d+)m)?\d+s$/.exec(end?.description ?? '')?.[1] ?? 0) +
      (/\dh/.test(end?.description ?? '') ? 60 : 0)
    const reported =
      end !== undefined &&
      evidence.traits.skipsEqualState &&
      (end.description.startsWith('Successful in') ||
        (end.description.startsWith('Failing after') && minutes < 10))
    const witness = of(context).find(
      row =>
        row.state === 'success' &&
        row.description.startsWith('Successful in') &&
        (numberOf(row) === run || (numberOf(row) > 0 && reported && row.id < end.id)),
    )
    no(
      witness === undefined ||
        of(context).some(row => row.state === 'pending' && row.id > witness.id),
      `${context} by its rows`,
    )
    const mine = of(context).find(row => numberOf(row) === run)
    no(
      mine !== undefined &&
        mine.state !== 'pending' &&
        !mine.description.startsWith('Successful in'),
      `${context}: what the run said last`,
    )
    if (evidence.kind === 'tasks') {
      const task = evidence.tasks
        .filter(one => one.run === run && one.name === name)
        .sort((a, b) => b.id - a.id)[0]
      no(task?.state !== 'success', `${context} by its task`)
    }
  }
  return wrong
}

/**
 * Was every required job of a pull's newest run truly green, and every job but its umbrella truly
 * over? What only rows tell is judged by what rows can tell (the closed list of docs/why.md): a run
 * that wrote no row is not seen, nor an umbrella that is run again under another's pending row.
 */
function trulyGreen({ evidence, truth }: Play, number: number): boolean {
  const jobs = evidence.kind === 'jobs'
  const seen = (run: number): boolean =>
    jobs || rowsOf(evidence).some(({ targetUrl }) => targetUrl.includes(`/runs/${run}/`))
  const newest = truth
    .filter(({ pull, run }) => pull === number && seen(run))
    .sort((a, b) => b.run - a.run)[0]
  return (
    newest !== undefined &&
    ['Lint', 'Test'].every(name => newest.jobs.get(name) === 'success') &&
    [...newest.jobs].every(([name, state]) => state !== 'open' || (name === 'umbrella' && !jobs)) &&
    newest.jobs.get('Docs') !== 'failure' &&
    newest.jobs.get('Docs') !== 'cancelled'
  )
}

/** Runs whose newest row in a counted context but the umbrella is red. */
function leftRed(evidence: Spoken): readonly string[] {
  const newest = new Map<string, StatusRow>()
  for (const row of [...rowsOf(evidence)].sort((a, b) => a.id - b.id))
    if (row.context !== UMBRELLA)
      newest.set(`${row.context} ${/runs\/(\d+)/.exec(row.targetUrl)?.[1] ?? ''}`, row)
  return [...newest].filter(([, { state }]) => state === 'failure').map(([key]) => key)
}

/** What a link of run 9 calls one of its two jobs: by id, or by place. */
const jobOfRun9 = ({ version }: Spoken, at: number): number =>
  (spokenBy(version).jobKey === 'id' ? 901 : 0) + (at % 2)

/** The writer of a row that says this of its job; one who says nothing of it is nobody known. */
const saying = ({ author }: SignedRow, phase: string | null): Author =>
  author.kind !== 'actions' || phase === null
    ? FOREIGN
    : {
        ...author,
        phase: phase as JobPhase,
        took: phase === 'failure' ? author.took : null,
      }

/** Are there cases enough to say how many of them reach what a property is about? */
const LONG = CASES >= 1000

describe('properties of a verdict', () => {
  it('safe: what is repaired was truly green, whatever the server wrote and left out', () => {
    holds([play()], made => {
      counts.plays += 1
      const verdict = verdictOf(made.evidence)
      if (verdict.kind !== 'repair') return
      counts.repairs += 1
      expect(trulyGreen(made, 7)).toBe(true)
      expect(wrongWith(made.evidence, verdict)).toEqual([])
    })
    if (LONG) expect(counts.repairs / counts.plays).toBeGreaterThan(0.1)
  })

  it('safe: on a shared head every pull was truly green', () => {
    holds([play([7, 9])], made => {
      const verdict = verdictOf(made.evidence)
      if (verdict.kind !== 'repair') return
      counts.shared += 1
      // Where rows alone cannot tell pulls apart, no run may have left a red row; what else its
      // rows hide is on the closed list.
      if (made.evidence.kind === 'statuses') expect(leftRed(made.evidence)).toEqual([])
      else expect([7, 9].map(number => trulyGreen(made, number))).toEqual([true, true])
    })
    // One case in fifty is such a repair: a short run may have none, a long one must have some.
    expect(counts.shared).toBeGreaterThanOrEqual(Math.floor(CASES / 1000))
  })

  it('progress: one finished run with green jobs and a red umbrella is repaired', () => {
    holds([play()], made => {
      const [only, ...more] = made.truth
      const rows = made.evidence.history ?? []
      const wrote = REQUIRED.every(context =>
        rows.some(row => row.context === context && row.description.startsWith('Successful in')),
      )
      const redUmbrella =
        made.evidence.latest.find(({ context }) => context === UMBRELLA)?.state === 'failure'
      const rerun =
        rows.filter(row => row.context === UMBRELLA && row.description.startsWith('Blocked'))
          .length > 1
      if (
        more.length > 0 ||
        only === undefined ||
        !['Lint', 'Test', 'Docs'].every(name => only.jobs.get(name) === 'success') ||
        only.jobs.get('umbrella') === 'open' ||
        !wrote ||
        !redUmbrella ||
        rerun ||
        made.evidence.observedAt < (rows.at(-1)?.createdAt ?? 0) + 3_600_000
      )
        return
      expect(verdictOf(made.evidence)).toMatchObject({ kind: 'repair' })
    })
  })

  const spoils = (
    [
      {
        name: 'a pending by anybody over a required context',
        spoil: (evidence, at) =>
          added(evidence, {
            context: REQUIRED[at % 2] ?? '',
            creator: at % 3 === 0 ? 'alice' : null,
          }),
      },
      {
        name: 'a state nobody knows over a required context',
        spoil: (evidence, at) =>
          added(evidence, { context: REQUIRED[at % 2] ?? '', state: 'unknown', creator: 'alice' }),
      },
      {
        name: "a person's red over the umbrella",
        spoil: evidence =>
          added(evidence, { state: 'failure', creator: 'alice', description: 'no' }),
      },
      {
        name: 'a newer run in a required context',
        spoil: (evidence, at) =>
          added(evidence, {
            context: REQUIRED[at % 2] ?? '',
            state: at % 5 === 0 ? 'pending' : 'success',
            description: at % 5 === 0 ? 'Waiting to run' : 'Successful in 3s',
            targetUrl: `/o/r/actions/runs/9/jobs/${jobOfRun9(evidence, at)}`,
            author: {
              kind: 'actions',
              run: asRunKey(9),
              job: asJobKey(jobOfRun9(evidence, at)),
              phase: at % 5 === 0 ? 'waiting' : 'success',
              took: at % 5 === 0 ? null : seconds(3),
            },
          }),
      },
      {
        name: 'no rows and no jobs of a required context',
        spoil: (evidence, at) =>
          withRows(
            {
              ...evidence,
              runs: evidence.runs.map(run => ({
                ...run,
                jobs: run.jobs.filter(({ name }) => contextOf(name) !== REQUIRED[at % 2]),
              })),
              tasks: evidence.tasks.filter(({ name }) => contextOf(name) !== REQUIRED[at % 2]),
            },
            rowsOf(evidence).filter(({ context }) => context !== REQUIRED[at % 2]),
          ),
      },
      { name: 'no history', spoil: evidence => ({ ...evidence, history: null }) },
      ...(['failure', 'cancelled', 'skipped', 'open', 'unknown'] as const).map(state => ({
        name: `a required job ${state}`,
        spoil: (evidence: Spoken, at: number): Spoken => ({
          ...evidence,
          runs: evidence.runs.map(run => ({
            ...run,
            jobs: run.jobs.map(job =>
              contextOf(job.name) === REQUIRED[at % 2] ? { ...job, state } : job,
            ),
          })),
          tasks: evidence.tasks.map(task =>
            contextOf(task.name) === REQUIRED[at % 2] ? { ...task, state } : task,
          ),
        }),
      })),
      ...[
        { state: 'failure', description: 'Failing after 3s', phase: 'failure' },
        { state: 'failure', description: 'Has been cancelled', phase: 'cancelled' },
        { state: 'success', description: 'Has been skipped', phase: 'skipped' },
        { state: 'pending', description: 'Has started running', phase: 'running' },
        { state: 'unknown', description: '', phase: null },
        { state: 'success', description: 'looks fine to me', phase: null },
      ].map(({ phase, ...change }) => ({
        name: `a green row that says ${change.state} "${change.description}"`,
        spoil: (evidence: Spoken, at: number): Spoken => {
          // A row of nobody in the place of a run's only row leaves a run that nobody has seen: the
          // blind spot `unseen-run`.
          const seen = (row: StatusRow): boolean =>
            change.state !== 'success' ||
            rowsOf(evidence).some(other => other !== row && numberOf(other) === numberOf(row))
          const green = rowsOf(evidence).filter(
            row =>
              REQUIRED.includes(row.context) &&
              row.description.startsWith('Successful in') &&
              seen(row),
          )
          const chosen = green[at % Math.max(1, green.length)]
          return withRows(
            evidence,
            rowsOf(evidence).map(row =>
              row === chosen
                ? ({ ...row, ...change, author: saying(row, phase) } as SignedRow)
                : row,
            ),
          )
        },
      })),
      {
        name: 'a younger row',
        spoil: evidence => ({
          ...evidence,
          observedAt: (Math.max(...rowsOf(evidence).map(({ createdAt }) => createdAt)) +
            299_000) as Instant,
        }),
      },
    ] satisfies readonly {
      readonly name: string
      readonly spoil: (evidence: Spoken, at: number) => Spoken
    }[]
  )
    // A kept seed names its case: the name of the spoil, not its code.
    .map(({ name, spoil }) => ({ name, spoil, [fc.toStringMethod]: () => name }))
  const made = { spoilt: 0 }
  it('monotone: spoiling any evidence never creates a repair', () => {
    holds(
      [play(), fc.constantFrom(...spoils), fc.nat(1000)],
      ({ evidence }, { spoil, name }, at) => {
        const spoilt = spoil(evidence, at)
        if (repairs(evidence)) made.spoilt += 1
        else expect([name, repairs(spoilt)]).toEqual([name, false])
      },
    )
    expect(made.spoilt).toBeGreaterThan(CASES / 20)
  })

  const deadly = spoils.filter(({ name }) => !/^a required job|^a green row/.test(name))
  it('monotone: what undoes the proof outright undoes the repair', () => {
    holds(
      [play(), fc.constantFrom(...deadly), fc.nat(1000)],
      ({ evidence }, { name, spoil }, at) => {
        // Where job rows tell what a job says, a row of nobody over its context tells nothing.
        if (evidence.kind !== 'jobs' || name !== spoils[0]?.name)
          expect(repairs(spoil(evidence, at))).toBe(false)
      },
    )
  })

  const mild = spoils.filter(({ name }) => name !== 'no rows and no jobs of a required context')
  it('safe: a repair of spoilt evidence still rests on whole grounds', () => {
    holds(
      [
        play(),
        fc.array(fc.tuple(fc.constantFrom(...mild), fc.nat(1000)), { minLength: 1, maxLength: 2 }),
        fc.array(gap, { maxLength: 1 }),
      ],
      ({ evidence }, picks, gaps) => {
        const spoilt = picks.reduce(
          (so: Spoken, [{ spoil }, at]) => (so.history === null ? so : spoil(so, at)),
          { ...evidence, gaps },
        )
        const verdict = verdictOf(spoilt)
        if (verdict.kind === 'repair') expect(wrongWith(spoilt, verdict)).toEqual([])
      },
    )
  })

  it('monotone: a gap that counts never leaves a repair', () => {
    holds(
      [play(), gap, fc.constantFrom(null, UMBRELLA, ...REQUIRED)],
      ({ evidence }, one, context) => {
        expect(repairs({ ...evidence, gaps: [{ ...one, context }] })).toBe(false)
      },
    )
  })

  it('order-free: rows, pages, runs and tasks in any order give the same verdict', () => {
    holds(
      [play([7, 9]), fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 })],
      ({ evidence }, keys) => {
        const shuffled = <T>(list: readonly T[]): readonly T[] =>
          list
            .map((item, index) => ({ item, key: keys[index % keys.length] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item)
        const {
          history,
          latest,
          runs,
          tasks,
          pulls: [first, ...rest],
        } = evidence
        const mixed: Spoken = {
          ...evidence,
          history: shuffled(history ?? []),
          latest: shuffled(latest),
          runs: shuffled(runs),
          tasks: shuffled(tasks),
          pulls: [rest[0] ?? first, first],
        }
        for (const number of [7, 9])
          expect(verdictOf(mixed, number)).toEqual(verdictOf(evidence, number))
      },
    )
  })

  it('order-free: jobs of a run in any order do not change what is decided', () => {
    holds([play()], ({ evidence }) => {
      const turned = {
        ...evidence,
        runs: evidence.runs.map(run => ({ ...run, jobs: [...run.jobs].reverse() })),
      }
      const [was, is] = [verdictOf(evidence), verdictOf(turned)]
      expect([is.kind, is.reason, is.run, is.umbrella]).toEqual([
        was.kind,
        was.reason,
        was.run,
        was.umbrella,
      ])
    })
  })

  it('total: any evidence at all gets a verdict, never an exception', () => {
    holds([anything, anyPolicy], (evidence, any) => {
      const verdicts = decide(any, [], evidence)
      expect([...verdicts.keys()]).toEqual(evidence.pulls.map(({ number }) => number))
      for (const { kind, reason } of verdicts.values()) expect(REASONS[kind]).toContain(reason)
      triage(any, { evidence, rows: evidence.history })
      withdrawalOf(any, evidence)
    })
  })

  it(
    'idempotent: with our success on top there is nothing to repair, and nothing ' + 'to take back',
    () => {
      let laid = 0
      holds([play()], ({ evidence }) => {
        const verdict = verdictOf(evidence)
        if (verdict.kind !== 'repair') return
        laid += 1
        const { umbrella, run } = verdict
        const made = { kind: 'green', red: umbrella.row, run, nonce: 'abcdef' } as const
        const mark = writeMarker(made)
        const after = added(evidence, {
          state: 'success',
          description: `umbrella-reaper: green${mark}`,
          creator: 'bot',
          createdAt: evidence.observedAt,
          author: { kind: 'us', mark: made },
        })
        expect(verdictOf(after)).toMatchObject({ kind: 'leave', reason: 'umbrella-green' })
        expect(withdrawalOf(asked, after)).toBeNull()
      })
      if (LONG) expect(laid).toBeGreaterThan(CASES / 10)
    },
  )

  it('patient: waiting longer never turns a repair into anything else', () => {
    holds([play(), fc.nat(10 ** 9)], ({ evidence }, more) => {
      if (repairs(evidence))
        expect(repairs({ ...evidence, observedAt: (evidence.observedAt + more) as Instant })).toBe(
          true,
        )
    })
  })

  afterAll(() => {
    // The generators must reach what the properties are about.
    if (LONG) expect(counts.repairs).toBeGreaterThan(CASES / 10)
  })
})

describe('a head that triage skips', () => {
  /** Some preview, with this row as one of the umbrella. */
  const looked = (evidence: Spoken, one: SignedRow, others: number): Spoken =>
    spokenOf({
      ...evidence,
      latest: [...evidence.latest.slice(0, others), { ...one, context: UMBRELLA }],
      history: null,
      runs: [],
    })

  it('is left alone by the rules for the same reason, for every pull request of it', () => {
    let seen = 0
    holds([anything, row, anyPolicy, fc.nat(4)], (evidence, one, asking, others) => {
      const first = looked(evidence, one, others)
      const decided = triage(asking, { evidence: first, rows: null })
      if (decided.kind !== 'skip') return
      seen += 1
      const verdicts = [...decide(asking, [], first).values()]
      expect(verdicts).toHaveLength(first.pulls.length)
      for (const { kind, reason } of verdicts)
        expect([kind, reason]).toEqual(['leave', decided.reason])
    })
    expect(seen).toBeGreaterThan(CASES / 20)
  })
})
