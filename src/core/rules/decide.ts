import { matchesAny } from '../model/context.js'
import type { Evidence, Pull } from '../model/evidence.js'
import type { HeadStatuses } from '../reading/head-statuses.js'
import { readStatuses } from '../reading/head-statuses.js'
import type { RuleInput, Rule } from './rule.js'
import { refuse } from './rule.js'
import { sourcesDisagree, supersededEvidence, unprovenWriter } from './doubtful.js'
import { inherited } from './inherited.js'
import { notFinished, requiredHolds, runFailed } from './required-jobs.js'
import { relapsed, stale, tooYoung } from './ripe.js'
import {
  evidenceIncomplete,
  evidenceTooWeak,
  falseGreen,
  foreignRed,
  nothingRequired,
  nothingToRepair,
  umbrellaUnclear,
  unseenRow,
} from './umbrella-row.js'
import type { Policy } from '../model/policy.js'
import { isRequired, assess } from '../reading/assessment.js'
import { umbrellaOf } from '../reading/umbrella.js'
import type { Verdict } from './verdict.js'

/** A verdict for each open pull request of one head SHA, by its number. */
export type Verdicts = ReadonlyMap<number, Verdict>

/**
 * The ladder: rows of docs/decisions.md, in their order; the first match wins. What none of them
 * stops is asked for its proof.
 */
const RULES: readonly Rule[] = [
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
  const head = readStatuses(evidence)
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
  head: HeadStatuses,
  pull: Pull,
): { readonly it: RuleInput; readonly verdict: Verdict } {
  const seen = assess(policy, head, pull.number)
  const found = umbrellaOf(head, policy.umbrella)
  const must = seen.results.filter(isRequired)
  const it: RuleInput = {
    policy,
    head,
    pull,
    seen,
    row: found.kind === 'row' ? found.row : null,
    must,
  }
  for (const rung of RULES) {
    const verdict = rung(it)
    if (verdict !== null) return { it, verdict }
  }
  return {
    it,
    verdict: refuse(it, 'superseded-evidence', 'not every required context could be proven green'),
  }
}
