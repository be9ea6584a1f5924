import { describe, expect, it } from '@jest/globals'
import type { StatusPost } from '../../../src/core/plan/remedy.js'
import type { Instant } from '../../../src/core/model/time.js'
import { openApi, rootOf } from '../../../src/forge/gitea/api.js'
import { answering, byTable, failureOf } from '../../support/answer-table.js'
import { NOW, SHA } from '../../support/builders.js'

const TIME = '2026-05-14T12:00:00Z'
const row = (id: number, change: object = {}) => ({
  id,
  context: 'CI / a',
  status: 'success',
  description: 'x',
  target_url: '/x',
  creator: null,
  created_at: TIME,
  ...change,
})
const read = (id: number) => ({
  id,
  context: 'CI / a',
  state: 'success',
  description: 'x',
  targetUrl: '/x',
  creator: null,
  createdAt: NOW,
})
const down = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, at) => from - at)

/** Pages of this many rows of one list, the page asked for being in the request. */
const pagesOf =
  (rows: readonly unknown[], wrap: (rows: readonly unknown[]) => unknown = all => all) =>
  (request: string) => {
    const page = Number(/page=(\d+)/.exec(request)?.[1])
    return { body: wrap(rows.slice(50 * (page - 1), 50 * page)), total: rows.length }
  }
const pagesIn = (asked: readonly string[]): readonly (string | undefined)[] =>
  asked.map(request => /page=(\d+)/.exec(request)?.[1])

describe('the history of a commit', () => {
  const HISTORY = `GET /statuses/${SHA}?sort=leastindex&page=1&limit=50`

  it('is read whole, newest first', async () => {
    const { on, asked } = answering(() => ({ body: [row(2), row(1)], total: 2 }))
    expect(await openApi(on).history(SHA, 0)).toEqual({
      value: [read(2), read(1)],
      gaps: [],
      at: NOW,
    })
    expect(asked).toEqual([HISTORY])
  })

  it.each([
    { rule: 'ends above a row that was seen before', above: 1, ids: [2, 1], rows: [2], gaps: [] },
    {
      rule: 'that does not go back to that row is a gap',
      above: 1,
      ids: [3, 2],
      rows: [3, 2],
      gaps: ['history: incomplete: it does not go back to row 1, which was seen before'],
    },
  ])('$rule', async ({ above, ids, rows, gaps }) => {
    const { on } = answering(() => ({ body: ids.map(id => row(id)), total: ids.length }))
    const found = await openApi(on).history(SHA, above)
    expect([
      found.value.map(({ id }) => id),
      found.gaps.map(({ what, cause, detail }) => `${what}: ${cause}: ${detail}`),
    ]).toEqual([rows, gaps])
  })

  it('is not read below the page that holds the row', async () => {
    const { on, asked } = answering(pagesOf(down(120, 1).map(id => row(id))))
    expect((await openApi(on).history(SHA, 100)).value.map(({ id }) => id)).toEqual(down(120, 101))
    expect(pagesIn(asked)).toEqual(['1'])
  })

  it('goes on behind a page that was read before', async () => {
    const { on, asked } = answering(pagesOf(down(60, 1).map(id => row(id))))
    const api = openApi(on)
    const page = await api.historyPage(SHA)
    expect([page.complete, (await api.history(SHA, 0, page)).value.length]).toEqual([false, 60])
    expect(pagesIn(asked)).toEqual(['1', '2'])
  })
})

describe('the tasks of a repository', () => {
  const task = (id: number, change: object = {}) => ({
    id,
    name: 'a',
    head_branch: '#7',
    head_sha: SHA,
    run_number: 4,
    event: 'pull_request',
    status: 'success',
    workflow_id: 'ci.yml',
    created_at: TIME,
    ...change,
  })
  const wrap = (workflow_runs: readonly unknown[]) => ({ workflow_runs })
  const EARLIER = '2026-05-14T11:59:59Z'

  it.each([
    { rule: 'end with the page that holds one from before', at: EARLIER, pages: ['1'] },
    { rule: 'go on where the last one is as young as asked', at: TIME, pages: ['1', '2', '3'] },
  ])('$rule', async ({ at, pages }) => {
    const rows = down(120, 1).map(id => task(id, id === 71 ? { created_at: at } : {}))
    const { on, asked } = answering(pagesOf(rows, wrap))
    await openApi(on).tasks(NOW)
    expect(pagesIn(asked)).toEqual(pages)
  })

  it('are told with the suffix of their event, and none that is there is hidden', async () => {
    const { on } = answering(() => ({ body: wrap([task(2), { id: 'x' }]), total: 2 }))
    const { value, gaps } = await openApi(on).tasks(0 as Instant)
    expect(value).toEqual([
      {
        id: 2,
        run: 4,
        name: 'a',
        file: 'ci.yml',
        suffix: ' (pull_request)',
        pull: 7,
        sha: SHA,
        state: 'success',
        createdAt: NOW,
      },
    ])
    expect(gaps.map(({ what, cause }) => [what, cause])).toEqual([['tasks', 'malformed']])
  })

  it('that come on top meanwhile are read on to', async () => {
    let calls = 0
    const tops = [60, 61]
    const { on, asked } = answering(request => {
      calls += 1
      const top = tops[calls - 1] ?? 61
      return pagesOf(
        down(top, 1).map(id => task(id)),
        wrap,
      )(request)
    })
    const { value, gaps } = await openApi(on).tasks(0 as Instant)
    expect([value.length, gaps, pagesIn(asked)]).toEqual([61, [], ['1', '2', '1']])
  })
})

describe('the rows as the merge gate reads them', () => {
  it('are named where one cannot be read', async () => {
    const { on, asked } = answering(() => ({
      body: { statuses: [row(2), { context: 'CI / b' }] },
      total: 2,
    }))
    const { gaps } = await openApi(on).latestRows(SHA)
    expect(gaps.map(({ what, context }) => [what, context])).toEqual([['latest rows', 'CI / b']])
    expect(asked).toEqual([`GET /commits/${SHA}/status?page=1&limit=50`])
  })
})

describe('a write', () => {
  const post: StatusPost = {
    sha: SHA,
    context: 'CI / a',
    state: 'success',
    description: 'x',
    targetUrl: '/x',
  }
  const SENT =
    `POST /statuses/${SHA} ` +
    '{"context":"CI / a","state":"success","description":"x","target_url":"/x"}'

  it('posts the status and answers its row', async () => {
    const { on, asked } = answering(() => ({ body: row(5), status: 201 }))
    expect([await openApi(on).post(post), asked]).toEqual([read(5), [SENT]])
  })

  it('whose answer cannot be read says so', async () => {
    const { on } = answering(() => ({ body: row(5, { context: null }), status: 201 }))
    expect(await failureOf(openApi(on).post(post))).toBe(
      'unexpected-shape: POST /repos/o/r/statuses: context Invalid input: expected string, ' +
        'received null',
    )
  })
})

it('workflow files are looked for below their folder, each by its own path', async () => {
  const file = { content: Buffer.from('jobs: {}').toString('base64'), encoding: 'base64' }
  const at = (path: string): string => `GET /contents/${path}?ref=main`
  const FOLDER = '.gitea/workflows'
  const { on, asked } = answering(
    byTable({
      [at(FOLDER)]: [{ path: `${FOLDER}/a b`, type: 'dir' }],
      [at(`${FOLDER}/a%20b`)]: [{ path: `${FOLDER}/a b/x.yml`, type: 'file' }],
      [at(`${FOLDER}/a%20b/x.yml`)]: file,
    }),
  )
  const files = await openApi(on).workflows('main')
  expect(files.ok && files.value.map(({ path }) => path)).toEqual([`${FOLDER}/a b/x.yml`])
  expect(asked).toHaveLength(3)
})

it('the root of a repository is its path, encoded', () => {
  expect(rootOf('o o/r')).toBe('/repos/o%20o/r')
})
