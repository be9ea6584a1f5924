import type { Json } from '../state.js'
import { isGreenBy } from './gate.js'
import type { Answer } from './route.js'
import { error } from './route.js'
import type { GithubWorld, MergeFacts, Pull } from './world.js'

/** What stands in the world of one pull request about merges; nothing, unless it is said. */
const factsOf = ({ merge }: Pull): MergeFacts => merge ?? {}

/** The permission under which the token looks, as far as a pull request of the world says one. */
export const viewerOf = (world: GithubWorld): string =>
  world.pulls.map(pull => factsOf(pull).viewer).find(one => one !== undefined) ?? 'WRITE'

/** GitHub's own word for the whole of it, which says less than it knows. */
function mergeState({ draft, conflicts, behind, strict, review, ...more }: MergeFacts): string {
  if (conflicts === true) return 'DIRTY'
  if (behind !== undefined && behind > 0 && strict === true) return 'BEHIND'
  const held =
    draft === true ||
    review === 'REVIEW_REQUIRED' ||
    review === 'CHANGES_REQUESTED' ||
    (more.resolve === true && (more.threads ?? 0) > 0) ||
    (more.sign === true && more.unsigned === true)
  return held ? 'BLOCKED' : 'CLEAN'
}

/** What GraphQL tells of a merge. */
export function mergeNode(pull: Pull): object {
  const facts = factsOf(pull)
  const threads = Array.from({ length: facts.threads ?? 0 }, () => ({ isResolved: false }))
  return {
    state: pull.open ? 'OPEN' : 'CLOSED',
    mergeable: facts.conflicts === true ? 'CONFLICTING' : 'MERGEABLE',
    mergeStateStatus: mergeState(facts),
    reviewDecision: facts.review ?? null,
    isInMergeQueue: facts.queue === 'queued',
    isMergeQueueEnabled: facts.queue !== undefined,
    reviewThreads: { totalCount: threads.length, nodes: threads },
    baseRef: { refUpdateRule: null, branchProtectionRule: null },
  }
}

/** The rules of a branch beside the checks that it requires. */
export function mergeRules(world: GithubWorld): readonly Json[] {
  const facts = world.pulls.map(factsOf)
  const rule = (type: string, parameters?: Json): Json => ({
    type,
    ruleset_source_type: 'Repository',
    ruleset_source: `${world.owner}/${world.name}`,
    ruleset_id: 2,
    ...(parameters === undefined ? {} : { parameters }),
  })
  const has = (of: (one: MergeFacts) => boolean | undefined): boolean =>
    facts.some(one => of(one) === true)
  return [
    ...(has(({ strict }) => strict)
      ? [
          rule('required_status_checks', {
            strict_required_status_checks_policy: true,
            required_status_checks: [],
          }),
        ]
      : []),
    ...(has(({ resolve }) => resolve)
      ? [
          rule('pull_request', {
            dismiss_stale_reviews_on_push: false,
            require_code_owner_review: false,
            require_last_push_approval: false,
            required_approving_review_count: 0,
            required_review_thread_resolution: true,
          }),
        ]
      : []),
    ...(has(({ sign }) => sign) ? [rule('required_signatures')] : []),
    ...facts
      .flatMap(({ others }) => others ?? [])
      .map(type => rule(type, { restricted_file_paths: ['go.mod'] })),
  ]
}

const no = (message: string): Answer => error(405, message)

/**
 * Why GitHub refuses a merge, in its words where a thread shows them (docs/github-facts.md, 8);
 * `null` where it does not.
 */
export function mergeRefusal(world: GithubWorld, pull: Pull): Answer | null {
  const { draft, conflicts, review, sign, unsigned, queue, ...facts } = factsOf(pull)
  const red = world.required.find(
    ({ context }) => !isGreenBy(world, 'and', { sha: pull.head, context }),
  )
  if (!['ADMIN', 'MAINTAIN', 'WRITE'].includes(viewerOf(world)))
    return error(403, 'Resource not accessible by integration')
  if (draft === true) return no('Pull Request is still a draft')
  if (conflicts === true) return no('Pull Request is not mergeable')
  if (queue !== undefined) return no('Changes must be made through the merge queue')
  if (review === 'REVIEW_REQUIRED')
    return no('At least 1 approving review is required by reviewers with write access.')
  if (sign === true && unsigned === true) return no('Commits must have verified signatures.')
  if (red !== undefined) return no(`Required status check "${red.context}" is expected.`)
  const policy =
    review === 'CHANGES_REQUESTED' ||
    (facts.resolve === true && (facts.threads ?? 0) > 0) ||
    (facts.strict === true && (facts.behind ?? 0) > 0)
  return policy ? no('the base branch policy prohibits the merge') : null
}
