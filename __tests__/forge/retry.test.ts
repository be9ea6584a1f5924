import { describe, expect, it } from '@jest/globals'
import type { Instant } from '../../src/core/model/time.js'
import {
  eachOf,
  excerpt,
  openLimiter,
  openRequests,
  RetryableError,
  retryAfter,
} from '../../src/forge/retry.js'
import { failureOf } from '../support/answer-table.js'

/** Does so many pieces of work, and answers how many went on at once at the most. */
async function most(
  limiter: ReturnType<typeof openLimiter>,
  pieces: number,
  each: (piece: number) => void = () => undefined,
): Promise<number> {
  let going = 0
  let top = 0
  await Promise.all(
    Array.from({ length: pieces }, (_, piece) =>
      limiter.run(async () => {
        going += 1
        top = Math.max(top, going)
        await new Promise(resolve => setImmediate(resolve))
        each(piece)
        going -= 1
      }),
    ),
  )
  return top
}

describe('work that is done so many at a time', () => {
  it.each([1, 4, 16])('%d at a time, and all of it', async limit => {
    expect(await most(openLimiter(limit), 40)).toBe(limit)
  })

  it('half as many once the server has too much to do, and one at the least', async () => {
    const limiter = openLimiter(8)
    limiter.halve()
    expect(await most(limiter, 40)).toBe(4)
    for (let times = 0; times < 5; times += 1) limiter.halve()
    expect(await most(limiter, 10)).toBe(1)
  })

  it('slows down while work is waiting, and forgets none of it', async () => {
    const limiter = openLimiter(4)
    let done = 0
    await most(limiter, 30, () => {
      done += 1
      if (done === 5) limiter.halve()
    })
    expect(done).toBe(30)
    expect(await most(limiter, 10)).toBe(2)
  })

  it('gives the place of what failed to the next', async () => {
    const limiter = openLimiter(1)
    const failed = limiter.run(() => Promise.reject(new Error('no')))
    const next = limiter.run(() => Promise.resolve('yes'))
    await expect(failed).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})

describe('work on each of many', () => {
  it('is begun so many at a time, and ends in their order', async () => {
    let going = 0
    let top = 0
    const results = await eachOf([5, 1, 4, 2, 3], 2, async limiter => {
      going += 1
      top = Math.max(top, going)
      for (let turn = 0; turn < limiter; turn += 1)
        await new Promise(resolve => setImmediate(resolve))
      going -= 1
      return limiter
    })
    expect([results, top]).toEqual([[5, 1, 4, 2, 3], 2])
  })

  it('takes the next only when somebody works on it', async () => {
    const taken: number[] = []
    function* numbers(): Generator<number> {
      for (let one = 1; one <= 4; one += 1) {
        taken.push(one)
        yield one
      }
    }
    const done: number[] = []
    await eachOf(numbers(), 1, async one => {
      await Promise.resolve()
      expect(taken).toEqual([...done, one])
      done.push(one)
    })
    expect(done).toEqual([1, 2, 3, 4])
  })

  it('is none for nothing', async () => {
    expect(await eachOf([], 4, () => Promise.reject(new Error('no')))).toEqual([])
  })

  it('fails where one of it fails', async () => {
    await expect(eachOf([1], 4, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  })
})

describe('what a server says, on one line', () => {
  it.each([
    { rule: 'is left as it is', text: 'no  such thing', shown: 'no  such thing' },
    { rule: 'has one space for a row of breaks', text: 'no\r\n\r\nthing', shown: 'no thing' },
    { rule: 'begins and ends with words', text: '\n no \n', shown: 'no' },
    { rule: 'of 160 letters is whole', text: 'x'.repeat(160), shown: 'x'.repeat(160) },
    { rule: 'of more is cut', text: 'x'.repeat(161), shown: `${'x'.repeat(160)}…` },
  ])('$rule', ({ text, shown }) => {
    expect(excerpt(text)).toBe(shown)
  })
})

describe('how long a server wishes to be left alone', () => {
  const at = Date.parse('2026-05-14T12:00:00Z') as Instant
  it.each([
    { header: '30', wait: 30_000 },
    { header: '2026-05-14T12:00:30Z', wait: 30_000 },
    { header: '30x', wait: null },
    { header: 'x30', wait: null },
    { header: '1234567', wait: null },
  ])('is $wait by $header', ({ header, wait }) => {
    expect(retryAfter(header, at)).toBe(wait)
  })
})

describe('a read that fails', () => {
  /** A clock that moves while somebody sleeps by it, and a read that always fails. */
  async function tried(ends: number, wait: number | null, stopped: string | null = null) {
    let now = 0
    const slept: number[] = []
    const requests = openRequests(
      {
        concurrency: 1,
        now: () => now,
        stopped: () => (now > 0 ? stopped : null),
        random: () => 0.5,
        sleep: milliseconds => {
          slept.push(milliseconds)
          now += milliseconds
          return Promise.resolve()
        },
      },
      ends,
    )
    const busy = (): Promise<never> =>
      Promise.reject(new RetryableError('server-error', 'busy', wait))
    return { why: await failureOf(requests.read(busy)), slept }
  }

  it.each([
    { rule: 'is tried three times', ends: 9000, wait: null, slept: [500, 1000] },
    { rule: 'is tried as late as the server wishes', ends: 9000, wait: 40, slept: [40, 40] },
    { rule: 'is tried while there is time left', ends: 501, wait: 500, slept: [500] },
    { rule: 'is not waited for until the time is up', ends: 500, wait: 500, slept: [] },
  ])('$rule', async ({ ends, wait, slept }) => {
    expect(await tried(ends, wait)).toEqual({ why: 'server-error: busy', slept })
  })

  it('is not tried again by a sweep that was told to stop', async () => {
    expect(await tried(9000, 40, 'it was cancelled')).toEqual({
      why: 'out-of-time: it was cancelled',
      slept: [40],
    })
  })

  it('is not sent where the time is used up', async () => {
    expect(await tried(0, 40)).toEqual({
      why: 'out-of-time: the time of this sweep is used up',
      slept: [],
    })
  })
})
