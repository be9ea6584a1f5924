import type { Evidence } from '../../model/evidence.js'
import type { Policy } from '../../model/policy.js'
import { readChecks } from '../../view/checks/result.js'
import { headStatusesOf } from '../../view/head-statuses.js'
import { judgeContext } from './context.js'
import type { RequiredContext } from './finding.js'

/** What a push puts at the end of a context, where events do (docs/forge-facts.md, 2.1). */
const PUSH = ' (push)'

/**
 * The contexts that runs of a push wrote on a commit. Where contexts name no event the evidence
 * holds no other runs. What else stands there is of pull requests, which are judged by themselves.
 */
function pushContexts(evidence: Evidence): readonly string[] {
  const written =
    evidence.kind === 'checks'
      ? readChecks(evidence).legs.map(({ name }) => name)
      : [...headStatusesOf(evidence).writers.values()]
          .flatMap(contexts => [...contexts])
          .filter(context => context.endsWith(PUSH))
  return [...new Set(written)].sort()
}

/**
 * What is true of every context that a push wrote on a commit, each by its own newest run: as of a
 * context that a merge requires, for a commit of a branch or a tag. Pure.
 */
export function judgeCommit(policy: Policy, evidence: Evidence): readonly RequiredContext[] {
  const [pull] = evidence.pulls
  return pushContexts(evidence).map(context => judgeContext({ policy, evidence, pull, context }))
}
