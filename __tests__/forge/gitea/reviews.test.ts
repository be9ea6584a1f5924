import { describe, expect, it } from '@jest/globals'
import { byReviews, WireReview } from '../../../src/forge/gitea/reviews.js'
import type { SeenRule } from '../../../src/forge/gitea/seen-rule.js'

type Review = Parameters<typeof byReviews>[1][number]

const NO_RULE: SeenRule = { kind: 'none' }
const HIDDEN: SeenRule = { kind: 'hidden', why: 'it may not be read' }
const rule = (asks: Extract<SeenRule, { kind: 'rule' }>['rule']): SeenRule => ({
  kind: 'rule',
  rule: asks,
})

/** An official review by Ann of the commit as it stands, that nobody dismissed. */
const review = (state: string, change: Partial<Review> = {}): Review => ({
  id: 1,
  state,
  official: true,
  stale: false,
  dismissed: false,
  user: { login: 'ann' },
  ...change,
})
const approval = (change: Partial<Review> = {}): Review => review('APPROVED', change)
const older = approval({ stale: true })

/** One of the conditions, as its state and its words. */
function said(
  name: 'requested-changes' | 'review-requests' | 'approvals',
  seen: SeenRule,
  reviews: readonly Review[],
  needed = 0,
): readonly [string, string] {
  const found = byReviews(seen, reviews, needed).find(one => one.name === name)
  return found === undefined ? ['absent', ''] : [found.state, found.detail]
}

interface Approved {
  readonly scene: string
  readonly given: readonly Review[]
  readonly needed?: number
  readonly says: readonly [string, string]
}

const APPROVED: readonly Approved[] = [
  { scene: 'none is needed', given: [], needed: 0, says: ['met', 'none is asked for'] },
  {
    scene: 'one is given where none is needed',
    given: [approval()],
    needed: 0,
    says: ['met', 'none is asked for'],
  },
  { scene: 'as many as are needed', given: [approval()], says: ['met', '1 of 1 approvals'] },
  {
    scene: 'more than are needed',
    given: [approval(), approval()],
    says: ['met', '2 of 1 approvals'],
  },
  { scene: 'nobody looked', given: [], says: ['unmet', '0 of 1 approvals'] },
  {
    scene: 'fewer than are needed',
    given: [approval()],
    needed: 2,
    says: ['unmet', '1 of 2 approvals'],
  },
  {
    scene: 'a comment approves nothing',
    given: [review('COMMENT')],
    says: ['unmet', '0 of 1 approvals'],
  },
  {
    scene: 'an approval of somebody without a say does not count',
    given: [approval({ official: false })],
    says: ['unmet', '0 of 1 approvals'],
  },
  {
    scene: 'an approval that does not tell whether it counts does not',
    given: [approval({ official: null })],
    says: ['unmet', '0 of 1 approvals'],
  },
  {
    scene: 'an approval that was dismissed does not count',
    given: [approval({ dismissed: true })],
    says: ['unmet', '0 of 1 approvals'],
  },
  {
    scene: 'an approval that tells nothing of age and dismissal counts',
    given: [approval({ dismissed: null, stale: null })],
    says: ['met', '1 of 1 approvals'],
  },
]

describe('approvals', () => {
  it.each(APPROVED)('$scene', ({ given, needed = 1, says }) => {
    expect(said('approvals', NO_RULE, given, needed)).toEqual(says)
  })

  it.each([
    { scene: 'count where no rule stands', seen: NO_RULE, state: 'met' },
    { scene: 'count where the rule says nothing of them', seen: rule({}), state: 'met' },
    {
      scene: 'count where the rule keeps them',
      seen: rule({ dismiss_stale_approvals: false, ignore_stale_approvals: false }),
      state: 'met',
    },
    {
      scene: 'do not count where the rule dismisses them',
      seen: rule({ dismiss_stale_approvals: true, ignore_stale_approvals: false }),
      state: 'unmet',
    },
    {
      scene: 'do not count where the rule ignores them',
      seen: rule({ dismiss_stale_approvals: false, ignore_stale_approvals: true }),
      state: 'unmet',
    },
  ])('of an older commit $scene', ({ seen, state }) => {
    expect(said('approvals', seen, [older], 1)).toEqual([
      state,
      '0 of 1 approvals, and 1 of an older commit',
    ])
  })

  it('of an older commit may count or not where the rule is hidden', () => {
    expect(said('approvals', HIDDEN, [older, approval()], 2)).toEqual([
      'unknown',
      '1 of 2 approvals, and 1 of an older commit; whether those count: it may not be read',
    ])
  })

  it('of an older commit are not asked about where enough others came', () => {
    expect(said('approvals', HIDDEN, [older, approval()], 1)).toEqual(['met', '1 of 1 approvals'])
  })
})

interface Holding {
  readonly scene: string
  readonly seen: SeenRule
  readonly change?: Partial<Review>
  readonly state: 'met' | 'unmet' | 'unknown'
  /** What follows the words of who it is. */
  readonly then: string
}

/** Whether a review that is official holds back, by the rule. */
const holdings = (field: keyof Extract<SeenRule, { kind: 'rule' }>['rule']): readonly Holding[] => [
  { scene: 'the rule minds it', seen: rule({ [field]: true }), state: 'unmet', then: '' },
  {
    scene: 'whether it was dismissed is not told',
    seen: rule({ [field]: true }),
    change: { dismissed: null },
    state: 'unmet',
    then: '',
  },
  {
    scene: 'the rule does not mind it',
    seen: rule({ [field]: false }),
    state: 'met',
    then: ', which the rule lets pass',
  },
  { scene: 'no rule stands', seen: NO_RULE, state: 'met', then: ', which the rule lets pass' },
  {
    scene: 'the rule is hidden',
    seen: HIDDEN,
    state: 'unknown',
    then: '; whether that holds it back: it may not be read',
  },
]

/** Reviews that hold nothing back, whatever the rule. */
const harmless = (state: string): readonly (readonly [string, Review])[] => [
  ['one of somebody without a say', review(state, { official: false })],
  ['one that does not tell whether it counts', review(state, { official: null })],
  ['one that was dismissed', review(state, { dismissed: true })],
  ['an approval', approval()],
]

const ASKS_ALL = rule({ block_on_rejected_reviews: true, block_on_official_review_requests: true })

describe('requested changes', () => {
  it.each(holdings('block_on_rejected_reviews'))('where $scene', holding => {
    const { seen, change, state, then } = holding
    const reviews = [review('REQUEST_CHANGES', change)]
    expect(said('requested-changes', seen, reviews)).toEqual([state, `ann requests changes${then}`])
  })

  it.each(harmless('REQUEST_CHANGES'))('by %s hold nothing back', (_, one) => {
    expect(said('requested-changes', ASKS_ALL, [one])).toEqual(['met', 'nobody requests changes'])
  })

  it('name everybody once, and a team as such', () => {
    const one = review('REQUEST_CHANGES')
    const reviews = [one, one, { ...one, user: { login: 'bob' } }, { ...one, user: null }]
    expect(said('requested-changes', ASKS_ALL, reviews)).toEqual([
      'unmet',
      'ann, bob, a team requests changes',
    ])
  })
})

describe('a review that is still asked for', () => {
  it.each(holdings('block_on_official_review_requests'))('where $scene', holding => {
    const { seen, change, state, then } = holding
    const reviews = [review('REQUEST_REVIEW', change)]
    expect(said('review-requests', seen, reviews)).toEqual([
      state,
      `a review by ann is still asked for${then}`,
    ])
  })

  it.each(harmless('REQUEST_REVIEW'))('of %s holds nothing back', (_, one) => {
    expect(said('review-requests', ASKS_ALL, [one])).toEqual([
      'met',
      'no review is still asked for',
    ])
  })
})

describe('a review of the list', () => {
  it('tells no more than its number and its state where it must not', () => {
    const bare = { id: 1, state: 'APPROVED' }
    const nulls = { ...bare, official: null, stale: null, dismissed: null, user: null }
    expect([WireReview().parse(bare), WireReview().parse(nulls)]).toEqual([bare, nulls])
  })

  it.each([
    { scene: 'a number', raw: { state: 'APPROVED' } },
    { scene: 'a state', raw: { id: 1 } },
    { scene: 'a login of its user', raw: { id: 1, state: 'APPROVED', user: {} } },
    { scene: 'a plain word on its worth', raw: { id: 1, state: 'APPROVED', official: 'yes' } },
  ])('without $scene is not understood', ({ raw }) => {
    expect(WireReview().safeParse(raw).success).toBe(false)
  })
})
