import type { CheckState } from '../../src/core/model/check.js'
import type { CheckEvidence, Evidence } from '../../src/core/model/evidence.js'
import { asRunKey } from '../../src/core/model/ids.js'
import type { SignedRow } from '../../src/core/model/status.js'
import { withChecks, withEachCheck } from './change.js'
import type { Wrong } from './wrong.js'

/** What waits for a person, as if it had ended. */
const withoutApproval = <Part extends { readonly state: CheckState }>(part: Part): Part =>
  part.state === 'action-required' ? { ...part, state: 'failure' } : part

/** Runs that ended without a job of this name, left out where another of their workflow had it. */
function withoutSilent(name: string, evidence: Evidence): Evidence {
  if (evidence.kind !== 'checks') return evidence
  const had = new Set(evidence.checks.flatMap(one => (one.name === name ? [one.suite] : [])))
  const workflows = new Set(
    evidence.suites.flatMap(({ id, run }) => (had.has(id) ? [run?.workflow] : [])),
  )
  const isSilent = ({ id, state, run }: CheckEvidence['suites'][number]): boolean =>
    run !== null && workflows.has(run.workflow) && state !== 'open' && !had.has(id)
  return { ...evidence, suites: evidence.suites.filter(suite => !isSilent(suite)) }
}

/** Statuses of Actions, each for the word of the newest run. */
function ofNewestRun({ suites, latest, history }: CheckEvidence): Partial<CheckEvidence> {
  const newest = asRunKey(Math.max(0, ...suites.map(({ run }) => run?.id ?? 0)))
  const changed = (rows: readonly SignedRow[]): readonly SignedRow[] =>
    rows.map(row =>
      row.author.kind === 'actions' ? { ...row, author: { ...row.author, run: newest } } : row,
    )
  return { latest: changed(latest), history: history === null ? null : changed(history) }
}

/** Check runs, taken for something else. */
export const CHECKS: readonly Wrong[] = [
  {
    name: 'checks-any-event',
    breaks: 'counts runs that somebody dispatched for a pull request',
    evidence: withChecks(({ suites }) => ({
      suites: suites.map(suite =>
        suite.run === null ? suite : { ...suite, run: { ...suite.run, event: 'pull_request' } },
      ),
    })),
    suite: 'core/rules/checks',
    test: 'stale: a dispatched run counts neither as red nor as green',
  },
  {
    name: 'checks-by-token',
    breaks: "takes a check run that a workflow's token made for a job",
    evidence: withEachCheck(check => ({ ...check, isJob: true })),
    suite: 'core/rules/checks',
    test: 'a check run that a token made is nobody known: red is a veto',
  },
  {
    name: 'checks-other-apps',
    breaks: 'sees the check runs of Actions alone: another app may be red under the same name',
    evidence: withChecks(({ suites }) => ({ suites: suites.filter(({ run }) => run !== null) })),
    suite: 'core/rules/checks',
    test: 'the red of another app of the same name is a veto',
  },
  {
    name: 'checks-one-attempt',
    breaks: 'takes any of several executions for the newest where attempts were not read',
    evidence: withEachCheck(check => ({ ...check, attempt: check.attempt ?? 1 })),
    suite: 'core/rules/checks',
    test: 'without attempts nobody knows which execution is the newest',
  },
  {
    name: 'checks-approval',
    breaks: 'takes a run that waits for an approval for one that failed',
    evidence: withChecks(({ suites, checks }) => ({
      suites: suites.map(withoutApproval),
      checks: checks.map(withoutApproval),
    })),
    suite: 'core/rules/checks',
    test: 'awaiting-approval: a run that waits for one is never run again',
  },
  {
    name: 'checks-unpinned',
    breaks: 'posts a status that a merge wants from one app',
    evidence: withChecks(({ required }) => ({
      required: required.map(one => ({ ...one, app: null })),
    })),
    suite: 'core/rules/checks',
    test: 'pinned-source: a merge that wants another app',
  },
  {
    name: 'checks-first-look',
    breaks: 'judges by the first look, which reads nothing but the umbrella',
    evidence: withChecks(({ latest }) => ({ studied: true, history: latest })),
    suite: 'core/rules/checks',
    test: 'a first look proves nothing',
  },
  {
    name: 'checks-own-red',
    breaks: 'takes a red that a run posted when its jobs had started for one from before them',
    evidence: withChecks(({ checks, observedAt }) => ({
      checks: checks.map(check => ({ ...check, startedAt: observedAt })),
    })),
    suite: 'core/rules/checks',
    test: 'a red status posted while every required job ran, or after, has a reason of its own',
  },
  {
    name: 'checks-silent-run',
    breaks: 'takes the newest run that has the umbrella for the newest one of its workflow',
    judge: judge => (policy, bases, evidence, rules) =>
      judge(policy, bases, withoutSilent(policy.umbrella, evidence), rules),
    suite: 'core/rules/checks',
    test: 'a newest run of a polling gate that never came to the gate proves nothing',
  },
  {
    name: 'checks-silent-status',
    breaks: 'takes what an older run posted for the word of the newest one, which posted nothing',
    evidence: withChecks(ofNewestRun),
    suite: 'core/rules/checks',
    test: 'a status of an older run proves nothing where the newest run posted none',
  },
  {
    name: 'checks-unlisted',
    breaks: 'takes a check run for a job by its link alone, though the jobs of its run lack it',
    evidence: withEachCheck(check => ({ ...check, isListed: true })),
    suite: 'core/rules/checks',
    test: 'a green job that the jobs of its run do not name proves nothing, whatever it links to',
  },
  {
    name: 'checks-may-fail',
    breaks: 'lets a job fail where only a run tells whether it may',
    evidence: withEachCheck(({ mayFail, ...check }) =>
      mayFail === undefined ? check : { ...check, mayFail: mayFail === 'no' ? 'no' : 'yes' },
    ),
    suite: 'core/rules/checks',
    test: 'a job that failed, and only a run tells whether it may, is not known',
  },
  {
    name: 'checks-queue-unread',
    breaks: 'takes a merge queue that could not be read for an empty one',
    evidence: withChecks(({ queue }) =>
      queue === undefined ? {} : { queue: { ...queue, queued: queue.queued ?? [] } },
    ),
    suite: 'core/rules/checks',
    test: 'evidence-incomplete: whether it stands in the queue could not be read',
  },
]
