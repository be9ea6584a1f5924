import { describe, expect, it } from '@jest/globals'
import type { CheckEvidence, Evidence, JobEvidence } from '../../../src/core/model/evidence.js'
import type { Instant } from '../../../src/core/model/time.js'
import { asOf } from '../../../src/core/view/as-of.js'
import type { ShownRun } from '../../support/builders.js'
import { head, NOW, run, STALE } from '../../support/builders.js'

const ROWS = ['R1 Test success', 'R1 umbrella failure', 'R2 Test running', 'R2 Test failure']

describe('a commit as it stood at a moment, by its rows', () => {
  const evidence = head({ rows: ROWS })
  const times = (evidence.history ?? []).map(({ createdAt }) => createdAt).sort((a, b) => a - b)
  const idsAt = (at: number): readonly number[] =>
    (asOf(evidence, { at: at as Instant }).history ?? []).map(({ id }) => id).sort((a, b) => a - b)
  const ids = (evidence.history ?? []).map(({ id }) => id).sort((a, b) => a - b)

  it('what was written in that second counts, and what came later does not', () => {
    expect(times.map(idsAt)).toEqual(times.map((_, at) => ids.slice(0, at + 1)))
    expect(idsAt((times[0] ?? 0) - 1)).toEqual([])
  })

  it('where a row is named, all before it counts, whatever its time', () => {
    const { history } = asOf(evidence, { at: 0 as Instant, before: ids[2] ?? 0 })
    expect((history ?? []).map(({ id }) => id).sort((a, b) => a - b)).toEqual(ids.slice(0, 2))
  })

  it('is seen at that time, and its latest rows are those of then', () => {
    const at = times[1] as Instant
    expect(asOf(evidence, { at })).toMatchObject({ observedAt: at, latest: [], kind: 'statuses' })
  })
})

describe('the same by its jobs', () => {
  const evidence = head({ grade: 'jobs', rows: ROWS.slice(0, 2) }) as JobEvidence
  const [last] = (evidence.history ?? []).map(({ createdAt }) => createdAt).sort((a, b) => b - a)
  const at = last as Instant

  it('a job that ended later was going', () => {
    const late: JobEvidence = {
      ...evidence,
      runs: evidence.runs.map(run => ({
        ...run,
        jobs: run.jobs.map(job => ({ ...job, endedAt: (at + 1000) as Instant })),
      })),
    }
    const then = asOf(late, { at }) as JobEvidence
    expect(then.kind).toBe('jobs')
    expect(then.runs.flatMap(({ jobs }) => jobs.map(({ state }) => state))).toEqual(
      evidence.runs.flatMap(({ jobs }) => jobs.map(() => 'open')),
    )
    expect(then.runs.every(({ completed }) => !completed)).toBe(true)
  })

  it('where the newest run went on, or is not listed any more, rows alone tell', () => {
    expect(asOf(evidence, { at: (at - 1) as Instant }).kind).toBe('statuses')
    expect(asOf({ ...evidence, runs: [] }, { at })).toMatchObject({ kind: 'statuses', runs: [] })
    expect(asOf(evidence, { at }).kind).toBe('jobs')
  })
})

describe('the runs of then', () => {
  const ONE = ['R1 Test success', 'R1 umbrella failure']
  const TWO = [...ONE, 'R2 Test success', 'R2 umbrella failure']
  const of = (key: number, change: Partial<ShownRun> = {}): ShownRun =>
    run(key, ['Test success', 'umbrella failure'], change)
  /** What was known when the first of these rows alone had been written. */
  const after = (count: number, evidence: Evidence) => {
    const at = evidence.history?.[count - 1]?.createdAt
    if (at === undefined) throw new Error('no such row')
    const then = asOf(evidence, { at })
    return {
      kind: then.kind,
      runs: then.runs.map(({ key, completed }) => ({ key: Number(key), completed })),
    }
  }

  it.each([
    {
      rule: 'by rows, those that had written by then; that they had ended is told by rows',
      seen: { rows: TWO, runs: [of(2), of(1, { completed: false })] },
      count: 2,
      is: { kind: 'statuses', runs: [{ key: 1, completed: true }] },
    },
    {
      rule: 'by rows, none where one of them is not listed any more',
      seen: { rows: TWO, runs: [of(1)] },
      count: 4,
      is: { kind: 'statuses', runs: [] },
    },
    {
      rule: 'by jobs, those that had written by then',
      seen: { grade: 'jobs', rows: TWO, runs: [of(1), of(2)] },
      count: 2,
      is: { kind: 'jobs', runs: [{ key: 1, completed: true }] },
    },
    ...[
      [of(1), of(2)],
      [of(2), of(1)],
    ].map((runs, at) => ({
      rule: `that an older run went on later takes nothing from the jobs of then (${at})`,
      seen: { grade: 'jobs' as const, rows: [...TWO, 'R1 Test failure'], runs },
      count: 4,
      is: { kind: 'jobs', runs: runs.map(({ key }) => ({ key: Number(key), completed: true })) },
    })),
    ...[
      [of(1), of(2)],
      [of(2), of(1)],
    ].map((runs, at) => ({
      rule: `that the newest went on later does (${at})`,
      seen: { grade: 'jobs' as const, rows: [...TWO, 'R2 Test failure'], runs },
      count: 4,
      is: {
        kind: 'statuses',
        runs: runs.map(({ key }) => ({ key: Number(key), completed: true })),
      },
    })),
    {
      rule: 'so it does where the newest of another file went on',
      seen: {
        grade: 'jobs' as const,
        rows: [...TWO, 'R1 Test failure'],
        runs: [of(1, { file: 'other.yml' }), of(2)],
      },
      count: 4,
      is: {
        kind: 'statuses',
        runs: [
          { key: 1, completed: true },
          { key: 2, completed: true },
        ],
      },
    },
  ] as const)('$rule', ({ seen, count, is }) => {
    expect(after(count, head(seen))).toEqual(is)
  })

  it.each([
    { rule: 'before or in that very moment', ends: [-1, 0], states: ['success', 'failure'] },
    { rule: 'one of them later', ends: [0, 1], states: ['success', 'open'] },
    { rule: 'untold', ends: [undefined, 1], states: ['success', 'open'] },
  ])('of a job that ended $rule', ({ ends, states }) => {
    const evidence = head({ grade: 'jobs', rows: ONE, runs: [of(1)] }) as JobEvidence
    const runs = evidence.runs.map(one => ({
      ...one,
      jobs: one.jobs.map((job, at) => {
        const end = ends[at]
        return end === undefined ? job : { ...job, endedAt: (NOW + end) as Instant }
      }),
    }))
    const then = asOf({ ...evidence, runs }, { at: NOW }) as JobEvidence
    expect(then.runs.flatMap(({ jobs }) => jobs.map(({ state }) => state))).toEqual(states)
    expect(then.runs.map(({ completed }) => completed)).toEqual([!states.includes('open')])
  })
})

describe('the same by check runs', () => {
  const check = (name: string, startedAt: number, completedAt: number | null) => ({
    id: startedAt,
    suite: 1,
    name,
    state: completedAt === null ? 'open' : 'success',
    startedAt,
    completedAt,
    attempt: null,
    isJob: true,
    isListed: true,
    taken: true,
  })
  const suite = { id: 1, state: 'success', neverStarted: false, app: { isActions: true } }
  const evidence = {
    ...head({ rows: [] }),
    kind: 'checks',
    runs: [],
    studied: true,
    required: [],
    suites: [{ ...suite, run: { id: 1, createdAt: 10 } }],
    checks: [check('lint', 11, 20), check('test', 12, 30), check('test', 40, 50)],
  } as unknown as CheckEvidence
  const at = (time: number) => {
    const { suites, checks } = asOf(evidence, { at: time as Instant }) as CheckEvidence
    return { suites: suites.map(one => one.state), checks: checks.map(one => one.state) }
  }

  it('what began in that very moment is there', () => {
    expect(at(10)).toEqual({ suites: ['open'], checks: [] })
    expect(at(11)).toEqual({ suites: ['open'], checks: ['open'] })
  })

  it('whether a run was going is told by its own jobs alone', () => {
    const [first] = evidence.suites
    const two = {
      ...evidence,
      suites: [first, { ...first, id: 2, run: { id: 2, createdAt: 10 } }],
      checks: [...evidence.checks, { ...check('docs', 10, 15), suite: 2 }],
    } as unknown as CheckEvidence
    const { suites } = asOf(two, { at: 25 as Instant }) as CheckEvidence
    expect(suites.map(({ state }) => state)).toEqual(['open', 'success'])
  })

  it('statuses of later did not stand, whether all of them were read or the latest', () => {
    const { history } = head({ rows: STALE })
    const cut = { at: NOW, before: 4 }
    for (const seen of [
      { ...evidence, latest: [], history },
      { ...evidence, latest: history ?? [], history: null },
    ]) {
      const then = asOf(seen, cut)
      expect(then.latest.map(({ id }) => Number(id))).toEqual([1, 2, 3])
      expect(then.history).toEqual(then.latest)
    }
  })

  it('what had not begun is not there, and what had not ended was going', () => {
    expect(at(9)).toEqual({ suites: [], checks: [] })
    expect(at(25)).toEqual({ suites: ['open'], checks: ['success', 'open'] })
  })

  it('a run that is executed again later had ended all the same', () => {
    expect(at(30)).toEqual({ suites: ['success'], checks: ['success', 'success'] })
    expect(at(45)).toEqual({ suites: ['success'], checks: ['success', 'success', 'open'] })
  })
})
