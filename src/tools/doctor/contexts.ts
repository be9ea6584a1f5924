import { jobNames } from '../../workflow/contexts.js'
import type { WorkflowJob } from '../../workflow/parse.js'
import type { WorkflowSource } from './file.js'
import type { DoctorServer } from './server.js'

/** Events by which a pull request's commit gets statuses that count for it. */
const OF_PULLS = ['pull_request', 'pull_request_target', 'push', 'merge_group']

/** The contexts a job writes for pull requests; `null` where only a run tells. */
export function jobContexts(
  { naming }: DoctorServer,
  { workflow }: WorkflowSource,
  job: WorkflowJob,
): readonly string[] | null {
  const names = jobNames(job, naming)
  if (names.kind === 'unresolvable') return null
  const events = OF_PULLS.filter(event => workflow.events.includes(event))
  const suffixes = naming.eventSuffix ? events.map(event => ` (${event})`) : ['']
  return suffixes.flatMap(suffix =>
    names.names.map(name => `${naming.prefix(workflow)}${name}${suffix}`),
  )
}
