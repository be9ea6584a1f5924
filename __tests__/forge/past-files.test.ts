import { describe, expect, it } from '@jest/globals'
import { asOfBase } from '../../src/forge/past-files.js'
import type { FileReads } from '../../src/forge/workflow-cache.js'
import { pull } from '../support/builders.js'

/** Reads that answer with today's tip of any branch. */
const TODAY = {
  api: { commitOf: () => Promise.resolve('of today') },
  cache: { tips: new Map() },
} as unknown as FileReads

const asked = (baseSha: string | null): Promise<string> =>
  asOfBase(TODAY, pull(7, { baseSha })).api.commitOf('main')

describe('the files of a base as they were', () => {
  it('are those of the commit that the pull request was made from', async () => {
    expect(await asked('b4'.repeat(20))).toBe('b4'.repeat(20))
  })

  it.each([{ baseSha: null }, { baseSha: '' }])(
    'are not read where the server tells $baseSha: never the files of today',
    async ({ baseSha }) => {
      await expect(asked(baseSha)).rejects.toThrow('no server told the commit its base stood on')
    },
  )

  it('share what was read of commits, and not where branches stand', () => {
    const trees = new Map()
    const reads = { ...TODAY, cache: { trees, tips: new Map([['main', 'of today']]) } }
    const { cache } = asOfBase(reads as unknown as FileReads, pull())
    expect([cache.trees === trees, cache.tips.size]).toEqual([true, 0])
  })
})
