import { describe, expect, it } from '@jest/globals'
import { openGiteaForge } from '../../../src/forge/gitea/forge.js'
import { openCache } from '../../../src/forge/needs.js'
import { policy, pull } from '../../support/builders.js'
import { openFake } from '../../support/fake-forge.js'

const place = { apiUrl: 'https://git.example.org/api/v1', repo: 'o/r' }

describe('a link to a workflow run', () => {
  const run = { number: '812', id: '9001', repository: 'https://git.example.org/o/r' }

  it.each([
    { rule: 'by number', version: '1.25.5', given: run, url: `${run.repository}/actions/runs/812` },
    { rule: 'by id', version: '1.26.4', given: run, url: `${run.repository}/actions/runs/9001` },
    {
      rule: 'nowhere without an address',
      version: '1.26.4',
      given: { ...run, repository: '' },
      url: '',
    },
  ])('$rule', ({ version, given, url }) => {
    const forge = openGiteaForge(openFake({ version }).api, {
      ...{ place, policy: policy(), concurrency: 4, cache: openCache() },
    })
    expect(forge.linkTo(given)).toBe(url)
  })
})

describe('first looks', () => {
  it.each([1, 3])('are %d at a time, and only those that are kept come back', async concurrency => {
    const { api } = openFake()
    const count = { going: 0, most: 0 }
    const historyPage: typeof api.historyPage = async sha => {
      count.going += 1
      count.most = Math.max(count.most, count.going)
      await new Promise(resolve => setImmediate(resolve))
      count.going -= 1
      return api.historyPage(sha)
    }
    const swept = { place, policy: policy(), concurrency, cache: openCache() }
    const forge = openGiteaForge({ ...api, historyPage }, swept)
    const heads = ['a', 'b', 'c', 'd', 'e'].map((letter, at) => {
      const head = letter.repeat(40)
      return { sha: head, pulls: [pull(at + 1, { head })] as const }
    })
    const kept = await forge.firstLook(heads, ({ head }) => head.pulls[0].number % 2 === 0)
    expect(kept.map(({ sha }) => sha.charAt(0))).toEqual(['b', 'd'])
    expect(count.most).toBe(concurrency)
  })
})
