import { describe, expect, it } from '@jest/globals'
import { giteaTracker } from '../../../src/forge/gitea/tracker.js'
import type { ForgeErrorCode } from '../../../src/forge/port.js'
import { ForgeError } from '../../../src/forge/port.js'
import { NOW } from '../../support/builders.js'
import type { Script } from '../../support/scripted-gitea.js'
import { scriptedGitea } from '../../support/scripted-gitea.js'

const ISSUE = '/repos/o/r/issues/12'
const AT = '2026-05-14T12:00:00Z'
const WIRE = {
  number: 12,
  state: 'open',
  is_locked: false,
  comments: 3,
  created_at: AT,
  pull_request: null,
}
const READ = {
  number: 12,
  open: true,
  locked: false,
  isPull: false,
  createdAt: NOW,
  comments: 3,
  at: NOW,
}
const COMMENT = { id: 5, user: { login: 'bot' }, body: 'words', created_at: AT }

function tracker(script: Script) {
  const { on, asked } = scriptedGitea(script)
  return { tracker: giteaTracker(on), asked }
}

/** The issue by an answer that is changed so. */
const issueOf = (change: object) =>
  tracker({ [ISSUE]: { body: { ...WIRE, ...change } } }).tracker.issue(12)

describe('the tracking issue', () => {
  it('is asked for by its number, and once', async () => {
    const { tracker: one, asked } = tracker({ [ISSUE]: { body: WIRE } })
    expect([await one.issue(12), asked]).toEqual([READ, [ISSUE]])
  })

  it.each([
    { scene: 'that was closed', change: { state: 'closed' }, read: { open: false } },
    { scene: 'that is locked', change: { is_locked: true }, read: { locked: true } },
    { scene: 'that is a pull request', change: { pull_request: {} }, read: { isPull: true } },
    { scene: 'without comments', change: { comments: 0 }, read: { comments: 0 } },
  ])('$scene is told so', async ({ change, read }) => {
    expect(await issueOf(change)).toEqual({ ...READ, ...read })
  })

  it('has no time where the server sends none', async () => {
    const { tracker: one } = tracker({ [ISSUE]: { body: WIRE, at: null } })
    expect(await one.issue(12)).toEqual({ ...READ, at: null })
  })

  it.each([
    {
      scene: 'is another one',
      change: { number: 13 },
      told: 'the answer is about number 13 instead of 12',
    },
    {
      scene: 'has no number',
      change: { number: undefined },
      told: 'number Invalid input: expected number, received undefined',
    },
    {
      scene: 'does not tell whether it is open',
      change: { state: undefined },
      told: 'state Invalid input: expected string, received undefined',
    },
    {
      scene: 'does not tell whether it is locked',
      change: { is_locked: undefined },
      told: 'is_locked Invalid input: expected boolean, received undefined',
    },
    {
      scene: 'has fewer than no comments',
      change: { comments: -1 },
      told: 'comments Too small: expected number to be >=0',
    },
    {
      scene: 'was made at no time',
      change: { created_at: 'today' },
      told: 'created_at is no time',
    },
  ])('that $scene is not understood', async ({ change, told }) => {
    await expect(issueOf(change)).rejects.toMatchObject({
      code: 'unexpected-shape',
      message: `GET ${ISSUE}: ${told}`,
    })
  })

  it('that does not tell whether it is a pull request is not understood', async () => {
    const body = Object.fromEntries(
      Object.entries(WIRE).filter(([field]) => field !== 'pull_request'),
    )
    const { tracker: one } = tracker({ [ISSUE]: { body } })
    await expect(one.issue(12)).rejects.toMatchObject({
      code: 'unexpected-shape',
      message: `GET ${ISSUE}: pull_request Invalid input: expected nonoptional, received undefined`,
    })
  })

  it('that is gone is not found', async () => {
    const { tracker: one } = tracker({})
    await expect(one.issue(12)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('its comments', () => {
  const PATH = `${ISSUE}/comments`
  const read = { id: 5, author: 'bot', body: 'words', createdAt: NOW }

  it.each([
    { scene: 'from the first on', since: null, request: PATH },
    { scene: 'since an instant', since: NOW, request: `${PATH}?since=${AT}` },
  ])('are asked for $scene', async ({ since, request }) => {
    const { tracker: one, asked } = tracker({ [request]: { body: [COMMENT], total: 1 } })
    expect(await one.comments({ ...READ }, since)).toEqual({ rows: [read], whole: true })
    expect(asked).toEqual([request])
  })

  it.each([
    { scene: 'none, and none counted', body: [], total: 0, rows: [], whole: true },
    { scene: 'fewer than are counted', body: [COMMENT], total: 2, rows: [read], whole: false },
    { scene: 'more than are counted', body: [COMMENT], total: 0, rows: [read], whole: false },
    { scene: 'some that nobody counts', body: [COMMENT], total: null, rows: [read], whole: false },
    {
      scene: 'one of somebody who is gone',
      body: [{ ...COMMENT, user: null }],
      total: 1,
      rows: [{ ...read, author: null }],
      whole: true,
    },
  ])('$scene: are these all of them? $whole', async ({ body, total, rows, whole }) => {
    const { tracker: one } = tracker({ [PATH]: { body, total } })
    expect(await one.comments({ ...READ }, null)).toEqual({ rows, whole })
  })

  it.each([
    {
      field: 'id',
      value: 0,
      told: 'id Too small: expected number to be >0',
    },
    {
      field: 'user',
      value: {},
      told: 'user.login Invalid input: expected string, received undefined',
    },
    {
      field: 'body',
      value: undefined,
      told: 'body Invalid input: expected string, received undefined',
    },
    { field: 'created_at', value: '', told: 'created_at is no time' },
  ])('are not known where $field of one is $value', async ({ field, value, told }) => {
    const { tracker: one } = tracker({ [PATH]: { body: [{ ...COMMENT, [field]: value }] } })
    await expect(one.comments({ ...READ }, null)).rejects.toMatchObject({
      code: 'unexpected-shape',
      message: `GET ${PATH}: ${told}`,
    })
  })

  it('are written once, as they are', async () => {
    const { tracker: one, asked } = tracker({ [`POST ${PATH}`]: { status: 201 } })
    await one.comment(12, 'a "word"')
    expect(asked).toEqual([`POST ${PATH} {"body":"a \\"word\\""}`])
  })
})

describe('who a token is', () => {
  it('is what the server says', async () => {
    const { tracker: one, asked } = tracker({ '/user': { body: { login: 'reaper' } } })
    expect([await one.self(), asked]).toEqual([{ logins: ['reaper'], certain: true }, ['/user']])
  })

  it.each(['forbidden', 'unauthorized', 'not-found'] satisfies readonly ForgeErrorCode[])(
    'is a guess where the server does not say (%s): that of a workflow',
    async code => {
      const { tracker: one } = tracker({ '/user': new ForgeError(code, 'no') })
      expect(await one.self()).toEqual({
        logins: ['gitea-actions', 'forgejo-actions'],
        certain: false,
      })
    },
  )

  it.each(['server-error', 'timeout', 'rate-limited'] satisfies readonly ForgeErrorCode[])(
    'is nobody to be guessed after a fault: %s',
    async code => {
      const { tracker: one } = tracker({ '/user': new ForgeError(code, 'no') })
      await expect(one.self()).rejects.toMatchObject({ code, message: 'no' })
    },
  )

  it('is no guess where the answer is not understood', async () => {
    const { tracker: one } = tracker({ '/user': { body: {} } })
    await expect(one.self()).rejects.toMatchObject({
      code: 'unexpected-shape',
      message: 'GET /user: login Invalid input: expected string, received undefined',
    })
  })
})
