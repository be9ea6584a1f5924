import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Duration, Instant } from '../../../src/core/model/time.js'
import { holds } from '../../support/property.js'
import {
  between,
  formatDuration,
  formatInstant,
  hours,
  minutes,
  parseDuration,
  parseGoDuration,
  parseInstant,
  seconds,
} from '../../../src/core/model/time.js'

describe('durations people write', () => {
  it.each([
    { text: '90s', milliseconds: 90_000 },
    { text: '5m', milliseconds: 300_000 },
    { text: '2h', milliseconds: 7_200_000 },
    { text: '1d', milliseconds: 86_400_000 },
    { text: '0s', milliseconds: 0 },
    { text: ' 5m ', milliseconds: 300_000 },
  ])('reads $text', ({ text, milliseconds }) => {
    expect(parseDuration(text)).toBe(milliseconds)
  })

  it.each(
    [
      '',
      '5',
      '-5m',
      '5 m',
      '5 parsecs',
      '5M',
      '1.5h',
      '1e3s',
      '0x5s',
      '5mm',
      'm',
      '٥m',
      '5m\n6m',
      '1234567890s',
    ].map(text => ({ text })),
  )('does not read "$text"', ({ text }) => {
    expect(parseDuration(text)).toBeNull()
  })

  it('reads what it would write for a single unit', () => {
    holds([fc.nat(999_999), fc.constantFrom('s', 'm', 'h', 'd')], (count, unit) => {
      const one = parseDuration(`1${unit}`) ?? 0
      return parseDuration(`${count}${unit}`) === count * one
    })
  })

  it.each([
    { length: seconds(0), text: '0s' },
    { length: -1 as Duration, text: '0s' },
    { length: 999 as Duration, text: '0s' },
    { length: seconds(42), text: '42s' },
    { length: seconds(60), text: '1m' },
    { length: seconds(759), text: '12m' },
    { length: minutes(60), text: '1h' },
    { length: minutes(185), text: '3h 5m' },
    { length: hours(24), text: '1d' },
    { length: hours(49), text: '2d 1h' },
    { length: (hours(48) + minutes(5)) as Duration, text: '2d' },
  ])('writes $text', ({ length, text }) => {
    expect(formatDuration(length)).toBe(text)
  })

  it('writes no more than is true, and not less than nine tenths of it above a minute', () => {
    const unit: Readonly<Record<string, number>> = {
      d: 86_400_000,
      h: 3_600_000,
      m: 60_000,
      s: 1000,
    }
    holds([fc.integer({ min: 60_000, max: 10 ** 10 })], length => {
      const shown = formatDuration(length as Duration)
        .split(' ')
        .reduce((sum, part) => sum + Number(part.slice(0, -1)) * (unit[part.slice(-1)] ?? NaN), 0)
      return (
        shown <= length &&
        shown > length * 0.5 &&
        length - shown < (length < 3_600_000 ? 60_000 : length < 86_400_000 ? 60_000 : 3_600_000)
      )
    })
  })
})

describe('durations an Actions row carries', () => {
  it.each([
    { text: '0s', milliseconds: 0 },
    { text: '12s', milliseconds: 12_000 },
    { text: '9m59s', milliseconds: 599_000 },
    { text: '10m0s', milliseconds: 600_000 },
    { text: '1h0m3s', milliseconds: 3_603_000 },
    { text: '1.5s', milliseconds: 1000 },
    { text: '1.25s', milliseconds: 1000 },
  ])('reads $text', ({ text, milliseconds }) => {
    expect(parseGoDuration(text)).toBe(milliseconds)
  })

  it.each(
    ['', '12', '-1s', '1d', '10m', ' 3s', '3s ', '3 s', '1m1h1s', '1s\n'].map(text => ({ text })),
  )('does not read "$text"', ({ text }) => {
    expect(parseGoDuration(text)).toBeNull()
  })

  it('reads every duration the server writes', () => {
    holds([fc.nat(200), fc.nat(59), fc.nat(59)], (h, m, s) => {
      const text = `${h > 0 ? `${h}h` : ''}${h > 0 || m > 0 ? `${m}m` : ''}${s}s`
      return parseGoDuration(text) === ((h * 60 + m) * 60 + s) * 1000
    })
  })
})

describe('instants', () => {
  it.each([
    { text: '2026-05-14T10:00:00+02:00' },
    { text: '2026-05-14T08:00:00Z' },
    { text: '2026-05-14T03:30:00-04:30' },
    { text: 'Thu, 14 May 2026 08:00:00 GMT' },
    { text: '2026-05-14T08:00:00.000Z' },
  ])('reads $text with its offset', ({ text }) => {
    expect(parseInstant(text)).toBe(Date.UTC(2026, 4, 14, 8))
  })

  it.each(
    ['', 'soon', '2026-13-01T00:00:00Z', '2026-05-14T25:00:00Z', 'NaN'].map(text => ({ text })),
  )('does not read "$text"', ({ text }) => {
    expect(parseInstant(text)).toBeNull()
  })

  it.each(
    [
      'yesterday 5',
      'row 12',
      'x Thu, 14 May 2026 08:00:00 GMT',
      'Thu, 14 May 2026 08:00:00 GMT+0100',
    ].map(text => ({ text })),
  )('reads no time out of "$text", which Date.parse would', ({ text }) => {
    expect(Date.parse(text)).not.toBeNaN()
    expect(parseInstant(text)).toBeNull()
  })

  it('an age is never negative', () => {
    expect(between(5 as Instant, 3 as Instant)).toBe(0)
    expect(between(3 as Instant, 5 as Instant)).toBe(2)
  })

  it('writes what it reads, to the second', () => {
    holds(
      [fc.nat(4_000_000_000)],
      second => parseInstant(formatInstant((second * 1000) as Instant)) === second * 1000,
    )
    expect(formatInstant(0 as Instant)).toBe('1970-01-01T00:00:00Z')
  })

  it('writes any point in time, however far', () => {
    expect(formatInstant(1e17 as Instant)).toBe('never')
  })
})
