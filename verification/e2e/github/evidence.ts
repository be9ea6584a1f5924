import type { GithubScenario } from './scenario.js'
import { GATE, GREEN, LATER, WORK, ci, lost, NOTHING } from './setups.js'

/** What counts as evidence on GitHub, and what does not. */
export const EVIDENCE: readonly GithubScenario[] = [
  {
    name: 'red-needs',
    proves: 'a gate that is red for a reason is left red',
    make: world => {
      const { head } = world.pull()
      const workflow = ci(world)
      world.ended(workflow, { sha: head }, { ...GREEN, test: 'failure', [GATE]: 'failure' })
      world.now += LATER
    },
    says: { kind: 'refuse', reason: 'required-failed' },
    ...NOTHING,
  },
  {
    name: 'newest-run-red',
    proves: 'a red newest run is never covered, whatever an older one says',
    make: world => {
      const { head } = world.pull()
      const workflow = ci(world)
      world.ended(workflow, { sha: head }, { ...GREEN, [GATE]: 'success' })
      world.ended(workflow, { sha: head }, { ...GREEN, lint: 'failure', [GATE]: 'failure' })
      world.now += LATER
    },
    says: { kind: 'refuse', reason: 'required-failed' },
    ...NOTHING,
  },
  {
    name: 'newest-run-silent',
    proves: 'an older gate is not run again where the newest run of its workflow has no gate',
    make: world => {
      const suite = lost(world)
      // The file as the newest run saw it had no such job any more.
      if (suite.run !== null)
        world.ended({ ...suite.run.workflow, jobs: WORK }, { sha: suite.sha }, GREEN)
      world.now += LATER
    },
    says: { kind: 'refuse', reason: 'superseded-evidence' },
    ...NOTHING,
  },
  {
    name: 'foreign-suite',
    proves: 'the red of another app of the same name is a veto',
    make: world => {
      const suite = lost(world)
      world.foreign(suite.sha, { id: 7, slug: 'other-ci' }, GATE, 'failure')
      world.now += LATER
    },
    says: { kind: 'refuse', reason: 'foreign-red' },
    ...NOTHING,
  },
  {
    name: 'dispatch-ignored',
    proves: 'a green of workflow_dispatch proves nothing',
    make: world => {
      const { head } = world.pull()
      const workflow = ci(world)
      world.ended(workflow, { sha: head }, { ...GREEN, test: 'failure', [GATE]: 'failure' })
      world.ended(
        workflow,
        { sha: head, event: 'workflow_dispatch' },
        { ...GREEN, [GATE]: 'success' },
      )
      world.now += LATER
    },
    says: { kind: 'refuse', reason: 'required-failed' },
    ...NOTHING,
  },
  {
    name: 'pull-request-target',
    proves: 'a run that is indexed under the base commit is found by its suite, and its red counts',
    make: world => {
      const suite = lost(world)
      const workflow = world.workflow({
        path: '.github/workflows/label.yml',
        jobs: [{ name: 'lint' }],
        events: ['pull_request_target'],
      })
      world.ended(workflow, { sha: suite.sha, event: 'pull_request_target' }, { lint: 'failure' })
      world.now += LATER
    },
    says: { kind: 'refuse', reason: 'required-failed' },
    ...NOTHING,
  },
  {
    name: 'awaiting-approval',
    proves: 'a run that waits for an approval is never run again',
    make: world => {
      const suite = lost(world)
      const held = world.workflow({ path: '.github/workflows/e2e.yml', jobs: [{ name: 'e2e' }] })
      world.run(held, { sha: suite.sha, held: 'action_required' })
    },
    says: { kind: 'refuse', reason: 'awaiting-approval' },
    ...NOTHING,
  },
  {
    name: 'merge-queue',
    proves: 'the commit of a merge queue is no pull request, and is left alone',
    make: world => {
      const { head } = world.pull()
      const workflow = ci(world, { events: ['pull_request', 'merge_group'] })
      world.ended(workflow, { sha: head }, { ...GREEN, [GATE]: 'success' })
      const queue = { sha: 'e'.repeat(40), event: 'merge_group' }
      world.ended(workflow, queue, { ...GREEN, [GATE]: 'failure' })
      world.now += LATER
    },
    says: { kind: 'leave', reason: 'umbrella-green' },
    sends: [],
    opens: true,
  },
]
