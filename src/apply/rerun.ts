import type { Outcome } from '../core/plan/outcome.js'
import type { RerunWrite } from '../core/plan/remedy.js'
import { rerunRight } from '../core/plan/remedy.js'
import { runToRerun, umbrellaJobOf } from '../core/plan/rerun.js'
import type { Evidence } from '../core/model/evidence.js'
import type { Job } from '../core/model/job.js'
import type { Repair } from '../core/rules/verdict.js'
import type { ForgeError } from '../forge/port.js'
import { mayHaveWritten } from '../forge/port.js'
import { attempt } from '../forge/reading.js'
import type { Agreed, RepairDependencies } from './dependencies.js'
import { isNoRight } from './look-back.js'

/** What a re-run is sent by: both looks, and the pull request whose newest run it is. */
interface AgreedRerun extends Agreed {
  readonly pull: number
  readonly verdict: Repair
}

/** A re-run that was sent, and may go on long after its answer. */
export interface StartedRerun extends AgreedRerun {
  readonly write: RerunWrite
  /** The answer was lost: only a new execution tells whether the request was carried out. */
  readonly lost: ForgeError | null
}

/** The umbrella's job of the run that is run again, as this evidence shows it. */
export const jobNow = (
  { policy }: Pick<RepairDependencies, 'policy'>,
  { pull, verdict }: Pick<AgreedRerun, 'pull' | 'verdict'>,
  evidence: Evidence,
): Job | null => umbrellaJobOf(evidence, policy.umbrella, pull, runToRerun(verdict))

/**
 * Is this another execution than the one that was decided on? Gitea 1.26 keeps the job's id and
 * counts when a runner takes it, 1.27 gives every job a new id (docs/forge-facts.md, 4.3, 11).
 */
export function isNewExecution(
  job: Job | null,
  { umbrellaJob: was, stands }: Pick<Repair, 'umbrellaJob' | 'stands'>,
): boolean {
  if (job === null || was === null) return false
  // GitHub shows a job that was not run again under a new id: only a new start is an execution.
  if (stands === 'check-run') return job.state === 'open' || job.attempt !== was.attempt
  return job.state === 'open' || job.id !== was.job || job.attempt !== was.attempt
}

/**
 * One POST, never sent again. A refusal is looked into: whoever was faster has started a new
 * execution, and that is a race and no failure.
 */
export async function startRerun(
  dependencies: RepairDependencies,
  write: RerunWrite,
  agreed: AgreedRerun,
): Promise<Outcome | StartedRerun> {
  const { forge } = dependencies
  const sent = await attempt(() => forge.rerun(write))
  if (sent.ok) return { ...agreed, write, lost: null }
  const error = sent.why
  if (isNoRight(error)) {
    const takes = rerunRight(forge.server)
    const detail = `the token may not run jobs again: ${error.message}; it takes ${takes}`
    return { code: 'no-right', detail, command: forge.print(write) }
  }
  if (mayHaveWritten(error.code)) return { ...agreed, write, lost: error }
  const { run } = agreed.verdict
  // A limit says nothing of the run, and whoever goes on asking is limited for longer.
  if (error.code !== 'rate-limited') {
    const after = await forge.secondLook(agreed.evidence)
    if (isNewExecution(jobNow(dependencies, agreed, after), agreed.verdict))
      return {
        code: 'changed-meanwhile',
        detail: `run ${run} was run again by somebody else: ${error.message}`,
      }
  }
  return {
    code: 'failed',
    detail: `the re-run of run ${run} was refused: ${error.message}`,
    posted: null,
    command: forge.print(write),
  }
}
