import { describe, expect, it } from '@jest/globals'
import { pullsByRest } from '../../../src/forge/github/rest-pulls.js'
import { BASE_SHA, pull, SHA } from '../../support/builders.js'
import type { Answers, Question } from '../../support/answering-github.js'
import { answeringGithub, Told } from '../../support/answering-github.js'

type Fields = Readonly<Record<string, unknown>>

const row = (number: number, change: Fields = {}): Fields => ({
  number,
  title: `change ${number}`,
  draft: false,
  head: { sha: SHA },
  base: { ref: 'main', sha: BASE_SHA },
  ...change,
})
const rows = (count: number, from = 1): readonly Fields[] =>
  Array.from({ length: count }, (_, at) => row(from + at))
const listed = (number: number) =>
  pull(number, { title: `change ${number}`, head: SHA, baseSha: BASE_SHA })

const NEXT = { headers: { link: '<https://x/?page=2>; rel="next"' } }
const PAGE = (page: number) =>
  `GET /r/pulls?state=open&sort=created&direction=asc&per_page=100&page=${page}`

async function read(answers: Answers) {
  const { context, asked } = answeringGithub(answers)
  return { found: await pullsByRest(context), asked }
}

/** Answers that differ from one reading to the next. */
const inTurn = (...answers: readonly unknown[]) => {
  let at = 0
  return (): unknown => answers[at++]
}

describe('the open pull requests by REST', () => {
  it('are told each with its head and base', async () => {
    const given = [row(7), row(8, { draft: true }), row(9, { draft: undefined })]
    const { found, asked } = await read({ [PAGE(1)]: given })
    expect(found).toEqual([listed(7), { ...listed(8), draft: true }, listed(9)])
    expect(asked).toEqual([PAGE(1)])
  })

  it('are read on where a link names another page, however short this one is', async () => {
    const { found, asked } = await read({
      [PAGE(1)]: new Told([row(7)], NEXT),
      [PAGE(2)]: [row(8)],
    })
    expect(found).toEqual([listed(7), listed(8)])
    expect(asked).toEqual([PAGE(1), PAGE(2)])
  })

  it('are read once where they are fewer than a page holds', async () => {
    const { found, asked } = await read({ [PAGE(1)]: rows(99) })
    expect(found).toHaveLength(99)
    expect(asked).toEqual([PAGE(1)])
  })

  it.each([
    { rule: 'exactly one page', second: [] },
    { rule: 'two pages', second: rows(1, 101) },
  ])('are read twice where they fill $rule, without a link', async ({ second }) => {
    const { found, asked } = await read({ [PAGE(1)]: rows(100), [PAGE(2)]: second })
    expect(found).toHaveLength(100 + second.length)
    expect(asked).toEqual([PAGE(1), PAGE(2), PAGE(1), PAGE(2)])
  })

  it.each([
    { rule: 'one is new', first: [], again: rows(1, 101) },
    { rule: 'one was closed', first: rows(1, 101), again: [] },
    { rule: 'one was closed, and one is new', page: rows(100, 2) },
    {
      rule: 'one stands on another commit',
      page: [row(1, { head: { sha: BASE_SHA } }), ...rows(99, 2)],
    },
  ])('are no list where two readings differ: $rule', async ({ first = [], again = [], page }) => {
    const reading = read({
      [PAGE(1)]: inTurn(rows(100), page ?? rows(100)),
      [PAGE(2)]: inTurn(first, again),
    })
    await expect(reading).rejects.toMatchObject({
      code: 'unexpected-shape',
      message: 'the open pull requests changed while they were listed',
    })
  })

  it.each([
    {
      rule: 'a row has no head',
      answer: [row(7, { head: null })],
      message: 'GET /r/pulls: 0.head Invalid input: expected object, received null',
    },
    {
      rule: 'there are more than a hundred pages',
      answer: ({ query }: Question) => new Told([row(Number(query['page']))], NEXT),
      message: 'GET /r/pulls: more than 100 pages',
    },
  ])('are no list where $rule', async ({ answer, message }) => {
    await expect(read({ 'GET /r/pulls': answer })).rejects.toMatchObject({
      code: 'unexpected-shape',
      message,
    })
  })
})
