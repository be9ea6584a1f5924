import type { Evidence } from './evidence.js'
import { readHead } from './head.js'
import type { Policy } from './policy.js'
import { levelOf } from './policy.js'
import type { StatusPost } from './remedy.js'
import type { HeadRow } from './head.js'
import type { Finding } from './survey.js'
import { survey } from './survey.js'
import { isGreen, isRed } from './status.js'
import { lastWord, stoodIn, umbrellaOf } from './umbrella.js'

/** Why a success of ours must be taken back, and what is put in its place. */
export interface Withdrawal {
  readonly row: HeadRow
  readonly state: StatusPost['state']
  readonly why: string
}

/** Is the umbrella green by our own hand? Then it is looked at again on every sweep (design §7). */
export function ownGreen(policy: Policy, evidence: Evidence): HeadRow | null {
  const found = umbrellaOf(readHead(evidence), policy.umbrella)
  if (found.is !== 'row' || found.row.author.by !== 'us') return null
  return found.row.author.mark.kind === 'green' && isGreen(found.row.state) ? found.row : null
}

/**
 * A row of the umbrella, not green and not ours, between the red one our success was decided on and
 * our success; `null` when there is none.
 */
export function unseenBelow(rows: readonly HeadRow[], ours: HeadRow): HeadRow | null {
  if (ours.author.by !== 'us') return null
  const { red } = ours.author.mark
  const between = lastWord(
    rows.filter(({ id, author }) => id > red && id < ours.id && author.by !== 'us'),
  )
  return between === undefined || isGreen(between.state) ? null : between
}

/**
 * A required job of which the newest run itself says that it failed, was cancelled or is going.
 * Never a gap, a missing row or a changed list.
 */
function against({ level, answer }: Finding): boolean {
  return (
    (level === 'required' || level === 'implied') &&
    (answer.is === 'failure' || answer.is === 'cancelled' || answer.is === 'open')
  )
}

/**
 * Must our green row be taken back? When the newest run contradicts it, or when a row that came
 * between the red one and ours was never looked at, because the sweep that wrote ours ended before
 * it looked back (design §7).
 */
export function withdrawalOf(policy: Policy, evidence: Evidence): Withdrawal | null {
  const row = ownGreen(policy, evidence)
  const blind = evidence.gaps.some(
    ({ context }) =>
      context === null || policy.required.length === 0 || levelOf(policy, context) !== 'unlisted',
  )
  if (row?.author.by !== 'us' || evidence.history === null || blind) return null
  const head = readHead(evidence)
  const rows = head.of(policy.umbrella)
  const unseen = unseenBelow(rows, row)
  if (unseen !== null)
    return {
      row,
      state: restored(unseen),
      why: `row ${unseen.id} (${unseen.state}) came in before our success`,
    }
  const found = contradictionOf(policy, evidence)
  if (found === null) return null
  const stood = stoodIn(rows)
  const state = found.open
    ? 'pending'
    : stood !== undefined && isRed(stood.state)
      ? restored(stood)
      : 'failure'
  return { row, state, why: found.why }
}

/** The first required job of which the newest run of some pull says the contrary of green. */
function contradictionOf(
  policy: Policy,
  evidence: Evidence,
): { readonly open: boolean; readonly why: string } | null {
  const head = readHead(evidence)
  for (const { number } of evidence.pulls) {
    const { family, findings } = survey(policy, head, number)
    if (family.newest === null) continue
    const found = findings.find(against)
    if (found === undefined) continue
    const {
      context,
      answer: { is },
    } = found
    const verb = is === 'open' ? 'is going' : is === 'failure' ? 'failed' : 'was cancelled'
    return {
      open: is === 'open',
      why: `${context} ${verb} in run ${family.newest}`,
    }
  }
  return null
}

/**
 * A pending of ours that nobody will write over when nothing is going: over a red row, or over any
 * row while the newest run itself says that a required job failed. It is what is left when
 * something landed while we took a success back.
 */
export function pendingOver(policy: Policy, evidence: Evidence): Withdrawal | null {
  const head = readHead(evidence)
  const found = umbrellaOf(head, policy.umbrella)
  if (
    found.is !== 'row' ||
    found.row.author.by !== 'us' ||
    found.row.state !== 'pending' ||
    evidence.history === null
  )
    return null
  const covered = stoodIn(head.of(policy.umbrella))
  if (covered !== undefined && isRed(covered.state)) {
    return {
      row: found.row,
      state: restored(covered),
      why: `our pending covers row ${covered.id} (${covered.state}), and nothing is going`,
    }
  }
  const contrary = contradictionOf(policy, evidence)
  return contrary === null || contrary.open
    ? null
    : { row: found.row, state: 'failure', why: contrary.why }
}

/**
 * The state that is written in the place of a row that stood. A state we may not or need not copy
 * becomes `pending`: it never opens the gate.
 */
export function restored({ state }: Pick<HeadRow, 'state'>): StatusPost['state'] {
  return state === 'failure' || state === 'error' ? state : 'pending'
}
