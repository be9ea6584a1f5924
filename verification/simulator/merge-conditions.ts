import type { Answer } from './answers.js'
import { ok, refuse } from './answers.js'
import type { Call, Route } from './call.js'
import { gateOf, ruleFor } from './gate.js'
import { pageOf, pagingHeaders } from './pages.js'
import type { Review } from './merge-state.js'
import type { ForgeState, Json, Protection, Pull } from './state.js'
import { isDraft, isMergeable } from './wire.js'

const R = '/api/v1/repos/{owner}/{repo}'

/** What a rule asks of a merge beside statuses; all of it is switched off unless it is said. */
const asks = (rule: Protection | undefined): NonNullable<Protection['asks']> => rule?.asks ?? {}

/** Reviews that count: official ones that nobody dismissed (models/issues/pull.go). */
const counting = (pull: Pull, state: Review['state'], rule: Protection | undefined) =>
  (pull.holds?.reviews ?? []).filter(
    one =>
      one.state === state &&
      one.official &&
      !one.dismissed &&
      !(state === 'APPROVED' && asks(rule).ignoresStale === true && one.stale),
  )

/** Is the base branch further than where the pull request left it? */
const isBehind = (forge: ForgeState, pull: Pull): boolean =>
  forge.branches[pull.base] !== pull.mergeBase

/**
 * Why the rule refuses a merge, in the server's words and in its order (services/pull/merge.go
 * CheckPullBranchProtections); `null` where it does not.
 */
function refusedByRule(forge: ForgeState, pull: Pull): string | null {
  const rule = ruleFor(forge, pull.base)
  const wish = asks(rule)
  if (!gateOf(forge, pull).mergeable) return 'Not all required status checks successful'
  if (counting(pull, 'APPROVED', rule).length < (wish.approvals ?? 0))
    return 'Does not have enough approvals'
  if (wish.rejected === true && counting(pull, 'REQUEST_CHANGES', rule).length > 0)
    return 'There are requested changes'
  if (wish.requests === true && counting(pull, 'REQUEST_REVIEW', rule).length > 0)
    return 'There are official review requests'
  if (wish.outdated === true && isBehind(forge, pull))
    return 'The head branch is behind the base branch'
  const files = (wish.files ?? '').split(';').filter(file => file !== '')
  return (pull.holds?.changed ?? []).some(file => files.includes(file.toLowerCase()))
    ? 'Changed protected files'
    : null
}

/**
 * Why a merge is refused, in the server's words and in its order (services/pull/check.go
 * CheckPullMergeable, routers/api/v1/repo/pull.go MergePullRequest); `null` where it is not.
 */
export function mergeRefusal({ forge, base }: Call, pull: Pull): Answer | null {
  const no = (message: string): Answer => refuse(405, message, base)
  if (!pull.open || pull.merged) return no('The PR is already merged')
  if (isDraft(pull)) return no('Work in progress PRs cannot be merged')
  if (!isMergeable(pull)) return no('Please try again later')
  const reason = refusedByRule(forge, pull)
  if (reason !== null) {
    const plain = forge.profile.wire.mergeRefusal === 'plain'
    return no(plain ? reason : `not allowed to merge [reason: ${reason}]`)
  }
  const waits = (pull.holds?.waitsFor ?? []).some(number =>
    forge.pulls.some(other => other.number === number && other.open),
  )
  // The API has no case of its own for an open dependency.
  return waits ? refuse(500, '', base) : null
}

function pullOf(call: Call): Pull | undefined {
  return call.forge.pulls.find(({ number }) => String(number) === call.at['number'])
}

function listed(call: Call, rowsOf: (pull: Pull) => readonly Json[]): Answer {
  const pull = pullOf(call)
  if (pull === undefined) return refuse(404, call.forge.profile.wire.notFound, call.base, null)
  const page = pageOf(rowsOf(pull), call.query)
  return ok(page.rows, pagingHeaders(page, call.base + call.path, call.query))
}

const reviewJson = (review: Review, id: number): Json => ({
  id,
  user: { id: 50, login: review.by },
  team: null,
  state: review.state,
  body: '',
  stale: review.stale,
  official: review.official,
  dismissed: review.dismissed,
})

/** Endpoints that tell of the conditions of a merge. */
export const MERGE_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: `${R}/pulls/{number}/reviews`,
    scope: 'repository',
    needs: 'read-pulls',
    answer: call =>
      listed(call, pull =>
        (pull.holds?.reviews ?? []).map((review, at) => reviewJson(review, at + 1)),
      ),
  },
  {
    method: 'GET',
    path: `${R}/pulls/{number}/files`,
    scope: 'repository',
    needs: 'read-pulls',
    answer: call =>
      listed(call, pull =>
        (pull.holds?.changed ?? ['a.txt']).map(filename => ({ filename, status: 'changed' })),
      ),
  },
  {
    method: 'GET',
    path: `${R}/issues/{number}/dependencies`,
    scope: 'issue',
    needs: 'read-issues',
    answer: call =>
      listed(call, pull =>
        (pull.holds?.waitsFor ?? []).map(number => ({
          number,
          state: call.forge.pulls.some(one => one.number === number && one.open)
            ? 'open'
            : 'closed',
        })),
      ),
  },
]
