/**
 * Situations in which the bundle differs from what is true, and how. One that is listed and passes
 * is an error: take it off.
 */
export const DIFFERS: Readonly<Record<string, string>> = {
  'attempts: the gate was run again and is red again, over green jobs':
    'it is run a third time, though it ended red twice over green jobs',
  'posted gate: a person posted the red': 'the words call the status by the number 0',
  'explain: the run of a fork waits for approval': 'umbrella-missing: nothing to repair',
  'explain: the run could not start': 'umbrella-missing: nothing to repair',
  'explain: jobs still run, and the gate has no check run before they end':
    'umbrella-missing: nothing to repair',
  'explain: a filter by paths leaves the workflow out': 'umbrella-missing: nothing to repair',
  'explain: a filter by branches leaves the workflow out': 'umbrella-missing: nothing to repair',
  'explain: no run began, as after a push by a workflow token':
    'umbrella-missing: nothing to repair',
  'explain: the required context belongs to another app': 'umbrella-green: nothing to repair',
  'explain: the required context is spelt otherwise':
    'umbrella-missing: nothing to repair; only the error below it asks whether another was meant',
  'sweep: the run of a fork waits for approval': 'left alone without a word',
  'sweep: the run could not start': 'left alone without a word',
  'sweep: a filter leaves a required workflow out': 'left alone without a word',
  'sweep: no run began, and a ruleset requires the gate': 'left alone without a word',
  'continue-on-error: the job failed and the gate is honestly green': 'false-green: do not merge',
<<<<<<< HEAD
  'sizes: a matrix of 97 legs, one page with all jobs':
    'rerun-pending: with the executions of the re-run there are more than one page of check runs, ' +
    'and the second is not read; from then on the head cannot be judged',
=======
  'continue-on-error: the job failed and the gate lost its runner':
    'required-failed, by a job that may fail',
  'continue-on-error: an expression, which only the run knows, and a green gate':
    'false-green: do not merge, where it is not known',
  'concurrency: by number or commit, which is of the pull request alone':
    'the group counts as shared by the whole repository',
  'concurrency: by head branch or run, and the other run is of another branch':
    'the group counts as shared by the whole repository',
  'hidden: a green check of a token stands in the run, and links like a job of it':
    'a success is posted: the check counts as a green job of the run, whose jobs were not listed',
  'hidden: the green is a status of an older run, and the newest one posted none':
    'a success is posted: the status of an older run proves, though the newest run has none',
  'called: a workflow of the same repository, one job of it has no check run':
    'stale: the called file is not read, and one of its jobs is taken for all',
  'sizes: a matrix of 97 legs, one page with all jobs':
    'rerun-pending: with those of the re-run, the check runs fill more than one page, and the ' +
    'second is not read; from then on the head cannot be judged',
  'traps: a whole run may be run again, and a deployment listens to it':
    'the whole run starts the deployment, and nothing names it',
  'skipped: a matrix leaves one check run under the name of its job':
    'required-missing: no run wrote test (linux)',
  'skipped: a matrix leaves one check run under its name as it is written':
    'required-missing: no run wrote test (linux)',
  'skipped: a matrix that may be skipped, by the name of its job':
    'required-missing: no run wrote test (linux)',
  'skipped: a matrix that may be skipped, by a pattern':
    'required-missing: no run wrote test (linux)',
>>>>>>> world
  'skipped: the jobs the gate needs, because what they need failed':
    'umbrella-green: the gate is open over a failure, and no alarm is raised',
  'requests: one slow gate': '80 requests',
  'requests: ten slow gates': '728 requests',
  'requests: a file at a commit is read once': 'files at a commit are read again for each look',
  'words: a required job of a run that could not start did not fail': '"lint failed"',
  'rights: checks may not be read': 'the advice is "nothing to fix", and names no permission',
  'rights: contents may not be read': 'the advice is "nothing to fix", and names no permission',
  'rights: actions may not be read': 'the advice is "nothing to fix", and names no permission',
  'rights: pull requests may not be read': '"repo: not found", and no permission is named',
  'rights: no status may be posted': 'the permission that is missing is not named',
  'writers: a job with a link of the old form is a job':
    'foreign-red: "made by a workflow\'s token"',
  'queue: the required context is never produced for it, by the doctor': 'not a word of it',
  'queue: the required context is never produced for it, explained': 'not a word of it',
  'queue: the pull request is in it, and nothing of it is run again':
    'its gate is run again inside the queue',
}
