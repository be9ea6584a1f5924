import type { GithubScenario } from './scenario.js'
import { GATE, LATER, posted, STALE, POST, LISTED, NOTHING } from './setups.js'

/** An umbrella that is a commit status. */
export const STATUSES: readonly GithubScenario[] = [
  {
    name: 'status-posted',
    proves: 'a red status of a run is posted over',
    make: posted,
    inputs: LISTED,
    says: { ...STALE, outcome: 'compensated' },
    sends: [POST],
    opens: true,
  },
  {
    name: 'status-of-its-own',
    proves: 'a red status that a run posts over green jobs has a reason of its own',
    make: world => {
      const sha = posted(world)
      world.status({
        sha,
        context: GATE,
        state: 'failure',
        description: 'changes requested by alice',
        login: 'github-actions[bot]',
        targetUrl: `https://github.com/acme/widgets/actions/runs/${world.suites[0]?.run?.id ?? 0}`,
      })
      world.now += LATER
    },
    inputs: LISTED,
    says: { kind: 'refuse', reason: 'own-verdict' },
    ...NOTHING,
  },
  {
    name: 'status-of-a-person',
    proves: 'a red status of a person is a veto',
    make: world => {
      const sha = posted(world)
      world.status({
        sha,
        context: GATE,
        state: 'failure',
        description: 'no',
        login: 'ann',
        targetUrl: '',
      })
      world.now += LATER
    },
    inputs: LISTED,
    says: { kind: 'refuse', reason: 'foreign-red' },
    ...NOTHING,
  },
  {
    name: 'status-raced',
    proves: 'a run that fails while we post takes our success back',
    make: posted,
    meanwhile: ({ method, path }, world) => {
      const [workflow] = world.workflows
      const sha = world.pulls[0]?.head ?? ''
      if (method === 'POST' && POST.test(path) && world.suites.length === 1)
        if (workflow !== undefined)
          world.ended(workflow, { sha }, { lint: 'failure', test: 'success' })
      return undefined
    },
    inputs: LISTED,
    says: { ...STALE, outcome: 'withdrawn' },
    sends: [POST, POST],
    opens: false,
  },
  {
    name: 'pinned-source',
    proves: 'a status that a merge wants from one app is not posted',
    make: world => {
      posted(world)
      world.required.push({ context: GATE, app: 15368 })
    },
    inputs: LISTED,
    says: { kind: 'refuse', reason: 'pinned-source' },
    ...NOTHING,
  },
]
