import { describe, expect, it } from '@jest/globals'
import type { Rules } from '../../../src/forge/github/merge-rules.js'
import { ifAsked, NodeMerge, rulesAsk, rulesOf } from '../../../src/forge/github/merge-rules.js'
import { pull } from '../../support/builders.js'
import type { Script } from '../../support/scripted-github.js'
import { NEXT, scriptedGithub } from '../../support/scripted-github.js'

const RULES = 'GET /rules/branches/main'
const BRANCH = 'GET /branches/main'
const SIGNED = {
  requiresConversationResolution: false,
  requiresSignatures: true,
  requiresStrictStatusChecks: true,
}
const SILENT = { requiresConversationResolution: false, requiresSignatures: false }

/** What GraphQL tells of a merge, as far as its rules go. */
const merge = (viewerPermission: string | null, baseRef: unknown) =>
  NodeMerge().parse({
    viewerPermission,
    pullRequest: {
      state: 'OPEN',
      isDraft: false,
      mergeable: 'MERGEABLE',
      mergeStateStatus: 'CLEAN',
      reviewThreads: { totalCount: 0 },
      commits: { totalCount: 0 },
      baseRef,
    },
  })

const GUARDED: Script = { [RULES]: { body: [] }, [BRANCH]: { body: { protected: true } } }
const BARE: Script = { [RULES]: { body: [] }, [BRANCH]: { body: { protected: false } } }
const BOTH = [`${RULES}?per_page=100&page=1`, BRANCH]
const ALONE = [`${RULES}?per_page=100&page=1`]

describe('the rules of a base branch', () => {
  it.each<{
    rule: string
    script: Script
    viewer?: string
    base?: unknown
    told: Rules
    asked: readonly string[]
  }>([
    {
      rule: 'are all known where the branch has no protection',
      script: BARE,
      told: { rulesets: [], classic: null, isWhole: true },
      asked: BOTH,
    },
    {
      rule: 'may be more where the branch is protected by what is not told',
      script: GUARDED,
      base: { refUpdateRule: null, branchProtectionRule: null },
      told: { rulesets: [], classic: null, isWhole: false },
      asked: BOTH,
    },
    {
      rule: 'are all known to an administrator, whatever guards the branch',
      script: GUARDED,
      viewer: 'ADMIN',
      told: { rulesets: [], classic: null, isWhole: true },
      asked: ALONE,
    },
    {
      rule: 'are all known where the classic rule is told',
      script: GUARDED,
      base: { refUpdateRule: SILENT },
      told: { rulesets: [], classic: SILENT, isWhole: true },
      asked: ALONE,
    },
    {
      rule: "are an administrator's half where both are told",
      script: GUARDED,
      base: { refUpdateRule: SILENT, branchProtectionRule: SIGNED },
      told: { rulesets: [], classic: SIGNED, isWhole: true },
      asked: ALONE,
    },
    {
      rule: 'may be more where the branch cannot be read',
      script: { [RULES]: { body: [] } },
      told: { rulesets: [], classic: null, isWhole: false },
      asked: BOTH,
    },
    {
      rule: 'may be more where the branch does not say whether it is protected',
      script: { ...GUARDED, [BRANCH]: { body: {} } },
      told: { rulesets: [], classic: null, isWhole: false },
      asked: BOTH,
    },
    {
      rule: 'may be more where rulesets are refused, and the branch tells nothing then',
      script: { ...BARE, [RULES]: { status: 403, body: { message: 'no' } } },
      viewer: 'ADMIN',
      base: { branchProtectionRule: SIGNED },
      told: { rulesets: null, classic: SIGNED, isWhole: false },
      asked: ALONE,
    },
    {
      rule: 'may be more where rulesets go on',
      script: { ...BARE, [RULES]: { body: [{ type: 'deletion' }], headers: NEXT } },
      told: { rulesets: null, classic: null, isWhole: false },
      asked: ALONE,
    },
    {
      rule: 'are the rulesets with what they ask for',
      script: {
        ...BARE,
        [RULES]: {
          body: [
            { type: 'deletion' },
            { type: 'pull_request', parameters: { required_review_thread_resolution: true } },
            {
              type: 'required_status_checks',
              parameters: { strict_required_status_checks_policy: false },
            },
          ],
        },
      },
      told: {
        rulesets: [
          { type: 'deletion' },
          { type: 'pull_request', parameters: { required_review_thread_resolution: true } },
          {
            type: 'required_status_checks',
            parameters: { strict_required_status_checks_policy: false },
          },
        ],
        classic: null,
        isWhole: true,
      },
      asked: BOTH,
    },
  ])('$rule', async ({ script, viewer = 'WRITE', base = null, told, asked }) => {
    const scene = scriptedGithub(script)
    expect(await rulesOf(scene.repository, pull(7), merge(viewer, base))).toEqual(told)
    expect(scene.asked).toEqual(asked)
  })

  it('of a branch with a slash are asked for by one name', async () => {
    const { repository, asked } = scriptedGithub({})
    await rulesOf(repository, pull(7, { base: 'release/1.0' }), merge('WRITE', null))
    expect(asked).toEqual([
      'GET /rules/branches/release%2F1.0?per_page=100&page=1',
      'GET /branches/release%2F1.0',
    ])
  })
})

describe('do the rules ask for signatures?', () => {
  const RULE = { type: 'required_signatures' }
  const OTHER = { type: 'deletion' }

  it.each<{ rule: string; rules: Rules; asked: boolean | null }>([
    {
      rule: 'yes where one ruleset of several does',
      rules: { rulesets: [OTHER, RULE], classic: null, isWhole: false },
      asked: true,
    },
    {
      rule: 'yes where the classic rule does, though rulesets are hidden',
      rules: { rulesets: null, classic: SIGNED, isWhole: false },
      asked: true,
    },
    {
      rule: 'no where none does and there are no others',
      rules: { rulesets: [OTHER], classic: SILENT, isWhole: true },
      asked: false,
    },
    {
      rule: 'not known where none does and there may be others',
      rules: { rulesets: [OTHER], classic: SILENT, isWhole: false },
      asked: null,
    },
    {
      rule: 'not known where there is no classic rule and there may be others',
      rules: { rulesets: [], classic: null, isWhole: false },
      asked: null,
    },
  ])('$rule', ({ rules, asked }) => {
    const found = rulesAsk(
      rules,
      ({ type }) => type === 'required_signatures',
      classic => classic.requiresSignatures,
    )
    expect(found).toBe(asked)
  })

  it('is not known where the classic rule does not tell, though there are no others', () => {
    const rules = { rulesets: [], classic: SILENT, isWhole: true }
    const asked = rulesAsk(
      rules,
      () => false,
      classic => classic.requiresStrictStatusChecks,
    )
    expect(asked).toBeNull()
  })
})

describe('a condition by what the rules ask', () => {
  it.each([
    { rule: 'met where there is nothing', is: false, asked: true, state: 'met', detail: 'none' },
    { rule: 'unmet where a rule asks', is: true, asked: true, state: 'unmet', detail: 'some' },
    {
      rule: 'met where no rule asks',
      is: true,
      asked: false,
      state: 'met',
      detail: 'some, and no rule asks for more',
    },
    {
      rule: 'unknown where rules are hidden',
      is: true,
      asked: null,
      state: 'unknown',
      detail: 'some; whether a rule asks for that could not be read',
    },
  ])('$rule', ({ is, asked, state, detail }) => {
    const found = ifAsked('conversations', asked, { is, none: 'none', some: 'some' })
    expect(found).toEqual({ name: 'conversations', state, detail })
  })
})
