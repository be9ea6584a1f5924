import type { OutcomeCode } from '../../src/core/plan/outcome.js'
import type { PullReport, SweepReport } from '../../src/sweep/report/report.js'
import { describePull, REPORT_SCHEMA } from '../../src/sweep/report/report.js'
import type { VerdictKind, Reason } from '../../src/core/rules/verdict.js'
import { asRunKey } from '../../src/core/model/ids.js'
import { policy, pull } from './builders.js'

/** One pull request of a report. */
export const row = (
  kind: VerdictKind,
  reason: Reason,
  change: Partial<PullReport> = {},
): PullReport => ({
  ...describePull(pull(), [], ''),
  kind,
  reason,
  detail: 'why',
  grade: 'statuses',
  cause: null,
  proof: [],
  umbrella: null,
  requiredFrom: 'required-contexts',
  contexts: [],
  run: { key: asRunKey(1), id: null, url: '' },
  stuck: false,
  remedy: kind === 'repair' ? 'status' : 'none',
  outcome: 'none',
  outcomeDetail: '',
  posted: null,
  rerun: null,
  command: null,
  gate: null,
  ...change,
})

/** A proven stale pull request, and what became of it. */
export const repaired = (outcome: OutcomeCode, change: Partial<PullReport> = {}): PullReport =>
  row('repair', 'stale', { outcome, ...change })

/** The report of a sweep with these pull requests. */
export function sweepOf(all: readonly PullReport[], dryRun = false): SweepReport {
  const isQuiet = ({ kind, outcome }: PullReport): boolean => kind === 'leave' && outcome === 'none'
  const left = (reason: Reason): number =>
    all.filter(pull => isQuiet(pull) && pull.reason === reason).length
  const { umbrella, required, optional, skippable, external, minGrade } = policy()
  return {
    schema: REPORT_SCHEMA,
    repo: 'o/r',
    requests: 12,
    problem: null,
    remedy: { kind: 'status', why: '', missing: null },
    pulls: all.filter(pull => !isQuiet(pull)),
    earlier: [],
    unjudged: null,
    quiet: {
      'umbrella-missing': left('umbrella-missing'),
      'umbrella-green': left('umbrella-green'),
      'umbrella-pending': left('umbrella-pending'),
    },
    pending: all
      .filter(pull => isQuiet(pull) && pull.reason === 'umbrella-pending')
      .map(({ number }) => number),
    server: {
      kind: 'gitea',
      version: '1.22.6',
      grade: 'statuses',
      gradeLimit: null,
      capabilities: { tasks: false, runs: false, rerun: false, logGroups: false, summary: false },
    },
    policy: {
      umbrella,
      required,
      optional,
      skippable,
      external,
      minGrade,
      minAgeSeconds: 300,
      scope: 'umbrella',
      baseBranches: [],
      remedy: 'auto',
      maxRepairs: 10,
      dryRun,
      pullRequest: null,
    },
  }
}
