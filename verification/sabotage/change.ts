import type { CheckRun } from '../../src/core/model/check.js'
import type { CheckEvidence, Evidence } from '../../src/core/model/evidence.js'
import type { Job, Run } from '../../src/core/model/job.js'
import type { SignedRow } from '../../src/core/model/status.js'
import type { Reason } from '../../src/core/rules/verdict.js'
import type { Forge } from '../../src/forge/port.js'
import type { Seams } from './wrong.js'

/** Evidence whose lists of rows, the latest and the history, are changed alike. */
export const withRows =
  (change: (rows: readonly SignedRow[]) => readonly SignedRow[]) =>
  (evidence: Evidence): Evidence => ({
    ...evidence,
    latest: change(evidence.latest),
    history: evidence.history === null ? null : change(evidence.history),
  })

/** Evidence whose runs are changed, where their jobs were read. */
export const withRuns =
  (change: (runs: readonly Run[]) => readonly Run[]) =>
  (evidence: Evidence): Evidence =>
    evidence.kind === 'jobs' ? { ...evidence, runs: change(evidence.runs) } : evidence

/** Evidence whose jobs are changed, run by run. */
export const withJobs = (
  change: (jobs: readonly Job[]) => readonly Job[],
): ((evidence: Evidence) => Evidence) =>
  withRuns(runs => runs.map(run => ({ ...run, jobs: change(run.jobs) })))

/** Evidence of check runs, changed; other evidence stays. */
export const withChecks =
  (change: (evidence: CheckEvidence) => Partial<CheckEvidence>) =>
  (evidence: Evidence): Evidence =>
    evidence.kind === 'checks' ? { ...evidence, ...change(evidence) } : evidence

/** Check runs, changed one by one. */
export const withEachCheck = (
  change: (check: CheckRun) => CheckRun,
): ((evidence: Evidence) => Evidence) =>
  withChecks(({ checks }) => ({ checks: checks.map(change) }))

/** The rules without those that give this reason. */
export const without =
  (reason: Reason): NonNullable<Seams['rules']> =>
  rules =>
    rules.filter(({ codes }) => !codes.includes(reason))

/** A forge of which one answer or request is another. */
export const instead =
  (change: (forge: Forge) => Partial<Forge>): ((forge: Forge) => Forge) =>
  forge => ({ ...forge, ...change(forge) })
