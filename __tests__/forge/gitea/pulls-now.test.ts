import { describe, expect, it } from '@jest/globals'
import type { Evidence, Gap, ListedPull, Preview, Pull } from '../../../src/core/model/evidence.js'
import { atCurrentHead, withPulls } from '../../../src/forge/gitea/pulls-now.js'
import { previewOf } from '../../../src/forge/gitea/preview.js'
import type { SweepCache } from '../../../src/forge/gitea/sweep-cache.js'
import { openSweepCache } from '../../../src/forge/gitea/sweep-cache.js'
import { ForgeError } from '../../../src/forge/port.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import { policy, pull, SHA } from '../../support/builders.js'
import { openFake } from '../../support/fake-forge.js'

const OTHER = 'c'.repeat(40)
const THIRD = 'd'.repeat(40)

/** What a cheap list tells of a pull request: its head may lag, its base is not told. */
const listed = (number: number): ListedPull => ({ ...pull(number), base: null, baseSha: null })

/** How a pull request answers for itself. */
type Now = Partial<Pull> & { readonly open?: boolean }

/** A sweep whose pull requests answer so; one that is not among them may not be read. */
function sweep(now: Readonly<Partial<Record<number, Now>>>) {
  const asked: number[] = []
  const fake = openFake()
  const kept: SweepCache = openSweepCache(
    {
      ...fake.api,
      wholePull: async number => {
        asked.push(number)
        const { open = true, ...change } = now[number] ?? { open: null }
        if (open === null) throw new ForgeError('forbidden', 'it is not yours')
        const one = pull(number, change)
        return Promise.resolve({ open, head: one.head, pull: one })
      },
    },
    policy(),
    openCache(),
  )
  return { kept, asked, calls: fake.calls }
}

const strays = (number: number, detail: string): Gap => ({
  what: `pull request #${number}`,
  cause: 'incomplete',
  context: null,
  detail,
})
const LEFT: Gap = {
  what: 'the head',
  cause: 'incomplete',
  context: null,
  detail: 'it was left meanwhile',
}

interface Scene {
  readonly scene: string
  /** The pull requests of the head as a list names them. */
  readonly on: Evidence['pulls']
  readonly now: Readonly<Partial<Record<number, Now>>>
  readonly asked: readonly number[]
  readonly pulls: readonly ListedPull[]
  readonly gaps: readonly Gap[]
  /** The commit on which they stand together, where that is another. */
  readonly moved?: string
}

const SCENES: readonly Scene[] = [
  {
    scene: 'one that stands where the list says',
    on: [listed(7)],
    now: { 7: {} },
    asked: [7],
    pulls: [pull(7)],
    gaps: [],
  },
  {
    scene: 'one whose base is known, beside one whose base is not: the other alone is read',
    on: [pull(7), listed(8)],
    now: { 8: { base: 'release' } },
    asked: [8],
    pulls: [pull(7), pull(8, { base: 'release' })],
    gaps: [],
  },
  {
    scene: 'one that is not open any more',
    on: [listed(7)],
    now: { 7: { open: false } },
    asked: [7],
    pulls: [pull(7)],
    gaps: [strays(7, 'it is not open any more')],
  },
  {
    scene: 'one that may not be read',
    on: [listed(7)],
    now: {},
    asked: [7],
    pulls: [listed(7)],
    gaps: [{ ...strays(7, 'it is not yours'), cause: 'forbidden' }],
  },
  {
    scene: 'two of which the first has gone on: who stands there is not known',
    on: [listed(7), listed(8)],
    now: { 7: { head: OTHER }, 8: {} },
    asked: [7, 8],
    pulls: [pull(7, { head: OTHER }), pull(8)],
    gaps: [strays(7, 'it stands at cccccccccc now')],
  },
  {
    scene: 'two of which the second has gone on',
    on: [listed(7), listed(8)],
    now: { 7: {}, 8: { head: OTHER } },
    asked: [7, 8],
    pulls: [pull(7), pull(8, { head: OTHER })],
    gaps: [strays(8, 'it stands at cccccccccc now')],
  },
  {
    scene: 'two that have gone on to different commits',
    on: [listed(7), listed(8)],
    now: { 7: { head: OTHER }, 8: { head: THIRD } },
    asked: [7, 8],
    pulls: [pull(7, { head: OTHER }), pull(8, { head: THIRD })],
    gaps: [strays(7, 'it stands at cccccccccc now'), strays(8, 'it stands at dddddddddd now')],
  },
  {
    scene: 'two that have gone on together',
    on: [listed(7), listed(8)],
    now: { 7: { head: OTHER }, 8: { head: OTHER } },
    asked: [7, 8],
    pulls: [pull(7, { head: OTHER }), pull(8, { head: OTHER })],
    gaps: [],
    moved: OTHER,
  },
  {
    scene: 'one that has gone on, and is not open any more',
    on: [listed(7)],
    now: { 7: { head: OTHER, open: false } },
    asked: [7],
    pulls: [pull(7, { head: OTHER })],
    gaps: [strays(7, 'it is not open any more')],
    moved: OTHER,
  },
]

/** The gaps that no later read of rows closes, by commit. */
const unsure = (sha: string, gaps: readonly Gap[]) =>
  gaps.length === 0 ? [] : [[sha, gaps] as const]

const previewed = (kept: SweepCache, pulls: Evidence['pulls']): Promise<Preview> =>
  previewOf(kept, { sha: SHA, pulls })

describe('a preview with its pull requests as they are now', () => {
  it.each(SCENES)('$scene', async ({ on, now, asked, pulls, gaps, moved = SHA }) => {
    const { kept, asked: numbers, calls } = sweep(now)
    const { evidence } = await atCurrentHead(kept, await previewed(kept, on))
    expect([numbers, evidence.sha, evidence.pulls, evidence.gaps]).toEqual([
      asked,
      moved,
      pulls,
      gaps,
    ])
    expect([...kept.unsure]).toEqual(unsure(moved, gaps))
    // What was read for the preview is known to the study, and is not read again.
    expect(kept.previews.get(evidence)?.page?.complete).toBe(true)
    expect(calls).toEqual(Array(moved === SHA ? 1 : 2).fill('historyPage'))
  })

  it('is left as it is where every base is known', async () => {
    const { kept, asked } = sweep({})
    const preview = await previewed(kept, [pull(7), pull(8)])
    expect(await atCurrentHead(kept, preview)).toBe(preview)
    expect(asked).toEqual([])
  })
})

describe('a head that is studied with its pull requests as they are now', () => {
  it.each(SCENES)('$scene', async ({ on, now, asked, pulls, gaps, moved }) => {
    const { kept, asked: numbers } = sweep(now)
    const head = await withPulls(kept, (await previewed(kept, on)).evidence)
    // Its rows are those of a commit on which nobody stands any more.
    const all = moved === undefined ? gaps : [...gaps, LEFT]
    expect([numbers, head.sha, head.pulls, head.gaps]).toEqual([asked, SHA, pulls, all])
    expect([...kept.unsure]).toEqual(unsure(SHA, all))
  })

  it('is left as it is where every base is known', async () => {
    const { kept, asked } = sweep({})
    const { evidence } = await previewed(kept, [pull(7), pull(8)])
    expect(await withPulls(kept, evidence)).toBe(evidence)
    expect(asked).toEqual([])
  })
})
