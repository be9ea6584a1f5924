import type { CheckEvidence } from '../../model/evidence.js'
import type { SignedRow } from '../../model/status.js'
import { newestFirst } from '../../model/status.js'

/** Every status of the commit that was read, newest first. */
export function statusRows({ latest, history }: CheckEvidence): readonly SignedRow[] {
  const rows = new Map([...latest, ...(history ?? [])].map(row => [row.id, row]))
  return newestFirst([...rows.values()])
}

/** The newest status of every context, which is compared without case. */
export function latestStatuses(evidence: CheckEvidence): readonly SignedRow[] {
  const seen = new Set<string>()
  return statusRows(evidence).filter(({ context }) => {
    const name = context.toLowerCase()
    if (seen.has(name)) return false
    seen.add(name)
    return true
  })
}

/** Contexts of commit statuses are compared without case (docs/github-facts.md, 2). */
export const sameStatus = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase()
