import { describe, expect, it } from '@jest/globals'
import type { Evidence } from '../../../src/core/model/evidence.js'
import { asRunKey } from '../../../src/core/model/ids.js'
import type { ReadsAsked } from '../../../src/core/model/surroundings.js'
import { gateReads } from '../../../src/forge/github/gate.js'
import { ForgeError } from '../../../src/forge/port.js'
import { BASE_SHA } from '../../support/builders.js'
import { checksHead } from '../../support/check-builders.js'
import { branchOn, jobsOf, runRow, answeringGithub } from '../../support/answering-github.js'

describe('what a merge gate reads of GitHub', () => {
  it('is the jobs of the runs that are asked for, and of no other', async () => {
    const { kept, asked } = answeringGithub({
      'GET /r/actions/runs/1': runRow(1),
      'GET /r/actions/runs/1/jobs': jobsOf(),
    })
    const head = checksHead({ legs: ['codecov x success', 'R1 Lint success', 'R2 Lint success'] })
    const seen = await gateReads(kept).withJobs(head, [asRunKey(1), asRunKey(9)])
    expect(seen.gaps).toEqual([])
    expect(asked).toEqual([
      'GET /r/actions/runs/1',
      'GET /r/actions/runs/1/jobs?filter=all&per_page=100&page=1',
    ])
  })

  it('is nothing more where no run is asked for, of another forge, or around a head', async () => {
    const { kept, asked } = answeringGithub({})
    const head = checksHead({ legs: ['R1 Lint success'] })
    const other = { ...head, kind: 'jobs' } as unknown as Evidence
    const reads = gateReads(kept)
    expect(await reads.withJobs(head, [])).toBe(head)
    expect(await reads.withJobs(other, [asRunKey(1)])).toBe(other)
    expect(await reads.around(head, {} as ReadsAsked)).toBe(head)
    expect(asked).toEqual([])
  })

  it('is what a merge requires, once', async () => {
    const required_status_checks = [{ context: 'all-required', integration_id: 7 }]
    const { kept, asked } = answeringGithub({
      'GET /r/branches/main': branchOn(BASE_SHA),
      'GET /r/rules/branches/main': [
        { type: 'required_status_checks', parameters: { required_status_checks } },
      ],
    })
    const reads = gateReads(kept)
    expect(await reads.required('main')).toEqual(['all-required'])
    expect(await reads.required('main')).toEqual(['all-required'])
    expect(asked).toHaveLength(2)
  })

  it('is not what a token may not see: that is an error', async () => {
    const { kept } = answeringGithub({
      'GET /r/branches/main': branchOn(BASE_SHA),
      'GET /r/rules/branches/main': new ForgeError('forbidden', 'no right'),
    })
    await expect(gateReads(kept).required('main')).rejects.toMatchObject({
      code: 'forbidden',
      message: 'no right',
    })
  })
})
