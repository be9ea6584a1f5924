import { describe, expect, it } from '@jest/globals'
import type { Proven } from '../../src/apply/repair.js'
import { outcomeCommand, outcomeBlockers, postedOf } from '../../src/core/plan/outcome.js'
import { readMarker } from '../../src/core/model/marker.js'
import type { Instant } from '../../src/core/model/time.js'
import { act, benchOf, between, carryOut, fails, look, whilePausing } from '../support/acting.js'
import { age, contextOf, pull, SHA, STALE, UMBRELLA } from '../support/builders.js'
import type { Forge } from '../../src/forge/port.js'
import type { Call, FakeStart } from '../support/fake-forge.js'
import { openFake } from '../support/fake-forge.js'
import { asRunKey } from '../../src/core/model/ids.js'

describe('one repair', () => {
  it('looks, writes once, looks back, in this order', async () => {
    const { fake } = await act({}, () => undefined)
    const calls: Call[] = [
      // The first look, and what stands around a head that would be written.
      ...(['historyPage', 'latestRows', 'workflows', 'commitOf', 'workflows'] as const),
      'pullsByRef',
      // Who stands there, all that stands around it, and the rows last.
      ...(['pull', 'openPulls', 'changedOffer', 'commitOf', 'pullsByRef'] as const),
      ...(['latestRows', 'history', 'post'] as const),
      // The look back: rows, pull requests by their refs, bases, and what the gate reads.
      ...(['history', 'pullsByRef', 'wholePull', 'commitOf', 'latestRows'] as const),
    ]
    expect(fake.calls).toEqual(calls)
  })

  it('what is posted names who, why, the red row and the run', async () => {
    const { fake, outcome } = await act({}, () => undefined)
    const row = fake.rows().at(-1)
    expect(row).toMatchObject({
      context: UMBRELLA,
      state: 'success',
      targetUrl: 'https://git.example.org/run',
    })
    expect(row?.description).toMatch(/^umbrella-reaper run 812: 2\/2 required green in run 1 /)
    expect(readMarker(row?.description ?? '')).toEqual({
      kind: 'green',
      red: 9,
      run: 1,
      nonce: 'ab12cd',
    })
    expect(postedOf(outcome)?.description).toBe(row?.description)
  })

  it('a withdrawal names what it withdraws', async () => {
    const { fake } = await act({}, fake_ => {
      fake_.before('post', 1, () => {
        fake_.write('R1 umbrella running')
      })
    })
    expect(readMarker(fake.rows().at(-1)?.description ?? '')).toEqual({
      kind: 'undo',
      red: 9,
      run: 1,
      nonce: 'ab12cd',
    })
  })

  it('withdrawn: since our write, a second file of the base writes what was proven', async () => {
    const fake = openFake()
    const bench = benchOf(fake)
    const proven = await look(bench, {})
    const context = contextOf('Test')
    const doubles = [{ context, where: 'on main', paths: ['ci.yml', 'more.yml'] }]
    const surroundings: Forge['surroundings'] = async (head, pulls) => ({
      ...(await bench.forge.surroundings(head, pulls)),
      writers: { kind: 'read', doubles },
    })
    const outcome = await carryOut(proven, { ...bench, forge: { ...bench.forge, surroundings } })
    expect([outcome.code, outcome.detail]).toEqual([
      'withdrawn',
      `#7 is now superseded-evidence: ${context} may be written by ci.yml and more.yml (on ` +
        'main), and this server does not tell which file a run is of; put back failure (row 11)',
    ])
    expect(fake.written()).toEqual(['green: success', 'undo: failure'])
  })

  it('no-right: says the command a person can run', async () => {
    const { outcome } = await act({}, fake => {
      fake.before('post', 1, fails('forbidden'))
    })
    expect(outcomeCommand(outcome)).toContain(`/repos/o/r/statuses/${SHA}`)
  })

  it('failed: a success that could not be taken back comes with the command to do so', async () => {
    const { outcome } = await act({}, fake => {
      fake.before('post', 1, () => {
        fake.write('R1 umbrella running')
      })
      fake.before('post', 2, fails('server-error'))
    })
    expect(outcomeCommand(outcome)).toContain('"state":"pending"')
  })

  it('unconfirmed: two latest rows end all posts of the sweep', async () => {
    const { outcome } = await act({ keyedByWorkflow: true }, () => undefined)
    expect(outcome).toMatchObject({ code: 'unconfirmed', postsCannotWin: true })
    expect((await act({}, () => undefined)).outcome).not.toHaveProperty('postsCannotWin')
  })

  it('compensated: says what else of the gate blocks', async () => {
    const { outcome } = await act(
      { rows: ['R9 Ops / Check (pull_request) running', '@bot chat/bot failure', ...STALE] },
      () => undefined,
    )
    expect(outcomeBlockers(outcome)).toEqual([
      { context: 'CI / Ops / Check (pull_request)'.slice(5), state: 'pending' },
      { context: 'chat/bot', state: 'failure' },
    ])
  })

  it.each([
    { call: 'pull', nth: 1 },
    { call: 'history', nth: 3 },
    { call: 'latestRows', nth: 2 },
  ] as const)('a bug of ours is no trouble of the forge: $call', async ({ call, nth }) => {
    await expect(
      act({}, fake => {
        if (nth === 3) between('R1 umbrella running')(fake)
        fake.before(call, nth, () => {
          throw new TypeError('a bug')
        })
      }),
    ).rejects.toThrow('a bug')
  })

  it('a row that lands eleven seconds after a lost answer is left to the next sweep', async () => {
    const fake = openFake()
    const bench = benchOf(fake)
    const proven = await look(bench, {})
    fake.before('post', 1, fails('server-error'))
    const outcome = await carryOut(proven, bench)
    expect([outcome.code, bench.clock.now()]).toEqual(['unconfirmed', 10_000])
    expect(postedOf(outcome)?.state).toBe('success')
    fake.land()
    expect(fake.written()).toEqual(['green: success'])
  })

  it('a row whose answer was lost is looked for in ever longer pauses', async () => {
    const fake = openFake()
    const bench = benchOf(fake)
    const proven = await look(bench, {})
    const looks: number[] = []
    fake.before('post', 1, fails('timeout'))
    whilePausing(fake, ...Array<() => void>(9).fill(() => looks.push(bench.clock.now())))
    await carryOut(proven, bench)
    expect(looks).toEqual([250, 1000, 2500, 5000, 7500, 10_000])
  })

  it('a bug of ours after a lost answer is no trouble of the forge either', async () => {
    await expect(
      act({}, fake => {
        fake.before('post', 1, fails('timeout'))
        fake.before('history', 2, () => {
          throw new TypeError('a bug')
        })
      }),
    ).rejects.toThrow('a bug')
  })

  it(
    'a bug of ours while our success is taken back is no trouble of the ' + 'forge either',
    async () => {
      await expect(
        act({}, fake => {
          between('R1 umbrella running')(fake)
          fake.before('post', 2, () => {
            throw new TypeError('a bug')
          })
        }),
      ).rejects.toThrow('a bug')
    },
  )

  const jobs = { version: '1.26.4', grade: 'jobs' } as const
  it.each<{
    readonly rule: string
    readonly start: FakeStart
    readonly change: (proven: Proven) => Proven
    readonly says: string
  }>([
    {
      rule: 'a pull that was not proven',
      start: { version: '1.24.0', pulls: [pull(7), pull(9)] },
      change: ({ evidence, verdicts }) => ({
        evidence,
        verdicts: new Map([...verdicts].slice(0, 1)),
      }),
      says: '#9 was not proven',
    },
    {
      rule: 'a pull that is not judged any more',
      start: jobs,
      change: ({ evidence, verdicts }) => ({
        evidence,
        verdicts: new Map([...verdicts.values()].map(verdict => [8, verdict])),
      }),
      says: '#8 is now not judged',
    },
    {
      rule: 'another newest run',
      start: jobs,
      change: ({ evidence, verdicts }) => ({
        evidence,
        verdicts: new Map(
          [...verdicts].map(([number, verdict]) => [number, { ...verdict, run: asRunKey(0) }]),
        ),
      }),
      says: 'run 1 is newer than run 0',
    },
  ])('changed-meanwhile: $rule', async ({ start, change, says }) => {
    const fake = openFake(start)
    const bench = benchOf(fake)
    expect(await carryOut(change(await look(bench, start)), bench)).toMatchObject({
      code: 'changed-meanwhile',
      detail: says,
    })
    expect(fake.written()).toEqual([])
  })

  it('changed-meanwhile: a red row that is ripe at once is still another red row', async () => {
    const fake = openFake(jobs)
    const bench = benchOf(fake, { minAge: age('0s') })
    const proven = await look(bench, jobs)
    fake.write('R1 umbrella failure')
    fake.tamper(rows =>
      rows.map(row =>
        row.id === 10 ? { ...row, createdAt: (row.createdAt - age('10s')) as Instant } : row,
      ),
    )
    expect(await carryOut(proven, bench)).toMatchObject({
      code: 'changed-meanwhile',
      detail: 'the umbrella has a new row 10',
    })
  })

  it('a bug of ours is no trouble of the forge', async () => {
    await expect(
      act({}, fake => {
        fake.before('post', 1, () => {
          throw new TypeError('a bug')
        })
      }),
    ).rejects.toThrow('a bug')
  })
})
