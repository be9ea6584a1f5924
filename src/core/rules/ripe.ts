import { jobsOf } from '../reading/jobs.js'
import { causeOf } from './cause.js'
import { nonEmpty } from '../model/evidence.js'
import type { Duration, Instant } from '../model/time.js'
import { between, formatDuration, formatInstant, seconds } from '../model/time.js'
import type { Proof, Repair } from './verdict.js'
import type { RuleInput, Rule } from './rule.js'
import { baseOf, refuse, waitUntil } from './rule.js'

/** This many red rows answered on one head, and something is wrong that no status can mend. */
const MAX_ANSWERED = 3

/**
 * Rows younger than this may still be followed by others of the same moment: the server posts a
 * run's rows again when a job of it ends.
 */
const SETTLING = seconds(10)

/** Row 14. Our own success did not hold; a withdrawn one does not count (design §7). */
export const relapsed: Rule = it => {
  const { head, policy, row } = it
  if (row === null) return null
  const rows = head.of(policy.umbrella)
  const undone = new Set(
    rows.flatMap(({ author }) =>
      author.kind === 'us' && author.mark.kind === 'undo' ? [author.mark.red] : [],
    ),
  )
  const ours = rows.filter(
    ({ author }) =>
      author.kind === 'us' && author.mark.kind === 'green' && !undone.has(author.mark.red),
  )
  // Overlapping sweeps may both answer one red row: that is one repair, and one undo takes back
  // both.
  const answered = new Set(
    ours.flatMap(({ author }) => (author.kind === 'us' ? [author.mark.red] : [])),
  )
  if (answered.size >= MAX_ANSWERED)
    return refuse(it, 'relapsed', `${answered.size} successes of ours on this commit did not hold`)
  // Only the server relapses: a row of ours on top is a success that we took back ourselves.
  if (row.author.kind === 'us') return null
  // A real re-run writes pending first, and starts a new count.
  const pending =
    rows.find(({ author, state }) => author.kind === 'actions' && state === 'pending')?.id ?? 0
  const fell = ours.find(({ id }) => id > pending && id < row.id)
  return fell === undefined
    ? null
    : refuse(
        it,
        'relapsed',
        `our success (row ${fell.id}) was followed by row ${row.id} without a re-run`,
      )
}

/** Row 15. */
export const tooYoung: Rule = it => {
  const {
    policy: { minAge },
    head: { evidence },
    seen: { age },
  } = it
  const least = Math.max(minAge, SETTLING) as Duration
  if (age >= least) return null
  const until = (evidence.observedAt + least - age) as Instant
  return waitUntil(
    it,
    'too-young',
    `the newest row is ${formatDuration(age)} old; ripe at ${formatInstant(until)}`,
    until,
  )
}

/** Row 16: everything that must be green is proven green, or it is not `stale`. */
export function stale(it: RuleInput): Repair | null {
  const { seen, must, row, head } = it
  const run = seen.group.newest
  const proven = must.flatMap(({ context, result }): Proof[] =>
    result.kind === 'success' || result.kind === 'skipped'
      ? [
          {
            context,
            state: result.kind,
            run: result.run,
            job: result.job,
            attempt: result.attempt,
            source: result.source,
          },
        ]
      : [],
  )
  const proof = nonEmpty(proven)
  if (row === null || run === null || proof === null || proven.length !== must.length) return null
  if (!proven.some(({ state }) => state === 'success')) return null
  const umbrella = {
    row: row.id,
    state: row.state,
    age: between(row.createdAt, head.evidence.observedAt),
  }
  const cause = causeOf(seen, row)
  const job = jobsOf(head, seen.group, run, seen.group.context)?.[0]
  const runId = head.run(run)?.id
  return {
    ...baseOf(it),
    kind: 'repair',
    reason: 'stale',
    cause,
    proof,
    umbrella,
    run,
    umbrellaJob: job === undefined || runId === undefined ? null : { run: runId, job: job.id },
    counted: [...seen.counted].sort(),
    detail:
      `${proof.length}/${proof.length} required contexts green in run ${run}; umbrella ` +
      `${row.state} for ${formatDuration(umbrella.age)} (${cause})`,
  }
}
