import { describe, expect, it } from '@jest/globals'
import type { SweepReport } from '../../src/sweep/report/report.js'
import { behaviourOf } from '../../verification/random/behaviour.js'
import { drawChaos, FAULTS, IN_PROCESS } from '../../verification/random/chaos.js'
import type { Played } from '../../verification/random/play.js'
import { play } from '../../verification/random/play.js'
import type { Script } from '../../verification/random/script.js'
import { ALL_PROFILES } from '../../verification/random/setup.js'
import { Telling } from '../../verification/random/telling.js'
import type { End } from '../../verification/random/telling.js'
import { overHttp } from '../../verification/soak/process.js'
import { Tally } from '../../verification/soak/tally.js'

const SHA = 'a'.repeat(40)
const ended = (change: Partial<End> = {}): End => ({
  lines: [],
  failure: null,
  killed: false,
  ...change,
})
const reportOf = (outcome: string, earlier: readonly string[] = []): SweepReport =>
  ({
    pulls: [{ number: 1, head: SHA, outcome }],
    earlier: earlier.map(head => ({ head })),
  }) as unknown as SweepReport
const EMPTY = { pulls: [], earlier: [] } as unknown as SweepReport

/** What is held against a sweep that sent one write, which landed or not. */
function heldAgainst(lands: boolean, judge: (telling: Telling) => void): readonly string[] {
  const laws: string[] = []
  const telling = new Telling(law => laws.push(law))
  telling.sends(1, SHA, '/statuses/…')
  if (lands) telling.lands({ sweep: 1, sha: SHA, kind: 'success', row: 7 })
  judge(telling)
  return laws
}

describe('what is told', () => {
  it.each([
    { told: 'compensated', lands: true, laws: [] },
    { told: 'unconfirmed', lands: false, laws: [] },
    { told: 'no-right', lands: false, laws: [] },
    { told: 'no-right', lands: true, laws: ['untold write'] },
    { told: 'changed-meanwhile', lands: true, laws: ['untold write'] },
    { told: 'held', lands: false, laws: ['untold write'] },
    { told: 'compensated', lands: false, laws: ['false report'] },
    { told: 'withdrawn', lands: true, laws: ['false report'] },
  ])('$told, and it landed: $lands', ({ told, lands, laws }) => {
    const end = (telling: Telling): void => {
      telling.ended(1, reportOf(told), ended())
    }
    expect(heldAgainst(lands, end)).toEqual(laws)
  })

  it('no report must be said, and the log must name the commit', () => {
    const failure = 'the report could not be written'
    const end =
      (one: End) =>
      (telling: Telling): void => {
        telling.ended(1, null, one)
      }
    const named = [`about to write: success on ${SHA.slice(0, 10)}`]
    expect(heldAgainst(true, end(ended({ lines: named })))).toEqual(['no report'])
    expect(heldAgainst(true, end(ended({ lines: named, failure })))).toEqual([])
    expect(heldAgainst(true, end(ended({ failure })))).toEqual(['untold write'])
  })

  it('what a killed sweep left, the next one must tell while it stands', () => {
    const next =
      (report: SweepReport, standing: number | null) =>
      (telling: Telling): void => {
        telling.killed(1)
        telling.rests(report, () => standing)
      }
    expect(heldAgainst(true, next(EMPTY, 7))).toEqual(['untold write'])
    expect(heldAgainst(true, next(reportOf('none', [SHA]), 7))).toEqual([])
    expect(heldAgainst(true, next(EMPTY, 8))).toEqual([])
    expect(heldAgainst(true, next(EMPTY, null))).toEqual([])
  })
})

describe('how a sweep behaves', () => {
  const told = { lines: [], report: null, failure: null, took: 1000 }
  const laws = (change: object): readonly string[] =>
    behaviourOf({ ...told, ...change }, 'secret-token').map(([law]) => law)

  it('a crash, a hang and a leak are seen', () => {
    expect(laws({})).toEqual([])
    expect(laws({ failure: 'this is a bug of umbrella-reaper, please report it: x' })).toEqual([
      'crash',
    ])
    expect(laws({ took: 900_000 })).toEqual(['hang'])
    expect(laws({ lines: ['said secret-token'] })).toEqual(['leak'])
    const encoded = Buffer.from('secret-token').toString('base64')
    expect(laws({ lines: [encoded] })).toEqual(['leak'])
    expect(laws({ strayed: 1 })).toEqual(['leak'])
  })
})

describe('the table', () => {
  it('counts sweeps by forge and broken laws by what was met', () => {
    const tally = new Tally()
    const met = [
      { names: ['gzip'], sweeps: 2, writes: 1 },
      { names: [], sweeps: 1, writes: 0 },
    ]
    const violation = { law: 'crash', detail: '', pull: null, flaws: [], features: [] } as const
    tally.add('forgejo-11', { met, violations: [violation] })
    const lines = tally.lines().map(line => line.split(/\s{2,}/))
    expect(lines).toContainEqual(['gzip', '0', '2', '0', '1', '0', '0', '1', '0', '0'])
    expect(lines.at(-1)).toEqual(['all together', '0', '3', '0', '1', '0', '0', '1', '0', '0'])
  })
})

describe('a soak', () => {
  it('is played the same every time its seed is given', async () => {
    for (const seed of [2, 11]) {
      const [first, second] = [
        await play(drawChaos(seed, ALL_PROFILES)),
        await play(drawChaos(seed, ALL_PROFILES)),
      ]
      expect(first.requests).toBeGreaterThan(10)
      expect(second).toEqual(first)
    }
  })

  it('draws every fault', () => {
    const names = new Set<string>()
    for (let seed = 1; seed < 400; seed += 1)
      for (const { troubles, conditions } of drawChaos(seed, ['gitea-1.22.6']).rounds) {
        for (const { name } of troubles) if (name !== undefined) names.add(name)
        if ((conditions.runnerAhead ?? 0) !== 0) names.add("the runner's clock is two days off")
        if (conditions.proxyAhead !== 0) names.add("a proxy's clock is two days off")
        for (const place of conditions.full) names.add(`no space for the ${place}`)
      }
    expect([...names].sort()).toEqual([...IN_PROCESS].sort())
    expect(Object.keys(FAULTS).length).toBe(IN_PROCESS.length + 1)
  })

  it('is played by the bundle over real sockets, which is killed behind its write', async () => {
    const kill = { kind: 'kill', after: true } as const
    const trouble = { at: 0, path: 'POST /repos/', fault: kill, name: 'SIGKILL' }
    const killed = (seed: number): Script => {
      const script = drawChaos(seed, ['gitea-1.22.6'], { names: ['gzip'], repairable: 1 })
      const rounds = script.rounds.map(round => ({ ...round, troubles: [trouble], during: [] }))
      return { ...script, rounds: rounds.slice(0, 1) }
    }
    const isKilled = ({ met }: Played): boolean => met[0]?.names[0] === 'SIGKILL'
    let seed = 1
    // A world in which there is something to write.
    while (!isKilled(await play(killed(seed)))) seed += 1
    const played = await play(killed(seed), overHttp)
    expect(played.violations).toEqual([])
    expect(isKilled(played)).toBe(true)
    expect(played.story.some(line => line.endsWith('was killed'))).toBe(true)
  })
})
