import type { OutcomeCode } from '../../core/plan/outcome.js'
import type { ContextRow } from '../../core/rules/trace.js'
import type { VerdictKind, Reason } from '../../core/rules/verdict.js'
import { plain } from './text.js'

/** What a person can do, by reason. Total: a new reason does not compile without it. */
export const ADVICE: Readonly<Record<Reason, string>> = {
  'evidence-incomplete':
    'see what could not be read: give the token the right that is missing ' +
    '(docs/permissions.md), or wait for the next sweep',
  'umbrella-missing': 'nothing: this commit has no umbrella, and no merge is known to require one',
  'umbrella-ambiguous':
    'push a new commit: on this one a second status keeps the umbrella red for good',
  'false-green':
    'do not merge (how to block it now: docs/runbook.md#revoke); fix the failed job or re-run ' +
    'it, then re-run the umbrella job',
  'umbrella-green': 'nothing',
  'umbrella-pending': 'nothing: it is still running',
  'foreign-red': 'ask whoever set it red; it is for them to set it green again',
  'nothing-required': 'check umbrella-context, or name the required jobs in required-contexts',
  inherited: 'fix the job on the base branch first; the pull request did not break it',
  'required-missing':
    'rebase onto the base branch, or add the job to the workflow of this branch; to require it ' +
    "no longer, remove it from the umbrella's needs, and from required-contexts if it is there",
  'required-failed': 'fix the job, or re-run it if it is flaky',
  'required-cancelled': 're-run the cancelled job',
  'required-skipped':
    'find out why the job was skipped; if that is fine, name it in skippable-contexts',
  'run-failed': 'fix the job, or name it in optional-contexts if it may fail',
  'required-open': 'wait; if it is stuck, cancel or re-run its run',
  'run-open': 'wait; if it is stuck, cancel or re-run its run',
  'sources-disagree': 're-run the job whose status and job row differ',
  'unproven-writer': 'if another system writes this context, name it in external-contexts',
  'superseded-evidence': "re-run the umbrella's workflow on this head, or push a new commit",
  'own-verdict':
    "read the log of the umbrella's job and re-run it; if it only stands for other jobs, name it " +
    'in umbrella-context and those jobs in required-contexts',
  'awaiting-approval': 'approve the run, or close the pull request; the next sweep looks again',
  'pinned-source':
    'let the app that the rule names write the umbrella, or take the app off the rule',
  'not-rerunnable': 'push a new commit: this run cannot be run again',
  'never-started':
    'fix the workflow file of that run and push again: the run itself cannot be run again',
  'never-run':
    'push a commit by a person or a token of your own, or close and reopen the pull request: ' +
    "what a workflow's own token pushes starts no run",
  filtered:
    'take the filter off the workflow of the umbrella, and skip its jobs by an if instead; or no ' +
    'longer require the umbrella of this branch',
  'no-writer':
    'give the umbrella the name that its job writes, in the branch rule and in umbrella-context',
  'not-written':
    'rebase onto the base branch, so that the workflow file has the job of the umbrella; where ' +
    'it has that job, run it again',
  relapsed:
    "re-run the umbrella's workflow: the server writes its old result again whenever a job of " +
    'that run ends, or the finished run is cancelled',
  'in-merge-queue': 'wait: the queue tests it there, and merges or removes it',
  'too-young': 'wait: the next sweep looks again',
  stale: 'repair it: run explain with --repair, or a sweep without dry-run',
}

/** What a person can do once a repair has ended. Total, as above. */
export const OUTCOME_ADVICE: Readonly<Record<OutcomeCode, string>> = {
  compensated: 'nothing: it is repaired',
  rerun: 'nothing: it is repaired',
  'already-compensated': 'nothing: another sweep repaired it',
  overtaken: 'nothing: another result of the umbrella came first; the next sweep looks again',
  superseded: 'nothing: another result of the umbrella came first; the next sweep looks again',
  'changed-meanwhile': 'nothing: the next sweep looks again',
  'head-moved': 'nothing: the next sweep looks at the new commit',
  withdrawn: 'nothing: the next sweep looks again',
  closed: 'nothing: the pull request is closed',
  'dry-run': 'repair it: run explain with --repair, or a sweep without dry-run',
  'no-right':
    'give the token the right that is missing (docs/permissions.md), or run the command printed ' +
    'with it',
  failed: "look at the head's statuses; the next sweep tries again",
  unconfirmed: "look at the head's statuses; the next sweep looks again",
  'still-red':
    'read the log of the umbrella job: it fails over green jobs, so its script or its condition ' +
    'is wrong',
  'rerun-pending': 'wait: the next sweep looks again',
  held:
    'nothing: the next sweep goes on; where max-repairs is named and so many repairs are right, ' +
    'change it',
  none: 'run the command printed with it',
}

/** What advice depends on. */
interface Advised {
  readonly kind: VerdictKind
  readonly reason: Reason
  readonly outcome: OutcomeCode
  readonly contexts: readonly Pick<ContextRow, 'context' | 'level' | 'says'>[]
}

/**
 * What to do about a pull, in one sentence; for a job that was skipped with the line to add, for a
 * list on one line with the reason why it names nothing.
 */
export function adviceFor({ kind, reason, outcome, contexts }: Advised): string {
  const advice = kind === 'repair' ? OUTCOME_ADVICE[outcome] : ADVICE[reason]
  const first = (says: ContextRow['says']): string | undefined =>
    contexts.find(row => row.says === says && row.level !== 'unlisted' && row.level !== 'optional')
      ?.context
  const skipped = first('skipped')
  if (reason === 'required-skipped' && skipped !== undefined) return `${advice}: ${plain(skipped)}`
  return reason === 'required-missing' && first('missing')?.includes(',') === true
    ? `${advice}; ${ONE_A_LINE}`
    : advice
}

/** Said where an entry of a list holds a comma and names nothing. */
export const ONE_A_LINE = 'lists have one context a line, and a comma does not separate two'
