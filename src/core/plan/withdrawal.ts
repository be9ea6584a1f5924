import type { Evidence } from '../model/evidence.js'
import { isBlind } from '../model/evidence.js'
import { decide, decideHolding } from '../rules/decide.js'
import { splitByWriter, withoutExternal, withoutVetoes } from './without-others.js'
import { mayBeGoing } from '../view/job-result.js'
import { newestSays, standingRow, umbrellaRows } from '../view/read.js'
import type { Policy } from '../model/policy.js'
import { isListed } from '../model/policy.js'
import type { StatusPost } from './remedy.js'
import type { SignedRow } from '../model/status.js'
import { isGreen, isRed } from '../model/status.js'
import { rowBeneathOurs, unseenBelow, withoutOurs } from '../view/umbrella.js'
import type { ContextView } from '../view/view.js'
import type { Reason } from '../rules/verdict.js'

/** Why a success of ours must be taken back, and what is put in its place. */
export interface Withdrawal {
  readonly row: SignedRow
  readonly state: StatusPost['state']
  readonly why: string
}

/** What speaks against a success of ours; `open`: a job that is going. */
interface Contrary {
  readonly open: boolean
  readonly why: string
}

/** Is the umbrella green because of us? Then it is looked at again on every sweep. */
const isOwnGreen = ({ author, state }: SignedRow): boolean =>
  author.kind === 'us' && author.mark.kind === 'green' && isGreen(state)

/**
 * A required job of which the newest run itself says that it failed, was cancelled or may be going.
 * Never a gap, a missing row or a changed list.
 */
function contradictsGreen({ level, result }: ContextView): boolean {
  return (
    (level === 'required' || level === 'implied') &&
    (result.kind === 'failure' || result.kind === 'cancelled' || mayBeGoing(result))
  )
}

/**
 * Must our green row be taken back? When the newest run contradicts it, or when a row that came
 * between the red one and ours was never looked at, because the sweep that wrote ours ended before
 * it looked back.
 */
export function withdrawalOf(
  policy: Policy,
  evidence: Evidence,
  row = standingRow(evidence, policy.umbrella),
): Withdrawal | null {
  const isEveryListed = policy.required.length === 0
  const blind = evidence.gaps
    .filter(isBlind)
    .some(({ context }) => context === null || isEveryListed || isListed(policy, context))
  if (row === null || !isOwnGreen(row) || evidence.history === null || blind) return null
  const rows = umbrellaRows(evidence, policy.umbrella)
  const unseen = unseenBelow(rows, row)
  if (unseen !== null)
    return {
      row,
      state: stateToRestore(unseen),
      why: `row ${unseen.id} (${unseen.state}) came in before our success`,
    }
  const found =
    contradictionOf(policy, evidence) ??
    vetoBelow(policy, evidence, row) ??
    severalWriters(evidence) ??
    misfitOf(policy, evidence)
  if (found === null) return null
  const stood = rowBeneathOurs(rows)
  const state = found.open
    ? 'pending'
    : stood !== undefined && isRed(stood.state)
      ? stateToRestore(stood)
      : 'failure'
  return { row, state, why: found.why }
}

/**
 * A red by somebody else in a required context, lower than our success. Had it stood at the second
 * look, nothing would have been written: it came in before our success, and the sweep that wrote
 * that ended before it looked back, or could not take it back. Where jobs are check runs no id
 * tells what was first.
 */
function vetoBelow(policy: Policy, evidence: Evidence, ours: SignedRow): Contrary | null {
  if (evidence.kind === 'checks') return null
  const required = new Set(
    evidence.pulls.flatMap(({ number }) =>
      newestSays(policy, evidence, number).contexts.flatMap(({ context, level }) =>
        level === 'required' || level === 'implied' ? [context] : [],
      ),
    ),
  )
  const veto = evidence.latest.find(
    ({ author, context, id, state }) =>
      author.kind === 'foreign' && id < ours.id && isRed(state) && required.has(context),
  )
  if (veto === undefined) return null
  const { id, context, state } = veto
  return { open: false, why: `row ${id} of ${context} (${state}) came in before our success` }
}

/**
 * Refusals that say a success of ours would not be written today. Not among them: what could not be
 * read, who else may veto, and what only concerns a re-run.
 */
const MISFITS: ReadonlySet<Reason> = new Set<Reason>([
  'nothing-required',
  'required-missing',
  'required-failed',
  'required-cancelled',
  'required-skipped',
  'run-failed',
  'unproven-writer',
  'superseded-evidence',
  'own-verdict',
])

/**
 * Does a success of ours still fit the pull requests that stand on its commit, their bases and what
 * the umbrella needs there? A second one may have come, or a base branch have changed, since it was
 * written. What another system writes is not asked: the umbrella does not stand for it.
 */
function misfitOf(policy: Policy, evidence: Evidence): Contrary | null {
  // A success that was posted must be one that may be posted, whatever could be run again.
  const { own, external } = splitByWriter(policy, evidence)
  // What one pull request's run wrote is external to another one on its commit.
  const shared = [...external].filter(context => own.has(context))
  const asked = { ...policy, external: shared, mayRerun: false }
  const judged = withoutVetoes(withoutExternal(evidence, { own, external }), policy.umbrella)
  const beneath = withoutOurs(judged, policy.umbrella)
  for (const [number, { kind, reason, detail }] of decideHolding(asked, beneath))
    if (kind === 'refuse' && MISFITS.has(reason))
      return { open: false, why: `#${number} is now ${reason}: ${detail}` }
  return null
}

/** Has the umbrella a second writer by now? Then no success would be written. */
function severalWriters({ gaps }: Evidence): Contrary | null {
  const found = gaps.find(one => !isBlind(one))
  return found === undefined ? null : { open: false, why: `${found.what}: ${found.detail}` }
}

/** The first required job of which the newest run of some pull says the contrary of green. */
function contradictionOf(policy: Policy, evidence: Evidence): Contrary | null {
  for (const { number } of evidence.pulls) {
    const { run, contexts } = newestSays(policy, evidence, number)
    if (run === null) continue
    const found = contexts.find(contradictsGreen)
    if (found === undefined) continue
    const { context, result } = found
    const open = mayBeGoing(result)
    if (result.kind === 'unknown') return { open, why: `${context}: ${result.why}` }
    const verb = open ? 'is going' : result.kind === 'failure' ? 'failed' : 'was cancelled'
    return { open, why: `${context} ${verb} in run ${run}` }
  }
  return null
}

/**
 * A pending of ours that nobody will write over when nothing is going: over a red row, or over any
 * row while the newest run itself says that a required job failed. It is what is left when
 * something landed while we took a success back.
 */
export function pendingOver(
  policy: Policy,
  evidence: Evidence,
  row = standingRow(evidence, policy.umbrella),
): Withdrawal | null {
  if (row?.author.kind !== 'us' || row.state !== 'pending' || evidence.history === null) return null
  const covered = rowBeneathOurs(umbrellaRows(evidence, policy.umbrella))
  if (covered !== undefined && isRed(covered.state)) {
    return {
      row,
      state: stateToRestore(covered),
      why: `our pending covers row ${covered.id} (${covered.state}), and nothing is going`,
    }
  }
  const contrary = contradictionOf(policy, evidence)
  return contrary === null || contrary.open ? null : { row, state: 'failure', why: contrary.why }
}

/**
 * The state that is written in the place of a row that stood. A state we may not or need not copy
 * becomes `pending`: it never opens the gate.
 */
export function stateToRestore({ state }: Pick<SignedRow, 'state'>): StatusPost['state'] {
  return state === 'failure' || state === 'error' ? state : 'pending'
}

/**
 * What a later sweep must close again: a success of ours that no longer holds, or a pending of ours
 * that should be red, since nothing is going any more and nothing can be repaired. Never opens
 * anything.
 */
export function closingOf(
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
): Withdrawal | null {
  const row = standingRow(evidence, policy.umbrella)
  const withdrawal = withdrawalOf(policy, evidence, row)
  if (withdrawal !== null) return withdrawal
  const covered = pendingOver(policy, evidence, row)
  if (covered === null) return null
  // A gap writes nothing, not even red.
  const verdicts = [...decide(policy, baseBranches, evidence).values()]
  return verdicts.every(({ kind, reason }) => kind === 'refuse' && reason !== 'evidence-incomplete')
    ? covered
    : null
}
