import { describe, expect, it } from '@jest/globals'
import type { PullReport, SweepReport } from '../../src/sweep/report/report.js'
import { GATE, LISTED, lost, posted } from '../../verification/e2e/github/setups.js'
import type { GithubServer, PlannedAnswer } from '../../verification/simulator/github/server.js'
import { GithubWorld } from '../../verification/simulator/github/world.js'
import { runInProcess } from '../support/in-process.js'
import { openGithubServer, widgetsOn } from '../support/open-server.js'
import { ALL } from '../support/sample.js'

let server: GithubServer | null = null

const writes = (): readonly string[] =>
  (server?.requests ?? [])
    .filter(({ method, path }) => method === 'POST' && path !== '/graphql')
    .map(({ path }) => path.split('/').at(-1) ?? '')

async function sweep(
  world: GithubWorld,
  inputs: Readonly<Record<string, string>>,
  answers: (path: string) => PlannedAnswer | undefined = () => undefined,
) {
  server = await openGithubServer(world)
  server.on(({ path }) => answers(path))
  const run = await runInProcess({
    ...widgetsOn(server),
    inputs,
  })
  const [pull] = (run.report as SweepReport).pulls
  return { run, pull: pull as PullReport }
}

const NAMED = { 'umbrella-context': GATE }

describe('many workflow files', () => {
  /** A stale umbrella, and so many workflow files. */
  function many(files: number): GithubWorld {
    const world = new GithubWorld()
    lost(world)
    world.left = { rest: 5000, graphql: 5000 }
    for (let at = 1; at < files; at += 1)
      world.workflow({ path: `.github/workflows/w${at}.yml`, jobs: [{ name: `job${at}` }] })
    return world
  }

  it.each(ALL ? [61, 200, 999] : [61, 200])('%i of them are all read', async files => {
    const { pull } = await sweep(many(files), NAMED)
    expect(pull).toMatchObject({ reason: 'stale', outcome: 'rerun' })
    const read = (server?.requests ?? []).filter(({ path }) => /\/w\d+\.yml$/.test(path))
    expect(read).toHaveLength(files - 1)
  })

  it('where GitHub may give no more of a folder, nothing is proven by it', async () => {
    const { pull } = await sweep(many(1001), NAMED)
    expect(pull.reason).toBe('evidence-incomplete')
    expect(pull.detail).toContain('1000 workflow files or more')
    expect(writes()).toEqual([])
  })
})

const UPGRADE = 'Upgrade to GitHub Pro or make this repository public to enable this feature.'

describe('protection that the token may not read', () => {
  function hidden(make: (world: GithubWorld) => unknown): GithubWorld {
    const world = new GithubWorld()
    world.hasRulesets = false
    make(world)
    return world
  }

  it('holds back no re-run of an umbrella that is named', async () => {
    const { pull } = await sweep(hidden(lost), NAMED)
    expect(pull).toMatchObject({ reason: 'stale', outcome: 'rerun' })
    expect(writes()).toEqual(['rerun'])
    expect(server?.faults).toEqual([])
  })

  it('posts nothing, for which app a merge wants it from is not known', async () => {
    const { pull } = await sweep(hidden(posted), { ...NAMED, ...LISTED })
    expect(pull).toMatchObject({ reason: 'stale', remedy: 'report', outcome: 'none' })
    expect(pull.outcomeDetail).toContain(UPGRADE)
    expect(pull.command).toContain('statuses')
    expect(writes()).toEqual([])
  })

  it('is said, and nothing is judged, where the umbrella is not named', async () => {
    const { run, pull } = await sweep(hidden(lost), {})
    expect(run.stdout).toContain(`branch protection could not be read`)
    expect(pull).toMatchObject({ kind: 'refuse', reason: 'evidence-incomplete' })
    expect(pull.detail).toContain(UPGRADE)
    expect(pull.detail).toContain('umbrella-context')
    expect(writes()).toEqual([])
  })

  it('takes nothing from what can be read: another app that a branch wants it from', async () => {
    const checks = [{ context: GATE, app_id: 99 }]
    const { pull } = await sweep(hidden(lost), NAMED, path =>
      path === '/repos/acme/widgets/branches/main'
        ? {
            status: 200,
            body: {
              commit: { sha: 'b'.repeat(40) },
              protection: { required_status_checks: { contexts: [GATE], checks } },
            },
          }
        : undefined,
    )
    expect(pull).toMatchObject({ reason: 'pinned-source' })
    expect(writes()).toEqual([])
  })

  it.each([
    { status: 502, body: { message: 'Bad Gateway' } },
    { status: 403, body: { message: 'x' }, headers: { 'retry-after': '900' } },
    { status: 200, body: [{ type: 1 }] },
  ])('is a gap where the next try may tell it: $status', async answer => {
    const { pull } = await sweep(hidden(lost), NAMED, path =>
      path.includes('/rules/branches/') ? answer : undefined,
    )
    expect(pull).toMatchObject({ reason: 'evidence-incomplete' })
    expect(writes()).toEqual([])
  })
})
