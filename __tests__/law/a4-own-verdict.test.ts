import { describe, expect, it } from '@jest/globals'
import type { ProfileName } from '../../verification/simulator/index.js'
import type { Scene } from '../support/law.js'
import {
  ci,
  contextOf,
  entryOf,
  expectShut,
  expectUntouched,
  opened,
  runsFor,
  sent,
  staged,
  sweep,
} from '../support/law.js'

const COVERAGE = contextOf('coverage')
const REQUIRED = ['lint', 'test', 'coverage'].map(contextOf)

/** What a coverage job may do; each is a verdict of its own. */
const SCRIPTS: Readonly<Record<string, string>> = {
  'a script of the repository': './coverage.sh --at-least 80',
  "an output of its need's": '[ "${{ needs.test.outputs.coverage }}" -ge 80 ]',
  'a bare exit': 'exit 1',
}

/** `coverage` needs `test`, runs whatever it ended with, and really fails by its own measure. */
async function failing(profile: ProfileName, script: string): Promise<[Scene, number]> {
  const extra = [
    '  coverage:',
    '    if: always()',
    '    needs: [test]',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - run: |',
    `          ${script}`,
  ]
  const scene = await staged(profile, ci({ umbrella: false, extra }), {
    required: REQUIRED,
    again: { coverage: 'failure' },
  })
  const number = opened(scene)
  for (const run of runsFor(scene, number)) scene.forge.runAll(run, { coverage: 'failure' })
  scene.forge.clock.advance('12m')
  return [scene, number]
}

describe.each(['gitea-1.22.6', 'gitea-1.26.4', 'gitea-1.27.0'] as const)(
  'A4, %s: a job with a verdict of its own is nobody else’s umbrella',
  profile => {
    it.each(Object.entries(SCRIPTS))(
      'all defaults, %s: nothing is written and nothing is run again',
      async (_, script) => {
        const [scene, number] = await failing(profile, script)
        await sweep(scene)
        await expectShut(scene, [number], COVERAGE)
        expect(sent(scene)).toEqual({ successes: [], reruns: [] })
      },
      60_000,
    )
  },
)

describe('A4: a job with a verdict of its own that is named as the umbrella', () => {
  const inputs = { 'umbrella-context': COVERAGE }

  it.each(Object.entries(SCRIPTS))(
    'gitea-1.22.6, %s: refused, it may be right',
    async (_, script) => {
      const [scene, number] = await failing('gitea-1.22.6', script)
      const swept = await sweep(scene, inputs)
      expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'own-verdict' })
      await expectShut(scene, [number], COVERAGE)
      expect(sent(scene).successes).toEqual([])
    },
    60_000,
  )

  it.each(['gitea-1.26.4', 'gitea-1.27.0'] as const)(
    '%s: it may be asked again, and no success is ever posted over what it says',
    async profile => {
      const [scene, number] = await failing(profile, 'exit 1')
      for (let round = 0; round < 2; round += 1) {
        await sweep(scene, inputs)
        scene.forge.clock.advance('12m')
      }
      expect(sent(scene).successes).toEqual([])
      await expectShut(scene, [number], COVERAGE)
    },
    60_000,
  )

  it('gitea-1.26.4, remedy status: refused', async () => {
    const [scene, number] = await failing('gitea-1.26.4', 'exit 1')
    const swept = await sweep(scene, { ...inputs, remedy: 'status' })
    expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'own-verdict' })
    await expectShut(scene, [number], COVERAGE)
    expect(sent(scene)).toEqual({ successes: [], reruns: [] })
  }, 60_000)
})

describe('A4: an umbrella of the usual name that does other work as well', () => {
  it('gitea-1.22.6: over green needs nothing is posted without a list', async () => {
    const other =
      ci({ umbrella: false }) +
      [
        '  all-required:',
        '    if: always()',
        '    needs: [lint, test]',
        '    runs-on: ubuntu-latest',
        '    steps: [{ uses: actions/checkout@v4 }, { run: ./all-required.sh }]',
        '',
      ].join('\n')
    const scene = await staged('gitea-1.22.6', other)
    const number = opened(scene)
    for (const run of runsFor(scene, number)) scene.forge.runAll(run, { 'all-required': 'failure' })
    scene.forge.clock.advance('12m')
    const swept = await sweep(scene)
    expect(entryOf(swept, number)).toMatchObject({ kind: 'refuse', reason: 'own-verdict' })
    await expectUntouched(scene, [number])
  }, 60_000)
})
