import { describe, expect, it } from '@jest/globals'
import { mergeConditions } from '../../../src/forge/github/conditions.js'
import { pull } from '../../support/builders.js'
import type { Scripted } from '../../support/scripted-github.js'
import { graphql, NEXT, scriptedGithub } from '../../support/scripted-github.js'

/** A pull request that nothing holds back. */
const CALM_PULL = {
  state: 'OPEN',
  isDraft: false,
  mergeable: 'MERGEABLE',
  mergeStateStatus: 'CLEAN',
  reviewDecision: null,
  isInMergeQueue: false,
  isMergeQueueEnabled: false,
  reviewThreads: { totalCount: 0, nodes: [] },
  commits: {
    totalCount: 1,
    nodes: [{ commit: { oid: 'c'.repeat(40), signature: { isValid: true } } }],
  },
  baseRef: null,
}

/** What is said of it, in the order in which it is said. */
const CALM = {
  open: 'met: it is open',
  conflicts: 'met: GitHub says that it has none',
  'outdated-branch': 'met: GitHub says that it can be merged',
  'signed-commits': 'met: every commit has a valid signature',
  draft: 'met: it is no draft',
  'requested-changes': 'met: GitHub asks for no review',
  approvals: 'met: GitHub asks for no review',
  conversations: 'met: none is unresolved',
  'other-rules': null,
  'protected-files': null,
  'merge-queue': 'met: there is none',
  permission: 'met: this token may merge',
}

/** What a test says of a merge. */
interface Scene {
  readonly rule: string
  /** Fields of the pull request. */
  readonly seen?: Readonly<Record<string, unknown>>
  readonly viewer?: string | null
  /** Rules of the base branch by rulesets; none if not said. */
  readonly rules?: readonly unknown[] | Scripted
  /** Has the base branch classic rules that this token may not read? */
  readonly hidden?: true
  /** What is said otherwise than of a calm one; `null` where it is not said at all. */
  readonly said: Readonly<Partial<Record<keyof typeof CALM, string | null>>>
}

const isScripted = (rules: NonNullable<Scene['rules']>): rules is Scripted => !Array.isArray(rules)

function open({ seen, viewer = 'WRITE', rules = [], hidden }: Omit<Scene, 'rule' | 'said'>) {
  const node = { viewerPermission: viewer, pullRequest: { ...CALM_PULL, ...seen } }
  return scriptedGithub({
    'POST /graphql': graphql(node),
    'GET /rules/branches/main': isScripted(rules) ? rules : { body: rules },
    'GET /branches/main': { body: { protected: hidden === true } },
  })
}

async function linesOf(scene: Omit<Scene, 'rule' | 'said'>): Promise<readonly string[]> {
  const found = await mergeConditions(open(scene).repository, pull(7))
  return found.map(({ name, state, detail }) => `${name} ${state}: ${detail}`)
}

const calmBut = (said: Scene['said']): readonly string[] =>
  Object.entries({ ...CALM, ...said }).flatMap(([name, words]) =>
    words === null ? [] : [`${name} ${words}`],
  )

const CHECKS = 'required_status_checks'
const STRICT = { type: CHECKS, parameters: { strict_required_status_checks_policy: true } }
const LOOSE = { type: CHECKS, parameters: { strict_required_status_checks_policy: false } }
const TALK = { type: 'pull_request', parameters: { required_review_thread_resolution: true } }
const SILENT = { type: 'pull_request', parameters: { required_review_thread_resolution: false } }
const SIGNED = { type: 'required_signatures' }
const HIDDEN = 'whether a rule asks for that could not be read'
const REFUSED: Scripted = { status: 403, body: { message: 'Upgrade to GitHub Pro' } }

/** Classic protection as an administrator reads it, or as anybody does. */
const classic = (change: Readonly<Record<string, unknown>>, half = 'branchProtectionRule') => ({
  baseRef: {
    [half]: {
      requiresConversationResolution: false,
      requiresSignatures: false,
      requiresStrictStatusChecks: false,
      ...change,
    },
  },
})

const commits = (nodes: readonly unknown[] | null, totalCount = nodes?.length ?? 0) => ({
  commits: { totalCount, nodes },
})
const commit = (letter: string, signature: unknown = null) => ({
  commit: { oid: letter.repeat(40), signature },
})
const threads = (nodes: readonly unknown[] | null, totalCount = nodes?.length ?? 0) => ({
  reviewThreads: { totalCount, nodes },
})
const OPEN_TALK = { isResolved: false }
const DONE_TALK = { isResolved: true }

const check = async ({ said, ...scene }: Scene): Promise<void> => {
  expect(await linesOf(scene)).toEqual(calmBut(said))
}

describe('what GitHub says of a merge', () => {
  it('of one that nothing holds back, and what is asked for it', async () => {
    const { repository, asked, posted } = open({})
    const found = await mergeConditions(repository, pull(7))
    expect(found.map(({ name, state, detail }) => `${name} ${state}: ${detail}`)).toEqual(
      calmBut({}),
    )
    expect(asked).toEqual([
      'POST /graphql',
      'GET /rules/branches/main?per_page=100&page=1',
      'GET /branches/main',
    ])
    expect(posted).toMatchObject([{ variables: { owner: 'acme', name: 'widgets', number: 7 } }])
  })

  it.each<Scene>([
    {
      rule: 'a closed one',
      seen: { state: 'CLOSED' },
      said: { open: 'unmet: it is closed' },
    },
    {
      rule: 'a merged one',
      seen: { state: 'MERGED' },
      said: { open: 'unmet: it is merged' },
    },
    {
      rule: 'a draft',
      seen: { isDraft: true },
      said: { draft: 'unmet: it is a draft' },
    },
    {
      rule: 'conflicts, by one of the two words for them',
      seen: { mergeable: 'CONFLICTING' },
      said: { conflicts: 'unmet: GitHub says that it has conflicts' },
    },
    {
      rule: 'conflicts, by the other word alone',
      seen: { mergeStateStatus: 'DIRTY' },
      said: {
        conflicts: 'unmet: GitHub says that it has conflicts',
        'outdated-branch': 'met: no rule asks for the newest base branch',
      },
    },
    {
      rule: 'whether it has conflicts is not told while GitHub looks for them',
      seen: { mergeable: 'UNKNOWN' },
      said: { conflicts: 'unknown: GitHub is still looking for them' },
    },
  ])('$rule', check)
})

describe('a branch behind its base', () => {
  const waits = 'unknown: GitHub says BLOCKED, which names another reason first'
  const free = 'met: no rule asks for the newest base branch'

  it.each<Scene>([
    {
      rule: 'is behind where GitHub says so',
      seen: { mergeStateStatus: 'BEHIND' },
      said: { 'outdated-branch': 'unmet: GitHub says that it is behind its base branch' },
    },
    {
      rule: 'is not behind where hooks alone wait',
      seen: { mergeStateStatus: 'HAS_HOOKS' },
      said: {},
    },
    {
      rule: 'is not behind where checks that nothing requires are red',
      seen: { mergeStateStatus: 'UNSTABLE' },
      said: {},
    },
    {
      rule: 'may be behind where a ruleset asks for the newest base and another reason is told',
      seen: { mergeStateStatus: 'BLOCKED' },
      rules: [LOOSE, STRICT],
      said: { 'outdated-branch': waits },
    },
    {
      rule: 'holds nothing back where the rulesets ask for checks on any base',
      seen: { mergeStateStatus: 'BLOCKED' },
      rules: [LOOSE, { type: CHECKS, parameters: null }, { type: 'deletion' }],
      said: { 'outdated-branch': free },
    },
    {
      rule: 'may be behind where classic protection asks for the newest base',
      seen: {
        mergeStateStatus: 'BLOCKED',
        ...classic({ requiresStrictStatusChecks: true }),
      },
      said: { 'outdated-branch': waits },
    },
    {
      rule: 'holds nothing back where classic protection does not ask for it',
      seen: { mergeStateStatus: 'BLOCKED', ...classic({}) },
      hidden: true,
      said: { 'outdated-branch': free },
    },
    {
      rule: 'may be behind where the half that anybody reads does not tell of it',
      seen: {
        mergeStateStatus: 'BLOCKED',
        ...classic({ requiresStrictStatusChecks: undefined }, 'refUpdateRule'),
      },
      said: { 'outdated-branch': waits },
    },
    {
      rule: 'may be behind where classic protection is hidden',
      seen: { mergeStateStatus: 'BLOCKED' },
      hidden: true,
      said: { 'outdated-branch': waits },
    },
  ])('$rule', check)
})

describe('reviews', () => {
  it.each<Scene>([
    {
      rule: 'none is asked for where nothing is said',
      seen: { reviewDecision: undefined },
      said: {},
    },
    {
      rule: 'an approval meets both',
      seen: { reviewDecision: 'APPROVED' },
      said: {
        'requested-changes': 'met: GitHub says that it is approved',
        approvals: 'met: GitHub says that it is approved',
      },
    },
    {
      rule: 'requested changes say nothing of approvals',
      seen: { reviewDecision: 'CHANGES_REQUESTED' },
      said: {
        'requested-changes': 'unmet: GitHub says that changes are requested',
        approvals: null,
      },
    },
    {
      rule: 'a review that is still required is no request for changes',
      seen: { reviewDecision: 'REVIEW_REQUIRED' },
      said: {
        'requested-changes': 'met: nobody requests changes',
        approvals: 'unmet: GitHub says that a review is required',
      },
    },
    {
      rule: 'a new word says nothing',
      seen: { reviewDecision: 'ASKED_A_ROBOT' },
      said: {
        'requested-changes': null,
        approvals: 'unknown: GitHub tells it in a way this version does not know',
      },
    },
  ])('$rule', check)
})

describe('conversations', () => {
  it.each<Scene>([
    {
      rule: 'an open one holds back where a ruleset asks for its end',
      seen: threads([DONE_TALK, OPEN_TALK]),
      rules: [TALK],
      said: { conversations: 'unmet: 1 unresolved' },
    },
    {
      rule: 'an open one holds nothing back where no rule asks',
      seen: threads([OPEN_TALK, OPEN_TALK]),
      rules: [SILENT, { type: 'pull_request' }],
      said: { conversations: 'met: 2 unresolved, and no rule asks for more' },
    },
    {
      rule: 'an open one may hold back where rules are hidden',
      seen: threads([OPEN_TALK]),
      hidden: true,
      said: { conversations: `unknown: 1 unresolved; ${HIDDEN}` },
    },
    {
      rule: 'an open one holds back where classic protection asks for its end',
      seen: { ...threads([OPEN_TALK]), ...classic({ requiresConversationResolution: true }) },
      said: { conversations: 'unmet: 1 unresolved' },
    },
    {
      rule: 'an open one holds nothing back where classic protection does not ask',
      seen: { ...threads([OPEN_TALK]), ...classic({ requiresSignatures: true }) },
      said: { conversations: 'met: 1 unresolved, and no rule asks for more' },
    },
    {
      rule: 'of one that was not given nothing is said',
      seen: threads([DONE_TALK, null]),
      rules: [TALK],
      said: { conversations: 'unknown: 1 of 2 could be read' },
    },
    {
      rule: 'all are resolved, and a rule asks for it',
      seen: threads([DONE_TALK, DONE_TALK]),
      rules: [TALK],
      said: {},
    },
    {
      rule: 'where some could not be read nothing is said',
      seen: threads([DONE_TALK], 101),
      rules: [TALK],
      said: { conversations: 'unknown: 1 of 101 could be read' },
    },
    {
      rule: 'where some could not be read and rules are hidden nothing is said',
      seen: threads(null, 3),
      hidden: true,
      said: { conversations: 'unknown: 0 of 3 could be read' },
    },
    {
      rule: 'those that could not be read hold nothing back where no rule asks',
      seen: threads([DONE_TALK], 101),
      said: {},
    },
    {
      rule: 'an open one among those that were read is enough',
      seen: threads([OPEN_TALK], 101),
      rules: [TALK],
      said: { conversations: 'unmet: 1 unresolved' },
    },
  ])('$rule', check)
})

describe('an error beside what is told of a merge', () => {
  const because = { message: 'Resource not accessible', type: 'FORBIDDEN' }
  const beside = (path: readonly string[]) =>
    scriptedGithub({
      'POST /graphql': graphql({ viewerPermission: 'WRITE', pullRequest: CALM_PULL }, [
        { ...because, path: ['repository', ...path] },
      ]),
      'GET /rules/branches/main': { body: [] },
      'GET /branches/main': { body: { protected: false } },
    })

  it('leaves nothing of it: that no review is asked for may be what is missing', async () => {
    const { repository } = beside(['pullRequest', 'reviewDecision'])
    expect(await mergeConditions(repository, pull(7))).toEqual([
      { name: 'other-rules', state: 'unknown', detail: 'Resource not accessible' },
    ])
  })

  it('about classic protection is none: that is asked for in another way', async () => {
    const { repository } = beside(['pullRequest', 'baseRef', 'branchProtectionRule'])
    const names = (await mergeConditions(repository, pull(7))).map(({ name }) => name)
    expect(names).toContain('approvals')
  })
})

describe('signatures', () => {
  const first = 'cccccccccc has no valid signature'

  it.each<Scene>([
    {
      rule: 'a commit without one holds back where a ruleset asks',
      seen: commits([commit('a', { isValid: true }), commit('c'), commit('d')]),
      rules: [{ type: 'deletion' }, SIGNED],
      said: { 'signed-commits': `unmet: ${first}` },
    },
    {
      rule: 'one that is not valid is none',
      seen: commits([commit('c', { isValid: false })]),
      rules: [SIGNED],
      said: { 'signed-commits': `unmet: ${first}` },
    },
    {
      rule: 'a commit without one holds nothing back where no rule asks',
      seen: commits([commit('c')]),
      rules: [{ type: 'deletion' }],
      said: { 'signed-commits': `met: ${first}, and no rule asks for more` },
    },
    {
      rule: 'a commit without one may hold back where rules are hidden',
      seen: commits([commit('c')]),
      hidden: true,
      said: { 'signed-commits': `unknown: ${first}; ${HIDDEN}` },
    },
    {
      rule: 'a commit without one holds back where classic protection asks',
      seen: { ...commits([commit('c')]), ...classic({ requiresSignatures: true }) },
      said: { 'signed-commits': `unmet: ${first}` },
    },
    {
      rule: 'a commit without one holds nothing back where classic protection does not ask',
      seen: { ...commits([commit('c')]), ...classic({}) },
      said: { 'signed-commits': `met: ${first}, and no rule asks for more` },
    },
    {
      rule: 'of a commit that was not given nothing is said',
      seen: commits([null]),
      rules: [SIGNED],
      said: { 'signed-commits': 'unknown: 0 of 1 commits could be read' },
    },
    { rule: 'every commit has one, and a rule asks for it', rules: [SIGNED], said: {} },
    {
      rule: 'where some commits could not be read nothing is said',
      seen: commits([commit('c', { isValid: true })], 101),
      rules: [SIGNED],
      said: { 'signed-commits': 'unknown: 1 of 101 commits could be read' },
    },
    {
      rule: 'where no commit could be read and rules are hidden nothing is said',
      seen: commits(null, 1),
      hidden: true,
      said: { 'signed-commits': 'unknown: 0 of 1 commits could be read' },
    },
    {
      rule: 'commits that could not be read hold nothing back where no rule asks',
      seen: commits([commit('c', { isValid: true })], 101),
      said: {},
    },
    {
      rule: 'a bare commit among those that were read is enough',
      seen: commits([commit('c')], 101),
      rules: [SIGNED],
      said: { 'signed-commits': `unmet: ${first}` },
    },
  ])('$rule', check)
})

describe('rules that are judged nowhere here', () => {
  const only = 'only GitHub says whether they are met'

  it.each<Scene>([
    {
      rule: 'are named, each kind once, without those that are judged',
      rules: [
        'deletion',
        'code_scanning',
        'non_fast_forward',
        'workflows',
        'code_scanning',
        'creation',
        'required_linear_history',
        'merge_queue',
        CHECKS,
        'pull_request',
        'required_signatures',
      ].map(type => ({ type })),
      said: { 'other-rules': `unknown: code_scanning, workflows: ${only}` },
    },
    {
      rule: 'about files have their own condition',
      rules: [{ type: 'file_path_restriction' }],
      said: { 'protected-files': `unknown: file_path_restriction: ${only}` },
    },
    {
      rule: 'are none on a server that is too old for rulesets',
      rules: { status: 404, body: { message: 'Not Found' } },
      said: {},
    },
    {
      rule: 'are not known where GitHub refuses to tell them',
      rules: REFUSED,
      said: { 'other-rules': 'unknown: the rules of this branch could not be read' },
    },
    {
      rule: 'are not known where there is another page of them',
      rules: { body: [], headers: NEXT },
      said: { 'other-rules': 'unknown: the rules of this branch could not be read' },
    },
    {
      rule: 'are not known where one of them cannot be read',
      rules: [{ parameters: {} }],
      said: { 'other-rules': 'unknown: the rules of this branch could not be read' },
    },
    {
      rule: 'are not known where what one asks for cannot be read',
      rules: [{ type: CHECKS, parameters: { strict_required_status_checks_policy: 'yes' } }],
      said: { 'other-rules': 'unknown: the rules of this branch could not be read' },
    },
  ])('$rule', check)
})

describe('the merge queue', () => {
  it.each<Scene>([
    {
      rule: 'is not known where GitHub does not tell of one',
      seen: { isMergeQueueEnabled: null },
      said: { 'merge-queue': 'unknown: whether there is one is not told' },
    },
    {
      rule: 'holds back what stands in it, for a time',
      seen: { isMergeQueueEnabled: true, isInMergeQueue: true },
      said: { 'merge-queue': 'pending: it stands in the queue' },
    },
    {
      rule: 'holds back what does not stand in it',
      seen: { isMergeQueueEnabled: true, isInMergeQueue: null },
      said: {
        'merge-queue': 'unmet: merges go through the queue, and it does not stand there',
      },
    },
  ])('$rule', check)
})

describe('who may merge', () => {
  const not = (viewer: string) => `unmet: whoever this token is of may not merge (${viewer})`

  it.each<Scene>([
    { rule: 'an administrator', viewer: 'ADMIN', said: {} },
    { rule: 'a maintainer', viewer: 'MAINTAIN', said: {} },
    { rule: 'nobody who triages', viewer: 'TRIAGE', said: { permission: not('TRIAGE') } },
    { rule: 'nobody who reads', viewer: 'READ', said: { permission: not('READ') } },
    {
      rule: 'is not known where GitHub does not tell it',
      viewer: null,
      said: { permission: 'unknown: what this token may is not told' },
    },
  ])('$rule', check)
})

describe('an answer that tells nothing of a merge', () => {
  const of = 'POST /graphql (merge): pullRequest.'
  const got = (field: string, expected: string, received: string) =>
    `${of}${field} Invalid input: expected ${expected}, received ${received}`
  const lost = (seen: Readonly<Record<string, unknown>>, detail: string) => ({ seen, detail })

  it.each([
    lost({ state: undefined }, got('state', 'string', 'undefined')),
    lost({ isDraft: null }, got('isDraft', 'boolean', 'null')),
    lost({ mergeable: 1 }, got('mergeable', 'string', 'number')),
    lost({ mergeStateStatus: null }, got('mergeStateStatus', 'string', 'null')),
    lost({ reviewDecision: 1 }, got('reviewDecision', 'string', 'number')),
    lost({ isInMergeQueue: 'no' }, got('isInMergeQueue', 'boolean', 'string')),
    lost({ isMergeQueueEnabled: 'no' }, got('isMergeQueueEnabled', 'boolean', 'string')),
    lost({ reviewThreads: { nodes: [] } }, got('reviewThreads.totalCount', 'number', 'undefined')),
    lost(threads([{}]), got('reviewThreads.nodes.0.isResolved', 'boolean', 'undefined')),
    lost({ commits: { nodes: [] } }, got('commits.totalCount', 'number', 'undefined')),
    lost(commits([{}]), got('commits.nodes.0.commit', 'object', 'undefined')),
    lost(commits([{ commit: {} }]), got('commits.nodes.0.commit.oid', 'string', 'undefined')),
    lost(
      commits([commit('c', {})]),
      got('commits.nodes.0.commit.signature.isValid', 'boolean', 'undefined'),
    ),
    ...['requiresConversationResolution', 'requiresSignatures', 'requiresStrictStatusChecks'].map(
      field =>
        lost(
          classic({ [field]: 'no' }),
          got(`baseRef.branchProtectionRule.${field}`, 'boolean', 'string'),
        ),
    ),
    lost(
      classic({ requiresSignatures: null }, 'refUpdateRule'),
      got('baseRef.refUpdateRule.requiresSignatures', 'boolean', 'null'),
    ),
  ])('$detail', async ({ seen, detail }) => {
    expect(await linesOf({ seen })).toEqual([`other-rules unknown: ${detail}`])
  })

  it('is one unknown condition where GitHub refuses it, and no rule is asked for', async () => {
    const refused = [{ type: 'NOT_FOUND', path: ['repository'], message: 'Not here' }]
    const { repository, asked } = scriptedGithub({ 'POST /graphql': graphql(null, refused) })
    expect(await mergeConditions(repository, pull(7))).toEqual([
      { name: 'other-rules', state: 'unknown', detail: 'POST /graphql: Not here' },
    ])
    expect(asked).toEqual(['POST /graphql'])
  })
})
