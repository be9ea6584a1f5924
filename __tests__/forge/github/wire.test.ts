import { describe, expect, it } from '@jest/globals'
import type { components, operations } from '@octokit/openapi-types'
import type { z } from 'zod'
import { CANDIDATES, detailsQuery } from '../../../src/forge/github/queries.js'
import type {
  WireBranch,
  WireCheck,
  WireChecks,
  WireJob,
  WireJobs,
  WirePull,
  WireRepository,
  WireRule,
  WireRun,
  WireRuns,
  WireStatus,
  WireSuite,
  WireSuites,
} from '../../../src/forge/github/wire.js'
import { faultsOfQuery } from '../../../verification/simulator/github/graphql.js'

type Schemas = components['schemas']

/** The answer to one of GitHub's operations, by its own description. */
type AnswerTo<
  Name extends keyof operations,
  Status extends number = 200,
> = operations[Name] extends { responses: infer Responses }
  ? Status extends keyof Responses
    ? Responses[Status] extends { content: { 'application/json': infer Body } }
      ? Body
      : never
    : never
  : never

/** The same as JSON carries it: numbers alone, however large the description lets them be. */
type AsJson<T> = T extends bigint
  ? never
  : T extends readonly (infer Item)[]
    ? AsJson<Item>[]
    : T extends object
      ? { [Field in keyof T]: AsJson<T[Field]> }
      : T

/** Compiles only if whatever GitHub describes is something our schema reads. */
type Reads<Schema extends z.ZodType, Described> = [Described] extends [never]
  ? false
  : AsJson<Described> extends z.input<Schema>
    ? true
    : false

/** Every schema against the description of what it reads: a field GitHub lacks does not compile. */
const TIED: {
  readonly status: Reads<typeof WireStatus, Schemas['status']>
  readonly run: Reads<typeof WireRun, Schemas['workflow-run']>
  readonly runs: Reads<typeof WireRuns, AnswerTo<'actions/list-workflow-runs-for-repo'>>
  readonly job: Reads<typeof WireJob, Schemas['job']>
  readonly jobs: Reads<typeof WireJobs, AnswerTo<'actions/list-jobs-for-workflow-run'>>
  readonly suite: Reads<typeof WireSuite, Schemas['check-suite']>
  readonly suites: Reads<typeof WireSuites, AnswerTo<'checks/list-suites-for-ref'>>
  readonly check: Reads<typeof WireCheck, Schemas['check-run']>
  readonly checks: Reads<typeof WireChecks, AnswerTo<'checks/list-for-suite'>>
  readonly pull: Reads<typeof WirePull, Schemas['pull-request']>
  readonly repository: Reads<typeof WireRepository, Schemas['full-repository']>
  readonly rule: Reads<
    typeof WireRule,
    Extract<Schemas['repository-rule-detailed'], { type: 'required_status_checks' }>
  >
  readonly branch: Reads<typeof WireBranch, Schemas['branch-with-protection']>
} = {
  status: true,
  run: true,
  runs: true,
  job: true,
  jobs: true,
  suite: true,
  suites: true,
  check: true,
  checks: true,
  pull: true,
  repository: true,
  rule: true,
  branch: true,
}

describe("what is read of GitHub's answers", () => {
  it('is what GitHub describes, for every schema', () => {
    expect(Object.values(TIED)).toEqual(Object.keys(TIED).map(() => true))
    type Planted = Reads<z.ZodObject<{ misspelt: z.ZodString }>, Schemas['status']>
    const planted: Planted = false
    expect(planted).toBe(false)
  })
})

describe("the queries, by GitHub's own schema", () => {
  it.each([
    { name: 'candidates', query: CANDIDATES },
    { name: 'details of one', query: detailsQuery(1) },
    { name: 'details of 25', query: detailsQuery(25) },
  ])('$name is valid', ({ query }) => {
    expect(faultsOfQuery(query)).toEqual([])
  })

  it('a planted wrong field is a fault', () => {
    expect(faultsOfQuery(CANDIDATES.replace('headRefOid', 'headRefSha'))).toEqual([
      expect.stringContaining('headRefSha'),
    ])
  })

  it('never decides by a rollup, or by a state that depends on who asks', () => {
    for (const query of [CANDIDATES, detailsQuery(2)])
      expect(query).not.toMatch(/statusCheckRollup|mergeStateStatus/)
  })
})
