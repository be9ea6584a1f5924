import { z } from 'zod'
import type { Pull } from '../../core/model/evidence.js'
import type { ConditionName, MergeCondition } from '../../core/model/merge.js'
import { condition } from '../../core/model/merge.js'
import { attempt } from '../reading.js'
import { lazy, parseOne } from '../schema.js'
import { hasNextPage } from './client.js'
import { graphqlData } from './graphql.js'
import { CONDITIONS } from './queries.js'
import type { Repository } from './repository.js'

/** Classic protection as anybody may read it (`refUpdateRule`), or an administrator. */
const ClassicRule = lazy(() =>
  z.object({
    requiresConversationResolution: z.boolean(),
    requiresSignatures: z.boolean(),
    requiresStrictStatusChecks: z.boolean().nullish(),
  }),
)

const NodeMerge = lazy(() =>
  z.object({
    viewerPermission: z.string().nullish(),
    pullRequest: z.object({
      state: z.string(),
      isDraft: z.boolean(),
      mergeable: z.string(),
      mergeStateStatus: z.string(),
      reviewDecision: z.string().nullish(),
      isInMergeQueue: z.boolean().nullish(),
      isMergeQueueEnabled: z.boolean().nullish(),
      reviewThreads: z.object({
        totalCount: z.number(),
        nodes: z.array(z.object({ isResolved: z.boolean() }).nullable()).nullish(),
      }),
      commits: z.object({
        totalCount: z.number(),
        nodes: z
          .array(
            z
              .object({
                commit: z.object({
                  oid: z.string(),
                  signature: z.object({ isValid: z.boolean() }).nullish(),
                }),
              })
              .nullable(),
          )
          .nullish(),
      }),
      baseRef: z
        .object({
          refUpdateRule: ClassicRule().nullish(),
          branchProtectionRule: ClassicRule().nullish(),
        })
        .nullish(),
    }),
  }),
)
type Merge = z.infer<ReturnType<typeof NodeMerge>>
type PullNode = Merge['pullRequest']

const WireMergeRule = lazy(() =>
  z.object({
    type: z.string(),
    parameters: z
      .object({
        required_review_thread_resolution: z.boolean().nullish(),
        strict_required_status_checks_policy: z.boolean().nullish(),
      })
      .nullish(),
  }),
)
type MergeRule = z.infer<ReturnType<typeof WireMergeRule>>

/** Rules that are judged here, or that hold back pushes and no merge of a pull request. */
const KNOWN_RULES = [
  'required_status_checks',
  'pull_request',
  'required_signatures',
  'merge_queue',
  'deletion',
  'non_fast_forward',
  'creation',
  'required_linear_history',
]

/** What is known of the rules of a base branch; `null`: that could not be read. */
interface Rules {
  readonly rulesets: readonly MergeRule[] | null
  /** `null` where there is none, or it is hidden from this token. */
  readonly classic: z.infer<ReturnType<typeof ClassicRule>> | null
  /** Is it known that there is no more than that? */
  readonly isWhole: boolean
}

async function rulesetsOf(
  { client, root }: Repository,
  branch: string,
): Promise<readonly MergeRule[] | null> {
  const path = `${root}/rules/branches/${encodeURIComponent(branch)}`
  const found = await attempt(async () => {
    const answer = await client.find(path, { per_page: 100, page: 1 })
    if (answer.status === 404) return []
    const rules = parseOne(z.array(WireMergeRule()), answer.body, `GET ${path}`)
    return hasNextPage(answer) ? null : rules
  })
  return found.ok ? found.value : null
}

const WireProtected = lazy(() => z.object({ protected: z.boolean() }))

/** Has the branch any classic rule? What is not told is taken for one. */
async function isProtected({ client, root }: Repository, branch: string): Promise<boolean> {
  const path = `${root}/branches/${encodeURIComponent(branch)}`
  const found = await attempt(async () =>
    parseOne(WireProtected(), (await client.get(path)).body, `GET ${path}`),
  )
  return !found.ok || found.value.protected
}

async function rulesOf(on: Repository, pull: Pull, merge: Merge): Promise<Rules> {
  const rulesets = await rulesetsOf(on, pull.base)
  const base = merge.pullRequest.baseRef
  const classic = base?.branchProtectionRule ?? base?.refUpdateRule ?? null
  const isTold = classic !== null || merge.viewerPermission === 'ADMIN'
  return {
    rulesets,
    classic,
    isWhole: rulesets !== null && (isTold || !(await isProtected(on, pull.base))),
  }
}

/** Do the rules ask for it? `null`: no rule that could be read does, and there may be others. */
function asks(
  { rulesets, classic, isWhole }: Rules,
  byRule: (rule: MergeRule) => boolean,
  byClassic: (rule: NonNullable<Rules['classic']>) => boolean | null | undefined,
): boolean | null {
  if ((rulesets ?? []).some(byRule)) return true
  const said = classic === null ? false : (byClassic(classic) ?? null)
  if (said === true) return true
  return said === null || !isWhole ? null : false
}

const HIDDEN = 'whether a rule asks for that could not be read'

/** Met where there is nothing to hold back, whatever the rules ask. */
function ifAsked(
  name: ConditionName,
  asked: boolean | null,
  said: { readonly is: boolean; readonly none: string; readonly some: string },
): MergeCondition {
  if (!said.is) return condition(name, 'met', said.none)
  if (asked === null) return condition(name, 'unknown', `${said.some}; ${HIDDEN}`)
  return asked
    ? condition(name, 'unmet', said.some)
    : condition(name, 'met', `${said.some}, and no rule asks for more`)
}

function conflicts({ mergeable, mergeStateStatus }: PullNode): MergeCondition {
  if (mergeable === 'CONFLICTING' || mergeStateStatus === 'DIRTY')
    return condition('conflicts', 'unmet', 'GitHub says that it has conflicts')
  return mergeable === 'MERGEABLE'
    ? condition('conflicts', 'met', 'GitHub says that it has none')
    : condition('conflicts', 'unknown', 'GitHub is still looking for them')
}

const WireCompare = lazy(() => z.object({ behind_by: z.number() }))

async function outdated(
  { client, root }: Repository,
  pull: Pull,
  { mergeStateStatus }: PullNode,
  rules: Rules,
): Promise<MergeCondition> {
  const name = 'outdated-branch'
  if (mergeStateStatus === 'BEHIND')
    return condition(name, 'unmet', 'GitHub says that it is behind its base branch')
  const path = `${root}/compare/${encodeURIComponent(pull.base)}...${pull.head}`
  const found = await attempt(async () =>
    parseOne(WireCompare(), (await client.get(path, { per_page: 1 })).body, `GET ${path}`),
  )
  if (!found.ok) return condition(name, 'unknown', found.why.message)
  const behind = found.value.behind_by
  return ifAsked(
    name,
    asks(
      rules,
      ({ parameters }) => parameters?.strict_required_status_checks_policy === true,
      ({ requiresStrictStatusChecks: strict }) => strict,
    ),
    {
      is: behind > 0,
      none: 'it holds all of its base branch',
      some: `its base branch has gone on by ${behind}`,
    },
  )
}

function reviews({ reviewDecision }: PullNode): readonly MergeCondition[] {
  switch (reviewDecision ?? null) {
    case null:
      return [
        condition('requested-changes', 'met', 'GitHub asks for no review'),
        condition('approvals', 'met', 'GitHub asks for no review'),
      ]
    case 'APPROVED':
      return [
        condition('requested-changes', 'met', 'GitHub says that it is approved'),
        condition('approvals', 'met', 'GitHub says that it is approved'),
      ]
    case 'CHANGES_REQUESTED':
      return [condition('requested-changes', 'unmet', 'GitHub says that changes are requested')]
    case 'REVIEW_REQUIRED':
      return [
        condition('requested-changes', 'met', 'nobody requests changes'),
        condition('approvals', 'unmet', 'GitHub says that a review is required'),
      ]
    default:
      return [
        condition('approvals', 'unknown', 'GitHub tells it in a way this version does not know'),
      ]
  }
}

function conversations({ reviewThreads }: PullNode, rules: Rules): MergeCondition {
  const nodes = reviewThreads.nodes ?? []
  const open = nodes.filter(node => node?.isResolved !== true).length
  const asked = asks(
    rules,
    ({ parameters }) => parameters?.required_review_thread_resolution === true,
    rule => rule.requiresConversationResolution,
  )
  if (open === 0 && reviewThreads.totalCount > nodes.length && asked !== false)
    return condition('conversations', 'unknown', `only ${nodes.length} of them could be read`)
  return ifAsked('conversations', asked, {
    is: open > 0,
    none: 'none is unresolved',
    some: `${open} unresolved`,
  })
}

function signatures({ commits }: PullNode, rules: Rules): MergeCondition {
  const nodes = commits.nodes ?? []
  const bare = nodes.filter(node => node?.commit.signature?.isValid !== true)
  const asked = asks(
    rules,
    ({ type }) => type === 'required_signatures',
    rule => rule.requiresSignatures,
  )
  if (bare.length === 0 && commits.totalCount > nodes.length && asked !== false)
    return condition('signed-commits', 'unknown', `only ${nodes.length} commits could be read`)
  const [first] = bare
  return ifAsked('signed-commits', asked, {
    is: first !== undefined,
    none: 'every commit has a valid signature',
    some: `${first?.commit.oid.slice(0, 10) ?? ''} has no valid signature`,
  })
}

function queue({ isInMergeQueue, isMergeQueueEnabled }: PullNode): MergeCondition {
  if (isMergeQueueEnabled == null)
    return condition('merge-queue', 'unknown', 'whether there is one is not told')
  if (!isMergeQueueEnabled) return condition('merge-queue', 'met', 'there is none')
  return isInMergeQueue === true
    ? condition('merge-queue', 'pending', 'it stands in the queue')
    : condition('merge-queue', 'unmet', 'merges go through the queue, and it does not stand there')
}

/** Rules of a kind that is judged nowhere here: they are named, and nothing is said of them. */
function others({ rulesets }: Rules): readonly MergeCondition[] {
  if (rulesets === null)
    return [condition('other-rules', 'unknown', 'the rules of this branch could not be read')]
  const kinds = [...new Set(rulesets.map(({ type }) => type))].filter(
    type => !KNOWN_RULES.includes(type),
  )
  if (kinds.length === 0) return []
  const said = `${kinds.join(', ')}: only GitHub says whether they are met`
  const name = kinds.includes('file_path_restriction') ? 'protected-files' : 'other-rules'
  return [condition(name, 'unknown', said)]
}

const MAY_MERGE = ['ADMIN', 'MAINTAIN', 'WRITE']

function permission(viewer: string | null | undefined): MergeCondition {
  if (viewer == null) return condition('permission', 'unknown', 'what this token may is not told')
  return MAY_MERGE.includes(viewer)
    ? condition('permission', 'met', 'this token may merge')
    : condition('permission', 'unmet', `whoever this token is of may not merge (${viewer})`)
}

/** GitHub's own word for the whole, which depends on who asks (docs/github-facts.md, 1). */
const PASSES = ['CLEAN', 'HAS_HOOKS', 'UNSTABLE']

/**
 * Every condition of a merge but the required contexts, as GitHub states it. Rules that only an
 * administrator may read are asked for and not counted on.
 */
export async function mergeConditions(
  on: Repository,
  pull: Pull,
): Promise<readonly MergeCondition[]> {
  const { client, owner, name } = on
  const found = await attempt(async () => {
    const { data } = await graphqlData(client, CONDITIONS, { owner, name, number: pull.number })
    return parseOne(NodeMerge(), data, 'POST /graphql (merge)')
  })
  if (!found.ok) return [condition('other-rules', 'unknown', found.why.message)]
  const { pullRequest: node, viewerPermission } = found.value
  const rules = await rulesOf(on, pull, found.value)
  const open = node.state === 'OPEN'
  const said = PASSES.includes(node.mergeStateStatus)
  return [
    condition('open', open ? 'met' : 'unmet', `it is ${node.state.toLowerCase()}`),
    conflicts(node),
    await outdated(on, pull, node, said ? { ...rules, isWhole: true } : rules),
    signatures(node, rules),
    node.isDraft
      ? condition('draft', 'unmet', 'it is a draft')
      : condition('draft', 'met', 'it is no draft'),
    ...reviews(node),
    conversations(node, rules),
    ...others(rules),
    queue(node),
    permission(viewerPermission),
  ]
}
