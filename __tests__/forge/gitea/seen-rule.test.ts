import { describe, expect, it } from '@jest/globals'
import type { SeenRule } from '../../../src/forge/gitea/seen-rule.js'
import { hiddenWhy, ifAsked, ruleAsks, ruleOf } from '../../../src/forge/gitea/seen-rule.js'
import type { ForgeErrorCode } from '../../../src/forge/port.js'
import { ForgeError } from '../../../src/forge/port.js'
import type { Reply } from '../../support/scripted-gitea.js'
import { scriptedGitea } from '../../support/scripted-gitea.js'

const PATH = '/repos/o/r/branch_protections'
const BRANCH = { isProtected: true, contexts: [], approvals: 0, mayMerge: true, rule: 'main' }
const NOT_TOLD = { kind: 'hidden', why: 'which rule counts for this branch is not told' }

/** The rule of the branch by this answer, and what was asked for it. */
async function seen(reply: Reply, branch: Partial<typeof BRANCH> = {}) {
  const { on, asked } = scriptedGitea({ [PATH]: reply })
  return { rule: await ruleOf(on, { ...BRANCH, ...branch }), asked }
}

describe('the rule of a branch', () => {
  it('is not asked for where the branch is not protected', async () => {
    expect(await seen({ body: [] }, { isProtected: false })).toEqual({
      rule: { kind: 'none' },
      asked: [],
    })
  })

  it('is the one of the name that the branch tells', async () => {
    const body = [{ rule_name: 'release' }, { rule_name: 'main', require_signed_commits: true }]
    expect(await seen({ body })).toEqual({
      rule: { kind: 'rule', rule: body[1] },
      asked: [PATH],
    })
  })

  it.each([
    { scene: 'a server that knows only the older name', row: { branch_name: 'main' } },
    { scene: 'a server that leaves the newer name empty', row: { rule_name: null } },
    { scene: 'a server with both names', row: { rule_name: 'main', branch_name: 'other' } },
  ])('has the name of $scene', async ({ row }) => {
    const one = { branch_name: 'main', ...row }
    const { rule } = await seen({ body: [{ rule_name: 'release' }, one] })
    expect(rule).toEqual({ kind: 'rule', rule: one })
  })

  it.each([
    { scene: 'no rule bears its name', body: [{ rule_name: 'other', branch_name: 'main' }] },
    { scene: 'there is no rule', body: [] },
    { scene: 'a rule has no name', body: [{}] },
  ])('is hidden where $scene', async ({ body }) => {
    expect((await seen({ body })).rule).toEqual(NOT_TOLD)
  })

  it('is hidden where the branch does not tell its name', async () => {
    expect((await seen({ body: [{ rule_name: 'main' }, {}] }, { rule: '' })).rule).toEqual(NOT_TOLD)
  })

  it.each([
    { code: 'forbidden', why: 'only an administrator may read this rule' },
    { code: 'not-found', why: 'only an administrator may read this rule' },
    { code: 'unauthorized', why: 'only an administrator may read this rule' },
    { code: 'server-error', why: 'as the server says' },
    { code: 'timeout', why: 'as the server says' },
  ] satisfies readonly { code: ForgeErrorCode; why: string }[])(
    'is hidden after $code: $why',
    async ({ code, why }) => {
      const { rule } = await seen(new ForgeError(code, 'as the server says'))
      expect(rule).toEqual({ kind: 'hidden', why })
    },
  )

  it.each([
    { scene: 'no list', body: {}, said: 'row Invalid input: expected array, received object' },
    {
      scene: 'a flag that is a word',
      body: [{ rule_name: 'main', require_signed_commits: 'yes' }],
      said: '0.require_signed_commits Invalid input: expected boolean, received string',
    },
    {
      scene: 'patterns that are a list',
      body: [{ rule_name: 'main', protected_file_patterns: [] }],
      said: '0.protected_file_patterns Invalid input: expected string, received array',
    },
  ])('is hidden by $scene', async ({ body, said }) => {
    expect((await seen({ body })).rule).toEqual({ kind: 'hidden', why: `GET ${PATH}: ${said}` })
  })
})

describe('whether the rule asks for it', () => {
  const asking = (asks: boolean | null | undefined): boolean | null =>
    ruleAsks({ kind: 'rule', rule: { require_signed_commits: asks } }, one => {
      return one.require_signed_commits
    })

  it.each([
    { says: true, asks: true },
    { says: false, asks: false },
    { says: null, asks: false },
    { says: undefined, asks: false },
  ])('where it says $says: $asks', ({ says, asks }) => {
    expect(asking(says)).toBe(asks)
  })

  it.each([
    { seen: { kind: 'none' }, asks: false },
    { seen: { kind: 'hidden', why: 'no' }, asks: null },
  ] satisfies readonly { seen: SeenRule; asks: boolean | null }[])(
    'where it is $seen.kind: $asks',
    ({ seen, asks }) => {
      expect(ruleAsks(seen, () => true)).toBe(asks)
    },
  )

  it.each([
    { seen: { kind: 'none' }, why: '' },
    { seen: { kind: 'rule', rule: {} }, why: '' },
    { seen: { kind: 'hidden', why: 'it is not yours' }, why: 'it is not yours' },
  ] satisfies readonly { seen: SeenRule; why: string }[])(
    'is hidden for a reason where it is $seen.kind: "$why"',
    ({ seen, why }) => {
      expect(hiddenWhy(seen)).toBe(why)
    },
  )
})

describe('a condition that only a rule makes one', () => {
  const WORDS = { none: 'nothing is there', some: 'something is there' }
  const HIDDEN: SeenRule = { kind: 'hidden', why: 'it is not yours' }

  it.each([
    { is: false, asked: true, state: 'met', detail: 'nothing is there' },
    { is: false, asked: null, state: 'met', detail: 'nothing is there' },
    { is: true, asked: true, state: 'unmet', detail: 'something is there' },
    {
      is: true,
      asked: false,
      state: 'met',
      detail: 'something is there, which the rule lets pass',
    },
    {
      is: true,
      asked: null,
      state: 'unknown',
      detail: 'something is there; whether that holds it back: it is not yours',
    },
  ])('is it there: $is, asked for: $asked', ({ is, asked, state, detail }) => {
    const name = 'outdated-branch'
    const found = ifAsked(name, HIDDEN, asked, { is, none: WORDS.none, some: WORDS.some })
    expect(found).toEqual({ name, state, detail })
  })
})
