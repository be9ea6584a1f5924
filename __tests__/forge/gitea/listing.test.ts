import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { readFirstPage, readList } from '../../../src/forge/gitea/listing.js'
import type { Http } from '../../../src/forge/http.js'
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
