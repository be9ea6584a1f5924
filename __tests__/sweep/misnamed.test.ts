import { expect, it } from '@jest/globals'
import { misnamed } from '../../src/sweep/misnamed.js'
import type { Config } from '../../src/config.js'
import type { Evidence, Pull } from '../../src/core/model/evidence.js'
import type { Forge } from '../../src/forge/port.js'

const config = { policy: { umbrella: 'u' }, umbrellaFrom: { kind: 'input' } } as unknown as Config
const row = { id: 1, context: 'x', state: 'success', author: { kind: 'foreign' } }
const head = {
  kind: 'statuses',
  gaps: [],
  history: null,
  latest: [row],
  runs: [],
  pulls: [{ number: 1, base: null }],
} as unknown as Evidence

const NONE = { 'umbrella-missing': 0, 'umbrella-green': 0, 'umbrella-pending': 0 }
const judged = (evidence: Evidence) => [{ evidence, judgements: new Map<number, never>() }]

/** A forge whose whole list holds these, and whose files write no such umbrella. */
const forgeOf = (pulls: readonly Partial<Pull>[]): Forge =>
  ({
    openPulls: () => Promise.resolve({ pulls }),
    hasUmbrella: () => Promise.resolve(false),
  }) as unknown as Forge

it.each([
  { rule: 'a base branch that does not write it proves it', pulls: [{ number: 1, base: 'main' }] },
  { rule: 'where every pull was closed meanwhile nothing is proven', pulls: [], proven: false },
])('a misspelt umbrella: $rule', async ({ pulls, proven = true }) => {
  const why = await misnamed(config, forgeOf(pulls), {
    judged: judged(head),
    leftAlone: NONE,
  })
  if (proven) expect(why).toContain('on main writes it')
  else expect(why).toBeNull()
})

it.each(['umbrella-green', 'umbrella-pending'] as const)(
  'no misspelt umbrella: some pull request carries it (%s), though it was only counted',
  async reason => {
    const looked = { judged: judged(head), leftAlone: { ...NONE, [reason]: 1 } }
    expect(await misnamed(config, forgeOf([{ number: 1, base: 'main' }]), looked)).toBeNull()
  },
)

it.each([
  { rule: 'a status in letters of another case is it', kind: 'checks', context: 'U', is: true },
  { rule: 'on servers that tell cases apart it is not', kind: 'statuses', context: 'U', is: false },
  { rule: 'a status of another name is not', kind: 'checks', context: 'x', is: false },
])('a red umbrella on GitHub and elsewhere: $rule', async ({ kind, context, is }) => {
  const red = { ...row, context, state: 'failure' }
  const shown = { ...head, kind, latest: [red], checks: [] } as unknown as Evidence
  const looked = { judged: judged(shown), leftAlone: NONE }
  const why = await misnamed(config, forgeOf([{ number: 1, base: 'main' }]), looked)
  if (is) expect(why).toBeNull()
  else expect(why).toContain('no open pull request carries it')
})
