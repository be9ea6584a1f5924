import { buildSchema } from 'graphql'

/**
 * The part of GitHub's GraphQL API that shows pull requests and what stands on their commits, as
 * its reference documents it. `WideInt` is what `databaseId` is in truth: documented as `Int`, it
 * is above 2^32 on github.com.
 */
const SDL = `
scalar DateTime
scalar GitObjectID
scalar URI
scalar WideInt

enum PullRequestState { CLOSED MERGED OPEN }
enum MergeStateStatus { BEHIND BLOCKED CLEAN DIRTY DRAFT HAS_HOOKS UNKNOWN UNSTABLE }
enum CheckRunType { ALL LATEST }
enum CheckStatusState { COMPLETED IN_PROGRESS PENDING QUEUED REQUESTED WAITING }
enum CheckConclusionState {
  ACTION_REQUIRED CANCELLED FAILURE NEUTRAL SKIPPED STALE STARTUP_FAILURE SUCCESS TIMED_OUT
}
enum StatusState { ERROR EXPECTED FAILURE PENDING SUCCESS }
enum WorkflowState { ACTIVE DELETED DISABLED_FORK DISABLED_INACTIVITY DISABLED_MANUALLY }
enum MergeQueueEntryState { AWAITING_CHECKS LOCKED MERGEABLE QUEUED UNMERGEABLE }
enum OrderDirection { ASC DESC }
enum IssueOrderField { COMMENTS CREATED_AT UPDATED_AT }

input CheckSuiteFilter { appId: Int checkName: String }
input CheckRunFilter {
  appId: Int checkName: String checkType: CheckRunType status: CheckStatusState
}
input IssueOrder { direction: OrderDirection! field: IssueOrderField! }

interface Actor { login: String! resourcePath: URI! url: URI! }
type User implements Actor { databaseId: WideInt login: String! resourcePath: URI! url: URI! }
type Bot implements Actor { databaseId: WideInt login: String! resourcePath: URI! url: URI! }

type PageInfo {
  endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String
}
type RateLimit {
  cost: Int! limit: Int! nodeCount: Int! remaining: Int! resetAt: DateTime! used: Int!
}

type App { databaseId: WideInt name: String! slug: String! }
type Workflow {
  databaseId: WideInt name: String! resourcePath: URI! state: WorkflowState! url: URI!
}
type WorkflowRun {
  checkSuite: CheckSuite! createdAt: DateTime! databaseId: WideInt event: String!
  resourcePath: URI! runNumber: Int! updatedAt: DateTime! url: URI! workflow: Workflow!
}
type CheckRun {
  checkSuite: CheckSuite! completedAt: DateTime conclusion: CheckConclusionState
  databaseId: WideInt detailsUrl: URI isRequired(pullRequestNumber: Int): Boolean!
  name: String! permalink: URI! resourcePath: URI! startedAt: DateTime
  status: CheckStatusState! summary: String text: String title: String url: URI!
}
type CheckRunConnection { nodes: [CheckRun] pageInfo: PageInfo! totalCount: Int! }
type CheckSuite {
  app: App
  checkRuns(
    after: String before: String filterBy: CheckRunFilter first: Int last: Int
  ): CheckRunConnection
  commit: Commit! conclusion: CheckConclusionState createdAt: DateTime! databaseId: WideInt
  status: CheckStatusState! updatedAt: DateTime! workflowRun: WorkflowRun
}
type CheckSuiteConnection { nodes: [CheckSuite] pageInfo: PageInfo! totalCount: Int! }
type StatusContext {
  commit: Commit context: String! createdAt: DateTime! creator: Actor description: String
  id: ID! isRequired(pullRequestNumber: Int): Boolean! state: StatusState! targetUrl: URI
}
type Status {
  commit: Commit context(name: String!): StatusContext contexts: [StatusContext!]! id: ID!
  state: StatusState!
}
union StatusCheckRollupContext = CheckRun | StatusContext
type StatusCheckRollupContextConnection {
  nodes: [StatusCheckRollupContext] pageInfo: PageInfo! totalCount: Int!
}
type StatusCheckRollup {
  contexts(
    after: String before: String first: Int last: Int
  ): StatusCheckRollupContextConnection!
  id: ID! state: StatusState!
}
interface GitObject { id: ID! oid: GitObjectID! }
type Blob implements GitObject {
  byteSize: Int! id: ID! isBinary: Boolean isTruncated: Boolean! oid: GitObjectID! text: String
}
type TreeEntry { name: String! object: GitObject oid: GitObjectID! path: String type: String! }
type Tree implements GitObject { entries: [TreeEntry!] id: ID! oid: GitObjectID! }
type Commit implements GitObject {
  checkSuites(
    after: String before: String filterBy: CheckSuiteFilter first: Int last: Int
  ): CheckSuiteConnection
  committedDate: DateTime! id: ID! message: String! oid: GitObjectID! status: Status
  statusCheckRollup: StatusCheckRollup
}
type PullRequestCommit { commit: Commit! id: ID! }
type PullRequestCommitConnection {
  nodes: [PullRequestCommit] pageInfo: PageInfo! totalCount: Int!
}
type MergeQueueEntry {
  enqueuedAt: DateTime! id: ID! position: Int! pullRequest: PullRequest
  state: MergeQueueEntryState!
}
type MergeQueueEntryConnection { nodes: [MergeQueueEntry] pageInfo: PageInfo! totalCount: Int! }
type MergeQueue {
  entries(after: String before: String first: Int last: Int): MergeQueueEntryConnection id: ID!
}
type Ref { id: ID! name: String! prefix: String! target: GitObject }
type PullRequest {
  author: Actor baseRef: Ref baseRefName: String! baseRefOid: GitObjectID! closed: Boolean!
  commits(after: String before: String first: Int last: Int): PullRequestCommitConnection!
  createdAt: DateTime! headRef: Ref headRefName: String! headRefOid: GitObjectID!
  headRepository: Repository id: ID! isCrossRepository: Boolean! isDraft: Boolean!
  isInMergeQueue: Boolean! mergeQueueEntry: MergeQueueEntry
  mergeStateStatus: MergeStateStatus! number: Int! state: PullRequestState!
  title: String! updatedAt: DateTime! url: URI!
}
type PullRequestConnection { nodes: [PullRequest] pageInfo: PageInfo! totalCount: Int! }
type Repository {
  databaseId: WideInt defaultBranchRef: Ref id: ID! isPrivate: Boolean!
  mergeQueue(branch: String): MergeQueue name: String! nameWithOwner: String!
  object(expression: String oid: GitObjectID): GitObject
  pullRequest(number: Int!): PullRequest
  pullRequests(
    after: String baseRefName: String before: String first: Int headRefName: String last: Int
    orderBy: IssueOrder states: [PullRequestState!]
  ): PullRequestConnection!
  ref(qualifiedName: String!): Ref url: URI!
}
type Query {
  rateLimit(dryRun: Boolean): RateLimit
  repository(followRenames: Boolean = true, name: String!, owner: String!): Repository
  viewer: User!
}`

export const SCHEMA = buildSchema(SDL)
