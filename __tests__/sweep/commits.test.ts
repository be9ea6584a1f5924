import { describe, expect, it } from '@jest/globals'
import type { SweepReport } from '../../src/sweep/report/report.js'
import type { Forge, ProfileName } from '../../verification/simulator/index.js'
import { createForge } from '../../verification/simulator/index.js'
import { GithubWorld } from '../../verification/simulator/github/world.js'
import { play } from '../support/in-process.js'
import { openGithubServer, openServer, widgetsOn } from '../support/open-server.js'

const job = (name: string): string =>
  `  ${name}:\n    name: ${name}\n    runs-on: x\n    steps: [{ run: make }]`
const WORKFLOW = ['name: CI\non: [push, pull_request]\njobs:', job('lint'), job('test')].join('\n')

interface Server {
  readonly apiUrl: string
  readonly token: string
  readonly requests: readonly { readonly method: string; readonly path: string }[]
}

async function swept(server: Server, inputs: Readonly<Record<string, string>>) {
  const run = await play({
    ...widgetsOn(server),
    inputs: { 'umbrella-context': 'CI / all-required (pull_request)', ...inputs },
  })
  const { commits = [] } = run.report as SweepReport
  expect(
    server.requests.filter(({ method, path }) => method !== 'GET' && path !== '/graphql'),
  ).toEqual([])
  return {
    code: run.code,
    summary: run.summary,
    log: run.stdout,
    told: commits.map(({ name, sha, contexts, unread }) => ({
      name: name === '' ? sha : name,
      unread,
      states: Object.fromEntries(contexts.map(one => [one.context, `${one.state}: ${one.class}`])),
    })),
  }
}

async function onForge<T>(forge: Forge, ask: (server: Server) => Promise<T>): Promise<T> {
  forge.clock.advance('20m')
  const server = await openServer(forge)
  return ask(server)
}

/** A branch with two runs of one push: whoever runs a push again by hand makes the second. */
function pushed(profile: ProfileName): Forge {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  forge.push({ branch: 'main', workflow: WORKFLOW })
  return forge
}

const runOf = (forge: Forge, sha: string) => {
  const [run] = forge.runs(sha)
  if (run === undefined) throw new Error('a push has a run')
  return run
}

const PROFILES = ['gitea-1.22.6', 'gitea-1.26.4', 'gitea-1.27.0', 'forgejo-15'] as const
const LINT = 'CI / lint (push)'
const TEST = 'CI / test (push)'

describe('a branch that is asked about', () => {
  it.each(PROFILES)('%s: green, rightly red, and going', async profile => {
    const forge = pushed(profile)
    const main = forge.state.branches['main'] ?? ''
    forge.runAll(runOf(forge, main))
    const red = forge.push({ branch: 'red', files: { a: '' } })
    forge.runAll(runOf(forge, red), { test: 'failure' })
    const going = forge.push({ branch: 'going', files: { b: '' } })
    forge.runAll(runOf(forge, going), { test: 'never' })
    await onForge(forge, async server => {
      const { told, code, summary } = await swept(server, { branches: 'main\nred\ngoing\nnone' })
      expect(told.slice(0, 3)).toEqual([
        { name: 'main', unread: null, states: { [LINT]: 'green: green', [TEST]: 'green: green' } },
        {
          name: 'red',
          unread: null,
          states: { [LINT]: 'green: green', [TEST]: 'red: job-failed' },
        },
        {
          name: 'going',
          unread: null,
          states: { [LINT]: 'green: green', [TEST]: expect.stringMatching(/^pending: /) },
        },
      ])
      expect(told[3]).toMatchObject({ name: 'none', unread: expect.stringContaining('404') })
      // It is told, and nothing follows from it.
      expect(code).toBe(0)
      expect(summary).toContain('- red is red, rightly: 1 context')
    })
  })

  it.each(['gitea-1.26.4', 'forgejo-15', 'gitea-1.22.6'] as const)(
    '%s: red over a green newest run is said so in the summary',
    async profile => {
      const forge = pushed(profile)
      const main = forge.state.branches['main'] ?? ''
      const older = runOf(forge, main)
      forge.runAll(older, { test: 'never' })
      forge.pick(forge.job(older, 'test'))
      // A release branch comes to stand on the same commit, and its push runs the same workflow.
      const [newer] = forge.pushKnown('release', main)
      if (newer === undefined) throw new Error('a push has a run')
      forge.runAll(newer)
      forge.complete(forge.job(older, 'test'), 'failure')
      await onForge(forge, async server => {
        const { told, summary, log } = await swept(server, { branches: 'main' })
        expect(told[0]?.states).toEqual({ [LINT]: 'green: green', [TEST]: 'stale: overwritten' })
        expect(summary).toContain('main is red, although its newest run is green: 1 context')
        expect(log).toContain('main is red, although its newest run is green: 1 context')
      })
    },
  )

  it('a tag stands on a commit of its own', async () => {
    const forge = pushed('gitea-1.26.4')
    const main = forge.state.branches['main'] ?? ''
    forge.runAll(runOf(forge, main), { lint: 'failure' })
    forge.tag('v1.0', main)
    forge.push({ branch: 'main', files: { next: '' } })
    await onForge(forge, async server => {
      const { told } = await swept(server, { branches: 'refs/tags/v1.0' })
      expect(told).toEqual([
        {
          name: 'refs/tags/v1.0',
          unread: null,
          states: { [LINT]: 'red: job-failed', [TEST]: 'green: green' },
        },
      ])
    })
  })
})

describe('a commit that is asked about by its id', () => {
  it('is told of alone: no pull request is listed', async () => {
    const forge = pushed('gitea-1.26.4')
    const main = forge.state.branches['main'] ?? ''
    forge.runAll(runOf(forge, main), { test: 'failure' })
    forge.push({ branch: 'change', files: { change: '' } })
    forge.openPull({ branch: 'change' })
    await onForge(forge, async server => {
      const { told, log } = await swept(server, { sha: main })
      expect(told).toEqual([
        { name: main, unread: null, states: { [LINT]: 'green: green', [TEST]: 'red: job-failed' } },
      ])
      expect(server.requests.filter(({ path }) => /\/(pulls|issues)/.test(path))).toEqual([])
      expect(log).toContain(`${main.slice(0, 10)} is red, rightly: 1 context`)
    })
  })

  it('on GitHub: what a merge queue tests, and not what pull requests ran on it', async () => {
    const world = new GithubWorld()
    const ci = world.workflow({
      path: '.github/workflows/ci.yml',
      events: ['pull_request', 'merge_group'],
      jobs: [{ name: 'lint' }, { name: 'test' }],
    })
    const sha = 'c'.repeat(40)
    world.ended(ci, { sha, event: 'merge_group' }, { lint: 'success', test: 'failure' })
    world.ended(ci, { sha, event: 'pull_request' }, { lint: 'failure', test: 'success' })
    world.now += 1200
    const server = await openGithubServer(world)
    const { told } = await swept(server, { sha })
    expect(told).toEqual([
      { name: sha, unread: null, states: { lint: 'green: green', test: 'red: job-failed' } },
    ])
    expect(server.faults).toEqual([])
  })
})
