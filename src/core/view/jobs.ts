import { suffixOf } from '../model/context.js'
import type { RunKey } from '../model/ids.js'
import type { Job, JobRef } from '../model/job.js'
import { isFinal } from '../model/status.js'
import type { HeadStatuses } from './head-statuses.js'
import type { JobResult } from './job-result.js'
import { byRun, unknownResult, phaseOf } from './job-result.js'
import type { RunGroup } from './run-group.js'

/**
 * The jobs of a run that write this context; `null` when job names cannot be mapped to contexts.
 */
export function jobsOf(
  head: HeadStatuses,
  group: RunGroup,
  run: RunKey,
  context: string,
): readonly Job[] | null {
  const { jobPrefix: prefix } = group
  const jobs = head.jobs.get(run)
  if (prefix === null || jobs === undefined) return null
  const suffix = suffixOf(context)
  return jobs.filter(({ name }) => `${prefix}${name}${suffix}` === context)
}

/** What the job rows of a run say of a context, unless its own status row contradicts them. */
export function byJobs(
  head: HeadStatuses,
  group: RunGroup,
  run: RunKey,
  context: string,
): JobResult {
  const said = jobRows(head, group, run, context)
  const why = said.kind === 'success' ? contradiction(head, run, context) : null
  return why === null ? said : { kind: 'disagree', run, why }
}

const refTo = ({ key, id }: Job): JobRef => ({ key, id })

/** What the job rows of a run say of a context, whatever its status rows say. */
export function jobRows(
  head: HeadStatuses,
  group: RunGroup,
  run: RunKey,
  context: string,
): JobResult {
  const rows = head.of(context)
  const jobs = jobsOf(head, group, run, context)
  if (jobs === null)
    return unknownResult(run, rows, `the jobs of run ${run} cannot be matched to contexts`)
  const [first] = jobs
  if (first === undefined)
    return unknownResult(run, rows, `run ${run} has no job that writes ${context}`)
  for (const kind of ['failure', 'cancelled'] as const) {
    const job = jobs.find(({ state }) => state === kind)
    if (job !== undefined)
      return { kind, source: 'job', run, job: refTo(job), attempt: job.attempt, row: null }
  }
  if (jobs.some(({ state }) => state === 'open')) {
    const isQueued = phaseOf(byRun(rows, run)[0]) === 'waiting'
    const why = isQueued
      ? `a job of run ${run} is still waiting for a runner`
      : `a job of run ${run} is still going`
    return { kind: 'open', run, why }
  }
  if (jobs.some(({ state }) => state === 'unknown'))
    return unknownResult(run, rows, `a job of run ${run} ended in a way nobody knows`)
  const skipped = jobs.find(({ state }) => state === 'skipped')
  const job = skipped ?? first
  return {
    kind: skipped === undefined ? 'success' : 'skipped',
    source: 'job',
    run,
    job: refTo(job),
    attempt: job.attempt,
    row: null,
  }
}

/**
 * Does a run's own status row of a context contradict its job rows? Only a row that must have been
 * written counts: a server that skips equal states may leave an older pending row of the run (
 * docs/forge-facts.md, 2.3).
 */
function contradiction(head: HeadStatuses, run: RunKey, context: string): string | null {
  const own = byRun(head.of(context), run)
  const phase = phaseOf(own[0])
  if (own[0] === undefined || phase === null || phase === 'success') return null
  if (!isFinal(phase) && head.evidence.traits.skipsEqualState) return null
  const author = own[0].author
  const job =
    author.kind === 'actions'
      ? head.jobs.get(run)?.find(({ key }) => key === author.job)
      : undefined
  // Gitea ≥1.27 copies a job that is not re-run under a new id: the old id's row speaks of an
  // older attempt (docs/forge-facts.md, 4.3).
  if (job === undefined) return null
  return `its status row ${own[0].id} says ${phase}, its job row ${job.id} says ${job.state}`
}
