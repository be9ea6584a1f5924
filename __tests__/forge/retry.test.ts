import { describe, expect, it } from '@jest/globals'
import { eachOf, openLimiter } from '../../src/forge/retry.js'

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
