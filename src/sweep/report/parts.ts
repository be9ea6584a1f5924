import { isLost } from '../../core/plan/outcome.js'
import type { ContextRow } from '../../core/rules/trace.js'
import type { Reason } from '../../core/rules/verdict.js'
import type { PullReport } from './report.js'

/** What a sweep has to say of a pull. Every pull is in exactly one of these. */
export type Part = 'alarm' | 'person' | 'rightly-red' | 'repaired' | 'waiting' | 'left'

/**
 * Reasons by which an umbrella is rightly red: a job of the newest run did not succeed. That is an
 * ordinary day of a repository, and its author sees the red job; a push or a re-run mends it.
 */
export const RIGHTLY_RED = {
  'required-failed': ['failure'],
  'required-cancelled': ['cancelled'],
  'required-skipped': ['skipped'],
  'required-missing': ['missing'],
  'run-failed': ['failure', 'cancelled'],
} as const satisfies Partial<Record<Reason, readonly ContextRow['says'][]>>

export const isRightlyRed = (reason: Reason): reason is keyof typeof RIGHTLY_RED =>
  reason in RIGHTLY_RED

/** Repairs that ended without a write of ours standing, and that the next sweep looks at again. */
const AGAIN = ['changed-meanwhile', 'head-moved', 'withdrawn', 'rerun-pending'] as const

/** What tells in which part a pull is. */
type PartFields = Pick<PullReport, 'kind' | 'reason' | 'outcome' | 'outcomeDetail'>

/**
 * Does this pull need a person? What no new push mends, repairs that did not end well, and an
 * earlier success of ours over a red that is right.
 */
function needsPerson({ kind, reason, outcome, outcomeDetail }: PartFields): boolean {
  const isTouched = outcome !== 'none' || outcomeDetail !== ''
  return (
    (kind === 'refuse' && (isTouched || !isRightlyRed(reason))) ||
    isLost(outcome) ||
    (kind === 'repair' && (outcome === 'held' || outcome === 'none' || outcome === 'still-red'))
  )
}

/** Repairs that ended well, or would have. */
const REPAIRED = ['compensated', 'rerun', 'dry-run'] as const

/** In which part a pull is told: an alarm comes before everything else, and counts once. */
export function partOf(pull: PartFields): Part {
  const { kind, outcome } = pull
  if (kind === 'alarm') return 'alarm'
  if (kind === 'repair' && REPAIRED.some(code => code === outcome)) return 'repaired'
  if (needsPerson(pull)) return 'person'
  if (kind === 'refuse') return 'rightly-red'
  if (kind === 'wait' || AGAIN.some(code => code === outcome)) return 'waiting'
  return 'left'
}

/** The pulls of each part, in their order. */
export function byPart(
  pulls: readonly PullReport[],
): Readonly<Record<Part, readonly PullReport[]>> {
  const parts: Readonly<Record<Part, PullReport[]>> = {
    alarm: [],
    person: [],
    'rightly-red': [],
    repaired: [],
    waiting: [],
    left: [],
  }
  for (const pull of pulls) parts[partOf(pull)].push(pull)
  return parts
}

/** How a repair ended in people's words, where its code is not one of them. */
const REPAIRS: Readonly<Partial<Record<PullReport['outcome'], string>>> = {
  compensated: 'repaired',
  rerun: 'repaired by a re-run',
  'rerun-pending': 'runs again',
  'still-red': 'still red',
  'dry-run': 'would repair',
  none: 'not repaired',
  'already-compensated': 'already repaired',
  'changed-meanwhile': 'changed meanwhile',
  'head-moved': 'a new commit',
  'no-right': 'not allowed',
}

/** How a repair ended, in a word or two. */
export const outcomeWord = (outcome: PullReport['outcome']): string => REPAIRS[outcome] ?? outcome

/** What happened to a pull, in a word or two. */
export function statusWord({ kind, outcome, stuck }: PullReport): string {
  switch (kind) {
    case 'repair':
      return outcomeWord(outcome)
    case 'wait':
      return outcome === 'withdrawn' ? 'withdrawn' : stuck ? 'stuck' : 'waits'
    case 'refuse':
      return 'refused'
    case 'alarm':
      return 'ALARM'
    case 'leave':
      return 'left alone'
  }
}
