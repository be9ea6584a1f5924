import { describe, expect, it } from '@jest/globals'
import type { Page, Paging } from '../../src/forge/pager.js'
import { byId, readPages } from '../../src/forge/pager.js'
import { NOW } from '../support/builders.js'

interface Row {
  readonly id: number
  readonly word?: string
}

/** Ids from one to the other, whichever is higher. */
const ids = (from: number, to: number): readonly Row[] =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => ({
    id: from < to ? from + at : from - at,
  }))

/** A page of these rows, of so many in all. */
const page = (total: number | null, rows: readonly Row[], unreadable = 0): Page<Row> => ({
  rows,
  unreadable,
  total,
  at: NOW,
})

/** Answers one page after the other, and the last one from then on. */
function telling(...pages: readonly Page<Row>[]) {
  const asked: number[] = []
  const read = (number: number): Promise<Page<Row>> => {
    asked.push(number)
    const told = pages[asked.length - 1] ?? pages.at(-1)
    return told === undefined ? Promise.reject(new Error('no page')) : Promise.resolve(told)
  }
  return { read, asked }
}

interface Scene {
  readonly rule: string
  readonly pages: readonly Page<Row>[]
  readonly paging?: Partial<Paging<Row>>
  readonly gap?: readonly [cause: string, detail: string]
  readonly rows: number
  readonly asked: readonly number[]
}

const CHANGED = 'the list changed while it was read'
const GROWS = { newestFirst: true, once: true } as const

describe('pages that are told one by one', () => {
  it.each<Scene>([
    {
      rule: 'a list that grows at its end is whole, however it is sorted',
      pages: [page(60, ids(1, 50)), page(61, ids(51, 61))],
      rows: 61,
      asked: [1, 2],
    },
    {
      rule: 'a list that must be whole at once is read once',
      pages: [page(60, ids(1, 50)), page(60, [])],
      paging: { once: true },
      gap: ['incomplete', 'only 50 of 60 rows came'],
      rows: 50,
      asked: [1, 2],
    },
    {
      rule: 'rows that are owed are counted by the last page that tells',
      pages: [page(60, ids(1, 50)), page(55, [])],
      paging: { once: true },
      gap: ['incomplete', 'only 50 of 55 rows came'],
      rows: 50,
      asked: [1, 2],
    },
    {
      rule: 'rows that are owed are counted by an earlier page where the last does not tell',
      pages: [page(60, ids(1, 50)), page(null, [])],
      paging: { once: true },
      gap: ['incomplete', 'only 50 of 60 rows came'],
      rows: 50,
      asked: [1, 2],
    },
    {
      rule: 'a count that falls to what is in hand hides a row',
      pages: [page(2, ids(1, 1)), page(0, [])],
      paging: { once: true },
      gap: ['incomplete', CHANGED],
      rows: 1,
      asked: [1, 2],
    },
    {
      rule: 'a count that falls and rises again hides a row, too',
      pages: [page(120, ids(1, 50)), page(119, ids(52, 101)), page(120, ids(102, 121))],
      paging: { once: true },
      gap: ['incomplete', CHANGED],
      rows: 120,
      asked: [1, 2, 3],
    },
    {
      rule: 'a count that is not told any more ends a list by its last page',
      pages: [page(60, ids(1, 50)), { ...page(null, ids(51, 60)), more: false }],
      paging: { once: true },
      rows: 60,
      asked: [1, 2],
    },
    {
      rule: 'a row that cannot be read is shown, and may be one more than is counted',
      pages: [page(2, ids(1, 2), 1)],
      paging: { once: true },
      gap: ['incomplete', 'the server counts fewer rows than it shows'],
      rows: 2,
      asked: [1],
    },
    {
      rule: 'a list that is counted from its second page on has changed',
      pages: [page(null, ids(60, 11)), page(60, ids(10, 1)), page(60, [])],
      paging: GROWS,
      gap: ['incomplete', CHANGED],
      rows: 60,
      asked: [1, 2],
    },
    {
      rule: 'too many pages are said',
      pages: [page(500, ids(1, 50)), page(500, ids(51, 100))],
      paging: { most: 2 },
      gap: ['too-long', 'more than 2 pages'],
      rows: 100,
      asked: [1, 2],
    },
  ])('$rule', async ({ pages, paging, gap, rows, asked }) => {
    const server = telling(...pages)
    const found = await readPages(server.read, { keyed: byId, ...paging })
    expect([found.gap && [found.gap.cause, found.gap.detail], found.rows.length]).toEqual([
      gap ?? null,
      rows,
    ])
    expect(server.asked).toEqual(asked)
  })

  it('a row that comes twice is told as it came first', async () => {
    const first = { id: 50, word: 'first' }
    const server = telling(
      page(51, [...ids(1, 49), first]),
      page(51, [{ ...first, word: 'second' }, { id: 51 }]),
    )
    const { rows } = await readPages(server.read, { keyed: byId })
    expect(rows.filter(({ id }) => id === 50)).toEqual([first])
  })
})

describe('a list that has grown on top is read on', () => {
  const FIRST = page(60, ids(60, 11))
  it.each<Scene>([
    {
      rule: 'down to the row that stood on top, and no further',
      pages: [FIRST, page(109, ids(59, 10)), page(109, ids(9, 1)), page(109, ids(109, 60))],
      rows: 109,
      asked: [1, 2, 3, 1],
    },
    {
      rule: 'on as many pages as are left',
      pages: [FIRST, page(61, ids(11, 1)), page(61, ids(61, 12))],
      paging: { most: 3 },
      rows: 61,
      asked: [1, 2, 1],
    },
    {
      rule: 'and never on more than that',
      pages: [FIRST, page(61, ids(11, 1)), page(161, ids(161, 112)), page(161, ids(111, 62))],
      paging: { most: 3 },
      gap: ['too-long', 'more than 3 pages'],
      rows: 110,
      asked: [1, 2, 1],
    },
    {
      rule: 'and lacks a row below that, which newer ones do not stand for',
      pages: [
        FIRST,
        page(120, ids(70, 21)),
        page(120, [...ids(20, 6), ...ids(4, 1)]),
        page(120, []),
        page(120, ids(120, 71)),
        page(120, ids(70, 21)),
      ],
      gap: ['incomplete', 'only 59 of 60 rows came'],
      rows: 69,
      asked: [1, 2, 3, 4],
    },
    {
      rule: 'and has changed where nothing stands on top any more',
      pages: [FIRST, page(61, ids(11, 1)), page(61, [])],
      gap: ['incomplete', CHANGED],
      rows: 60,
      asked: [1, 2, 1],
    },
    {
      rule: 'and is a gap where a row on top cannot be read',
      pages: [FIRST, page(61, ids(11, 1)), page(61, ids(60, 12), 1)],
      gap: ['incomplete', 'a row that came while the list was read cannot be read'],
      rows: 60,
      asked: [1, 2, 1],
    },
  ])('$rule', async ({ pages, paging, gap, rows, asked }) => {
    const server = telling(...pages)
    const found = await readPages(server.read, { keyed: byId, ...GROWS, ...paging })
    expect([found.gap && [found.gap.cause, found.gap.detail], found.rows.length]).toEqual([
      gap ?? null,
      rows,
    ])
    expect(server.asked).toEqual(asked)
  })
})
