import { describe, expect, it } from '@jest/globals'
import { undoOf, withdrawEarlier } from '../../src/apply/withdraw.js'
import { closingOf } from '../../src/core/plan/withdrawal.js'
import { benchOf, carryOut, look } from '../support/acting.js'
import { SHA, STALE, UMBRELLA } from '../support/builders.js'
import type { FakeForge, FakeStart } from '../support/fake-forge.js'
import { openFake } from '../support/fake-forge.js'
import { keptIn } from '../support/kept.js'

describe('the next sweep', () => {
  async function next(
    lines: readonly string[],
    meanwhile: (fake: FakeForge) => void = () => undefined,
    start: FakeStart = {},
  ) {
    const fake = openFake({ ...start, rows: lines })
    const bench = benchOf(fake)
    const { evidence } = await look(bench, start)
    const found = closingOf(bench.policy, [], evidence)
    if (found === null) return { fake, outcome: null }
    meanwhile(fake)
    return { fake, outcome: await withdrawEarlier(bench, evidence, found) }
  }
  const GREEN = [...STALE, 'us green 9 1 aaaa']

  const cases = [
    { rule: 'a green that still holds is left', lines: GREEN, written: [] },
    {
      rule: 'a required job failed since: the red that stood is put back',
      lines: [...GREEN, 'R1 Test running', 'R1 Test failure'],
      written: ['undo: failure'],
    },
    {
      rule: 'a required job is going again: pending',
      lines: [...GREEN, 'R1 Test waiting'],
      written: ['undo: pending'],
    },
    {
      rule: 'a required job was cancelled since',
      lines: [...GREEN, 'R1 Test running', 'R1 Test cancelled'],
      written: ['undo: failure'],
    },
    {
      rule: 'a sweep died before it looked back: what came in between is put back',
      lines: [...STALE, 'R1 umbrella running', 'us green 9 1 aaaa'],
      written: ['undo: pending'],
    },
    {
      rule: "and that may be a person's veto",
      lines: [...STALE, '@alice umbrella failure', 'us green 9 1 aaaa'],
      written: ['undo: failure'],
    },
    {
      rule: "or a person's veto in a required context",
      lines: [...STALE, '@alice Test failure', 'us green 9 1 aaaa'],
      written: ['undo: failure'],
    },
    {
      rule: 'a veto that came behind our success decides for itself',
      lines: [...GREEN, '@alice Test failure'],
      written: [],
    },
    {
      rule: "Actions' own success in between is no reason",
      lines: [...STALE, 'R1 umbrella success', 'us green 9 1 aaaa'],
      written: [],
    },
    {
      rule: 'a required job that the newest run does not have: it would not be written today',
      lines: GREEN.filter(line => !line.includes('Test')),
      written: ['undo: failure'],
    },
    {
      rule: 'an unlisted job of the newest run failed: it would not be written today',
      lines: [...GREEN, 'R1 Docs failure'],
      written: ['undo: failure'],
    },
    {
      rule: 'a required job was skipped since: it would not be written today',
      lines: [...GREEN, 'R1 Test running', 'R1 Test skipped'],
      written: ['undo: failure'],
    },
    {
      rule: 'a pending of ours over a red row is red again when nothing is going',
      lines: [
        ...GREEN,
        'R1 Test running',
        'R1 Test failure',
        '@alice umbrella error',
        'us undo 9 1 aaaa pending',
      ],
      written: ['undo: error'],
    },
    {
      rule: "over another tool's green it is red like the row of Actions below",
      lines: [
        ...GREEN,
        'R1 Test running',
        'R1 Test failure',
        '@alice umbrella success',
        'us undo 9 1 aaaa pending',
      ],
      written: ['undo: failure'],
    },
    {
      rule: 'over any row it is left while a required job is going',
      lines: [...GREEN, '@alice umbrella success', 'us undo 9 1 aaaa pending', 'R1 Test waiting'],
      written: [],
    },
    {
      rule: 'over a red row of Actions it is left while a required job is going',
      lines: [...GREEN, 'us undo 9 1 aaaa pending', 'R1 Test waiting'],
      written: [],
    },
    {
      rule: 'over a veto it is red, whatever is going',
      lines: [...GREEN, '@alice umbrella failure', 'us undo 9 1 aaaa pending', 'R1 Test waiting'],
      written: ['undo: failure'],
    },
    {
      rule: "over another tool's green it is left when nothing speaks against it",
      lines: [...GREEN, '@alice umbrella success', 'us undo 9 1 aaaa pending'],
      written: [],
    },
    {
      rule: 'a red of ours is not withdrawn',
      lines: [...GREEN, 'us undo 9 1 aaaa failure', 'R1 Test failure'],
      written: [],
    },
  ]
  const keep = keptIn(
    new URL('./outcomes/withdraw.json', import.meta.url),
    cases.map(({ rule }) => rule),
  )
  it.each(cases)('$rule', async ({ rule, lines, written }) => {
    const { fake, outcome } = await next(lines)
    expect(fake.written()).toEqual(written)
    keep(rule, outcome)
  })

  it('changed-meanwhile: nothing is taken back when ours is no longer what stands', async () => {
    const { fake, outcome } = await next([...GREEN, 'R1 Test waiting'], made => {
      made.write('R1 umbrella blocked')
    })
    expect([outcome?.code, fake.written()]).toEqual(['changed-meanwhile', ['other: pending']])
  })

  it(
    'changed-meanwhile: nothing is taken back when another success of ours ' + 'stands there',
    async () => {
      const { fake, outcome } = await next([...GREEN, 'R1 Test waiting'], made => {
        made.write('us green 4 1 zzzzzz')
      })
      expect([outcome?.code, outcome?.detail, fake.written()]).toEqual([
        'changed-meanwhile',
        'our row is not what stands there now',
        ['green: success'],
      ])
    },
  )

  it('changed-meanwhile: nothing is taken back when all is green again', async () => {
    const { fake, outcome } = await next([...GREEN, 'R1 Test waiting'], made => {
      made.write('R1 Test success')
    })
    expect([outcome?.code, fake.written()]).toEqual(['changed-meanwhile', ['other: success']])
  })

  it('a withdrawn head is judged anew, and repaired again when it is stale again', async () => {
    const fake = openFake({ rows: [...GREEN, 'us undo 9 1 aaaa pending'] })
    const bench = benchOf(fake)
    expect((await carryOut(await look(bench, {}), bench)).code).toBe('compensated')
  })
})

it('a success whose words do not say which it is, is taken back without a name', () => {
  const writer = { run: '812', url: 'https://git.example.org/run' }
  const green = {
    sha: SHA,
    context: UMBRELLA,
    state: 'success',
    description: 'words that somebody cut',
    targetUrl: writer.url,
  } as const
  expect(undoOf(writer, green, { state: 'failure', why: 'Test failed' })).toEqual({
    ...green,
    state: 'failure',
    description: 'umbrella-reaper run 812: withdrew its success, Test failed [ur-undo 0 0 none]',
  })
})
