import { matchesAny } from './context.js'
import type { Evidence, Pull } from './evidence.js'
import type { Head } from './head.js'
import { readHead } from './head.js'
import type { Case, Rung } from './ladder/case.js'
import { refuse } from './ladder/case.js'
import { sourcesDisagree, supersededEvidence, unprovenWriter } from './ladder/doubt.js'
import { inherited } from './ladder/inherited.js'
import { notFinished, requiredHolds, runFailed } from './ladder/jobs.js'
import { relapsed, stale, tooYoung } from './ladder/ripe.js'
import {
  evidenceIncomplete,
  evidenceTooWeak,
  falseGreen,
  foreignRed,
  nothingRequired,
  nothingToRepair,
  umbrellaUnclear,
  unseenRow,
} from './ladder/umbrella.js'
import type { Policy } from './policy.js'
import { isRequired, survey } from './survey.js'
import { umbrellaOf } from './umbrella.js'
import type { Verdict } from './verdict.js'

/** A verdict for each open pull request of one head SHA, by its number. */
export type Verdicts = ReadonlyMap<number, Verdict>

/**
 * The ladder: rows of docs/decisions.md, in their order; the first match wins. What none of them
 * stops is asked for its proof.
 */
const LADDER: readonly Rung[] = [
  evidenceIncomplete,
  umbrellaUnclear,
  unseenRow,
  falseGreen,
  nothingToRepair,
  foreignRed,
  evidenceTooWeak,
  nothingRequired,
  inherited,
  requiredHolds,
  runFailed,
  notFinished,
  sourcesDisagree,
  unprovenWriter,
  supersededEvidence,
  relapsed,
  tooYoung,
  stale,
]

/**
 * Judges one head SHA for every open pull request on it. Pure: the same evidence gives the same
 * verdicts, in whatever order its rows come. A pull is repaired only if every other open pull on
 * the SHA is proven too, for one write opens them all (design §4, "Shared heads").
 */
export function decide(
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
): Verdicts {
  const head = readHead(evidence)
  const alone = new Map(evidence.pulls.map(pull => [pull.number, judge(policy, head, pull)]))
  const doubt = evidence.pulls
    .map(pull => doubtOf(pull, alone.get(pull.number)?.verdict, baseBranches))
    .find(found => found !== null)
  return new Map(
    [...alone].map(([number, { it, verdict }]) => [
      number,
      verdict.kind === 'repair' && doubt !== undefined
        ? refuse(it, 'superseded-evidence', doubt)
        : verdict,
    ]),
  )
}

/** Why a pull request forbids the repair of the head it stands on, or `null`. */
function doubtOf(
  pull: Pull,
  verdict: Verdict | undefined,
  baseBranches: readonly string[],
): string | null {
  if (baseBranches.length > 0 && !matchesAny(baseBranches, pull.base))
    return (
      `pull request #${pull.number} shares this head and targets ${pull.base}, outside ` +
      'base-branches'
    )
  return verdict?.kind === 'repair'
    ? null
    : `pull request #${pull.number} shares this head and is not proven: ` +
        (verdict?.reason ?? 'not judged')
}

/** Judges the umbrella for one pull request alone. */
function judge(
  policy: Policy,
  head: Head,
  pull: Pull,
): { readonly it: Case; readonly verdict: Verdict } {
  const seen = survey(policy, head, pull.number)
  const found = umbrellaOf(head, policy.umbrella)
  const must = seen.findings.filter(isRequired)
  const it: Case = { policy, head, pull, seen, row: found.is === 'row' ? found.row : null, must }
  for (const rung of LADDER) {
    const verdict = rung(it)
    if (verdict !== null) return { it, verdict }
  }
  return {
    it,
    verdict: refuse(it, 'superseded-evidence', 'not every required context could be proven green'),
  }
}
