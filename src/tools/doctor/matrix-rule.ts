import { jobNames } from '../../workflow/contexts.js'
import type { WorkflowJob } from '../../workflow/parse.js'
import type { DoctorUmbrella } from './choose.js'
import type { LintTarget, DoctorRule } from './rule.js'
import { eachUmbrella } from './rule.js'
import { jobContexts } from './contexts.js'

/** More than one leg, or as many as only a run can tell. */
function isMatrix({ server }: LintTarget, job: WorkflowJob): boolean {
  if (job.matrix.kind === 'none') return false
  const names = jobNames(job, server.naming)
  return names.kind === 'unresolvable' || names.names.length > 1
}

/** Does a merge wait for every leg by itself, so that none can hide behind another? */
function isRequiredWhole(
  { server, required }: LintTarget,
  { source }: DoctorUmbrella,
  job: WorkflowJob,
): boolean {
  const contexts = jobContexts(server, source, job)
  if (required === null || contexts === null || contexts.length === 0) return false
  // Not by a pattern: these servers count the first context that it matches, and no other.
  return contexts.every(context => required.includes(context))
}

/** A job of many legs is one result for whoever needs it: there, that of the last leg. */
export const MATRIX_LAST_LEG: DoctorRule = {
  code: 'matrix-last-leg',
  severity: 'error',
  title: 'The umbrella sees only the last leg of a matrix',
  source: 'docs/forge-facts.md, 3',
  on: server => server.skippedIsEmpty,
  find: eachUmbrella((umbrella, target) => {
    const { source, job } = umbrella
    return source.workflow.jobs
      .filter(({ id }) => job.needs.includes(id))
      .filter(need => isMatrix(target, need) && !isRequiredWhole(target, umbrella, need))
      .map(({ id }) => ({
        file: source.path,
        line: source.lineOf(['jobs', id, 'strategy']) ?? source.lineOf(['jobs', id]),
        what:
          `needs.${id}.result is that of its last leg on this server: ${job.id} is green over ` +
          'an earlier one that failed',
        advice: `require the status of each leg of ${id} beside the umbrella`,
      }))
  }),
}
