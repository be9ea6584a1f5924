import { describe, expect, it } from '@jest/globals'
import { withGateRows } from '../../../src/forge/gitea/gate-rows.js'
import { openSweepCache } from '../../../src/forge/gitea/sweep-cache.js'
import { ForgeError } from '../../../src/forge/port.js'
import { openCache } from '../../../src/forge/workflow-cache.js'
import { gap, head, policy, rowsOf, SHA } from '../../support/builders.js'
import { openFake } from '../../support/fake-forge.js'

const SEEN = ['R1 Test failure', 'R1 umbrella failure'] as const
const OLD = gap(null)

function keptOver(rows: readonly string[], inHand: boolean) {
  const fake = openFake({ rows })
  const kept = openSweepCache(fake.api, policy(), openCache())
  if (inHand) kept.byHistory.add(SHA)
  return { fake, kept }
}

describe('the rows of the merge gate', () => {
  it('are read where the history was in hand, without what is younger than that', async () => {
    const { fake, kept } = keptOver([...SEEN, 'R1 Lint success', 'R1 Test success'], true)
    const before = head({ rows: [...SEEN].reverse(), gaps: [OLD] })
    const found = await withGateRows(kept, { ...before, history: rowsOf(SEEN, '1.22.6') })
    expect(found.latest.map(({ id }) => id)).toEqual([2])
    expect([found.gaps, fake.calls]).toEqual([[OLD], ['latestRows']])
  })

  it('are none of a head without a history, for each is younger', async () => {
    const { kept } = keptOver(SEEN, true)
    expect((await withGateRows(kept, head({ rows: SEEN, history: null }))).latest).toEqual([])
  })

  it('are a gap where they cannot be read', async () => {
    const { fake, kept } = keptOver(SEEN, true)
    fake.before('latestRows', 1, () => {
      throw new ForgeError('forbidden', 'not yours')
    })
    const { gaps } = await withGateRows(kept, head({ rows: SEEN, gaps: [OLD] }))
    expect(gaps).toEqual([
      OLD,
      { what: 'latest rows', cause: 'forbidden', context: null, detail: 'not yours' },
    ])
  })

  it('are not read again where the study has read them', async () => {
    const { fake, kept } = keptOver(SEEN, false)
    const before = head({ rows: SEEN })
    expect(await withGateRows(kept, before)).toBe(before)
    expect(fake.calls).toEqual([])
  })
})
