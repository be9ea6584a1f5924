import { z } from 'zod'

// What is read of GitHub's answers, and no more. Unknown words of enumerations stay text here and
// become `unknown` where they are read (docs/github-facts.md, 2).

const id = z.number().int().nonnegative()
const count = z.number().int().nonnegative()

export const WireRepository = z.object({ default_branch: z.string().min(1) })

export const WirePull = z.object({
  number: id,
  state: z.string(),
  head: z.object({ sha: z.string() }),
})

/** A pull request as a list of them tells it. */
export const WireListedPull = z.object({
  number: id,
  title: z.string(),
  draft: z.boolean().optional(),
  head: z.object({ sha: z.string() }),
  base: z.object({ ref: z.string(), sha: z.string() }),
})

export const WireStatus = z.object({
  id,
  state: z.string(),
  context: z.string(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
  created_at: z.string(),
  creator: z.object({ login: z.string(), type: z.string() }).nullish(),
})

export const WireSuite = z.object({
  id,
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  app: z.object({ id, slug: z.string().optional() }).nullable(),
})
export const WireSuites = z.object({ total_count: count, check_suites: z.array(WireSuite) })

export const WireCheck = z.object({
  id,
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  details_url: z.string().nullable(),
})
export const WireChecks = z.object({ total_count: count, check_runs: z.array(WireCheck) })

export const WireRun = z.object({
  id,
  event: z.string(),
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  workflow_id: id,
  check_suite_id: id.nullish(),
  path: z.string(),
  head_sha: z.string(),
  run_attempt: id.optional(),
  created_at: z.string(),
  head_branch: z.string().nullish(),
  head_repository: z.object({ full_name: z.string() }).nullish(),
})
export const WireRuns = z.object({ total_count: count, workflow_runs: z.array(WireRun) })

export const WireJob = z.object({
  id,
  run_id: id,
  run_attempt: id.optional(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  runner_id: z.number().int().nullable(),
  steps: z.array(z.unknown()).optional(),
})
export const WireJobs = z.object({ total_count: count, jobs: z.array(WireJob) })

/** A rule of a branch; of all rules only this one is about statuses. */
export const WireRule = z.object({
  type: z.string(),
  parameters: z
    .object({
      required_status_checks: z
        .array(z.object({ context: z.string(), integration_id: id.nullish() }))
        .optional(),
    })
    .optional(),
})

/** A branch, as far as it says which commit it stands on. */
export const WireTip = z.object({
  commit: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) }),
})

export const WireBranch = z.object({
  protection: z
    .object({
      required_status_checks: z
        .object({
          contexts: z.array(z.string()).optional(),
          checks: z
            .array(z.object({ context: z.string(), app_id: z.number().int().nullable() }))
            .optional(),
        })
        .optional(),
    })
    .optional(),
})

// GraphQL.

const NodeCheck = z.object({
  databaseId: id.nullable(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  startedAt: z.string().nullable(),
  completedAt: z.string().nullable(),
  detailsUrl: z.string().nullable(),
})

const NodeSuite = z.object({
  databaseId: id.nullable(),
  status: z.string(),
  conclusion: z.string().nullable(),
  app: z.object({ databaseId: id.nullable(), slug: z.string() }).nullable(),
  workflowRun: z
    .object({
      databaseId: id.nullable(),
      event: z.string(),
      createdAt: z.string(),
      workflow: z.object({
        databaseId: id.nullable(),
        state: z.string(),
        resourcePath: z.string(),
      }),
    })
    .nullable(),
  checkRuns: z
    .object({ totalCount: count, nodes: z.array(NodeCheck.nullable()).nullable() })
    .nullable(),
})

export const NodeSuites = z.object({
  totalCount: count,
  nodes: z.array(NodeSuite.nullable()).nullable(),
})

const NodePull = z.object({
  number: id,
  title: z.string(),
  isDraft: z.boolean(),
  headRefOid: z.string(),
  baseRefName: z.string(),
  baseRefOid: z.string(),
  commits: z.object({
    nodes: z
      .array(
        z
          .object({
            commit: z.object({
              oid: z.string(),
              status: z
                .object({
                  context: z
                    .object({
                      context: z.string(),
                      state: z.string(),
                      description: z.string().nullable(),
                      targetUrl: z.string().nullable(),
                      createdAt: z.string(),
                      creator: z.object({ __typename: z.string(), login: z.string() }).nullable(),
                    })
                    .nullable(),
                })
                .nullable(),
              checkSuites: NodeSuites.nullable(),
            }),
          })
          .nullable(),
      )
      .nullable(),
  }),
})

export const NodePulls = z.object({
  pullRequests: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    nodes: z.array(NodePull.nullable()).nullable(),
  }),
})

export const NodeCommit = z.object({
  oid: z.string(),
  status: z.object({ id: z.string() }).nullable(),
  checkSuites: NodeSuites.nullable(),
})

/** An issue; a pull request is one that names it. */
export const WireIssue = z.object({
  number: id,
  state: z.string(),
  locked: z.boolean(),
  comments: count,
  created_at: z.string(),
  pull_request: z.unknown().optional(),
})

export const WireComment = z.object({
  id,
  user: z.object({ login: z.string() }).nullable(),
  body: z.string(),
  created_at: z.string(),
})

/** Who asks, as GraphQL tells it. */
export const NodeViewer = z.object({ data: z.object({ viewer: z.object({ login: z.string() }) }) })

/**
 * What GraphQL answers, right or in part wrong. A query that it does not understand, or that broke
 * off at its root, has no data at all.
 */
export const GraphqlAnswer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        type: z.string().nullish(),
        path: z.array(z.union([z.string(), z.number()])).nullish(),
        extensions: z.object({ code: z.unknown() }).partial().nullish(),
      }),
    )
    .optional(),
})

export type Check = z.infer<typeof NodeCheck>
export type SuiteNode = z.infer<typeof NodeSuite>
export type SuitesNode = z.infer<typeof NodeSuites>
export type PullNode = z.infer<typeof NodePull>
export type JobRow = z.infer<typeof WireJob>
export type RunRow = z.infer<typeof WireRun>
export type StatusJson = z.infer<typeof WireStatus>
