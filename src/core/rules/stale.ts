import { nonEmpty } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import type { Duration, Instant } from '../model/time.js'
import { formatDuration, formatInstant, seconds } from '../model/time.js'
import { maySkip } from '../view/view.js'
import { causeOf } from './cause.js'
import { jobToRerun, needsWholeRun } from './rerunnable.js'
import type { FinalRule, RuleInput } from './rule.js'
import { refuse, rule, waitUntil } from './rule.js'
import type { Basis, Proof, Repair } from './verdict.js'
import { sayRuns } from './verdict.js'

/** After so many successes of ours on one head were followed by a red again, none is posted. */
const MAX_ANSWERED = 3

/**
 * Rows younger than this may still be followed by others of the same moment: the server posts a
 * run's rows again when a job of it ends.
 */
const SETTLING = seconds(10)

/** How old the newest row must be: `min-age`, and never less than a row may still change. */
export const leastAge = ({ minAge }: Pick<Policy, 'minAge'>): Duration =>
  Math.max(minAge, SETTLING) as Duration

/** A success of ours did not hold; one that we took back does not count. */
export const relapsed = rule({
  codes: ['relapsed'],
  title: 'Did a success of ours fall before?',
  judge: input => {
    const row = input.view.row
    // A check run is never posted over.
    if (row === null) return () => 'nothing was posted'
    const { past: rows } = input.view
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
      return refuse(input, 'relapsed', detail)
    }
    const before = () =>
      answered.size === 0
        ? 'no success of ours on this commit'
        : `of ${answered.size} successes of ours on this commit none fell`
    // A newest row of ours is the one by which we took a success back: the server did not relapse.
    if (row.author.kind === 'us') return before
    // A real re-run writes pending first, and starts a new count.
    const pending = rows.find(
      ({ author, state }) => author.kind === 'actions' && state === 'pending',
    )
    const fell = ours.find(({ id }) => id > (pending?.id ?? 0) && id < row.id)
    if (fell === undefined) return before
    const detail = `our success (row ${fell.id}) was followed by row ${row.id} without a re-run`
    return refuse(input, 'relapsed', detail)
  },
})

/** The newest row is so fresh that others of the same moment may follow. */
export const tooYoung = rule({
  codes: ['too-young'],
  title: 'Is the newest row old enough?',
  judge: input => {
    const { age } = input.view
    const least = leastAge(input.policy)
    if (age >= least)
      return () =>
        `the newest row is ${formatDuration(age)} old; asked for: ${formatDuration(least)}`
    const until = (input.evidence.observedAt + least - age) as Instant
    const detail = `the newest row is ${formatDuration(age)} old; ripe at ${formatInstant(until)}`
    return waitUntil(input, 'too-young', detail, until)
  },
})

/** What is proven green, for every context that must be; a skip only where it is allowed. */
function proofOf({ required, policy }: RuleInput): readonly Proof[] {
  return required.flatMap(({ context, result }): Proof[] => {
    if (result.kind !== 'success' && result.kind !== 'skipped') return []
    if (result.kind === 'skipped' && !maySkip(policy, context, result)) return []
    const { kind: state, run, job, attempt, source } = result
    return [{ context, state, run, job, attempt, source }]
  })
}

/** How many are green, and how many may be and were skipped: a skip is never counted as green. */
function greenOf(proof: readonly Proof[]): string {
  const green = proof.filter(({ state }) => state === 'success').length
  const skipped = proof.length - green
  return (
    `${green}/${proof.length} required contexts green` +
    (skipped === 0 ? '' : `, ${skipped} skipped`)
  )
}

/** Everything that must be green is proven green, or it is not `stale`: then `null`. */
function provenStale(input: RuleInput): Repair | null {
  const { view, required, base } = input
  const { umbrella, run } = base
  const proven = proofOf(input)
  const proof = nonEmpty(proven)
  if (umbrella === null || run === null || proof === null) return null
  if (proven.length !== required.length || proven.every(({ state }) => state === 'skipped'))
    return null
  const isCheck = view.standing?.kind === 'check'
  const umbrellaJob = jobToRerun(input)
  // No status can be posted over a check run: what stands red must be a job that can run again.
  if (isCheck && umbrellaJob === null) return null
  const cause = causeOf(view)
  const { basis } = input
  return {
    ...base,
    kind: 'repair',
    reason: 'stale',
    cause,
    basis,
    proof,
    umbrella,
    run,
    umbrellaJob,
    stands: isCheck ? 'check-run' : 'row',
    wholeRun: needsWholeRun(input),
    counted: [...view.counted].sort(),
    detail:
      `${greenOf(proof)} in ${sayRuns(proof, run)}; umbrella ` +
      `${umbrella.state} for ${formatDuration(umbrella.age)}` +
      `${cause === 'unknown' ? '' : ` (${cause})`}; ${sayBasis(basis)}`,
  }
}

/** A basis as a sentence of a verdict says it. */
function sayBasis(basis: Basis): string {
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
  judge: input =>
    provenStale(input) ??
    refuse(input, 'superseded-evidence', 'not every required context could be proven green'),
}
