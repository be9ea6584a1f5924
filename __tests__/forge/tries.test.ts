import { describe, expect, it } from '@jest/globals'
import { eachOf, openTurns } from '../../src/forge/tries.js'

/** Does so many pieces of work, and answers how many went on at once at the most. */
async function most(
  turns: ReturnType<typeof openTurns>,
  pieces: number,
  each: (piece: number) => void = () => undefined,
): Promise<number> {
  let going = 0
  let top = 0
  await Promise.all(
    Array.from({ length: pieces }, (_, piece) =>
      turns.take(async () => {
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
    expect(await most(openTurns(limit), 40)).toBe(limit)
  })

  it('half as many once the server has too much to do, and one at the least', async () => {
    const turns = openTurns(8)
    turns.slow()
    expect(await most(turns, 40)).toBe(4)
    for (let times = 0; times < 5; times += 1) turns.slow()
    expect(await most(turns, 10)).toBe(1)
  })

  it('slows down while work is waiting, and forgets none of it', async () => {
    const turns = openTurns(4)
    let done = 0
    await most(turns, 30, () => {
      done += 1
      if (done === 5) turns.slow()
    })
    expect(done).toBe(30)
    expect(await most(turns, 10)).toBe(2)
  })

  it('gives the place of what failed to the next', async () => {
    const turns = openTurns(1)
    const failed = turns.take(() => Promise.reject(new Error('no')))
    const next = turns.take(() => Promise.resolve('yes'))
    await expect(failed).rejects.toThrow('no')
    expect(await next).toBe('yes')
  })
})

describe('work on each of many', () => {
  it('is begun so many at a time, and ends in their order', async () => {
    let going = 0
    let top = 0
    const results = await eachOf([5, 1, 4, 2, 3], 2, async turns => {
      going += 1
      top = Math.max(top, going)
      for (let turn = 0; turn < turns; turn += 1)
        await new Promise(resolve => setImmediate(resolve))
      going -= 1
      return turns
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
