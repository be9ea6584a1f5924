import { describe, expect, it } from '@jest/globals'
import {
  branchRule,
  commitOf,
  defaultBranch,
  requiredToMerge,
} from '../../../src/forge/gitea/protection.js'
import { scriptedGitea } from '../../support/scripted-gitea.js'

const PATH = '/repos/o/r/branches/rel%2F1'
const BARE = { enable_status_check: false }
const ALL_OPEN = { isProtected: true, contexts: [], approvals: 0, mayMerge: null, rule: '' }

const answering = (body: unknown, path = PATH) => scriptedGitea({ [path]: { body } })

describe('what a branch tells of its rule', () => {
  it.each([
    {
      scene: 'a server that tells next to nothing: protected is what is not told to be free',
      body: BARE,
      rule: ALL_OPEN,
    },
    {
      scene: 'a server that says null for what it does not tell',
      body: {
        ...BARE,
        status_check_contexts: null,
        protected: null,
        required_approvals: null,
        user_can_merge: null,
        effective_branch_protection_name: null,
      },
      rule: ALL_OPEN,
    },
    {
      scene: 'a branch without a rule',
      body: { ...BARE, protected: false, user_can_merge: true },
      rule: { ...ALL_OPEN, isProtected: false, mayMerge: true },
    },
    {
      scene: 'a rule that an administrator sees',
      body: {
        enable_status_check: true,
        status_check_contexts: ['a', 'b', 'a'],
        protected: true,
        required_approvals: 2,
        user_can_merge: false,
        effective_branch_protection_name: 'rel/*',
      },
      rule: {
        isProtected: true,
        contexts: ['a', 'b'],
        approvals: 2,
        mayMerge: false,
        rule: 'rel/*',
      },
    },
    {
      scene: 'a rule whose contexts are not asked for',
      body: { ...BARE, status_check_contexts: ['a'] },
      rule: ALL_OPEN,
    },
    {
      scene: 'a rule that asks for statuses and names none: all of them count',
      body: { enable_status_check: true, status_check_contexts: [] },
      rule: { ...ALL_OPEN, contexts: ['*'] },
    },
    {
      scene: 'a rule that asks for statuses and tells no names: all of them count',
      body: { enable_status_check: true },
      rule: { ...ALL_OPEN, contexts: ['*'] },
    },
  ])('$scene', async ({ body, rule }) => {
    const { on, asked } = answering(body)
    expect([await branchRule(on, 'rel/1'), asked]).toEqual([rule, [PATH]])
  })
})

describe('what a merge requires by name', () => {
  it.each([
    {
      scene: 'each context once',
      body: { enable_status_check: true, status_check_contexts: ['a', 'b', 'a'] },
      required: ['a', 'b'],
    },
    {
      scene: 'nothing where contexts are named and not asked for',
      body: { ...BARE, status_check_contexts: ['a'] },
      required: [],
    },
    {
      scene: 'nothing where statuses are asked for and none is named',
      body: { enable_status_check: true, status_check_contexts: null },
      required: [],
    },
  ])('is $scene', async ({ body, required }) => {
    const { on, asked } = answering(body)
    expect([await requiredToMerge(on, 'rel/1'), asked]).toEqual([required, [PATH]])
  })

  it.each([
    {
      field: 'enable_status_check',
      value: undefined,
      told: 'expected boolean, received undefined',
    },
    { field: 'status_check_contexts', value: 'a', told: 'expected array, received string' },
    { field: 'protected', value: 1, told: 'expected boolean, received number' },
    { field: 'required_approvals', value: '2', told: 'expected number, received string' },
    { field: 'user_can_merge', value: 'no', told: 'expected boolean, received string' },
    {
      field: 'effective_branch_protection_name',
      value: 1,
      told: 'expected string, received number',
    },
  ])('is not known where $field is $value', async ({ field, value, told }) => {
    const { on } = answering({ ...BARE, [field]: value })
    const message = `GET ${PATH}: ${field} Invalid input: ${told}`
    const failure = { code: 'unexpected-shape', message }
    await expect(requiredToMerge(on, 'rel/1')).rejects.toMatchObject(failure)
    await expect(branchRule(on, 'rel/1')).rejects.toMatchObject(failure)
  })
})

describe('the commit of a branch', () => {
  it.each([{ id: 'a1'.repeat(20) }, { id: '0f'.repeat(32) }])('is $id', async ({ id }) => {
    const { on, asked } = answering({ commit: { id } })
    expect([await commitOf(on, 'rel/1'), asked]).toEqual([id, [PATH]])
  })

  it.each([
    { scene: 'too short', id: 'a'.repeat(39) },
    { scene: 'too long', id: 'a'.repeat(65) },
    { scene: 'no hexadecimal number', id: 'g'.repeat(40) },
    { scene: 'more than a commit at its end', id: `${'a'.repeat(40)} x` },
    { scene: 'more than a commit at its start', id: `x ${'a'.repeat(40)}` },
    { scene: 'one digit', id: 'a' },
  ])('is nothing that is $scene', async ({ id }) => {
    const { on } = answering({ commit: { id } })
    await expect(commitOf(on, 'rel/1')).rejects.toMatchObject({
      code: 'unexpected-shape',
      message: expect.stringMatching(/^GET \/repos\/o\/r\/branches\/rel%2F1: commit\.id Invalid/),
    })
  })

  it('is not known where the answer has none', async () => {
    await expect(commitOf(answering({}).on, 'rel/1')).rejects.toMatchObject({
      message: `GET ${PATH}: commit Invalid input: expected object, received undefined`,
    })
  })
})

describe('the default branch', () => {
  it('is what the repository tells', async () => {
    const { on, asked } = answering({ default_branch: 'trunk' }, '/repos/o/r')
    expect([await defaultBranch(on), asked]).toEqual(['trunk', ['/repos/o/r']])
  })

  it.each([
    {
      scene: 'without a name',
      body: { default_branch: '' },
      told: 'default_branch Too small: expected string to have >=1 characters',
    },
    {
      scene: 'that is not told',
      body: {},
      told: 'default_branch Invalid input: expected string, received undefined',
    },
  ])('is none $scene', async ({ body, told }) => {
    await expect(defaultBranch(answering(body, '/repos/o/r').on)).rejects.toMatchObject({
      code: 'unexpected-shape',
      message: `GET /repos/o/r: ${told}`,
    })
  })
})
