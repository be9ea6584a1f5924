import { describe, expect, it } from '@jest/globals'
import { openClock } from '../../src/forge/answer.js'

const NOON = Date.parse('2026-11-23T12:00:00Z')

/** What time it is by these two clocks, in seconds from noon, and what was told. */
function read(runner: number, ...dates: readonly (number | undefined)[]) {
  const told: string[] = []
  const clock = openClock({
    wallClock: () => NOON + runner * 1000,
    warn: line => told.push(line),
  })
  const now = dates.map(date =>
    clock.at(date === undefined ? undefined : new Date(NOON + date * 1000).toUTCString()),
  )
  return { now: now.map(at => (at === null ? null : (at - NOON) / 1000)), told }
}

describe('what time it is', () => {
  it.each([
    { rule: 'both say the same', runner: 0, date: 0, now: 0 },
    { rule: 'the server is ahead', runner: 20, date: 620, now: 20 },
    { rule: 'the runner is ahead', runner: 620, date: 20, now: 20 },
    { rule: 'a runner within its second is rounded down', runner: 19.9, date: 20, now: 19 },
  ])('$rule: the earlier one', ({ runner, date, now }) => {
    expect(read(runner, date).now).toEqual([now])
  })

  it('without a Date, or with one that cannot be read, nobody knows', () => {
    expect(read(0, undefined)).toEqual({ now: [null], told: [] })
    expect(openClock({ wallClock: () => NOON, warn: () => undefined }).at('noon')).toBeNull()
  })
})

describe('a difference', () => {
  it('of a minute is none, either way', () => {
    expect(read(0, 60, -60).told).toEqual([])
  })

  it('of more is told with what is used, once', () => {
    expect(read(0, 61, 700, -700).told).toEqual([
      "clock: the server's Date is 1m ahead of the runner's clock; " +
        "the runner's clock is used, " +
        'for it is the earlier one',
    ])
  })

  it('the other way, too', () => {
    expect(read(3600, 0).told).toEqual([
      "clock: the server's Date is 1h behind the runner's clock; the server's Date is used, for " +
        'it is the earlier one',
    ])
  })
})
