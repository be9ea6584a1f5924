import { expect, it } from '@jest/globals'
import type { Policy } from '../../../src/core/model/policy.js'
import { ruleInput } from '../../../src/core/rules/input.js'
import { relapsed, stale } from '../../../src/core/rules/stale.js'
import type { HeadChange } from '../../support/builders.js'
import { head, policy, pull, run, STALE, staleBut } from '../../support/builders.js'

const NOT_PROVEN = 'refuse: not every required context could be proven green'
const GREEN = '2/2 required contexts green in run 1; umbrella failure for 59m'

it.each<{ rule: string; seen: HeadChange; asked?: Partial<Policy>; says: string }>([
  {
    rule: 'a list vouches',
    seen: { rows: STALE },
    says: `repair: ${GREEN}; red over green needs, vouched for by required-contexts`,
  },
  {
    rule: 'a list vouches for an umbrella that does more',
    seen: { rows: STALE, work: { kind: 'other-work', why: 'it deploys' } },
    says:
      `repair: ${GREEN}; red over green needs, vouched for by required-contexts; its job does ` +
      'other work too: it deploys',
  },
  {
    rule: 'its job vouches for itself',
    seen: { rows: STALE, work: { kind: 'only-judges' } },
    asked: { userVouches: false },
    says: `repair: ${GREEN}; red over green needs, and its job only judges them`,
  },
  {
    rule: 'nobody vouches',
    seen: { rows: STALE },
    asked: { userVouches: false },
    says: `repair: ${GREEN}; red over green needs`,
  },
  {
    rule: 'one of two required jobs failed, whatever no rule before has seen',
    seen: { rows: staleBut('R1 Test success', 'R1 Test failure') },
    says: NOT_PROVEN,
  },
  {
    rule: 'one was skipped, and no list lets it',
    seen: { rows: staleBut('R1 Test success', 'R1 Test skipped') },
    says: NOT_PROVEN,
  },
  {
    rule: 'one was skipped as it may be: that is told apart from what is green',
    seen: { rows: staleBut('R1 Test success', 'R1 Test skipped') },
    asked: { skippable: ['Test'] },
    says:
      'repair: 1/2 required contexts green, 1 skipped in run 1; umbrella failure for 59m; red ' +
      'over green needs, vouched for by required-contexts',
  },
  {
    rule: 'all were skipped, as they may be: that is no proof',
    seen: { rows: ['R1 Lint skipped', 'R1 Test skipped', 'R1 umbrella failure'] },
    asked: { skippable: ['Lint', 'Test'] },
    says: NOT_PROVEN,
  },
])('the last rule by itself: $rule', ({ seen, asked, says }) => {
  const { kind, detail } = stale.judge(ruleInput(policy(asked), head(seen), pull()))
  expect(`${kind}: ${detail}`).toBe(says)
})

it('a success of ours that stands beside a pending row of Actions has not fallen', () => {
  const seen = head({
    grade: 'jobs',
    version: '1.27.0',
    rows: ['R1 Lint success', 'R1 Test success', 'R1 umbrella running', 'us green 3 1 aaaa'],
    latest: rows => rows,
    runs: [run(1, ['Lint success', 'Test success', 'umbrella failure'])],
  })
  const ruling = relapsed.judge(ruleInput(policy(), seen, pull()))
  expect(typeof ruling === 'function' ? ruling() : ruling.detail).toBe(
    'of 1 successes of ours on this commit none fell',
  )
})
