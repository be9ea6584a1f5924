/**
 * Situations in which the bundle differs from what is true, and how. One that is listed and passes
 * is an error: take it off.
 */
export const DIFFERS: Readonly<Record<string, string>> = {
  'skipped: the jobs the gate needs, because what they need failed':
    'umbrella-green: the gate is open over a failure, and no alarm is raised',
  'queue: the required context is never produced for it, by the doctor': 'not a word of it',
  'queue: the required context is never produced for it, explained': 'not a word of it',
  'queue: the pull request is in it, and nothing of it is run again':
    'its gate is run again inside the queue',
}
