import { describe, expect, it } from '@jest/globals'
import type { ProfileName } from '../../verification/simulator/index.js'
import { createForge } from '../../verification/simulator/index.js'
import { countOf, requiredOf, UMBRELLA, world } from '../../verification/bench/world.js'
import { GATE, lostGates } from '../../verification/e2e/github/setups.js'
import { runInProcess } from '../support/in-process.js'
import { ALL } from '../support/sample.js'
import { openGithubServer, openServer, widgetsOn } from '../support/open-server.js'

const JOBS = ['build', 'test']

/** A server with so many pull requests, all of them green. */
function quiet(profile: ProfileName, pulls: number): ReturnType<typeof createForge> {
  const forge = createForge(profile, { owner: 'acme', repo: 'widgets' })
  const job = { 'runs-on': 'linux', steps: [{ run: 'make' }] }
  const jobs = Object.fromEntries(JOBS.map(name => [name, { name, ...job }]))
  const umbrella = { needs: JOBS, if: 'always()', ...job }
  const workflow = JSON.stringify({
    name: 'CI',
    on: 'pull_request',
    jobs: { ...jobs, 'all-required': umbrella },
  })
  forge.push({ branch: 'main', workflow })
  for (let at = 0; at < pulls; at += 1) {
    forge.push({ branch: `b${at}`, files: { [`f${at}`]: '' } })
    const number = forge.openPull({ branch: `b${at}`, doubleRun: false })
    for (const run of forge.runs(forge.head(number))) forge.runAll(run)
  }
  forge.clock.advance('20m')
  return forge
}

const PROFILES = ['gitea-1.22.6', 'gitea-1.23.8', 'gitea-1.26.4', 'forgejo-15'] as const

const SIZES = ALL ? [1, 7, 60] : [1, 7]

describe('what a sweep of quiet pull requests costs', () => {
  it.each(PROFILES.flatMap(profile => SIZES.map(pulls => ({ profile, pulls }))))(
    '$profile, $pulls pull requests: pages, one request a head, and four more at the most',
    async ({ profile, pulls }) => {
      const server = await openServer(quiet(profile, pulls))
      const run = await runInProcess({
        ...widgetsOn(server),
        inputs: { 'umbrella-context': 'CI / all-required (pull_request)' },
      })
      expect(run.outputs).toMatchObject({ scanned: String(pulls), stale: '0', failed: '0' })
      const pages = Math.ceil(pulls / 50)
      expect(server.requests.length).toBeLessThanOrEqual(pages + pulls + 4)
      const paths = server.requests.map(({ path }) => path)
      // None of them is the dear one, which asks git what a full commit id is.
      expect(paths.filter(path => /\/commits\/\w+\/status(es)?$/.test(path))).toEqual([])
    },
  )
})

const RED_SIZES = [
  { pulls: 6, red: 100 },
  { pulls: 20, red: 50 },
  ...(ALL ? [{ pulls: 60, red: 20 }] : []),
]

/**
 * What the release before the cheap reads (bc148c8) sent on repositories of these sizes, where
 * every other red pull request is stale and gets a status.
 */
const BEFORE = [
  { profile: 'gitea-1.22.6', sent: [38, 70, 126] },
  { profile: 'forgejo-15', sent: [51, 103, 200] },
  { profile: 'gitea-1.23.8', sent: [42, 88, 182] },
  { profile: 'gitea-1.26.4', sent: [58, 102, 164] },
] as const

/** One for the refs, where open pull requests are listed as issues. */
const ONCE_A_SWEEP = 1

/**
 * What stands around a commit, read where a write follows (docs/acting.md, "What it costs"): refs
 * where a run's pull request is not told (1.22) and at the look back where their list is dear.
 */
const REFS: Readonly<Record<string, (writes: number) => number>> = {
  'gitea-1.22.6': writes => 1 + 2 * writes,
  'forgejo-15': writes => writes,
}

/** All reads around `writes` heads that are written, by what is read. */
const aroundOf = (profile: string, writes: number, pulls: number) => ({
  // Before the write and at the look back, and once when the heads are judged.
  branches: 1 + 2 * writes,
  // That of each head, and of the base once a sweep; one content is read once.
  folders: 1 + writes,
  files: 1,
  refs: REFS[profile]?.(writes) ?? 0,
  // Who stands on the commit after the write: the one pull request, or the list.
  pulls: writes * (profile in REFS ? 1 : Math.ceil(pulls / 50)),
})

describe('what a sweep of red pull requests costs', () => {
  it.each(
    BEFORE.flatMap(({ profile, sent }) =>
      RED_SIZES.map((size, at) => ({ profile, ...size, before: sent[at] ?? 0 })),
    ),
  )(
    '$profile, $pulls pull requests, $red % red: the reads around each write, and no others',
    async ({ profile, before, ...size }) => {
      const plan = { profile, contexts: 6, ...size }
      const server = await openServer(world(plan))
      const run = await runInProcess({
        ...widgetsOn(server),
        inputs: {
          'umbrella-context': UMBRELLA,
          'required-contexts': requiredOf(plan).join('\n'),
          remedy: 'status',
          'max-repairs': '0',
        },
      })
      expect(run.outputs).toMatchObject({
        compensated: String(countOf(plan, 'stale')),
        failed: '0',
        refused: String(countOf(plan, 'red')),
      })
      const around = aroundOf(profile, countOf(plan, 'stale'), plan.pulls)
      const added = Object.values(around).reduce((sum, one) => sum + one, 0)
      expect(server.requests.length).toBeLessThanOrEqual(before + ONCE_A_SWEEP + added)
      const asked = (what: RegExp): number =>
        server.requests.filter(({ path }) => what.test(path)).length
      expect({
        branches: asked(/\/branches\/main$/),
        folders: asked(/\/contents\/\.\w+\/workflows$/),
        files: asked(/\/workflows\/ci\.yml$/),
        // One more lists the heads of all open pull requests.
        refs: asked(/\/git\/refs\/pull$/) - (profile in REFS ? ONCE_A_SWEEP : 0),
      }).toEqual({
        branches: around.branches,
        folders: around.folders,
        files: around.files,
        refs: around.refs,
      })
    },
  )
})

describe('what a sweep of GitHub costs that runs umbrellas again', () => {
  it.each([
    { heads: 10, most: 120 },
    { heads: 1, most: 26 },
  ])('$heads heads whose umbrellas take three minutes: at most $most', async ({ heads, most }) => {
    const world = lostGates(heads)
    world.jobTime = 180
    const server = await openGithubServer(world)
    const run = await runInProcess({
      ...widgetsOn(server),
      inputs: { 'umbrella-context': GATE },
    })
    expect(run.outputs).toMatchObject({ stale: String(heads), rerun: '0', failed: '0' })
    expect(run.stdout).toContain(`${heads} waiting`)
    expect(server.requests.length).toBeLessThanOrEqual(most)
    expect(server.faults).toEqual([])
  })
})
