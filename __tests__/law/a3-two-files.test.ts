import { describe, it } from '@jest/globals'
import type { ProfileName } from '../../verification/simulator/index.js'
import { faultFirst } from '../../verification/simulator/index.js'
import type { Scene } from '../support/law.js'
import {
  ci,
  contextOf,
  expectOpen,
  expectUntouched,
  fileAt,
  forbidActions,
  landLate,
  opened,
  raced,
  runsFor,
  staged,
  sweep,
} from '../support/law.js'
import { sampled } from '../support/sample.js'

/** Where files must be told apart by rows: all defaults on 1.22.6, else Actions refuses. */
const PROFILES: readonly ProfileName[] = [
  'gitea-1.22.6',
  'gitea-1.23.8',
  'gitea-1.24.7',
  'forgejo-11',
  'forgejo-16',
]

/** `ci.yml` failed, its twin is green in a higher run, and the red of `ci.yml` came last. */
function twoWriters(scene: Scene, number: number): number {
  const { forge } = scene
  const runs = runsFor(scene, number)
  const own = runs.find(({ file }) => file === 'ci.yml')
  const twin = runs.find(({ file }) => file !== 'ci.yml')
  if (own === undefined || twin === undefined) throw new Error('there are not two files')
  forge.runAll(own, { test: 'failure', 'all-required': 'never' })
  forge.runAll(twin)
  landLate(scene, own)
  return number
}

/** What must be green is read from the files, or listed: then nobody has a reason to read them. */
const GIVEN: readonly [string, Record<string, string>][] = [
  ['all defaults', {}],
  ['with a list', { 'required-contexts': ['lint', 'test'].map(contextOf).join('\n') }],
]

async function sceneOn(profile: ProfileName): Promise<Scene> {
  const scene = await staged(profile, ci())
  if (profile !== 'gitea-1.22.6') forbidActions(scene)
  return scene
}

/** The id of a run grows in the order of the files' names: the twin is the higher one. */
const TWIN = 'twin.yml'

describe.each(sampled(PROFILES))('A3, %s: a green twin is no proof for a failed file', profile => {
  it.each(GIVEN)(
    'the pull adds the copy, %s',
    async (_, inputs) => {
      const scene = await sceneOn(profile)
      const { forge } = scene
      const number = twoWriters(scene, opened(scene, { files: { [fileAt(forge, TWIN)]: ci() } }))
      await sweep(scene, inputs)
      await expectUntouched(scene, [number])
    },
    60_000,
  )

  it.each(GIVEN)(
    'both are on the default branch, %s',
    async (_, inputs) => {
      const scene = await sceneOn(profile)
      const { forge } = scene
      forge.push({ branch: 'main', files: { [fileAt(forge, TWIN)]: ci() } })
      const number = twoWriters(scene, opened(scene))
      await sweep(scene, inputs)
      await expectUntouched(scene, [number])
    },
    60_000,
  )

  it.each(GIVEN)(
    'the twin is on the base of the pull, which is not the default branch, %s',
    async (_, inputs) => {
      const scene = await sceneOn(profile)
      const { forge } = scene
      const files = { [fileAt(forge, TWIN)]: ci() }
      forge.push({ branch: 'release', files })
      const number = twoWriters(scene, opened(scene, { base: 'release', files }))
      await sweep(scene, inputs)
      await expectUntouched(scene, [number])
    },
    60_000,
  )

  it('the twin is in a subfolder', async () => {
    const scene = await sceneOn(profile)
    const { forge } = scene
    const files = { [fileAt(forge, 'mac/ci.yml')]: ci() }
    const number = twoWriters(scene, opened(scene, { files }))
    await sweep(scene)
    await expectUntouched(scene, [number])
  }, 60_000)

  it('a server that shows no workflow file at all hides the twin', async () => {
    const scene = await sceneOn(profile)
    const { forge } = scene
    const number = twoWriters(scene, opened(scene, { files: { [fileAt(forge, TWIN)]: ci() } }))
    const hidden = { kind: 'status', status: 404, body: { message: 'no', url: '' } } as const
    faultFirst(scene.server, { path: /\/contents\// }, hidden, Infinity)
    const [, withList] = GIVEN[1] ?? []
    await sweep(scene, { ...withList, 'umbrella-context': contextOf('all-required') })
    await expectUntouched(scene, [number])
  }, 60_000)

  it('the twin in a subfolder of the default branch', async () => {
    const scene = await sceneOn(profile)
    const { forge } = scene
    forge.push({ branch: 'main', files: { [fileAt(forge, 'mac/ci.yml')]: ci() } })
    const number = twoWriters(scene, opened(scene))
    await sweep(scene)
    await expectUntouched(scene, [number])
  }, 60_000)
})

describe('A3, gitea-1.22.6: a twin that the head does not have', () => {
  it.each(GIVEN)(
    'pull_request_target runs it from the base, which is not the default branch, %s',
    async (_, inputs) => {
      const scene = await sceneOn('gitea-1.22.6')
      const { forge } = scene
      const target = ci({ on: '[pull_request_target]' })
      forge.push({ branch: 'release', files: { [fileAt(forge, TWIN)]: target } })
      const number = twoWriters(scene, opened(scene, { base: 'release' }))
      await sweep(scene, inputs)
      await expectUntouched(scene, [number])
    },
    60_000,
  )
})

/** The umbrella of `ci.yml` is red over green needs; the run of the twin waits for a runner. */
function besideWaiting(scene: Scene, twin: string): number {
  const { forge } = scene
  const number = opened(scene, { files: { [fileAt(forge, TWIN)]: twin } })
  const own = runsFor(scene, number).find(({ file }) => file === 'ci.yml')
  if (own === undefined) throw new Error('ci.yml has no run')
  forge.runAll(own, { 'all-required': 'failure' })
  forge.clock.advance('12m')
  return number
}

/**
 * Forgejo 16 writes no first row for a job that waits and that no merge requires: nothing on the
 * commit shows what the run will write (docs/forge-facts.md, 11).
 */
describe.each(['gitea-1.26.4', 'forgejo-16'] as const)('A3, %s: the twin waits', profile => {
  it.each(GIVEN)(
    'it may write what counts, %s',
    async (_, inputs) => {
      const scene = await staged(profile, ci())
      const number = besideWaiting(scene, ci({ umbrella: false }))
      await sweep(scene, { ...inputs, remedy: 'status' })
      await expectUntouched(scene, [number])
    },
    60_000,
  )

  it('it is of a workflow that writes other contexts', async () => {
    const scene = await staged(profile, ci())
    const number = besideWaiting(scene, ci({ name: 'Docs', umbrella: false }))
    await expectOpen(scene, await sweep(scene, { remedy: 'status' }), [number])
  }, 60_000)
})

describe.each(sampled(PROFILES))('A3, %s: what must still be repaired', profile => {
  it('a file that the pull renames is no twin', async () => {
    const scene = await sceneOn(profile)
    const { forge } = scene
    const number = opened(scene, {
      files: { [fileAt(forge, 'build.yml')]: ci() },
      removes: [fileAt(forge, 'ci.yml')],
    })
    raced(scene, number)
    await expectOpen(scene, await sweep(scene), [number])
  }, 60_000)

  it('a YAML file without on or jobs writes nothing', async () => {
    const scene = await sceneOn(profile)
    const { forge } = scene
    const files = {
      [fileAt(forge, 'labels.yml')]: 'name: CI\nlabels: [bug, feature]\n',
      [fileAt(forge, 'never.yaml')]: ci().replace('on: [pull_request]\n', ''),
      [fileAt(forge, 'part/jobless.yml')]: 'name: CI\non: [pull_request]\n',
    }
    forge.push({ branch: 'main', files })
    const number = raced(scene, opened(scene))
    await expectOpen(scene, await sweep(scene), [number])
  }, 60_000)

  it('more than sixty other workflow files', async () => {
    const scene = await sceneOn(profile)
    const { forge } = scene
    const files = Object.fromEntries(
      Array.from({ length: 75 }, (_, at) => [
        fileAt(forge, `nightly-${at}.yml`),
        ci({ name: `Nightly ${at}`, on: '[push]', umbrella: false }),
      ]),
    )
    forge.push({ branch: 'main', files })
    const number = raced(scene, opened(scene))
    await expectOpen(scene, await sweep(scene), [number])
  }, 120_000)
})
