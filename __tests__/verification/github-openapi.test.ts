import { describe, expect, it } from '@jest/globals'
import type { Json } from '../../verification/simulator/state.js'
import {
  DEVIATIONS,
  faultsOfAnswer,
  itemOf,
  leastOf,
  routeOf,
  SLICE,
} from '../../verification/simulator/github/openapi.js'

const STATUSES = '/repos/o/r/commits/abc/statuses'
const status = itemOf('status', {}) as Readonly<Record<string, never>>

const without = (fields: Readonly<Record<string, never>>, name: string): Json =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => field !== name))

describe("GitHub's own description of the routes used here", () => {
  it('names its version and licence', () => {
    expect(SLICE).toMatchObject({ version: '23.0.2', licence: 'MIT' })
  })

  it.each(Object.entries(SLICE.routes))('%s: the least it allows is right', (route, of) => {
    const [method = '', path = ''] = route.split(' ')
    const concrete = path.replace(/\{\w+\}/g, '1')
    expect(faultsOfAnswer(method, concrete, of.status, leastOf(of.schema))).toEqual([])
  })

  it('is closed: a planted misspelt field is a fault that names it', () => {
    const faults = faultsOfAnswer('GET', STATUSES, 200, [{ ...status, stat: 'success' }])
    expect(faults).toEqual([expect.stringContaining('"stat"')])
  })

  it('a missing field and a wrong type are faults', () => {
    const rest = without(status, 'state')
    expect(faultsOfAnswer('GET', STATUSES, 200, [rest])).toEqual([
      expect.stringContaining("'state'"),
    ])
    expect(faultsOfAnswer('GET', STATUSES, 200, [{ ...status, id: 'seven' }])).toEqual([
      expect.stringContaining('/0/id'),
    ])
  })

  it('a route or a status that is not described is a fault', () => {
    expect(faultsOfAnswer('GET', '/repos/o/r/nothing', 200, {})).toHaveLength(1)
    expect(faultsOfAnswer('GET', STATUSES, 204, [])).toHaveLength(1)
    expect(routeOf('GET', '/repos/o/r/branches/a/b')).toBe(
      'GET /repos/{owner}/{repo}/branches/{branch}',
    )
  })

  it("GitHub's own deviations are left out, by name", () => {
    const job = without(itemOf('job', {}) as Readonly<Record<string, never>>, 'created_at')
    const path = '/repos/o/r/actions/runs/1/jobs'
    expect(faultsOfAnswer('GET', path, 200, { total_count: 1, jobs: [job] })).toEqual([])
    expect(DEVIATIONS.map(({ route }) => route).every(route => route in SLICE.routes)).toBe(true)
  })
})
