import { describe, expect, it } from '@jest/globals'
import { asRunId, asRunKey } from '../../../src/core/model/ids.js'
import type { JobEvidence } from '../../../src/core/model/evidence.js'
import { headStatusesOf } from '../../../src/core/view/head-statuses.js'
import { contextOf, head, run, STALE } from '../../support/builders.js'

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
