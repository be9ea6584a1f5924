import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Marker } from '../../../src/core/model/marker.js'
import {
  DESCRIPTION_LIMIT,
  describeGreen,
  describeUndo,
} from '../../../src/core/plan/compensation.js'
import { readMarker, writeMarker } from '../../../src/core/model/marker.js'
import { hours, minutes } from '../../../src/core/model/time.js'
import { holds } from '../../support/property.js'
import { asRowId, asRunKey } from '../../../src/core/model/ids.js'

const mark: fc.Arbitrary<Marker> = fc.record({
  kind: fc.constantFrom('green', 'undo'),
  red: fc.nat(10 ** 9).map(asRowId),
  run: fc.nat(10 ** 9).map(asRunKey),
  nonce: fc.string({
    unit: fc.constantFrom('a', 'b', 'c', 'x', 'y', 'z', '0', '1', '8', '9'),
    minLength: 4,
    maxLength: 12,
  }),
})
const hostile = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(' [ur-green 1 1 aaaa]', '\n', '🙂'.repeat(200), '\u001b[31m'),
)
const NOBODY = { run: null, url: '' }
const writer = { run: '812', url: 'https://git.example.org/o/r/actions/runs/812' }

describe('our mark', () => {
  it('is read as it was written, after any text', () => {
    holds([hostile, mark], (text, given) => {
      expect(readMarker(`${text}${writeMarker(given)}`)).toEqual(given)
    })
  })

  it.each(
    [
      '',
      'ur-green 1 1 aaaa',
      ' [ur-green 1 1 aaaa] ',
      ' [ur-green 1 1 aaaa]\n',
      '[ur-green 1 1 aaaa]',
      ' [ur-red 1 1 aaaa]',
      ' [ur-green 1 aaaa]',
      ' [ur-green -1 1 aaaa]',
      ' [ur-green 1 1 AAAA]',
      ' [ur-green 1 1 aaa]',
      ' [ur-green 1 1 aaaa] more',
    ].map(text => ({ text })),
  )('is not "$text"', ({ text }) => {
    expect(readMarker(text)).toBeNull()
  })
})

describe('our descriptions', () => {
  it('say who, why and the mark', () => {
    const given: Marker = { kind: 'green', red: asRowId(26), run: asRunKey(2), nonce: 'ab12cd' }
    expect(
      describeGreen(
        writer,
        {
          green: 4,
          required: 5,
          runs: 'run 2',
          age: hours(3),
          grade: 'statuses',
          basis: 'shown-stale',
        },
        given,
      ),
    ).toBe(
      'umbrella-reaper run 812: 4/5 required green in run 2 (statuses), stale for 3h ' +
        '[ur-green 26 2 ab12cd]',
    )
    expect(
      describeGreen(
        NOBODY,
        {
          green: 1,
          required: 1,
          runs: 'run 2',
          age: minutes(5),
          grade: 'jobs',
          basis: 'over-green-needs',
        },
        given,
      ),
    ).toMatch(/^umbrella-reaper: 1\/1 .*, red over green needs for 5m/)
    expect(describeUndo(writer, 'row 30 came in between', { ...given, kind: 'undo' })).toBe(
      'umbrella-reaper run 812: withdrew its success, row 30 came in between [ur-undo 26 2 ab12cd]',
    )
  })

  it('are never longer than a forge takes, and always keep the mark', () => {
    holds([hostile, hostile, mark, fc.nat(10 ** 9)], (run, why, given, count) => {
      for (const text of [
        describeGreen(
          { run, url: '' },
          {
            green: count,
            required: count,
            runs: `run ${count}`,
            age: hours(count),
            grade: why,
            basis: 'over-green-needs',
          },
          { ...given, kind: 'green' },
        ),
        describeUndo({ run, url: '' }, why, { ...given, kind: 'undo' }),
      ]) {
        expect(text.length).toBeLessThanOrEqual(DESCRIPTION_LIMIT)
        expect(readMarker(text)?.nonce).toBe(given.nonce)
      }
    })
  })

  it.each([{ before: '' }, { before: 'x' }])(
    'a text that is cut never ends in half a character, after "$before"',
    ({ before }) => {
      const text = describeUndo({ run: null, url: '' }, `${before}${'🙂'.repeat(100)}`, {
        kind: 'undo',
        red: asRowId(1),
        run: asRunKey(1),
        nonce: 'aaaa',
      })
      expect(() => encodeURIComponent(text)).not.toThrow()
    },
  )
})
