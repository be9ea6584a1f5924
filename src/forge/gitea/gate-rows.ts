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
 * more than everything else (docs/forge-facts.md, 12), and could only refuse it once more. A row
 * that is younger than the history is left to the second look: its job may have ended since the
 * jobs were read, and would be judged by what they said before.
 */
export async function asTheGateReads(kept: FirstReads, head: Evidence): Promise<Evidence> {
  const { api, policy, combined } = kept
  if (!isByHistory(kept, head) || isSettled(policy, head)) return head
  combined.add(head.sha)
  const newest = (head.history ?? []).reduce((top, { id }) => Math.max(top, id), 0)
  const latest = await seen('latest rows', [], api.latestRows(head.sha))
  const rows = latest.value.filter(({ id }) => id <= newest)
  const runs = head.kind === 'jobs' ? head.runs : []
  return {
    ...head,
    latest: signed(rows, runs, api.dialect),
    gaps: [...head.gaps, ...latest.gaps],
  }
}
