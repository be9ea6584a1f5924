import { describe, expect, it } from '@jest/globals'
import type { ProfileName } from '../../verification/simulator/index.js'
import { createForge, takeReruns } from '../../verification/simulator/index.js'
import type { Scene } from '../support/law.js'
import { ci, entryOf, opened, runsFor, sent, staged, sweep, UMBRELLA } from '../support/law.js'
import { openServer } from '../support/open-server.js'
import { sampled } from '../support/sample.js'

/** On all of them a success is posted where the umbrella is proven stale, or its job run again. */
const PROFILES: readonly ProfileName[] = [
  'gitea-1.22.6',
  'gitea-1.23.8',
  'gitea-1.24.7',
  'gitea-1.26.4',
  'gitea-1.27.0',
  'forgejo-11',
  'forgejo-15',
]

/** A job that is skipped, which an umbrella that needs it is rightly red over. */
const AUDIT = ['  audit: { if: false, runs-on: ubuntu-latest, steps: [{ run: echo ok }] }']
const WITH_AUDIT = { extra: AUDIT, needs: ['lint', 'test', 'audit'] }

/** An umbrella that looks at more than its needs. */
const WITH_OTHER_WORK = (on: string): string =>
  ci({ umbrella: false, on }) +
  [
    '  all-required:',
    '    if: always()',
    '    needs: [lint, test]',
    '    runs-on: ubuntu-latest',
    '    steps: [{ uses: actions/checkout@v4 }, { run: ./review-is-there.sh }]',
    '',
  ].join('\n')

/** Its jobs are green and its umbrella is red; whoever runs it again gets the same. */
function red(scene: Scene, number: number): void {
  for (const run of runsFor(scene, number)) scene.forge.runAll(run, { 'all-required': 'failure' })
  scene.forge.clock.advance('20m')
}

const POSTS_NOTHING = { successes: [], reruns: [] }

describe.each(sampled(PROFILES))('on %s', profile => {
  const isForgejo = profile.startsWith('forgejo')

  it('a pull adds the folder that is looked at first, with an umbrella of its own', async () => {
    const forge = createForge(profile, {})
    forge.push({ branch: 'main', files: { '.github/workflows/ci.yml': ci() } })
    forge.protect('main', [UMBRELLA])
    const scene = { forge, server: await openServer(forge) }
    takeReruns(scene.server, run => {
      forge.runAll(run, { 'all-required': 'failure' })
    })
    const folder = isForgejo ? '.forgejo' : '.gitea'
    const files = { [`${folder}/workflows/ci.yml`]: ci(WITH_AUDIT) }
    const number = opened(scene, { files })
    red(scene, number)
    await sweep(scene, { 'umbrella-context': UMBRELLA })
    expect(sent(scene)).toEqual(POSTS_NOTHING)
  })

  const on = '[pull_request_target]'
  const context = 'CI / all-required (pull_request_target)'
  it.each([
    { rule: 'had other work', before: WITH_OTHER_WORK(on), now: ci({ on }) },
    {
      rule: 'needed a job that was skipped',
      before: ci({ on, ...WITH_AUDIT }),
      now: ci({ on, extra: AUDIT }),
    },
  ])('the base as it was when a target run was made $rule', async ({ before, now }) => {
    const scene = await staged(profile, before, { required: [context] })
    const number = opened(scene, { workflow: now })
    red(scene, number)
    scene.forge.push({ branch: 'main', workflow: now })
    scene.forge.clock.advance('20m')
    const told = await sweep(scene, { 'umbrella-context': context })
    expect(sent(scene)).toEqual(POSTS_NOTHING)
    expect(entryOf(told, number)?.outcome).not.toBe('compensated')
  })
})
