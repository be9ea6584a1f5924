import { describe, expect, it } from '@jest/globals'
import type { Instant } from '../../src/core/model/time.js'
import type { ClosedPull } from '../../src/forge/closed-pulls.js'
import { mergedIn } from '../../src/forge/closed-pulls.js'
import type { MergedPull } from '../../src/forge/commits.js'
import type { Page } from '../../src/forge/pager.js'

const NOW = 1_000_000 as Instant

interface Closed {
  readonly number: number
  updated: number
  readonly merged: number | null
}

const rowOf = ({ number, updated, merged }: Closed): ClosedPull => ({
  number,
  updatedAt: updated as Instant,
  merged: merged === null ? null : ({ number, mergedAt: merged as Instant } as MergedPull),
})

/** A list of closed pull requests, two a page, the newest change first, as it stands when asked. */
function listed(pulls: Closed[], before: (page: number) => void = () => undefined) {
  const asked: number[] = []
  const read = (page: number): Promise<Page<ClosedPull>> => {
    asked.push(page)
    before(page)
    const sorted = [...pulls].sort((a, b) => b.updated - a.updated)
    const rows = sorted.slice(2 * (page - 1), 2 * page).map(rowOf)
    const more = page * 2 < sorted.length
    return Promise.resolve({ rows, unreadable: 0, total: null, more, at: NOW })
  }
  return { asked, read }
}

const closed = (number: number, updated: number, merged: number | null = updated): Closed => ({
  number,
  updated,
  merged,
})

const numbersOf = async (read: ReturnType<typeof listed>['read'], since: number) =>
  (await mergedIn(read, since as Instant)).map(({ number }) => number).sort((a, b) => a - b)

describe('the merged pull requests of a list that goes on', () => {
  it('ends behind the first change that is too old, without what was not merged', async () => {
    const { asked, read } = listed([
      closed(1, 10),
      closed(2, 100),
      closed(3, 110, null),
      closed(4, 120),
      // Merged long ago, and changed since.
      closed(5, 130, 20),
    ])
    expect(await numbersOf(read, 90)).toEqual([2, 4])
    expect(asked).toEqual([1, 2, 3, 1])
  })

  it('finds one that went to the top while the list was read', async () => {
    const pulls = [closed(1, 100), closed(2, 110), closed(3, 120), closed(4, 130)]
    const { read } = listed(pulls, page => {
      const [first] = pulls
      if (page === 2 && first !== undefined) first.updated = NOW + 1
    })
    expect(await numbersOf(read, 90)).toEqual([1, 2, 3, 4])
  })

  it('asks one page of a short list, once', async () => {
    const { asked, read } = listed([closed(1, 100)])
    expect(await numbersOf(read, 90)).toEqual([1])
    expect(asked).toEqual([1])
  })

  it('takes one that was merged at the very time, and goes on beyond such a change', async () => {
    const { asked, read } = listed([closed(1, 90), closed(2, 90), closed(3, 80), closed(4, 70)])
    expect(await numbersOf(read, 90)).toEqual([1, 2])
    expect(asked).toEqual([1, 2, 1])
  })

  it('ends with a page on which one change is too old, and not each', async () => {
    const { asked, read } = listed([closed(1, 100), closed(2, 80), closed(3, 70)])
    expect(await numbersOf(read, 90)).toEqual([1])
    expect(asked).toEqual([1])
  })

  it('is read to its last page of four hundred', async () => {
    const at = (page: number): Promise<Page<ClosedPull>> =>
      Promise.resolve({
        rows: [rowOf(closed(page, 1000))],
        unreadable: 0,
        total: null,
        more: page < 400,
        at: 90 as Instant,
      })
    expect(await mergedIn(at, 90 as Instant)).toHaveLength(400)
  })

  it('is an error where it never ends: none of it may be left out without a word', async () => {
    const endless = (page: number): Promise<Page<ClosedPull>> =>
      Promise.resolve({
        rows: [rowOf(closed(page, 1000))],
        unreadable: 0,
        total: null,
        more: true,
        at: NOW,
      })
    await expect(mergedIn(endless, 90 as Instant)).rejects.toThrow('ask for a shorter time')
  })
})
