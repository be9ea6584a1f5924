import { describe, expect, it } from '@jest/globals'
import { headStatusesOf } from '../../../src/core/view/head-statuses.js'
import {
  decidingRow,
  rowBeneathOurs,
  unseenBelow,
  withoutOurs,
} from '../../../src/core/view/umbrella.js'
import type { HeadChange, Line } from '../../support/builders.js'
import { head, UMBRELLA } from '../../support/builders.js'

/** Every row is a latest one, as on a server that keys rows by workflow too. */
const seen = (rows: readonly Line[]) => {
  const evidence = head({ version: '1.27.0', rows, latest: all => all })
  const found = headStatusesOf(evidence).umbrella(UMBRELLA)
  return found.kind === 'row' ? found.row.id : `${found.kind}: ${found.detail}`
}

describe('the umbrella among the latest rows', () => {
  it.each<{ readonly rule: string; readonly rows: readonly Line[]; readonly is: number | string }>([
    { rule: 'none', rows: ['R1 Test failure'], is: `missing: no ${UMBRELLA} on this commit` },
    { rule: 'one red row', rows: ['R1 Test success', 'R1 umbrella failure'], is: 2 },
    {
      rule: 'one red row of a person: there is no choice',
      rows: ['@alice umbrella failure'],
      is: 1,
    },
    {
      rule: 'two green rows: the newest',
      rows: ['R1 umbrella success', 'R2 umbrella success'],
      is: 2,
    },
    {
      rule: 'a pending row beside a newer green one',
      rows: ['R1 umbrella running', 'R2 umbrella success'],
      is: 1,
    },
    {
      rule: 'a red row of Actions beside a newer green one of Actions',
      rows: ['R1 umbrella failure', 'R2 umbrella success'],
      is: 1,
    },
    {
      rule: 'a red row of Actions beside a newer pending one of Actions',
      rows: ['R1 umbrella failure', 'R2 umbrella running'],
      is: 1,
    },
    {
      rule: 'a pending row beside one of a person that is green',
      rows: ['R1 umbrella running', '@alice umbrella success'],
      is: 1,
    },
    {
      rule: 'two red rows of Actions',
      rows: ['R1 umbrella failure', 'R2 umbrella failure'],
      is:
        `ambiguous: 2 latest rows carry ${UMBRELLA}: row 2 failure by Actions, row 1 failure by ` +
        'Actions; two workflows write it, and the gate combines both',
    },
    {
      rule: 'a red row beside a posted one',
      rows: ['R1 umbrella failure', '@alice umbrella success'],
      is:
        `ambiguous: 2 latest rows carry ${UMBRELLA}: row 2 success by alice, row 1 failure by ` +
        "Actions; a status was posted beside Actions' own, and the gate combines both for good",
    },
    {
      rule: 'a red row beside one that a workflow posted',
      rows: ['R1 umbrella failure', 'token umbrella success "by hand"'],
      is:
        `ambiguous: 2 latest rows carry ${UMBRELLA}: row 2 success by a workflow token, row 1 ` +
        "failure by Actions; a status was posted beside Actions' own, and the gate combines both " +
        'for good',
    },
  ])('$rule', ({ rows, is }) => {
    expect(seen(rows)).toBe(is)
  })
})

describe('the last word on the umbrella, among rows of others', () => {
  it.each<{
    readonly rule: string
    readonly rows: readonly Line[]
    readonly is: number | undefined
  }>([
    { rule: 'of none', rows: [], is: undefined },
    { rule: 'the newest row', rows: ['R1 umbrella success', 'R1 umbrella failure'], is: 2 },
    {
      rule: "a success over its own run's red",
      rows: ['R1 umbrella failure', 'R1 umbrella success'],
      is: 2,
    },
    {
      rule: "a success of the newer run over an older one's red",
      rows: ['R1 umbrella failure', 'R2 umbrella success'],
      is: 2,
    },
    {
      rule: "a success of the older run has it not over a newer one's red",
      rows: [
        'R2 umbrella running',
        'R2 umbrella failure',
        'R1 umbrella running',
        'R1 umbrella success',
      ],
      is: 2,
    },
    {
      rule: "over a newer one's pending it has: an equal success may not have been written",
      rows: ['R2 umbrella running', 'R1 umbrella success'],
      is: 2,
    },
    {
      rule: 'nor over the red of a third run, when the second is green',
      rows: ['R3 umbrella failure', 'R2 umbrella success', 'R1 umbrella success'],
      is: 1,
    },
    {
      rule: 'a skipped umbrella speaks like a success',
      rows: ['R2 umbrella failure', 'R1 umbrella skipped'],
      is: 1,
    },
    {
      rule: "a stranger's success is the newest row",
      rows: ['R2 umbrella failure', '@alice umbrella success'],
      is: 2,
    },
    {
      rule: "a stranger's red below a success of Actions is lifted",
      rows: ['@alice umbrella failure', 'R1 umbrella success'],
      is: 2,
    },
    {
      rule: "an older run's red above a newer one's success",
      rows: ['R2 umbrella success', 'R1 umbrella failure'],
      is: 2,
    },
  ])('$rule', ({ rows, is }) => {
    expect(decidingRow(headStatusesOf(head({ rows })).of(UMBRELLA))?.id).toBe(is)
  })
})

describe('what a row of ours stands in for', () => {
  it.each<{
    readonly rule: string
    readonly rows: readonly Line[]
    readonly is: number | undefined
  }>([
    { rule: 'nothing, when nobody else wrote', rows: ['us green 9 1 aaaa'], is: undefined },
    {
      rule: "a person's red",
      rows: ['R1 umbrella failure', '@alice umbrella failure', 'us undo 1 1 aaaa failure'],
      is: 2,
    },
    {
      rule: "a person's red that another tool wrote over",
      rows: ['R1 umbrella failure', '@alice umbrella failure', '@bot umbrella success'],
      is: 2,
    },
    {
      rule: "what Actions wrote after a person's red",
      rows: ['@alice umbrella failure', 'R1 umbrella running', 'us undo 1 1 aaaa pending'],
      is: 2,
    },
  ])('$rule', ({ rows, is }) => {
    expect(rowBeneathOurs(headStatusesOf(head({ rows })).of(UMBRELLA))?.id).toBe(is)
  })
})

describe('a row that came in between the red one and our success', () => {
  const OURS = 'us green 1 1 aaaa'
  it.each<{ readonly rule: string; readonly rows: readonly Line[]; readonly is: number | null }>([
    { rule: 'none', rows: ['R1 umbrella failure', OURS], is: null },
    { rule: 'a red one', rows: ['R1 umbrella failure', '@alice umbrella failure', OURS], is: 2 },
    { rule: 'a pending one', rows: ['R1 umbrella failure', 'R1 umbrella running', OURS], is: 2 },
    { rule: 'a green one', rows: ['R1 umbrella failure', 'R1 umbrella success', OURS], is: null },
    {
      rule: 'one of ours',
      rows: ['R1 umbrella failure', 'us undo 1 1 bbbb failure', OURS],
      is: null,
    },
    {
      rule: 'one that came after it is another matter',
      rows: ['R1 umbrella failure', OURS, '@alice umbrella failure'],
      is: null,
    },
  ])('$rule: $is', ({ rows, is }) => {
    const all = headStatusesOf(head({ rows })).of(UMBRELLA)
    const ours = all.find(({ description }) => description.includes('aaaa'))
    if (ours === undefined) throw new Error('no row of ours')
    expect(unseenBelow(all, ours)?.id ?? null).toBe(is)
  })

  it('is not asked of a row that is not ours', () => {
    const [row, ...older] = headStatusesOf(
      head({ rows: ['R1 umbrella failure', 'R1 umbrella running', 'R1 umbrella failure'] }),
    ).of(UMBRELLA)
    if (row === undefined) throw new Error('no row')
    expect(unseenBelow([row, ...older], row)).toBeNull()
  })
})

describe('a head as if nothing of ours stood in the umbrella', () => {
  it.each<{
    readonly rule: string
    readonly seen: HeadChange
    readonly latest: readonly number[]
    readonly history: readonly number[] | null
  }>([
    {
      rule: 'ours is the latest row',
      seen: { rows: ['R1 umbrella failure', 'us green 1 1 aaaa'] },
      latest: [],
      history: [1],
    },
    {
      rule: 'ours stands below the latest row',
      seen: { rows: ['us green 1 1 aaaa', 'R1 umbrella failure', 'R1 Test success'] },
      latest: [2, 3],
      history: [2, 3],
    },
    {
      rule: 'the history was not read',
      seen: { rows: ['R1 Test success', 'us green 1 1 aaaa'], history: null },
      latest: [1],
      history: null,
    },
    {
      rule: 'a row of ours in another context stays',
      seen: {
        rows: [
          { line: 'us green 1 1 aaaa', context: 'other/gate' },
          'R1 umbrella failure',
          'us green 2 1 bbbb',
        ],
      },
      latest: [1],
      history: [1, 2],
    },
  ])('$rule', ({ seen, latest, history }) => {
    const found = withoutOurs(head(seen), UMBRELLA)
    expect(found.latest.map(({ id }) => id)).toEqual(latest)
    expect(found.history?.map(({ id }) => id) ?? null).toEqual(history)
  })

  it('is the same head where nothing of ours is', () => {
    const seen = head({ rows: ['R1 umbrella failure', '@alice umbrella success'] })
    expect(withoutOurs(seen, UMBRELLA)).toBe(seen)
  })
})
