import { describe, expect, it } from '@jest/globals'
import { mayHoldBack } from '../../../src/core/triage/gate.js'
import type { Preview } from '../../../src/core/model/evidence.js'
import type { StatusState } from '../../../src/core/model/status.js'
import type { Duration, Instant } from '../../../src/core/model/time.js'
import { minutes, seconds } from '../../../src/core/model/time.js'
import { contextOf, head, NOW, policy, UMBRELLA } from '../../support/builders.js'

/** A context by its newest row, and how long ago that was written. */
const row = (context: string, state: StatusState, ago: Duration = minutes(60)) => ({
  context: contextOf(context),
  state,
  createdAt: (NOW - ago) as Instant,
})
const GREEN = row('umbrella', 'success')

describe('what a merge requires beside the umbrella holds a head back', () => {
  it.each<{
    readonly rule: string
    readonly newest: NonNullable<Preview['seen']>['newest'] | null
    readonly isWhole?: boolean
    readonly required?: readonly string[]
    readonly holds: boolean
  }>([
    { rule: 'it is red', newest: [GREEN, row('Docs', 'failure')], holds: true },
    { rule: 'it is green', newest: [GREEN, row('Docs', 'success')], holds: false },
    { rule: 'it was skipped', newest: [GREEN, row('Docs', 'skipped')], holds: false },
    {
      rule: 'a state that nobody knows is not green',
      newest: [row('Docs', 'unknown')],
      holds: true,
    },
    {
      rule: 'it is pending as long as any job is waited for',
      newest: [row('Docs', 'pending', minutes(5))],
      holds: true,
    },
    {
      rule: 'it is pending for a shorter time',
      newest: [row('Docs', 'pending', (minutes(5) - seconds(1)) as Duration)],
      holds: false,
    },
    { rule: 'nobody wrote it', newest: [GREEN], holds: true },
    {
      rule: 'it is not among the rows of a page that was full',
      newest: [GREEN],
      isWhole: false,
      holds: false,
    },
    {
      rule: 'something else is red that no merge requires',
      newest: [row('Docs', 'success'), row('Lint', 'failure')],
      holds: false,
    },
    {
      rule: 'one is green and another red',
      newest: [row('Docs', 'success'), row('Lint', 'failure')],
      required: [contextOf('Docs'), contextOf('Lint')],
      holds: true,
    },
    {
      rule: 'one of those that a pattern names is red',
      newest: [row('Docs', 'success'), row('Lint', 'failure')],
      required: ['CI / *'],
      holds: true,
    },
    {
      rule: 'the umbrella alone is red: it is judged for itself',
      newest: [row('umbrella', 'failure')],
      required: [UMBRELLA],
      holds: false,
    },
    {
      rule: 'the umbrella alone is there, and a pattern names it: nothing else has to come',
      newest: [row('umbrella', 'failure')],
      required: ['CI / *'],
      holds: false,
    },
    {
      rule: 'nothing is there at all, and a pattern names the umbrella',
      newest: [],
      required: ['CI / *'],
      holds: false,
    },
    { rule: 'a merge requires nothing', newest: [], required: [], holds: false },
    { rule: 'the preview sees the umbrella alone', newest: null, holds: false },
  ])('$rule: $holds', ({ newest, isWhole = true, required = [contextOf('Docs')], holds }) => {
    const evidence = head({ rows: [], history: null })
    const seen = newest === null ? {} : { seen: { newest, isWhole } }
    expect(mayHoldBack(policy(), { evidence, rows: null, ...seen }, required)).toBe(holds)
  })
})
