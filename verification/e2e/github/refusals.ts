import type { GithubScenario } from './scenario.js'
import {
  GATE,
  WORK,
  NEEDS,
  LATER,
  followed,
  lost,
  lostGates,
  otherFork,
  GREEN,
  STALE,
  JOB,
  NOTHING,
  RERUN,
} from './setups.js'

/** What must not be run again, or cannot. */
export const REFUSALS: readonly GithubScenario[] = [
  {
    name: 'dependent-deploy',
    proves: 'a job that needs the umbrella would run again too, so nothing is sent',
    make: world => {
      lost(world, { jobs: [...WORK, NEEDS, { name: 'deploy', needs: [GATE] }] })
    },
    inputs: { 'optional-contexts': 'deploy' },
    says: { kind: 'wait', reason: 'run-open' },
    ...NOTHING,
  },
  {
    name: 'dependent-refused',
    proves: 'the same once that job has ended: the report names it',
    make: world => {
      const suite = lost(world, { jobs: [...WORK, NEEDS, { name: 'deploy', needs: [GATE] }] })
      world.end(suite, 'deploy', 'skipped')
      world.now += LATER
    },
    says: { ...STALE, outcome: 'none' },
    ...NOTHING,
  },
  {
    name: 'dependent-on-base',
    proves: 'a run is made from the merge with the base branch: what that added runs again too',
    make: world => {
      const jobs = [...WORK, NEEDS, { name: 'deploy', needs: [GATE] }]
      const suite = lost(world, { jobs, atHead: [...WORK, NEEDS] })
      world.end(suite, 'deploy', 'skipped')
      world.now += LATER
    },
    says: { ...STALE, outcome: 'none' },
    ...NOTHING,
  },
  {
    name: 'follower-refused',
    proves: 'a workflow that starts after the one of the umbrella would deploy again',
    make: followed,
    says: { ...STALE, outcome: 'none' },
    ...NOTHING,
  },
  {
    name: 'one-group-one-rerun',
    proves: 'two re-runs of one concurrency group, whose list of runs lags, are not sent at once',
    make: world => {
      const suite = lost(world, { concurrency: { group: 'gate', cancel: true } })
      const other = world.pull()
      if (suite.run !== null) {
        const second = world.ended(suite.run.workflow, { sha: other.head }, GREEN)
        world.end(second, GATE, 'failure', true)
      }
      world.now += LATER
    },
    meanwhile: ({ path }) =>
      /\/actions\/workflows\/\d+\/runs/.test(path)
        ? { status: 200, body: { total_count: 0, workflow_runs: [] } }
        : undefined,
    ...RERUN,
  },
  {
    name: 'eviction-avoided',
    proves: 'a run of another pull request in the same concurrency group is not evicted',
    make: world => {
      const suite = lost(world, { concurrency: { group: 'gate', cancel: true } })
      const other = world.pull()
      if (suite.run !== null) world.run(suite.run.workflow, { sha: other.head })
    },
    says: { ...STALE, outcome: 'none' },
    ...NOTHING,
  },
  {
    name: 'forks-of-one-branch',
    proves: 'a group by head branch may hold the run of a fork with a branch of that name',
    make: world => {
      otherFork(world, 'patch-1')
    },
    says: { ...STALE, outcome: 'none' },
    ...NOTHING,
  },
  {
    name: 'already-running',
    proves: '403 "already running" is a race, and no missing right',
    make: lost,
    meanwhile: ({ method, path }, world) => {
      const [suite] = world.suites
      if (method === 'POST' && JOB.test(path) && suite !== undefined) world.rerun(suite, GATE)
      return undefined
    },
    says: { ...STALE, outcome: 'changed-meanwhile' },
    sends: [JOB],
    opens: true,
  },
  {
    name: 'retired-run',
    proves: 'a run older than 30 days is not tried',
    make: world => {
      lost(world)
      world.now += 31 * 24 * 3600
    },
    says: { kind: 'refuse', reason: 'not-rerunnable' },
    ...NOTHING,
  },
  {
    name: 'disabled-workflow',
    proves: 'a run of a disabled workflow is not tried',
    make: world => {
      const suite = lost(world)
      if (suite.run !== null) suite.run.workflow.state = 'disabled_manually'
    },
    says: { kind: 'refuse', reason: 'not-rerunnable' },
    ...NOTHING,
  },
  {
    name: 'no-right',
    proves: 'a token without actions: write is told so',
    make: world => {
      lost(world)
      world.rights = { actions: false, statuses: true }
    },
    says: { ...STALE, outcome: 'no-right' },
    sends: [JOB],
    opens: false,
  },
  {
    name: 'limit-of-writes',
    proves: 'the first write that meets a secondary limit is the last one of the sweep',
    make: world => {
      lostGates(3, world)
    },
    meanwhile: ({ method, path }) =>
      method === 'POST' && JOB.test(path)
        ? {
            status: 403,
            body: { message: 'You have exceeded a secondary rate limit.' },
            headers: { 'retry-after': '60' },
          }
        : undefined,
    says: { ...STALE, outcome: 'failed' },
    sends: [JOB],
    opens: false,
  },
]
