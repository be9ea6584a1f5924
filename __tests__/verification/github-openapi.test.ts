import { expect, test } from '@jest/globals'
import type { Json } from '../../verification/simulator/state.js'
import {
  answerOf,
  DEVIATIONS,
  faultsOfAnswer,
  goodOf,
  itemOf,
  leastOf,
  routeOf,
  SLICE,
} from '../../verification/simulator/github/openapi.js'

type Fields = Readonly<Record<string, Json>>

const REPO = '/repos/{owner}/{repo}'
const STATUSES = '/repos/o/r/commits/abc/statuses'
const STATUSES_ROUTE = `GET ${REPO}/commits/{ref}/statuses 200`
const status = itemOf('status', {}) as Fields

const without = (fields: Json, name: string): Json =>
  Object.fromEntries(Object.entries(fields as Fields).filter(([field]) => field !== name))

/** A route's method and a path that it stands for. */
function concrete(route: string): readonly [string, string] {
  const [method = '', path = ''] = route.split(' ')
  return [method, path.replace(/\{\w+\}/g, '1')]
}

test('the slice names its version and licence', () => {
  expect(SLICE).toMatchObject({ version: '23.0.2', licence: 'MIT' })
})

test.each(Object.keys(SLICE.routes))('%s: the least it allows is right', route => {
  const least = leastOf(SLICE.routes[route]?.[String(goodOf(route))] ?? {})
  expect(faultsOfAnswer(...concrete(route), goodOf(route), least)).toEqual([])
})

test('a correct minimal list of statuses passes', () => {
  const row = { ...status, state: 'success', context: 'umbrella', creator: null }
  expect(faultsOfAnswer('GET', STATUSES, 200, [row])).toEqual([])
})

test('the slice is closed: a planted misspelt field is a fault that names it', () => {
  expect(faultsOfAnswer('GET', STATUSES, 200, [{ ...status, stat: 'success' }])).toEqual([
    `${STATUSES_ROUTE} /0: must NOT have additional properties 'stat'`,
  ])
})

test('a field misspelt deep inside is named too, where null would have been right', () => {
  const creator = itemOf('simple-user', { logn: 'ann' })
  expect(faultsOfAnswer('GET', STATUSES, 200, [{ ...status, creator }])).toEqual([
    `${STATUSES_ROUTE} /0/creator: must NOT have additional properties 'logn'`,
  ])
})

test('every object with fields is closed', () => {
  const open: string[] = []
  const visit = (value: unknown, at: string): void => {
    if (typeof value !== 'object' || value === null) return
    if ('properties' in value && !('additionalProperties' in value)) open.push(at)
    for (const [key, of] of Object.entries(value)) visit(of, `${at}/${key}`)
  }
  visit(SLICE.routes, '')
  visit(SLICE.components, '')
  expect(open).toEqual([])
})

test('a missing field and a wrong type are faults', () => {
  expect(faultsOfAnswer('GET', STATUSES, 200, [without(status, 'state')])).toEqual([
    `${STATUSES_ROUTE} /0: must have required property 'state'`,
  ])
  expect(faultsOfAnswer('GET', STATUSES, 200, [{ ...status, id: 'seven' }])).toEqual([
    `${STATUSES_ROUTE} /0/id: must be integer`,
  ])
})

test('of many choices, the one that was meant is faulted', () => {
  const rule = {
    type: 'required_status_checks',
    ruleset_id: 1,
    ruleset_source: 'o/r',
    parameters: { strict_required_status_checks_policy: false, required_status_checks: [{}] },
  }
  expect(faultsOfAnswer('GET', '/repos/o/r/rules/branches/main', 200, [rule])).toEqual([
    `GET ${REPO}/rules/branches/{branch} 200 /0/parameters/required_status_checks/0: ` +
      "must have required property 'context'",
  ])
})

test('an unknown route and a status that is not described are one fault each', () => {
  expect(faultsOfAnswer('GET', '/repos/o/r/nothing', 200, {})).toEqual([
    'GET /repos/o/r/nothing is not in the slice',
  ])
  expect(faultsOfAnswer('DELETE', STATUSES, 200, [])).toHaveLength(1)
  expect(faultsOfAnswer('GET', STATUSES, 204, [])).toHaveLength(1)
  expect(faultsOfAnswer('GET', STATUSES, 500, { message: 'Server Error' })).toHaveLength(1)
})

test.each([401, 403, 404, 409, 422, 429, 503])('a refusal with %i needs its message', code => {
  const right = { message: 'No', documentation_url: 'https://docs.github.com', status: '1' }
  expect(faultsOfAnswer('GET', STATUSES, code, { ...right, errors: [{}], url: 'x' })).toEqual([])
  expect(faultsOfAnswer('GET', STATUSES, code, {})).toHaveLength(1)
  expect(faultsOfAnswer('GET', STATUSES, code, { ...right, mesage: 'No' })).toHaveLength(1)
})

test.each([
  ['/repos/o/r/branches/a/b', '/branches/{branch}'],
  ['/repos/o/r/rules/branches/a/b', '/rules/branches/{branch}'],
  ['/repos/o/r/contents/.github/workflows/ci.yml?ref=main', '/contents/{path}'],
  ['/repos/o/r/contents/', '/contents/{path}'],
  ['/repos/o/r/commits/heads/status/status', '/commits/{ref}/status'],
  ['/repos/o/r/pulls/3', '/pulls/{pull_number}'],
  ['/repos/o/r', ''],
])('%s is %s', (path, route) => {
  expect(routeOf('GET', path)).toBe(`GET ${REPO}${route}`)
})

test('only what may hold slashes does', () => {
  expect(routeOf('GET', '/repos/o/r/pulls/3/files')).toBeNull()
  expect(routeOf('GET', '/rate_limit')).toBe('GET /rate_limit')
})

const asked = (team: string): Fields => ({ requested_teams: [without(itemOf(team, {}), 'type')] })
const repository = answerOf(`GET ${REPO}`, {}) as Fields
/** Each deviation, as GitHub shows it. */
const DEVIANT: Readonly<Record<string, Json>> = {
  [`GET ${REPO} /language`]: without(repository, 'language'),
  [`GET ${REPO} /source/language`]: {
    ...repository,
    source: without(itemOf('repository', {}), 'language'),
  },
  [`GET ${REPO}/pulls /*/requested_teams/*/type`]: [itemOf('pull-request-simple', asked('team'))],
  [`GET ${REPO}/pulls/{pull_number} /requested_teams/*/type`]: itemOf(
    'pull-request',
    asked('team-simple'),
  ),
  [`GET ${REPO}/actions/runs/{run_id}/jobs /jobs/*/created_at`]: {
    total_count: 1,
    jobs: [without(itemOf('job', {}), 'created_at')],
  },
  [`POST ${REPO}/actions/jobs/{job_id}/rerun `]: null,
  [`POST ${REPO}/actions/runs/{run_id}/rerun `]: null,
}

test.each(DEVIATIONS)('$route deviates at "$path", and only there', ({ route, path, why }) => {
  const body = DEVIANT[`${route} ${path}`]
  expect(body).toBeDefined()
  expect(why).not.toBe('')
  expect(faultsOfAnswer(...concrete(route), goodOf(route), body)).toEqual([])
  // Without the list it is a fault, so the entry is needed.
  expect(faultsOfAnswer(...concrete(route), goodOf(route), body, [])).toHaveLength(1)
})

test('a deviation leaves out its own field and no other', () => {
  const job = without(without(itemOf('job', {}), 'created_at'), 'conclusion')
  const path = '/repos/o/r/actions/runs/1/jobs'
  expect(faultsOfAnswer('GET', path, 200, { total_count: 1, jobs: [job] })).toEqual([
    expect.stringContaining("/jobs/0: must have required property 'conclusion'"),
  ])
})
