import { describe, expect, it } from '@jest/globals'
import type { MergeHolds, MergeWishes } from '../../verification/simulator/merge-state.js'
import type { Explanation } from '../../src/sweep/report/explanation.js'
import type {
  Forge,
  ProfileName,
  Run,
  SimulatedServer,
} from '../../verification/simulator/index.js'
import { createForge, PROFILES } from '../../verification/simulator/index.js'
import { UMBRELLA, workflow } from '../../verification/simulator/stories.js'
import { play, runInProcess } from '../support/in-process.js'
import { ALL, isSample, sampled } from '../support/sample.js'
import { openServer, widgetsOn } from '../support/open-server.js'

const LINT = 'Lint / lint (pull_request)'
const MISSPELT = 'Lint / lnit (pull_request)'
const job = '{ runs-on: linux, steps: [{ run: make }] }'
const lint = (on = '[pull_request]', jobs = ['lint']): string =>
  `name: Lint\non: ${on}\njobs: { ${jobs.map(id => `${id}: ${job}`).join(', ')} }`

/** A pull request with a green umbrella, and its runs of the plain workflow, the oldest first. */
interface Scene {
  readonly forge: Forge
  readonly number: number
  readonly sha: string
  readonly runs: readonly Run[]
}

interface Opening {
  readonly on?: string
  readonly doubleRun?: boolean
  readonly jobs?: string[]
  readonly fork?: boolean
}

function opened(forge: Forge, { on, doubleRun = true, jobs, fork = false }: Opening = {}): Scene {
  const files = {
    '.gitea/workflows/ci.yml': workflow(),
    '.gitea/workflows/lint.yml': lint(on, jobs),
  }
  forge.push({ branch: 'main', files })
  forge.protect('main', [UMBRELLA, LINT])
  forge.push({ branch: 'change', files: { ...files, 'a.txt': 'a' } })
  const number = forge.openPull({ branch: 'change', title: 'change', doubleRun, fork })
  const sha = forge.head(number)
  const all = [...forge.runs(sha)].sort((a, b) => a.id - b.id)
  for (const run of all.filter(({ file }) => file === 'ci.yml')) forge.runAll(run)
  return { forge, number, sha, runs: all.filter(({ file }) => file === 'lint.yml') }
}

function twoRuns({ runs }: Scene): readonly [Run, Run] {
  const [older, newer] = runs
  if (older === undefined || newer === undefined) throw new Error('a race needs two runs')
  return [older, newer]
}

/** The newer run ends, then the older one. */
function race(scene: Scene, newer: 'success' | 'failure', older: 'success' | 'failure'): void {
  const { forge } = scene
  const [first, second] = twoRuns(scene)
  const late = forge.job(first, 'lint')
  forge.pick(late)
  forge.runAll(second, { lint: newer })
  forge.complete(late, older, { seconds: 40 })
}

/** What a scene is called, how it comes about, and what is told of it by which evidence. */
interface Case {
  readonly name: string
  readonly make: (forge: Forge) => Scene
  readonly jobs: string
  /** By rows, with tasks or without; the same unless it is said. */
  readonly rows?: string
  /** Where a server of its kind says something else. */
  readonly on?: Readonly<Partial<Record<ProfileName, string>>>
}

const raced =
  (newer: 'success' | 'failure', older: 'success' | 'failure') =>
  (forge: Forge): Scene => {
    const scene = opened(forge)
    race(scene, newer, older)
    return scene
  }

const CASES: readonly Case[] = [
  { name: 'overwritten', make: raced('success', 'failure'), jobs: 'stale: overwritten' },
  { name: 'rightly red', make: raced('failure', 'failure'), jobs: 'red: job-failed' },
  { name: 'green over red', make: raced('failure', 'success'), jobs: 'false-green: older-green' },
  {
    name: 'cancelled over a newer success',
    make: forge => {
      const scene = opened(forge)
      const [first, second] = twoRuns(scene)
      forge.runAll(second)
      forge.cancel(first)
      return scene
    },
    jobs: 'stale: cancelled-before',
  },
  {
    name: 'its row was lost, and another job of its run has one',
    make: forge => {
      const scene = opened(forge, { doubleRun: false, jobs: ['lint', 'style'] })
      for (const run of scene.runs) forge.runAll(run)
      const rows = forge.state.rows[scene.sha] ?? []
      forge.state.rows[scene.sha] = rows.filter(({ context }) => context !== LINT)
      return scene
    },
    jobs: 'stale: row-lost',
    rows: 'unknown: not-known',
  },
  {
    name: 'held for an approval',
    make: forge => opened(forge, { doubleRun: false, fork: true }),
    jobs: 'pending: job-blocked',
  },
  {
    name: 'misspelt in the rule',
    make: forge => {
      const scene = opened(forge, { doubleRun: false })
      for (const run of scene.runs) forge.runAll(run)
      forge.protect('main', [UMBRELLA, MISSPELT])
      return scene
    },
    jobs: `never-reported: no-writer`,
  },
  {
    name: 'its row was lost, and its run has no other',
    make: forge => {
      const scene = opened(forge, { doubleRun: false })
      for (const run of scene.runs) forge.runAll(run)
      const rows = forge.state.rows[scene.sha] ?? []
      forge.state.rows[scene.sha] = rows.filter(({ context }) => context !== LINT)
      return scene
    },
    jobs: 'unknown: not-known',
  },
  {
    name: 'its end was lost',
    make: forge => {
      const scene = opened(forge, { doubleRun: false })
      for (const run of scene.runs) forge.runAll(run)
      const rows = forge.state.rows[scene.sha] ?? []
      forge.state.rows[scene.sha] = rows.filter(
        ({ context, state }) => context !== LINT || state === 'pending',
      )
      return scene
    },
    jobs: 'stale: run-ended',
    rows: 'pending: job-open',
    // They tell that a run has ended, and not what its jobs said.
    on: { 'forgejo-12': 'unknown: run-ended', 'forgejo-15': 'unknown: run-ended' },
  },
  {
    name: 'still going',
    make: forge => opened(forge, { doubleRun: false }),
    jobs: 'pending: job-open',
  },
  {
    name: 'a person set it red',
    make: forge => {
      const scene = opened(forge, { doubleRun: false })
      for (const run of scene.runs) forge.runAll(run)
      forge.post(scene.sha, { context: LINT, state: 'failure', as: 'person' })
      return scene
    },
    jobs: 'red: set-red',
  },
  {
    name: 'filtered',
    make: forge => opened(forge, { on: '{ pull_request: { branches: [release] } }' }),
    jobs: 'never-reported: filtered',
    rows: 'unknown: not-known',
    // From 1.27 on a filtered workflow writes a skip where a merge requires one.
    on: { 'gitea-1.27.0': 'green: set-green', 'gitea-28.1.0': 'green: set-green' },
  },
  {
    name: 'not on pull requests at all',
    make: forge => {
      const scene = opened(forge, { on: '[push]', doubleRun: false })
      for (const run of scene.runs) forge.runAll(run)
      return scene
    },
    jobs: 'never-reported: no-writer',
  },
  {
    name: 'green',
    make: raced('success', 'success'),
    jobs: 'green: green',
  },
]

async function served(profile: ProfileName, make: Case['make']): Promise<SimulatedServer> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  make(forge)
  forge.clock.advance('30m')
  return openServer(forge)
}

/** By hand, as anybody would ask: no workflow, and nothing is written. */
async function explained(
  server: SimulatedServer,
  byBundle: boolean,
  number = 1,
): Promise<Explanation> {
  const address = `${server.apiUrl.replace('/api/v1', '')}/acme/widgets/pulls/${number}`
  const run = await (byBundle ? play : runInProcess)({
    ...widgetsOn(server),
    argv: ['explain', address, '--json', '--umbrella-context', UMBRELLA],
    env: {
      GITHUB_ACTIONS: '',
      INPUT_TOKEN: '',
      'INPUT_DRY-RUN': 'true',
      UMBRELLA_REAPER_TOKEN: server.token,
      UMBRELLA_REAPER_URL: server.apiUrl,
    },
  })
  try {
    return JSON.parse(run.stdout) as Explanation
  } catch {
    throw new Error(`no explanation: ${run.stdout}${run.stderr}`)
  }
}

const posts = (server: SimulatedServer) => server.requests.filter(({ method }) => method !== 'GET')

describe.each(sampled(Object.keys(PROFILES) as ProfileName[]))('a plain context on %s', profile => {
  it.each(CASES)('$name', async ({ make, jobs, rows = jobs, on }) => {
    const server = await served(profile, make)
    const told = await explained(server, isSample(profile))
    const found = told.merge?.contexts.find(({ context }) => context !== UMBRELLA)
    const want = on?.[profile] ?? (told.grade === 'jobs' ? jobs : rows)
    expect(`${found?.state}: ${found?.class} ${found?.detail}`).toContain(want)
    expect(posts(server)).toEqual([])
  })
})

/** A condition of a merge that is not met: how it comes about, the server's word and ours. */
interface Held {
  readonly name: string
  readonly asks?: MergeWishes
  readonly holds?: MergeHolds
  readonly change?: (scene: Scene) => void
  readonly token?: 'writer' | 'reader'
  /** How the server refuses the merge; `null`: it would not. */
  readonly refuses: string | null
  readonly first: RegExp
}

const review = (state: 'APPROVED' | 'REQUEST_CHANGES' | 'REQUEST_REVIEW') =>
  ({ by: 'bob', state, official: true, stale: false, dismissed: false }) as const

const HELD: readonly Held[] = [
  { name: 'nothing', refuses: null, first: /^nothing: every condition/ },
  {
    name: 'a red required context',
    change: ({ forge, sha }) =>
      void forge.post(sha, { context: LINT, state: 'failure', as: 'person' }),
    refuses: 'Not all required status checks successful',
    first: /Lint \/ lint .*: ask whoever set it red/,
  },
  {
    name: 'a draft',
    change: ({ forge, number }) => {
      forge.retitlePull(number, 'WIP: change')
    },
    refuses: 'Work in progress PRs cannot be merged',
    first: /^mark it ready for review/,
  },
  {
    name: 'conflicts',
    holds: { conflicts: true },
    refuses: 'Please try again later',
    first: /resolve the conflicts/,
  },
  {
    name: 'approvals',
    asks: { approvals: 2 },
    holds: { reviews: [review('APPROVED')] },
    refuses: 'Does not have enough approvals',
    first: /^get the approvals that are missing \(1 of 2 approvals\)/,
  },
  {
    name: 'approvals of an older commit, which the rule ignores',
    asks: { approvals: 1, ignoresStale: true },
    holds: { reviews: [{ ...review('APPROVED'), stale: true }] },
    refuses: 'Does not have enough approvals',
    first: /^get the approvals that are missing/,
  },
  {
    name: 'approvals that were dismissed or are not official',
    asks: { approvals: 1 },
    holds: {
      reviews: [
        { ...review('APPROVED'), dismissed: true },
        { ...review('APPROVED'), official: false },
      ],
    },
    refuses: 'Does not have enough approvals',
    first: /\(0 of 1 approvals\)/,
  },
  {
    name: 'enough approvals',
    asks: { approvals: 1 },
    holds: { reviews: [review('APPROVED')] },
    refuses: null,
    first: /^nothing: every condition/,
  },
  {
    name: 'requested changes',
    asks: { rejected: true },
    holds: { reviews: [review('REQUEST_CHANGES')] },
    refuses: 'There are requested changes',
    first: /^answer the review that requests changes/,
  },
  {
    name: 'requested changes, which the rule lets pass',
    holds: { reviews: [review('REQUEST_CHANGES')] },
    refuses: null,
    first: /^nothing: every condition/,
  },
  {
    name: 'a review that is still asked for',
    asks: { requests: true },
    holds: { reviews: [review('REQUEST_REVIEW')] },
    refuses: 'There are official review requests',
    first: /^have the review given/,
  },
  {
    name: 'an outdated branch',
    asks: { outdated: true },
    change: ({ forge }) => {
      forge.push({ branch: 'main', files: { 'b.txt': 'b' } })
    },
    refuses: 'The head branch is behind the base branch',
    first: /^update the branch/,
  },
  {
    name: 'an outdated branch, which the rule lets pass',
    change: ({ forge }) => {
      forge.push({ branch: 'main', files: { 'b.txt': 'b' } })
    },
    refuses: null,
    first: /^nothing: every condition/,
  },
  {
    name: 'a protected file',
    asks: { files: 'go.mod;makefile' },
    holds: { changed: ['Makefile'] },
    refuses: 'Changed protected files',
    first: /^take the protected file out of it, .*changes Makefile/,
  },
  {
    name: 'another pull request that comes first',
    holds: { waitsFor: [2] },
    change: ({ forge }) => {
      forge.push({ branch: 'other', files: { 'c.txt': 'c' } })
      forge.openPull({ branch: 'other' })
    },
    refuses: '',
    first: /^merge or close what it waits for first \(it waits for #2\)/,
  },
  {
    name: 'another pull request that came first, and is closed',
    holds: { waitsFor: [2] },
    change: ({ forge }) => {
      forge.push({ branch: 'other', files: { 'c.txt': 'c' } })
      forge.closePull(forge.openPull({ branch: 'other' }))
    },
    refuses: null,
    first: /^nothing: every condition/,
  },
  {
    name: 'conflicts and a red context: what takes a new commit comes first',
    holds: { conflicts: true },
    change: ({ forge, sha }) =>
      void forge.post(sha, { context: LINT, state: 'failure', as: 'person' }),
    refuses: 'Please try again later',
    first: /resolve the conflicts/,
  },
]

/** The same, as whoever may not administrate the repository sees it: what a rule hides is said. */
const HIDDEN: readonly Held[] = [
  {
    name: 'requested changes',
    asks: { rejected: true },
    holds: { reviews: [review('REQUEST_CHANGES')] },
    token: 'writer',
    refuses: 'There are requested changes',
    first: /^every condition that could be read is met/,
  },
  {
    name: 'an outdated branch',
    asks: { outdated: true },
    change: ({ forge }) => {
      forge.push({ branch: 'main', files: { 'b.txt': 'b' } })
    },
    token: 'writer',
    refuses: 'The head branch is behind the base branch',
    first: /^every condition that could be read is met/,
  },
  {
    name: 'approvals, which everybody may read',
    asks: { approvals: 1 },
    token: 'writer',
    refuses: 'Does not have enough approvals',
    first: /\(0 of 1 approvals\)/,
  },
  {
    name: 'who may not merge',
    token: 'reader',
    refuses: 'user should have a permission to write to a repo',
    first: /^ask somebody who may merge/,
  },
]

/** The suite of every day asks one server of a family: the conditions have their own tables. */
const HELD_ON = ALL
  ? (Object.keys(PROFILES) as ProfileName[])
  : (['gitea-1.26.4', 'forgejo-15'] as const)

describe.each(HELD_ON)('what a merge waits for, %s', profile => {
  it.each([
    ...HELD,
    ...HIDDEN.map(one => ({ ...one, name: `${one.name}, by a ${one.token ?? ''}` })),
  ])('$name', async ({ asks, holds, change, token, refuses, first }) => {
    const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
    const scene = opened(forge, { doubleRun: false })
    for (const run of scene.runs) forge.runAll(run)
    forge.protect('main', [UMBRELLA, LINT], asks)
    if (holds !== undefined) forge.holdBack(scene.number, holds)
    change?.(scene)
    if (token !== undefined) forge.addToken(token, { kind: token })
    forge.clock.advance('30m')
    const server = await openServer(forge)
    const told = await explained(
      { ...server, token: token ?? server.token },
      profile === 'gitea-1.26.4',
    )
    expect(told.merge?.first).toMatch(first)
    // The server's own word, beside ours.
    const answer = await fetch(`${server.apiUrl}/repos/acme/widgets/pulls/1/merge`, {
      method: 'POST',
      headers: {
        authorization: `token ${token ?? server.token}`,
        'content-type': 'application/json',
      },
      body: '{"Do":"merge"}',
    })
    const said =
      answer.status === 200 ? null : ((await answer.json()) as { message: string }).message
    if (refuses === null) expect(said).toBeNull()
    else expect(said).toContain(refuses)
  })
})
