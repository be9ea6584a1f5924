import { describe, expect, it } from '@jest/globals'
import type { Explanation } from '../../src/sweep/report/explanation.js'
import type { SweepReport } from '../../src/sweep/report/report.js'
import { ci, GATE, GREEN, LATER } from '../../verification/e2e/github/setups.js'
import { mergeRefusal } from '../../verification/simulator/github/merge.js'
import type { Conclusion, MergeFacts, Workflow } from '../../verification/simulator/github/world.js'
import { GithubWorld } from '../../verification/simulator/github/world.js'
import { play } from '../support/in-process.js'
import { openGithubServer, widgetsOn } from '../support/open-server.js'

const CHECK = 'check'

/** A pull request whose gate is green, and the workflow of a plain job beside it. */
function worldWith(merge: MergeFacts = {}): { world: GithubWorld; plain: Workflow; sha: string } {
  const world = new GithubWorld()
  const { head } = world.pull({ merge })
  world.ended(ci(world), { sha: head }, { ...GREEN, [GATE]: 'success' })
  const plain = world.workflow({ path: '.github/workflows/plain.yml', jobs: [{ name: CHECK }] })
  world.required.push({ context: GATE, app: null }, { context: CHECK, app: null })
  return { world, plain, sha: head }
}

type Made = ReturnType<typeof worldWith>

/** Runs of the plain workflow, the oldest first, each ended so. */
const ran =
  (...ends: readonly Conclusion[]) =>
  ({ world, plain, sha }: Made): void => {
    for (const end of ends) world.ended(plain, { sha }, { [CHECK]: end })
  }

/** Two runs that post the context themselves; the older one posts this after the newer's green. */
const posted =
  (late: 'pending' | 'failure') =>
  ({ world, sha }: Made): void => {
    const poster = world.workflow({ path: '.github/workflows/post.yml', jobs: [{ name: 'work' }] })
    const [older, newer] = [1, 2].map(() => world.ended(poster, { sha }, { work: 'success' }))
    const says = (run: number | undefined, state: 'success' | 'pending' | 'failure'): void => {
      world.pass(30)
      world.status({
        sha,
        context: CHECK,
        state,
        description: 'a gate',
        login: 'github-actions[bot]',
        targetUrl: `https://github.com/acme/widgets/actions/runs/${run ?? 0}`,
      })
    }
    says(newer?.run?.id, 'success')
    says(older?.run?.id, late)
  }

async function asked(world: GithubWorld, explain: boolean, inputs = {}) {
  world.now += LATER
  const server = await openGithubServer(world)
  const env = !explain
    ? {}
    : {
        GITHUB_ACTIONS: '',
        INPUT_TOKEN: '',
        UMBRELLA_REAPER_TOKEN: server.token,
        UMBRELLA_REAPER_URL: server.apiUrl,
      }
  const address = `${server.apiUrl.replace('/api/v3', '')}/acme/widgets/pull/1`
  const argv = ['explain', address, '--json', '--umbrella-context', GATE]
  const run = await play({
    ...widgetsOn(server),
    argv: explain ? argv : [],
    env: { 'INPUT_DRY-RUN': 'true', ...env },
    inputs,
  })
  const writes = server.requests.filter(
    ({ method, path }) => method !== 'GET' && path !== '/graphql',
  )
  return { run, writes, faults: server.faults, requests: server.requests.length }
}

async function explained(world: GithubWorld) {
  const { run, writes, faults } = await asked(world, true)
  expect([writes, faults]).toEqual([[], []])
  try {
    return JSON.parse(run.stdout) as Explanation
  } catch {
    throw new Error(`no explanation: ${run.stdout}${run.stderr}`)
  }
}

const CASES: readonly { name: string; make: (made: Made) => void; is: string; sends?: RegExp }[] = [
  {
    name: 'overwritten: an older run is red',
    make: ran('failure', 'success'),
    is: 'stale: overwritten',
    sends: /rerun/,
  },
  {
    name: 'an older run was cancelled',
    make: ran('cancelled', 'success'),
    is: 'stale: cancelled-before',
    sends: /rerun/,
  },
  { name: 'rightly red', make: ran('success', 'failure'), is: 'red: job-failed' },
  { name: 'green', make: ran('success', 'success'), is: 'green: green' },
  { name: 'skipped', make: ran('skipped'), is: 'green: skipped' },
  {
    name: 'still going',
    make: ({ world, plain, sha }) => void world.run(plain, { sha }),
    is: 'pending: job-open',
  },
  {
    name: 'held for an approval',
    make: ({ world, plain, sha }) => void world.run(plain, { sha, held: 'action_required' }),
    is: 'never-reported: awaiting-approval',
  },
  {
    name: 'its run could not start',
    make: ({ world, plain, sha }) => void world.run(plain, { sha, held: 'startup_failure' }),
    is: 'never-reported: never-started',
  },
  { name: 'no run began', make: () => undefined, is: 'never-reported: never-run' },
  {
    name: 'misspelt in the rule',
    make: ({ world, plain, sha }) => {
      ran('success')({ world, plain, sha })
      world.required.splice(1, 1, { context: 'chek', app: null })
    },
    is: 'never-reported: no-writer',
  },
  {
    name: 'wanted from another app',
    make: ({ world, plain, sha }) => {
      ran('success')({ world, plain, sha })
      world.required.splice(1, 1, { context: CHECK, app: 99 })
    },
    is: 'never-reported: other-app',
  },
  {
    name: 'another app says failure',
    make: ({ world, plain, sha }) => {
      ran('success')({ world, plain, sha })
      world.foreign(sha, { id: 7, slug: 'other-ci' }, CHECK, 'failure')
    },
    is: 'red: set-red',
  },
  {
    name: 'a posted status over its green job',
    make: ({ world, plain, sha }) => {
      ran('success')({ world, plain, sha })
      world.status({
        sha,
        context: CHECK,
        state: 'failure',
        description: 'no',
        targetUrl: '',
        login: 'ann',
      })
    },
    is: 'red: set-red',
  },
  {
    name: 'an older run posted red over the newest one’s green',
    make: posted('failure'),
    is: 'stale: overwritten',
  },
  {
    name: 'an older run has ended and left its posted status pending',
    make: posted('pending'),
    is: 'stale: run-ended',
  },
  {
    name: 'dispatched by hand: never a check of a pull request',
    make: ({ world, plain, sha }) => {
      const suite = world.run(plain, { sha, event: 'workflow_dispatch' })
      world.end(suite, CHECK, 'success')
    },
    is: 'never-reported: never-run',
  },
]

describe('a plain context on GitHub', () => {
  it.each(CASES)('$name', async ({ make, is, sends }) => {
    const made = worldWith()
    make(made)
    const { merge } = await explained(made.world)
    const found = merge?.contexts.find(({ context }) => context !== GATE)
    expect(`${found?.state}: ${found?.class} ${found?.detail}`).toContain(is)
    if (sends === undefined) expect(found?.command).toBeNull()
    else expect(found?.command).toMatch(sends)
  })

  it('is told by a sweep of a head that is studied, without a write of its own', async () => {
    const made = worldWith()
    ran('failure', 'success')(made)
    const suite = made.world.suites[0]
    if (suite === undefined) throw new Error('no run of the gate')
    made.world.end(suite, GATE, 'failure')
    const inputs = { 'umbrella-context': GATE, scope: 'required' }
    const { run, writes } = await asked(made.world, false, inputs)
    const [pull] = (run.report as SweepReport).pulls
    expect(pull?.required).toMatchObject([{ context: CHECK, state: 'stale' }])
    expect(writes).toEqual([])
  })
})

const HELD: readonly {
  name: string
  merge: MergeFacts
  /** GitHub's own word; `null`: it would merge. */
  refuses: string | null
  first: RegExp
}[] = [
  { name: 'nothing', merge: {}, refuses: null, first: /^nothing: every condition/ },
  {
    name: 'a draft',
    merge: { draft: true },
    refuses: 'Pull Request is still a draft',
    first: /^mark it ready for review/,
  },
  {
    name: 'conflicts',
    merge: { conflicts: true },
    refuses: 'Pull Request is not mergeable',
    first: /resolve the conflicts/,
  },
  {
    name: 'an outdated branch',
    merge: { behind: 2, strict: true },
    refuses: 'the base branch policy prohibits the merge',
    first: /^update the branch/,
  },
  {
    name: 'an outdated branch that no rule minds',
    merge: { behind: 2 },
    refuses: null,
    first: /^nothing: every condition/,
  },
  {
    name: 'approvals',
    merge: { review: 'REVIEW_REQUIRED' },
    refuses: 'At least 1 approving review is required by reviewers with write access.',
    first: /^get the approvals that are missing/,
  },
  {
    name: 'requested changes',
    merge: { review: 'CHANGES_REQUESTED' },
    refuses: 'the base branch policy prohibits the merge',
    first: /^answer the review that requests changes/,
  },
  {
    name: 'unresolved conversations',
    merge: { threads: 2, resolve: true },
    refuses: 'the base branch policy prohibits the merge',
    first: /^resolve every conversation \(2 unresolved\)/,
  },
  {
    name: 'unresolved conversations that no rule minds',
    merge: { threads: 2 },
    refuses: null,
    first: /^nothing: every condition/,
  },
  {
    name: 'an unsigned commit',
    merge: { unsigned: true, sign: true },
    refuses: 'Commits must have verified signatures.',
    first: /^sign its commits/,
  },
  {
    name: 'the merge queue',
    merge: { queue: 'enabled' },
    refuses: 'Changes must be made through the merge queue',
    first: /^add it to the merge queue/,
  },
  {
    name: 'protected paths, of which only GitHub can say',
    merge: { others: ['file_path_restriction'] },
    refuses: null,
    first: /^every condition that could be read is met/,
  },
  {
    name: 'who may not merge',
    merge: { viewer: 'READ' },
    refuses: 'Resource not accessible by integration',
    first: /^ask somebody who may merge/,
  },
]

describe('what a merge waits for on GitHub', () => {
  it.each(HELD)('$name', async ({ merge: facts, refuses, first }) => {
    const made = worldWith(facts)
    ran('success')(made)
    const { merge } = await explained(made.world)
    expect(merge?.first).toMatch(first)
    const [pull] = made.world.pulls
    if (pull === undefined) throw new Error('no pull request')
    const said = mergeRefusal(made.world, pull)
    expect((said?.body as { message?: string } | undefined)?.message ?? null).toBe(refuses)
  })

  it('a red context before all that takes no commit', async () => {
    const made = worldWith({ review: 'REVIEW_REQUIRED' })
    ran('failure')(made)
    const { merge } = await explained(made.world)
    expect(merge?.first).toMatch(/^check: fix the job, or re-run it if it is flaky/)
  })
})
