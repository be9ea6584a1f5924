import { matchesAny } from '../model/context.js'
import type { Evidence, Pull, RowEvidence } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import { assess, isRequired } from '../reading/assessment.js'
import { readStatuses } from '../reading/head-statuses.js'
import { umbrellaOf } from '../reading/umbrella.js'
import { sourcesDisagree, supersededEvidence, unprovenWriter } from './doubtful.js'
import { foreignRed, foreignRequired } from './foreign.js'
import { inherited } from './inherited.js'
import { notFinished, requiredHolds, runFailed } from './required-jobs.js'
import { relapsed, stale, tooYoung } from './ripe.js'
import type { Rule, RuleInput } from './rule.js'
import { baseOf } from './rule.js'
import { judgeChecks } from './checks/judge.js'
import type { Asked, Judged, Trace } from './trace.js'
import { askRules } from './trace.js'
import {
  evidenceIncomplete,
  evidenceTooWeak,
  falseGreen,
  nothingRequired,
  nothingToRepair,
  umbrellaUnclear,
  unseenRow,
} from './umbrella-row.js'
import type { Verdict } from './verdict.js'

/** A verdict for each open pull request of one head SHA, by its number. */
export type Verdicts = ReadonlyMap<number, Verdict>

/** What was decided for one pull request, and how one can follow it. */
export class Judgement {
  readonly verdict: Verdict
  private readonly judged: Judged
  private readonly more: readonly Asked[]

  constructor(judged: Judged, verdict = judged.verdict, more: readonly Asked[] = []) {
    this.judged = judged
    this.verdict = verdict
    this.more = more
  }

  /** Every rule that was asked, in order, and the contexts they speak of. */
  trace(): Trace {
    return this.judged.trace(this.more)
  }
}

/**
 * The rows of docs/decisions.md, in their order; the first that does not pass decides. What none of
 * them stops is asked for its proof by `stale`.
 */
export const RULES: readonly Rule[] = [
  evidenceIncomplete,
  umbrellaUnclear,
  unseenRow,
  falseGreen,
  nothingToRepair,
  foreignRed,
  foreignRequired,
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
]

/** Asked last, of a proven pull whose head others share. Its codes are those of a refusal. */
const SHARED: Omit<Rule, 'judge'> = {
  codes: ['superseded-evidence'],
  title: 'Is every other pull request on this commit proven too?',
}

/** The verdict of each pull request of a head, as `judgeHead` finds it. */
export function decide(
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
): Verdicts {
  const judged = judgeHead(policy, baseBranches, evidence)
  return new Map([...judged].map(([number, { verdict }]) => [number, verdict]))
}

/**
 * Judges one head SHA for every open pull request on it. Pure: the same evidence gives the same
 * verdicts, in whatever order its rows come. A pull is repaired only if every other open pull on
 * the SHA is proven too, for one write opens them all (docs/evidence.md).
 */
export function judgeHead(
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
): ReadonlyMap<number, Judgement> {
  const alone = new Map(
    evidence.pulls.map(pull => [
      pull.number,
      evidence.kind === 'checks'
        ? judgeChecks(policy, evidence, pull)
        : judgeRows(policy, evidence, pull),
    ]),
  )
  const doubt = evidence.pulls
    .map(pull => doubtOf(pull, alone.get(pull.number)?.verdict, baseBranches))
    .find(found => found !== null)
  return new Map(
    [...alone].map(([number, judged]): [number, Judgement] => {
      const { verdict } = judged
      if (verdict.kind !== 'repair' || doubt === undefined) return [number, new Judgement(judged)]
      const refusal = judged.refuse(doubt)
      const shared: Asked = { rule: SHARED, ruling: refusal }
      return [number, new Judgement(judged, refusal, [shared])]
    }),
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

/** Judges the umbrella by status rows for one pull request alone. */
function judgeRows(policy: Policy, evidence: RowEvidence, pull: Pull): Judged {
  const head = readStatuses(evidence)
  const seen = assess(policy, head, pull.number)
  const found = umbrellaOf(head, policy.umbrella)
  const row = found.kind === 'row' ? found.row : null
  const must = seen.results.filter(isRequired)
  const base = baseOf({ head, seen, row })
  const it: RuleInput = { policy: seen.policy, evidence, head, pull, seen, row, must, base }
  return askRules(it, RULES, stale)
}
