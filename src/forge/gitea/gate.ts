import { contextWriters } from '../gate.js'
import type { GateReads } from '../gate-reads.js'
import { once } from '../workflow-cache.js'
import { around } from './around.js'
import { mergeConditions } from './conditions.js'
import type { Connection } from './connection.js'
import type { BranchRule } from './protection.js'
import { branchRule } from './protection.js'
import type { SweepCache } from './sweep-cache.js'

/** What judging the whole merge gate reads of Gitea and Forgejo: a branch's rule once a sweep. */
export function gateReads(kept: SweepCache, connection: Connection): GateReads {
  const rules = new Map<string, Promise<BranchRule>>()
  const ruleOf = (branch: string): Promise<BranchRule> =>
    once(rules, branch, () => branchRule(connection, branch))
  return {
    required: async branch => (await ruleOf(branch)).contexts,
    writersOf: (contexts, branch) => contextWriters(kept, contexts, branch),
    around: (head, asked) => around(kept, head, asked),
    // Where jobs can be read, the study has read those of every run.
    withJobs: head => Promise.resolve(head),
    conditions: pull => mergeConditions(connection, ruleOf, pull),
  }
}
