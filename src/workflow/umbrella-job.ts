import type { NeedsQuestion } from './needs.js'
import { writersOf } from './needs.js'
import type { Workflow, WorkflowJob } from './parse.js'

/** The jobs of a workflow that need one of these, directly or through others. */
function dependentsOf(jobs: readonly WorkflowJob[], id: string): readonly string[] {
  const found = new Set([id])
  for (let before = 0; before !== found.size;) {
    before = found.size
    for (const job of jobs) if (job.needs.some(need => found.has(need))) found.add(job.id)
  }
  return [...found].filter(one => one !== id).sort()
}

/** The one job of a file that writes the umbrella, and what depends on it; `null` if not one. */
export function umbrellaJobIn(
  file: Workflow,
  question: NeedsQuestion,
): { readonly job: string; readonly dependents: readonly string[] } | null {
  const [only, ...more] = writersOf([file], question)
  return only === undefined || more.length > 0
    ? null
    : { job: only.job.id, dependents: dependentsOf(file.jobs, only.job.id) }
}
