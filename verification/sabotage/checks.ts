import type { CheckState } from '../../src/core/model/check.js'
import { withChecks, withEachCheck } from './change.js'
import type { Wrong } from './wrong.js'

/** What waits for a person, as if it had ended. */
const withoutApproval = <Part extends { readonly state: CheckState }>(part: Part): Part =>
  part.state === 'action-required' ? { ...part, state: 'failure' } : part

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
]
