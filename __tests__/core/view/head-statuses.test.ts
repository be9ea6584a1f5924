import { describe, expect, it } from '@jest/globals'
import { asRunId, asRunKey } from '../../../src/core/model/ids.js'
import type { Evidence, JobEvidence } from '../../../src/core/model/evidence.js'
import { headStatusesOf } from '../../../src/core/view/head-statuses.js'
import { contextOf, gap, head, pull, run, STALE } from '../../support/builders.js'

describe('of two that are called the same the first counts', () => {
  it('among runs, and so among their jobs', () => {
    const runs = [run(1, ['Lint failure']), run(1, ['Test success'], { id: asRunId(2) })]
    const seen = headStatusesOf(head({ grade: 'jobs', rows: STALE, runs }))
    expect(seen.runs.get(asRunKey(1))?.id).toBe(1)
    expect(seen.jobs.get(asRunKey(1))?.map(({ name }) => name)).toEqual(['Lint'])
  })

  it('among the jobs of a run, by what its rows call them', () => {
    const evidence = head({ grade: 'jobs', rows: ['R1 Lint success'] }) as JobEvidence
    const [only] = evidence.runs
    const jobs = (only?.jobs ?? []).flatMap(job => [job, { ...job, name: 'Twin' }])
    const seen = headStatusesOf({
      ...evidence,
      runs: evidence.runs.map(one => ({ ...one, jobs })),
    })
    expect(seen.rowsOfJobs).toEqual([{ run: 1, context: contextOf('Lint'), name: 'Lint' }])
  })
})

describe('the rows of a head', () => {
  const evidence = head({ grade: 'jobs', rows: STALE })

  it.each<{ rule: string; change: Partial<Evidence> }>([
    { rule: 'who else may write here', change: { writers: { kind: 'not-read' } } },
    { rule: 'what its umbrella needs', change: { needs: new Map() } },
    { rule: 'what could not be read', change: { gaps: [gap('history')] } },
  ])('are sorted once, and not anew for $rule', ({ change }) => {
    const around = { ...evidence, ...change } as Evidence
    expect(headStatusesOf(around)).toBe(headStatusesOf(evidence))
  })

  it.each<{ rule: string; change: Partial<Evidence> }>([
    { rule: 'its latest rows', change: { latest: [...evidence.latest] } },
    { rule: 'its pull requests', change: { pulls: [pull(8)] } },
    { rule: 'its runs', change: { runs: [] } },
    { rule: 'its time', change: { observedAt: evidence.observedAt + 1 } as Partial<Evidence> },
    { rule: 'its kind', change: { kind: 'statuses' } },
    { rule: 'its server', change: { traits: { ...evidence.traits } } },
  ])('are sorted anew for $rule', ({ change }) => {
    const anew = { ...evidence, ...change } as Evidence
    const before = headStatusesOf(evidence)
    const sorted = headStatusesOf(anew)
    expect(sorted).not.toBe(before)
    expect(sorted.evidence).toBe(anew)
  })

  it('are sorted for each look where no history was read', () => {
    const look = { ...evidence, history: null }
    expect(headStatusesOf(look)).not.toBe(headStatusesOf(look))
  })
})
