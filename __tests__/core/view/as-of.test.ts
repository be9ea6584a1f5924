import { describe, expect, it } from '@jest/globals'
import type { CheckEvidence, JobEvidence } from '../../../src/core/model/evidence.js'
import type { Instant } from '../../../src/core/model/time.js'
import { asOf } from '../../../src/core/view/as-of.js'
import { head } from '../../support/builders.js'

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

  it('what had not begun is not there, and what had not ended was going', () => {
    expect(at(9)).toEqual({ suites: [], checks: [] })
    expect(at(25)).toEqual({ suites: ['open'], checks: ['success', 'open'] })
  })

  it('a run that is executed again later had ended all the same', () => {
    expect(at(30)).toEqual({ suites: ['success'], checks: ['success', 'success'] })
    expect(at(45)).toEqual({ suites: ['success'], checks: ['success', 'success', 'open'] })
  })
})
