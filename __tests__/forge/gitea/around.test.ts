import { describe, expect, it } from '@jest/globals'
import type { Pull } from '../../../src/core/model/evidence.js'
import { around, aroundAgain, pullsOn } from '../../../src/forge/gitea/around.js'
import { openSweepCache } from '../../../src/forge/gitea/sweep-cache.js'
import { ForgeError } from '../../../src/forge/port.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import { head, NOW, policy, pull, rowsOf, SHA, STALE } from '../../support/builders.js'
import type { FakeForge } from '../../support/fake-forge.js'
import { openFake } from '../../support/fake-forge.js'

const NOTHING = { writers: false, others: false, work: false } as const
const OTHER = 'c'.repeat(40)

/** What a sweep keeps, over a fake of which some calls answer otherwise. */
const keptOver = ({ api }: FakeForge, change: Partial<FakeForge['api']> = {}) =>
  openSweepCache({ ...api, ...change }, policy(), openCache())

describe('the rows of base commits', () => {
  it('are those that can be read, each commit once a sweep', async () => {
    const fake = openFake()
    const rows = rowsOf(['R1 Test success'], '1.22.6')
    const asked: string[] = []
    const latestRows: FakeForge['api']['latestRows'] = sha => {
      asked.push(sha)
      return sha === 'torn'
        ? Promise.reject(new ForgeError('server-error', 'no'))
        : Promise.resolve({ value: rows, gaps: [], at: NOW })
    }
    const kept = keptOver(fake, { latestRows })
    const asks = { ...NOTHING, bases: ['base', 'torn', 'base'] }
    const found = await around(kept, head({ rows: STALE }), asks)
    expect(Object.keys(found.bases)).toEqual(['base'])
    expect(found.bases['base']?.map(({ id, author }) => [id, author.kind])).toEqual([
      [1, 'actions'],
    ])
    await around(kept, head({ rows: STALE }), asks)
    expect([asked, found.gaps]).toEqual([['base', 'torn'], []])
  })

  it('without a clock are not known', async () => {
    const latestRows: FakeForge['api']['latestRows'] = () =>
      Promise.resolve({ value: [], gaps: [], at: null })
    const kept = keptOver(openFake(), { latestRows })
    const found = await around(kept, head({ rows: STALE }), { ...NOTHING, bases: ['base'] })
    expect(found.bases).toEqual({})
  })
})

describe('the refs of pull requests', () => {
  const others = { ...NOTHING, others: true, bases: [] }
  const evidence = head({ rows: STALE, others: { kind: 'not-read' } as never })

  it('are read once for all heads, and again where they could not be read', async () => {
    const fake = openFake({ refs: [7, 9] })
    fake.before('pullsByRef', 1, () => {
      throw new ForgeError('forbidden', 'not yours')
    })
    const kept = keptOver(fake)
    const first = await around(kept, evidence, others)
    expect([first.gaps, first.others]).toEqual([
      [
        {
          what: 'the refs of pull requests',
          cause: 'forbidden',
          context: null,
          detail: 'not yours',
        },
      ],
      { kind: 'not-read' },
    ])
    const again = await around(kept, evidence, others)
    await around(kept, evidence, others)
    expect([again.gaps, again.others]).toEqual([[], { kind: 'read', numbers: [9] }])
    expect(fake.calls).toEqual(['pullsByRef', 'pullsByRef'])
  })

  it('are asked for by what was read before, for the pull requests of now', async () => {
    const fake = openFake({ refs: [7, 9] })
    const found = await aroundAgain(
      keptOver(fake),
      head({ rows: STALE, writers: { kind: 'not-read' } as never }),
      [pull(9)],
    )
    expect([found.pulls, found.others]).toEqual([[pull(9)], { kind: 'read', numbers: [7] }])
  })
})

describe('the open pull requests on a commit', () => {
  const here = (number: number, change: Partial<Pull> = {}): Pull => pull(number, change)
  const LISTED = [here(7), here(8, { head: OTHER }), here(9)]

  it('are those of the list that stand on it, where that is cheap', async () => {
    const fake = openFake({ version: '1.26.4', pulls: LISTED })
    expect((await pullsOn(keptOver(fake), SHA)).map(({ number }) => number)).toEqual([7, 9])
    expect(fake.calls).toEqual(['openPulls'])
  })

  const DEAR = { version: '1.22.6', pulls: LISTED } as const
  it('are those of its refs that are open and stand on it, where the list is dear', async () => {
    const fake = openFake({ ...DEAR, refs: [7, 8, 9] })
    const wholePull = async (number: number) => ({
      ...(await fake.api.wholePull(number)),
      open: number !== 9,
    })
    const kept = keptOver(fake, { wholePull })
    expect((await pullsOn(kept, SHA)).map(({ number }) => number)).toEqual([7])
    expect(fake.calls).toEqual(['pullsByRef', 'wholePull', 'wholePull', 'wholePull'])
  })

  it('are none where no ref names it', async () => {
    const fake = openFake({ ...DEAR, refs: [7] })
    expect(await pullsOn(keptOver(fake), OTHER)).toEqual([])
    expect(fake.calls).toEqual(['pullsByRef'])
  })

  it('are those of the list where the refs cannot be read', async () => {
    const fake = openFake(DEAR)
    fake.before('pullsByRef', 1, () => {
      throw new ForgeError('forbidden', 'no')
    })
    expect((await pullsOn(keptOver(fake), SHA)).map(({ number }) => number)).toEqual([7, 9])
    expect(fake.calls).toEqual(['pullsByRef', 'openPulls'])
  })
})
