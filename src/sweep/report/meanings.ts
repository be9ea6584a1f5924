import type { OutcomeCode } from '../../core/plan/outcome.js'
import type { StaleCause, Reason } from '../../core/rules/verdict.js'

/** A reason in plain words, and what a report said by it once. */
interface ReasonMeaning {
  readonly means: string
  readonly example: string
}

/** What each reason means. Total: a new reason does not compile without it. */
export const MEANINGS: Readonly<Record<Reason, ReasonMeaning>> = {
  'evidence-incomplete': {
    means: 'something that may decide could not be read, so nothing is decided.',
    example: 'this server offers tasks here, the policy asks for jobs',
  },
  'umbrella-missing': {
    means: 'this commit has no umbrella, and no merge into its base branch requires one.',
    example: 'no CI / all-required (pull_request) on this commit',
  },
  'never-started': {
    means: 'the run that would write the umbrella could not start: its workflow file is not valid.',
    example: 'run 1 never started: its workflow file is not valid',
  },
  'no-writer': {
    means: 'the umbrella is required, and no workflow of the base branch has a job that writes it.',
    example:
      'no workflow file on main has a job that writes all-required; did you mean "all-require"?',
  },
  'not-written': {
    means:
      "the umbrella's workflow ran for this commit, but no job of that run wrote the umbrella: " +
      "the pull request's own workflow file may lack the job.",
    example:
      'run 1 has no job that wrote all-required; .github/workflows/ci.yml on the base branch ' +
      'has one',
  },
  filtered: {
    means: "a filter of the umbrella's workflow, such as paths, keeps it from running here.",
    example:
      'no run of .github/workflows/ci.yml began for this commit: it is filtered by paths: src/**',
  },
  'never-run': {
    means: "the umbrella's workflow did not run for this commit, and no filter explains it.",
    example: 'no run of .github/workflows/ci.yml began for this commit',
  },
  'umbrella-ambiguous': {
    means: 'two statuses carry the name of the umbrella, and the merge gate wants both green.',
    example:
      'a check run and status 100 (failure) carry all-required, and the gate wants both green',
  },
  'false-green': {
    means:
      'the umbrella is green although a required job failed in the newest run: the pull request ' +
      'can be merged and should not be.',
    example: 'the umbrella is green, but CI / Test (pull_request) failed in run 2, the newest',
  },
  'umbrella-green': {
    means: 'the umbrella is green, and nothing that was read contradicts it.',
    example: 'the umbrella is green',
  },
  'umbrella-pending': {
    means: 'the umbrella job has not ended yet.',
    example: 'CI / all-required (pull_request) is pending (row 8)',
  },
  'foreign-red': {
    means: 'a person or another system set the status red, so it is left alone.',
    example:
      'row 10 says failure, written by alice, not by Actions: set by a person or another system, ' +
      'so left alone; it says "looked at by hand"',
  },
  'awaiting-approval': {
    means: 'a run waits for the approval of a person, and running it again would get around that.',
    example: 'run 2 waits for an approval: running it again would get around it',
  },
  'pinned-source': {
    means: 'a rule accepts the umbrella from one app only, and this one is from another.',
    example: 'a merge wants all-required from app 99; a job of app 15368 may not count',
  },
  'nothing-required': {
    means: 'nothing is known that must be green, and an empty list proves nothing.',
    example: 'no workflow file on main has a job that writes CI / all-required (pull_request)',
  },
  inherited: {
    means: 'the one job that failed fails on the base branch too.',
    example:
      'CI / Docs (pull_request) failed in run 1 and on main too ' +
      '(CI / Docs (push), /o/r/actions/runs/9/jobs/3)',
  },
  'required-missing': {
    means: 'a required job did not run at all, so the umbrella is rightly red.',
    example: 'no run wrote CI / sec (pull_request) on this commit',
  },
  'required-failed': {
    means: 'a required job failed in the newest run, so the umbrella is rightly red.',
    example: 'CI / Test (pull_request) failed in run 2',
  },
  'required-cancelled': {
    means: 'a required job was cancelled in the newest run, so the umbrella is rightly red.',
    example: 'CI / Test (pull_request) was cancelled in run 1',
  },
  'required-skipped': {
    means: 'a required job was skipped in the newest run, and a skipped job is not a green one.',
    example: 'CI / Test (pull_request) was skipped in run 1',
  },
  'run-failed': {
    means: 'a job that no list names failed in the newest run; the umbrella may depend on it.',
    example: 'CI / Docs (pull_request), which no list names, failed in run 1',
  },
  'required-open': {
    means: 'a required job has not finished.',
    example: 'CI / Test (pull_request) has not finished: run 2 is still going',
  },
  'in-merge-queue': {
    means: 'the pull request stands in the merge queue, which tests a commit of its own.',
    example: '#7 stands in the merge queue',
  },
  'run-open': {
    means: 'a run on this commit has not finished.',
    example: 'run 2 is still going',
  },
  'sources-disagree': {
    means: 'the status of a job and its record on the server say different things.',
    example:
      'CI / Test (pull_request): its status row 7 says failure, its job row 101 says success',
  },
  'unproven-writer': {
    means: 'a required status is green, and no run wrote it.',
    example:
      'audit/x is success (row 10), but no run of Actions wrote it; if another system does, name ' +
      'it in external-contexts',
  },
  'superseded-evidence': {
    means: 'what the newest run says cannot be established, for example because runs overlap.',
    example: 'run 2, the newest, never wrote CI / all-required (pull_request)',
  },
  relapsed: {
    means: 'an old result overwrote a repair of ours again, so it is not repeated.',
    example: 'our success (row 10) was followed by row 12 without a re-run',
  },
  'not-rerunnable': {
    means: 'the umbrella job would have to run again, and the server does not allow it.',
    example: 'run 1 cannot be run again: its workflow is disabled',
  },
  'too-young': {
    means: 'the newest status is younger than min-age; the server may still be writing.',
    example: 'the newest row is 4m old; ripe at 2026-05-14T12:01:00Z',
  },
  'own-verdict': {
    means:
      'everything the umbrella needs is green, but its job may have failed for its own reason.',
    example:
      'all that CI / all-required (pull_request) needs is green, but its own job is not green in ' +
      'run 2, and it may have a reason of its own: it checks out the code',
  },
  stale: {
    means: 'every required job is proven green in the newest run, and the umbrella is still red.',
    example:
      '2/2 required contexts green in run 1; umbrella failure for 5m; red over green needs, ' +
      'vouched for by required-contexts',
  },
}

/** What each end of a repair means. Total, as above. */
export const OUTCOME_MEANINGS: Readonly<Record<OutcomeCode, string>> = {
  compensated: 'repaired: a success was posted for the umbrella, and it stands.',
  rerun: 'repaired: the umbrella job was run again, and ended green.',
  'rerun-pending': 'the umbrella job was run again, and has not ended yet.',
  'still-red':
    'the umbrella job was run again and ended red over green jobs. It is not run again a second ' +
    'time.',
  'dry-run': 'it would be repaired; a dry run, or explain without --repair, writes nothing.',
  held: 'it is proven stale, and was left for the next sweep, by a limit or because of a stop.',
  'head-moved': 'a new commit was pushed before the repair, so nothing was written.',
  'changed-meanwhile': 'something changed between the decision and the write: nothing was written.',
  'already-compensated': 'another sweep of this action repaired it at the same time.',
  overtaken: 'another result of the umbrella was written just before ours, and decides.',
  superseded: 'another result of the umbrella was written after ours, and decides.',
  withdrawn: 'a success that this action had written was taken back, as it no longer fits.',
  unconfirmed: 'the write was sent, and whether it took effect could not be seen.',
  'no-right': 'the server refused the write: the token lacks a right.',
  closed: 'the pull request was closed or merged before the repair.',
  failed: 'the server rejected the write.',
  none: 'nothing was done: the server or the input remedy allows no write, or one would do harm.',
}

/** Why a stale umbrella is red. Total, as above; a cause never decides whether it is repaired. */
export const CAUSE_MEANINGS: Readonly<Record<StaleCause, string>> = {
  'cancelled-umbrella': "the newest run's own umbrella job was cancelled.",
  'older-run-landed-late':
    "the newest run's own umbrella is green; an older run finished later and wrote red over it.",
  'lost-update':
    "the newest run's own umbrella is green, and a write of its status was lost or came late.",
  'lost-runner': 'the umbrella job failed after ten minutes or more: its runner went away.',
  'closed-by-us': 'this action wrote the red status when it took back an earlier success.',
  'superseded-leg':
    "a newer run's umbrella is green; the red one of an older run still counts on this commit.",
  unknown: 'no known cause: the umbrella job ran and failed although all it needs is green.',
}
