import type { Evidence, ListedPull } from '../model/evidence.js'
import { gradeOf } from '../model/evidence.js'
import type { Policy } from '../model/policy.js'
import { viewOf } from '../view/read.js'
import { basisOf } from './basis.js'
import type { RuleInput } from './rule.js'

/** What the rules are asked about, for one pull request alone. */
export function ruleInput(policy: Policy, evidence: Evidence, pull: ListedPull): RuleInput {
  const view = viewOf(policy, evidence, pull.number)
  const input = {
    policy: view.policy,
    pull,
    evidence,
    view,
    required: view.required,
    base: { grade: gradeOf(evidence), run: view.newest, umbrella: view.umbrella },
  }
  return { ...input, basis: basisOf(input) }
}
