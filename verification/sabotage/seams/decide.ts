import type { Evidence } from '../../../src/core/model/evidence.js'
import type { Policy } from '../../../src/core/model/policy.js'
import * as right from '../../../src/core/rules/decide.js'
import { CHOSEN } from '../chosen.js'
import type { Judge } from '../wrong.js'

export * from '../../../src/core/rules/decide.js'

export const RULES = CHOSEN.rules?.(right.RULES) ?? right.RULES

/** The rules, asked with the policy and the evidence that the mistake makes of them. */
function asked(
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
  rules = right.RULES,
): ReturnType<Judge> {
  return right.judgeHead(
    CHOSEN.policy?.(policy) ?? policy,
    baseBranches,
    CHOSEN.evidence?.(evidence) ?? evidence,
    CHOSEN.rules?.(rules) ?? rules,
  )
}

export const judgeHead: Judge = CHOSEN.judge?.(asked) ?? asked

const verdictsOf = (judged: ReturnType<Judge>): right.Verdicts =>
  new Map([...judged].map(([number, { verdict }]) => [number, verdict]))

export const decide = (
  policy: Policy,
  baseBranches: readonly string[],
  evidence: Evidence,
): right.Verdicts => verdictsOf(judgeHead(policy, baseBranches, evidence))

export const decideHolding = (policy: Policy, evidence: Evidence): right.Verdicts =>
  right.decideHolding(CHOSEN.policy?.(policy) ?? policy, CHOSEN.evidence?.(evidence) ?? evidence)
