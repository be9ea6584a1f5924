import type { RunKey } from '../model/ids.js'
import { isFinal } from '../model/status.js'
import type { HeadStatuses } from './head-statuses.js'
import type { JobResult } from './job-result.js'
import { byRun, unknown, wordOf } from './job-result.js'
import { jobRows } from './jobs.js'
import type { RunGroup } from './run-group.js'
import { byStatus } from './statuses.js'
import { vetoByTasks } from './tasks.js'

/**
 * What one run itself says of its umbrella, read as any required context is: by its job where jobs
 * can be read, else by its own row, unless task rows forbid it. A row that never got past pending
 * while the job ended green was lost and contradicts nothing; a red one does.
 */
export function umbrellaResult(head: HeadStatuses, group: RunGroup, run: RunKey): JobResult {
  const { context } = group
  const rows = head.of(context)
  if (group.doubt !== null) return unknown(run, rows, group.doubt)
  switch (head.evidence.kind) {
    case 'jobs':
      return byJob(head, group, run)
    case 'tasks':
      return vetoByTasks({ head, group, run, context }, byStatus(head, null, run, context))
    case 'statuses':
      return byStatus(head, null, run, context)
    case 'checks':
      return unknown(run, rows, 'a status alone proves nothing beside check runs')
  }
}

function byJob(head: HeadStatuses, group: RunGroup, run: RunKey): JobResult {
  const said = jobRows(head, group, run, group.context)
  if (said.kind !== 'success') return said
  const [own] = byRun(head.of(group.context), run)
  const word = wordOf(own)
  if (own === undefined || word === null || word === 'success' || !isFinal(word)) return said
  return { kind: 'disagree', run, why: `its status row ${own.id} says ${word}, its job success` }
}
