import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Page, Paging } from '../../src/forge/pager.js'
import { byId, MAX_PAGES, PAGE_LIMIT, readPages } from '../../src/forge/pager.js'
import { NOW } from '../support/builders.js'
import { holdsLater } from '../support/property.js'

interface Row {
  readonly id: number
}
const listed: Paging<Row> = { keyed: byId }
const rows = (from: number, count: number): readonly Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: from + index }))

/** A server that answers each page from what it holds at that moment. */
function serve(
  hold: (asked: number) => readonly (Row | null)[],
  clamp = PAGE_LIMIT,
  counts: (all: number, page: number) => number | null = all => all,
) {
  const pages: number[] = []
  const read = (number: number, limit: number): Promise<Page<Row>> => {
    pages.push(number)
    const all = hold(pages.length)
    const size = Math.min(limit, clamp)
    const slice = all.slice((number - 1) * size, number * size)
    const good = slice.filter(row => row !== null)
    return Promise.resolve({
      rows: good,
      unreadable: slice.length - good.length,
      total: counts(all.length, number),
      at: NOW,
    })
  }
  return { read, pages }
}
const ids = (found: { readonly rows: readonly Row[] }): readonly number[] =>
  found.rows.map(({ id }) => id)

describe('reading pages', () => {
  it.each([
    { rule: 'one page', count: 3, clamp: 50, pages: [1] },
    { rule: 'a full page that is all', count: 50, clamp: 50, pages: [1] },
    { rule: 'two pages', count: 51, clamp: 50, pages: [1, 2] },
    { rule: 'a server that clamps lower', count: 95, clamp: 30, pages: [1, 2, 3, 4] },
    { rule: 'an empty list', count: 0, clamp: 50, pages: [1] },
  ])('$rule is read to its end and not beyond', async ({ count, clamp, pages }) => {
    const server = serve(() => rows(1, count), clamp)
    const found = await readPages(server.read, listed)
    expect([ids(found).length, found.gap, server.pages, found.at]).toEqual([
      count,
      null,
      pages,
      NOW,
    ])
  })

  it.each([
    { count: 0, pages: 1 },
    { count: 50, pages: 2 },
    { count: 61, pages: 4 },
  ])('without a count it reads until a page is empty: $count', async ({ count, pages }) => {
    const server = serve(
      () => rows(1, count),
      30,
      () => null,
    )
    const found = await readPages(server.read, listed)
    expect([ids(found).length, found.gap === null, server.pages.length]).toEqual([
      count,
      true,
      count === 50 ? pages + 1 : pages,
    ])
  })

  it('never trusts a short page', async () => {
    const server = serve(
      asked => (asked === 1 ? rows(1, 10) : rows(1, 100)),
      10,
      () => 100,
    )
    expect(ids(await readPages(server.read, listed)).length).toBe(100)
  })

  it('a page that is missing is a gap, after a second reading', async () => {
    const server = serve(
      () => rows(1, 50),
      50,
      () => 60,
    )
    const found = await readPages(server.read, listed)
    expect(found.gap).toMatchObject({ cause: 'incomplete' })
    expect(server.pages).toEqual([1, 2, 1, 2])
  })

  it('a count that only the first page told is still owed', async () => {
    const server = serve(
      () => rows(1, 50),
      50,
      (_, page) => (page === 1 ? 60 : null),
    )
    expect((await readPages(server.read, listed)).gap).toMatchObject({ cause: 'incomplete' })
  })

  it.each([0, 49])('a page that shows more rows than the %d it counts is a gap', async total => {
    const server = serve(
      () => rows(1, 60),
      50,
      () => total,
    )
    const found = await readPages(server.read, listed)
    expect(found.gap).toEqual({
      cause: 'incomplete',
      detail: 'the server counts fewer rows than it shows',
    })
  })

  it('a list that shifts once is read again and is whole', async () => {
    const server = serve(asked => (asked === 1 ? rows(2, 60) : rows(1, 61)))
    const found = await readPages(server.read, { ...listed })
    expect([ids(found).length, found.gap]).toEqual([61, null])
  })

  it('a list that never stands still is a gap', async () => {
    const server = serve(asked => rows(-asked, 60 + asked))
    const found = await readPages(server.read, listed)
    expect(found.gap).toMatchObject({ cause: 'incomplete' })
  })

  it('where rows can leave, another count on another page is a change', async () => {
    const server = serve(asked => (asked === 1 ? rows(1, 60) : rows(2, 59)))
    const found = await readPages(server.read, { ...listed, steady: true })
    expect([ids(found), found.gap]).toEqual([rows(2, 59).map(({ id }) => id), null])
    const restless = serve(asked => rows(asked, 60 + (asked % 2)), 50)
    expect((await readPages(restless.read, { ...listed, steady: true })).gap).not.toBeNull()
  })

  it('more than forty pages are too long, and are not read twice', async () => {
    const server = serve(() => rows(1, 5000))
    const found = await readPages(server.read, listed)
    expect([found.gap?.cause, server.pages.length, ids(found).length]).toEqual([
      'too-long',
      MAX_PAGES,
      MAX_PAGES * PAGE_LIMIT,
    ])
  })

  it('forty pages are not too long', async () => {
    expect((await readPages(serve(() => rows(1, 2000)).read, listed)).gap).toBeNull()
  })

  it('stops where enough is read', async () => {
    const server = serve(() => rows(1, 500))
    const found = await readPages(server.read, {
      ...listed,
      enough: page => page.some(({ id }) => id >= 70),
    })
    expect([server.pages, found.gap]).toEqual([[1, 2], null])
  })

  it('rows that cannot be read are counted', async () => {
    const server = serve(() => [...rows(1, 10), null, ...rows(12, 45)])
    const found = await readPages(server.read, listed)
    expect([ids(found).length, found.gap, server.pages]).toEqual([55, null, [1, 2]])
  })

  it(
    'a row that cannot be read, seen on two pages, does not stand for one ' + 'that was missed',
    async () => {
      const before = [...rows(1, 49), null, { id: 51 }]
      const server = serve(asked => (asked === 1 ? before : [{ id: 51 }, ...before.slice(0, 50)]))
      const found = await readPages(server.read, listed)
      expect(found.gap === null && !ids(found).includes(51)).toBe(false)
    },
  )

  it('complete or a gap, whatever the server clamps and inserts', async () => {
    await holdsLater(
      [fc.nat(120), fc.integer({ min: 1, max: 60 }), fc.array(fc.nat(3), { maxLength: 6 })],
      async (count, clamp, inserts) => {
        let held: Row[] = [...rows(1, count)].reverse()
        let next = count
        const server = serve(asked => {
          for (let more = inserts[asked - 1] ?? 0; more > 0; more -= 1) {
            next += 1
            held = [{ id: next }, ...held]
          }
          return held
        }, clamp)
        const found = await readPages(server.read, listed)
        if (found.gap === null) expect(new Set(ids(found)).size).toBeGreaterThanOrEqual(count)
        if (found.gap === null && inserts.every(more => more === 0))
          expect(ids(found).length).toBe(count)
      },
    )
  })
})

/**
 * A list by id, highest first, as a server holds it when the n-th page is asked for; `null` is a
 * row that cannot be read.
 */
const newest: Paging<Row> = { ...listed, newestFirst: true }
const down = (top: number, without: readonly number[] = []): readonly (Row | null)[] =>
  Array.from({ length: top }, (_, index) => top - index).map(id =>
    without.includes(id) ? null : { id },
  )
const grows =
  (...tops: readonly number[]) =>
  (asked: number): readonly (Row | null)[] =>
    down(tops[asked - 1] ?? tops.at(-1) ?? 0)

describe('a list that grows at its newest end while it is read', () => {
  it.each<{
    rule: string
    hold: (asked: number) => readonly (Row | null)[]
    paging?: Paging<Row>
    top: number | null
    pages: number[]
  }>([
    {
      rule: 'grew between page 1 and 2: read on from the mark',
      hold: grows(103, 104),
      top: 104,
      pages: [1, 2, 3, 1],
    },
    { rule: 'grew on every page', hold: grows(103, 104, 105, 106), top: 106, pages: [1, 2, 3, 1] },
    {
      rule: "grew while it was read on: what comes later is the next look's",
      hold: grows(60, 61, 90),
      top: 90,
      pages: [1, 2, 1],
    },
    {
      rule: 'grew by more than a page',
      hold: grows(60, 170),
      top: 170,
      pages: [1, 2, 3, 4, 1, 2, 3],
    },
    {
      rule: 'grew by one at the border of a page',
      hold: grows(100, 101),
      top: 101,
      pages: [1, 2, 3, 1],
    },
    { rule: 'did not grow', hold: grows(103), top: 103, pages: [1, 2, 3] },
    {
      rule: 'grew, and enough is read',
      hold: grows(150, 151),
      paging: { ...newest, enough: rows => rows.some(({ id }) => id <= 80) },
      top: 151,
      pages: [1, 2, 1],
    },
    {
      rule: 'lost a row once, and is read again',
      hold: asked => (asked === 1 ? down(60) : down(60).filter(row => row?.id !== 5)),
      top: 60,
      pages: [1, 2, 1, 2],
    },
    {
      rule: 'shrank for good',
      hold: asked => down(60).slice(0, 61 - asked),
      top: null,
      pages: [1, 2, 1, 2],
    },
    {
      rule: 'grew, and a row that came cannot be read',
      hold: asked => (asked === 1 ? down(60) : down(61, [61])),
      top: 60,
      pages: [1, 2, 3, 1, 2],
    },
    {
      rule: 'grew, and an old row cannot be read: read again while it stands still',
      hold: asked => (asked === 1 ? down(60, [3]) : down(61, [3])),
      top: 61,
      pages: [1, 2, 3, 1, 2],
    },
  ])('$rule', async ({ hold, paging = newest, top, pages }) => {
    const server = serve(hold)
    const found = await readPages(server.read, paging)
    expect(server.pages.length).toBeLessThanOrEqual(pages.length)
    expect([found.gap === null ? Math.max(...ids(found)) : null, new Set(ids(found)).size]).toEqual(
      [top, found.rows.length],
    )
  })

  it('a row that is missing below the mark is a gap, however much came on top', async () => {
    const server = serve(
      asked => down(60 + asked).filter(row => row?.id !== 30),
      50,
      all => all + 1,
    )
    expect((await readPages(server.read, newest)).gap).toMatchObject({ cause: 'incomplete' })
  })

  it('forty pages in all, reading on included', async () => {
    let top = 100
    const server = serve(() => down((top += 60)))
    expect((await readPages(server.read, newest)).gap).not.toBeNull()
    expect(server.pages.length).toBeLessThanOrEqual(2 * MAX_PAGES)
  })

  it(
    "is whole whatever came on top: every row up to the first page's " + 'highest, and no gap',
    async () => {
      const growth = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 8 })
      await holdsLater(
        [fc.integer({ min: 1, max: 180 }), growth, fc.integer({ min: 45, max: 50 })],
        async (start, steps, clamp) => {
          const tops = steps.reduce<readonly number[]>(
            (all, step) => [...all, (all.at(-1) ?? start) + step],
            [start],
          )
          const found = await readPages(serve(grows(...tops), clamp).read, newest)
          const seen = new Set(ids(found))
          expect(found.gap).toBeNull()
          expect(
            Array.from({ length: start }, (_, index) => index + 1).every(id => seen.has(id)),
          ).toBe(true)
          // What came later is there without a hole, too.
          expect(seen.size).toBe(Math.max(...seen))
        },
      )
    },
  )

  it('is a gap or whole, whatever comes, goes and cannot be read', async () => {
    const step = fc.record({
      add: fc.integer({ min: 0, max: 30 }),
      bad: fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 3 }),
      gone: fc.option(fc.integer({ min: 1, max: 120 })),
    })
    await holdsLater(
      [fc.integer({ min: 0, max: 120 }), fc.array(step, { maxLength: 8 })],
      async (start, steps) => {
        let top = start
        const gone = new Set<number>()
        const bad = new Set<number>()
        const first: number[] = []
        const hold = (asked: number): readonly (Row | null)[] => {
          const now = steps[asked - 1]
          if (asked > 1 && now !== undefined) {
            top += now.add
            if (now.gone !== null) gone.add(now.gone)
            for (const id of now.bad) bad.add(id)
          }
          const rows = down(top, [...bad]).filter((_, index) => !gone.has(top - index))
          if (first.length === 0) first.push(...rows.flatMap(row => (row === null ? [] : [row.id])))
          return rows
        }
        const found = await readPages(serve(hold).read, newest)
        if (found.gap !== null || bad.size > 0) return
        const seen = new Set(ids(found))
        expect(first.filter(id => !gone.has(id)).every(id => seen.has(id))).toBe(true)
      },
    )
  })
})
