import type { JobStatus, Profile } from './profile.js'

const CLASSIC: Readonly<Record<JobStatus, string>> = {
  waiting: 'Waiting to run',
  blocked: 'Blocked by required conditions',
  running: 'Has started running',
  success: 'Successful in ',
  failure: 'Failing after ',
  cancelled: 'Has been cancelled',
  skipped: 'Has been skipped',
}

const NEWER: Readonly<Record<JobStatus, string>> = {
  ...CLASSIC,
  running: 'In progress',
  cancelled: 'Canceled after ',
  skipped: 'Skipped',
}

/**
 * Words of a row's description, ending in a blank where a duration follows (docs/forge-facts.md,
 * 2.2).
 */
export const WORDS: Readonly<Record<Profile['words'], Readonly<Record<JobStatus, string>>>> = {
  classic: CLASSIC,
  '1.27': NEWER,
  '28': { ...NEWER, blocked: 'Waiting for needed jobs' },
}
