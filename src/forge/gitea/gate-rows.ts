import type { Evidence } from '../../core/model/evidence.js'
import { readingOrGap } from '../reading.js'
import { signedRows } from './signing.js'
import type { SweepCache } from './sweep-cache.js'

/**
 * The latest rows of a head whose history was in hand: they cost a server more than everything else
 * (docs/forge-facts.md, 12). A row that is younger than the history is left to the second look: its
 * job may have ended since the jobs were read, and would be judged by what they said before.
 */
export async function withGateRows(kept: SweepCache, head: Evidence): Promise<Evidence> {
  const { api, byHistory } = kept
  if (!byHistory.delete(head.sha)) return head
  const newest = (head.history ?? []).reduce((top, { id }) => Math.max(top, id), 0)
  const latest = await readingOrGap('latest rows', [], api.latestRows(head.sha))
  const rows = latest.value.filter(({ id }) => id <= newest)
  const runs = head.kind === 'jobs' ? head.runs : []
  return {
    ...head,
    latest: signedRows(rows, runs, api.dialect),
    gaps: [...head.gaps, ...latest.gaps],
  }
}
