import { umbrellaOf } from './umbrella.js'
import type { Evidence } from './evidence.js'
import { readHead } from './head.js'
import type { Policy } from './policy.js'
import { isRed } from './status.js'
import { between } from './time.js'

/**
 * Is this head worth reading its history for? Red by Actions or by us; pending by us; or, where job rows can tell that the job is over,
 * pending for longer than any repair would have to wait. A person's red and an ambiguous umbrella are refused on the latest rows alone.
 */
export function isCandidate(policy: Policy, evidence: Evidence): boolean {
  const found = umbrellaOf(readHead(evidence), policy.umbrella)
  if (found.is !== 'row') return false
  const { author, state, creator, createdAt } = found.row
  if (author.by === 'us') return isRed(state) || state === 'pending'
  if (state === 'pending') {
    return evidence.grade === 'jobs' && creator === null && between(createdAt, evidence.observedAt) >= policy.minAge
  }
  return author.by === 'actions' && isRed(state)
}
