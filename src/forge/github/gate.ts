import { asRunId } from '../../core/model/ids.js'
import { contextWriters } from '../gate.js'
import type { GateReads } from '../gate-reads.js'
import { ForgeError } from '../port.js'
import { once } from '../workflow-cache.js'
import { mergeConditions } from './conditions.js'
import { protectionOf } from './rules.js'
import type { SweepCache } from './study.js'
import { withRuns } from './study.js'

/** What judging the whole merge gate reads of GitHub: the rules that a study has read are kept. */
export function gateReads(kept: SweepCache): GateReads {
  const { repository, protection } = kept
  return {
    required: async branch => {
      const { checks, hidden } = await once(protection, branch, () =>
        protectionOf(repository, branch),
      )
      if (hidden !== null) throw new ForgeError('forbidden', hidden)
      return checks.map(({ context }) => context)
    },
    writersOf: (contexts, branch) => contextWriters(kept.reads, contexts, branch),
    // Check runs are told with their workflow and event, and no ref is asked.
    around: head => Promise.resolve(head),
    withJobs: async (head, runs) => {
      if (head.kind !== 'checks') return head
      const ids = new Set(runs.map(run => asRunId(Number(run))))
      const suites = head.suites.filter(({ run }) => run !== null && ids.has(run.id))
      return withRuns(kept, head, suites)
    },
    conditions: pull => mergeConditions(repository, pull),
  }
}
