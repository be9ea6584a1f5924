import type { RunKey } from '../model/ids.js'
import type { SignedRow } from '../model/status.js'
import { isFinal } from '../model/status.js'
import type { HeadStatuses } from './head-statuses.js'
import type { JobResult } from './job-result.js'
import { byRun, isEnd, unknownResult, phaseOf } from './job-result.js'
import { byJobs, jobRows } from './jobs.js'
import type { RunGroup } from './run-group.js'
import { byStatus } from './statuses.js'
import { vetoByTasks } from './tasks.js'

/** The runs that are asked, on one head. */
interface Runs {
  readonly head: HeadStatuses
  readonly group: RunGroup
  /** `null` where the umbrella's end says nothing of these runs: rule (b) may not be used. */
  readonly umbrella: string | null
}

/** What the newest run of a group says of one of its contexts, by the kind of the evidence. */
export function newestResult({ head, group, umbrella }: Runs, context: string): JobResult {
  const run = group.newest
  if (run === null)
    return unknownResult(null, head.of(context), `no run of Actions wrote ${group.context}`)
  if (group.doubt !== null) return unknownResult(run, head.of(context), group.doubt)
  switch (head.evidence.kind) {
    case 'jobs':
      return byJobs(head, group, run, context)
    case 'tasks':
      return vetoByTasks({ head, group, run, context }, byStatus(head, umbrella, run, context))
    // Check runs are read in a folder of their own (core/view/checks).
    case 'checks':
      return unknownResult(run, head.of(context), 'a status alone proves nothing beside check runs')
    case 'statuses':
      return byStatus(head, umbrella, run, context)
  }
}

/**
 * What one run itself says of its umbrella, read as any required context is: by its job where jobs
 * can be read, else by its own row, unless task rows forbid it. A row that never got past pending
 * while the job ended green was lost and contradicts nothing; a red one does.
 */
export function umbrellaResult(head: HeadStatuses, group: RunGroup, run: RunKey): JobResult {
  const { context } = group
  if (group.doubt !== null) return unknownResult(run, head.of(context), group.doubt)
  switch (head.evidence.kind) {
    case 'jobs':
      return byJob(head, group, run)
    case 'tasks':
      return vetoByTasks({ head, group, run, context }, byRows(head, group, run))
    case 'statuses':
      return byRows(head, group, run)
    case 'checks':
      return unknownResult(run, head.of(context), 'a status alone proves nothing beside check runs')
  }
}

/**
 * By rows. A pending row of another run above its own end is no doubt where it can hide no re-run:
 * where task rows would show one, or where the server writes equal states too
 * (docs/forge-facts.md, 2.3); and only if that other run has ended its umbrella since.
 */
function byRows(head: HeadStatuses, { context }: RunGroup, run: RunKey): JobResult {
  const said = byStatus(head, null, run, context)
  const { kind, traits } = head.evidence
  if (said.kind !== 'unknown' || (kind === 'statuses' && traits.skipsEqualState)) return said
  const rows = head.of(context)
  const own = byRun(rows, run)
  const [end] = own
  if (end?.author.kind !== 'actions' || end.author.phase !== 'success') return said
  const { job } = end.author
  const isOneJob = own.every(({ author }) => author.kind === 'actions' && author.job === job)
  const isOver = ({ id, state, author }: SignedRow): boolean =>
    id < end.id ||
    state !== 'pending' ||
    (author.kind === 'actions' && endedAbove(rows, id, author.run))
  if (!isOneJob || !rows.every(isOver)) return said
  const ref = { key: job, id: null }
  return { kind: 'success', source: 'own-row', run, job: ref, attempt: null, row: end.id }
}

/** Has this run written its end above a row? */
const endedAbove = (rows: readonly SignedRow[], id: number, run: RunKey): boolean =>
  byRun(rows, run).some(row => row.id > id && isEnd(row))

function byJob(head: HeadStatuses, group: RunGroup, run: RunKey): JobResult {
  const said = jobRows(head, group, run, group.context)
  if (said.kind !== 'success') return said
  const [own] = byRun(head.of(group.context), run)
  const phase = phaseOf(own)
  if (own === undefined || phase === null || phase === 'success' || !isFinal(phase)) return said
  return { kind: 'disagree', run, why: `its status row ${own.id} says ${phase}, its job success` }
}
