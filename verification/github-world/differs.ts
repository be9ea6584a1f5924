/**
 * Situations in which the bundle differs from what is true, and how. One that is listed and passes
 * is an error: take it off.
 */
export const DIFFERS: Readonly<Record<string, string>> = {
  'attempts: the gate was run again and is red again, over green jobs':
    'it is run a third time, though it ended red twice over green jobs',
  'posted gate: a person posted the red': 'the words call the status by the number 0',
  'explain: the required context belongs to another app': 'umbrella-green: nothing to repair',
  'hidden: the green is a status of an older run, and the newest one posted none':
    'a success is posted: the status of an older run proves, though the newest run has none',
  'sizes: a matrix of 97 legs, one page with all jobs':
    'rerun-pending: with those of the re-run, the check runs fill more than one page, and the ' +
    'second is not read; from then on the head cannot be judged',
  'skipped: the jobs the gate needs, because what they need failed':
    'umbrella-green: the gate is open over a failure, and no alarm is raised',
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
