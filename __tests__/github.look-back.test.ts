import { afterEach, describe, expect, it } from '@jest/globals'
import type { PullReport, SweepReport } from '../src/sweep/report/report.js'
import { GATE, GREEN, LATER, lost } from '../verification/e2e/github/setups.js'
import type { GithubServer } from '../verification/simulator/github/server.js'
import { serveGithub } from '../verification/simulator/github/server.js'
import type { Suite } from '../verification/simulator/github/world.js'
import { GithubWorld } from '../verification/simulator/github/world.js'
import { runInProcess } from './support/in-process.js'

let server: GithubServer | null = null

afterEach(async () => {
  await server?.close()
  server = null
})

/** Two runs of one workflow on one commit, by two events; the gate of each lost its runner. */
function twoRedLegs(world: GithubWorld): readonly [Suite, Suite] {
  const first = lost(world)
  if (first.run === null) throw new Error('it is a run')
  const second = world.ended(first.run.workflow, { sha: first.sha, event: 'push' }, GREEN)
  world.end(second, GATE, 'failure', true)
  world.now += LATER
  return [first, second]
}

/** Sweeps once; this happens right before a re-run is answered. */
async function sweep(world: GithubWorld, meanwhile = (): void => undefined) {
  server = await serveGithub(world)
  server.on(({ path }) => {
    if (path.endsWith('/rerun')) meanwhile()
    return undefined
  })
  const run = await runInProcess({
    apiUrl: server.apiUrl,
    repo: 'acme/widgets',
    token: server.token,
    inputs: { 'umbrella-context': GATE },
  })
  const [pull] = (run.report as SweepReport).pulls
  return { run, pull: pull as PullReport }
}

describe('a re-run that ended green beside another red run of the umbrella', () => {
  it('is told as what it is, and the next sweep mends the other', async () => {
    const world = new GithubWorld()
    twoRedLegs(world)
    const { run, pull } = await sweep(world)
    expect(pull.outcomeDetail).toContain('another run of it is still red')
    expect(pull.outcome).toBe('rerun')
    expect(run.outputs).toMatchObject({ rerun: '1', failed: '0' })
    await server?.close()
    world.now += LATER
    expect((await sweep(world)).run.outputs).toMatchObject({ rerun: '1' })
    await server?.close()
    world.now += LATER
    expect((await sweep(world)).run.outputs).toMatchObject({ stale: '0' })
  })

  it('is overtaken where a job of that other run has failed meanwhile', async () => {
    const world = new GithubWorld()
    const [first] = twoRedLegs(world)
    const { pull } = await sweep(world, () => {
      world.end(first, 'lint', 'failure')
    })
    expect(pull.outcome).toBe('overtaken')
    expect(pull.outcomeDetail).toContain('required-failed')
  })

  it('is overtaken where that other run was started again by somebody else', async () => {
    const world = new GithubWorld()
    const [first] = twoRedLegs(world)
    const { pull } = await sweep(world, () => {
      world.rerun(first, 'lint')
      for (const check of world.checks) if (check.suite === first.id) check.due = null
    })
    expect(pull.outcome).toBe('overtaken')
    expect(pull.outcomeDetail).toContain('umbrella-pending')
  })
})
