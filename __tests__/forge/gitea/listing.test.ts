import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { readFirstPage, readList } from '../../../src/forge/gitea/listing.js'
import type { Http } from '../../../src/forge/http.js'
import { answering } from '../../support/answer-table.js'
import { NOW } from '../../support/builders.js'

const question = {
  what: 'history',
  path: '/statuses/abc',
  key: null,
  schema: z.object({ id: z.number() }),
}

/** A server that answers a list by its pages. */
function serving(total: number | null, ...pages: readonly (readonly number[])[]) {
  const get: Http['get'] = (_, query = {}) =>
    Promise.resolve({
      status: 200,
      headers: {},
      body: (pages[Number(query['page']) - 1] ?? []).map(id => ({ id })),
      total,
      at: NOW,
    })
  return { http: { get } as unknown as Http, root: '/repos/o/r' }
}

describe('the first page of a list', () => {
  it.each([
    { rule: 'all that the server counts', total: 2, ids: [2, 1], complete: true },
    { rule: 'one row that comes twice', total: 2, ids: [2, 2], complete: false },
    { rule: 'fewer rows than are counted', total: 3, ids: [2, 1], complete: false },
    { rule: 'more rows than are counted', total: 1, ids: [2, 1], complete: false },
    { rule: 'rows that nobody counts', total: null, ids: [2, 1], complete: false },
    { rule: 'nothing, and nothing counted', total: 0, ids: [], complete: true },
  ])('$rule: is it the whole list? $complete', async ({ total, ids, complete }) => {
    expect((await readFirstPage(serving(total, ids), question)).complete).toBe(complete)
  })

  it('with a row that comes twice is a gap, and no list without the other', async () => {
    const on = serving(2, [2, 2])
    const { page } = await readFirstPage(on, question)
    if (page === null) throw new Error('every row can be read')
    const { gaps } = await readList(on, { ...question, known: page })
    expect(gaps).toMatchObject([{ cause: 'incomplete', context: null }])
  })
})

describe('the count of a list', () => {
  const rows = [{ id: 2 }, { id: 1 }]
  it.each([
    { rule: 'runs and tasks count themselves in the body', key: 'workflow_runs', total: 2 },
    { rule: 'jobs do, too', key: 'jobs', total: 2 },
    { rule: 'a combined status counts its page alone there', key: 'statuses', total: null },
  ])('$rule', async ({ key, total }) => {
    const { on } = answering(() => ({ body: { [key]: rows, total_count: 2 } }))
    const { page, complete } = await readFirstPage(on, { ...question, key })
    expect([page?.total, complete]).toEqual([total, total !== null])
  })

  it('is that of the header where it has one', async () => {
    const { on } = answering(() => ({ body: { jobs: rows, total_count: 2 }, total: 5 }))
    expect((await readFirstPage(on, { ...question, key: 'jobs' })).page?.total).toBe(5)
  })
})

describe('a row that cannot be read', () => {
  const GAP = {
    what: 'history',
    cause: 'malformed',
    context: 'CI / a',
    detail: 'a row cannot be read: id Invalid input: expected number, received string',
  }
  const broken = { id: 'x', context: 'CI / a' }

  it('is a gap of its context, and its page is never the whole list', async () => {
    const { on } = answering(() => ({ body: [{ id: 1 }, broken], total: 1 }))
    expect(await readFirstPage(on, question)).toEqual({
      value: [{ id: 1 }],
      gaps: [GAP],
      at: NOW,
      complete: false,
      page: null,
    })
  })

  it('is a gap of the whole list, too', async () => {
    const { on, asked } = answering(() => ({ body: [{ id: 1 }, broken], total: 2 }))
    expect(await readList(on, { ...question, query: { sort: 'leastindex' } })).toEqual({
      value: [{ id: 1 }],
      gaps: [GAP],
      at: NOW,
    })
    expect(asked).toEqual(['GET /statuses/abc?sort=leastindex&page=1&limit=50'])
  })
})

describe('more rows than are counted', () => {
  it('are not the whole list, even where one comes twice', async () => {
    expect((await readFirstPage(serving(1, [2, 2]), question)).complete).toBe(false)
  })
})

describe('a list of several pages', () => {
  const down = (from: number, to: number): number[] =>
    Array.from({ length: from - to + 1 }, (_, at) => from - at)

  it('ends where enough is read', async () => {
    const on = serving(120, down(120, 71), down(70, 21), down(20, 1))
    const enough = (rows: readonly { id: number }[]) => rows.some(({ id }) => id < 80)
    const found = await readList(on, { ...question, enough })
    expect([found.value.length, found.gaps]).toEqual([50, []])
  })

  it('is read to its end where nobody says what is enough', async () => {
    const on = serving(120, down(120, 71), down(70, 21), down(20, 1))
    expect((await readList(on, question)).value).toHaveLength(120)
  })

  it('is too long beyond the pages that are allowed', async () => {
    const on = serving(120, down(120, 71), down(70, 21), down(20, 1))
    expect((await readList(on, { ...question, most: 2 })).gaps).toEqual([
      { what: 'history', cause: 'too-long', context: null, detail: 'more than 2 pages' },
    ])
  })

  it('is read on where new rows come on top, and only where they do', async () => {
    const growing = () => {
      let asked = 0
      const pages = [down(60, 11), down(11, 1), down(61, 12)]
      return answering(() => {
        asked += 1
        return {
          body: (pages[asked - 1] ?? []).map(id => ({ id })),
          total: asked === 1 ? 60 : 61,
        }
      })
    }
    const onTop = growing()
    const found = await readList(onTop.on, { ...question, newestFirst: true })
    expect([found.value.length, found.gaps]).toEqual([61, []])
    expect(onTop.asked.map(request => /page=(\d)/.exec(request)?.[1])).toEqual(['1', '2', '1'])
    const sorted = growing()
    await readList(sorted.on, question)
    expect(sorted.asked.map(request => /page=(\d)/.exec(request)?.[1])).toEqual(['1', '2', '3'])
  })
})
