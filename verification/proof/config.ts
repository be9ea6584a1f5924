import type { Config } from '../../src/config.js'

type Asked = Pick<Config, 'apiUrl' | 'policy'> & Partial<Config>

/** A sweep of every pull request that asks for nothing else. */
export const plainSweep = (asked: Asked): Config => ({
  token: 't',
  repo: 'o/r',
  umbrellaFrom: { kind: 'input' },
  scope: 'umbrella',
  baseBranches: [],
  pullRequest: null,
  trackingIssue: null,
  dryRun: false,
  remedy: 'auto',
  rerunDependents: false,
  rerunWholeRun: false,
  maxRepairs: 10,
  concurrency: 4,
  failOn: 'failed',
  alarms: 'cheap',
  branches: [],
  sha: null,
  workflowRun: null,
  workflowFile: null,
  ...asked,
})
