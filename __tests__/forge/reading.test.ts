import { describe, expect, it } from '@jest/globals'
import type { ForgeErrorCode } from '../../src/forge/port.js'
import { ForgeError } from '../../src/forge/port.js'
import { attempt, knownBase, readingOrGap } from '../../src/forge/reading.js'
import { gap, NOW, pull } from '../support/builders.js'

const OLD = gap(null)

describe('a reading', () => {
  it('is itself where it has a clock', async () => {
    const found = { value: [1], gaps: [OLD], at: NOW }
    expect(await readingOrGap('runs', [], Promise.resolve(found))).toBe(found)
  })

  it('is a gap more where it has none', async () => {
    const found = Promise.resolve({ value: [1], gaps: [OLD], at: null })
    expect(await readingOrGap<readonly number[]>('runs', [], found)).toEqual({
      value: [1],
      gaps: [
        OLD,
        { what: 'runs', cause: 'no-clock', context: null, detail: 'the server sent no Date' },
      ],
      at: null,
    })
  })

  it.each<{ code: ForgeErrorCode; cause: string }>([
    { code: 'forbidden', cause: 'forbidden' },
    { code: 'not-found', cause: 'not-found' },
    { code: 'out-of-time', cause: 'out-of-time' },
    { code: 'rate-limited', cause: 'rate-limited' },
    { code: 'unauthorized', cause: 'unreadable' },
    { code: 'timeout', cause: 'unreadable' },
  ])('that fails by $code is nothing but the gap $cause', async ({ code, cause }) => {
    const failed = Promise.reject(new ForgeError(code, 'no'))
    expect(await readingOrGap('runs', [], failed)).toEqual({
      value: [],
      gaps: [{ what: 'runs', cause, context: null, detail: 'no' }],
      at: null,
    })
  })
})

describe('an attempt', () => {
  it('fails by an error of a forge, and hides no defect', async () => {
    const error = new ForgeError('rejected', 'no')
    expect([error.name, await attempt(Promise.reject(error))]).toEqual([
      'ForgeError',
      { ok: false, why: error },
    ])
    await expect(attempt(() => Promise.reject(new TypeError('a defect')))).rejects.toThrow(
      'a defect',
    )
  })
})

it('the base branch of a pull request is known, or said not to be', () => {
  expect(knownBase(pull(7))).toBe('main')
  expect(() => knownBase({ ...pull(7), base: null })).toThrow(
    new ForgeError('not-found', 'the base branch of #7 is not known'),
  )
})
