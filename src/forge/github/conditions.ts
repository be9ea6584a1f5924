import type { Pull } from '../../core/model/evidence.js'
import type { MergeCondition } from '../../core/model/merge.js'
import { condition } from '../../core/model/merge.js'
import { attempt } from '../reading.js'
import { parseOne } from '../schema.js'
import { graphqlData } from './graphql.js'
import type { MergePullNode, Rules } from './merge-rules.js'
import { rulesAsk, ifAsked, NodeMerge, rulesOf } from './merge-rules.js'
import { CONDITIONS } from './queries.js'
import type { Repository } from './repository.js'

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

function conflicts({ mergeable, mergeStateStatus }: MergePullNode): MergeCondition {
  if (mergeable === 'CONFLICTING' || mergeStateStatus === 'DIRTY')
    return condition('conflicts', 'unmet', 'GitHub says that it has conflicts')
  return mergeable === 'MERGEABLE'
    ? condition('conflicts', 'met', 'GitHub says that it has none')
    : condition('conflicts', 'unknown', 'GitHub is still looking for them')
}

/** GitHub's own word for the whole, which depends on who asks (docs/github-facts.md, 1). */
const PASSES = ['CLEAN', 'HAS_HOOKS', 'UNSTABLE']

/** GitHub names one reason alone: where another holds it back, it does not tell of this one. */
function outdated({ mergeStateStatus: said }: MergePullNode, rules: Rules): MergeCondition {
  const name = 'outdated-branch'
  if (said === 'BEHIND')
    return condition(name, 'unmet', 'GitHub says that it is behind its base branch')
  if (PASSES.includes(said)) return condition(name, 'met', 'GitHub says that it can be merged')
  const asked = rulesAsk(
    rules,
    ({ parameters }) => parameters?.strict_required_status_checks_policy === true,
    ({ requiresStrictStatusChecks: strict }) => strict,
  )
  return asked === false
    ? condition(name, 'met', 'no rule asks for the newest base branch')
    : condition(name, 'unknown', `GitHub says ${said}, which names another reason first`)
}

function reviews({ reviewDecision }: MergePullNode): readonly MergeCondition[] {
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

function conversations({ reviewThreads }: MergePullNode, rules: Rules): MergeCondition {
  const read = (reviewThreads.nodes ?? []).flatMap(node => node ?? [])
  const open = read.filter(({ isResolved }) => !isResolved).length
  const asked = rulesAsk(
    rules,
    ({ parameters }) => parameters?.required_review_thread_resolution === true,
    rule => rule.requiresConversationResolution,
  )
  const { totalCount: total } = reviewThreads
  if (open === 0 && total > read.length && asked !== false)
    return condition('conversations', 'unknown', `${read.length} of ${total} could be read`)
  return ifAsked('conversations', asked, {
    is: open > 0,
    none: 'none is unresolved',
    some: `${open} unresolved`,
  })
}

function signatures({ commits }: MergePullNode, rules: Rules): MergeCondition {
  const read = (commits.nodes ?? []).flatMap(node => node?.commit ?? [])
  const bare = read.filter(({ signature }) => signature?.isValid !== true)
  const asked = rulesAsk(
    rules,
    ({ type }) => type === 'required_signatures',
    rule => rule.requiresSignatures,
  )
  if (bare.length === 0 && commits.totalCount > read.length && asked !== false)
    return condition(
      'signed-commits',
      'unknown',
      `${read.length} of ${commits.totalCount} commits could be read`,
    )
  const [first] = bare
  return ifAsked('signed-commits', asked, {
    is: first !== undefined,
    none: 'every commit has a valid signature',
    some: `${first?.oid.slice(0, 10) ?? ''} has no valid signature`,
  })
}

function queue({ isInMergeQueue, isMergeQueueEnabled }: MergePullNode): MergeCondition {
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
    const asked = { owner, name, number: pull.number }
    const { data, errors } = await graphqlData(client, CONDITIONS, asked)
    // Classic protection may be hidden and is asked for again; what else is missing would be told
    // as nothing: no review asked for, no queue.
    const lost = errors.find(({ path }) => !path.includes('branchProtectionRule'))
    return { lost, told: parseOne(NodeMerge(), data, 'POST /graphql (merge)') }
  })
  const unknown = (why: string) => [condition('other-rules', 'unknown', why)]
  if (!found.ok) return unknown(found.why.message)
  const { lost, told } = found.value
  if (lost !== undefined) return unknown(lost.message)
  const { pullRequest: node, viewerPermission } = told
  const rules = await rulesOf(on, pull, told)
  const open = node.state === 'OPEN'
  return [
    condition('open', open ? 'met' : 'unmet', `it is ${node.state.toLowerCase()}`),
    conflicts(node),
    outdated(node, rules),
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
