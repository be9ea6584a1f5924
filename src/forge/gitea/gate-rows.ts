import type { Evidence } from '../../core/model/evidence.js'
import { isSettled } from '../../core/rules/settled.js'
import type { FirstReads } from './first-look.js'
import { seen } from './seen.js'
import { signed } from './signing.js'

/** Was the whole history of a head its first look, and the gate not asked since? */
export const isByHistory = (
  { histories, combined }: Pick<FirstReads, 'histories' | 'combined'>,
  { sha }: Evidence,
): boolean => !combined.has(sha) && histories.get(sha)?.complete === true

/**
 * The latest rows of a head whose history was in hand, unless that settles it: they cost a server
 * more than everything else (docs/forge-facts.md, 12), and could only refuse it once more. What
 * came since the history is among them, or found by the second look, which asks for all above it.
 */
export async function asTheGateReads(kept: FirstReads, head: Evidence): Promise<Evidence> {
  const { api, policy, combined } = kept
  if (!isByHistory(kept, head) || isSettled(policy, head)) return head
  combined.add(head.sha)
  const latest = await seen('latest rows', [], api.latestRows(head.sha))
  const runs = head.kind === 'jobs' ? head.runs : []
  return {
    ...head,
    latest: signed(latest.value, runs, api.dialect),
    gaps: [...head.gaps, ...latest.gaps],
  }
}
