import type { HeadStatuses } from './head-statuses.js'
import type { JobResult } from './job-result.js'
import { unknown } from './job-result.js'
import { byJobs } from './jobs.js'
import type { RunGroup } from './run-group.js'
import { byStatus } from './statuses.js'
import { vetoByTasks } from './tasks.js'

/** The runs whose word is asked for, on one head. */
export interface Runs {
  readonly head: HeadStatuses
  readonly group: RunGroup
  /** `null` where the umbrella's end says nothing of these runs: rule (b) may not be used. */
  readonly umbrella: string | null
}

/** What the newest run of a group says of one of its contexts, by the kind of the evidence. */
export function resultOf({ head, group, umbrella }: Runs, context: string): JobResult {
  const run = group.newest
  const rows = head.of(context)
  if (run === null) return unknown(null, rows, `no run of Actions wrote ${group.context}`)
  if (group.doubt !== null) return unknown(run, rows, group.doubt)
  switch (head.evidence.kind) {
    case 'jobs':
      return byJobs(head, group, run, context)
    case 'tasks':
      return vetoByTasks({ head, group, run, context }, byStatus(head, umbrella, run, context))
    // Check runs are read in a folder of their own (core/reading/checks).
    case 'checks':
      return unknown(run, rows, 'a status alone proves nothing beside check runs')
    case 'statuses':
      return byStatus(head, umbrella, run, context)
  }
}
