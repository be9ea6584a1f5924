import { umbrellaOf } from './umbrella.js'
import type { Evidence } from './evidence.js'
import { readHead } from './head.js'
import { onlyFailure } from './ladder/inherited.js'
import type { Policy } from './policy.js'
import { isRed } from './status.js'
import { isRequired, survey } from './survey.js'
import { between } from './time.js'

/**
 * Is this head worth reading its history for? Red by Actions; anything of ours, a green one to be
 * looked at again; or, where job rows can tell that the job is over, pending for longer than any
 * repair would have to wait. A person's red and an ambiguous umbrella are refused on the latest
 * rows alone.
 */
export function isCandidate(policy: Policy, evidence: Evidence): boolean {
  const found = umbrellaOf(readHead(evidence), policy.umbrella)
  if (found.is !== 'row') return false
  const { author, state, creator, createdAt } = found.row
  if (author.by === 'us') return true
  if (state === 'pending') {
    return (
      evidence.grade === 'jobs' &&
      creator === null &&
      between(createdAt, evidence.observedAt) >= policy.minAge
    )
  }
  return author.by === 'actions' && isRed(state)
}

/** Base commits whose rows would explain a refusal: one failed job alone holds the pull back. */
export function basesAsked(policy: Policy, evidence: Evidence): readonly string[] {
  const head = readHead(evidence)
  const found = umbrellaOf(head, policy.umbrella)
  if (found.is !== 'row' || !isRed(found.row.state)) return []
  return evidence.pulls.flatMap(({ number, baseSha }) => {
    const seen = survey(policy, head, number)
    return baseSha !== '' && onlyFailure(seen, seen.findings.filter(isRequired)) !== null
      ? [baseSha]
      : []
  })
}
