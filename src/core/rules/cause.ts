import { jobsOf } from '../reading/jobs.js'
import type { SignedRow } from '../model/status.js'
import type { JobState } from '../model/job.js'
import type { JobWord } from '../model/status.js'
import { ZOMBIE_AFTER } from '../model/status.js'
import type { Assessment } from '../reading/assessment.js'
import type { Cause } from './verdict.js'

/**
 * What the newest run itself says of its umbrella: its job row where there is one, else its own
 * newest row.
 */
function ownUmbrella({
  head,
  group,
}: Assessment): { readonly word: JobWord | JobState; readonly lost: boolean } | null {
  const run = group.newest
  if (run === null) return null
  const own = head
    .of(group.context)
    .find(({ author }) => author.kind === 'actions' && author.run === run)
  const written = own?.author.kind === 'actions' ? own.author : null
  const lost = written?.took != null && written.took >= ZOMBIE_AFTER
  const jobs = jobsOf(head, group, run, group.context)
  const job = jobs?.find(({ state }) => state !== 'success') ?? jobs?.[0]
  if (job !== undefined) return { word: job.state, lost }
  return written === null ? null : { word: written.word, lost }
}

/** Why a proven stale umbrella is red (docs/forge-facts.md, 3). */
export function causeOf(seen: Assessment, red: SignedRow): Cause {
  if (red.author.kind === 'us') return 'closed-by-us'
  const own = ownUmbrella(seen)
  const older = red.author.kind === 'actions' && red.author.run !== seen.group.newest
  if (own?.word === 'success') return older ? 'older-run-landed-late' : 'lost-update'
  if (own?.word === 'cancelled') return 'cancelled-umbrella'
  return own?.word === 'failure' && own.lost ? 'lost-runner' : 'unknown'
}
