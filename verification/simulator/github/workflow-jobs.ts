import type { Workflow } from './model.js'

/** A job of Actions that no runner has taken yet. */
export const QUEUED = {
  status: 'queued',
  conclusion: null,
  completedAt: null,
  lost: false,
  byToken: false,
  due: null,
} as const

/** A job with all that need it, one behind another: what a re-run of it takes along. */
export function dependents({ jobs }: Workflow, name: string): ReadonlySet<string> {
  const found = new Set([name])
  for (let before = 0; before !== found.size;) {
    before = found.size
    for (const job of jobs)
      if (job.needs?.some(need => found.has(need)) === true) found.add(job.name)
  }
  return found
}
