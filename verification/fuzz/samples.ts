// An answer of each kind that the schemas of both families read.
import type { z } from 'zod'
import type { rowSchemas } from '../../src/forge/gitea/wire.js'
import * as github from '../../src/forge/github/wire.js'
import type { Json } from './json.js'

const SHA = '2f1b'.repeat(10)
const AT = '2026-11-22T10:12:18Z'

/** A row of each kind, as Gitea and Forgejo write it. */
export const GITEA_ROWS: Readonly<Record<keyof typeof rowSchemas, Json>> = {
  status: {
    id: 7,
    context: 'CI / Test (pull_request)',
    status: 'success',
    description: 'Successful in 12s',
    target_url: '/acme/widgets/actions/runs/12/jobs/0',
    creator: null,
    created_at: AT,
  },
  pull: {
    number: 7,
    title: 'x',
    state: 'open',
    draft: false,
    head: { sha: SHA, ref: 'x' },
    base: { ref: 'main', sha: SHA },
  },
  pullIssue: { number: 7, title: 'x', state: 'open', pull_request: { draft: false } },
  ref: { ref: 'refs/pull/7/head', object: { type: 'commit', sha: SHA } },
  run: {
    id: 3,
    run_number: 12,
    path: 'ci.yml@refs/pull/7/head',
    event: 'pull_request',
    head_sha: SHA,
    status: 'completed',
  },
  job: { id: 3, name: 'Test', status: 'completed', conclusion: 'success', run_attempt: 1 },
  forgejoRun: {
    id: 3,
    index_in_repo: 12,
    workflow_id: 'ci.yml',
    prettyref: '#7',
    commit_sha: SHA,
    trigger_event: 'pull_request',
    status: 'success',
  },
  forgejoJob: { id: 3, name: 'Test', status: 'success', attempt: 1 },
  task: {
    id: 3,
    name: 'Test',
    head_branch: '#7',
    head_sha: SHA,
    run_number: 12,
    event: 'pull_request',
    status: 'success',
    workflow_id: 'ci.yml',
    created_at: AT,
  },
}

const CHECK = { id: 1, name: 'x', status: 'completed', conclusion: 'success' }
const REST_CHECK = { ...CHECK, started_at: AT, completed_at: null, details_url: null }
export const RUN = {
  id: 1,
  event: 'push',
  status: 'completed',
  conclusion: null,
  workflow_id: 1,
  path: '.github/workflows/ci.yml',
  head_sha: SHA,
  run_attempt: 1,
  created_at: AT,
  head_branch: 'x',
  head_repository: { full_name: 'acme/widgets' },
}
const SUITES = {
  totalCount: 1,
  nodes: [
    {
      databaseId: 1,
      status: 'COMPLETED',
      conclusion: 'SUCCESS',
      app: { databaseId: 15368, slug: 'github-actions' },
      workflowRun: {
        databaseId: 1,
        event: 'pull_request',
        createdAt: AT,
        workflow: { databaseId: 1, state: 'ACTIVE', resourcePath: '/a/b/actions/workflows/ci.yml' },
      },
      checkRuns: {
        totalCount: 1,
        nodes: [
          {
            databaseId: 1,
            name: 'x',
            status: 'COMPLETED',
            conclusion: 'SUCCESS',
            startedAt: AT,
            completedAt: AT,
            detailsUrl: null,
          },
        ],
      },
    },
  ],
}

type Schema = readonly [schema: z.ZodType, row: Json]

/** The schemas of GitHub, each with an answer it reads. */
export const GITHUB: Readonly<Record<string, Schema>> = {
  repository: [github.WireRepository, { default_branch: 'main' }],
  pull: [github.WirePull, { number: 1, state: 'open', head: { sha: SHA } }],
  listedPull: [
    github.WireListedPull,
    {
      number: 1,
      title: 'x',
      draft: false,
      head: { sha: SHA },
      base: { ref: 'main', sha: SHA },
    },
  ],
  suites: [
    github.WireSuites,
    {
      total_count: 1,
      check_suites: [{ id: 1, status: null, conclusion: null, app: { id: 1, slug: 'x' } }],
    },
  ],
  checks: [github.WireChecks, { total_count: 1, check_runs: [REST_CHECK] }],
  runs: [github.WireRuns, { total_count: 1, workflow_runs: [RUN] }],
  jobs: [
    github.WireJobs,
    {
      total_count: 1,
      jobs: [{ ...REST_CHECK, run_id: 1, run_attempt: 1, runner_id: 1, steps: [] }],
    },
  ],
  rule: [
    github.WireRule,
    {
      type: 'required_status_checks',
      parameters: { required_status_checks: [{ context: 'x', integration_id: 1 }] },
    },
  ],
  tip: [github.WireTip, { commit: { sha: SHA } }],
  branch: [
    github.WireBranch,
    {
      protection: {
        required_status_checks: { contexts: ['x'], checks: [{ context: 'x', app_id: null }] },
      },
    },
  ],
  suitesNode: [github.NodeSuites, SUITES],
  pulls: [
    github.NodePulls,
    {
      pullRequests: {
        pageInfo: { hasNextPage: false, endCursor: null },
        nodes: [
          {
            number: 1,
            title: 'x',
            isDraft: false,
            headRefOid: SHA,
            baseRefName: 'main',
            baseRefOid: SHA,
            commits: { nodes: [{ commit: { oid: SHA, status: null, checkSuites: SUITES } }] },
          },
        ],
      },
    },
  ],
  commit: [github.NodeCommit, { oid: SHA, status: { id: 'x' }, checkSuites: SUITES }],
  issue: [
    github.WireIssue,
    { number: 1, state: 'open', locked: false, comments: 1, created_at: AT },
  ],
  comment: [github.WireComment, { id: 1, user: { login: 'x' }, body: 'x', created_at: AT }],
  viewer: [github.NodeViewer, { data: { viewer: { login: 'x' } } }],
  graphql: [
    github.GraphqlAnswer,
    {
      data: {},
      errors: [{ message: 'x', type: 'X', path: ['a', 1], extensions: { code: 'x' } }],
    },
  ],
}

export const WIRE_STATUS: Json = {
  id: 1,
  state: 'success',
  context: 'x',
  description: 'x',
  target_url: 'https://github.com/a/b/actions/runs/7',
  created_at: AT,
  creator: { login: 'github-actions[bot]', type: 'Bot' },
}
