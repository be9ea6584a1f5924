import type { GithubScenario } from './scenario.js'
import {
  GATE,
  GREEN,
  LATER,
  ci,
  followed,
  otherFork,
  polled,
  lost,
  twice,
  STALE,
  JOB,
  RUN,
  LISTED,
  NOTHING,
  RERUN,
} from './setups.js'

/** A red check run, and how it is run again. */
export const RERUNS: readonly GithubScenario[] = [
  {
    name: 'poll-gate-healed',
    proves: 'a gate that polled too early is run again, and reads the green of now',
    make: world => {
      const { head } = world.pull()
      const { work, gate } = polled(world)
      world.ended(work, { sha: head }, { lint: 'failure', test: 'success' })
      world.ended(gate, { sha: head }, { [GATE]: 'failure' })
      world.ended(work, { sha: head }, GREEN)
      // The older red run of `lint` would still close a gate that wants every run.
      world.now += LATER
    },
    inputs: LISTED,
    ...RERUN,
  },
  {
    name: 'gate-lost-its-runner',
    proves: 'a gate that died over green needs is run again',
    make: lost,
    ...RERUN,
  },
  {
    name: 'opened-and-labeled',
    proves: 'an older run that a newer one cancelled is reported, with the command that mends it',
    make: world => {
      twice(world, 'cancelled')
    },
    says: { ...STALE, outcome: 'none' },
    ...NOTHING,
  },
  {
    name: 'whole-run-if-asked',
    proves: 'with remedy: rerun and rerun-whole-run the older run is run again as a whole',
    make: world => {
      twice(world, 'cancelled')
    },
    inputs: { remedy: 'rerun', 'rerun-whole-run': 'true' },
    says: { ...STALE, outcome: 'rerun' },
    sends: [RUN],
    opens: true,
  },
  {
    name: 'older-gate-lost',
    proves: 'an older run whose gate died over green needs is mended alone',
    make: world => {
      twice(world, 'success')
    },
    ...RERUN,
  },
  {
    name: 'two-red-legs',
    proves:
      'a re-run that ended green is told as such, though the gate of another run is still red',
    make: world => {
      const suite = lost(world)
      const { run, sha } = suite
      if (run === null) return undefined
      const other = world.ended(run.workflow, { sha, event: 'push' }, GREEN)
      world.end(other, GATE, 'failure', true)
      world.now += LATER
    },
    says: { ...STALE, outcome: 'rerun' },
    sends: [JOB],
    opens: false,
  },
  {
    name: 'carried-over',
    proves: 'a job that was not run again counts by its old end, under whatever id it is shown',
    make: world => {
      const suite = lost(world)
      world.rerun(suite, GATE)
      world.end(suite, GATE, 'failure', true)
      world.now += LATER
    },
    ...RERUN,
  },
  {
    name: 'follower-allowed',
    proves: 'with rerun-dependents the umbrella is run again, whatever starts after its workflow',
    make: followed,
    inputs: { 'rerun-dependents': 'true' },
    ...RERUN,
  },
  {
    name: 'forks-of-two-branches',
    proves: 'a group by head branch does not hold the run of a branch of another name',
    make: world => {
      otherFork(world, 'patch-2')
    },
    ...RERUN,
  },
  {
    name: 'not-carried-over',
    proves: 'a job that the newest attempt does not show is read from the attempt before',
    make: world => {
      world.carriesOver = false
      const suite = lost(world)
      world.rerun(suite, GATE)
      world.end(suite, GATE, 'failure', true)
      world.now += LATER
    },
    ...RERUN,
  },
  {
    name: 'three-times-red',
    proves: 'a gate that ended red three times over green jobs is not run a fourth time',
    make: world => {
      const suite = lost(world)
      for (let times = 1; times < 3; times += 1) {
        world.rerun(suite, GATE)
        world.end(suite, GATE, 'failure')
      }
      world.now += LATER
    },
    says: { ...STALE, outcome: 'still-red' },
    ...NOTHING,
  },
  {
    name: 'run-open',
    proves: 'while a run of the workflow is going, nothing is run again',
    make: world => {
      const suite = lost(world)
      if (suite.run !== null) world.run(suite.run.workflow, { sha: suite.sha, event: 'push' })
    },
    says: { kind: 'leave', reason: 'umbrella-pending' },
    ...NOTHING,
  },
  {
    name: 'fork-pull',
    proves: "a fork's pull request, which no run names, is mended like any other",
    make: world => {
      const { head } = world.pull({ head: 'f'.repeat(40) })
      const suite = world.ended(ci(world), { sha: head }, GREEN)
      world.end(suite, GATE, 'cancelled')
      world.now += LATER
    },
    ...RERUN,
  },
  {
    name: 'dry-run',
    proves: 'a dry run sends nothing and prints the command',
    make: lost,
    inputs: { 'dry-run': 'true' },
    says: { ...STALE, outcome: 'dry-run' },
    ...NOTHING,
  },
]
