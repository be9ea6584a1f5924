import { maySkip } from '../reading/assessment.js'
import { jobsOf } from '../reading/jobs.js'
import { basisOf } from './basis.js'
import { causeOf } from './cause.js'
import { nonEmpty } from '../model/evidence.js'
import type { Duration, Instant } from '../model/time.js'
import { between, formatDuration, formatInstant, seconds } from '../model/time.js'
import type { SignedRow } from '../model/status.js'
import type { Basis, Proof, Refusal, Repair } from './verdict.js'
import type { FinalRule, Pass, Ruled, RuleInput } from './rule.js'
import { pass, refuse, rule, waitUntil } from './rule.js'

/** This many red rows answered on one head, and something is wrong that no status can mend. */
const MAX_ANSWERED = 3

/**
 * Rows younger than this may still be followed by others of the same moment: the server posts a
 * run's rows again when a job of it ends.
 */
const SETTLING = seconds(10)

/** A success of ours did not hold; one that we took back does not count. */
export const relapsed = rule({
  codes: ['relapsed'],
  title: 'Did a success of ours fall before?',
  judge: it => {
    const { head, policy, row } = it
    if (row === null) return pass(() => 'there is no umbrella row')
    return relapseOf(it, head.of(policy.umbrella), row)
  },
})

/** What the rows of the umbrella, newest first, say of earlier successes of ours. */
export function relapseOf(
  it: Ruled,
  rows: readonly SignedRow[],
  row: SignedRow,
): Pass | Refusal<'relapsed'> {
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
  if (answered.size >= MAX_ANSWERED) {
    const detail = `${answered.size} successes of ours on this commit did not hold`
    return refuse(it, 'relapsed', detail)
  }
  const before = pass(() =>
    answered.size === 0
      ? 'no success of ours on this commit'
      : `of ${answered.size} successes of ours on this commit none fell`,
  )
  // Only the server relapses: a row of ours on top is a success that we took back ourselves.
  if (row.author.kind === 'us') return before
  // A real re-run writes pending first, and starts a new count.
  const pending = rows.find(({ author, state }) => author.kind === 'actions' && state === 'pending')
  const fell = ours.find(({ id }) => id > (pending?.id ?? 0) && id < row.id)
  if (fell === undefined) return before
  const detail = `our success (row ${fell.id}) was followed by row ${row.id} without a re-run`
  return refuse(it, 'relapsed', detail)
}

/** The newest row is so fresh that others of the same moment may follow. */
export const tooYoung = rule({
  codes: ['too-young'],
  title: 'Is the newest row old enough?',
  judge: (it: Ruled) => {
    const { minAge } = it.policy
    const { evidence } = it
    const { age } = it.seen
    const least = Math.max(minAge, SETTLING) as Duration
    if (age >= least)
      return pass(
        () => `the newest row is ${formatDuration(age)} old; asked for: ${formatDuration(least)}`,
      )
    const until = (evidence.observedAt + least - age) as Instant
    const detail = `the newest row is ${formatDuration(age)} old; ripe at ${formatInstant(until)}`
    return waitUntil(it, 'too-young', detail, until)
  },
})

/** What is proven green, for every context that must be; a skip only where it is allowed. */
export function proofOf({ must, policy }: Ruled): readonly Proof[] {
  return must.flatMap(({ context, result }): Proof[] =>
    result.kind === 'success' || (result.kind === 'skipped' && maySkip(policy, context, result))
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
}

/** How many are green, and how many may be and were skipped: a skip is never counted as green. */
export function greenOf(proof: readonly Proof[]): string {
  const green = proof.filter(({ state }) => state === 'success').length
  const skipped = proof.length - green
  return (
    `${green}/${proof.length} required contexts green` +
    (skipped === 0 ? '' : `, ${skipped} skipped`)
  )
}

/** Everything that must be green is proven green, or it is not `stale`: then `null`. */
export function provenStale(it: RuleInput): Repair | null {
  const { seen, must, row, head } = it
  const run = seen.group.newest
  const proven = proofOf(it)
  const proof = nonEmpty(proven)
  if (row === null || run === null || proof === null || proven.length !== must.length) return null
  if (!proven.some(({ state }) => state === 'success')) return null
  const umbrella = {
    row: row.id,
    state: row.state,
    age: between(row.createdAt, head.evidence.observedAt),
  }
  const cause = causeOf(seen, row)
  const basis = basisOf(it)
  const job = jobsOf(head, seen.group, run, seen.group.context)?.[0]
  const runId = head.run(run)?.id
  return {
    ...it.base,
    kind: 'repair',
    reason: 'stale',
    cause,
    basis,
    proof,
    umbrella,
    run,
    umbrellaJob:
      job === undefined || runId === undefined
        ? null
        : { run: runId, job: job.id, state: job.state, attempt: job.attempt },
    stands: 'row',
    wholeRun: false,
    counted: [...seen.counted].sort(),
    detail:
      `${greenOf(proof)} in run ${run}; umbrella ` +
      `${row.state} for ${formatDuration(umbrella.age)}` +
      `${cause === 'unknown' ? '' : ` (${cause})`}; ${sayBasis(basis)}`,
  }
}

/** A basis as a sentence of a verdict says it. */
export function sayBasis(basis: Basis): string {
  if (basis.kind === 'shown-stale') return "shown stale: the newest run's own umbrella is green"
  const { vouch } = basis
  if (vouch === null) return 'red over green needs'
  if (vouch.by === 'job') return 'red over green needs, and its job only judges them'
  const besides =
    vouch.otherWork === null ? '' : `; its job does other work too: ${vouch.otherWork}`
  return `red over green needs, vouched for by required-contexts${besides}`
}

/** The last rule: what none before it stopped is proven, or refused. It never passes. */
export const stale: FinalRule = {
  codes: ['stale', 'superseded-evidence'],
  title: 'Is every required context proven green?',
  judge: it =>
    provenStale(it) ??
    refuse(it, 'superseded-evidence', 'not every required context could be proven green'),
}
