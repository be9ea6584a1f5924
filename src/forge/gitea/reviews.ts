import { z } from 'zod'
import type { MergeCondition } from '../../core/model/merge.js'
import { condition } from '../../core/model/merge.js'
import { lazy } from '../schema.js'
import type { SeenRule } from './seen-rule.js'
import { ruleAsks, hiddenWhy, ifAsked } from './seen-rule.js'

/** A review as its list tells it: whether it counts is its own word (docs/forge-facts.md, 6). */
export const WireReview = lazy(() =>
  z.object({
    id: z.number(),
    state: z.string(),
    official: z.boolean().nullish(),
    stale: z.boolean().nullish(),
    dismissed: z.boolean().nullish(),
    user: z.object({ login: z.string() }).nullish(),
  }),
)
type Review = z.infer<ReturnType<typeof WireReview>>

const reviewerNames = (reviews: readonly Review[]): string =>
  [...new Set(reviews.map(({ user }) => user?.login ?? 'a team'))].join(', ')

/** Approvals count as the server counts them: official ones that nobody dismissed. */
function approvals(seen: SeenRule, reviews: readonly Review[], needed: number): MergeCondition {
  const given = reviews.filter(
    ({ state, official, dismissed }) =>
      state === 'APPROVED' && official === true && dismissed !== true,
  )
  const fresh = given.filter(({ stale }) => stale !== true)
  const said = `${fresh.length} of ${needed} approvals`
  if (fresh.length >= needed)
    return condition('approvals', 'met', needed === 0 ? 'none is asked for' : said)
  if (given.length < needed)
    return condition('approvals', 'unmet', `${given.length} of ${needed} approvals`)
  const ignores = ruleAsks(
    seen,
    ({ dismiss_stale_approvals: dismiss, ignore_stale_approvals: ignore }) =>
      dismiss === true || ignore === true,
  )
  const older = `${said}, and ${given.length - fresh.length} of an older commit`
  if (ignores === null)
    return condition('approvals', 'unknown', `${older}; whether those count: ${hiddenWhy(seen)}`)
  return condition('approvals', ignores ? 'unmet' : 'met', older)
}

/** What reviews hold it back by. */
export function byReviews(
  seen: SeenRule,
  reviews: readonly Review[],
  needed: number,
): MergeCondition[] {
  const isOfficial = ({ official, dismissed }: Review): boolean =>
    official === true && dismissed !== true
  const rejected = reviews.filter(one => one.state === 'REQUEST_CHANGES' && isOfficial(one))
  const asked = reviews.filter(one => one.state === 'REQUEST_REVIEW' && isOfficial(one))
  return [
    ifAsked(
      'requested-changes',
      seen,
      ruleAsks(seen, rule => rule.block_on_rejected_reviews),
      {
        is: rejected.length > 0,
        none: 'nobody requests changes',
        some: `${reviewerNames(rejected)} requests changes`,
      },
    ),
    ifAsked(
      'review-requests',
      seen,
      ruleAsks(seen, rule => rule.block_on_official_review_requests),
      {
        is: asked.length > 0,
        none: 'no review is still asked for',
        some: `a review by ${reviewerNames(asked)} is still asked for`,
      },
    ),
    approvals(seen, reviews, needed),
  ]
}
