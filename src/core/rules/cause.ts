import type { JobState } from '../model/job.js'
import type { JobPhase, SignedRow } from '../model/status.js'
import { ZOMBIE_AFTER } from '../model/status.js'
import type { Leg } from '../view/checks/legs.js'
import type { ChecksRead } from '../view/checks/result.js'
import { byRun } from '../view/job-result.js'
import { jobsOf } from '../view/jobs.js'
import type { RowsRead } from '../view/run-group.js'
import type { UmbrellaView } from '../view/view.js'
import { redLegOf } from './rerunnable.js'
import type { StaleCause } from './verdict.js'

/** Why a proven stale umbrella is red (docs/forge-facts.md, 3). It never decides anything. */
export function causeOf({ read, standing }: UmbrellaView): StaleCause {
  if (standing?.kind === 'row') {
    if (standing.row.author.kind === 'us') return 'closed-by-us'
    return read.kind === 'rows' ? causeOfRow(read, standing.row) : causeOfStatus(read, standing.row)
  }
  const leg = redLegOf(read)
  return leg === null || read.kind === 'rows' ? 'unknown' : causeOfLeg(read, leg)
}

/**
 * What the newest run itself says of its umbrella: its job row where there is one, else its own
 * newest row.
 */
function ownUmbrella({
  head,
  group,
}: RowsRead): { readonly state: JobPhase | JobState; readonly lost: boolean } | null {
  const run = group.newest
  if (run === null) return null
  const author = byRun(head.of(group.context), run)[0]?.author
  const written = author?.kind === 'actions' ? author : null
  const lost = written?.took != null && written.took >= ZOMBIE_AFTER
  const jobs = jobsOf(head, group, run, group.context)
  const job = jobs?.find(({ state }) => state !== 'success') ?? jobs?.[0]
  if (job !== undefined) return { state: job.state, lost }
  return written === null ? null : { state: written.phase, lost }
}

function causeOfRow(read: RowsRead, { author }: SignedRow): StaleCause {
  const own = ownUmbrella(read)
  const isOlder = author.kind === 'actions' && author.run !== read.group.newest
  if (own?.state === 'success') return isOlder ? 'older-run-landed-late' : 'lost-update'
  if (own?.state === 'cancelled') return 'cancelled-umbrella'
  return own?.state === 'failure' && own.lost ? 'lost-runner' : 'unknown'
}

/** A posted status does not tell more than whether its run is still a newest one. */
function causeOfStatus({ head }: ChecksRead, { author }: SignedRow): StaleCause {
  const isNewest = head.newest.some(suite => author.kind === 'actions' && author.run === suite.key)
  return isNewest ? 'unknown' : 'older-run-landed-late'
}

function causeOfLeg({ umbrella, group }: ChecksRead, leg: Leg): StaleCause {
  const newest = group.find(({ producer }) => producer === leg.suite.producer)
  const above = umbrella.legs.find(({ suite }) => suite.id === newest?.id)
  if (newest?.id !== leg.suite.id && above?.state === 'success') return 'superseded-leg'
  if (leg.state === 'cancelled') return 'cancelled-umbrella'
  return leg.check.taken === false ? 'lost-runner' : 'unknown'
}
