import { describe, expect, it } from '@jest/globals'
import type { MergeCondition } from '../../../src/core/model/merge.js'
import { mergeConditions } from '../../../src/forge/gitea/conditions.js'
import type { BranchRule } from '../../../src/forge/gitea/protection.js'
import type { ForgeError } from '../../../src/forge/port.js'
import { BASE_SHA, pull, SHA } from '../../support/builders.js'
import type { Reply, Script } from '../../support/scripted-gitea.js'
import { broken, forbidden, scriptedGitea } from '../../support/scripted-gitea.js'

const PULL = '/repos/o/r/pulls/7'
const REVIEWS = `${PULL}/reviews?page=1&limit=50`
const RULES = '/repos/o/r/branch_protections'
const DEPENDENCIES = '/repos/o/r/issues/7/dependencies'
const waitsFor = (page: number): string => `${DEPENDENCIES}?page=${page}&limit=50`

const BRANCH: BranchRule = {
  isProtected: true,
  contexts: [],
  approvals: 0,
  mayMerge: true,
  rule: 'main',
}

/** A pull request that holds all of its base branch, and can be merged. */
const WIRE = {
  number: 7,
  state: 'open',
  draft: false,
  mergeable: true,
  merge_base: BASE_SHA,
  base: { sha: BASE_SHA },
}
const wire = (change: object): Reply => ({ body: { ...WIRE, ...change } })

const rule = (asks: object = {}): Reply => ({ body: [{ rule_name: 'main', ...asks }] })

/** A server on which nothing holds the pull request back. */
const CLEAR: Script = {
  [PULL]: wire({}),
  [REVIEWS]: { body: [], total: 0 },
  [RULES]: rule(),
  [waitsFor(1)]: { body: [] },
}

/** All conditions on a server that is changed so, and what was asked for them. */
async function told(change: Script = {}, branch: Partial<BranchRule> | ForgeError = {}) {
  const { on, asked } = scriptedGitea({ ...CLEAR, ...change })
  const branches: string[] = []
  const ruleOf = (name: string): Promise<BranchRule> => {
    branches.push(name)
    return branch instanceof Error
      ? Promise.reject(branch)
      : Promise.resolve({ ...BRANCH, ...branch })
  }
  const conditions = await mergeConditions(on, ruleOf, pull(7))
  return { conditions, asked, branches }
}

/** One of them as its state and its words; `absent` where nothing is said of it. */
function of(
  conditions: readonly MergeCondition[],
  name: MergeCondition['name'],
): readonly [string, string] {
  const found = conditions.find(one => one.name === name)
  return found === undefined ? ['absent', ''] : [found.state, found.detail]
}

const met = (name: MergeCondition['name'], detail: string): MergeCondition => ({
  name,
  state: 'met',
  detail,
})

describe('the conditions of a merge', () => {
  it('are all met where nothing holds it back, each read once', async () => {
    expect(await told()).toEqual({
      conditions: [
        met('open', 'it is open'),
        met('conflicts', 'the server says it can be merged'),
        met('outdated-branch', 'it holds all of its base branch'),
        met('draft', 'it is no draft'),
        met('requested-changes', 'nobody requests changes'),
        met('review-requests', 'no review is still asked for'),
        met('approvals', 'none is asked for'),
        met('signed-commits', 'none is asked for'),
        met('protected-files', 'no file is protected'),
        met('dependencies', 'it waits for no other'),
        met('permission', 'this token may merge'),
      ],
      asked: [PULL, RULES, REVIEWS, waitsFor(1)],
      branches: ['main'],
    })
  })

  it('are not known where nothing can be read, and none is left out for that', async () => {
    const deaf = { [PULL]: broken(), [REVIEWS]: broken(), [waitsFor(1)]: broken() }
    const { conditions, asked } = await told(deaf, forbidden())
    expect(conditions.map(({ name, state, detail }) => [name, state, detail])).toEqual([
      ['conflicts', 'unknown', 'the server is broken'],
      ['approvals', 'unknown', 'the reviews or the rule could not be read'],
      ['signed-commits', 'unknown', 'it is not yours'],
      ['protected-files', 'unknown', 'it is not yours'],
      ['dependencies', 'unknown', 'the server is broken'],
      ['permission', 'unknown', 'whether this token may merge could not be read'],
    ])
    expect(asked).not.toContain(RULES)
  })
})

interface Stands {
  readonly scene: string
  readonly name: MergeCondition['name']
  readonly change: object
  readonly asks?: object
  readonly says: readonly [string, string]
}

const STANDS: readonly Stands[] = [
  {
    scene: 'one that was closed is not open',
    name: 'open',
    change: { state: 'closed' },
    says: ['unmet', 'it is closed'],
  },
  {
    scene: 'one that cannot be merged has conflicts, or is still checked',
    name: 'conflicts',
    change: { mergeable: false },
    says: [
      'unmet',
      'the server says it cannot be merged: it has conflicts, or is still checked for them',
    ],
  },
  {
    scene: 'of a draft a server tells no conflicts',
    name: 'conflicts',
    change: { mergeable: false, draft: true },
    says: ['unknown', 'of a draft the server does not tell'],
  },
  {
    scene: 'a draft that can be merged has no conflicts',
    name: 'conflicts',
    change: { draft: true },
    says: ['met', 'the server says it can be merged'],
  },
  {
    scene: 'a draft is not finished',
    name: 'draft',
    change: { draft: true },
    says: ['unmet', 'its title says that it is not finished'],
  },
  {
    scene: 'what an older server does not call a draft is none',
    name: 'draft',
    change: { draft: null },
    says: ['met', 'it is no draft'],
  },
  {
    scene: 'a base that has gone on holds back where the rule minds',
    name: 'outdated-branch',
    change: { merge_base: SHA },
    asks: { block_on_outdated_branch: true },
    says: ['unmet', 'its base branch has gone on since'],
  },
  {
    scene: 'a base that has gone on is let pass where the rule does not mind',
    name: 'outdated-branch',
    change: { merge_base: SHA },
    asks: { block_on_outdated_branch: false },
    says: ['met', 'its base branch has gone on since, which the rule lets pass'],
  },
  {
    scene: 'where it branched off may not be told',
    name: 'outdated-branch',
    change: { merge_base: '' },
    says: ['unknown', 'where it branched off is not told'],
  },
  {
    scene: 'where its base stands may not be told',
    name: 'outdated-branch',
    change: { base: { sha: '' } },
    says: ['unknown', 'where it branched off is not told'],
  },
  {
    scene: 'two commits that are not told are not the same commit',
    name: 'outdated-branch',
    change: { merge_base: '', base: { sha: '' } },
    says: ['unknown', 'where it branched off is not told'],
  },
]

describe('a pull request by itself', () => {
  it.each(STANDS)('$scene', async ({ name, change, asks, says }) => {
    const { conditions } = await told({ [PULL]: wire(change), [RULES]: rule(asks) })
    expect(of(conditions, name)).toEqual(says)
  })

  it('of another one nothing is said', async () => {
    const { conditions } = await told({ [PULL]: wire({ number: 8 }) })
    expect(of(conditions, 'conflicts')).toEqual([
      'unknown',
      `GET ${PULL}: the answer is about number 8 instead of 7`,
    ])
  })

  it.each([
    { scene: 'no state', field: 'state', wrong: 'expected string, received undefined' },
    {
      scene: 'nothing of a merge',
      field: 'mergeable',
      wrong: 'expected boolean, received undefined',
    },
    {
      scene: 'no place it branched off',
      field: 'merge_base',
      wrong: 'expected string, received undefined',
    },
    { scene: 'no base', field: 'base', wrong: 'expected object, received undefined' },
  ])('that tells $scene is not understood', async ({ field, wrong }) => {
    const { conditions } = await told({ [PULL]: wire({ [field]: undefined }) })
    expect(conditions.slice(0, 2)).toEqual([
      {
        name: 'conflicts',
        state: 'unknown',
        detail: `GET ${PULL}: ${field} Invalid input: ${wrong}`,
      },
      met('requested-changes', 'nobody requests changes'),
    ])
  })

  it('whose base has no commit is not understood', async () => {
    const { conditions } = await told({ [PULL]: wire({ base: {} }) })
    expect(of(conditions, 'conflicts')).toEqual([
      'unknown',
      `GET ${PULL}: base.sha Invalid input: expected string, received undefined`,
    ])
  })
})

describe('signed commits', () => {
  const ASKED = 'the rule asks for them; whether this server would sign the merge is not told'

  it.each([
    {
      scene: 'a rule that asks for them leaves it open',
      reply: rule({ require_signed_commits: true }),
      says: ['unknown', ASKED],
    },
    {
      scene: 'a rule that does not ask for them lets it pass',
      reply: rule({ require_signed_commits: false }),
      says: ['met', 'none is asked for'],
    },
    {
      scene: 'a hidden rule may ask for them',
      reply: forbidden(),
      says: ['unknown', 'only an administrator may read this rule'],
    },
  ])('$scene', async ({ reply, says }) => {
    const { conditions } = await told({ [RULES]: reply })
    expect(of(conditions, 'signed-commits')).toEqual(says)
  })

  it('of a branch without a rule are not asked for, and neither is a rule', async () => {
    const { conditions, asked } = await told({}, { isProtected: false })
    expect(of(conditions, 'signed-commits')).toEqual(['met', 'none is asked for'])
    expect(asked).not.toContain(RULES)
  })
})

interface Waits {
  readonly scene: string
  readonly pages: readonly Reply[]
  readonly says: readonly [string, string]
  /** How many pages are asked for. */
  readonly reads: number
}

const issue = (number: number, state: string) => ({ number, state })

const WAITS: readonly Waits[] = [
  { scene: 'nothing', pages: [{ body: [] }], says: ['met', 'it waits for no other'], reads: 1 },
  {
    scene: 'one that was closed, and nothing else',
    pages: [{ body: [issue(3, 'closed')] }, { body: [] }],
    says: ['met', 'it waits for no other'],
    reads: 2,
  },
  {
    scene: 'closed ones on a page that another follows',
    pages: [{ body: [issue(3, 'closed')] }, { body: [issue(4, 'open')] }],
    says: ['unknown', 'only 1 of them were read'],
    reads: 2,
  },
  {
    scene: 'open ones, whatever comes on other pages',
    pages: [{ body: [issue(3, 'open'), issue(4, 'closed'), issue(5, 'open')] }],
    says: ['unmet', 'it waits for #3, #5'],
    reads: 1,
  },
  {
    scene: 'what may not be read',
    pages: [forbidden()],
    says: ['unknown', 'it is not yours'],
    reads: 1,
  },
  {
    scene: 'what may follow on a page that cannot be read',
    pages: [{ body: [issue(3, 'closed')] }, broken()],
    says: ['unknown', 'the server is broken'],
    reads: 2,
  },
  {
    scene: 'one without a number',
    pages: [{ body: [{ state: 'open' }] }],
    says: [
      'unknown',
      `GET ${DEPENDENCIES}: 0.number Invalid input: expected number, received undefined`,
    ],
    reads: 1,
  },
  {
    scene: 'one without a state',
    pages: [{ body: [{ number: 3 }] }],
    says: [
      'unknown',
      `GET ${DEPENDENCIES}: 0.state Invalid input: expected string, received undefined`,
    ],
    reads: 1,
  },
]

describe('a pull request that waits for', () => {
  it.each(WAITS)('$scene', async ({ pages, says, reads }) => {
    const script = Object.fromEntries(pages.map((page, index) => [waitsFor(index + 1), page]))
    const { conditions, asked } = await told(script)
    expect(of(conditions, 'dependencies')).toEqual(says)
    expect(asked.filter(request => request.startsWith(DEPENDENCIES))).toEqual(
      [1, 2].slice(0, reads).map(waitsFor),
    )
  })
})

describe('reviews', () => {
  const APPROVED = { id: 1, state: 'APPROVED', official: true }
  const UNREAD = 'the reviews or the rule could not be read'

  it.each([
    {
      scene: 'that are all read count',
      reply: { body: [APPROVED], total: 1 },
      says: ['unmet', '1 of 2 approvals'],
    },
    {
      scene: 'of which one cannot be read are not known',
      reply: { body: [APPROVED, { id: 2 }], total: 2 },
      says: ['unknown', UNREAD],
    },
    {
      scene: 'of which the server counts more are not known',
      reply: { body: [APPROVED], total: 2 },
      says: ['unknown', UNREAD],
    },
    { scene: 'that may not be read are not known', reply: forbidden(), says: ['unknown', UNREAD] },
  ])('$scene', async ({ reply, says }) => {
    const page2 = `${PULL}/reviews?page=2&limit=50`
    const { conditions } = await told(
      { [REVIEWS]: reply, [page2]: { body: [], total: 2 } },
      {
        approvals: 2,
      },
    )
    expect(of(conditions, 'approvals')).toEqual(says)
  })

  it('count for nothing where the branch does not tell how many it needs', async () => {
    const { conditions } = await told({ [REVIEWS]: { body: [APPROVED], total: 1 } }, forbidden())
    expect(of(conditions, 'approvals')).toEqual(['unknown', UNREAD])
    expect(of(conditions, 'requested-changes')).toEqual(['absent', ''])
  })
})

describe('whether this token may merge', () => {
  it.each([
    { mayMerge: true, says: ['met', 'this token may merge'] },
    { mayMerge: false, says: ['unmet', 'whoever this token is of may not merge into main'] },
    { mayMerge: null, says: ['unknown', 'whether this token may merge could not be read'] },
  ])('where the branch says $mayMerge', async ({ mayMerge, says }) => {
    const { conditions } = await told({}, { mayMerge })
    expect(of(conditions, 'permission')).toEqual(says)
  })
})
