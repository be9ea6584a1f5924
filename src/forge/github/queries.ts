/** What is read of every suite and of every check run. */
const FIELDS = `
fragment suiteFields on CheckSuite {
  databaseId status conclusion
  app { databaseId slug }
  workflowRun { databaseId event createdAt workflow { databaseId state resourcePath } }
}
fragment checkFields on CheckRun {
  databaseId name status conclusion startedAt completedAt detailsUrl
}`

/** What tells whether a head must be studied: its pull, and all that has the umbrella's name. */
export const CANDIDATES = `
query candidates(
  $owner: String!, $name: String!, $umbrella: String!, $first: Int!, $after: String
) {
  repository(owner: $owner, name: $name) {
    pullRequests(states: OPEN, first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number title isDraft headRefOid baseRefName baseRefOid
        commits(last: 1) {
          nodes {
            commit {
              oid
              status {
                context(name: $umbrella) {
                  context state description targetUrl createdAt creator { __typename login }
                }
              }
              checkSuites(last: 20, filterBy: { checkName: $umbrella }) {
                totalCount
                nodes {
                  ...suiteFields
                  checkRuns(last: 5, filterBy: { checkName: $umbrella, checkType: LATEST }) {
                    totalCount
                    nodes { ...checkFields }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}${FIELDS}`

/** A commit's suites with every execution of every job, and whether anybody posted a status. */
const COMMIT = `
fragment details on Commit {
  oid
  status { id }
  checkSuites(first: 100) {
    totalCount
    nodes {
      ...suiteFields
      checkRuns(first: 100, filterBy: { checkType: ALL }) {
        totalCount
        nodes { ...checkFields }
      }
    }
  }
}${FIELDS}`

/**
 * How many heads one query asks for: above it GitHub runs out of time (docs/github-facts.md, 2).
 */
export const CHUNK = 25

/** The name under which the answer holds the head at this place of a chunk. */
export const aliasOf = (at: number): string => `c${at}`

/** The details of so many commits, given as the variables `$c0`, `$c1` and so on. */
export function detailsQuery(count: number): string {
  const at = Array.from({ length: count }, (_, index) => index)
  const variables = at.map(index => `$c${index}: GitObjectID!`).join(', ')
  const fields = at.map(index => `${aliasOf(index)}: object(oid: $c${index}) { ...details }`)
  return (
    `query details($owner: String!, $name: String!, ${variables}) {\n` +
    `  repository(owner: $owner, name: $name) {\n    ${fields.join('\n    ')}\n  }\n}\n${COMMIT}`
  )
}

/** How many heads are asked for at once that only the umbrella's jobs are read of. */
export const LIGHT_CHUNK = 100

/** What the newest jobs of the umbrella's name say on so many commits, and no more. */
export function progressQuery(count: number): string {
  const at = Array.from({ length: count }, (_, index) => index)
  const variables = at.map(index => `$c${index}: GitObjectID!`).join(', ')
  const fields = at.map(index => `${aliasOf(index)}: object(oid: $c${index}) { ...progress }`)
  return (
    'query progress($owner: String!, $name: String!, $umbrella: String!, ' +
    `${variables}) {\n` +
    `  repository(owner: $owner, name: $name) {\n    ${fields.join('\n    ')}\n  }\n}\n${PROGRESS}`
  )
}

const PROGRESS = `
fragment progress on Commit {
  checkSuites(last: 20, filterBy: { checkName: $umbrella }) {
    nodes {
      workflowRun { databaseId }
      checkRuns(last: 5, filterBy: { checkName: $umbrella, checkType: LATEST }) {
        nodes { status startedAt }
      }
    }
  }
}`

/** Under which name a token writes. */
export const VIEWER = 'query viewer { viewer { login } }'

/** Which of these pull requests stand in the merge queue. Asked where a rule says there is one. */
export function queueQuery(numbers: readonly number[]): string {
  const fields = numbers.map(one => `p${one}: pullRequest(number: ${one}) { isInMergeQueue }`)
  return (
    'query queue($owner: String!, $name: String!) {\n' +
    `  repository(owner: $owner, name: $name) {\n    ${fields.join('\n    ')}\n  }\n}`
  )
}

/**
 * What GitHub itself says of a merge, and what a rule of the base branch asks for, by the half that
 * anybody may read and the one that only an administrator may.
 */
export const CONDITIONS = `
query conditions($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    viewerPermission
    pullRequest(number: $number) {
      state isDraft mergeable mergeStateStatus reviewDecision isInMergeQueue isMergeQueueEnabled
      reviewThreads(first: 100) { totalCount nodes { isResolved } }
      commits(last: 100) { totalCount nodes { commit { oid signature { isValid } } } }
      baseRef {
        refUpdateRule { requiresConversationResolution requiresSignatures }
        branchProtectionRule {
          requiresConversationResolution
          requiresSignatures: requiresCommitSignatures
          requiresStrictStatusChecks
        }
      }
    }
  }
}`
