import { describe, expect, it } from '@jest/globals'
import type { ProfileName } from '../../verification/simulator/index.js'
import { faultFirst } from '../../verification/simulator/index.js'
import {
  ci,
  closedPull,
  entryOf,
  expectOpen,
  expectUntouched,
  opened,
  raced,
  runsFor,
  staged,
  sweep,
} from '../support/law.js'

/** The rights a workflow needs to read and write statuses, without any of Actions. */
const NO_ACTIONS = { contents: 'write', 'pull-requests': 'read', issues: 'read' } as const

describe('A1: the run of a closed pull is no proof', () => {
  it('gitea-1.22.6, all defaults: it does not open the open pull on its commit', async () => {
    const scene = await staged('gitea-1.22.6', ci())
    const number = closedPull(scene)
    const swept = await sweep(scene)
    expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'superseded-evidence' })
    await expectUntouched(scene, [number])
  }, 60_000)

  it('gitea-1.26.4, a token that may not read Actions: nor there', async () => {
    const scene = await staged('gitea-1.26.4', ci(), { private: true })
    const number = closedPull(scene)
    scene.forge.addToken('job', { kind: 'job', permissions: NO_ACTIONS })
    const swept = await sweep(scene, {}, 'job')
    expect(swept.report.server.grade).toBe('statuses')
    expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'superseded-evidence' })
    await expectUntouched(scene, [number])
  }, 60_000)

  it('a closed pull whose run is still going keeps the gate shut too', async () => {
    const scene = await staged('gitea-1.22.6', ci())
    const { forge } = scene
    const number = raced(scene, opened(scene))
    const other = forge.openPull({ branch: 'topic', base: 'release', doubleRun: false })
    forge.closePull(other)
    forge.clock.advance('12m')
    await sweep(scene)
    await expectUntouched(scene, [number])
  }, 60_000)

  it.each(['gitea-1.23.8', 'gitea-1.24.7', 'forgejo-11', 'forgejo-15'] as const)(
    '%s: where tasks tell the pulls apart, the open pull is judged by its own run',
    async (profile: ProfileName) => {
      const scene = await staged(profile, ci())
      const number = closedPull(scene)
      const swept = await sweep(scene)
      expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'required-failed' })
      await expectUntouched(scene, [number])
    },
    60_000,
  )
})

describe('A1: refs of pulls that cannot be read', () => {
  const refs = { path: /\/git\/refs\/pull/ }
  const refusal = (status: number) =>
    ({ kind: 'status', status, body: { message: 'no', url: '' } }) as const

  it.each([403, 404, 500])(
    'gitea-1.22.6, refs answer %d: a gap where a write would follow, and nothing is written',
    async status => {
      const scene = await staged('gitea-1.22.6', ci())
      const number = raced(scene, opened(scene))
      faultFirst(scene.server, refs, refusal(status), Infinity)
      const swept = await sweep(scene)
      expect(entryOf(swept, number)).toMatchObject({
        kind: 'refuse',
        reason: 'evidence-incomplete',
      })
      await expectUntouched(scene, [number])
    },
    60_000,
  )

  it('gitea-1.22.6: a list without the pull that is judged may lack others too', async () => {
    const scene = await staged('gitea-1.22.6', ci())
    const number = closedPull(scene)
    faultFirst(scene.server, refs, { kind: 'status', status: 200, body: [] }, Infinity)
    const swept = await sweep(scene)
    expect(entryOf(swept, number)).toMatchObject({ reason: 'evidence-incomplete' })
    await expectUntouched(scene, [number])
  }, 60_000)

  it('gitea-1.22.6: it says so before a write only, not of a job that failed', async () => {
    const scene = await staged('gitea-1.22.6', ci())
    const number = opened(scene)
    for (const run of runsFor(scene, number)) scene.forge.runAll(run, { test: 'failure' })
    scene.forge.clock.advance('12m')
    faultFirst(scene.server, refs, refusal(403), Infinity)
    const swept = await sweep(scene)
    expect(entryOf(swept, number)).toMatchObject({ reason: 'required-failed' })
  }, 60_000)
})

describe('A1: what must still be repaired', () => {
  it('gitea-1.22.6: a closed pull on the commit whose run is proven green as well', async () => {
    const scene = await staged('gitea-1.22.6', ci())
    const number = closedPull(scene, 'success')
    await expectOpen(scene, await sweep(scene), [number])
  }, 60_000)

  it('gitea-1.22.6: a closed pull on an older commit of the branch', async () => {
    const scene = await staged('gitea-1.22.6', ci())
    const { forge } = scene
    forge.push({ branch: 'topic', files: { a: '1' } })
    const closed = forge.openPull({ branch: 'topic', base: 'release', doubleRun: false })
    forge.closePull(closed)
    const number = raced(scene, opened(scene))
    await expectOpen(scene, await sweep(scene), [number])
  }, 60_000)
})
