import { nonEmpty } from '../../model/evidence.js'
import { between, formatDuration, hours } from '../../model/time.js'
import { sameStatus } from '../../reading/checks/result.js'
import { statusRows } from '../../reading/checks/statuses.js'
import { greenOf, proofOf, relapseOf, sayBasis } from '../ripe.js'
import { basisOf } from './basis.js'
import type { FinalRule } from '../rule.js'
import { pass, refuse } from '../rule.js'
import type { Cause, Repair } from '../verdict.js'
import type { CheckInput } from './input.js'
import { checkRule } from './input.js'
import { targetOf } from './target.js'

/** Nothing is run again after this time (docs/github-facts.md, 2). */
const RERUN_WITHIN = hours(30 * 24)

/** Of 50 re-runs that are allowed; after so many attempts no more are ours to spend. */
const MAX_RUN_ATTEMPTS = 40

/**
 * A merge wants the umbrella from one certain app. Whether a success that a token posts would count
 * is not known, and a check run of another app never does.
 */
export const pinnedSource = checkRule({
  codes: ['pinned-source'],
  title: 'Does a merge want the umbrella from another app?',
  judge: it => {
    const { standing, evidence, policy } = it
    const pins = evidence.required.flatMap(({ context, app }) =>
      app !== null && sameStatus(context, policy.umbrella) ? [app] : [],
    )
    const wrote = standing?.kind === 'check' ? standing.leg.suite.app.id : null
    const other = pins.find(app => app !== wrote)
    if (other === undefined)
      return pass(() =>
        pins.length === 0 ? 'any app may write it' : `only app ${wrote ?? '?'} may`,
      )
    const what = wrote === null ? 'a posted status' : `a job of app ${wrote}`
    const detail = `a merge wants ${policy.umbrella} from app ${other}; ${what} may not count`
    return refuse(it, 'pinned-source', detail)
  },
})

/** A run that the server will not run again. */
export const notRerunnable = checkRule({
  codes: ['not-rerunnable'],
  title: 'Can the run of the red umbrella job be run again?',
  judge: it => {
    const target = targetOf(it)
    if (target === null) return pass(() => 'no run has to be run again')
    const { suite } = target.leg
    const { run } = suite
    const age = between(run.createdAt, it.evidence.observedAt)
    const why = suite.neverStarted
      ? 'it could not even start'
      : run.disabled === true
        ? 'its workflow is disabled'
        : age > RERUN_WITHIN
          ? `it is ${formatDuration(age)} old, and nothing is run again after 30 days`
          : (run.attempt ?? 0) >= MAX_RUN_ATTEMPTS
            ? `it was started ${run.attempt ?? 0} times, and only 50 are allowed`
            : null
    if (why === null) return pass(() => `run ${run.id} can be run again`)
    return refuse(it, 'not-rerunnable', `run ${run.id} cannot be run again: ${why}`)
  },
})

/** A success of ours did not hold; one that we took back does not count. */
export const relapsed = checkRule({
  codes: ['relapsed'],
  title: 'Did a success of ours fall before?',
  judge: it => {
    const { standing, evidence, policy } = it
    if (standing?.kind !== 'status') return pass(() => 'nothing was posted')
    const rows = statusRows(evidence).filter(row => sameStatus(row.context, policy.umbrella))
    return relapseOf(it, rows, standing.row)
  },
})

/** Why a red status is stale, as far as runs tell. */
function causeOfStatus({ standing, seen }: CheckInput): Cause {
  if (standing?.kind !== 'status') return 'unknown'
  const { author } = standing.row
  if (author.kind === 'us') return 'closed-by-us'
  const newest = seen.head.newest.some(
    ({ run }) => author.kind === 'actions' && Number(author.run) === Number(run.id),
  )
  return newest ? 'unknown' : 'older-run-landed-late'
}

/** Everything that must be green is proven green, or it is not `stale`: then `null`. */
function provenStale(it: CheckInput): Repair | null {
  const { must, seen, base } = it
  const { umbrella, run } = base
  const proven = proofOf(it)
  const proof = nonEmpty(proven)
  if (umbrella === null || run === null || proof === null || proof.length !== must.length)
    return null
  if (!proven.some(({ state }) => state === 'success')) return null
  const target = it.standing?.kind === 'check' ? targetOf(it) : null
  if (it.standing?.kind === 'check' && target === null) return null
  const cause = target?.cause ?? causeOfStatus(it)
  const basis = basisOf(it)
  return {
    ...base,
    ...{ kind: 'repair', reason: 'stale', cause, basis, proof, umbrella, run },
    umbrellaJob:
      target === null
        ? null
        : {
            run: target.leg.suite.run.id,
            job: target.leg.check.id,
            state: target.leg.state === 'action-required' ? 'unknown' : target.leg.state,
            attempt: target.leg.executions,
          },
    stands: target === null ? 'row' : 'check-run',
    wholeRun: target?.wholeRun ?? false,
    counted: [...seen.counted].sort(),
    detail:
      `${greenOf(proof)} in run ${run}; umbrella ` +
      `${umbrella.state} for ${formatDuration(umbrella.age)}` +
      (cause === 'unknown' ? '' : ` (${cause})`) +
      `; ${sayBasis(basis)}`,
  }
}

/** The last rule: what none before it stopped is proven, or refused. It never passes. */
export const stale: FinalRule<CheckInput> = {
  codes: ['stale', 'superseded-evidence'],
  title: 'Is every required context proven green?',
  judge: it =>
    provenStale(it) ??
    refuse(it, 'superseded-evidence', 'not every required context could be proven green'),
}
