import type { CheckState, Suite } from '../../core/model/check.js'
import type { StatusState } from '../../core/model/status.js'

/** Words for what has not ended; GraphQL writes them in capitals (docs/github-facts.md, 2). */
const OPEN = ['queued', 'in_progress', 'waiting', 'pending', 'requested']

/** How a check run or a suite may have ended. What is not here is not known, and never green. */
const CHECK_ENDS: Readonly<Record<string, CheckState>> = {
  success: 'success',
  failure: 'failure',
  timed_out: 'failure',
  startup_failure: 'failure',
  stale: 'failure',
  cancelled: 'cancelled',
  neutral: 'skipped',
  skipped: 'skipped',
  action_required: 'action-required',
}

/** What a status and a conclusion mean together: a conclusion counts only once it is completed. */
export function checkState(status: string | null, conclusion: string | null): CheckState {
  const word = status?.toLowerCase() ?? null
  const end = conclusion?.toLowerCase() ?? null
  // A run that waits for an approval may be told as a status too.
  if (word === 'action_required') return 'action-required'
  if (word === null || OPEN.includes(word)) return 'open'
  if (word !== 'completed') return 'unknown'
  return end === null ? 'unknown' : (CHECK_ENDS[end] ?? 'unknown')
}

/** What a suite says of itself. */
export const suiteStates = (
  status: string | null,
  conclusion: string | null,
): Pick<Suite, 'state' | 'neverStarted' | 'waitsWith'> => ({
  state: checkState(status, conclusion),
  neverStarted: neverStarted(conclusion),
  ...(isWaiting(status) ? { waitsWith: null } : {}),
})

/** Does a run wait for somebody to approve a deployment (docs/github-facts.md, 2)? */
const isWaiting = (status: string | null): boolean => status?.toLowerCase() === 'waiting'

/** Could it not even start? Such a run can never be run again. */
export const neverStarted = (conclusion: string | null): boolean =>
  conclusion?.toLowerCase() === 'startup_failure'

/** The state of a commit status. `expected` is a requirement nobody has answered yet. */
export function statusState(state: string): StatusState {
  const word = state.toLowerCase()
  if (word === 'expected') return 'pending'
  return word === 'success' || word === 'failure' || word === 'error' || word === 'pending'
    ? word
    : 'unknown'
}
