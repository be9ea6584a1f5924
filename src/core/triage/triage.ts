import type { CheckEvidence, Evidence, Preview, RowEvidence } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import type { SignedRow } from '../model/status.js'
import { isGreen, isRed } from '../model/status.js'
import { between } from '../model/time.js'
import { carriersOf, readChecks } from '../view/checks/result.js'
import { headStatusesOf } from '../view/head-statuses.js'
import { runGroupOf } from '../view/run-group.js'
import type { ReasonOf } from '../rules/verdict.js'

/**
 * How far false greens are looked for: not at all, where it costs next to nothing, or by reading
 * every head whose gate is green.
 */
export const ALARMS = ['off', 'cheap', 'deep'] as const
export type Alarms = (typeof ALARMS)[number]

/** Does a head need a study? */
export type Triage =
  /** No: there is nothing to repair, which the rules would say by this reason. */
  | { readonly kind: 'skip'; readonly reason: ReasonOf<'leave'> }
  /** No: its preview is all that the rules need to refuse it. */
  | { readonly kind: 'judge' }
  | { readonly kind: 'study' }

const STUDY: Triage = { kind: 'study' }
const JUDGE: Triage = { kind: 'judge' }
const skip = (reason: ReasonOf<'leave'>): Triage => ({ kind: 'skip', reason })

/**
 * Asked once of every preview. What it skips the rules leave for the same reason, for each pull
 * request of the head, and it skips nothing that was not seen whole.
 */
export function triage(policy: Policy, preview: Preview, alarms: Alarms = 'cheap'): Triage {
  const { evidence, rows } = preview
  return evidence.kind === 'checks'
    ? triageChecks(policy, evidence, alarms)
    : triageRows(policy, evidence, { rows, alarms })
}

/** A gap, or a state nobody knows: the rules say whether it counts. */
const isUnclear = ({ gaps, latest }: Evidence): boolean =>
  gaps.length > 0 || latest.some(({ state }) => state === 'unknown')

function triageRows(
  policy: Policy,
  evidence: RowEvidence,
  { rows, alarms }: Pick<Preview, 'rows'> & { readonly alarms: Alarms },
): Triage {
  const found = headStatusesOf(evidence).umbrella(policy.umbrella)
  const row = found.kind === 'row' ? found.row : null
  if (row !== null && needsHistory(policy, evidence, row)) return STUDY
  if (row !== null && isGreen(row.state) && mayBeFalse(policy, evidence, { rows, alarms }))
    return STUDY
  if (isUnclear(evidence)) return JUDGE
  if (found.kind === 'missing') return skip('umbrella-missing')
  if (row === null) return JUDGE
  if (isGreen(row.state)) return skip('umbrella-green')
  return row.state === 'pending' ? skip('umbrella-pending') : JUDGE
}

/**
 * Red by Actions; anything of ours, a green one to be looked at again; or, where job rows can tell
 * that the job is over, pending for longer than any repair would have to wait. A person's red and
 * an ambiguous umbrella are refused on the latest rows alone.
 */
function needsHistory(
  { minAge }: Policy,
  { kind, observedAt }: RowEvidence,
  { author, state, creator, createdAt }: SignedRow,
): boolean {
  if (author.kind === 'us') return true
  if (state === 'pending')
    return kind === 'jobs' && creator === null && between(createdAt, observedAt) >= minAge
  return author.kind === 'actions' && isRed(state)
}

/**
 * May a green umbrella be a false one, as far as it is looked for? Rows that are all in hand tell
 * it for nothing, unless jobs may know of a failure whose row was lost.
 */
function mayBeFalse(
  policy: Policy,
  evidence: RowEvidence,
  { rows, alarms }: Pick<Preview, 'rows'> & { readonly alarms: Alarms },
): boolean {
  if (alarms === 'off') return false
  if (alarms === 'cheap') return rows !== null && leftRedBeside(policy, evidence, rows)
  return evidence.kind === 'jobs' || rows === null || isRedBeside(policy, rows)
}

/** Is any row red that is not the umbrella's? */
const isRedBeside = ({ umbrella }: Policy, history: readonly SignedRow[]): boolean =>
  history.some(({ context, state }) => isRed(state) && context !== umbrella)

/**
 * May a green umbrella be a false one? By rows alone: the newest run left one of its own contexts
 * red, so that an older one may have written the green. Rows alone tell no run's pull request:
 * what is asked of one is asked of all.
 */
function leftRedBeside(
  policy: Policy,
  evidence: RowEvidence,
  history: readonly SignedRow[],
): boolean {
  const { umbrella } = policy
  const isOther = (context: string): boolean => context !== umbrella
  // Most heads have no red row at all, and to read a history in full costs more than to look.
  if (!isRedBeside(policy, history)) return false
  const head = headStatusesOf({ ...evidence, kind: 'statuses', runs: [], history })
  const { newest, contexts } = runGroupOf(head, umbrella, evidence.pulls[0].number)
  return [...contexts].filter(isOther).some(context => {
    const own = head
      .of(context)
      .find(({ author }) => author.kind === 'actions' && author.run === newest)
    return own !== undefined && isRed(own.state)
  })
}

/**
 * Of check runs, what is red by a job or by a status of Actions, ours, or not seen completely needs
 * a study. What other apps and people say is refused on sight.
 */
function triageChecks({ umbrella }: Policy, evidence: CheckEvidence, alarms: Alarms): Triage {
  const { legs, foreign, status } = carriersOf(readChecks(evidence), umbrella)
  const states = [...legs.map(({ state }) => state), ...foreign.map(({ check }) => check.state)]
  const isDone = (state: string): boolean => state === 'success' || state === 'skipped'
  const writer = status?.author.kind
  if (
    legs.some(({ state }) => !isDone(state) && state !== 'open') ||
    writer === 'us' ||
    (writer === 'actions' && status !== null && isRed(status.state)) ||
    evidence.gaps.some(({ cause }) => cause === 'incomplete')
  )
    return STUDY
  if (isUnclear(evidence)) return JUDGE
  if (states.length === 0 && status === null) return skip('umbrella-missing')
  if (states.every(isDone) && (status === null || isGreen(status.state)))
    return alarms === 'deep' ? STUDY : skip('umbrella-green')
  // A check run and a status that are not both green are ambiguous, which the rules tell.
  if (states.length > 0 && status !== null) return JUDGE
  const isOpen = legs.some(({ state }) => state === 'open') || status?.state === 'pending'
  return isOpen ? skip('umbrella-pending') : JUDGE
}
