import { describe, expect, it } from '@jest/globals'
import { githubMemory } from '../../../verification/bench/github-memory.js'
import { quietGithub } from '../../../verification/bench/github-world.js'

describe('memory on GitHub', () => {
  it('has so many pull requests, every one of them green and ended', () => {
    const world = quietGithub(3)
    expect(world.pulls).toHaveLength(3)
    expect(world.suites.map(suite => world.conclusionOf(suite))).toEqual(Array(3).fill('success'))
    expect(world.checks).toHaveLength(18)
  })

  it('counts a page for each hundred, and what the bundle took', async () => {
    const [few, more] = await githubMemory({ pulls: [3, 150], times: 1 })
    expect(few).toMatchObject({ pulls: 3, requests: 2, fault: null })
    expect(more).toMatchObject({ pulls: 150, requests: 3, fault: null })
    expect(few?.memory).toBeGreaterThan(20e6)
  })
})
