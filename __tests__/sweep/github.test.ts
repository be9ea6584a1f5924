import { describe, expect, it } from '@jest/globals'
import { playGithub } from '../../verification/e2e/github/play.js'
import { GITHUB_SCENARIOS } from '../../verification/e2e/github/scenarios.js'
import { runInProcess } from '../support/in-process.js'

describe('a sweep on GitHub', () => {
  it.each([...GITHUB_SCENARIOS])('$name: $proves', async scenario => {
    const { faults, run } = await playGithub(scenario, runInProcess)
    expect(faults.length === 0 ? [] : [...faults, run.stdout.slice(-1500)]).toEqual([])
  })
})
