import { describe, expect, it } from '@jest/globals'
import { protectionOf, requiredCheckNames } from '../../../src/forge/github/rules.js'
import type { Script, Scripted } from '../../support/scripted-github.js'
import { errorOf, NEXT, scriptedGithub } from '../../support/scripted-github.js'

const RULES = 'GET /rules/branches/main'
const BRANCH = 'GET /branches/main'

const checksOf = (...required_status_checks: readonly unknown[]) => ({
  type: 'required_status_checks',
  parameters: { required_status_checks },
})
const check = (context: string, integration_id?: number | null) => ({ context, integration_id })
const classic = (required_status_checks: unknown): Scripted => ({
  body: { protection: { required_status_checks } },
})
const QUEUE = { type: 'merge_queue', parameters: {} }

/** What a merge into main requires, by what rulesets and the branch answer. */
const protectionBy = (script: Script) =>
  protectionOf(scriptedGithub({ [BRANCH]: { body: {} }, ...script }).repository, 'main')

const OPEN = { checks: [], hidden: null, queue: false }
const lint = { context: 'lint', app: null }
const gate = { context: 'gate', app: null }

describe('what a merge into a branch requires', () => {
  it.each<{ rule: string; rules?: readonly unknown[]; branch?: Scripted; told: object }>([
    { rule: 'nothing, where no rule asks', rules: [], told: {} },
    { rule: 'nothing, on a server without rulesets and a branch that is gone', told: {} },
    {
      rule: 'what rulesets ask for, by any app or by one',
      rules: [checksOf(check('lint'), check('gate', 7)), checksOf(check('docs', null))],
      told: {
        checks: [lint, { context: 'gate', app: 7 }, { context: 'docs', app: null }],
      },
    },
    {
      rule: 'by any app, where GitHub writes 0 for it',
      rules: [checksOf(check('lint', 0))],
      told: { checks: [lint] },
    },
    {
      rule: 'the same context of two apps twice, and of one app once',
      rules: [checksOf(check('gate', 7), check('gate', 8), check('gate'), check('gate', 7))],
      told: {
        checks: [{ context: 'gate', app: 7 }, { context: 'gate', app: 8 }, gate],
      },
    },
    {
      rule: 'no check that stands in a rule of another kind',
      rules: [{ ...checksOf(check('lint')), type: 'workflows' }],
      told: {},
    },
    {
      rule: 'no check of a rule that names none',
      rules: [{ type: 'required_status_checks' }, checksOf()],
      told: {},
    },
    {
      rule: 'the queue, where one rule of several asks for it',
      rules: [checksOf(check('lint')), QUEUE, { type: 'deletion' }],
      told: { checks: [lint], queue: true },
    },
    {
      rule: 'what classic protection pins, and what it names beside it',
      rules: [],
      branch: classic({
        contexts: ['gate', 'lint', 'docs'],
        checks: [
          { context: 'gate', app_id: 7 },
          { context: 'docs', app_id: -1 },
        ],
      }),
      told: { checks: [{ context: 'gate', app: 7 }, { context: 'docs', app: null }, lint] },
    },
    {
      rule: 'what classic protection names without pins',
      rules: [],
      branch: classic({ contexts: ['lint'] }),
      told: { checks: [lint] },
    },
    {
      rule: 'what either asks for',
      rules: [checksOf(check('lint'))],
      branch: classic({ checks: [{ context: 'gate', app_id: null }] }),
      told: { checks: [lint, gate] },
    },
  ])('$rule', async ({ rules, branch, told }) => {
    const found = await protectionBy({
      ...(rules === undefined ? { [BRANCH]: { status: 404 } } : { [RULES]: { body: rules } }),
      ...(branch === undefined ? {} : { [BRANCH]: branch }),
    })
    expect(found).toEqual({ ...OPEN, ...told })
  })

  it('by every page of rules, the queue by any of them', async () => {
    const { repository, asked } = scriptedGithub({
      [RULES]: [
        { body: [QUEUE, checksOf(check('lint'))], headers: NEXT },
        { body: [checksOf(check('gate'))] },
      ],
      [BRANCH]: { body: {} },
    })
    expect(await protectionOf(repository, 'main')).toEqual({
      checks: [lint, gate],
      hidden: null,
      queue: true,
    })
    expect(asked).toEqual([`${RULES}?per_page=100&page=1`, BRANCH, `${RULES}?per_page=100&page=2`])
  })

  it('a branch with a slash is one name', async () => {
    const { repository, asked } = scriptedGithub({})
    await protectionOf(repository, 'release/1.0')
    expect(asked).toEqual([
      'GET /rules/branches/release%2F1.0?per_page=100&page=1',
      'GET /branches/release%2F1.0',
    ])
  })
})

const REFUSED: Scripted = { status: 403, body: { message: 'Upgrade to GitHub Pro' } }
const WHY = 'GET /repos/acme/widgets/rules/branches/main: 403 Upgrade to GitHub Pro'
const WHY_OF_BRANCH =
  'GET /repos/acme/widgets/branches/main: 403 Upgrade to GitHub Pro: ' +
  'the token needs "contents: read"'

describe('requirements that are hidden from the token', () => {
  it.each<{ rule: string; script: Script; told: object }>([
    {
      rule: 'leave what the other half tells',
      script: { [RULES]: REFUSED, [BRANCH]: classic({ contexts: ['lint'] }) },
      told: { checks: [lint], hidden: WHY },
    },
    {
      rule: 'in the branch leave the rulesets and their queue',
      script: { [RULES]: { body: [QUEUE, checksOf(check('gate'))] }, [BRANCH]: REFUSED },
      told: { checks: [gate], hidden: WHY_OF_BRANCH, queue: true },
    },
    {
      rule: 'in both say the first reason',
      script: { [RULES]: REFUSED, [BRANCH]: REFUSED },
      told: { hidden: WHY },
    },
  ])('$rule', async ({ script, told }) => {
    expect(await protectionBy(script)).toEqual({ ...OPEN, ...told })
  })

  it.each<{ rule: string; script: Script; why: string }>([
    {
      rule: 'a server that is down',
      script: { [RULES]: { status: 500, body: { message: 'Unicorn' } } },
      why: 'server-error: GET /repos/acme/widgets/rules/branches/main: 500 Unicorn',
    },
    {
      rule: 'a rule without a kind',
      script: { [RULES]: { body: [{}] } },
      why:
        'unexpected-shape: GET /repos/acme/widgets/rules/branches/main: ' +
        '0.type Invalid input: expected string, received undefined',
    },
    {
      rule: 'rules that never end',
      script: { [RULES]: { body: [], headers: NEXT } },
      why: 'unexpected-shape: GET /repos/acme/widgets/rules/branches/main: more than 10 pages',
    },
    {
      rule: 'a branch whose protection is a word',
      script: { [BRANCH]: { body: { protection: 'on' } } },
      why:
        'unexpected-shape: GET /repos/acme/widgets/branches/main: ' +
        'protection Invalid input: expected object, received string',
    },
  ])('are not meant where the next try may tell: $rule', async ({ script, why }) => {
    expect(await errorOf(protectionBy(script))).toBe(why)
  })
})

describe('the names that a merge requires', () => {
  it('are the contexts of all checks', async () => {
    const { repository } = scriptedGithub({
      [RULES]: { body: [checksOf(check('lint'))] },
      [BRANCH]: classic({ contexts: ['gate'] }),
    })
    expect(await requiredCheckNames(repository, 'main')).toEqual(['lint', 'gate'])
  })

  it('are not known where some may be hidden', async () => {
    const { repository } = scriptedGithub({
      [RULES]: REFUSED,
      [BRANCH]: classic({ contexts: ['gate'] }),
    })
    expect(await errorOf(requiredCheckNames(repository, 'main'))).toBe(`forbidden: ${WHY}`)
  })
})
