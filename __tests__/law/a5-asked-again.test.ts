import { describe, expect, it } from '@jest/globals'
import { happenBefore } from '../../verification/simulator/index.js'
import type { Scene } from '../support/law.js'
import {
  UMBRELLA,
  ci,
  entryOf,
  expectOpen,
  expectShut,
  expectUntouched,
  latestOf,
  opened,
  raced,
  sent,
  staged,
  sweep,
} from '../support/law.js'
import { sampled } from '../support/sample.js'

/** The write itself: what happens now was not there in any look before it. */
const POST = { method: 'POST', path: /\/statuses\/[0-9a-f]+$/ }

/** Pulls into anything but main start nothing. */
const MAIN_ONLY = ci({ on: '{ pull_request: { branches: [main] } }' })

/** A job more than the usual workflow has, and the umbrella needs it. */
const AUDITED = ci({ jobs: ['lint', 'test', 'audit'] })

/** A sweep at whose write something happens, and one after it. */
async function sweepTwice(
  scene: Scene,
  happen: () => void,
  moment = POST,
): Promise<{ readonly happened: boolean }> {
  const happened = happenBefore(scene.server, moment, happen)
  await sweep(scene)
  scene.forge.clock.advance('12m')
  await sweep(scene)
  return { happened: happened() }
}

const PROFILES = ['gitea-1.22.6', 'gitea-1.23.8', 'gitea-1.26.4', 'forgejo-15'] as const

describe.each(sampled(PROFILES))('A5, %s: what came between the look and the write', profile => {
  it('a second pull into another base, without a run of its own, is not opened', async () => {
    const scene = await staged(profile, MAIN_ONLY)
    const { forge } = scene
    const number = raced(scene, opened(scene))
    let second = 0
    const happened = happenBefore(scene.server, POST, () => {
      second = forge.openPull({ branch: 'topic', base: 'release', doubleRun: false })
    })
    const swept = await sweep(scene)
    expect(happened()).toBe(true)
    expect(entryOf(swept, number)?.outcome).toBe('withdrawn')
    await expectShut(scene, [number, second])
  }, 60_000)

  it('nor by the next sweep, whatever the first one said', async () => {
    const scene = await staged(profile, MAIN_ONLY)
    const { forge } = scene
    const number = raced(scene, opened(scene))
    let second = 0
    const { happened } = await sweepTwice(scene, () => {
      second = forge.openPull({ branch: 'topic', base: 'release', doubleRun: false })
    })
    expect(happened).toBe(true)
    await expectShut(scene, [number, second])
  }, 60_000)

  it('a pull that goes to a base whose umbrella needs more is not opened', async () => {
    const scene = await staged(profile, ci())
    const { forge } = scene
    forge.push({ branch: 'release', workflow: AUDITED })
    const number = raced(scene, opened(scene))
    const happened = happenBefore(scene.server, POST, () => {
      forge.retargetPull(number, 'release')
    })
    const swept = await sweep(scene)
    expect(happened()).toBe(true)
    expect(entryOf(swept, number)?.outcome).toBe('withdrawn')
    await expectShut(scene, [number])
  }, 60_000)

  it('a green of ours is taken back when a second pull comes after the sweep', async () => {
    const scene = await staged(profile, MAIN_ONLY)
    const { forge } = scene
    const number = raced(scene, opened(scene))
    await sweep(scene)
    const second = forge.openPull({ branch: 'topic', base: 'release', doubleRun: false })
    forge.clock.advance('12m')
    await sweep(scene)
    await expectShut(scene, [second, number])
  }, 60_000)

  it('a green of ours is taken back when its pull goes to another base', async () => {
    const scene = await staged(profile, ci())
    const { forge } = scene
    forge.push({ branch: 'release', workflow: AUDITED })
    const number = raced(scene, opened(scene))
    await sweep(scene)
    forge.retargetPull(number, 'release')
    forge.clock.advance('12m')
    await sweep(scene)
    await expectShut(scene, [number])
  }, 60_000)

  it.each(['at the write', 'after the sweep'])(
    'a second file on the base writes the umbrella too, %s',
    async moment => {
      const scene = await staged(profile, ci())
      const { forge } = scene
      const number = raced(scene, opened(scene))
      const folder = forge.profile.family === 'forgejo' ? '.forgejo' : '.gitea'
      const twin = (): void => {
        forge.push({ branch: 'main', files: { [`${folder}/workflows/mac.yml`]: AUDITED } })
      }
      if (moment === 'at the write') happenBefore(scene.server, POST, twin)
      const swept = await sweep(scene)
      if (moment === 'at the write') expect(entryOf(swept, number)?.outcome).toBe('withdrawn')
      else twin()
      forge.clock.advance('12m')
      await sweep(scene)
      await expectShut(scene, [number])
    },
    60_000,
  )

  it('eight heads, and the umbrella of main gains a job during the first repair', async () => {
    const scene = await staged(profile, ci())
    const { forge } = scene
    const branches = Array.from({ length: 8 }, (_, at) => `topic-${at}`)
    const numbers = branches.map(branch => raced(scene, opened(scene, { branch })))
    const happened = happenBefore(scene.server, POST, () => {
      forge.push({ branch: 'main', workflow: AUDITED })
    })
    await sweep(scene)
    expect(happened()).toBe(true)
    // One was under way; of the others none is begun.
    expect(sent(scene).successes).toHaveLength(1)
    forge.clock.advance('12m')
    await sweep(scene)
    await expectShut(scene, numbers)
  }, 120_000)
})

describe('A5: the base is read at its commit', () => {
  it('gitea-1.22.6: a tag of the branch’s name does not stand for it', async () => {
    const scene = await staged('gitea-1.22.6', ci({ jobs: ['lint'] }))
    const { forge } = scene
    forge.tag('main', forge.state.branches['main'] ?? '')
    forge.push({ branch: 'main', workflow: ci() })
    // The pull drops the job that main has had since.
    const number = opened(scene, { workflow: ci({ jobs: ['lint'] }) })
    raced(scene, number, 'lint')
    const swept = await sweep(scene)
    expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'required-missing' })
    await expectUntouched(scene, [number])
  }, 60_000)
})

describe.each(sampled(PROFILES))('A5, %s: what must still stand', profile => {
  it('a green of ours stays while nothing it was judged by has changed', async () => {
    const scene = await staged(profile, ci())
    const number = raced(scene, opened(scene))
    const first = await sweep(scene)
    scene.forge.clock.advance('12m')
    // A change of main that says the same of the umbrella.
    scene.forge.push({ branch: 'main', files: { 'README.md': '# more\n' } })
    const second = await sweep(scene)
    expect(entryOf(second, number)).toBeUndefined()
    expect(latestOf(scene, number, UMBRELLA)).toBe('success')
    await expectOpen(scene, first, [number])
  }, 60_000)
})
