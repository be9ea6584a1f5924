import { describe, expect, it } from '@jest/globals'
import type { Scene } from '../support/law.js'
import {
  ci,
  entryOf,
  expectOpen,
  expectUntouched,
  opened,
  raced,
  staged,
  sweep,
} from '../support/law.js'

/** A job whose legs are known only to a run. */
const BUILD = [
  '  build:',
  '    strategy: { matrix: { os: "${{ fromJSON(needs.lint.outputs.systems) }}" } }',
  '    needs: [lint]',
  '    runs-on: ubuntu-latest',
  '    steps: [{ run: echo ok }]',
]

const text = (jobs: readonly string[]): string =>
  ci({ jobs, needs: [...jobs, 'build'], extra: BUILD })

const stagedWith = (profile: 'gitea-1.22.6' | 'gitea-1.26.4'): Promise<Scene> =>
  staged(profile, text(['lint', 'test']))

describe.each(['gitea-1.22.6', 'gitea-1.26.4'] as const)(
  'A7, %s: what cannot be told does not remove what is known',
  profile => {
    it('a pull that drops a job of the base beside a dynamic matrix', async () => {
      const scene = await stagedWith(profile)
      const number = raced(scene, opened(scene, { workflow: text(['lint']) }), 'lint')
      const swept = await sweep(scene)
      expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'required-missing' })
      await expectUntouched(scene, [number])
    }, 60_000)

    it('a pull that keeps the job, but whose umbrella does not need it any more', async () => {
      const scene = await stagedWith(profile)
      const workflow = ci({ jobs: ['lint', 'test'], needs: ['lint', 'build'], extra: BUILD })
      const number = raced(scene, opened(scene, { workflow }), 'lint')
      const swept = await sweep(scene)
      expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'required-missing' })
      await expectUntouched(scene, [number])
    }, 60_000)

    it('a pull that drops the job of the dynamic matrix itself', async () => {
      const scene = await stagedWith(profile)
      const workflow = ci({ jobs: ['lint', 'test'] })
      const number = raced(scene, opened(scene, { workflow }))
      const swept = await sweep(scene)
      expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'required-missing' })
      await expectUntouched(scene, [number])
    }, 60_000)

    it('an umbrella without needs: a job of the base that the pull drops', async () => {
      const base = ci({ jobs: ['lint', 'test'], umbrella: false })
      const bare = ['  all-required:', '    runs-on: ubuntu-latest', '    steps: [{ run: "true" }]']
      const scene = await staged(profile, [base, ...bare, ''].join('\n'))
      const pull = ci({ jobs: ['lint'], umbrella: false })
      const number = opened(scene, { workflow: [pull, ...bare, ''].join('\n') })
      raced(scene, number, 'lint')
      const swept = await sweep(scene)
      expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'required-missing' })
      await expectUntouched(scene, [number])
    }, 60_000)

    it('control: a pull that drops nothing is repaired', async () => {
      const scene = await stagedWith(profile)
      const number = raced(scene, opened(scene))
      await expectOpen(scene, await sweep(scene), [number])
    }, 60_000)
  },
)
