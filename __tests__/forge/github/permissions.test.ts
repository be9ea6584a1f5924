import { describe, expect, it } from '@jest/globals'
import { permissionOfCall, permissionOfPath } from '../../../src/forge/github/permissions.js'

const root = '/repos/acme/widgets'
const needs = (permission: string): string => `: the token needs "${permission}"`

describe('the permission that a refused call wants', () => {
  it.each([
    { what: `POST ${root}/statuses/abc`, said: needs('statuses: write') },
    { what: `POST ${root}/actions/jobs/1/rerun`, said: needs('actions: write') },
    { what: `GET ${root}/actions/runs/1/jobs`, said: needs('actions: read') },
    { what: `GET ${root}/commits/abc/check-suites`, said: needs('checks: read') },
    { what: `GET ${root}/check-suites/1/check-runs`, said: needs('checks: read') },
    { what: `GET ${root}/commits/abc/statuses`, said: needs('statuses: read') },
    { what: `GET ${root}/commits/abc/status`, said: needs('statuses: read') },
    { what: `GET ${root}/contents/.github`, said: needs('contents: read') },
    { what: `GET ${root}/branches/main`, said: needs('contents: read') },
    { what: `GET ${root}/rules/branches/main`, said: '' },
    { what: `GET ${root}/git/ref/tags/v1`, said: needs('contents: read') },
    { what: `GET ${root}/pulls/7`, said: needs('pull-requests: read') },
    { what: `GET ${root}/commits/abc/pulls`, said: needs('pull-requests: read') },
    { what: `GET ${root}/rules/branches/git`, said: '' },
    { what: `GET ${root}/rules/branches/status`, said: '' },
    { what: 'GET /repos/actions/toolkit/pulls', said: needs('pull-requests: read') },
    { what: 'POST /repos/actions/toolkit/issues/7/comments', said: '' },
    { what: 'GET /repos/acme/git-tools/pulls', said: needs('pull-requests: read') },
    { what: `GET ${root}/contents/.github/workflows/status.yml`, said: needs('contents: read') },
    {
      what: `GET ${root}/contents/.github/workflows/check-runs.yml`,
      said: needs('contents: read'),
    },
    { what: `GET ${root}/issues/7`, said: '' },
    { what: 'POST /graphql', said: '' },
  ])('$what', ({ what, said }) => {
    expect(permissionOfCall(what)).toBe(said)
  })
})

describe('the permission that a refused part of a query wants', () => {
  it.each([
    { path: ['repository', 'c0', 'checkSuites'], said: needs('checks: read') },
    {
      path: ['repository', 'c0', 'checkSuites', 'nodes', 3, 'checkRuns'],
      said: needs('checks: read'),
    },
    {
      rule: 'the innermost field counts',
      path: ['repository', 'c0', 'checkSuites', 'nodes', 3, 'workflowRun', 'event'],
      said: needs('actions: read'),
    },
    {
      path: ['repository', 'pullRequests', 'nodes', 0, 'commits', 'nodes', 0, 'commit', 'status'],
      said: needs('statuses: read'),
    },
    { path: ['repository', 'pullRequests'], said: needs('pull-requests: read') },
    { path: ['repository', 'viewerPermission'], said: '' },
    { path: [], said: '' },
  ])('$path', ({ path, said }) => {
    expect(permissionOfPath(path)).toBe(said)
  })
})
