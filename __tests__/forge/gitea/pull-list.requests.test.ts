import { describe, expect, it } from '@jest/globals'
import {
  headsByRef,
  listPulls,
  openPulls,
  pullsByRef,
  wholePull,
} from '../../../src/forge/gitea/pull-list.js'
import { ForgeError } from '../../../src/forge/port.js'
import type { Told } from '../../support/answer-table.js'
import { answering, byTable, failureOf } from '../../support/answer-table.js'

const sha = (letter: string): string => letter.repeat(40)

const pull = (number: number, change: object = {}) => ({
  number,
  title: `Change ${number}`,
  state: 'open',
  draft: false,
  head: { sha: sha('a') },
  base: { ref: 'main', sha: sha('b') },
  ...change,
})
const on = (letter: string, ref: string, repo_id = 1) => ({
  head: { sha: sha(letter), ref, repo_id },
})
const issue = (number: number, change: object = {}) => ({
  number,
  title: `Change ${number}`,
  state: 'open',
  pull_request: { draft: number === 2 },
  ...change,
})
const ref = (number: number, letter: string, type = 'commit') => ({
  ref: `refs/pull/${number}/head`,
  object: { type, sha: sha(letter) },
})

const listOf = (page: number): string => `GET /pulls?state=open&sort=oldest&page=${page}&limit=50`
const PULLS = listOf(1)
const ISSUES = 'GET /issues?type=pulls&state=open&page=1&limit=50'
const REFS = 'GET /git/refs/pull'

/** A server whose list of pull requests costs much, and one that is asked for it. */
const DEAR = { dialect: { dearPullList: true, listsTips: true } }
const CHEAP = { dialect: { dearPullList: false, listsTips: true } }

/** Every list tells how many rows it has. */
const counted = (table: Readonly<Record<string, unknown>>): ((request: string) => Told) => {
  const answer = byTable(table)
  return request => {
    const told = answer(request)
    return Array.isArray(told.body) && !request.includes('/git/')
      ? { ...told, total: told.body.length }
      : told
  }
}

const seenIn = (pulls: readonly { readonly number: number; readonly head: string }[]) =>
  pulls.map(({ number, head }) => `#${number} ${head.slice(0, 1)}`)

describe('the pages of their own list', () => {
  const fifty = (page: number, change: object = {}) =>
    Array.from({ length: 50 }, (_, at) => pull(50 * (page - 1) + at + 1, at === 0 ? change : {}))

  it('one of which shows a closed pull request are no more of them for it', async () => {
    const { on, asked } = answering(request => {
      const page = Number(/page=(\d+)/.exec(request)?.[1])
      return { body: fifty(page, page === 1 ? { state: 'closed' } : {}), total: 100 }
    }, CHEAP)
    expect((await openPulls(on)).pulls).toHaveLength(99)
    expect(asked).toEqual([listOf(1), listOf(2)])
  })

  it('are not asked for ahead where the first is empty, whatever it counts', async () => {
    const { on, asked } = answering(() => ({ body: [], total: 500 }), CHEAP)
    expect(await failureOf(openPulls(on))).toBe(
      'unexpected-shape: the list of open pull requests is not complete: only 0 of 500 rows came',
    )
    expect(asked).toEqual([PULLS, PULLS])
  })

  it('are asked for ahead to the last one', async () => {
    let underWay: readonly string[] = []
    const { on, asked } = answering(async request => {
      const page = Number(/page=(\d+)/.exec(request)?.[1])
      if (page === 2) {
        await new Promise(resolve => setImmediate(resolve))
        underWay = [...asked]
      }
      return { body: fifty(page), total: 150 }
    }, CHEAP)
    await openPulls(on)
    expect(underWay).toEqual([listOf(1), listOf(2), listOf(3)])
  })

  it('are named with their row where one cannot be read', async () => {
    const { on } = answering(request => {
      const page = Number(/page=(\d+)/.exec(request)?.[1])
      return { body: fifty(page, page === 2 ? { number: 'x' } : {}), total: 100 }
    }, CHEAP)
    expect(await failureOf(openPulls(on))).toMatch(
      /^unexpected-shape: GET \/repos\/o\/r\/pulls, page 2, row 1: number Invalid input/,
    )
  })
})

describe('pull requests where a list lags behind the tips of branches', () => {
  const LAGS = { dialect: { dearPullList: false, listsTips: false } }

  it.each([
    {
      rule: 'are taken as listed where each branch stands on one commit',
      rows: [pull(1, on('a', 'x')), pull(2, on('c', 'y')), pull(3, on('a', 'x'))],
      asked: [],
      pulls: ['#1 a', '#2 c', '#3 a'],
    },
    {
      rule: 'are each read by themselves where one branch would stand on two',
      rows: [pull(1, on('a', 'x')), pull(2, on('c', 'x')), pull(3, on('a', 'y'))],
      asked: ['GET /pulls/1', 'GET /pulls/2'],
      pulls: ['#1 d', '#2 d', '#3 a'],
    },
    {
      rule: 'are taken as listed where two repositories have a branch of one name',
      rows: [pull(1, on('a', 'x', 1)), pull(2, on('c', 'x', 2))],
      asked: [],
      pulls: ['#1 a', '#2 c'],
    },
    {
      rule: 'are taken as listed where their branch is not told',
      rows: [pull(1, on('a', '')), pull(2, on('c', ''))],
      asked: [],
      pulls: ['#1 a', '#2 c'],
    },
  ])('$rule', async ({ rows, asked, pulls }) => {
    const table = answering(
      counted({
        [PULLS]: rows,
        'GET /pulls/1': pull(1, on('d', 'x')),
        'GET /pulls/2': pull(2, on('d', 'x')),
      }),
      LAGS,
    )
    expect(seenIn((await openPulls(table.on)).pulls)).toEqual(pulls)
    expect(table.asked).toEqual([PULLS, ...asked])
  })
})

describe('the cheap list of pull requests', () => {
  const both = { [ISSUES]: [issue(2), issue(1)], [REFS]: [ref(1, 'a'), ref(2, 'c')] }
  const own = { [PULLS]: [pull(3)] }

  it.each([
    {
      rule: 'tells numbers by issues and heads by refs',
      told: both,
      asked: [ISSUES, REFS],
      pulls: ['#1 a', '#2 c'],
    },
    {
      rule: 'leaves out an issue that is closed by now',
      told: { ...both, [ISSUES]: [issue(2), issue(1, { state: 'closed' })] },
      asked: [ISSUES, REFS],
      pulls: ['#2 c'],
    },
    {
      rule: 'takes no ref for a head that names no commit: the pull request is read by itself',
      told: { ...both, [REFS]: [ref(1, 'a', 'tag'), ref(2, 'c')], 'GET /pulls/1': pull(1) },
      asked: [ISSUES, REFS, 'GET /pulls/1'],
      pulls: ['#1 a', '#2 c'],
    },
    {
      rule: 'takes no other ref for a head',
      told: {
        ...both,
        [REFS]: [ref(1, 'a'), ref(2, 'c'), { ...ref(2, 'e'), ref: 'refs/pull/2/merge' }],
      },
      asked: [ISSUES, REFS],
      pulls: ['#1 a', '#2 c'],
    },
    {
      rule: 'leaves out one without a ref that is closed by now',
      told: { ...both, [REFS]: [ref(2, 'c')], 'GET /pulls/1': pull(1, { state: 'closed' }) },
      asked: [ISSUES, REFS, 'GET /pulls/1'],
      pulls: ['#2 c'],
    },
    {
      rule: 'is not believed where it is empty',
      told: { ...own, [ISSUES]: [] },
      asked: [ISSUES, PULLS],
      pulls: ['#3 a'],
    },
    {
      rule: 'does not count where the refs come as one object, and not as a list',
      told: { ...own, ...both, [REFS]: ref(1, 'a') },
      asked: [ISSUES, REFS, PULLS],
      pulls: ['#3 a'],
    },
  ])('$rule', async ({ told, asked, pulls }) => {
    const table = answering(counted(told), DEAR)
    expect(seenIn((await listPulls(table.on)).pulls)).toEqual(pulls)
    expect(table.asked).toEqual(asked)
  })

  it('tells title and draft, and neither base nor its commit', async () => {
    const { on } = answering(counted({ ...both, [ISSUES]: [issue(2)] }), DEAR)
    expect((await listPulls(on)).pulls).toEqual([
      { number: 2, title: 'Change 2', head: sha('c'), base: null, baseSha: null, draft: true },
    ])
  })

  it('does not count where it is refused, and no other list is asked out of time', async () => {
    const failing = (code: 'forbidden' | 'out-of-time') =>
      answering(request => {
        if (request === ISSUES) throw new ForgeError(code, 'no')
        return { body: [pull(3)], total: 1 }
      }, DEAR)
    const refused = failing('forbidden')
    expect(seenIn((await listPulls(refused.on)).pulls)).toEqual(['#3 a'])
    const late = failing('out-of-time')
    expect(await failureOf(listPulls(late.on))).toBe('out-of-time: no')
    expect([refused.asked, late.asked]).toEqual([[ISSUES, PULLS], [ISSUES]])
  })

  it('hides no defect of ours', async () => {
    const { on, asked } = answering(() => {
      throw new TypeError('a defect')
    }, DEAR)
    await expect(listPulls(on)).rejects.toThrow(new TypeError('a defect'))
    expect(asked).toEqual([ISSUES])
  })
})

describe('the heads of refs that are asked for one by one', () => {
  const at = (number: number): string => `GET /git/refs/pull/${number}/head`

  it('come as an object or as a list, and one that is not there is left out', async () => {
    const { on, asked } = answering(
      byTable({ [at(901)]: ref(901, 'a'), [at(902)]: [ref(902, 'c')] }),
    )
    expect(await headsByRef(on, [901, 902, 903])).toEqual(
      new Map([
        [901, sha('a')],
        [902, sha('c')],
      ]),
    )
    expect(asked).toEqual([at(901), at(902), at(903)])
  })

  it.each(['forbidden', 'server-error'] as const)(
    'are none where one of them is %s: what is refused is not absent',
    async code => {
      const { on } = answering(() => {
        throw new ForgeError(code, 'no')
      })
      expect(await failureOf(headsByRef(on, [901]))).toBe(`${code}: no`)
    },
  )
})

describe('all pull requests by the commits of their refs', () => {
  it('are several on one commit', async () => {
    const { on } = answering(byTable({ [REFS]: [ref(1, 'a'), ref(2, 'c'), ref(3, 'a')] }))
    expect(await pullsByRef(on)).toEqual(
      new Map([
        [sha('a'), [1, 3]],
        [sha('c'), [2]],
      ]),
    )
  })

  it.each([
    { rule: 'one object', body: ref(1, 'a'), why: 'the answer holds no list' },
    {
      rule: 'a ref that names no object',
      body: [{ ref: 'refs/pull/1/head' }],
      why:
        'GET /repos/o/r/git/refs/pull: object Invalid input: expected object, received ' +
        'undefined',
    },
  ])('are not known by $rule', async ({ body, why }) => {
    const { on } = answering(byTable({ [REFS]: body }))
    expect(await failureOf(pullsByRef(on))).toBe(`unexpected-shape: ${why}`)
  })
})

describe('one pull request', () => {
  it.each([
    { rule: 'that is closed', change: { state: 'closed' }, open: false },
    { rule: 'that is open', change: {}, open: true },
  ])('$rule is told whole', async ({ change, open }) => {
    const { on } = answering(byTable({ 'GET /pulls/7': pull(7, change) }))
    expect(await wholePull(on, 7)).toEqual({
      open,
      head: sha('a'),
      pull: {
        number: 7,
        title: 'Change 7',
        head: sha('a'),
        base: 'main',
        baseSha: sha('b'),
        draft: false,
      },
    })
  })

  it('that cannot be read says which', async () => {
    const { on } = answering(byTable({ 'GET /pulls/7': pull(7, { state: null }) }))
    expect(await failureOf(wholePull(on, 7))).toBe(
      'unexpected-shape: GET /repos/o/r/pulls/7: state Invalid input: expected string, ' +
        'received null',
    )
  })
})
