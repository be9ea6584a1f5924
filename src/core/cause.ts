import { jobsOf } from './answer.js'
import type { HeadRow } from './head.js'
import type { JobState } from './job.js'
import type { JobWord } from './status.js'
import { ZOMBIE_AFTER } from './status.js'
import type { Survey } from './survey.js'
import type { Cause } from './verdict.js'

/** What N itself says of its umbrella: its job row where there is one, else its own newest row. */
function ownUmbrella({
  head,
  family,
}: Survey): { readonly word: JobWord | JobState; readonly lost: boolean } | null {
  const run = family.newest
  if (run === null) return null
  const own = head
    .of(family.context)
    .find(({ author }) => author.by === 'actions' && author.run === run)
  const written = own?.author.by === 'actions' ? own.author : null
  const lost = written?.took != null && written.took >= ZOMBIE_AFTER
  const jobs = jobsOf(head, family, run, family.context)
  const job = jobs?.find(({ state }) => state !== 'success') ?? jobs?.[0]
  if (job !== undefined) return { word: job.state, lost }
  return written === null ? null : { word: written.word, lost }
}

/** Why a proven stale umbrella is red (design §5, row 16; forge-facts §3). */
export function causeOf(seen: Survey, red: HeadRow): Cause {
  if (red.author.by === 'us') return 'closed-by-us'
  const own = ownUmbrella(seen)
  const older = red.author.by === 'actions' && red.author.run !== seen.family.newest
  if (own?.word === 'success') return older ? 'older-run-landed-late' : 'lost-update'
  if (own?.word === 'cancelled') return 'cancelled-umbrella'
  return own?.word === 'failure' && own.lost ? 'lost-runner' : 'unknown'
}
