import { describe, expect, it } from '@jest/globals'
import type { Instant } from '../../../src/core/model/time.js'
import { githubTracker } from '../../../src/forge/github/tracker.js'
import type { TrackedIssue } from '../../../src/forge/tracker.js'
import { NOW } from '../../support/builders.js'
import type { Script, Scripted } from '../../support/scripted-github.js'
import { errorOf, NEXT, scriptedGithub } from '../../support/scripted-github.js'

const WRITTEN = '2026-05-01T10:00:00Z'
const WRITTEN_AT = Date.parse(WRITTEN) as Instant
const ISSUE = {
  number: 5,
  state: 'open',
  locked: false,
  comments: 3,
  created_at: WRITTEN,
}
const TRACKED: TrackedIssue = {
  number: 5,
  open: true,
  locked: false,
  isPull: false,
  createdAt: WRITTEN_AT,
  comments: 3,
  at: NOW,
}

const comment = (id: number, change: Readonly<Record<string, unknown>> = {}) => ({
  id,
  user: { login: 'ann' },
  body: `comment ${id}`,
  created_at: WRITTEN,
  ...change,
})

function open(script: Script) {
  const { repository, asked, posted } = scriptedGithub(script)
  return { tracker: githubTracker(repository), asked, posted }
}

describe('the tracking issue', () => {
  it.each([
    { rule: 'an open one', change: {}, told: {} },
    { rule: 'a closed one', change: { state: 'closed' }, told: { open: false } },
    { rule: 'a locked one', change: { locked: true }, told: { locked: true } },
    {
      rule: 'a pull request is told from it',
      change: { pull_request: {} },
      told: { isPull: true },
    },
    {
      rule: 'one that names no pull request is none',
      change: { pull_request: null },
      told: { isPull: false },
    },
  ])('$rule', async ({ change, told }) => {
    const { tracker, asked } = open({ 'GET /issues/5': { body: { ...ISSUE, ...change } } })
    expect(await tracker.issue(5)).toEqual({ ...TRACKED, ...told })
    expect(asked).toEqual(['GET /issues/5'])
  })

  it.each([
    {
      rule: 'another issue is no answer',
      change: { number: 6 },
      why: 'GET /repos/acme/widgets/issues/5: the answer is about number 6 instead of 5',
    },
    {
      rule: 'a time in words is none',
      change: { created_at: 'yesterday' },
      why: 'an issue: a time cannot be read',
    },
    {
      rule: 'one that does not say whether it is locked is not read',
      change: { locked: null },
      why:
        'GET /repos/acme/widgets/issues/5: ' +
        'locked Invalid input: expected boolean, received null',
    },
  ])('$rule', async ({ change, why }) => {
    const { tracker } = open({ 'GET /issues/5': { body: { ...ISSUE, ...change } } })
    expect(await errorOf(tracker.issue(5))).toBe(`unexpected-shape: ${why}`)
  })
})

describe('the comments of the tracking issue', () => {
  it('are told with their writers, and one that is gone has none', async () => {
    const rows = [comment(1), comment(2, { user: null })]
    const { tracker } = open({ 'GET /issues/5/comments': { body: rows } })
    expect(await tracker.comments(TRACKED, null)).toEqual({
      whole: true,
      rows: [
        { id: 1, author: 'ann', body: 'comment 1', createdAt: WRITTEN_AT },
        { id: 2, author: null, body: 'comment 2', createdAt: WRITTEN_AT },
      ],
    })
  })

  const page = (number: number): string => `GET /issues/5/comments?per_page=100&page=${number}`
  const since = (number: number): string =>
    `GET /issues/5/comments?since=2026-05-14T12%3A00%3A00Z&per_page=100&page=${number}`
  const all = { body: [comment(1)] }
  const more = { body: [comment(1)], headers: NEXT }
  const pages = (from: number, to: number): readonly string[] =>
    Array.from({ length: to - from + 1 }, (_, at) => page(from + at))

  it.each([
    {
      rule: 'of an issue without any: one page, for one may just have come',
      comments: 0,
      answers: [all],
      asked: [page(1)],
      whole: true,
    },
    {
      rule: 'go on where another page follows',
      comments: 150,
      answers: [more, all],
      asked: pages(1, 2),
      whole: true,
    },
    {
      rule: 'of nine pages are all read',
      comments: 900,
      answers: [more, all],
      asked: pages(1, 2),
      whole: true,
    },
    {
      rule: 'of ten pages are read from the second one on, and the first is left out',
      comments: 901,
      answers: [more, all],
      asked: pages(2, 3),
      whole: false,
    },
    {
      rule: 'of many pages are read where the newest stand',
      comments: 2_500,
      answers: [all],
      asked: [page(17)],
      whole: false,
    },
    {
      rule: 'that never end are cut off after ten pages',
      comments: 3,
      answers: [more],
      asked: pages(1, 10),
      whole: false,
    },
  ])('$rule', async ({ comments, answers, asked, whole }) => {
    const scene = open({ 'GET /issues/5/comments': answers })
    const found = await scene.tracker.comments({ ...TRACKED, comments }, null)
    expect(scene.asked).toEqual(asked)
    expect(found.whole).toBe(whole)
  })

  it.each([
    {
      rule: 'begin at the first page, however many there are',
      answers: [more, all],
      asked: [since(1), since(2)],
      whole: true,
    },
    {
      rule: 'are not whole where they never end',
      answers: [more],
      asked: Array.from({ length: 10 }, (_, at) => since(at + 1)),
      whole: false,
    },
  ])('since an instant $rule', async ({ answers, asked, whole }) => {
    const scene = open({ 'GET /issues/5/comments': answers })
    const found = await scene.tracker.comments({ ...TRACKED, comments: 2_500 }, NOW)
    expect(scene.asked).toEqual(asked)
    expect(found.whole).toBe(whole)
  })

  it.each([
    {
      rule: 'without a body',
      row: comment(1, { body: null }),
      why:
        'GET /repos/acme/widgets/issues/5/comments: ' +
        '0.body Invalid input: expected string, received null',
    },
    {
      rule: 'without a time',
      row: comment(1, { created_at: '' }),
      why: 'a comment: a time cannot be read',
    },
  ])('$rule are not read', async ({ row, why }) => {
    const { tracker } = open({ 'GET /issues/5/comments': { body: [row] } })
    expect(await errorOf(tracker.comments(TRACKED, null))).toBe(`unexpected-shape: ${why}`)
  })
})

describe('who this token is', () => {
  const ACTIONS = { logins: ['github-actions[bot]'], certain: false }
  const ask = (answer: Scripted) => open({ 'POST /graphql': answer }).tracker.self()

  it.each<{ rule: string; answer: Scripted; told: unknown }>([
    {
      rule: 'whoever GitHub says',
      answer: { body: { data: { viewer: { login: 'reaper' } } } },
      told: { logins: ['reaper'], certain: true },
    },
    {
      rule: "a workflow's own where it may not ask",
      answer: { status: 403, body: { message: 'Resource not accessible by integration' } },
      told: ACTIONS,
    },
    {
      rule: "a workflow's own where GitHub does not know it",
      answer: { status: 401, body: { message: 'Bad credentials' } },
      told: ACTIONS,
    },
    {
      rule: "a workflow's own where errors stand beside no data",
      answer: { body: { data: null, errors: [{ type: 'FORBIDDEN', message: 'no' }] } },
      told: ACTIONS,
    },
  ])('$rule', async ({ answer, told }) => {
    expect(await ask(answer)).toEqual(told)
  })

  it.each<{ rule: string; answer: Scripted; why: string }>([
    {
      rule: 'a server that is down does not tell',
      answer: { status: 502, body: { message: 'Bad Gateway' } },
      why: 'server-error: POST /graphql: 502 Bad Gateway',
    },
    {
      rule: 'a limit that is used up does not tell',
      answer: { status: 429, body: { message: 'slow down' } },
      why: 'rate-limited: POST /graphql: 429 slow down',
    },
  ])('$rule', async ({ answer, why }) => {
    expect(await errorOf(ask(answer))).toBe(why)
  })

  it('is asked without a variable', async () => {
    const { tracker, asked, posted } = open({})
    await tracker.self().catch(() => undefined)
    expect(asked).toEqual(['POST /graphql'])
    expect(posted).toEqual([{ query: 'query viewer { viewer { login } }', variables: {} }])
  })
})

describe('a comment', () => {
  it('is posted once, with its text', async () => {
    const { tracker, asked, posted } = open({
      'POST /issues/5/comments': { status: 201, body: {} },
    })
    await tracker.comment(5, 'two repairs')
    expect(asked).toEqual(['POST /issues/5/comments'])
    expect(posted).toEqual([{ body: 'two repairs' }])
  })

  it('that is refused is an error, and is not sent again', async () => {
    const locked = { status: 403, body: { message: 'This issue is locked' } }
    const { tracker, asked } = open({ 'POST /issues/5/comments': locked })
    expect(await errorOf(tracker.comment(5, 'a repair'))).toBe(
      'forbidden: POST /repos/acme/widgets/issues/5/comments: 403 This issue is locked',
    )
    expect(asked).toHaveLength(1)
  })
})
