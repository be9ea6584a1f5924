import type { CheckEvidence, Pull } from '../../model/evidence.js'
import type { Policy } from '../../model/policy.js'
import { isRequired } from '../../reading/assessment.js'
import { assessChecks } from '../../reading/checks/assessment.js'
import type { Judged } from '../trace.js'
import { askRules } from '../trace.js'
import { unprovenWriter } from '../doubtful.js'
import { ownVerdict } from './basis.js'
import { requiredHolds, runFailed } from '../required-jobs.js'
import { tooYoung } from '../ripe.js'
import type { Rule } from '../rule.js'
import { nothingRequired } from '../umbrella-row.js'
import type { CheckInput } from './input.js'
import { baseOf, standingOf } from './input.js'
import { awaitingApproval, notFinished, notStudied, supersededEvidence } from './required.js'
import { notRerunnable, pinnedSource, relapsed, stale } from './ripe.js'
import {
  evidenceIncomplete,
  falseGreen,
  foreignRed,
  foreignRequired,
  nothingToRepair,
  umbrellaUnclear,
  unseenRow,
} from './umbrella.js'

/** The rows of docs/decisions.md as check runs are asked for them, in their order. */
export const CHECK_RULES: readonly Rule<CheckInput>[] = [
  evidenceIncomplete,
  umbrellaUnclear,
  unseenRow,
  falseGreen,
  nothingToRepair,
  foreignRed,
  foreignRequired,
  notStudied,
  awaitingApproval,
  pinnedSource,
  nothingRequired,
  requiredHolds,
  runFailed,
  notFinished,
  unprovenWriter,
  supersededEvidence,
  relapsed,
  notRerunnable,
  tooYoung,
  ownVerdict,
]

/** Judges the umbrella of a head of check runs for one pull request alone. */
export function judgeChecks(policy: Policy, evidence: CheckEvidence, pull: Pull): Judged {
  const seen = assessChecks(policy, evidence, pull.number)
  const must = seen.results.filter(isRequired)
  const standing = standingOf(seen)
  const base = baseOf(evidence, seen, standing)
  const it: CheckInput = { policy: seen.policy, evidence, pull, seen, standing, must, base }
  return askRules(it, CHECK_RULES, stale)
}
