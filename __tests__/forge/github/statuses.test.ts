import { describe, expect, it } from '@jest/globals'
import { asRowId, asRunKey } from '../../../src/core/model/ids.js'
import type { SignedRow } from '../../../src/core/model/status.js'
import type { Instant } from '../../../src/core/model/time.js'
import { ofThese, readStatus, readStatuses } from '../../../src/forge/github/statuses.js'
import { NOW } from '../../support/builders.js'
import { errorOf, NEXT, ROOT, scriptedGithub } from '../../support/scripted-github.js'

const POSTED = '2026-05-14T11:00:00Z'
const JSON_ROW = {
  id: 4,
  state: 'failure',
  context: 'gate',
  description: 'one is red',
  target_url: 'https://github.com/acme/widgets/actions/runs/812',
  created_at: POSTED,
  creator: { login: 'github-actions[bot]', type: 'Bot' },
}
const ROW: SignedRow = {
  id: asRowId(4),
  context: 'gate',
  state: 'failure',
  description: 'one is red',
  targetUrl: 'https://github.com/acme/widgets/actions/runs/812',
  creator: 'github-actions[bot]',
  createdAt: Date.parse(POSTED) as Instant,
  author: { kind: 'actions', run: asRunKey(812), job: 0 as never, phase: 'failure', took: null },
  phantom: false,
}
const FOREIGN = { kind: 'foreign' } as const
const person = (login: string, type = 'User') => ({ creator: { login, type } })
const link = (rest: string) => `https://github.com/acme/widgets/actions/runs/${rest}`

/** The author of a row that differs so. */
const authorBy = (change: object) => readStatus({ ...JSON_ROW, ...change }, 'x').author

describe('a status', () => {
  it('of Actions is read with its run', () => {
    expect(readStatus(JSON_ROW, 'x')).toEqual(ROW)
  })

  it('without words, link and writer is foreign, and has none', () => {
    const bare = { ...JSON_ROW, description: null, target_url: null, creator: null }
    expect(readStatus(bare, 'x')).toEqual({
      ...ROW,
      description: '',
      targetUrl: '',
      creator: null,
      author: FOREIGN,
    })
  })

  it.each([
    { rule: 'success', change: { state: 'success' }, phase: 'success' },
    { rule: 'pending', change: { state: 'pending' }, phase: 'running' },
    { rule: 'error', change: { state: 'error' }, phase: 'failure' },
    {
      rule: 'by the name that GraphQL uses',
      change: person('github-actions', 'Bot'),
      phase: 'failure',
    },
    { rule: 'with a link to a job', change: { target_url: link('812/job/3') }, phase: 'failure' },
    { rule: 'with a query', change: { target_url: link('812?pr=7') }, phase: 'failure' },
    { rule: 'with a fragment', change: { target_url: link('812#top') }, phase: 'failure' },
  ])('is of Actions: $rule', ({ change, phase }) => {
    expect(authorBy(change)).toEqual({ ...ROW.author, phase })
  })

  it.each([
    { rule: 'of a person who is called like it', change: person('github-actions[bot]') },
    { rule: 'of another app', change: person('codecov[bot]', 'Bot') },
    { rule: 'with a link to no run', change: { target_url: 'https://example.org' } },
    { rule: 'with a link to what is no number', change: { target_url: link('812x') } },
    { rule: 'of nobody', change: { creator: null } },
  ])('is foreign: $rule', ({ change }) => {
    expect(authorBy(change)).toEqual(FOREIGN)
  })

  it('is ours by its mark, whoever posted it', () => {
    const change = { description: 'x [ur-green 6 2 aaaa]', ...person('ann') }
    expect(authorBy(change)).toEqual({
      kind: 'us',
      mark: { kind: 'green', red: 6, run: 2, nonce: 'aaaa' },
    })
  })

  it.each([
    { change: { created_at: 'now' }, why: 'a status: a time cannot be read' },
    {
      change: { context: null },
      why: 'POST x: context Invalid input: expected string, received null',
    },
    {
      change: { creator: { login: 'ann' } },
      why: 'POST x: creator.type Invalid input: expected string, received undefined',
    },
  ])('is not read: $why', async ({ change, why }) => {
    const read = Promise.resolve().then(() => readStatus({ ...JSON_ROW, ...change }, 'POST x'))
    expect(await errorOf(read)).toBe(`unexpected-shape: ${why}`)
  })
})

it('a status that links to a run of somebody else is foreign', () => {
  const ours: SignedRow = { ...ROW, author: FOREIGN }
  expect(ofThese([ROW, ours], new Set([812]))).toEqual([ROW, ours])
  expect(ofThese([ROW, ours], new Set([813]))).toEqual([{ ...ROW, author: FOREIGN }, ours])
})

describe('the statuses of a commit', () => {
  const page = (number: number): string => `GET /commits/abc/statuses?per_page=100&page=${number}`
  /** So many rows, the newest first, down to an id. */
  const rows = (count: number, lowest: number) =>
    Array.from({ length: count }, (_, at) => ({ ...JSON_ROW, id: lowest + count - 1 - at }))

  async function read(answers: readonly object[], above: number) {
    const { client, asked } = scriptedGithub({ 'GET /commits/abc/statuses': answers })
    const { value, gaps, at } = await readStatuses(client, ROOT, { sha: 'abc', above })
    return { ids: value.map(({ id }) => Number(id)), gaps, at, asked }
  }

  it('are read with their authors', async () => {
    const { client } = scriptedGithub({ 'GET /commits/abc/statuses': { body: [JSON_ROW] } })
    const found = await readStatuses(client, ROOT, { sha: 'abc', above: 0 })
    expect(found).toEqual({ value: [ROW], gaps: [], at: NOW })
  })

  it.each([
    {
      rule: 'one short page is all',
      answers: [{ body: rows(2, 5) }],
      above: 0,
      ids: [6, 5],
      asked: [page(1)],
    },
    {
      rule: 'a page follows where a link says so',
      answers: [{ body: rows(2, 5), headers: NEXT }, { body: rows(1, 4) }],
      above: 0,
      ids: [6, 5, 4],
      asked: [page(1), page(2)],
    },
    {
      rule: 'what stands at a mark or below it is left out, and no page behind it is asked for',
      answers: [{ body: rows(3, 4), headers: NEXT }],
      above: 4,
      ids: [6, 5],
      asked: [page(1)],
    },
    {
      rule: 'a page that ends above the mark is not enough',
      answers: [{ body: rows(3, 5), headers: NEXT }, { body: rows(4, 1) }],
      above: 4,
      ids: [7, 6, 5],
      asked: [page(1), page(2)],
    },
  ])('$rule', async ({ answers, above, ids, asked }) => {
    expect(await read(answers, above)).toEqual({ ids, gaps: [], at: NOW, asked })
  })

  it('that never end are a gap, with what was read', async () => {
    const { ids, gaps, asked } = await read([{ body: rows(1, 9), headers: NEXT }], 0)
    expect(ids).toEqual([9])
    expect(gaps).toEqual([
      { what: 'statuses', cause: 'too-long', context: null, detail: 'more than 20 pages' },
    ])
    expect(asked).toHaveLength(20)
  })

  it('of which one cannot be read are none', async () => {
    expect(await errorOf(read([{ body: [{ ...JSON_ROW, id: null }] }], 0))).toBe(
      'unexpected-shape: GET /repos/acme/widgets/commits/abc/statuses: ' +
        '0.id Invalid input: expected number, received null',
    )
  })
})
