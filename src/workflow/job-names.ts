import type { Naming } from './contexts.js'
import { literalNameOf, jobNames } from './contexts.js'
import type { MayFail } from './keys.js'
import type { Workflow, WorkflowJob } from './parse.js'

/** Is this name, as a run shows it, one of the job's? */
function isNameOf(job: WorkflowJob, shown: string, naming: Naming): boolean {
  const names = jobNames(job, naming)
  if (names.kind === 'names') return names.names.includes(shown)
  const name = literalNameOf(job)
  return name !== null && (shown === name || shown.startsWith(`${name} (`))
}

/** The names that jobs of these files have; `null` where only a run tells one of them. */
export function jobNamesIn(
  workflows: readonly Workflow[],
  naming: Naming,
): readonly string[] | null {
  const found = workflows.flatMap(({ jobs }) => jobs.map(job => jobNames(job, naming)))
  return found.some(({ kind }) => kind === 'unresolvable')
    ? null
    : found.flatMap(one => (one.kind === 'names' ? one.names : []))
}

/**
 * `continue-on-error` of the job that shows this name. Its check run is red all the same, while
 * `needs.<job>.result` is `success` (docs/github-facts.md, 7). A name that no job, or more than
 * one, can have is no reason to let it fail.
 */
export function mayFailIn(workflow: Workflow, shown: string, naming: Naming): MayFail {
  const [job, ...more] = workflow.jobs.filter(one => isNameOf(one, shown, naming))
  return job === undefined || more.length > 0 ? 'no' : job.mayFail
}

/** Every job that this one needs, directly or through others. */
function neededJobs({ jobs }: Workflow, job: WorkflowJob): readonly WorkflowJob[] {
  const found = new Set<WorkflowJob>()
  const add = (one: WorkflowJob): void => {
    for (const need of jobs.filter(({ id }) => one.needs.includes(id)))
      if (!found.has(need)) {
        found.add(need)
        add(need)
      }
  }
  add(job)
  return [...found]
}

/**
 * Which of these failed jobs the skipped one needs, so that it was skipped for it; `null` where the
 * file does not show it.
 */
export function skippedFor(
  workflow: Workflow,
  skipped: string,
  failed: readonly string[],
  naming: Naming,
): string | null {
  const [job, ...more] = workflow.jobs.filter(one => isNameOf(one, skipped, naming))
  if (job === undefined || more.length > 0) return null
  const needed = neededJobs(workflow, job)
  return failed.find(name => needed.some(one => isNameOf(one, name, naming))) ?? null
}
