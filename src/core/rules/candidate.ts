import { umbrellaOf } from '../reading/umbrella.js'
import type { CheckEvidence, Evidence } from '../model/evidence.js'
import { readStatuses } from '../reading/head-statuses.js'
import { onlyFailure } from './inherited.js'
import type { Policy } from '../model/policy.js'
import { isGreen, isRed } from '../model/status.js'
import { carriersOf, readChecks } from '../reading/checks/result.js'
import { viewOf } from '../reading/read.js'
import { isRequired } from '../reading/view.js'
import { between } from '../model/time.js'

/**
 * Is this head worth reading its history for? Red by Actions; anything of ours, a green one to be
 * looked at again; or, where job rows can tell that the job is over, pending for longer than any
 * repair would have to wait. A person's red and an ambiguous umbrella are refused on the latest
 * rows alone.
 */
export function isCandidate(policy: Policy, evidence: Evidence): boolean {
  if (evidence.kind === 'checks') return isCheckCandidate(policy, evidence)
  if (isPlainlyGreen(policy, evidence)) return false
  const found = umbrellaOf(readStatuses(evidence), policy.umbrella)
  if (found.kind !== 'row') return false
  const { author, state, creator, createdAt } = found.row
  if (author.kind === 'us') return true
  if (state === 'pending') {
    return (
      evidence.kind === 'jobs' &&
      creator === null &&
      between(createdAt, evidence.observedAt) >= policy.minAge
    )
  }
  return author.kind === 'actions' && isRed(state)
}

/**
 * A green umbrella at first sight with nothing more to say of it: what the rules would say of most
 * heads, without asking them. A test asks both.
 */
export function isGreenAtSight({ umbrella }: Policy, evidence: Evidence): boolean {
  const { kind, history, gaps, latest } = evidence
  if (kind === 'checks' || history !== null || gaps.length > 0) return false
  const [own, ...more] = latest.filter(({ context }) => context === umbrella)
  return (
    own !== undefined &&
    more.length === 0 &&
    isGreen(own.state) &&
    own.author.kind !== 'us' &&
    // A state nobody knows may count, in whatever context it stands.
    !latest.some(({ state }) => state === 'unknown')
  )
}

/** Thousands of heads are asked this on their latest rows alone, and few are anything else. */
const isPlainlyGreen = ({ umbrella }: Policy, { history, latest }: Evidence): boolean =>
  history === null &&
  !latest.some(
    ({ context, state, author }) =>
      context === umbrella && (!isGreen(state) || author.kind === 'us'),
  )

/**
 * Red by a job or by a status of Actions, ours, or not seen completely. What other apps and people
 * say is refused on sight.
 */
function isCheckCandidate({ umbrella }: Policy, evidence: CheckEvidence): boolean {
  const { legs, status } = carriersOf(readChecks(evidence), umbrella)
  const red = legs.some(({ state }) => !['success', 'skipped', 'open'].includes(state))
  const kind = status?.author.kind
  return (
    red ||
    kind === 'us' ||
    (kind === 'actions' && status !== null && isRed(status.state)) ||
    evidence.gaps.some(({ cause }) => cause === 'incomplete')
  )
}

/** Base commits whose rows would explain a refusal: one failed job alone holds the pull back. */
export function basesAsked(policy: Policy, evidence: Evidence): readonly string[] {
  if (evidence.kind === 'checks') return []
  const head = readStatuses(evidence)
  const found = umbrellaOf(head, policy.umbrella)
  if (found.kind !== 'row' || !isRed(found.row.state)) return []
  return evidence.pulls.flatMap(({ number, baseSha }) => {
    const view = viewOf(policy, evidence, number)
    return baseSha !== '' && onlyFailure(view, view.contexts.filter(isRequired)) !== null
      ? [baseSha]
      : []
  })
}
